"""See to it that the people found keep every row where labels tell people apart.

When it runs: instead of ``keeping.py``, for the rung ``believed``. There a teller's people cannot
be described without the others': A's five women and B's five men of one village are ten. So who
was found is described for all tellers at once (``spots.py``, ``agreed.py``), and whoever is lent
is counted as everybody describes them. A row that is not kept so is entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.agreed import Agreed, Share
from tallystick.reckoning.audit import People, Placed
from tallystick.reckoning.book import Row
from tallystick.reckoning.exact import as_whole
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.kept import by_teller, left_to_keep, placed
from tallystick.reckoning.lending import Closed, Solved
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.spots import Conditions, Spot, Standing, Teller, Way
from tallystick.reckoning.tally import Cell, Tally

__all__ = ["KeeperOfAll"]

# To whom people of a spot are lent: a teller, its rows that would count them, how many there are.
_Loan = tuple[int, tuple[int, ...], Number]
# So many times more are lent than are short: others may describe some of them otherwise.
_ROOM = 4


class KeeperOfAll:
    """Check rows against people whom all tellers describe alike."""

    def __init__(self, tallies: Sequence[Tally], ground: Ground) -> None:
        self.tallies, self.ground = tallies, ground

    def broken(
        self,
        asked: Asked,
        parts: Callable[[], Sequence[Solved]],
        instead: Sequence[Solved],
        unsettled: Mapping[int, Sequence[int]],
    ) -> dict[int, set[int]]:
        """Return, by teller, the rows that its people do not keep, however they are filled up.

        Args: as ``Keeper.broken`` has them.
        """
        taken = dict(instead)
        now = [(cluster, taken.get(cluster, shared)) for cluster, shared in parts()]
        sides = by_teller(now)
        asks = {
            i: left_to_keep(self.tallies[i].rows, rows, sides[i]) for i, rows in unsettled.items()
        }
        hard = {
            i: {r for r in rows if self.tallies[i].rows[r].region.less} for i, rows in asks.items()
        }
        if any(hard.values()):
            return {i: rows for i, rows in hard.items() if rows}
        every = [self.tallies[i].rows[r] for i, rows in asks.items() for r in rows]
        if not every:
            return {}
        conditions = Conditions(every, self.ground)
        spots, people = _spots_of(now)
        counts = [
            _Counts(i, [self.tallies[i].rows[r] for r in rows], people[i], conditions)
            for i, rows in asks.items()
            if rows
        ]
        if not any(each.is_off for each in counts):
            return {}
        lacking = _Search(asked, conditions, self.tallies, spots, counts).lacking()
        found: dict[int, set[int]] = defaultdict(set)
        for i, n in lacking:
            found[i].add(asks[i][n])
        return dict(found)


def _spots_of(
    parts: Sequence[Solved],
) -> tuple[list[Spot], dict[int, list[tuple[Standing, Placed]]]]:
    """Return who stands where, and the people of each teller."""
    spots: list[Spot] = []
    people: dict[int, list[tuple[Standing, Placed]]] = defaultdict(list)
    for cluster, shared in parts:
        of_cell: dict[Cell, list[Standing]] = {cell: [] for cell in shared.cover}
        for (i, _), side in zip(cluster.rows, shared.sides, strict=True):
            teller = Teller(i, side)
            for kind, number, where in zip(side.kinds, side.numbers, placed(side), strict=True):
                each = Standing(teller, kind, number, len(people[i]))
                people[i].append((each, where))
                if kind.cell is None:
                    spots.append(Spot(None, number, [each]))
                else:
                    of_cell[kind.cell].append(each)
        spots += [Spot(cell, n, of_cell[cell]) for cell, n in shared.cover.items() if of_cell[cell]]
    return spots, people


class _Counts:
    """Hold what the rows of one teller count, as its people are described so far.

    Args:
        teller: Its index.
        rows: The rows.
        people: Its people.
        conditions: What rows ask for beside place and days.
    """

    def __init__(
        self,
        teller: int,
        rows: Sequence[Row],
        people: Sequence[tuple[Standing, Placed]],
        conditions: Conditions,
    ) -> None:
        self.teller, self.rows = teller, rows
        self.of_row = [conditions.of_row(row) for row in rows]
        self.met = [conditions.met_by(each.kind.tile) for each, _ in people]
        self.inside = People([where for _, where in people], conditions.ground).inside(rows)
        scale, numbers = as_whole([each.number for each, _ in people])
        counted = [
            int(((inside & self._meeting(bit)) * numbers).sum())
            for inside, bit in zip(self.inside, self.of_row, strict=True)
        ]
        self.found: list[Number] = [
            Fraction(n, scale) if n % scale else n // scale for n in counted
        ]
        self.is_short = [n < row.lo for n, row in zip(self.found, rows, strict=True)]
        self.is_off = any(self.is_short) or any(
            row.hi is not None and n > row.hi for n, row in zip(self.found, rows, strict=True)
        )

    def _meeting(self, bit: int) -> NDArray[np.bool_]:
        if not bit:
            return np.ones(len(self.met), dtype=np.bool_)
        return np.array([bool(met & bit) for met in self.met], dtype=np.bool_)


class _Search:
    """Look for a description of everybody that keeps every row.

    Whoever is described further stays in the rows that count them, so a row without an upper end
    that is kept already need not be asked again.
    """

    def __init__(
        self,
        asked: Asked,
        conditions: Conditions,
        tallies: Sequence[Tally],
        spots: Sequence[Spot],
        counts: Sequence[_Counts],
    ) -> None:
        self.asked, self.conditions, self.spots = asked, conditions, spots
        self.tallies = tallies
        self.asks = [
            (each, n)
            for each in counts
            for n, row in enumerate(each.rows)
            if each.is_short[n] or row.hi is not None
        ]
        self.of_row = [each.of_row[n] for each, n in self.asks]
        self.left = [each.found[n] for each, n in self.asks]
        self._known: dict[int, list[Way]] = {}

    def lacking(self) -> list[tuple[int, int]]:
        """Return the rows that are not kept, as pairs of a teller and a place among its rows."""
        own = self._own_rows()
        short = self._without(own, {})
        if short:
            short = self._without(own, self._lent_rows(short))
        return [(self.asks[r][0].teller, self.asks[r][1]) for r in short]

    def _own_rows(self) -> dict[tuple[int, int], list[int]]:
        """Return, for people of a teller by their place, the rows that ask how they are described.

        Rows without a condition count them anyhow.
        """
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for r, (each, n) in enumerate(self.asks):
            if self.of_row[r]:
                for place in np.nonzero(each.inside[n])[0].tolist():
                    found[each.teller, place].append(r)
        return found

    def _ways(self, n: int) -> list[Way]:
        if n not in self._known:
            self._known[n] = self.spots[n].ways(self.conditions, self.asked)
        return self._known[n]

    def _without(
        self,
        own: Mapping[tuple[int, int], list[int]],
        lent: Mapping[int, Sequence[_Loan]],
    ) -> dict[int, Number]:
        """Return which rows lack how many people, with those lent."""
        left = list(self.left)
        shares: list[tuple[Number, list[Share]]] = []
        for n, spot in enumerate(self.spots):
            here = [
                (each, rows)
                for each in spot.here
                if (rows := own.get((each.teller.index, each.place)))
            ]
            if not here and n not in lent:
                continue
            ways = self._ways(n)
            at = {id(each): k for k, each in enumerate(spot.here)}
            found = []
            for each, rows in here:
                of = tuple(way.of_each[at[id(each)]] for way in ways)
                found.append(Share(each.teller.index, tuple(rows), of, each.number, is_lent=False))
                met = self.conditions.met_by(each.kind.tile)
                for r in rows:
                    if met & self.of_row[r]:
                        left[r] -= each.number
            alike = tuple(frozenset((way.met,)) for way in ways)
            found += [
                Share(i, rows, alike, room, is_lent=True) for i, rows, room in lent.get(n, ())
            ]
            shares.append((spot.number, found))
        needs = [
            (row.lo - n, None if row.hi is None else row.hi - n)
            for row, n in zip(map(self._row, range(len(left))), left, strict=True)
        ]
        agreed = Agreed(needs, self.of_row)
        for number, together in shares:
            agreed.add(number, together)
        return agreed.lacking()

    def _lent_rows(self, short: Mapping[int, Number]) -> dict[int, list[_Loan]]:
        """Return, by spot, to whom its people are lent: more of them than are short."""
        tellers = {self.asks[r][0].teller for r in short}
        found: dict[int, list[_Loan]] = defaultdict(list)
        for i in sorted(tellers):
            mine = [r for r, (each, _) in enumerate(self.asks) if each.teller == i]
            rooms = self._rooms(i, {r: number for r, number in short.items() if r in mine})
            places = sorted(rooms)
            rows = [self._row(r) for r in mine]
            people = People([self._pool[place][1] for place in places], self.conditions.ground)
            for place, inside in zip(places, people.inside(rows).T, strict=True):
                counting = tuple(mine[n] for n in np.nonzero(inside)[0].tolist())
                found[self._pool[place][0]].append((i, counting, rooms[place]))
        return found

    def _rooms(self, teller: int, short: Mapping[int, Number]) -> dict[int, Number]:
        """Return whom of the pool a teller could count more, for rows that are short."""
        asks = {id(self._row(r)) for r, (each, _) in enumerate(self.asks) if each.teller == teller}
        closed = Closed(
            [
                row
                for row in self.tallies[teller].rows
                if row.hi is not None and id(row) not in asks
            ],
            self.conditions.ground,
        )
        found: dict[int, Number] = {}
        for r, number in short.items():
            lacks = number * _ROOM
            for place in self._people.counted_by(self._row(r)):
                if lacks <= 0:
                    break
                n, where = self._pool[place]
                room = found.get(place) or self._room(self.spots[n], teller)
                bit = self.of_row[r]
                if (
                    room > 0
                    and not closed.counts(where)
                    and (not bit or any(way.met & bit for way in self._ways(n)))
                ):
                    found[place] = room
                    lacks -= room
        return found

    def _room(self, spot: Spot, teller: int) -> Number:
        return spot.number - sum(each.number for each in spot.here if each.teller.index == teller)

    def _row(self, r: int) -> Row:
        each, n = self.asks[r]
        return each.rows[n]

    @cached_property
    def _pool(self) -> list[tuple[int, Placed]]:
        """Return the spots of match cells, and where they are."""
        return [(n, where) for n, spot in enumerate(self.spots) if (where := spot.placed)]

    @cached_property
    def _people(self) -> People:
        return People([where for _, where in self._pool], self.conditions.ground)
