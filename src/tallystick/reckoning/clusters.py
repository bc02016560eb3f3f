"""Split the rows of many tallies into clusters that share no person and no match cell.

Two rows are kept together if their units of place touch and their days lie within τ; whoever is
counted by rows of two clusters stands in different match cells, so bounds of clusters add up.
Keeping too much together would only cost time, never change a bound.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tallystick.reckoning.ground import Ground
from tallystick.reckoning.scope import Nodes, Scope

__all__ = ["Atlas", "Footprint", "clusters_of"]

Stretch = tuple[int, int]


class Footprint(NamedTuple):
    """Hold where and when a row counts: stretches of the atlas, and days."""

    places: tuple[Stretch, ...]
    first: int
    last: int


class Atlas:
    """Number places so that whatever lies in a place has numbers next to each other."""

    def __init__(self, places: Iterable[str], ground: Ground) -> None:
        self.ground = ground
        children: dict[str | None, set[str]] = defaultdict(set)
        for place in set(places):
            for node in (place, ground.unit(place)):
                chain = [node, *ground.places.ancestors(node), None]
                for inner, outer in pairwise(chain):
                    if inner is not None:
                        children[outer].add(inner)
        self.spans: dict[str, Stretch] = {}
        self._known: dict[Nodes, tuple[Stretch, ...]] = {}
        self.size = 1
        self._number(None, children)
        units = sorted({self.spans[ground.unit(p)] for p in self.spans if self._has_unit(p)})
        # A unit that holds further units is no smallest one: its people may be in any of them.
        self._whole = {one for one, other in pairwise(units) if other[0] <= one[1]}

    def _number(self, top: str | None, children: dict[str | None, set[str]]) -> None:
        ahead: list[tuple[str, bool]] = [(node, False) for node in sorted(children[top])]
        starts: dict[str, int] = {}
        while ahead:
            node, is_done = ahead.pop()
            if is_done:
                self.spans[node] = (starts[node], self.size - 1)
                continue
            starts[node] = self.size
            self.size += 1
            ahead.append((node, True))
            ahead += [(child, False) for child in sorted(children[node])]

    def footprint(self, scope: Scope) -> Footprint:
        """Return where people of a scope may stand: whole units, since labels err inside them."""
        if scope.nodes not in self._known:
            spans = {self._span(node) for node in scope.places} or {(0, self.size)}
            self._known[scope.nodes] = tuple(sorted(spans))
        return Footprint(self._known[scope.nodes], scope.first, scope.last)

    def is_near(self, foot: Footprint, most_days: int) -> bool:
        """Say whether a row speaks of one smallest unit and of few days."""
        only = foot.places[0]
        return (
            len(foot.places) == 1
            and foot.last - foot.first < most_days
            and only not in self._whole
            and only != (0, self.size)
        )

    def _span(self, node: str) -> Stretch:
        return self.spans[self.ground.unit(node)] if self._has_unit(node) else (0, self.size)

    def _has_unit(self, node: str) -> bool:
        unit = self.ground.unit(node)
        return unit in self.spans and self.ground.contains("where", unit, node)


class _Sets:
    """Join things until nothing more belongs together (union-find)."""

    def __init__(self, size: int) -> None:
        self.head = list(range(size))

    def find(self, one: int) -> int:
        while self.head[one] != one:
            self.head[one] = self.head[self.head[one]]
            one = self.head[one]
        return one

    def join(self, one: int, other: int) -> None:
        a, b = self.find(one), self.find(other)
        self.head[max(a, b)] = min(a, b)


def clusters_of(footprints: Sequence[Footprint], near_days: int | None) -> list[list[int]]:
    """Return the indexes of footprints that must be kept together.

    Args:
        footprints: One for each row.
        near_days: τ; None = whatever is anywhere is together.
    """
    if near_days is None:
        return [list(range(len(footprints)))] if footprints else []
    sets = _Sets(len(footprints))
    local, wide = _by_place(footprints)
    segments = {span: _segments(sorted(inside), near_days, sets) for span, inside in local.items()}
    starts = sorted(segments)
    for first, last, index, span in wide:
        for bucket in starts[bisect_left(starts, (span[0], -1)) :]:
            if bucket[0] > span[1]:
                break
            for begin, end, other in segments[bucket]:
                if begin - near_days <= last and first - near_days <= end:
                    sets.join(index, other)
    _join_wide(wide, near_days, sets)
    found: dict[int, list[int]] = defaultdict(list)
    for index in range(len(footprints)):
        found[sets.find(index)].append(index)
    return list(found.values())


Wide = tuple[int, int, int, Stretch]


def _by_place(
    footprints: Sequence[Footprint],
) -> tuple[dict[Stretch, list[tuple[int, int, int]]], list[Wide]]:
    """Part rows that stand in one smallest place from those that span several."""
    spans = sorted({span for fp in footprints for span in fp.places})
    holds_other = {
        one for one, other in pairwise(spans)
        if other[0] <= one[1]
    }  # fmt: skip
    local: dict[Stretch, list[tuple[int, int, int]]] = defaultdict(list)
    wide: list[Wide] = []
    for index, fp in enumerate(footprints):
        for span in fp.places:
            if span in holds_other or len(fp.places) > 1:
                wide.append((fp.first, fp.last, index, span))
            else:
                local[span].append((fp.first, fp.last, index))
    return local, wide


def _segments(
    inside: Sequence[tuple[int, int, int]], near_days: int, sets: _Sets
) -> list[tuple[int, int, int]]:
    """Join rows of one place whose days follow each other; return each run of days."""
    runs: list[tuple[int, int, int]] = []
    for first, last, index in inside:
        if runs and first - near_days <= runs[-1][1]:
            begin, end, head = runs[-1]
            sets.join(index, head)
            runs[-1] = (begin, max(end, last), head)
        else:
            runs.append((first, last, index))
    return runs


def _join_wide(wide: Sequence[Wide], near_days: int, sets: _Sets) -> None:
    for i, (first, last, index, span) in enumerate(wide):
        for begin, end, other, place in wide[:i]:
            days = begin - near_days <= last and first - near_days <= end
            touches = place[0] <= span[1] and span[0] <= place[1]
            if index == other or (days and touches):
                sets.join(index, other)
