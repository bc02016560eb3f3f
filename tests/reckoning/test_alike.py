"""Books whose tellers describe the same people otherwise: a rung with all labels, entered late."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from tests.reckoning.books import FIRST, actors, places

from tallystick.reckoning import Options, documented, lazy, reckon
from tallystick.records import Claim, Counted, Days, Mark, Query, Whom, WhomTest

HERE = places()
NOBODY_SPEAKS_FOR_ANOTHER = actors({})
TERMS = {"status": ("civilian", "fighter"), "sex": ("female", "male"), "age": ("child", "adult")}
WAYS = [(1, 8), (10, 8), (3, 1), (100, 8), (0, 8)]


def later(days):
    return FIRST + dt.timedelta(days=days)


def vague_book(seed):
    """Tellers who count people by village and day, and say what they were of many at once.

    Nobody is described in more than a few claims, so that a total of women or of fighters may be
    kept by people whom another teller's total asks to be men, or civilians.
    """
    rng = random.Random(seed)
    keys = rng.sample(sorted(TERMS), rng.randint(1, 2))
    shares = {"described": rng.choice((0.2, 0.6)), "exact": rng.choice((0.3, 0.8))}
    events = [
        (rng.choice(("ZA-N1", "ZA-N2", "ZA-S1")), 14 * n + rng.randint(0, 1))
        for n in range(rng.randint(1, 4))
    ]
    claims = []
    for name in "ABC"[: rng.randint(2, 3)]:
        own = [(*event, rng.randint(1, 6)) for event in events if rng.random() < 0.75]
        claims += [_near(rng, name, each, keys, shares) for each in own]
        claims += [_wide(rng, name, own, keys, n) for n in range(rng.randint(1, 4))]
    if rng.random() < 0.5:
        return claims
    return [_of_an_incident(rng, claim) if rng.random() < 0.3 else claim for claim in claims]


def _of_an_incident(rng, claim):
    """The same as told of one incident, which one text of its teller tells from others."""
    name = rng.choice(("the raid", "the shelling"))
    return replace(claim, id="", source=claim.originator, role="new", incident=name)


def _near(rng, name, event, keys, shares):
    village, day, number = event
    whom = {key: rng.choice(TERMS[key]) for key in keys if rng.random() < shares["described"]}
    return Claim(
        originator=name, source=f"{name} {day}", kind="killed", role="cumulative", lo=number,
        hi=number if rng.random() < shares["exact"] else None, where=(village,),
        during=Days(later(day), later(day)), whom=Whom(whom),
        counted=Counted(None, Mark(later(day + rng.choice((1, 1, 40))))),
    )  # fmt: skip


def _wide(rng, name, own, keys, n):
    """A total of places and days, at times of more people than the teller told one by one."""
    where = rng.choice(((), ("ZA",), ("ZA-N",), ("ZA-N1", "ZA-S")))
    last = rng.choice((None, 9, 22, 87))
    there = sum(
        number for village, day, number in own
        if (not where or any(village.startswith(place) for place in where))
        and (last is None or day <= last)
    )  # fmt: skip
    number = rng.randint(0, there + 1)
    return Claim(
        originator=name, source=f"{name} in all {n}", kind="killed", role="cumulative", lo=number,
        hi=number if rng.random() < 0.15 else None, where=where,
        during=None if last is None else Days(later(-3), later(last)),
        whom=Whom({key: rng.choice(TERMS[key]) for key in keys if rng.random() < 0.7}),
        counted=Counted(None, Mark(later(rng.choice((2, 16, 100))))),
    )  # fmt: skip


def questions():
    tests = [
        (WhomTest("sex", "female"),),
        (WhomTest("status", "civilian", inside=False),),
        (WhomTest("status", "fighter"), WhomTest("sex", "male")),
        (WhomTest("age", "adult"),),
    ]
    return [
        Query(), Query(where=("ZA-N",)), Query(during=Days(FIRST, later(13))),
        *(Query(whom=whom) for whom in tests),
    ]  # fmt: skip


def assert_as_entered_whole(monkeypatch, seed, ways):
    """Enter a book in some ways: which rows are near, and how many clusters are solved at once."""
    claims = vague_book(seed)

    def told(rows, short_days, batch, apart="labels"):
        monkeypatch.setattr(lazy, "WHOLE", rows)
        monkeypatch.setattr(lazy, "SHORT_DAYS", short_days)
        monkeypatch.setattr(lazy, "BATCH", batch)
        return documented(
            claims, questions(), places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER,
            options=Options(apart=apart),
        )  # fmt: skip

    whole = told(10**9, 10, 8)
    for way in ways:
        assert whole == told(0, *way), (seed, way)
    return whole != told(10**9, 10, 8, "place-day")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("part", range(4))
def test_described_by_all_alike_a_book_entered_late_is_as_entered_whole(monkeypatch, part, way):
    for seed in range(part, 60, 20):
        assert_as_entered_whole(monkeypatch, seed, [way])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_many_books_described_by_all_alike_are_as_entered_whole(monkeypatch, part):
    found = [assert_as_entered_whole(monkeypatch, seed, WAYS) for seed in range(100 + part, 400, 4)]

    assert sum(found) > len(found) // 4, "labels tell people apart in many of these books"


def test_three_tellers_two_of_whom_agree_are_two_descriptions(monkeypatch):
    """A's 5 were women, B's men, C's women: whom A and C count may be the same five."""
    told = {
        "kind": "killed", "role": "cumulative", "hi": None, "lo": 5,
        "counted": Counted(None, Mark(later(1))),
    }  # fmt: skip
    claims = [
        Claim(**told, originator=name, source=name, **of)
        for name, sex in (("A", "female"), ("B", "male"), ("C", "female"))
        for of in (
            {"where": ("ZA-N1",), "during": Days(FIRST, FIRST)},
            {"where": ("ZA",), "whom": Whom({"sex": sex})},
        )
    ]
    monkeypatch.setattr(lazy, "WHOLE", 0)

    bounds = documented(
        claims, [Query()], places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER,
        options=Options(apart="labels"),
    )  # fmt: skip

    assert bounds == [10]


def test_whom_one_teller_describes_another_counts_too_at_no_cost(monkeypatch):
    """A's 5 killed in the village were women, as B says of 3 whom it places nowhere."""
    told = {"kind": "killed", "role": "cumulative", "hi": None}
    claims = [
        Claim(
            **told, originator="A", source="A", where=("ZA-N1",), during=Days(FIRST, FIRST), lo=5,
            whom=Whom({"sex": "female"}), counted=Counted(None, Mark(later(1))),
        ),
        Claim(
            **told, originator="B", source="B", where=("ZA",), lo=3,
            whom=Whom({"sex": "female"}), counted=Counted(None, Mark(later(9))),
        ),
    ]  # fmt: skip
    monkeypatch.setattr(lazy, "WHOLE", 0)
    options = Options(apart="labels")

    bounds = documented(
        claims, [Query(), Query(whom=(WhomTest("sex", "female"),))],
        places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER, options=options,
    )  # fmt: skip

    assert bounds == [5, 5]


def rungs_of(claims, options):
    figures, _, _ = reckon(
        claims, questions(), places=HERE, actors=actors({"A": "A", "C": "A"}), options=options
    )  # fmt: skip
    return [
        (f.documented.lo, f.single, f.believed, f.corroborated, f.withstands, f.claimed)
        for f in figures
    ]


@pytest.mark.parametrize("seed", range(8))
def test_every_rung_of_a_book_entered_late_is_as_entered_whole(monkeypatch, seed):
    claims = vague_book(seed) + [
        replace(claim, id="", originator="D", source=f"D {claim.source}")
        for claim in vague_book(500 + seed)
    ]
    options = Options(k=2, certificates=False)
    monkeypatch.setattr(lazy, "WHOLE", 10**9)
    whole = rungs_of(claims, options)
    monkeypatch.setattr(lazy, "WHOLE", 0)

    assert whole == rungs_of(claims, options)


def test_a_breakdown_of_unknown_days_that_is_complete_is_entered_for_good(monkeypatch):
    """A's ten of the country were six women and four men, and nobody else."""
    counted = {"originator": "A", "source": "A", "counted": Counted(None, Mark(later(1)))}
    whole = Claim(**counted, kind="killed", role="cumulative", lo=10, hi=10, where=("ZA",))
    parts = [
        Claim(
            **counted, kind="killed", role="part", part_of=whole.id, lo=number, hi=number,
            where=("ZA",), whom=Whom({"sex": sex}),
        )
        for sex, number in (("female", 6), ("male", 4))
    ]  # fmt: skip
    other = Claim(
        originator="B", source="B", kind="killed", role="cumulative", lo=8, hi=8, where=("ZA-N1",),
        during=Days(FIRST, FIRST), whom=Whom({"sex": "male"}), counted=counted["counted"],
    )  # fmt: skip
    monkeypatch.setattr(lazy, "WHOLE", 0)

    bounds = documented(
        [whole, *parts, other], [Query(), Query(whom=(WhomTest("sex", "male"),))],
        places=HERE, actors=NOBODY_SPEAKS_FOR_ANOTHER, options=Options(apart="labels"),
    )  # fmt: skip

    assert bounds == [14, 8]
