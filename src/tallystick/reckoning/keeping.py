"""See to it that the people found keep every row of every tally, also those not entered.

When it runs: after the clusters of a question are solved, before its bound is believed. A row is
kept if enough people of its teller stand in it, or can be so described, or can be counted by its
teller too among the people of the others, which costs nobody. What was counted for one question
is remembered: the next is answered from the clusters whose people changed.

A row without an upper end that sits in a cluster as a guest is kept there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from itertools import compress

import numpy as np

from tallystick.reckoning.audit import People
from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Side
from tallystick.reckoning.crew import in_order
from tallystick.reckoning.filling import Filled, Need, fill
from tallystick.reckoning.frames import ANYBODY
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.kept import (
    KEPT_NONE,
    Base,
    Change,
    Kept,
    Whose,
    by_teller,
    kept_by,
    left_to_keep,
    placed,
    used_in,
)
from tallystick.reckoning.labels import Labels, Ways
from tallystick.reckoning.lending import Lent, Pool, Solved
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.tally import Tally

__all__ = ["Keeper"]


class Keeper:
    """Check rows against people."""

    def __init__(self, tallies: Sequence[Tally], ground: Ground, cores: int) -> None:
        self.tallies, self.ground, self.cores = tallies, ground, cores
        self._bases: dict[Hashable, Base] = {}

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
            self._bases[key] = Base(every, kept, pool)
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
    ) -> tuple[dict[int, set[int]], dict[int, Kept]]:
        """Audit tellers; in the pool are those whom to count costs nothing."""
        sides = by_teller(parts)
        kept, found = {}, {}
        audits = in_order(
            lambda i: self._audit(asked, i, unsettled[i], sides[i], pool),
            tellers,
            self.cores,
        )
        for i, (more, state) in zip(tellers, audits, strict=True):
            if more:
                found[i] = more
            kept[i] = state
        return found, kept

    def _changed(self, asked: Asked, base: Base, instead: Sequence[Solved]) -> list[int]:
        """Return the tellers whose people changed so that a row may not be kept any more."""
        changes: dict[int, Change] = defaultdict(lambda: Change([], [], []))
        away = set()
        for cluster, shared in instead:
            before = base.answers[cluster]
            away.add(id(before))
            for whose in (id(before), *map(id, before.sides)):
                for i in base.given_by.get(whose, ()):
                    changes[i].gone.append(whose)
            for (i, _), was, side in zip(cluster.rows, before.sides, shared.sides, strict=True):
                changes[i].was.append(was)
                changes[i].now.append(side)
        return [
            i
            for i, change in sorted(changes.items())
            if not self._still_kept(asked, base, i, change, away)
        ]

    def _still_kept(
        self, asked: Asked, base: Base, index: int, change: Change, away: Container[Whose]
    ) -> bool:
        """Say whether a tally is kept with other people, or with some more whom others found."""
        kept, tally = base.kept[index], self.tallies[index]
        lost: dict[int, int] = defaultdict(int)
        for whose in change.gone:
            for counting, number in kept.given[whose]:
                for n in counting:
                    lost[n] += number
        short = {n for n in lost if kept.left_of(n, lost) < tally.rows[kept.rows[n]].lo}
        days = {person.day for side in change.now for person in placed(side)}
        asks = sorted(short.union(base.capped_on(index, tally, days)))
        sent_away = change.sent_away()
        if not asks and not sent_away:
            return True
        if any(row.region.less for row in sent_away):
            return False
        rows = [tally.rows[kept.rows[n]] for n in asks] + sent_away
        rest = [kept.left_of(n, lost) for n in asks] + [0] * len(sent_away)
        needs = [
            (max(0, row.lo - n), None if row.hi is None else row.hi - n)
            for n, row in zip(rest, rows, strict=True)
        ]
        filling = _Filling(rows, needs, change.now, self.ground, asked)
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
    ) -> tuple[set[int], Kept]:
        every = self.tallies[index].rows
        asks = left_to_keep(every, unsettled, own)
        hard = {r for r in asks if every[r].region.less}
        if hard or not asks:
            return hard, KEPT_NONE
        rows = [every[r] for r in asks]
        filling = _Filling(rows, [(row.lo, row.hi) for row in rows], own, self.ground, asked)
        lent: list[Lent] = []
        filled = filling.filled()
        if filled.lacking:
            lacking = {asks[n] for n in filled.lacking}
            closed = [row for r, row in enumerate(every) if row.hi is not None and r not in lacking]
            lent = pool.open_to(used_in(own), closed).lend(filling.short(filled))
            filled = filling.filled(lent)
        if filled.lacking:
            return {asks[n] for n in filled.lacking}, KEPT_NONE
        whose = filling.whose + [each.whose for each in lent]
        return set(), kept_by(asks, rows, whose, filled, lent)


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
        people = [person for side in own for person in placed(side)]
        inside = People(people, ground).inside(rows)
        counted = np.any(inside, axis=0).tolist()
        self._inside = inside[:, counted]
        self._people: list[tuple[Ways, Number]] = []
        self.whose: list[Whose] = []
        first = 0
        for side in own:
            here = counted[first : first + len(side.kinds)]
            first += len(side.kinds)
            if any(here):
                kinds = list(compress(side.kinds, here))
                ways = self._labels.of_kinds(side.tally, kinds)
                self._people += zip(ways, compress(side.numbers, here), strict=True)
                self.whose += [id(side)] * len(kinds)

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
