"""Say which people a claim or a question is about, as a box in the dimensions of description."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tallystick.reckoning.ground import Forests
from tallystick.records import Days, Query, WhomTest

__all__ = [
    "EVER",
    "NEVER",
    "Asked",
    "Nodes",
    "Scope",
    "Tile",
    "days_of",
    "meet_of_tiles",
    "nodes_of",
    "ordinals",
]

# Days are proleptic ordinals; these two stand for "before all" and "after all".
NEVER, EVER = 0, dt.date.max.toordinal() + 1

# A tile names one node in each dimension; a dimension that it leaves out is not narrowed.
Tile = tuple[tuple[str, str], ...]
# Sorted pairs of dimension and nodes; a dimension that is absent is not narrowed.
Nodes = tuple[tuple[str, tuple[str, ...]], ...]


def ordinals(days: Days | None) -> tuple[int, int]:
    """Return a window as ordinals; without one, all days."""
    return (days.first.toordinal(), days.last.toordinal()) if days else (NEVER, EVER)


def nodes_of(given: Mapping[str, tuple[str, ...]]) -> Nodes:
    """Return nodes in order, without the dimensions that none is given of."""
    kept = [
        (key, ids if len(ids) == 1 else tuple(sorted(set(ids))))
        for key, ids in given.items()
        if ids
    ]
    return tuple(sorted(kept))


def days_of(first: int, last: int) -> list[str | None]:
    """Return ordinals as dates; None where there is no end."""
    return [
        None if end in (NEVER, EVER) else dt.date.fromordinal(end).isoformat()
        for end in (first, last)
    ]


class Scope(NamedTuple):
    """Hold a box: in each dimension a union of nodes, and a closed window of days.

    Args:
        first: Ordinal of the first day.
        last: Ordinal of the last day.
        nodes: Of each dimension.
    """

    first: int
    last: int
    nodes: Nodes

    @classmethod
    def of(cls, days: Days | None, nodes: Mapping[str, tuple[str, ...]]) -> Scope:
        return cls(*ordinals(days), nodes_of(nodes))

    @property
    def places(self) -> tuple[str, ...]:
        """Return the places of which it speaks; none if it is of everywhere."""
        return next((ids for key, ids in self.nodes if key == "where"), ())

    def tiles(self) -> list[Tile]:
        """Return the box as a union of tiles."""
        found: list[Tile] = [()]
        for key, ids in self.nodes:
            found = [(*tile, (key, node)) for tile in found for node in ids]
        return found

    def holds(self, tile: Tile, ground: Forests) -> bool:
        """Say whether the box contains the people whom the tile describes, and no more finely."""
        given = dict(tile)
        for key, ids in self.nodes:
            node = given.get(key)
            if node is None or ground.above(key, node).isdisjoint(ids):
                return False
        return True

    def as_json(self) -> dict[str, object]:
        return {
            "during": days_of(self.first, self.last),
            **{key: list(ids) for key, ids in self.nodes},
        }


def meet_of_tiles(one: Tile, other: Tile, ground: Forests) -> Tile | None:
    """Return the tile of those who are in both; None if nobody can be."""
    if not other:
        return one
    nodes: dict[str, str] = dict(one)
    for key, node in other:
        met = ground.meet(key, nodes.get(key, node), node)
        if met is None:
            return None
        nodes[key] = met
    return tuple(sorted(nodes.items()))


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold the people asked for: a box, and terms outside which they must be.

    Args:
        scope: The box.
        outside: Pairs of dimension and node that do not hold.
        less: Another question whose people are not asked for.
    """

    scope: Scope
    outside: tuple[tuple[str, str], ...] = ()
    less: Asked | None = None

    @classmethod
    def by(cls, query: Query, ground: Forests, *, joint: bool = False) -> Asked:
        """Return what a query asks for; ``joint`` where kinds of harm share one tally."""
        nodes: dict[str, tuple[str, ...]] = {
            "where": query.where,
            "by": query.by,
            "to": query.to,
        }
        for test in query.whom:
            if test.inside:
                inner = test.term
                for other in nodes.get(test.key, ()):
                    met = ground.meet(test.key, other, inner)
                    if met is None:
                        return cls.nobody()
                    inner = met
                nodes[test.key] = (inner,)
        if joint:
            nodes["kind"] = tuple(query.kind.split("+"))
        scope = Scope.of(query.during, {key: ids for key, ids in nodes.items() if ids})
        return cls(scope, _outside(query.whom))

    @property
    def names_a_label(self) -> bool:
        """Say whether people are asked for as they are described, not only where and when."""
        return bool(self.outside) or any(
            key not in ("where", "kind") for key, _ in self.scope.nodes
        )

    @property
    def names_more_than_place_and_days(self) -> bool:
        """Say whether who is asked for is not decided by place and day alone."""
        others = any(key != "where" for key, _ in self.scope.nodes)
        return others or bool(self.outside) or self.less is not None

    @classmethod
    def nobody(cls) -> Asked:
        """Return the question that asks for nobody."""
        return cls(Scope(EVER, NEVER, ()))

    def holds(self, tile: Tile, ground: Forests) -> bool:
        if not self.scope.holds(tile, ground):
            return False
        if self.less is not None and self.less.holds(tile, ground):
            return False
        given = dict(tile)
        return not any(
            given.get(key) is not None and ground.contains(key, node, given[key])
            for key, node in self.outside
        )

    def tiles(self) -> list[Tile]:
        """Return the tiles that a tally must tell apart to answer."""
        found = [tile for tile in self.scope.tiles() if tile]
        found += [((key, node),) for key, node in self.outside]
        return found + (self.less.tiles() if self.less else [])


def _outside(tests: tuple[WhomTest, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((test.key, test.term) for test in tests if not test.inside)
