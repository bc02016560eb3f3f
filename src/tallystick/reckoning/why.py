"""Say why a figure says what it says: which claims carry it, and what would move it.

Every answer is computed: what a bound falls to without a claim is reckoned without it, and what
would raise it is tried with such a claim added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from tallystick.reckoning.admit import admit
from tallystick.reckoning.aside import Aside, asides_of
from tallystick.reckoning.asking import check_query
from tallystick.reckoning.book import Book, Row
from tallystick.reckoning.bounds import Shared, Side
from tallystick.reckoning.certify import name_of
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.influence import Influence, influence_of
from tallystick.reckoning.jumps import Jump, jumps_of
from tallystick.reckoning.opened import desk_of
from tallystick.reckoning.options import Options, Soft
from tallystick.reckoning.ranges import OwnRange, ranges_of
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.sentence import sentence_of
from tallystick.reckoning.tally import Cell
from tallystick.records import Claim, Days, Issue, Listed, Query, print_line
from tallystick.terms import NAMES, Actors, Places

__all__ = ["Aside", "Binding", "Reason", "Share", "explain"]

# Without each claim that carries a bound it is reckoned anew, in books of no more claims than so.
_MOST = 2400


@dataclass(frozen=True, slots=True)
class Binding:
    """Hold one claim on which the bound rests.

    Args:
        claim: Its id.
        line: In the notation.
        quote: Its words.
        source: Where they stand.
        holds: ``at least`` or ``at most``: the end that is used.
        falls_to: The documented bound without this claim; None if it was not tried.
    """

    claim: str
    line: str
    quote: str
    source: str
    holds: str
    falls_to: int | None

    def as_json(self) -> dict[str, object]:
        return {
            "claim": self.claim,
            "line": self.line,
            "quote": self.quote,
            "source": self.source,
            "holds": self.holds,
            "falls_to": self.falls_to,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """Hold what one teller proves, and in which units and days.

    Args:
        originator: The teller.
        people: How many it proves there.
        cells: Units and days; nobody else is counted in them.
        claims: The claims that prove it.
    """

    originator: str
    people: str
    cells: tuple[str, ...]
    claims: tuple[Binding, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "originator": self.originator,
            "people": self.people,
            "cells": list(self.cells),
            "claims": [claim.as_json() for claim in self.claims],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Hold the answer to "why?".

    Args:
        query: What was asked.
        lo: The documented bound.
        says: The figure as a sentence.
        shares: Who proves what; they add up to the bound.
        aside: Claims that do not carry it.
        raised_by: Claims that would raise it, tried.
        without: The bounds without each originator, and without those first heard of late.
        soft: The bound if "about" and vague words were exact, and if they were left out; empty
            where nobody is vague.
        jumps: How the running totals that speak of it moved.
        ranges: What each teller's own tally says of it, with the sums behind.
    """

    query: Query
    lo: int
    says: str
    shares: tuple[Share, ...]
    aside: tuple[Aside, ...]
    raised_by: tuple[str, ...]
    without: tuple[Influence, ...]
    soft: Mapping[str, int]
    jumps: tuple[Jump, ...] = ()
    ranges: tuple[OwnRange, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "type": "why",
            "query": self.query.as_json(),
            "lo": self.lo,
            "says": self.says,
            "shares": [share.as_json() for share in self.shares],
            "aside": [aside.as_json() for aside in self.aside],
            "raised_by": list(self.raised_by),
            "without": [influence.as_json() for influence in self.without],
            "soft": dict(self.soft),
            "jumps": [jump.as_json() for jump in self.jumps],
            "ranges": [own.as_json() for own in self.ranges],
        }


def explain(
    claims: Iterable[Claim],
    query: Query,
    *,
    places: Places,
    actors: Actors,
    options: Options | None = None,
    listed: Iterable[Listed] = (),
) -> tuple[Reason, tuple[Issue, ...]]:
    """Return why the documented bound of a question is what it is.

    Args:
        claims: All claims.
        query: The question.
        places: The gazetteer with the case's places.
        actors: Who speaks with one voice.
        options: How to reckon.
        listed: Persons on lists.

    Raises:
        UnknownAsked: The question names a place or term that is not known.
    """
    ground, chosen = Ground(places, actors), options or Options()
    check_query(query, ground)
    admitted, issues = admit(claims, ground)
    persons = tuple(listed)
    case = _Case(admitted, query, ground, chosen, persons)
    shared = case.shared(admitted)
    lo = ceil(shared.value)
    shares = tuple(case.share(side) for side in shared.used())
    carrying = {binding.claim for share in shares for binding in share.claims}
    return (
        Reason(
            query=query,
            lo=lo,
            says=f"{sentence_of(query, lo, places, actors)} {_says(shares)}",
            shares=shares,
            aside=asides_of(case.book, admitted, query, ground, carrying),
            raised_by=case.raised_by(shared, lo),
            without=influence_of(admitted, query, ground, chosen, persons),
            soft=case.soft(),
            jumps=jumps_of(admitted.values(), query, ground),
            ranges=case.ranges(),
        ),
        (*issues, *case.book.issues),
    )


class _Case:
    """Reckon one question again and again with fewer or more claims."""

    def __init__(
        self,
        admitted: Mapping[str, Claim],
        query: Query,
        ground: Ground,
        options: Options,
        listed: Sequence[Listed],
    ) -> None:
        self.admitted, self.query, self.ground, self.options = admitted, query, ground, options
        self.listed = listed
        self.desk = desk_of(admitted, query, ground, options, listed)
        self.book: Book = self.desk.book

    def shared(self, claims: Mapping[str, Claim], options: Options | None = None) -> Shared:
        desk = desk_of(claims, self.query, self.ground, options or self.options, self.listed)
        return desk.fewest(Asked.by(self.query, self.ground, joint=desk.book.joint))

    def bound(self, claims: Mapping[str, Claim]) -> int:
        return ceil(self.shared(claims).value)

    def share(self, side: Side) -> Share:
        bindings = [
            self._binding(row, "at least" if price > 0 else "at most")
            for row, price in zip(side.tally.rows, side.prices, strict=True)
            if price
        ]
        cells = _joined(sorted(side.weights, key=repr))
        return Share(side.tally.teller.originator, str(side.proves), cells, tuple(bindings))

    def _binding(self, row: Row, holds: str) -> Binding:
        claim = self.book.claims[row.claim]
        falls_to = None
        if row.claim in self.admitted and len(self.admitted) <= _MOST:
            kept = (i for i, c in self.admitted.items() if row.claim not in (i, c.part_of))
            falls_to = self.bound({id_: self.admitted[id_] for id_ in kept})
        return Binding(row.claim, print_line(claim), claim.quote, claim.source, holds, falls_to)

    def raised_by(self, shared: Shared, lo: int) -> tuple[str, ...]:
        """Return claims of one further teller that raise the bound, smallest places last."""
        days = self.query.during
        tries = [(self.query.where, lo + 1)]
        per_unit: dict[str, int] = {}
        for cell, people in shared.cover.items():
            unit = cell[0].partition(" #")[0] if cell and isinstance(cell[0], str) else ""
            if unit in self.ground.places:
                per_unit[unit] = per_unit.get(unit, 0) + ceil(people)
        tries += [((unit,), people + 1) for unit, people in sorted(per_unit.items()) if people][:6]
        found = []
        for where, people in tries:
            more = self._hypothetical(where, people, days)
            raised = self.bound({**self.admitted, more.id: more})
            if raised > lo:
                place = " + ".join(where) or "all places"
                found.append(f"a further teller counting {people:,} in {place}: {raised:,}")
        return tuple(found)

    def ranges(self) -> tuple[OwnRange, ...]:
        asked = Asked.by(self.query, self.ground, joint=self.book.joint)
        return ranges_of(self.desk, asked)

    def soft(self) -> dict[str, int]:
        """Return the bound with vague claims as exact, and without them."""
        if not any(claim.hedge in ("approx", "vague") for claim in self.book.claims.values()):
            return {}
        ways: tuple[Soft, ...] = ("exact", "out")
        return {
            way: ceil(self.shared(self.admitted, replace(self.options, soft=way)).value)
            for way in ways
        }

    def _hypothetical(self, where: Sequence[str], people: int, days: Days | None) -> Claim:
        whom = {test.key: test.term for test in self.query.whom if test.inside}
        return Claim.from_json(
            {
                "originator": "a further teller",
                "kind": self.query.kind,
                "unit": self.query.unit,
                "lo": people,
                "where": list(where),
                "whom": whom,
                "by": self.query.by[0] if self.query.by else None,
                "during": days.as_json() if days else None,
                "published": self.query.as_of.isoformat() if self.query.as_of else None,
            }
        )


def _joined(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the names of cells, those of one unit that follow each other as one."""
    joined: list[tuple[object, tuple[int, int]]] = []
    for where, first, last in (_parts(cell) for cell in cells if cell):
        if joined and joined[-1][0] == where and first <= joined[-1][1][1] + 1:
            joined[-1] = (where, (joined[-1][1][0], max(joined[-1][1][1], last)))
        else:
            joined.append((where, (first, last)))
    return tuple(name_of(cell) for cell in joined) or ("all",)


def _parts(cell: Cell) -> tuple[object, int, int]:
    where, days = cell
    assert isinstance(days, tuple), "the second half of a cell is a stretch of days"
    return where, days[0], days[1]


def _says(shares: Sequence[Share]) -> str:
    if not shares:
        return "Nobody who is admitted counts anybody here."
    parts = [f"{_teller(share)} {_people(share)}" for share in shares]
    if len(parts) == 1:
        return f"{parts[0]}."
    return (
        f"{'; '.join(parts)}. No person is in two of these parts, "
        "for they lie in different units or days too far apart."
    )


def _teller(share: Share) -> str:
    return (
        "The lists together name"
        if share.originator == NAMES
        else f"{share.originator} alone proves"
    )


def _people(share: Share) -> str:
    return f"{int(share.people):,}" if share.people.isdigit() else share.people
