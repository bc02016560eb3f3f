"""Every set of claims that is called contradictory is so, and no smaller part of it is."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.reckoning.books import PARTS, actors, places, random_book, seeds_of

from tallystick.reckoning import Options, reckon
from tallystick.records import Claim, Days, Query

HERE = places()
DAY = dt.date(2030, 5, 1)


def contested(claims, book, sets=3):
    (figure,), _, _ = reckon(
        claims, [book.query], places=HERE, actors=actors(book.voices),
        options=Options(certificates=False, sets=sets),
    )  # fmt: skip
    return [contest for contest in figure.contested if contest.where == "within"]


@pytest.mark.parametrize("seed", range(30))
def test_a_set_is_contradictory_and_irreducible(seed):
    is_irreducible(random_book(seed, spoilt=1))


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_many_sets_are_contradictory_and_irreducible(part):
    for seed in seeds_of(part, first=30):
        is_irreducible(random_book(seed, spoilt=1))
        is_irreducible(random_book(seed))


def is_irreducible(book):
    by_id = {claim.id: claim for claim in book.claims}
    for contest in contested(book.claims, book):
        own = [by_id[id_] for id_ in contest.claims]

        assert contested(own, book)
        for left_out in own:
            assert not contested([claim for claim in own if claim is not left_out], book)


def test_the_smallest_set_comes_first_and_all_are_found(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY | 2030-01-08 | c1 | = 100
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c2 | = 60
    A | ..2030-01-09 | killed | SY-TA | 2030-01-08 | c3 | = 50
    A | ..2030-01-09 | killed | SY-HM | 2030-01-08 | c4 | = 120
    """
    figure = book.reckon(where="SY")

    assert [contest.claims for contest in figure.contested] == [("c1", "c4"), ("c1", "c2", "c3")]
    assert "50 + 60 = 110, but the whole says 100" in figure.contested[1].says


def test_a_search_that_was_cut_short_says_so():
    whole = {"originator": "A", "source": "s", "kind": "killed", "during": Days(DAY, DAY)}
    parts = [
        Claim(**whole, id=f"c{n:02}", where=("ZA-N1",), lo=10 + n, hi=10 + n) for n in range(18)
    ]  # 153 pairs disagree, each two numbers of one scope
    (figure,), _, _ = reckon(
        parts, [Query()], places=HERE, actors=actors({}),
        options=Options(certificates=False, sets=200),
    )  # fmt: skip

    assert 0 < len(figure.contested) < 153
    assert "more contradictions" in figure.flags


def test_what_it_touches_is_told(book):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | = 10
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | = 12
    """
    assert book.reckon(where="SY-LA").contested[0].touches
    assert not book.reckon(where="SY-TA").contested[0].touches
    assert not book.reckon(where="SY-TA").is_contested


def test_a_typo_is_outvoted(book):
    """
    who | counted | what | where | during | source | how many
    A | ..2030-01-09 | killed | SY | 2030-01-08 | s1 | = 1225
    A | ..2030-01-10 | killed | SY | 2030-01-08 | s2 | = 1225
    A | ..2030-01-11 | killed | SY | 2030-01-08 | s3 | >= 12250
    A | ..2030-01-11 | killed | SY | 2030-01-08 | s3 | 0..1225
    """
    figure = book.reckon(where="SY")

    assert figure.documented.lo == 1225
    assert figure.contested[0].stretch == 11025


def test_the_bound_gives_way_by_the_least_stretch(book):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-09 | killed | SY | 2030-01-08 | = 60
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | >= 40
    A | ..2030-01-09 | killed | SY-TA | 2030-01-08 | >= 30
    """
    assert book.reckon(where="SY-LA").documented.lo == 30
