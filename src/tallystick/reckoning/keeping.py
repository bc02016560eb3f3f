"""See to it that the people found keep every row of every tally, also those not entered.

When it runs: after the clusters of a question are solved, before its bound is believed. A row is
kept if enough people of its teller stand in it, or can be so described, or can be counted by its
teller too among the people of the others, which costs nobody. What was counted for one question
is remembered: the next is answered from the clusters whose people changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.audit import People, Placed
from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Side
from tallystick.reckoning.crew import in_order
from tallystick.reckoning.filling import Filled, Labels, Need, fill
from tallystick.reckoning.frames import ANYBODY
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.lending import Lent, Open, Pool, Solved
from tallystick.reckoning.marks import END, START
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import NEVER, Asked
from tallystick.reckoning.tally import Cell, Kindred, Tally

__all__ = ["Keeper"]

# The identity of a side, or of an answer.
_Whose = int


@dataclass(frozen=True, slots=True)
class _Kept:
    """Hold how the wide rows of one tally are kept.

    Args:
        rows: Their indexes.
        capped: Which of them have an upper end, by their place among these rows.
        totals: How many people each counts.
        given: By whose people they are: which rows count how many of them. A side's are its
            teller's own; an answer's are those of others, whom the teller counts too.
        lent: Those of others.
    """

    rows: tuple[int, ...]
    capped: tuple[int, ...]
    totals: list[Number]
    given: dict[_Whose, list[tuple[tuple[int, ...], Number]]]
    lent: Sequence[Lent]


class _Base:
    """Hold the answers for anybody, how each tally is kept by them, and which count whose people.

    Invariant: every side and answer of which ``kept`` speaks is held by ``answers``.
    """

    def __init__(self, every: Sequence[Solved], kept: dict[int, _Kept], pool: Pool) -> None:
        self.answers, self.kept, self.pool = dict(every), kept, pool
        self.given_by: dict[_Whose, list[int]] = defaultdict(list)
        for i, each in kept.items():
            for whose in each.given:
                self.given_by[whose].append(i)
        self._sides = _by_teller(every)
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
            used = _used(self._sides[index])
            for each in self.kept[index].lent:
                used[each.cell] += each.number
            closed = [row for row in tally.rows if row.hi is not None]
            self._open[index] = self.pool.open_to(used, closed)
        return self._open[index]


class Keeper:
    """Check rows against people."""

    def __init__(self, tallies: Sequence[Tally], ground: Ground, cores: int) -> None:
        self.tallies, self.ground, self.cores = tallies, ground, cores
        self._bases: dict[Hashable, _Base] = {}

    def broken(
        self,
        asked: Asked,
        parts: Callable[[], Sequence[Solved]],
        instead: Sequence[Solved],
        unsettled: Mapping[int, Sequence[int]],
    ) -> dict[int, set[int]]:
        """Return, by teller, the rows that its people do not keep, however they are filled up.

        Args:
            asked: The question.
            parts: Returns all clusters, solved for anybody; asked only where it must be.
            instead: The answers of the clusters that the question only touches. The other
                clusters lie inside it, or outside.
            unsettled: By teller, the rows that were not entered.
        """
        key = tuple((i, len(rows)) for i, rows in unsettled.items())
        if key not in self._bases:
            every = parts()
            pool = Pool(every, self.ground)
            found, kept = self._audits(ANYBODY, list(unsettled), every, pool, unsettled)
            if found:
                return found
            self._bases[key] = _Base(every, kept, pool)
        changed = self._changed(asked, self._bases[key], instead)
        if not changed:
            return {}
        taken = dict(instead)
        every = parts()
        now = [(cluster, taken.get(cluster, shared)) for cluster, shared in every]
        whole = [(cluster, shared) for cluster, shared in every if cluster not in taken]
        return self._audits(asked, changed, now, Pool(whole, self.ground), unsettled)[0]

    def _audits(
        self,
        asked: Asked,
        tellers: Sequence[int],
        parts: Sequence[Solved],
        pool: Pool,
        unsettled: Mapping[int, Sequence[int]],
    ) -> tuple[dict[int, set[int]], dict[int, _Kept]]:
        """Audit tellers; in the pool are those whom to count costs nothing."""
        sides = _by_teller(parts)
        kept, found = {}, {}
        audits = in_order(
            lambda i: self._audit(asked, i, unsettled[i], sides[i], pool),
            tellers,
            self.cores,
        )
        for i, (more, state) in zip(tellers, audits, strict=True):
            if more:
                found[i] = more
            elif state is not None:
                kept[i] = state
        return found, kept

    def _changed(self, asked: Asked, base: _Base, instead: Sequence[Solved]) -> list[int]:
        """Return the tellers whose people changed so that a row may not be kept any more."""
        gone: dict[int, list[_Whose]] = defaultdict(list)
        new: dict[int, list[Side]] = defaultdict(list)
        away = set()
        for cluster, shared in instead:
            was = base.answers[cluster]
            away.add(id(was))
            for whose in (id(was), *map(id, was.sides)):
                for i in base.given_by.get(whose, ()):
                    gone[i].append(whose)
            for (i, _), side in zip(cluster.rows, shared.sides, strict=True):
                new[i].append(side)
        return [
            i
            for i in sorted(gone.keys() | new.keys())
            if i in base.kept and not self._still_kept(asked, base, i, gone[i], new[i], away)
        ]

    def _still_kept(
        self,
        asked: Asked,
        base: _Base,
        index: int,
        gone: Sequence[_Whose],
        new: Sequence[Side],
        away: Container[_Whose],
    ) -> bool:
        """Say whether a tally is kept with other people, or with some more whom others found."""
        kept, tally = base.kept[index], self.tallies[index]
        lost: dict[int, Number] = defaultdict(int)
        for whose in gone:
            for counting, number in kept.given[whose]:
                for n in counting:
                    lost[n] += number
        short = {n for n in lost if kept.totals[n] - lost[n] < tally.rows[kept.rows[n]].lo}
        days = {person.day for side in new for person in _placed(side)}
        asks = sorted(short.union(base.capped_on(index, tally, days)))
        if not asks:
            return True
        rows = [tally.rows[kept.rows[n]] for n in asks]
        rest = [kept.totals[n] - lost.get(n, 0) for n in asks]
        needs = [
            (max(0, row.lo - n), None if row.hi is None else row.hi - n)
            for n, row in zip(rest, rows, strict=True)
        ]
        filling = _Filling(rows, needs, new, self.ground, asked)
        filled = filling.filled()
        if not filled.lacking:
            return True
        lent = base.open_to(index, tally).lend(filling.short(filled), away)
        return bool(lent) and not filling.filled(lent).lacking

    def _audit(
        self,
        asked: Asked,
        index: int,
        unsettled: Sequence[int],
        own: Sequence[Side],
        pool: Pool,
    ) -> tuple[set[int], _Kept | None]:
        every = self.tallies[index].rows
        asks = [r for r in unsettled if every[r].lo or every[r].hi is not None]
        hard = {r for r in asks if every[r].region.less}
        if hard or not asks:
            return hard, None
        rows = [every[r] for r in asks]
        filling = _Filling(rows, [(row.lo, row.hi) for row in rows], own, self.ground, asked)
        lent: list[Lent] = []
        filled = filling.filled()
        if filled.lacking:
            lacking = {asks[n] for n in filled.lacking}
            closed = [row for r, row in enumerate(every) if row.hi is not None and r not in lacking]
            lent = pool.open_to(_used(own), closed).lend(filling.short(filled))
            filled = filling.filled(lent)
        if filled.lacking:
            return {asks[n] for n in filled.lacking}, None
        whose = [id(side) for side in own for _ in side.kinds] + [each.whose for each in lent]
        return set(), _kept(asks, rows, whose, filled, lent)


class _Filling:
    """Hold rows of one teller, and its own people who may keep them.

    Args:
        rows: The rows.
        needs: What each of them may count.
        own: The teller's sides with its people.
        ground: What lies in what.
        asked: The question for which they were found.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        needs: Sequence[Need],
        own: Sequence[Side],
        ground: Ground,
        asked: Asked,
    ) -> None:
        self._rows, self._needs, self._ground = rows, needs, ground
        self._labels = Labels(rows, ground, asked)
        placed = [person for side in own for person in _placed(side)]
        self._inside = People(placed, ground).inside(rows)
        ways = [each for side in own for each in self._labels.of_kinds(side)]
        numbers = [number for side in own for number in side.numbers]
        self._people = list(zip(ways, numbers, strict=True))

    def filled(self, lent: Sequence[Lent] = ()) -> Filled:
        """Fill up the rows, and with as many as are needed of those lent."""
        inside, people = self._inside, self._people
        if lent:
            more = People([each.person for each in lent], self._ground).inside(self._rows)
            inside = np.hstack((inside, more))
            anybody = self._labels.of_anybody()
            people = [*people, *((anybody, each.number) for each in lent)]
        return fill(self._needs, inside, self._labels.of_row, people, len(lent))

    def short(self, filled: Filled) -> list[tuple[Row, Number]]:
        """Return the rows that lack people, and how many each of them lacks."""
        return [(self._rows[n], number) for n, number in sorted(filled.lacking.items())]


def _used(own: Sequence[Side]) -> dict[Cell, Number]:
    """Return how many people a teller counts in each match cell."""
    found: dict[Cell, Number] = defaultdict(int)
    for side in own:
        for kind, number in zip(side.kinds, side.numbers, strict=True):
            if kind.cell is not None:
                found[kind.cell] += number
    return found


def _by_teller(parts: Sequence[Solved]) -> dict[int, list[Side]]:
    found: dict[int, list[Side]] = defaultdict(list)
    for cluster, shared in parts:
        for (i, _), side in zip(cluster.rows, shared.sides, strict=True):
            found[i].append(side)
    return found


def _kept(
    asks: Sequence[int],
    rows: Sequence[Row],
    whose: Sequence[_Whose],
    filled: Filled,
    lent: Sequence[Lent],
) -> _Kept:
    given: dict[_Whose, list[tuple[tuple[int, ...], Number]]] = defaultdict(list)
    totals: list[Number] = [0] * len(asks)
    for person, counting, number in filled.told():
        if counting:
            given[whose[person]].append((counting, number))
        for n in counting:
            totals[n] += number
    capped = tuple(n for n, row in enumerate(rows) if row.hi is not None)
    return _Kept(tuple(asks), capped, totals, dict(given), lent)


def _placed(side: Side) -> list[Placed]:
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
