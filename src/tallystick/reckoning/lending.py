"""Lend a teller people whom others found: whoever stands in a match cell, any teller may count.

A teller who lacks people is lent about as many, and nobody whom a row with an upper end counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tallystick.reckoning.audit import People, Placed
from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Shared
from tallystick.reckoning.frames import Cluster
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.marks import START
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import NEVER
from tallystick.reckoning.tally import Cell

__all__ = ["Closed", "Lent", "Open", "Pool", "Solved"]

Solved = tuple[Cluster, Shared]


class Lent(NamedTuple):
    """Hold people of others, whom a teller could count too.

    Args:
        cell: Their match cell.
        person: Where they stand.
        number: How many.
        whose: The identity of the answer that found them.
    """

    cell: Cell
    person: Placed
    number: Number
    whose: int


class Pool:
    """Hold everybody found in the match cells of some clusters.

    They stand on days of their cluster, so that no question asks for them that does not touch it.
    """

    def __init__(self, found: Sequence[Solved], ground: Ground) -> None:
        self._found, self._ground = found, ground

    @cached_property
    def lent(self) -> list[Lent]:
        """Return everybody."""
        return [
            Lent(cell, Placed(str(cell[0]), _day_in(cell, cluster), frozenset()), n, id(shared))
            for cluster, shared in self._found
            for cell, n in shared.cover.items()
            if len(cell) == 2 and cell[0] in self._ground.places
        ]

    @cached_property
    def people(self) -> People:
        """Return everybody, as columns."""
        return People([lent.person for lent in self.lent], self._ground)

    def open_to(self, used: Mapping[Cell, Number], closed: Sequence[Row]) -> Open:
        """Return whom a teller could count more.

        Args:
            used: How many it counts in each cell already.
            closed: Rows that may count nobody more.
        """
        return Open(self, used, Closed(closed, self._ground))


class Closed:
    """Hold rows that may count nobody more, by place."""

    def __init__(self, rows: Iterable[Row], ground: Ground) -> None:
        self._ground = ground
        self._days: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
        for row in rows:
            scope, after, until, _ = row.region
            # Those lent are counted at every mark, so also at one after which a row begins.
            if after == START != until:
                for place in scope.places or (None,):
                    self._days[place].append((scope.first, scope.last))

    def counts(self, person: Placed) -> bool:
        """Say whether some row counts a person, were its labels right."""
        above = self._ground.above("where", person.place) if person.place else ()
        return any(
            first <= person.day <= last
            for place in (*above, None)
            for first, last in self._days.get(place, ())
        )


@dataclass(frozen=True, slots=True)
class Open:
    """Hold people whom one teller could count more.

    Args:
        pool: Everybody.
        used: How many of them it counts already.
        closed: Rows that may count none of them.
    """

    pool: Pool
    used: Mapping[Cell, Number]
    closed: Closed

    def lend(self, short: Iterable[tuple[Row, Number]], without: Container[int] = ()) -> list[Lent]:
        """Return people for rows that lack some, each for one row; fewer if there are no more.

        Args:
            short: Rows, and how many people each of them lacks.
            without: Answers whose people are not there.
        """
        found: dict[int, Lent] = {}
        for row, number in short:
            lacks = number
            for n in self.pool.people.counted_by(row):
                if lacks <= 0:
                    break
                each = self.pool.lent[n]
                rest = each.number - self.used.get(each.cell, 0)
                is_free = n not in found and rest > 0 and each.whose not in without
                if is_free and not self.closed.counts(each.person):
                    found[n] = each._replace(number=rest)
                    lacks -= rest
        return list(found.values())


def _day_in(cell: Cell, cluster: Cluster) -> int:
    """Return a day of a cluster on which everybody of a cell's slot may have been counted."""
    slot = cell[1]
    assert isinstance(slot, tuple), "the second half of a cell is a stretch of days"
    assert cluster.window is not None, "a book that is entered whole has nothing to keep"
    first, last = cluster.window
    return min(int(slot[1]), last) if first == NEVER else max(int(slot[0]), first)
