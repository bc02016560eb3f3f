"""A contradiction is told with its arithmetic, and with the misprint that would explain it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.conftest import Page

from tallystick.reckoning import Options
from tallystick.records import parse_claims

HEAD = "who | counted | what | whom | where | during | role | part of | id | source | how many"


def says(*numbers, source="?"):
    """Return what is said of a complete breakdown: the total, then its parts."""
    total, *parts = numbers
    lines = [f"A | ..2030-01-09 | killed | ? | SY | 2030-01 | ? | ? | c0 | {source} | = {total}"]
    lines += [
        f"A | ..2030-01-09 | killed | group=g{n} | ? | ? | part | c0 | c{n} | {source} | = {part}"
        for n, part in enumerate(parts, start=1)
    ]
    (contest,) = Page(parse_claims("\n".join([HEAD, *lines]))).reckon(where="SY").contested
    return contest.says


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((1476, 40, 1184), "40 + 1,184 = 1,224, but the total says 1,476."),
        ((1084, 870, 213), "differ by one, which may be a misprint (213 for 214, or 870 for 871"),
        ((1084, 870, 241), "a misprint may have exchanged two digits (241 for 214)"),
        ((1070, 870, 20), "a misprint may have dropped a zero (20 for 200)"),
    ],
)
def test_a_breakdown_is_told_with_its_sum_and_a_hint(numbers, words):
    assert words in says(*numbers)


def test_a_gap_that_no_misprint_explains_has_no_hint():
    assert says(1476, 40, 1184).endswith("but the total says 1,476.")


def test_figures_of_one_text_are_told_as_such():
    assert says(100, 40, 50, source="s1").startswith("A: in one text, 40 + 50 = 90")
    assert says(100, 40, 50).startswith("A: 40 + 50 = 90")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (
            12250,
            "12,250 do not fit into 1,225; a misprint may have dropped a zero (1,225 for 12,250); a",
        ),
        (1252, "1,252 do not fit into 1,225; a misprint may have exchanged two digits"),
        (1300, "1,300 do not fit into 1,225."),
    ],
)
def test_one_total_told_twice(book, wrong, words):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY | 2030-01 | c1 | = 1225
    A | ..2030-01-09 | killed | SY | 2030-01 | c2 | = 1
    """
    book.claims = (book.claims[0], replace(book.claims[1], lo=wrong, hi=wrong))

    assert words in book.reckon(where="SY").contested[0].says


def test_parts_that_pass_their_whole(book):
    """
    who | counted | what | whom | where | during | id | how many
    A | ..2030-01-09 | killed | civilian | SY | 2030-01 | c1 | >= 60
    A | ..2030-01-09 | killed | fighter | SY | 2030-01 | c2 | ~ 50
    A | ..2030-01-09 | killed | ? | SY | 2030-01 | c3 | = 101
    """
    (contest,) = book.reckon(where="SY").contested

    # "About 50" is at least 45, which is no number that a typist could have mistaken.
    assert "A: 45 + 60 = 105, but the whole says 101." == contest.says


def test_more_sets_than_are_named_are_flagged(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY | 2030-01-08 | c1 | = 100
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c2 | = 160
    A | ..2030-01-09 | killed | SY-TA | 2030-01-08 | c3 | = 150
    A | ..2030-01-09 | killed | SY-HM | 2030-01-08 | c4 | = 120
    """
    few, all_of_them = (book.reckon(where="SY", options=Options(sets=n)) for n in (2, 3))

    assert 2 == len(few.contested)
    assert "more contradictions" in few.flags
    assert 3 == len(all_of_them.contested)
    assert "more contradictions" not in all_of_them.flags


def test_a_ceiling_is_told_with_the_shares_that_pass_it(book):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-12 | killed | SY-LA | 2030-01-08 | = 60
    B | ..2030-01-12 | killed | SY-TA | 2030-01-08 | = 40
    army | ..2030-01-12 | killed | SY | 2030-01 | <= 12
    """
    (contest,) = book.reckon(where="SY").contested

    assert "At least 100 (60 + 40) are documented, but army says at most 12." == contest.says
    assert ("between", 88) == (contest.where, contest.stretch)


def test_what_crosses_is_told_with_how_often_it_counts(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-12 | killed | SY-LA + SY-TA | 2030-01-08 | c1 | >= 8
    A | ..2030-01-12 | killed | SY-TA + SY-HM | 2030-01-08 | c2 | >= 8
    A | ..2030-01-12 | killed | SY-LA + SY-HM | 2030-01-08 | c3 | >= 8
    A | ..2030-01-12 | killed | SY-LA + SY-TA + SY-HM | 2030-01-08 | c4 | = 11
    """
    (contest,) = book.reckon(where="SY").contested

    assert "A: 8 + 8 + 8 = 24, but the whole says 2 × 11 = 22." == contest.says


def test_several_lower_ends_against_several_upper_ones(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-12 | killed | SY-LA + SY-TA | 2030-01-08 | c1 | >= 8
    A | ..2030-01-12 | killed | SY-HM + SY-HI | 2030-01-08 | c2 | >= 9
    A | ..2030-01-12 | killed | SY-LA + SY-HM | 2030-01-08 | c3 | 0..5
    A | ..2030-01-12 | killed | SY-TA + SY-HI | 2030-01-08 | c4 | 0..10
    """
    book.claims = tuple(replace(claim, pins="both") for claim in book.claims)
    (contest,) = book.reckon(where="SY").contested

    assert "A: 8 + 9 = 17, which do not fit into 5 + 10 = 15." == contest.says
