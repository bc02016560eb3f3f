"""Random books against the model written down cell by cell, in exact fractions."""

from __future__ import annotations

import json

import pytest
from tests.reckoning.books import PARTS, actors, places, random_book, seeds_of
from tests.reckoning.brute import Book
from tests.reckoning.checker import check

from tallystick.reckoning import prove, reckon

HERE = places()


def assert_as_the_cells_say(seed):
    book = random_book(seed)
    (figure,), (certificate,), issues = reckon(
        book.claims, [book.query], places=HERE, actors=actors(book.voices)
    )
    brute = Book(book.world(), book.claims, book.voices)
    query = book.query
    expected = {
        "single": brute.single(query),
        "documented": -(-brute.documented(query) // 1),
        "believed": -(-brute.documented(query, labels=True) // 1),
        "withstands": brute.withstands(query),
        "corroborated": brute.corroborated(query),
        "contested": any(brute.stretch.values()),
    }
    actual = {
        "single": figure.single.lo,
        "documented": figure.documented.lo,
        "believed": figure.believed,
        "withstands": figure.withstands[0].lo,
        "corroborated": figure.corroborated[0].lo,
        "contested": any(contest.where == "within" for contest in figure.contested),
    }
    assert not issues
    assert expected == actual, seed
    told = json.loads(json.dumps(certificate.as_json()))
    check(told)
    assert prove(told).holds
    return figure, brute


@pytest.mark.parametrize("seed", range(12))
def test_a_random_book_is_as_the_cells_say(seed):
    assert_as_the_cells_say(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_many_random_books_are_as_the_cells_say(part):
    for seed in seeds_of(part, first=12):
        assert_as_the_cells_say(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_people_are_whole_and_the_bound_still_holds(part):
    for seed in seeds_of(part):
        book = random_book(seed)
        (figure,), _, _ = reckon(book.claims, [book.query], places=HERE, actors=actors(book.voices))
        brute = Book(book.world(), book.claims, book.voices)
        if not any(brute.stretch.values()):
            assert brute.documented(book.query, integer=True) >= figure.documented.lo


def test_books_disagree_with_themselves_where_a_number_is_spoilt():
    spoilt = [random_book(seed, spoilt=1) for seed in range(6)]
    found = 0
    for book in spoilt:
        (figure,), (certificate,), _ = reckon(
            book.claims, [book.query], places=HERE, actors=actors(book.voices)
        )
        brute = Book(book.world(), book.claims, book.voices)
        is_contested = any(contest.where == "within" for contest in figure.contested)
        found += is_contested
        check(json.loads(json.dumps(certificate.as_json())))
        assert is_contested == any(brute.stretch.values())
        assert figure.documented.lo == -(-brute.documented(book.query) // 1)

    assert found >= 3
