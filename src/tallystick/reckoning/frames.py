"""Hold clusters of rows in columns, so that a question finds at once which of them it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.ground import Ground
from tallystick.reckoning.scope import EVER, NEVER, Asked, Scope

__all__ = ["ANYBODY", "Cluster", "Frame", "Rows"]

# Pairs of teller and rows, by index.
Rows = tuple[tuple[int, tuple[int, ...]], ...]
ANYBODY = Asked(Scope(NEVER, EVER, ()))


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Hold whose rows stand together, and where and when.

    Args:
        rows: Pairs of teller and rows, by index.
        guests: Pairs of teller and row that are told here, but speak of more.
        scopes: What the rows speak of, each once; of guests, nothing.
        window: The days of its rows; None where it holds the whole book.
    """

    rows: Rows
    guests: frozenset[tuple[int, int]]
    scopes: tuple[Scope, ...]
    window: tuple[int, int] | None


class Frame:
    """Hold the clusters of some tellers."""

    def __init__(self, clusters: Sequence[Cluster], ground: Ground) -> None:
        self.clusters, self.ground = clusters, ground
        spans = [_span(cluster.scopes) for cluster in clusters]
        self._first = np.array([first for first, _ in spans], dtype=np.int64)
        self._last = np.array([last for _, last in spans], dtype=np.int64)
        units = [self._unit(cluster) for cluster in clusters]
        self._units = list(dict.fromkeys(units))
        number = {unit: n for n, unit in enumerate(self._units)}
        self._unit_of = np.array([number[unit] for unit in units], dtype=np.int64)

    def _unit(self, cluster: Cluster) -> str | None:
        """Return the one unit that holds a cluster; None if it is not so simple."""
        nodes = {node for scope in cluster.scopes for node in scope.places}
        units = {self.ground.unit(node) for node in nodes}
        if len(units) != 1 or not all(scope.places for scope in cluster.scopes):
            return None
        unit = units.pop()
        holds_all = all(unit in self.ground.above("where", node) for node in nodes)
        return unit if holds_all and unit in self.ground.places else None

    def concerned(self, asked: Asked) -> tuple[list[int], list[int]]:
        """Return the clusters that lie inside a question, and those that only touch it."""
        scope = asked.scope
        touches = (scope.first <= self._last) & (self._first <= scope.last)
        inside = (scope.first <= self._first) & (self._last <= scope.last)
        wanted = scope.places
        if wanted:
            in_place, at_place = self._places_in(wanted)
            inside &= in_place
            touches &= at_place
        if asked.names_more_than_place_and_days:
            inside[:] = False
        return np.nonzero(inside)[0].tolist(), np.nonzero(touches & ~inside)[0].tolist()

    def _places_in(self, wanted: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        above = self.ground.above
        inside = [
            unit is not None and bool(above("where", unit) & {*wanted}) for unit in self._units
        ]
        touches = [
            unit is None or any(self.ground.meet("where", unit, node) for node in wanted)
            for unit in self._units
        ]
        return np.array(inside, dtype=np.bool_)[self._unit_of], np.array(touches, dtype=np.bool_)[
            self._unit_of
        ]


def _span(scopes: Iterable[Scope]) -> tuple[int, int]:
    spans = [(scope.first, scope.last) for scope in scopes]
    return min(first for first, _ in spans), max(last for _, last in spans)
