"""Random small books with a stated mix, made from an invented truth of each teller.

Each teller has people of its own count: place, day, labels, and the moment at which it counted
them. A claim is a true sentence about them, so books agree with themselves, unless a number is
spoilt: about one book in fifty holds a claim that contradicts another of its teller. The mix is tested in ``test_books.py``.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from dataclasses import dataclass, replace

from tests.reckoning.brute import World

from tallystick.records import Claim, Counted, Days, Mark, Query, Whom, WhomTest
from tallystick.terms import Actors, Places

# How many books are made and compared; `make books` asks for 2,000, and as many of each law.
SOME = int(os.environ.get("TALLYSTICK_BOOKS", "500"))
IS_ASKED_FOR = "TALLYSTICK_BOOKS" in os.environ
PARTS = [f"part{n:02}" for n in range(16)]

PLACES = {
    "ZA": "", "ZA-N": "ZA", "ZA-N1": "ZA-N", "ZA-N2": "ZA-N", "ZA-S": "ZA", "ZA-S1": "ZA-S",
}  # fmt: skip
UNITS = {
    "ZA": "ZA", "ZA-N": "ZA-N", "ZA-N1": "ZA-N", "ZA-N2": "ZA-N", "ZA-S": "ZA-S", "ZA-S1": "ZA-S",
}  # fmt: skip
FIRST = dt.date(2030, 5, 1)
DAYS = tuple(FIRST + dt.timedelta(days=n) for n in range(3))
FAR = (FIRST - dt.timedelta(days=9), FIRST + dt.timedelta(days=12))
TERMS = {"status": ("civilian", "fighter"), "sex": ("female",)}
COUNTED = tuple(FIRST + dt.timedelta(days=n) for n in range(3, 6))


@dataclass(frozen=True)
class Person:
    place: str
    day: dt.date
    whom: tuple[tuple[str, str], ...]
    counted: float  # days after COUNTED[0]; the fraction is the time of day
    number: int


@dataclass(frozen=True)
class RandomBook:
    claims: tuple[Claim, ...]
    query: Query
    voices: dict[str, str]

    def world(self, near_days=1):
        used = {(key, term) for claim in self.claims for key, term in claim.whom.items()}
        used |= {(test.key, test.term) for test in self.query.whom}
        terms = {key: tuple(t for k, t in sorted(used) if k == key) for key, _ in used}
        days = tuple(sorted((*DAYS, *FAR)))
        return World(PLACES, UNITS, days, terms, near_days)


def seeds_of(part: str, first: int = 0) -> range:
    """Return one sixteenth of the seeds, so that several can be run side by side."""
    return range(first + PARTS.index(part), SOME, len(PARTS))


def places() -> Places:
    rows = [
        {"id": id_, "name": id_, "parent": parent, "unit": UNITS[id_] if id_ != "ZA" else ""}
        for id_, parent in PLACES.items()
    ]
    made, issues = Places.empty().with_csv(rows)
    assert not [issue for issue in issues if issue.weight == "fault"], issues
    return made


def actors(voices: dict[str, str]) -> Actors:
    rows = [
        {"id": name, "name": name, "speaks_for": voice if voice != name else ""}
        for name, voice in voices.items()
    ]
    made, issues = Actors.empty().with_csv(rows)
    assert not issues, issues
    return made


def random_book(seed: int, *, spoilt: float = 0.02) -> RandomBook:
    rng = random.Random(seed)
    names = ["A", "B", "C", "D"][: rng.randint(2, 4)]
    voices = {name: name for name in names}
    if len(names) > 2 and rng.random() < 0.25:
        voices[names[-1]] = names[0]
    claims = [
        claim
        for name in names
        for claim in _claims_of(rng, name, rng.randint(1, 4 if len(names) > 2 else 6))
    ]
    exact = [claim for claim in claims if claim.hi is not None and claim.pinned == "both"]
    if exact and rng.random() < spoilt:
        claims.append(_contradicting(rng, rng.choice(exact)))
    return RandomBook(tuple(claims), _query(rng), voices)


def _claims_of(rng, name, number):
    people = [_person(rng) for _ in range(rng.randint(2, 8))]
    times = {(day, s): rng.random() for day in range(3) for s in ("s1", "s2")}
    claims = []
    for n in range(number):
        claim = _claim(rng, name, people, times, claims)
        if rng.random() < 0.06:
            claim = replace(claim, id="", edition=f"e{n}", via="relay")
        claims.append(claim)
    return claims


def _contradicting(rng, claim):
    """The same scope told again with more people, by the same teller in the same breath."""
    lo = claim.hi + rng.randint(1, 9)
    return replace(claim, id="", lo=lo, hi=lo + 1, hedge="range")


def _person(rng):
    whom = []
    if rng.random() < 0.7:
        whom.append(("status", rng.choice(TERMS["status"])))
    if rng.random() < 0.5:
        whom.append(("sex", "female"))
    return Person(
        rng.choice(list(PLACES)), rng.choice(DAYS), tuple(whom), rng.random() * 3, rng.randint(1, 9)
    )


def _claim(rng, name, people, times, before):
    where = _where(rng, before)
    during = None if rng.random() < 0.08 else _during(rng)
    if rng.random() < 0.08:
        where = ()
    whom = {}
    roll = rng.random()
    if roll < 0.55:
        whom["status"] = rng.choice(TERMS["status"])
    if roll < 0.22 or roll > 0.9:
        whom["sex"] = "female"
    day, source = rng.randint(0, 2), rng.choice(("s1", "s2"))
    until = day + times[day, source]
    after = None
    if day and rng.random() < 0.3:
        after = day  # the close of the day before, whose bulletins came at most at its end
        counted = Counted(Mark(COUNTED[day - 1]), Mark(COUNTED[day]))
    else:
        counted = Counted(None, Mark(COUNTED[day]))
    number = sum(
        p.number for p in people
        if _in(p, where, during, whom) and (after or 0) <= p.counted <= until
    )  # fmt: skip
    return _said(rng, name, source, number, where, during, whom, counted)


def _said(rng, name, source, number, where, during, whom, counted):
    roll = rng.random()
    lo, hi = number, number
    if roll < 0.2:
        lo, hi = rng.randint(0, number), None
    elif roll < 0.35:
        lo, hi = max(0, number - rng.randint(0, 3)), number + rng.randint(0, 3)
    return Claim(
        originator=name, source=source, kind="killed", lo=lo, hi=hi, where=where, during=during,
        whom=Whom(whom), counted=counted, role="new" if rng.random() < 0.08 else "cumulative",
        hedge="range" if hi is not None and hi != lo else None,
    )  # fmt: skip


def _where(rng, before):
    if before and rng.random() < 0.4:
        return rng.choice(before).where
    ids = list(PLACES)
    if rng.random() < 0.2:
        return tuple(rng.sample(ids[1:], 2))
    return (rng.choice(ids),)


def _during(rng):
    if rng.random() < 0.35:
        return Days(DAYS[0], DAYS[-1])
    first = rng.randint(0, 2)
    return Days(DAYS[first], DAYS[rng.randint(first, 2)])


def _in(person, where, during, whom):
    world = World(PLACES, UNITS, DAYS, {})
    return (
        (not where or any(world.inside(person.place, outer) for outer in where))
        and (during is None or during.first <= person.day <= during.last)
        and all((key, term) in person.whom for key, term in whom.items())
    )


def _query(rng):
    where = () if rng.random() < 0.25 else _where(rng, [])
    during = _during(rng) if rng.random() < 0.4 else None
    whom = ()
    if rng.random() < 0.35:
        key = rng.choice(list(TERMS))
        whom = (WhomTest(key, rng.choice(TERMS[key]), rng.random() < 0.8),)
    return Query(where=where, during=during, whom=whom)
