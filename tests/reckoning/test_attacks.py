"""The attacks E1-E22 of practice: what a naive sum would get wrong, in the notation."""

from __future__ import annotations

import pytest

from tallystick.reckoning import Options

VILLAGES = "X ZP ZP,Y ZP ZP"  # two villages of one district
DISTRICTS = "X ZP,Y ZP,Z ZP"


@pytest.fixture
def village(book):
    return book.with_places(f"ZP,{VILLAGES}")


@pytest.fixture
def district(book):
    return book.with_places(f"ZP,{DISTRICTS}")


def ladder(figure):
    return (
        figure.corroborated[0].lo,
        figure.withstands[0].lo,
        figure.single.lo,
        figure.documented.lo,
    )


def test_e1_a_dispute_over_status_kills_nobody_twice(village):
    """
    who | counted | what | whom | where | during | how many
    A | ..2030-01-09 | killed | civilian | X | 2030-01-08 | = 100
    B | ..2030-01-09 | killed | fighter | X | 2030-01-08 | = 100
    """
    assert village.reckon(where="X").documented.lo == 100
    assert village.reckon(where="X").believed == 200


def test_e1_each_status_is_so_described_by_somebody(village):
    """
    who | counted | what | whom | where | during | how many
    A | ..2030-01-09 | killed | civilian | X | 2030-01-08 | = 100
    B | ..2030-01-09 | killed | fighter | X | 2030-01-08 | = 100
    """
    civilians = village.reckon(where="X", whom="civilian", during="2030-01-08")

    assert civilians.line() == "killed | status=civilian | X | 2030-01-08 | >= 100"
    assert village.reckon(where="X", whom="fighter").documented.lo == 100
    assert ("B", 100) in [(o.originator, o.lo) for o in civilians.otherwise]


def test_e2_each_side_accusing_the_other_does_not_double_the_dead(village):
    """
    who | counted | what | where | during | by | how many
    A | ..2030-01-09 | killed | X | 2030-01-08 | gov | = 100
    B | ..2030-01-09 | killed | X | 2030-01-08 | rebels | = 100
    """
    assert village.reckon(where="X").documented.lo == 100


def test_e3_a_day_of_listing_is_no_day_of_death(village):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-09 | killed | X | 2030-01-08 | = 60
    B | ..2030-01-12 | killed | X | 2030-01-06..2030-01-12 | = 62
    """
    assert village.reckon(where="X").documented.lo == 62


def test_e4_a_night_between_two_days_is_one_night(village):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | X | 2030-01-08 | = 30
    B | ..2030-01-12 | killed | X | 2030-01-09 | = 30
    """
    assert village.reckon(where="X").documented.lo == 30
    assert village.reckon(where="X", options=Options(near_days=0)).documented.lo == 60


def test_e5_neighbouring_villages_are_one_district(village):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | X | 2030-01-08 | = 60
    B | ..2030-01-12 | killed | Y | 2030-01-08 | = 62
    """
    assert village.reckon(where="ZP").documented.lo == 62
    assert village.reckon(where="ZP").believed == 122


def test_e6_seventeen_or_eighteen_years_old(village):
    """
    who | counted | what | whom | where | during | how many
    A | ..2030-01-12 | killed | age=child | X | 2030-01-08 | = 7
    B | ..2030-01-12 | killed | age=adult | X | 2030-01-08 | = 7
    """
    assert village.reckon(where="X").documented.lo == 7


def test_e7_a_half_read_claim_poisons_nobody(district):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | ? | ? | = 132
    A | ..2030-01-12 | killed | ZP | 2030-01-06..2030-01-12 | = 1225
    """
    figure = district.reckon(where="ZP")

    assert figure.documented.lo == 1225
    assert not figure.contested


def test_e8_no_death_has_two_sources_in_one_place(district):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | X | 2030-01-08 | = 100
    B | ..2030-01-12 | killed | Y | 2030-01-08 | = 100
    C | ..2030-01-12 | killed | Z | 2030-01-08 | = 100
    """
    assert ladder(district.reckon(where="ZP")) == (100, 200, 100, 300)


def test_e9_two_places_with_two_voices_each(district):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | X | 2030-01-08 | = 50
    B | ..2030-01-12 | killed | X | 2030-01-08 | = 50
    C | ..2030-01-12 | killed | Y | 2030-01-08 | = 50
    D | ..2030-01-12 | killed | Y | 2030-01-08 | = 50
    """
    assert ladder(district.reckon(where="ZP")) == (100, 100, 50, 100)


def test_e10_agreement_of_voices_in_one_place(village):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | X | 2030-01-08 | = 50
    B | ..2030-01-12 | killed | X | 2030-01-08 | = 40
    """
    assert ladder(village.reckon(where="X")) == (40, 40, 50, 50)


def test_e11_a_figure_off_by_one_costs_one(district):
    """
    who | counted | what | where | during | incident | role | part of | id | how many
    A | ..2030-04-09 | killed | ZP | 2030-03 | march | ? | ? | c1 | = 1676
    A | ..2030-04-14 | killed | ZP | 2030-01..2030-04 | ? | ? | ? | c2 | = 2161
    A | ..2030-04-14 | killed | ? | ? | march | part | c2 | c3 | >= 0
    A | ..2030-04-14 | killed | ? | ? | other | part | c2 | c4 | = 486
    """
    figure = district.reckon(where="ZP", during="2030-03")

    assert figure.documented.lo == 1675
    assert [(c.claims, c.stretch, c.where) for c in figure.contested] == [
        (("c1", "c2", "c4"), 1, "within")
    ]
    assert "misprint" in figure.contested[0].says


def test_e12_the_stock_of_a_day_closed_before_the_day_did(district):
    """
    who | counted | what | where | during | source | how many
    A | ..2030-03-10 | killed | ZP | 2030-03-06..2030-03-10 | s1 | = 1068
    A | 2030-03-10..2030-03-11 | killed | ZP | 2030-03-06..2030-03-11 | s2 | = 132
    A | ..2030-03-11 | killed | ZP | 2030-03-06..2030-03-11 | s2 | = 1225
    """
    figure = district.reckon(where="ZP")

    assert figure.documented.lo == 1225
    assert not figure.contested


def test_e13_own_labels_are_trusted_and_the_marks_are_named(district):
    """
    who | counted | what | whom | where | during | how many
    A | ..2030-03-08 | killed | fighter | X | 2030-03-06 | = 100
    A | ..2030-03-19 | killed | civilian | X | 2030-03-06 | = 200
    """
    figure = district.reckon(where="X")

    assert figure.documented.lo == 300
    assert figure.flags == ("mixed marks",)


def test_e14_partial_disagreement(village):
    """
    who | counted | what | whom | where | during | how many
    A | ..2030-01-12 | killed | civilian | X | 2030-01-08 | = 100
    A | ..2030-01-12 | killed | armed-forces | X | 2030-01-08 | = 50
    B | ..2030-01-12 | killed | civilian | X | 2030-01-08 | = 20
    B | ..2030-01-12 | killed | armed-forces | X | 2030-01-08 | = 120
    """
    assert village.reckon(where="X").documented.lo == 150
    assert village.reckon(where="X", whom="civilian").documented.lo == 100
    assert village.reckon(where="X", whom="armed-forces").documented.lo == 120


def test_e15_a_breakdown_said_to_be_complete_must_add_up(district):
    """
    who | counted | what | whom | where | role | part of | id | how many
    A | ..2030-03-09 | displaced families | ? | ZP | ? | ? | c1 | = 1476
    A | ..2030-03-09 | displaced families | group=lebanese | ? | part | c1 | c2 | = 40
    A | ..2030-03-09 | displaced families | group=syrian | ? | part | c1 | c3 | = 1184
    """
    figure = district.reckon(where="ZP", kind="displaced", unit="families")

    assert [(c.claims, c.stretch) for c in figure.contested] == [(("c1", "c2", "c3"), 252)]
    assert "40 + 1,184 = 1,224, but the total says 1,476" in figure.contested[0].says
    assert figure.documented.lo == 1224


def test_e16_two_incidents_are_no_revision(village):
    """
    who | counted | what | where | during | role | how many
    A | ..2030-01-09 | killed | X | 2030-01-08 | new | = 12
    A | ..2030-01-10 | killed | X | 2030-01-08 | new | = 5
    """
    figure = village.reckon(where="X")

    assert figure.documented.lo == 12
    assert not figure.contested
    assert not figure.flags


def test_e16_incidents_told_apart_add_up(village):
    """
    who | counted | what | where | during | role | incident | how many
    A | ..2030-01-09 | killed | X | 2030-01-08 | new | checkpoint | = 12
    A | ..2030-01-10 | killed | X | 2030-01-08 | new | raid | = 5
    """
    assert village.reckon(where="X").documented.lo == 17


def test_e17_a_date_and_an_hour_of_it_are_in_no_order(village):
    """
    who | counted | what | where | during | how many
    A | ..2030-03-08 | killed | X | 2030-03-08 | = 90
    A | ..2030-03-08T06 | killed | X | 2030-03-08 | = 100
    """
    figure = village.reckon(where="X")

    assert figure.documented.lo == 100
    assert "revised" not in figure.flags


def test_e18_a_denial_places_nobody_elsewhere(district):
    """
    who | counted | what | where | during | how many
    army | ..2030-01-12 | not killed | X | 2030-01-08 | >= 1
    A | ..2030-01-12 | killed | X + Y | 2030-01-08 | = 100
    """
    assert district.reckon(where="Y").documented.lo == 0
    assert not district.reckon(where="ZP").contested


def test_e18_a_denial_is_shown_beside_what_is_documented(district):
    """
    who | counted | what | where | during | how many
    army | ..2030-01-12 | not killed | X | 2030-01-08 | >= 1
    A | ..2030-01-12 | killed | X | 2030-01-08 | = 100
    """
    figure = district.reckon(where="X")

    assert figure.documented.lo == 100
    assert [(c.where, c.stretch) for c in figure.contested] == [("between", 100)]


@pytest.mark.parametrize(
    ("said", "lo", "hi"),
    [(1000, 750, 1250), (1400, 1330, 1470), (230, 219, 241), (40, 35, 45), (12, 12, 12)],
)
def test_e19_about_is_as_wide_as_its_last_digit(book, said, lo, hi):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | SY | 2030-01-08 | ~ 7
    """
    from dataclasses import replace

    book.claims = (replace(book.claims[0], id="", lo=said, hi=said),)
    claimed = book.reckon(where="SY", during="2030-01-08").claimed[0]

    assert (claimed.lo, claimed.hi) == (lo, hi)


def test_e20_voices_are_counted_not_names(district):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | X | 2030-01-08 | = 100
    B | ..2030-01-12 | killed | X | 2030-01-08 | = 100
    anon:s1 | ..2030-01-12 | killed | Y | 2030-01-08 | = 50
    anon:s2 | ..2030-01-12 | killed | Y | 2030-01-08 | = 50
    """
    figure = district.with_actors("A,B A").reckon(where="ZP")

    assert figure.corroborated[0].lo == 50
    assert district.reckon(where="X").corroborated[0].lo == 0
    assert district.reckon(where="Y").corroborated[0].lo == 0


def test_e21_the_displaced_are_displaced_again(district):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-02 | displaced | X | 2030-01-01 | = 100
    B | ..2030-01-10 | displaced | Y | 2030-01-09 | = 100
    """
    assert district.reckon(where="ZP", kind="displaced").documented.lo == 100


def test_e22_a_subset_stands_where_its_whole_stands(district):
    """
    who | counted | what | whom | where | during | role | part of | id | how many
    A | ..2030-03-11 | killed | civilian | X | 2030-03-06..2030-03-11 | ? | ? | c1 | = 1225
    A | ..2030-03-11 | killed | sex=female | ? | ? | subset | c1 | c2 | = 90
    """
    women = district.reckon(where="X", whom="sex=female & status=civilian")

    assert women.documented.lo == 90
    assert district.reckon(where="Y", whom="sex=female").claimed == ()
