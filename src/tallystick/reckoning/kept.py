"""Remember how the wide rows of each tally are kept by the people found, and what changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.audit import Placed
from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Side
from tallystick.reckoning.exact import as_whole
from tallystick.reckoning.filling import Filled
from tallystick.reckoning.lending import Lent, Open, Pool, Solved
from tallystick.reckoning.marks import END, START
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import NEVER
from tallystick.reckoning.tally import Cell, Kindred, Tally

__all__ = [
    "KEPT_NONE", "Base", "Change", "Kept", "Whose", "by_teller", "kept_by", "left_to_keep",
    "placed", "used_in",
]  # fmt: skip

# The identity of a side, of an answer, or of a row.
Whose = int


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold how the wide rows of one tally are kept.

    Args:
        rows: Their indexes.
        capped: Which of them have an upper end, by their place among these rows.
        scale: What all numbers below are times, so that they are whole.
        totals: How many people each counts.
        given: By whose people they are: which rows count how many of them. A side's are its
            teller's own; an answer's are those of others, whom the teller counts too.
        lent: Those of others.
    """

    rows: tuple[int, ...]
    capped: tuple[int, ...]
    scale: int
    totals: list[int]
    given: dict[Whose, list[tuple[tuple[int, ...], int]]]
    lent: Sequence[Lent]

    def left_of(self, n: int, lost: Mapping[int, int]) -> Number:
        """Return how many people a row counts beside those lost."""
        whole = self.totals[n] - lost.get(n, 0)
        return Fraction(whole, self.scale) if whole % self.scale else whole // self.scale


KEPT_NONE = Kept((), (), 1, [], {}, ())


class Change(NamedTuple):
    """Hold how the people of one teller change.

    Args:
        gone: Whose people, of those who kept its wide rows, are there no more.
        was: Its sides before.
        now: Its sides in their place.
    """

    gone: list[Whose]
    was: list[Side]
    now: list[Side]

    def sent_away(self) -> list[Row]:
        """Return the rows that were kept where they sat, and sit there no more."""
        here = seated_in(self.now)
        return [row for row in seated_in(self.was).values() if id(row) not in here]


class Base:
    """Hold the answers for anybody, how each tally is kept by them, and which count whose people.

    Invariant: every side and answer of which ``kept`` speaks is held by ``answers``.
    """

    def __init__(self, every: Sequence[Solved], kept: dict[int, Kept], pool: Pool) -> None:
        self.answers, self.kept, self.pool = dict(every), kept, pool
        self.given_by: dict[Whose, list[int]] = defaultdict(list)
        for i, each in kept.items():
            for whose in each.given:
                self.given_by[whose].append(i)
        self._sides = by_teller(every)
        self._open: dict[int, Open] = {}
        self._capped: dict[int, NDArray[np.int64]] = {}

    def capped_on(self, index: int, tally: Tally, days: Collection[int]) -> list[int]:
        """Return its rows with an upper end that speak of some days, by their place among them."""
        kept = self.kept[index]
        if index not in self._capped:
            scopes = [tally.rows[kept.rows[n]].region.scope for n in kept.capped]
            spans = [(scope.first, scope.last) for scope in scopes]
            self._capped[index] = np.array(spans, dtype=np.int64).reshape(-1, 2)
        first, last = self._capped[index].T[:, :, None]
        on = np.array(sorted(days), dtype=np.int64)
        touches = ((first <= on) & (on <= last)).any(axis=1)
        return [kept.capped[n] for n in np.nonzero(touches)[0].tolist()]

    def open_to(self, index: int, tally: Tally) -> Open:
        """Return whom a teller could count beside those whom it counts for anybody."""
        if index not in self._open:
            used = used_in(self._sides[index])
            for each in self.kept[index].lent:
                used[each.cell] += each.number
            closed = [row for row in tally.rows if row.hi is not None]
            self._open[index] = self.pool.open_to(used, closed)
        return self._open[index]


def seated_in(sides: Sequence[Side]) -> dict[Whose, Row]:
    """Return the rows without an upper end that these people keep, by identity.

    The rows of a cluster are those of the tally, not copies; where a tally gives way they may
    have given way too.
    """
    return {
        id(row): row
        for side in sides
        if not side.stretch
        for row in side.tally.rows
        if row.hi is None
    }


def left_to_keep(every: Sequence[Row], unsettled: Sequence[int], own: Sequence[Side]) -> list[int]:
    """Return the rows, of those not entered, that are not kept already where they sit."""
    seated = seated_in(own)
    return [
        r
        for r in unsettled
        if every[r].hi is not None or (every[r].lo and id(every[r]) not in seated)
    ]


def placed(side: Side) -> list[Placed]:
    """Return where the people of each kind of a side stand."""
    marks = {m for _, after, until in side.tally.boxes for m in (after, until)} - {START, END}
    return [
        Placed(
            next((node for key, node in kind.pairs if key == "where"), None),
            _day(kind),
            frozenset(marks - kind.counted_at),
        )
        for kind in side.kinds
    ]


def _day(kind: Kindred) -> int:
    """Return a day of the kind's stretch on which its people may share its slot."""
    first, last = kind.days
    slot = kind.cell[1] if kind.cell and len(kind.cell) == 2 else None
    goes_on = isinstance(slot, tuple) and slot[1] > last
    return last if goes_on or first == NEVER else first


def used_in(own: Sequence[Side]) -> dict[Cell, Number]:
    """Return how many people a teller counts in each match cell."""
    found: dict[Cell, Number] = defaultdict(int)
    for side in own:
        for kind, number in zip(side.kinds, side.numbers, strict=True):
            if kind.cell is not None:
                found[kind.cell] += number
    return found


def by_teller(parts: Sequence[Solved]) -> dict[int, list[Side]]:
    """Return the sides of each teller, by index."""
    found: dict[int, list[Side]] = defaultdict(list)
    for cluster, shared in parts:
        for (i, _), side in zip(cluster.rows, shared.sides, strict=True):
            found[i].append(side)
    return found


def kept_by(
    asks: Sequence[int],
    rows: Sequence[Row],
    whose: Sequence[Whose],
    filled: Filled,
    lent: Sequence[Lent],
) -> Kept:
    """Write down how rows are kept.

    Args:
        asks: Their indexes.
        rows: The rows.
        whose: By whose people each is: those of the teller, then those lent.
        filled: How they were described.
        lent: Those of others.
    """
    told = [each for each in filled.told() if each[1]]
    scale, numbers = as_whole([number for _, _, number in told])
    given: dict[Whose, list[tuple[tuple[int, ...], int]]] = defaultdict(list)
    totals = [0] * len(asks)
    for (person, counting, _), number in zip(told, numbers.tolist(), strict=True):
        given[whose[person]].append((counting, number))
        for n in counting:
            totals[n] += number
    capped = tuple(n for n, row in enumerate(rows) if row.hi is not None)
    return Kept(tuple(asks), capped, scale, totals, dict(given), lent)
