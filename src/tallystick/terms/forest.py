"""Walk ids that stand inside one another: places, terms and actors alike.

A forest here is a mapping of id to the id it stands in (``None`` for a root). Every mapping that
reaches ``Forest`` is already free of circles and unknown parents: ``sound_rows`` takes those out
first, so nothing here can run for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Forest", "in_circles"]


class Forest:
    """Answer what stands inside what; an id it does not know stands in nothing."""

    __slots__ = ("_children", "_depths", "_parents")

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self._parents = parents
        self._children: dict[str, tuple[str, ...]] | None = None
        self._depths: dict[str, int] = {}

    def chain(self, inner: str) -> Iterator[str]:
        """Yield the id itself, then what it stands in, outwards."""
        step: str | None = inner
        while step is not None:
            yield step
            step = self._parents.get(step)

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether ``inner`` is ``outer`` or stands in it."""
        return outer == inner or any(step == outer for step in self.chain(inner))

    def depth(self, id_: str) -> int:
        """Count the ids that this one stands in."""
        if id_ not in self._depths:
            self._depths[id_] = sum(1 for _ in self.chain(id_)) - 1
        return self._depths[id_]

    def children(self, outer: str) -> tuple[str, ...]:
        """Return the ids right inside ``outer``, sorted."""
        if self._children is None:
            self._children = _children_of(self._parents)
        return self._children.get(outer, ())

    def roots(self) -> tuple[str, ...]:
        """Return the ids that stand in nothing, sorted."""
        return tuple(sorted(id_ for id_, parent in self._parents.items() if parent is None))


def _children_of(parents: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for id_ in sorted(parents):
        parent = parents[id_]
        if parent is not None:
            found.setdefault(parent, []).append(id_)
    return {parent: tuple(ids) for parent, ids in found.items()}


def in_circles(edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return every id that can reach itself along ``edges``, in one walk without recursion.

    Method:
        Tarjan 1972, strongly connected components; those of two ids or more, and loops.
    """
    walk = _Walk(edges)
    for id_ in edges:
        walk.from_here(id_)
    return frozenset(walk.circling)


class _Walk:
    """Hold the state of one search for circles; used once."""

    def __init__(self, edges: Mapping[str, Iterable[str]]) -> None:
        self.edges = edges
        self.circling: set[str] = set()
        self._number: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._open: list[str] = []
        self._is_open: set[str] = set()

    def from_here(self, start: str) -> None:
        if start in self._number:
            return
        path = [(start, iter(self._enter(start)))]
        while path:
            id_, ahead = path[-1]
            unseen = next((step for step in ahead if not self._seen(id_, step)), None)
            if unseen is not None:
                path.append((unseen, iter(self._enter(unseen))))
                continue
            path.pop()
            if path:
                outer = path[-1][0]
                self._low[outer] = min(self._low[outer], self._low[id_])
            self._close(id_)

    def _enter(self, id_: str) -> list[str]:
        self._number[id_] = self._low[id_] = len(self._number)
        self._open.append(id_)
        self._is_open.add(id_)
        return [step for step in self.edges.get(id_, ()) if step in self.edges]

    def _seen(self, id_: str, step: str) -> bool:
        if step not in self._number:
            return False
        if step in self._is_open:
            self._low[id_] = min(self._low[id_], self._number[step])
        return True

    def _close(self, id_: str) -> None:
        if self._low[id_] != self._number[id_]:
            return
        together: list[str] = []
        while not together or together[-1] != id_:
            together.append(self._open.pop())
        self._is_open.difference_update(together)
        if len(together) > 1 or id_ in self.edges.get(id_, ()):
            self.circling.update(together)
