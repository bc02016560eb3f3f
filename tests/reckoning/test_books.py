"""The mix of the random books is as stated."""

from __future__ import annotations

from itertools import combinations

from tests.reckoning.books import PLACES, UNITS, actors, places, random_book
from tests.reckoning.brute import World

from tallystick.reckoning import Options, reckon

HERE, QUICK = places(), Options(certificates=False)
BOOKS = [random_book(seed) for seed in range(300)]
CLAIMS = [claim for book in BOOKS for claim in book.claims]


def share(part):
    return sum(map(bool, part)) / len(CLAIMS)


def cells(claim):
    world = World(
        PLACES,
        UNITS,
        BOOKS[0].world().days,
        {"status": ("civilian", "fighter"), "sex": ("female",)},
    )
    return frozenset(
        i for i, cell in enumerate(world.cells())
        if world.in_scope(cell, claim.where, claim.during, claim.whom)
    )  # fmt: skip


def test_one_claim_in_ten_crosses_another_of_its_teller():
    crossing = set()
    for book in BOOKS[:80]:
        scopes = {claim.id: (claim.originator, cells(claim)) for claim in book.claims}
        for (one, (a, mine)), (two, (b, yours)) in combinations(scopes.items(), 2):
            if a == b and mine & yours and mine - yours and yours - mine:
                crossing |= {one, two}

    assert len(crossing) >= 0.10 * sum(len(book.claims) for book in BOOKS[:80])


def test_fifteen_in_a_hundred_lack_place_or_day():
    assert share(not claim.where or claim.during is None for claim in CLAIMS) >= 0.15


def test_one_in_five_states_two_keys_of_whom():
    assert share(len(claim.whom) == 2 for claim in CLAIMS) >= 0.20


def test_unions_additions_and_editions_are_there():
    assert share(len(claim.where) > 1 for claim in CLAIMS) >= 0.10
    assert share(claim.counted.after for claim in CLAIMS) >= 0.10
    assert share(claim.edition for claim in CLAIMS) >= 0.03


def test_one_book_in_a_hundred_contradicts_itself():
    contested = 0
    for book in BOOKS:
        (figure,), _, _ = reckon(
            book.claims, [book.query], places=HERE, actors=actors(book.voices), options=QUICK
        )
        contested += any(contest.where == "within" for contest in figure.contested)

    assert contested >= 0.01 * len(BOOKS)
