"""Find which rows of a tally some people do not keep: for many rows and many people at once.

Columns: each row is a box (or several, for a union of places), each kind of people a point. A
node contains those inside it, so containment is an interval of a numbering of the forest.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.book import Row
from tallystick.reckoning.ground import Forests
from tallystick.reckoning.marks import END, Moment, precedes
from tallystick.reckoning.scope import Tile

__all__ = ["Placed", "held", "outside"]

# People as points: description, one day, marks where they must and must not be counted, number.
Placed = tuple[Tile, int, frozenset[Moment], frozenset[Moment], int | Fraction]

_BLOCK = 1 << 22


def outside(rows: Sequence[Row], people: Sequence[Placed], ground: Forests) -> list[Placed]:
    """Return the people whom no row counts."""
    if not rows or not people:
        return list(people)
    points = _Points(people, ground)
    counted = np.zeros(len(people), dtype=np.bool_)
    step = max(1, _BLOCK // len(people))
    for start in range(0, len(rows), step):
        counted |= points.inside(rows[start : start + step]).any(axis=0)
    return [person for person, is_in in zip(people, counted, strict=True) if not is_in]


def held(rows: Sequence[Row], people: Sequence[Placed], ground: Forests) -> list[Fraction | int]:
    """Return how many of the people each row counts."""
    if not rows or not people:
        return [0] * len(rows)
    scale = int(np.lcm.reduce([Fraction(p[4]).denominator for p in people]))
    numbers = np.array([int(p[4] * scale) for p in people], dtype=np.int64)
    points = _Points(people, ground)
    step = max(1, _BLOCK // len(people))
    found: list[Fraction | int] = []
    for start in range(0, len(rows), step):
        inside = points.inside(rows[start : start + step])
        totals = inside @ numbers
        found += [Fraction(int(t), scale) if scale > 1 else int(t) for t in totals]
    return found


class _Points:
    """Hold people as columns: a day, and for each dimension what they stand in."""

    def __init__(self, people: Sequence[Placed], ground: Forests) -> None:
        self.ground = ground
        self.days = np.array([p[1] for p in people], dtype=np.int64)
        self.tiles: dict[Tile, NDArray[np.int64]] = {}
        grouped: dict[Tile, list[int]] = {}
        for i, person in enumerate(people):
            grouped.setdefault(person[0], []).append(i)
        self.tiles = {tile: np.array(ids) for tile, ids in grouped.items()}
        self.tile_of = np.empty(len(people), dtype=np.int64)
        for t, ids in enumerate(self.tiles.values()):
            self.tile_of[ids] = t
        histories = {(p[2], p[3]): 0 for p in people}
        self.histories = list(histories)
        places = {pair: h for h, pair in enumerate(self.histories)}
        self.history_of = np.array([places[p[2], p[3]] for p in people], dtype=np.int64)
        self._nodes: dict[tuple[str, str], NDArray[np.bool_]] = {}

    def inside(self, rows: Sequence[Row]) -> NDArray[np.bool_]:
        """Return rows x people: whether the row counts them."""
        first = np.array([row.region.scope.first for row in rows])[:, None]
        last = np.array([row.region.scope.last for row in rows])[:, None]
        found = (first <= self.days) & (self.days <= last)
        tiles = np.stack([self._tiles_in(row) for row in rows])
        found &= tiles[:, self.tile_of]
        windows = {(row.region.after, row.region.until) for row in rows}
        counted = {window: self._counted(*window) for window in windows}
        marks = np.stack([counted[row.region.after, row.region.until] for row in rows])
        result: NDArray[np.bool_] = found & marks[:, self.history_of]
        for r, row in enumerate(rows):
            if row.region.less:
                result[r] &= ~self._less(row)
        return result

    def _tiles_in(self, row: Row) -> NDArray[np.bool_]:
        found = np.ones(len(self.tiles), dtype=np.bool_)
        for key, nodes in row.region.scope.nodes:
            of_key = np.zeros(len(self.tiles), dtype=np.bool_)
            for node in nodes:
                of_key |= self._node(key, node)
            found &= of_key
        return found

    def _node(self, key: str, node: str) -> NDArray[np.bool_]:
        """Return for each tile whether it stands in the node."""
        if (key, node) not in self._nodes:
            given = (dict(tile).get(key) for tile in self.tiles)
            self._nodes[key, node] = np.array(
                [own is not None and node in self.ground.above(key, own) for own in given]
            )
        return self._nodes[key, node]

    def _counted(self, after: Moment, until: Moment) -> NDArray[np.bool_]:
        return np.array(
            [
                (until == END or counted_at(until, yes, no)) and not counted_at(after, yes, no)
                for yes, no in self.histories
            ]
        )

    def _less(self, row: Row) -> NDArray[np.bool_]:
        found = np.zeros(len(self.days), dtype=np.bool_)
        for scope in row.region.less:
            tiles = np.array([scope.holds(tile, self.ground) for tile in self.tiles])
            days = (scope.first <= self.days) & (self.days <= scope.last)
            found |= days & tiles[self.tile_of]
        return found


def counted_at(mark: Moment, yes: frozenset[Moment], no: frozenset[Moment]) -> bool:
    """Say whether people are counted at a mark: as early as the marks where they are not allow."""
    if mark in yes or any(precedes(known, mark) for known in yes):
        return True
    return mark.form != "start" and not any(precedes(mark, known) for known in no)
