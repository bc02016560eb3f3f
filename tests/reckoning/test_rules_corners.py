"""Corners of the rules: parts, relays, words without a reading, and what is said of them."""

from __future__ import annotations

import json

import pytest

from tallystick.reckoning.rules import (
    Range,
    Setting,
    airwars_totals,
    by_every_rule,
    by_rule,
    hrdag_enumeration,
    rule_table,
)
from tallystick.records import Claim, Entry, parse_claims


def killed_by(rule, page, **setting):
    return by_rule(rule, parse_claims(page), Setting(**setting)).killed


def test_a_part_lies_inside_its_whole_even_where_it_states_nothing_else():
    page = """
        who | role   | part of | id  | how many
        A   | ?      | ?       | all | = 20
        A   | subset | all     | few | = 5
        """

    assert Range(20, 20) == killed_by("acled", page)


@pytest.mark.parametrize(
    ("page", "people"),
    [
        ("who | where | how many\nA | SY-LA | = 4\nA | SY-TA | = 3", 7),
        ("who | where | how many\nA | SY | = 4\nA | SY-TA | = 3", 4),
        ("who | during | how many\nA | 2025-03-07 | = 4\nA | 2025-03-09 | = 3", 7),
        ("who | by | how many\nA | army | = 4\nA | militia | = 3", 7),
        ("who | by | how many\nA | UN | = 4\nA | OHCHR | = 3", 4),
        ("who | incident | how many\nA | one | = 4\nA | two | = 3", 7),
        ("who | whom | how many\nA | civilian | = 4\nA | sex=female | = 3", 4),
        (
            "who | counted | how many\n"
            "A | 2025-03-06..2025-03-07 | = 4\nA | 2025-03-07..2025-03-08 | = 3",
            7,
        ),
        (
            "who | counted | during | how many\n"
            "A | ..2025-03-07 | 2025-03-06 | = 4\nA | ..2025-03-09 | 2025-03-08 | = 3",
            7,
        ),
    ],
)
def test_one_account_adds_up_only_people_whom_it_tells_apart(page, people):
    assert people == by_rule("acled", parse_claims(page)).best


def test_many_groups_of_one_account_still_add_up():
    page = "who | where | how many\n" + "\n".join(f"A | x:{i} | = {i}" for i in range(20))

    assert sum(range(20)) == by_rule("acled", parse_claims(page)).best


def test_additions_alone_hold_until_a_total_of_the_same_people_closes():
    page = """
        who | counted                | where | how many
        A   | ..2025-03-11           | SY-TA | = 50
        A   | 2025-03-10..2025-03-11 | SY-LA | = 3
        """

    assert 53 == by_rule("acled", parse_claims(page)).best


def test_a_relay_that_garbles_a_count_does_not_stand_beside_it():
    page = """
        who       | edition | how many
        SOHR      | ?       | = 830
        SOHR < X  | s-1     | = 803
        """

    assert Range(830, 830) == killed_by("ucdp", page)


def test_a_total_that_its_teller_replaced_or_took_back_is_gone():
    first = Claim(originator="A", kind="killed", lo=9, hi=9)
    second = Claim(originator="A", kind="killed", lo=5, hi=5, supersedes=first.id)
    third = Claim(originator="A", kind="killed", lo=0, hi=0, retracts=second.id)

    assert 5 == by_rule("acled", [first, second]).best
    assert 0 == by_rule("acled", [first, second, third]).best


@pytest.mark.parametrize(
    ("rule", "how_many", "killed", "unverified"),
    [
        ("acled", "<= 8", Range(0, 0), True),
        ("acled", "few>=40", Range(20, 20), True),
        ("acled", "vague 7..", None, False),
        ("acled", ">= 8", Range(8, 8), False),
        ("ucdp", "<= 8", Range(0, 8), True),
        ("ucdp", ">= 8", Range(8, 8), True),
        ("ucdp", "4..9", Range(4, 9), True),
        ("ibc", ">= 8", Range(0, 8), True),
        ("airwars", ">= 8", Range(8, None), False),
        ("airwars", "~ 8", Range(8, 8), False),
        ("airwars", "few>=3", Range(3, None), True),
        ("airwars", "few>=200", Range(200, None), True),
    ],
)
def test_what_no_page_gives_a_reading_for_is_flagged(rule, how_many, killed, unverified):
    figure = by_rule(rule, parse_claims(f"who | by | how many\nA | army | {how_many}"))

    assert (killed, unverified) == (figure.killed, figure.unverified_rule)


def test_human_losses_beside_other_voices_have_no_published_reading():
    page = "who | what | how many\nA | killed+injured | few>=0\nB | killed | = 4"

    figure = by_rule("airwars", parse_claims(page))

    assert (Range(0, 4), True) == (figure.killed, figure.unverified_rule)


@pytest.mark.parametrize(
    ("page", "killed", "injured"),
    [
        ("A | killed+injured | = 9", Range(0, 9), Range(0, 9)),
        ("A | killed+injured | <= 9", Range(0, 8), Range(1, 1)),
        ("A | killed+injured | = 9\nA | injured | = 3", Range(6, 6), Range(3, 3)),
        ("A | killed+injured | = 9\nA | killed | = 5\nA | injured | = 4", Range(5, 5), Range(4, 4)),
        (
            "A | killed+injured | <= 9\nA | killed | >= 2\nA | injured | = 4",
            Range(2, 5),
            Range(4, 4),
        ),
    ],
)
def test_killed_and_injured_together_are_parted_by_what_is_known(page, killed, injured):
    figure = by_rule("airwars", parse_claims("who | what | how many\n" + page))

    assert (killed, injured) == (figure.killed, figure.injured)


def test_families_are_never_persons():
    page = "who | what | how many\nA | killed families | = 3"

    for figure in by_every_rule(parse_claims(page)):
        assert figure.killed is None, figure.rule
        assert 1 == len(figure.set_aside)


def test_ucdp_leaves_all_unknown_where_a_description_exceeds_the_whole():
    page = "who | how many\nA | = 4"
    more = "who | whom | how many\nA | civilian | = 4\nA | group=x | = 3\nB | ? | = 4"

    assert 4 == dict(by_rule("ucdp", parse_claims(page)).columns)["deaths_unknown"]
    assert 4 == sum(dict(by_rule("ucdp", parse_claims(more)).columns).values())


def test_ohchr_takes_the_highest_verified_floor_and_flags_that_choice():
    page = """
        who   | what           | standard | how many
        OHCHR | killed         | verified | >= 5
        UN    | killed         | verified | >= 7
        OHCHR | injured        | verified | few>=3
        OHCHR | killed+injured | verified | = 9
        OHCHR | killed families | verified | = 2
        """

    figure = by_rule("ohchr", parse_claims(page))

    assert (Range(7, None), None, True) == (figure.killed, figure.injured, figure.unverified_rule)
    assert 3 == len(figure.set_aside)


def test_bands_know_women_men_and_children_and_no_unstated_age():
    page = """
        who | whom                   | how many
        A   | age=adult & sex=male   | = 3
        A   | age=elderly & sex=female | = 2
        A   | sex=female             | = 2
        A   | age=child & sex=male   | = 1
        """

    bands = dict(by_rule("airwars", parse_claims(page)).bands)

    assert {"children": Range(1, 1), "women": Range(2, 2), "men": Range(3, 3)} == bands


def test_the_accused_alone_is_a_voice_when_nobody_else_counts_and_no_grade_but_confirmed():
    claims = parse_claims("who | by | published | how many\narmy | army | 2025-03-07 | = 2")

    figure = by_rule("airwars", claims)

    assert (Range(2, 2), "Confirmed", ()) == (figure.killed, figure.grade, figure.axes.voices)


def test_a_stock_of_a_day_with_times_is_replaced_only_by_a_later_time():
    page = "who | counted | how many\nA | ..2025-03-08T{} | = 745\nA | ..2025-03-08T{} | = 1018"

    assert 1018 == by_rule("acled", parse_claims(page.format("08", "20"))).best
    assert 745 == by_rule("acled", parse_claims(page.format("20", "08"))).best


def test_a_vague_word_that_no_table_knows_gives_no_number():
    claim = Claim(originator="A", kind="killed", lo=7, hi=None, hedge="vague", quote="a throng")

    assert by_rule("acled", [claim]).killed is None
    assert "no number" in by_rule("acled", [claim]).set_aside[0][1]


def test_a_word_with_another_floor_than_its_own_is_still_that_word():
    claim = Claim(originator="A", kind="killed", lo=5, hi=None, hedge="vague", quote="dozens died")

    assert 12 == by_rule("acled", [claim]).best


def test_an_open_end_makes_a_sum_open():
    figures = [by_rule("airwars", parse_claims("who | how many\nA | >= 8"))]

    assert Range(8, None) == airwars_totals(figures)


def test_a_figure_is_one_line_one_row_and_one_json_object():
    page = """
        who | what    | whom      | by   | how many
        A   | killed  | age=child | army | = 2
        A   | injured | ?         | army | = 3
        B   | killed  | ?         | army | = 5
        """
    claims = parse_claims(page)
    airwars, ucdp = by_rule("airwars", claims), by_rule("ucdp", claims)

    assert "airwars | killed 5 (children 2) | injured 3 | Fair | unverified rule" == airwars.line()
    assert "5 (children 2)" == rule_table([airwars])[0][1]
    assert {"lo": 5, "hi": 5, "best": 5} == ucdp.as_json()["killed"]
    assert "ohchr | no figure" == by_rule("ohchr", claims).line()
    assert {"A", "B"} == set(json.loads(json.dumps(airwars.as_json()))["axes"]["voices"])


def test_best_is_said_where_it_is_not_the_whole_range():
    assert (
        "ucdp | killed 4–9, best 4 | unverified rule"
        == by_rule("ucdp", parse_claims("who | how many\nA | 4..9")).line()
    )


def test_events_say_their_day_and_place():
    page = "who | where | role | how many\nA | SY-LA + SY-TA | cumulative | = 3"

    events = by_rule("acled", parse_claims(page)).as_json()["events"]

    assert [
        {"where": "SY-LA", "day": None, "people": 2},
        {"where": "SY-TA", "day": None, "people": 1},
    ] == events


def test_each_place_has_an_event_on_each_day_and_a_few_people_are_not_spread_over_many():
    page = """
        who | where         | during                 | role       | how many
        A   | SY-LA + SY-TA | 2025-03-06..2025-03-07 | cumulative | = {}
        """

    eight, three = (by_rule("acled", parse_claims(page.format(n))) for n in (8, 3))

    assert ([2, 2, 2, 2], True) == ([e.people for e in eight.events], eight.unverified_rule)
    assert ((), 3, True) == (three.events, three.best, three.unverified_rule)


def test_an_incident_of_its_own_is_one_event_on_an_unsure_day():
    page = "who | during | role | how many\nA | 2025-03-06..2025-03-09 | new | = 40"

    assert () == by_rule("acled", parse_claims(page)).events


def test_an_enumeration_says_what_each_record_lacks():
    made = hrdag_enumeration([Entry(id="l:1", list="l")])

    assert {
        "type": "enumeration",
        "rule": "hrdag",
        "identified": [],
        "insufficient": [{"entry": "l:1", "lacks": ["name", "date", "place"]}],
        "people": 0,
    } == made.as_json()
