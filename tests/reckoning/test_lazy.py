"""Rows entered one by one, in one process or several, give the bounds of the book entered whole."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from tests.reckoning.books import actors, places, random_book
from tests.reckoning.test_brute import assert_as_the_cells_say

from tallystick.reckoning import Options, documented, lazy, reckon
from tallystick.records import Claim, Counted, Days, Mark, Query, Whom, WhomTest

HERE = places()
NOBODY_SPEAKS_FOR_ANOTHER = actors({})


@pytest.fixture
def entered_late(monkeypatch):
    """Let a row be near only if it speaks of one unit and one day."""
    monkeypatch.setattr(lazy, "WHOLE", 0)
    monkeypatch.setattr(lazy, "SHORT_DAYS", 1)


def later(days, by):
    shift = dt.timedelta(days=by)
    return days and Days(days.first + shift, days.last + shift)


def long_book(seed, months=5):
    """Several random books of the same tellers, each some weeks after the one before."""
    claims = []
    for month in range(months):
        by, shift = 30 * month, dt.timedelta(days=30 * month)
        for claim in random_book(100 * seed + month).claims:
            after, until = claim.counted.after, claim.counted.until
            counted = Counted(after and Mark(after.day + shift), until and Mark(until.day + shift))
            source = f"{claim.source}-{month}"
            claims.append(
                replace(
                    claim, id="", during=later(claim.during, by), counted=counted, source=source
                )
            )
    return claims


def questions():
    first = dt.date(2030, 5, 1)
    stretches = [Days(first, first + dt.timedelta(days=1)), Days(first, first.replace(day=31))]
    return [
        Query(), Query(where=("ZA-N",)), Query(whom=(WhomTest("status", "civilian"),)),
        *(Query(during=days) for days in stretches),
        Query(where=("ZA-N1",), during=stretches[1]),
    ]  # fmt: skip


def bounds(claims, **options):
    return documented(
        claims, questions(), places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER,
        options=Options(**options),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(600, 612))
def test_a_random_book_entered_late_is_as_the_cells_say(entered_late, seed):
    assert_as_the_cells_say(seed)


@pytest.mark.slow
def test_many_random_books_entered_late_are_as_the_cells_say(entered_late):
    for seed in range(700, 860):
        assert_as_the_cells_say(seed)


@pytest.mark.parametrize("apart", ["place-day", "labels"])
@pytest.mark.parametrize("seed", range(8))
def test_a_long_book_entered_late_is_as_entered_whole(monkeypatch, seed, apart):
    claims = long_book(seed)
    monkeypatch.setattr(lazy, "WHOLE", 10**9)
    whole = bounds(claims, apart=apart)
    monkeypatch.setattr(lazy, "WHOLE", 0)

    assert whole == bounds(claims, apart=apart)


def test_more_processes_change_no_byte(monkeypatch, entered_late):
    monkeypatch.setattr(lazy, "BATCH", 1)
    claims = long_book(3)

    def told(cores):
        figures, certificates, _ = reckon(
            claims, [Query()], places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER,
            options=Options(cores=cores),
        )  # fmt: skip
        return [figure.as_json() for figure in figures], [c.as_json() for c in certificates]

    assert told(1) == told(2)


def test_order_of_claims_changes_no_bound_entered_late(entered_late):
    claims = long_book(4)
    shuffled = random.Random(1).sample(claims, len(claims))

    assert bounds(claims) == bounds(shuffled)


@pytest.mark.parametrize("seed", range(900, 916))
def test_a_proof_is_the_same_whatever_else_is_asked(seed):
    claims = random_book(seed, spoilt=seed % 2).claims
    asked = [Query(where=("ZA-N",)), Query(whom=(WhomTest("status", "civilian"),)), Query()]

    def proofs(queries):
        _, certificates, _ = reckon(
            claims, queries, places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER,
        )  # fmt: skip
        return certificates[-1].as_json()

    assert proofs(asked[-1:]) == proofs(asked)


@pytest.mark.parametrize("least", [60, 95, 100, 140])
def test_a_guest_that_contradicts_its_bulletin_costs_what_it_costs_in_the_whole(monkeypatch, least):
    day = dt.date(2030, 5, 1)
    told = {
        "originator": "A", "source": "s1", "kind": "killed", "during": Days(day, day),
        "counted": Counted(None, Mark(day + dt.timedelta(days=1))), "role": "cumulative",
    }  # fmt: skip
    claims = [
        Claim(**told, where=("ZA-N1",), lo=100, hi=100),
        Claim(**told, where=("ZA-N2",), lo=30, hi=None, hedge="at_least"),
        Claim(**told, where=("ZA",), lo=least, hi=least + 5, hedge="range"),
        Claim(**told | {"originator": "B", "source": "s2"}, where=("ZA-N1",), lo=97, hi=None),
    ]
    monkeypatch.setattr(lazy, "WHOLE", 10**9)
    whole = bounds(claims)
    monkeypatch.setattr(lazy, "WHOLE", 0)

    assert whole == bounds(claims)


@pytest.mark.parametrize("first", [-30, 1])
def test_people_lent_for_one_question_may_be_gone_in_the_next(monkeypatch, first):
    """B's 40 may all have died on either day; whom A counts in a month stands all the same."""
    day = dt.date(2030, 5, 20)
    month = Days(day + dt.timedelta(days=first), day + dt.timedelta(days=first + 30))
    early = month.first + dt.timedelta(days=15)
    until = Counted(None, Mark(day + dt.timedelta(days=90)))
    told = {"source": "s1", "kind": "killed", "counted": until, "role": "cumulative", "hi": None}
    claims = [
        Claim(**told, originator="A", where=("ZA-N1",), during=Days(early, early), lo=20),
        Claim(**told, originator="A", where=("ZA",), during=month, lo=50),
        Claim(
            **told | {"source": "s2"}, originator="B", where=("ZA-S1",), lo=40,
            during=Days(day, day + dt.timedelta(days=1)),
        ),
        Claim(
            **told | {"source": "s2"}, originator="B", where=("ZA-S1",), lo=5,
            during=Days(early, early),
        ),
    ]  # fmt: skip
    asked = [Query(), Query(during=month)]

    def told_by(rows):
        monkeypatch.setattr(lazy, "WHOLE", rows)
        return documented(claims, asked, places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER)

    assert [65, 50] == told_by(10**9)
    assert [65, 50] == told_by(0)


def both_ways(monkeypatch, claims, asked, options=None):
    """Answer from a book entered whole, and from one entered late."""
    told = {}
    for way, rows in (("whole", 10**9), ("late", 0)):
        monkeypatch.setattr(lazy, "WHOLE", rows)
        monkeypatch.setattr(lazy, "SHORT_DAYS", 1)
        told[way] = documented(
            claims, asked, places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER, options=options
        )
    return told


def test_people_found_beside_a_question_do_not_stand_inside_it(monkeypatch):
    """A's 6 died the day after; B may count them a day early, but then its 6 are asked for."""
    day = dt.date(2030, 5, 11)
    week = Days(day - dt.timedelta(days=6), day - dt.timedelta(days=1))
    inside = Days(week.first + dt.timedelta(days=2), week.first + dt.timedelta(days=2))
    until = Counted(None, Mark(day + dt.timedelta(days=9)))
    told = {"kind": "killed", "counted": until, "role": "cumulative", "hi": None}
    a, b, c = (told | {"originator": name, "source": name} for name in "ABC")
    claims = [
        Claim(**a, where=("ZA-N1",), during=Days(day, day), lo=6),
        Claim(**a, where=("ZA-S1",), during=inside, lo=1),
        Claim(**b, where=("ZA-N",), during=week, lo=6),
        Claim(**c, where=("ZA-S1",), during=inside, lo=4),
    ]

    found = both_ways(monkeypatch, claims, [Query(), Query(during=week)])

    assert found == {"whole": [10, 10], "late": [10, 10]}


def test_people_not_asked_for_are_not_called_what_is_asked_for(monkeypatch):
    """The 6 of the second claim fill up the first one's 6 civilians only as civilians."""
    first = dt.date(2030, 7, 31)
    second = first + dt.timedelta(days=1)
    told = {"originator": "B", "kind": "killed", "role": "cumulative", "lo": 6}
    civilian = Whom({"status": "civilian"})
    claims = [
        Claim(
            **told, source="s1", where=("ZA-N1", "ZA-S"), during=Days(first, second), hi=6,
            whom=civilian, counted=Counted(None, Mark(first + dt.timedelta(days=4))),
        ),
        Claim(
            **told, source="s2", where=("ZA-S", "ZA-S1"), during=Days(second, second), hi=9,
            hedge="range", counted=Counted(None, Mark(first + dt.timedelta(days=3))),
        ),
    ]  # fmt: skip
    asked = Query(
        whom=(WhomTest("status", "civilian"),),
        during=Days(first, first + dt.timedelta(days=30)),
    )

    assert both_ways(monkeypatch, claims, [asked]) == {"whole": [6], "late": [6]}


def test_a_guest_that_costs_something_for_one_question_is_kept_beside_it(monkeypatch):
    """Of those killed in the village 9 were women: no cost to all, but to the count of women."""
    day = dt.date(2030, 5, 11)
    told = {
        "originator": "A", "source": "s1", "kind": "killed", "role": "cumulative", "hi": None,
        "counted": Counted(None, Mark(day + dt.timedelta(days=1))),
    }  # fmt: skip
    claims = [
        Claim(**told, where=("ZA-N1",), during=Days(day, day), lo=10),
        Claim(**told, where=("ZA",), whom=Whom({"sex": "female"}), lo=9),
    ]
    women = Query(whom=(WhomTest("sex", "female"),))

    assert both_ways(monkeypatch, claims, [Query(), women]) == {"whole": [10, 9], "late": [10, 9]}


def test_people_of_two_tellers_are_not_described_apart_where_labels_tell_them_apart(monkeypatch):
    """A's 5 in the village were women, B's 5 were men: ten, if every description is right."""
    day = dt.date(2030, 5, 11)
    told = {
        "kind": "killed", "role": "cumulative", "hi": None, "lo": 5,
        "counted": Counted(None, Mark(day + dt.timedelta(days=1))),
    }  # fmt: skip
    claims = [
        Claim(**told, originator=name, source=name, **of)
        for name, sex in (("A", "female"), ("B", "male"))
        for of in (
            {"where": ("ZA-N1",), "during": Days(day, day)},
            {"where": ("ZA",), "whom": Whom({"sex": sex})},
        )
    ]

    found = both_ways(monkeypatch, claims, [Query()], Options(apart="labels"))

    assert found == {"whole": [10], "late": [10]}
