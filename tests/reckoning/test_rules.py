"""The published rows W01–W26 of other organisations' counting, in the notation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.invented_names import full_name

from tallystick.reckoning.rules import (
    RULES,
    Range,
    Setting,
    UnknownRule,
    airwars_totals,
    by_every_rule,
    by_rule,
    hrdag_enumeration,
    incidents_of,
    rule_table,
)
from tallystick.records import Claim, Days, Entry, Statement, parse_claims


def said(kind, words, number, *, who="A", unit="persons"):
    """Return a claim whose number is a word, quoted."""
    return Claim(
        originator=who, kind=kind, unit=unit, lo=number, hi=None, hedge="vague", quote=words
    )


def statement(kind, speaker, against=None):
    return Statement(
        span=(0, 1), quote="said", kind=kind, speaker=speaker, about="the raid", against=against
    )


# ACLED


@pytest.mark.parametrize(
    ("words", "floor", "fatalities"),
    [
        pytest.param("tens were killed", 20, 10, id="W01"),
        pytest.param("dozens of people dead", 24, 12, id="W02"),
        pytest.param("hundreds killed", 200, 100, id="W03"),
    ],
)
def test_w01_to_w03_acled_codes_vague_words_by_its_page(words, floor, fatalities):
    figure = by_rule("acled", [said("killed", words, floor)])

    assert fatalities == figure.best
    assert not figure.unverified_rule


def test_w04_acled_takes_the_conservative_number_and_notes_the_dispute():
    figure = by_rule(
        "acled",
        parse_claims(
            """
            who | what   | how many
            A   | killed | = 30
            B   | killed | = 23
            """
        ),
    )

    assert (Range(23, 23), 23) == (figure.killed, figure.best)
    assert ("Disputed: A 30; B 23.",) == figure.notes
    assert not figure.unverified_rule


@pytest.mark.parametrize(("active", "fatalities"), [(True, 10), (False, 3), (None, 3)])
def test_w05_acled_codes_an_unknown_number_by_the_conflict_unverified(active, fatalities):
    claims = parse_claims("who | what | how many\nA | killed | few>=3")

    figure = by_rule("acled", claims, Setting(active_conflict=active))

    assert fatalities == figure.best
    assert figure.unverified_rule


@pytest.mark.parametrize(
    ("number", "shares", "unverified"),
    [
        pytest.param(40, [10, 10, 10, 10], False, id="W06"),
        pytest.param(41, [11, 10, 10, 10], True, id="W07"),
    ],
)
def test_w06_w07_acled_divides_a_summary_over_its_days(number, shares, unverified):
    figure = by_rule(
        "acled",
        parse_claims(
            f"""
            who | what   | during                 | role       | how many
            A   | killed | 2025-03-06..2025-03-09 | cumulative | = {number}
            """
        ),
    )

    assert shares == [share.people for share in figure.events]
    assert number == figure.best
    assert unverified is figure.unverified_rule


def test_w08_acled_counts_both_sides_of_a_battle_in_one_event():
    figure = by_rule(
        "acled",
        parse_claims(
            """
            who | what   | whom         | how many
            A   | killed | armed-forces | = 12
            A   | killed | fighter      | = 5
            """
        ),
    )

    assert 17 == figure.best
    assert ((), ()) == (figure.columns, figure.events)
    assert ("Fatalities are not given by side.",) == figure.notes
    assert not figure.unverified_rule


# Airwars


def test_w09_airwars_ci195_at_least_and_as_many_as():
    figure = by_rule(
        "airwars",
        parse_claims(
            """
            who | what   | whom     | by  | how many
            A   | killed | civilian | air | >= 13
            B   | killed | civilian | air | <= 46
            """
        ),
    )

    assert (Range(13, 46), "Fair") == (figure.killed, figure.grade)
    assert not figure.unverified_rule


def test_w10_airwars_cs1852_unspecified_casualties_in_a_family():
    figure = by_rule(
        "airwars",
        parse_claims(
            """
            who | what                    | whom     | by  | how many
            A   | killed+injured families | civilian | air | few>=1
            """
        ),
    )

    assert (Range(1, 2), Range(1, 1), "Weak") == (figure.killed, figure.injured, figure.grade)
    assert not figure.unverified_rule


def test_w11_airwars_cs483_human_losses_by_one_source():
    figure = by_rule("airwars", [said("killed+injured", "material and human losses", 0)])

    assert (Range(0, 1), Range(0, 1), "Weak") == (figure.killed, figure.injured, figure.grade)
    assert not figure.unverified_rule


def test_w12_airwars_cs1853_bands_inside_a_total():
    figure = by_rule(
        "airwars",
        parse_claims(
            """
            who | what   | whom                              | by  | how many
            A   | killed | civilian                          | air | = 14
            A   | killed | civilian & age=child              | air | = 6
            A   | killed | civilian & age=adult & sex=female | air | = 2
            B   | killed | civilian                          | air | = 14
            B   | killed | civilian & age=child              | air | = 2
            B   | killed | civilian & age=adult & sex=female | air | = 6
            """
        ),
    )

    assert (Range(14, 14), "Fair") == (figure.killed, figure.grade)
    assert (("children", Range(2, 6)), ("women", Range(2, 6))) == figure.bands
    assert not figure.unverified_rule


def test_w13_airwars_cs797_accepting_one_confirms_and_leaves_the_range():
    figure = by_rule(
        "airwars",
        parse_claims(
            """
            who | what    | whom     | by  | how many
            A   | killed  | civilian | air | >= 7
            B   | killed  | civilian | air | <= 14
            B   | injured | civilian | air | few>=24
            air | killed  | civilian | air | = 1
            """
        ),
    )

    assert (Range(7, 14), Range(12, 24)) == (figure.killed, figure.injured)
    assert "Confirmed" == figure.grade
    assert (("A", "B"), ("air",)) == (figure.axes.voices, figure.axes.accepted_by)
    assert not figure.unverified_rule


def test_w14_airwars_ci590_one_outlet():
    figure = by_rule(
        "airwars",
        parse_claims(
            """
            who | what    | by  | how many
            A   | killed  | air | = 4
            A   | injured | air | = 3
            """
        ),
    )

    assert (Range(4, 4), Range(3, 3), "Weak") == (figure.killed, figure.injured, figure.grade)


def test_w15_airwars_ci787_killed_and_injured_less_killed():
    figure = by_rule(
        "airwars",
        parse_claims(
            """
            who | what           | whom     | by     | how many
            A   | killed+injured | civilian | air    | >= 90
            B   | killed         | civilian | ground | = 71
            B   | injured        | civilian | ground | few>=2
            """
        ),
    )

    assert (Range(71, 71), Range(19, 19)) == (figure.killed, figure.injured)
    assert "Contested" == figure.grade
    assert not figure.unverified_rule


@pytest.mark.parametrize("injured", ["", "A | injured | air | = 1"])
def test_w16_airwars_ci668_up_to_so_many_killed_or_injured(injured):
    figure = by_rule(
        "airwars",
        parse_claims(
            f"""
            who | what           | by     | how many
            A   | killed         | air    | = 19
            B   | killed+injured | ground | <= 36
            {injured}
            """
        ),
    )

    assert (Range(19, 35), Range(1, 1)) == (figure.killed, figure.injured)
    assert "Contested" == figure.grade
    assert not figure.unverified_rule


def ci272():
    claims = parse_claims(
        """
        who   | what    | whom                              | by  | how many
        enemy | killed  | civilian & age=child              | air | = 45
        enemy | killed  | civilian & age=adult & sex=female | air | = 1
        enemy | injured | civilian                          | air | = 2
        front | killed  | civilian                          | air | = 42
        """
    )
    setting = Setting(
        parties=frozenset({"enemy", "front"}), statements=(statement("denial", "air"),)
    )
    return by_rule("airwars", claims, setting)


def test_w17_airwars_ci272_a_belligerents_word_denied_by_the_accused():
    figure = ci272()

    assert (Range(42, 46), Range(2, 2), "Discounted") == (
        figure.killed,
        figure.injured,
        figure.grade,
    )
    assert (("children", Range(41, 45)), ("women", Range(1, 1))) == figure.bands
    assert not figure.unverified_rule
    assert "unverified" in figure.notes[-1]


def test_w18_airwars_totals_add_the_ends_by_grade():
    fair = by_rule("airwars", parse_claims("who | by | how many\nA | air | >= 13\nB | air | <= 46"))
    weak = by_rule("airwars", parse_claims("who | by | how many\nA | air | 1..2"))
    figures = [fair, weak, ci272()]

    assert Range(56, 94) == airwars_totals(figures)
    assert Range(13, 46) == airwars_totals(figures, ("Confirmed", "Fair"))


# IBC


def test_w19_ibc_keeps_all_reports_of_equal_standing_in_the_range_unverified():
    figure = by_rule(
        "ibc",
        parse_claims(
            """
            who | whom     | how many
            A   | civilian | = 4
            B   | civilian | = 5
            C   | civilian | = 7
            """
        ),
    )

    assert Range(4, 7) == figure.killed
    assert figure.unverified_rule


def test_w20_ibc_counts_those_whom_nobody_calls_civilians_to_the_most_unverified():
    figure = by_rule("ibc", parse_claims("who | how many\nA | = 6"))

    assert Range(0, 6) == figure.killed
    assert figure.unverified_rule


# UCDP


@pytest.mark.parametrize(
    ("numbers", "setting", "best", "ends"),
    [
        pytest.param((10, 25), Setting(reliable={"A": 1}), 10, Range(10, 25), id="W22"),
        pytest.param((10, 14), Setting(), 10, Range(10, 14), id="W23"),
        pytest.param((8, 8), Setting(is_dyad_clear=False), 0, Range(0, 8), id="W24"),
    ],
)
def test_w22_to_w24_ucdp_low_best_high_unverified(numbers, setting, best, ends):
    claims = parse_claims(f"who | how many\nA | = {numbers[0]}\nB | = {numbers[1]}")

    figure = by_rule("ucdp", claims, setting)

    assert (best, ends) == (figure.best, figure.killed)
    assert figure.unverified_rule


def test_the_more_reliable_report_is_best_also_when_it_is_the_higher():
    claims = parse_claims("who | how many\nA | = 10\nB | = 25")

    figure = by_rule("ucdp", claims, Setting(reliable={"B": 1}))

    assert (25, Range(10, 25)) == (figure.best, figure.killed)


def test_w25_ucdp_columns_add_up_to_best():
    claims = parse_claims(
        """
        who | whom                               | how many
        A   | ?                                  | = 20
        A   | armed-forces & affiliation=state   | = 8
        A   | fighter & affiliation=front        | = 3
        A   | civilian                           | = 5
        """
    )

    figure = by_rule("ucdp", claims, Setting(sides=("state", "front")))

    assert {
        "deaths_a": 8,
        "deaths_b": 3,
        "deaths_civilians": 5,
        "deaths_unknown": 4,
    } == dict(figure.columns)
    assert (20, Range(20, 20)) == (figure.best, figure.killed)
    assert not figure.unverified_rule


# HRDAG


def test_w26_hrdag_enumerates_only_fully_identified_records():
    whole = Entry(id="l:1", list="l", name=full_name(7), died="2025-03-07", place="Latakia")
    rows = [
        whole,
        replace(whole, id="l:2", name=""),
        replace(whole, id="l:3", died=""),
        replace(whole, id="l:4", place=""),
    ]

    made = hrdag_enumeration(rows)

    assert (("l:1",), 1) == (made.identified, made.people)
    assert (("l:2", ("name",)), ("l:3", ("date",)), ("l:4", ("place",))) == made.insufficient


# The door


def test_every_rule_answers_on_the_same_incident():
    claims = parse_claims(
        """
        who   | what    | whom     | by  | standard | how many
        A     | killed  | civilian | air | ?        | = 7
        B     | killed  | civilian | air | ?        | = 4
        OHCHR | killed  | civilian | air | verified | >= 3
        """
    )

    table = rule_table(by_every_rule(claims))

    assert [
        ("acled", "3", "3", "", ""),
        ("airwars", "3–7", "", "", "Fair"),
        ("ibc", "3–7", "", "", ""),
        ("ohchr", "3–…", "", "", ""),
        ("ucdp", "3–7", "3", "", ""),
    ] == [row[:5] for row in table]
    assert list(RULES) == [row[0] for row in table]


def test_combatants_leave_the_total_that_includes_them_and_no_other():
    claims = parse_claims(
        """
        who | counted      | what   | whom         | how many
        A   | ..2025-03-09 | killed | ?            | = 1311
        A   | ..2025-03-09 | killed | armed-forces | = 231
        A   | ..2025-03-09 | killed | fighter      | = 250
        A   | ..2025-03-12 | killed | civilian     | = 1383
        """
    )

    assert Range(1383, 1383) == by_rule("airwars", claims).killed
    assert Range(830, 830) == by_rule("airwars", claims[:3]).killed
    assert 1864 == by_rule("acled", claims).best


def test_a_days_additions_and_earlier_totals_lie_inside_the_running_total():
    claims = parse_claims(
        """
        who  | counted                | whom     | during                 | how many
        SOHR | ..2025-03-10           | civilian | 2025-03-06..2025-03-10 | = 1068
        SOHR | ..2025-03-11           | civilian | 2025-03-06..2025-03-11 | = 1225
        SOHR | 2025-03-10..2025-03-11 | civilian | 2025-03-06..2025-03-11 | = 132
        """
    )

    for figure in by_every_rule(claims):
        if figure.rule != "ohchr":
            assert Range(1225, 1225) == figure.killed
    assert 2 == len(by_rule("ibc", claims).set_aside)


def test_a_report_of_one_group_never_lowers_the_least():
    claims = parse_claims("who | whom | how many\nA | ? | = 20\nB | fighter | = 5")

    assert 20 == by_rule("acled", claims).best
    assert Range(20, 20) == by_rule("ucdp", claims).killed
    assert by_rule("acled", claims).unverified_rule
    assert () == by_rule("ucdp", claims).notes


def test_claims_of_other_places_or_more_days_are_set_aside():
    claims = parse_claims(
        """
        who | where         | during                 | how many
        A   | SY-LA         | 2025-03-07             | = 4
        A   | SY-LA + SY-TA | 2025-03-07             | = 9
        B   | SY-LA         | 2025-03-01..2025-03-31 | = 30
        """
    )

    figure = by_rule("acled", claims, Setting(where=("SY-LA",), during=Days.parse("2025-03-07")))

    assert (4, 2) == (figure.best, len(figure.set_aside))


# OHCHR


def test_ohchr_counts_verified_claims_alone_and_keeps_the_rest_pending():
    claims = parse_claims(
        """
        who   | whom     | standard   | how many
        OHCHR | civilian | documented | >= 111
        SOHR  | civilian | verified   | = 1225
        """
    )

    figure = by_rule("ohchr", claims)

    assert figure.killed is None
    assert ("2 claims pending verification.",) == figure.notes


def test_ohchr_counts_what_the_recorder_has_verified_as_a_floor():
    claims = parse_claims("who | what | how many\nA | killed | = 7\nA | injured | = 2")
    killed = next(claim for claim in claims if claim.kind == "killed")

    figure = by_rule("ohchr", claims, Setting(verified=frozenset({killed.id})))

    assert (Range(7, None), None) == (figure.killed, figure.injured)
    assert ("1 claim pending verification.",) == figure.notes[1:]


# Axes and grades


@pytest.mark.parametrize(
    ("page", "setting", "grade"),
    [
        ("A | air | = 3\nB | air | = 3", Setting(), "Fair"),
        ("A | ? | = 3\nB | ? | = 3", Setting(), None),
        ("anon:s-1 | air | = 3\nanon:s-2 | air | = 3", Setting(), "Weak"),
        ("OHCHR | air | = 3\nUN | air | = 3", Setting(), "Weak"),
        ("A | air | = 3\nB | ground | = 3", Setting(), "Contested"),
        ("A | air | = 3", Setting(statements=(statement("admission", "air"),)), "Confirmed"),
        ("A | air | = 3", Setting(statements=(statement("denial", "air"),)), "Weak"),
        ("air | air | = 3", Setting(), "Confirmed"),
        ("A | air | = 3", Setting(parties=frozenset("A")), "Weak"),
        ("B | ? | = 3", Setting(statements=(statement("accusation", "A", "air"),)), "Weak"),
    ],
)
def test_the_grade_is_derived_from_the_axes(page, setting, grade):
    figure = by_rule("airwars", parse_claims("who | by | how many\n" + page), setting)

    assert grade == figure.grade


def test_only_combatants_are_discounted_but_not_by_the_accuseds_word():
    page = "who | whom | by | how many\n{} | fighter | air | = 3"

    independent = by_rule("airwars", parse_claims(page.format("A")))
    accused = by_rule("airwars", parse_claims(page.format("air") + "\nB | ? | air | = 3"))

    assert ("Discounted", None) == (independent.grade, independent.killed)
    assert (Range(3, 3), "Weak") == (accused.killed, accused.grade)


def test_vague_words_are_told_by_the_quote_before_the_floor():
    arabic = said("killed", "مقتل عشرات المدنيين", 20)
    dozens = said("killed", "several dozens were killed", 24)

    assert [10, 12] == [by_rule("acled", [claim]).best for claim in (arabic, dozens)]
    assert [None, None] == [by_rule(rule, [dozens]).killed for rule in ("ucdp", "ibc")]


def test_an_unknown_rule_names_those_there_are():
    with pytest.raises(UnknownRule, match="acled, airwars, ibc, ohchr, ucdp"):
        by_rule("best", [])


def test_a_label_of_one_teller_is_not_anothers_until_decided():
    one, other = (
        Claim(originator=who, kind="killed", lo=1, hi=1, incident="raid", during=Days.parse("2025"))
        for who in "AB"
    )

    assert ["A: raid", "B: raid"] == list(incidents_of([one, other]))
    assert ["i-1"] == list(incidents_of([one, other], {"raid": "i-1"}))
