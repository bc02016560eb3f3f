"""Say what each choice along a dimension leaves of a tally's boxes and of a question.

A choice is a node of one dimension (and none below it), a stretch of days, or the marks at which
somebody has been counted. What is left is kept as bits: the tally's boxes first, then those of
the question.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from tallystick.reckoning.ground import Forests
from tallystick.reckoning.marks import Moment
from tallystick.reckoning.scope import EVER, NEVER, Asked, Scope, Tile

__all__ = ["Choices", "Finished", "Group", "groups_of", "undominated"]

Group = tuple[int, int]
# What is left of the boxes, with an example of who is left.
_Left = dict[int, Tile]
# Rows, whether they are asked for, and an example: labels, marks, and what these marks leave.
Finished = tuple[int, bool, Tile, frozenset[Moment], int]


def groups_of(spans: Iterable[tuple[int, int]]) -> list[Group]:
    """Cut all days at both ends of each span."""
    cuts = {NEVER}
    for first, last in spans:
        cuts.add(first)
        cuts.add(last + 1)
    ordered = sorted(cut for cut in cuts if NEVER <= cut <= EVER)
    return [
        (first, following - 1)
        for first, following in zip(ordered, [*ordered[1:], EVER + 1], strict=True)
    ]


class Choices:
    """Hold which boxes of a tally, and which parts of a question, each choice leaves."""

    def __init__(self, boxes: Sequence[Scope], asked: Asked, ground: Forests) -> None:
        self.ground = ground
        self.of_boxes = (1 << len(boxes)) - 1
        test = _Test(asked, len(boxes))
        self.scopes = [*boxes, *test.scopes]
        self.is_asked = test.holds
        self._free: dict[str, int] = {}
        self._named: dict[str, dict[str, int]] = {}
        for i, scope in enumerate(self.scopes):
            for key, nodes in scope.nodes:
                named = self._named.setdefault(key, {})
                self._free[key] = self._free.get(key, 0) | 1 << i
                for node in nodes:
                    named[node] = named.get(node, 0) | 1 << i
        everything = (1 << len(self.scopes)) - 1
        self._free = {key: everything & ~bound for key, bound in self._free.items()}
        self.everything = everything
        self._choices: dict[tuple[str, str], int] = {}
        self._of_key: dict[str, list[tuple[int, tuple[str, str] | None]]] = {}

    @property
    def keys(self) -> list[str]:
        return sorted(self._named)

    def choice(self, key: str, node: str | None) -> int:
        """Return what is left of everybody who stands in a node, and in none below it."""
        if key not in self._free:
            return self.everything
        if node is None:
            return self._free[key]
        left = self._choices.get((key, node))
        if left is None:
            left, named = self._free[key], self._named[key]
            for above in self.ground.above(key, node):
                left |= named.get(above, 0)
            self._choices[key, node] = left
        return left

    def admits(self, keys: Iterable[str], tile: Tile) -> int:
        given, left = dict(tile), self.everything
        for key in keys:
            left &= self.choice(key, given.get(key))
        return left

    def of_days(self, groups: Sequence[Group] | None) -> list[tuple[Group, int]]:
        """Return stretches of days with what each leaves; none that leaves no box."""
        spans = [(scope.first, scope.last) for scope in self.scopes]
        if groups is not None:
            return list(zip(groups, _over(groups, spans), strict=True))
        groups = groups_of(spans)
        found: dict[int, Group] = {}
        for group, mask in zip(groups, _over(groups, spans), strict=True):
            found.setdefault(mask, group)
        return [(group, mask) for mask, group in found.items()]

    def left_of(self, mask: int, keys: Iterable[str], wanted: int) -> _Left:
        """Return what is left of a mask after one choice along each dimension, if it is wanted."""
        found: _Left = {mask: ()}
        for key in keys:
            choices = self._ways(key)
            more: _Left = {}
            for left, pairs in found.items():
                for way, pair in choices:
                    both = left & way
                    if both not in more and both & wanted:
                        more[both] = (*pairs, pair) if pair else pairs
            found = more
        return found

    def _ways(self, key: str) -> list[tuple[int, tuple[str, str] | None]]:
        if key not in self._of_key:
            ways: dict[int, tuple[str, str] | None] = {self.choice(key, None): None}
            for node in sorted(self._named[key]):
                ways.setdefault(self.choice(key, node), (key, node))
            self._of_key[key] = list(ways.items())
        return self._of_key[key]

    def finisher(
        self,
        done: Iterable[str],
        histories: Mapping[int, frozenset[Moment]],
        rows_of: Callable[[int], int],
        capped: int | None,
    ) -> Callable[[int], list[Finished]]:
        """Return what makes, of a mask with choices along some dimensions, all that ends there.

        Args:
            done: The dimensions along which a choice is made already.
            histories: What each history leaves of the boxes.
            rows_of: Returns the rows that count people of some boxes.
            capped: Rows with an upper end, if only those are wanted beside whom nobody keeps more;
                None = all are wanted.
        """
        rest = [key for key in self.keys if key not in set(done)]
        known: dict[int, list[Finished]] = {}

        def finish(mask: int) -> list[Finished]:
            if mask not in known:
                found: dict[tuple[int, bool], Finished] = {}
                for left, pairs in self.left_of(mask, rest, self.of_boxes).items():
                    inside = self.is_asked(left)
                    seen = set()
                    for of_history, history in histories.items():
                        boxes = left & of_history
                        if boxes not in seen:
                            seen.add(boxes)
                            rows = rows_of(boxes)
                            if rows and (rows, inside) not in found:
                                found[rows, inside] = (rows, inside, pairs, history, of_history)
                if capped is not None:
                    kept = undominated(found, capped)
                    found = {key: each for key, each in found.items() if key in kept}
                known[mask] = list(found.values())
            return known[mask]

        return finish


Where = TypeVar("Where", bound=Hashable)


def undominated(kinds: Iterable[tuple[int, Where]], capped: int) -> set[tuple[int, Where]]:
    """Leave out kinds of people beside whom others stand who keep more rows at no cost.

    Args:
        kinds: The rows that count them, and where they stand.
        capped: Rows with an upper end: whatever row counts others beside has none.
    """
    alike: dict[tuple[Where, int], list[int]] = {}
    for rows, where in kinds:
        alike.setdefault((where, rows & capped), []).append(rows)
    found: set[tuple[int, Where]] = set()
    for (where, _), rows_here in alike.items():
        if len(rows_here) == 1:
            found.add((rows_here[0], where))
            continue
        most: list[int] = []
        for rows in sorted(rows_here, key=int.bit_count, reverse=True):
            if not any(rows & more == rows for more in most):
                most.append(rows)
                found.add((rows, where))
    return found


class _Test:
    """Ask a question of bits: its box, and boxes outside which its people stand."""

    def __init__(self, asked: Asked, first: int) -> None:
        self._own = 1 << first
        self.scopes = [asked.scope]
        self._outside = 0
        for key, node in asked.outside:
            self._outside |= 1 << (first + len(self.scopes))
            self.scopes.append(Scope(NEVER, EVER, ((key, (node,)),)))
        self._less: _Test | None = None
        if asked.less is not None:
            self._less = _Test(asked.less, first + len(self.scopes))
            self.scopes += self._less.scopes

    def holds(self, mask: int) -> bool:
        """Say whether people who stand in these boxes are asked for."""
        return (
            bool(mask & self._own)
            and not mask & self._outside
            and not (self._less is not None and self._less.holds(mask))
        )


def _over(groups: Sequence[Group], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each group the bits of the spans that hold all of it."""
    place = {first: i for i, (first, _) in enumerate(groups)}
    found = [0] * len(groups)
    known: dict[tuple[int, int], int] = {}
    for i, span in enumerate(spans):
        known[span] = known.get(span, 0) | 1 << i
    for (first, last), mask in known.items():
        for g in range(place.get(first, 0), len(groups)):
            group = groups[g]
            if group[1] > last:
                break
            if first <= group[0]:
                found[g] |= mask
    return found
