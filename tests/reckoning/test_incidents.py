"""Incidents that reviewers tell apart share nobody, of one teller or of two."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from tests.reckoning.books import RandomBook, actors, places, random_book
from tests.reckoning.brute import Book, World
from tests.reckoning.checker import check

from tallystick.reckoning import Options, documented, lazy, prove, reckon

HERE = places()
NAMES = ("the raid", "the shelling")
DECIDED = Options(incidents={name: name for name in NAMES})


def labelled(seed):
    """A random book some of whose claims tell of one of two incidents."""
    rng = random.Random(seed)
    book = random_book(seed, spoilt=0.0)
    claims = [
        replace(claim, id="", incident=rng.choice((None, *NAMES)), pins="lo")
        for claim in book.claims
    ]
    return RandomBook(tuple(claims), book.query, book.voices)


def world_of(book):
    plain = book.world()
    told = tuple(name for name in NAMES if any(c.incident == name for c in book.claims))
    terms = {**plain.terms, **({"incident": told} if told else {})}
    return World(plain.places, plain.units, plain.days, terms, plain.near_days)


def assert_as_the_cells_say(seed):
    book = labelled(seed)
    (figure,), (certificate,), issues = reckon(
        book.claims, [book.query], places=HERE, actors=actors(book.voices), options=DECIDED
    )
    brute = Book(world_of(book), book.claims, book.voices)
    expected = (
        -(-brute.documented(book.query) // 1),
        -(-brute.documented(book.query, labels=True) // 1),
        brute.withstands(book.query),
    )
    assert not issues
    assert expected == (figure.documented.lo, figure.believed, figure.withstands[0].lo), seed
    told = json.loads(json.dumps(certificate.as_json()))
    check(told)
    assert prove(told).holds
    return figure.documented.lo


@pytest.mark.parametrize("seed", range(40))
def test_a_book_with_incidents_is_as_the_cells_say(seed):
    assert_as_the_cells_say(seed)


@pytest.mark.slow
def test_many_books_with_incidents_are_as_the_cells_say():
    for seed in range(40, 160):
        assert_as_the_cells_say(seed)


@pytest.mark.parametrize("seed", range(20))
def test_a_book_with_incidents_entered_late_is_as_entered_whole(monkeypatch, seed):
    book = labelled(1000 + seed)
    given = {"places": HERE, "actors": actors(book.voices), "options": DECIDED}
    whole = documented(book.claims, [book.query], **given)
    monkeypatch.setattr(lazy, "WHOLE", 0)
    monkeypatch.setattr(lazy, "SHORT_DAYS", 1)

    assert whole == documented(book.claims, [book.query], **given)


def test_incidents_of_two_tellers_add_up_where_they_are_declared_apart(book):
    """
    who | counted | what | where | during | role | incident | source | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | new | raid | s1 | = 12
    B | ..2030-01-10 | killed | SY-LA | 2030-01-08 | new | attack | s2 | = 5
    C | ..2030-01-10 | killed | SY-LA | 2030-01-08 | new | | s3 | = 14
    """
    apart = Options(incidents={"raid": "i1", "attack": "i2"})
    same = Options(incidents={"raid": "i1", "attack": "i1"})

    assert book.reckon(where="SY").documented.lo == 14
    assert book.reckon(where="SY", options=same).documented.lo == 14
    assert book.reckon(where="SY", options=apart).documented.lo == 17
