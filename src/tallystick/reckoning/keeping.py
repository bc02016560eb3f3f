"""See to it that the people found keep every row of every tally, also those not entered.

When it runs: after the clusters of a question are solved, before its bound is believed. A row is
kept if enough people of its teller stand in it, or can be so described, or can be counted by its
teller too among the people of the others, which costs nobody. What was counted for one question
is remembered: the next is answered from the clusters whose people changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass

from tallystick.reckoning.audit import People, Placed
from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Side
from tallystick.reckoning.crew import in_order
from tallystick.reckoning.filling import Filled, Labels, Need, Ways, fill
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
        totals: How many people each counts.
        given: By whose people they are: which rows count how many of them. A side's are its
            teller's own; an answer's are those of others, whom the teller counts too.
        lent: Those of others.
    """

    rows: tuple[int, ...]
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
        rest = list(kept.totals)
        for whose in gone:
            for counting, number in kept.given[whose]:
                for n in counting:
                    rest[n] -= number
        every = [tally.rows[r] for r in kept.rows]
        asks = [n for n, row in enumerate(every) if row.hi is not None or rest[n] < row.lo]
        if not asks:
            return True
        rows = [every[n] for n in asks]
        needs = [
            (max(0, row.lo - rest[n]), None if row.hi is None else row.hi - rest[n])
            for n, row in zip(asks, rows, strict=True)
        ]
        labels = Labels(rows, self.ground, asked)
        placed, people = self._people(new, labels)
        filled = self._filled(rows, needs, labels, placed, people, [])
        if not filled.lacking:
            return True
        short = [(rows[n], number) for n, number in sorted(filled.lacking.items())]
        lent = base.open_to(index, tally).lend(short, away)
        return bool(lent) and not self._filled(rows, needs, labels, placed, people, lent).lacking

    def _people(
        self, sides: Sequence[Side], labels: Labels
    ) -> tuple[list[Placed], list[tuple[Ways, Number]]]:
        placed = [person for side in sides for person in _placed(side)]
        ways = [each for side in sides for each in labels.of_kinds(side)]
        numbers = [number for side in sides for number in side.numbers]
        return placed, list(zip(ways, numbers, strict=True))

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
        labels = Labels(rows, self.ground, asked)
        placed, people = self._people(own, labels)
        needs = [(row.lo, row.hi) for row in rows]
        lent: list[Lent] = []
        filled = self._filled(rows, needs, labels, placed, people, lent)
        if filled.lacking:
            lacking = {asks[n] for n in filled.lacking}
            closed = [row for r, row in enumerate(every) if row.hi is not None and r not in lacking]
            short = [(rows[n], number) for n, number in sorted(filled.lacking.items())]
            lent = pool.open_to(_used(own), closed).lend(short)
            filled = self._filled(rows, needs, labels, placed, people, lent)
        if filled.lacking:
            return {asks[n] for n in filled.lacking}, None
        whose = [id(side) for side in own for _ in side.kinds] + [each.whose for each in lent]
        return set(), _kept(asks, whose, filled, lent)

    def _filled(
        self,
        rows: Sequence[Row],
        needs: Sequence[Need],
        labels: Labels,
        placed: Sequence[Placed],
        people: Sequence[tuple[Ways, Number]],
        lent: Sequence[Lent],
    ) -> Filled:
        """Fill up rows with a teller's own people, and with as many as are needed of those lent."""
        standing = [*placed, *(each.person for each in lent)]
        inside = People(standing, self.ground).inside(rows)
        anybody = labels.of_anybody() if lent else frozenset()
        both = [*people, *((anybody, each.number) for each in lent)]
        return fill(needs, inside, labels.of_row, both, len(lent))


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
    asks: Sequence[int], whose: Sequence[_Whose], filled: Filled, lent: Sequence[Lent]
) -> _Kept:
    given: dict[_Whose, list[tuple[tuple[int, ...], Number]]] = defaultdict(list)
    totals: list[Number] = [0] * len(asks)
    for person, counting, number in filled.told:
        if counting:
            given[whose[person]].append((counting, number))
        for n in counting:
            totals[n] += number
    return _Kept(tuple(asks), totals, dict(given), lent)


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
