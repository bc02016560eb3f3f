"""See to it that the people found keep every row of every tally, also those not entered.

When it runs: after the clusters of a question are solved, before its bound is believed. A row is
kept if enough people of its teller stand in it, or can be so described, or can be counted by its
teller too among the people of the others, which costs nobody. What was counted for one question
is remembered: the next is answered from the clusters whose people changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tallystick.reckoning.audit import People, Placed
from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Shared, Side
from tallystick.reckoning.crew import in_order
from tallystick.reckoning.filling import Filled, Labels, Ways, fill
from tallystick.reckoning.frames import ANYBODY, Cluster
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.marks import END, START
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import NEVER, Asked
from tallystick.reckoning.tally import Cell, Kindred, Tally

__all__ = ["Keeper", "Solved"]

Solved = tuple[Cluster, Shared]
# The identity of a side, or of an answer.
_Whose = int
# How many rows are held against people at a time.
_BLOCK = 512


class _Spare(NamedTuple):
    """Hold people of others, whom a teller could count too."""

    person: Placed
    number: Number
    whose: _Whose


@dataclass(frozen=True, slots=True)
class _Kept:
    """Hold how the wide rows of one tally are kept.

    Args:
        rows: Their indexes.
        totals: How many people each counts.
        given: By whose people they are: which rows count how many of them. A side's are its
            teller's own; an answer's are those of others, whom the teller counts too.
    """

    rows: tuple[int, ...]
    totals: list[Number]
    given: dict[_Whose, list[tuple[tuple[int, ...], Number]]]


@dataclass(frozen=True, slots=True)
class _Base:
    """Hold the answers for anybody, how each tally is kept by them, and which count whose people.

    Invariant: every side and answer of which ``kept`` speaks is held by ``answers``.
    """

    answers: dict[Cluster, Shared]
    kept: dict[int, _Kept]
    given_by: dict[_Whose, list[int]]

    @classmethod
    def of(cls, answers: Sequence[Solved], kept: dict[int, _Kept]) -> _Base:
        given_by: dict[_Whose, list[int]] = defaultdict(list)
        for i, each in kept.items():
            for whose in each.given:
                given_by[whose].append(i)
        return cls(dict(answers), kept, given_by)


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
            found, kept = self._audits(ANYBODY, list(unsettled), every, every, unsettled)
            if found:
                return found
            self._bases[key] = _Base.of(every, kept)
        changed = self._changed(asked, self._bases[key], instead)
        if not changed:
            return {}
        taken = dict(instead)
        every = parts()
        now = [(cluster, taken.get(cluster, shared)) for cluster, shared in every]
        whole = [(cluster, shared) for cluster, shared in every if cluster not in taken]
        return self._audits(asked, changed, now, whole, unsettled)[0]

    def _audits(
        self,
        asked: Asked,
        tellers: Sequence[int],
        parts: Sequence[Solved],
        whole: Sequence[Solved],
        unsettled: Mapping[int, Sequence[int]],
    ) -> tuple[dict[int, set[int]], dict[int, _Kept]]:
        """Audit tellers; ``whole`` are the clusters of which everybody is asked for."""
        sides = _by_teller(parts)
        kept, found = {}, {}
        audits = in_order(
            lambda i: self._audit(asked, i, unsettled[i], sides[i], whole),
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
        for cluster, shared in instead:
            was = base.answers[cluster]
            for whose in (id(was), *map(id, was.sides)):
                for i in base.given_by.get(whose, ()):
                    gone[i].append(whose)
            for (i, _), side in zip(cluster.rows, shared.sides, strict=True):
                new[i].append(side)
        return [
            i
            for i in sorted(gone.keys() | new.keys())
            if i in base.kept and not self._still_kept(asked, base.kept[i], i, gone[i], new[i])
        ]

    def _still_kept(
        self,
        asked: Asked,
        kept: _Kept,
        index: int,
        away: Sequence[_Whose],
        new: Sequence[Side],
    ) -> bool:
        gone: dict[int, Number] = defaultdict(int)
        for whose in away:
            for counting, number in kept.given[whose]:
                for n in counting:
                    gone[n] += number
        every = [self.tallies[index].rows[r] for r in kept.rows]
        capped = {n for n, row in enumerate(every) if row.hi is not None}
        short = {n for n, number in gone.items() if kept.totals[n] - number < every[n].lo}
        asks = sorted(capped | short)
        if not asks:
            return True
        rows = [every[n] for n in asks]
        rest = [kept.totals[n] - gone.get(n, 0) for n in asks]
        needs = [
            (row.lo - n if row.lo > n else 0, None if row.hi is None else row.hi - n)
            for row, n in zip(rows, rest, strict=True)
        ]
        labels = Labels(rows, self.ground, asked)
        placed, people = self._people(new, labels)
        inside = People(placed, self.ground).inside(rows)
        return not fill(needs, inside, labels.of_row, people).lacking

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
        whole: Sequence[Solved],
    ) -> tuple[set[int], _Kept | None]:
        every = self.tallies[index].rows
        asks = [r for r in unsettled if every[r].lo or every[r].hi is not None]
        hard = {r for r in asks if every[r].region.less}
        if hard or not asks:
            return hard, None
        rows = [every[r] for r in asks]
        labels = Labels(rows, self.ground, asked)
        placed, people = self._people(own, labels)
        whose = [id(side) for side in own for _ in side.kinds]
        filled = self._filled(rows, labels, placed, people, 0)
        if filled.lacking:
            lacking = [rows[n] for n in sorted(filled.lacking)]
            spare = self._spare(index, own, whole, set(unsettled), lacking)
            placed += [each.person for each in spare]
            anybody = labels.of_anybody()
            people += [(anybody, each.number) for each in spare]
            whose += [each.whose for each in spare]
            filled = self._filled(rows, labels, placed, people, len(spare))
        if filled.lacking:
            return {asks[n] for n in filled.lacking}, None
        return set(), _kept(asks, whose, filled)

    def _filled(
        self,
        rows: Sequence[Row],
        labels: Labels,
        placed: Sequence[Placed],
        people: Sequence[tuple[Ways, Number]],
        spare: int,
    ) -> Filled:
        inside = People(placed, self.ground).inside(rows)
        needs = [(row.lo, row.hi) for row in rows]
        return fill(needs, inside, labels.of_row, people, spare)

    def _spare(
        self,
        index: int,
        own: Sequence[Side],
        whole: Sequence[Solved],
        unsettled: set[int],
        lacking: Sequence[Row],
    ) -> list[_Spare]:
        """Return where a teller could count more people at no cost: among those of the others.

        Only where a lacking row counts them, and where no row that was entered has a top. They
        stand on days of the cluster, so that no question asks for them that does not touch it.
        """
        used: dict[Cell, Number] = defaultdict(int)
        for side in own:
            for kind, number in zip(side.kinds, side.numbers, strict=True):
                if kind.cell is not None:
                    used[kind.cell] += number
        found: list[_Spare] = []
        for cluster, shared in whole:
            for cell, people in shared.cover.items():
                more = people - used.get(cell, 0)
                if more > 0 and len(cell) == 2 and cell[0] in self.ground.places:
                    person = Placed(str(cell[0]), _day_in(cell, cluster), frozenset())
                    found.append(_Spare(person, more, id(shared)))
        every = self.tallies[index].rows
        capped = [row for r, row in enumerate(every) if row.hi is not None and r not in unsettled]
        return self._counted_by(self._counted_by(found, lacking), capped, wanted=False)

    def _counted_by(
        self, people: list[_Spare], rows: Sequence[Row], *, wanted: bool = True
    ) -> list[_Spare]:
        """Return the people whom some of the rows count, or those whom none does."""
        columns = People([each.person for each in people], self.ground)
        counted = np.zeros(len(people), dtype=np.bool_)
        for n in range(0, len(rows), _BLOCK):
            counted |= columns.inside(rows[n : n + _BLOCK]).any(axis=0)
        return [each for each, is_in in zip(people, counted, strict=True) if is_in == wanted]


def _by_teller(parts: Sequence[Solved]) -> dict[int, list[Side]]:
    found: dict[int, list[Side]] = defaultdict(list)
    for cluster, shared in parts:
        for (i, _), side in zip(cluster.rows, shared.sides, strict=True):
            found[i].append(side)
    return found


def _kept(asks: Sequence[int], whose: Sequence[_Whose], filled: Filled) -> _Kept:
    given: dict[_Whose, list[tuple[tuple[int, ...], Number]]] = defaultdict(list)
    totals: list[Number] = [0] * len(asks)
    for person, counting, number in filled.told:
        if counting:
            given[whose[person]].append((counting, number))
        for n in counting:
            totals[n] += number
    return _Kept(tuple(asks), totals, dict(given))


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


def _day_in(cell: Cell, cluster: Cluster) -> int:
    """Return a day of a cluster on which everybody of a cell's slot may have been counted."""
    slot = cell[1]
    assert isinstance(slot, tuple), "the second half of a cell is a stretch of days"
    assert cluster.window is not None, "a book that is entered whole has nothing to keep"
    first, last = cluster.window
    return min(int(slot[1]), last) if first == NEVER else max(int(slot[0]), first)


def _day(kind: Kindred) -> int:
    """Return a day of the kind's stretch on which its people may share its slot."""
    first, last = kind.days
    slot = kind.cell[1] if kind.cell and len(kind.cell) == 2 else None
    goes_on = isinstance(slot, tuple) and slot[1] > last
    return last if goes_on or first == NEVER else first
