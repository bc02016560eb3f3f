"""Every jump of a running total is told with what was added when."""

from __future__ import annotations

from dataclasses import replace

from tests.conftest import query

from tallystick.reckoning.admit import admit
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.jumps import jumps_of


def moved(book, **asked):
    ground = Ground(book.places, book.actors)
    admitted, _ = admit(book.claims, ground)
    return jumps_of(admitted.values(), query(**asked), ground)


def told(found):
    return [(j.kind, j.was, j.now, [p.people for p in j.pieces], j.unexplained) for j in found]


def test_additions_of_a_day_account_for_the_growth_of_the_total(book):
    """
    who | counted | what | where | during | source | part of | role | id | how many
    A | ..2025-03-10 | killed | SY-LA + SY-TA | 2025-03-06..2025-03-10 | s1 | ? | ? | c1 | = 1068
    A | ..2025-03-11 | killed | SY-LA + SY-TA | 2025-03-06..2025-03-11 | s2 | ? | ? | c2 | = 1225
    A | 2025-03-10..2025-03-11 | killed | SY-LA + SY-TA | 2025-03-06..2025-03-11 | s2 | c2 | subset | c3 | = 132
    A | 2025-03-10..2025-03-11 | killed | SY-TA | 2025-03-06..2025-03-11 | s2 | c3 | part | c4 | = 72
    A | 2025-03-10..2025-03-11 | killed | SY-LA | 2025-03-06..2025-03-11 | s2 | c3 | part | c5 | = 60
    A | ..2025-03-12 | killed | SY-LA + SY-TA | 2025-03-06..2025-03-12 | s3 | ? | ? | c6 | = 1383
    A | 2025-03-11..2025-03-12 | killed | SY-LA + SY-TA | 2025-03-06..2025-03-12 | s3 | c6 | subset | c7 | = 158
    """
    found = moved(book)

    assert [("grew", 1068, 1225, [132], 25), ("grew", 1225, 1383, [158], 0)] == told(found)
    assert "132 added from 2025-03-10 to 2025-03-11 (72 SY-TA, 60 SY-LA)" in found[0].says
    assert "25 that no claim accounts for" in found[0].says
    assert ("c3", "c4", "c5") == found[0].pieces[0].claims
    assert "killed | SY-LA + SY-TA" == found[0].scope


def test_additions_of_several_days_between_two_totals(book):
    """
    who | counted | what | where | during | source | id | how many
    A | ..2025-03-12 | killed | SY-LA | 2025-03-06..2025-03-12 | s1 | c1 | = 1383
    A | 2025-03-12..2025-03-13 | killed | SY-LA | 2025-03-06..2025-03-13 | s2 | c2 | = 93
    A | 2025-03-13..2025-03-14 | killed | SY-LA | 2025-03-06..2025-03-14 | s3 | c3 | = 24
    A | ..2025-03-14 | killed | SY-LA | 2025-03-06..2025-03-14 | s3 | c4 | = 1500
    """
    assert [("grew", 1383, 1500, [93, 24], 0)] == told(moved(book))


def test_where_no_addition_is_stated_the_totals_of_places_tell(book):
    """
    who | counted | what | where | during | source | id | how many
    A | ..2025-03-11 | killed | SY-LA + SY-TA | 2025-03-06..2025-03-11 | s1 | c1 | = 1042
    A | ..2025-03-11 | killed | SY-LA | 2025-03-06..2025-03-11 | s1 | c2 | = 658
    A | ..2025-03-11 | killed | SY-TA | 2025-03-06..2025-03-11 | s1 | c3 | = 384
    A | ..2025-03-12 | killed | SY-LA + SY-TA | 2025-03-06..2025-03-12 | s2 | c4 | = 1120
    A | ..2025-03-12 | killed | SY-LA | 2025-03-06..2025-03-12 | s2 | c5 | = 683
    A | ..2025-03-12 | killed | SY-TA | 2025-03-06..2025-03-12 | s2 | c6 | = 433
    """
    whole = next(jump for jump in moved(book) if jump.was == 1042)

    assert [25, 49] == [piece.people for piece in whole.pieces]
    assert 4 == whole.unexplained
    assert "more in SY-LA (658 to 683)" in whole.says


def test_w27_a_longer_window_and_a_retroactive_addition(book):
    """
    who | counted | what | where | during | id | how many
    HRDAG | ..2012-12-31 | killed | SY | 2011-03..2012-11 | c1 | = 59648
    HRDAG | ..2013-05-31 | killed | SY | 2011-03..2013-04 | c2 | = 92901
    HRDAG | ..2013-05-31 | killed | SY | 2012-12..2013-04 | c3 | = 26906
    """
    (jump,) = moved(book)

    assert [("extended", 59648, 92901, [26906, 6347], 0)] == told([jump])
    assert "6,347 harmed in the earlier window and counted since" in jump.says


def test_w31_additions_of_whom_most_died_before(book):
    """
    who | counted | what | where | during | source | id | how many
    MoH | ..2030-01-09 | killed | PS | 2029-10-07..2030-01-09 | s1 | c1 | = 40000
    MoH | 2030-01-09..2030-01-10 | killed | PS | 2029-10-07..2030-01-10 | s2 | c2 | = 359
    MoH | 2030-01-09..2030-01-10 | killed | PS | 2029-10-07..2030-01-09 | s2 | c3 | = 298
    MoH | ..2030-01-10 | killed | PS | 2029-10-07..2030-01-10 | s2 | c4 | = 40359
    """
    (jump,) = moved(book)

    assert [("grew", 40000, 40359, [359], 0)] == told([jump])
    assert "298 of them harmed by 2030-01-09" in jump.says


def test_w32_a_counter_that_starts_again_at_zero(book):
    """
    who | counted | what | where | during | id | how many
    MoPH | ..2030-11-20 | killed | LB | 2029-10..2030-11 | c1 | = 4000
    MoPH | ..2030-11-27 | killed | LB | 2029-10..2030-11 | c2 | = 4047
    MoPH | 2030-11-28..2030-12-20 | killed | LB | 2030-11..2030-12 | c3 | = 80
    MoPH | 2030-11-28..2030-12-31 | killed | LB | 2030-11..2030-12 | c4 | = 90
    """
    found = moved(book)

    assert [
        ("grew", 4000, 4047, [], 47), ("restarted", 4047, 80, [], 0), ("grew", 80, 90, [], 10)
    ] == told(found)  # fmt: skip
    assert "counts from zero again, so both add up" in found[1].says
    assert 4047 + 90 == book.reckon(where="LB").documented.lo


def test_a_total_that_falls_is_told_with_what_may_be_meant(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY | 2030-01-01..2030-01-09 | c1 | = 4047
    A | ..2030-01-10 | killed | SY | 2030-01-01..2030-01-10 | c2 | = 12
    """
    (jump,) = moved(book)

    assert [("fell", 4047, 12, [], 0)] == told([jump])
    assert "a counter that began anew (then say from when)" in jump.says


def test_corrections_and_retractions_are_claims(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY | 2030-01 | c1 | = 50
    A | ..2030-01-10 | killed | SY | 2030-01 | c2 | = 45
    A | ..2030-01-11 | killed | SY | 2030-01 | c3 | = 45
    A | ..2030-01-12 | killed | SY | 2030-01 | c4 | = 47
    """
    one, two, three, four = book.claims
    book.claims = (
        one, replace(two, supersedes="c1"), replace(three, retracts="c2"), replace(four, lo=45)
    )  # fmt: skip

    assert ["corrected", "retracted", "stayed"] == [jump.kind for jump in moved(book)]


def test_only_totals_that_a_question_speaks_of(book):
    """
    who | counted | what | whom | where | during | published | role | id | how many
    A | ..2030-01-09 | killed | ? | SY-LA | 2030-01-01..2030-01-09 | 2030-01-09 | ? | c1 | = 5
    A | ..2030-01-10 | killed | ? | SY-LA | 2030-01-01..2030-01-10 | 2030-01-10 | ? | c2 | = 6
    A | ..2030-01-10 | killed | ? | SY-LA | 2030-01-01..2030-01-10 | 2030-01-10 | new | c3 | = 9
    A | ..2030-01-11 | killed | civilian | SY-LA | 2030-01-01..2030-01-11 | 2030-01-11 | ? | c4 | = 7
    A | ..2030-01-12 | not killed | ? | SY-LA | 2030-01-01..2030-01-12 | 2030-01-12 | ? | c5 | >= 1
    """
    assert [("c1", "c2")] == [jump.claims for jump in moved(book)]
    assert 1 == len(moved(book, where="SY"))
    assert [] == [*moved(book, where="SY-TA"), *moved(book, kind="injured")]
    assert [] == [*moved(book, tellers="B"), *moved(book, as_of="2030-01-09")]
    assert [] == list(moved(book, unit="families"))
    assert "says" in moved(book)[0].as_json()


def test_what_a_text_says_that_it_replaces_is_where_it_comes_from(book):
    """
    who | counted | what | where | during | source | part of | role | id | how many
    A | ..2025-04-09 | killed | SY | 2025-03 | s1 | ? | ? | c1 | = 1676
    A | ..2025-04-09 | killed | SY | 2025-03 | s1 | ? | previous | c2 | = 1659
    A | ..2025-04-09 | killed | SY | 2025-03 | s1 | c1 | subset | c3 | = 17
    """
    (jump,) = moved(book)

    assert [("grew", 1659, 1676, [17], 0)] == told([jump])
    assert ("17 told as new" in jump.says, jump.claims) == (True, ("c2", "c1"))


def test_a_longer_window_of_which_nothing_says_who_is_new(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2012-12-31 | killed | SY | 2011-03..2012-11 | c1 | = 50
    A | ..2013-05-31 | killed | SY | 2011-03..2013-04 | c2 | = 80
    """
    assert [("extended", 50, 80, [], 30)] == told(moved(book))


def test_a_longer_window_whose_new_days_account_for_all(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2012-12-31 | killed | SY | 2011-03..2012-11 | c1 | = 50
    A | ..2013-05-31 | killed | SY | 2011-03..2013-04 | c2 | = 80
    A | ..2013-05-31 | killed | SY | 2012-12..2013-04 | c3 | = 30
    """
    (jump,) = moved(book)

    assert [30] == [piece.people for piece in jump.pieces]
    assert [30] == [piece["people"] for piece in jump.as_json()["pieces"]]
