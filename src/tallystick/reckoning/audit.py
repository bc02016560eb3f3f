"""Say who of many people stands inside which of many rows, labels left aside, in columns.

A place is inside the places above it. At a mark of which nothing is known people count as early
as the marks allow at which they are known not to be counted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.book import Row
from tallystick.reckoning.ground import Forests
from tallystick.reckoning.marks import END, START, Moment, precedes
from tallystick.reckoning.scope import Scope

__all__ = ["People", "Placed"]


class Placed(NamedTuple):
    """Hold where some people stand: a place, one day, and the marks where they are not counted."""

    place: str | None
    day: int
    not_at: frozenset[Moment]


class People:
    """Hold people as columns."""

    def __init__(self, people: Sequence[Placed], ground: Forests) -> None:
        self.ground = ground
        self.size = len(people)
        self.days = np.array([p.day for p in people], dtype=np.int64)
        nodes = {p.place: 0 for p in people}
        self.nodes = list(nodes)
        place = {node: n for n, node in enumerate(self.nodes)}
        self.node_of = np.array([place[p.place] for p in people], dtype=np.int64)
        histories = {p.not_at: 0 for p in people}
        self.histories = list(histories)
        number = {history: n for n, history in enumerate(self.histories)}
        self.history_of = np.array([number[p.not_at] for p in people], dtype=np.int64)
        # Nobody is counted at a mark of an earlier day than this, and everybody at one of a later.
        latest = [max((mark.day for mark in h), default=-1) for h in self.histories]
        self.latest = np.array(latest, dtype=np.int64)
        self._below: dict[str, list[int]] = {}
        for n, node in enumerate(self.nodes):
            for above in ground.above("where", node) if node is not None else ():
                self._below.setdefault(above, []).append(n)
        self._known: dict[tuple[str, ...], NDArray[np.bool_]] = {}

    def inside(self, rows: Sequence[Row]) -> NDArray[np.bool_]:
        """Return, rows x people, whether the row counts them, were their labels right."""
        scopes = [row.region.scope for row in rows]
        first = np.array([scope.first for scope in scopes], dtype=np.int64)[:, None]
        last = np.array([scope.last for scope in scopes], dtype=np.int64)[:, None]
        found: NDArray[np.bool_] = (first <= self.days) & (self.days <= last)
        for r, scope in enumerate(scopes):
            if scope.places:
                found[r] &= self._within(scope.places)[self.node_of]
        until = self._counted([row.region.until for row in rows])
        after = self._counted([row.region.after for row in rows])
        found &= (until & ~after)[:, self.history_of]
        return found

    def standing_in(self, scope: Scope) -> NDArray[np.bool_]:
        """Return who stands in a box of places and days."""
        found: NDArray[np.bool_] = (scope.first <= self.days) & (self.days <= scope.last)
        return found & self._within(scope.places)[self.node_of] if scope.places else found

    def counted_by(self, row: Row) -> Iterator[int]:
        """Yield the people whom a row counts, were their labels right, place by place."""
        scope, after, until, _ = row.region
        counts = (self._counted([until]) & ~self._counted([after]))[0].tolist()
        for n in self._nodes_within(scope.places):
            people, days = self._by_node[n]
            for place in range(bisect_left(days, scope.first), bisect_right(days, scope.last)):
                person = people[place]
                if counts[self.history_of[person]]:
                    yield person

    def _nodes_within(self, places: tuple[str, ...]) -> Iterable[int]:
        """Return the nodes that lie in some places; all where none is named."""
        if not places:
            return range(len(self.nodes))
        return sorted({n for place in places for n in self._below.get(place, ())})

    @cached_property
    def _by_node(self) -> list[tuple[list[int], list[int]]]:
        """Return for each node its people in the order of their days, and those days."""
        order = np.lexsort((self.days, self.node_of))
        ends = np.cumsum(np.bincount(self.node_of, minlength=len(self.nodes)))[:-1]
        return [(people.tolist(), self.days[people].tolist()) for people in np.split(order, ends)]

    def _within(self, nodes: tuple[str, ...]) -> NDArray[np.bool_]:
        if nodes not in self._known:
            found = np.zeros(len(self.nodes), dtype=np.bool_)
            for node in nodes:
                found[self._below.get(node, [])] = True
            self._known[nodes] = found
        return self._known[nodes]

    def _counted(self, marks: Sequence[Moment]) -> NDArray[np.bool_]:
        """Return, marks x histories, whether people of a history are counted at a mark."""
        days = np.array([mark.day or np.iinfo(np.int64).max for mark in marks])
        days[[mark == START for mark in marks]] = -1
        found = days[:, None] > self.latest[None, :]
        for m, h in zip(*np.nonzero(days[:, None] == self.latest[None, :]), strict=True):
            mark = marks[m]
            if mark not in (START, END):
                found[m, h] = not any(precedes(mark, known) for known in self.histories[h])
        found[[mark == START for mark in marks]] = False
        return found
