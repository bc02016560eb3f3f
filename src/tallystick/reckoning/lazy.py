"""Find a bound from the few claims that it needs, and prove that the others change nothing.

A book may hold a million claims, but a bound rests on few of them. Rows are entered when the
people found so far do not keep them; what is entered falls into clusters that share no person
and no cell, and each is solved alone. At the end the people keep every row of every tally, so
the bound is the one of the whole book, and its proof names only the rows that were entered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tallystick.reckoning.audit import Placed, held, outside
from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Shared, Side, fewest, least_stretch
from tallystick.reckoning.clusters import Atlas, Footprint, clusters_of
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.marks import END, START
from tallystick.reckoning.match import Matching
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import EVER, NEVER, Asked, Scope
from tallystick.reckoning.tally import Cell, Group, Kindred, Tally

__all__ = ["Lazy"]

# A tally of so few rows is entered whole; of a larger one, at first only what is near and short.
_WHOLE = 4000
_SHORT_DAYS = 2

Matcher = Callable[[Sequence[Tally], Asked], Matching]
ANYBODY = Asked(Scope(NEVER, EVER, ()))


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold one cluster: whose rows, by index."""

    rows: tuple[tuple[int, tuple[int, ...]], ...]
    asked: Asked


class Lazy:
    """Answer questions on some tallies, keeping what was solved before.

    Invariant: ``entered`` only grows, and no answer depends on what it held before.
    """

    def __init__(
        self,
        tallies: Sequence[Tally],
        ground: Ground,
        matcher: Matcher,
        near_days: int | None,
        groups: Sequence[Group],
    ) -> None:
        self.tallies, self.ground, self.groups = tallies, ground, groups
        self.matcher, self.near_days = matcher, near_days
        atlas = Atlas(
            (
                node
                for tally in tallies
                for row in tally.rows
                for key, ids in row.region.scope.nodes
                for node in ids
                if key == "where"
            ),
            ground,
        )
        self.footprints = [
            [atlas.footprint(row.region.scope) for row in tally.rows] for tally in tallies
        ]
        self.entered = [
            set(_first_rows(tally, feet))
            for tally, feet in zip(tallies, self.footprints, strict=True)
        ]
        self._solved: dict[_Part, Shared] = {}
        self._subs: dict[tuple[int, tuple[int, ...]], Tally] = {}
        self._stretch: dict[tuple[int, tuple[int, ...]], tuple[Fraction, Sequence[Number]]] = {}

    def fewest(self, asked: Asked, members: Sequence[int]) -> Shared:
        """Return the fewest people within a question behind the tallies of these indexes."""
        while True:
            parts = [_Part(rows, self._narrowed(rows, asked)) for rows in self._clusters(members)]
            for part in parts:
                if part not in self._solved:
                    self._solved[part] = self._solve(part)
            if not self._enter_broken(parts, members):
                break
        asked_for = [part for part in parts if self._concerns(part.rows, asked)]
        found = [self._solved[part] for part in asked_for]
        return Shared(
            sum((shared.value for shared in found), Fraction(0)),
            tuple(side for shared in found for side in shared.sides),
            {cell: number for shared in found for cell, number in shared.cover.items()},
        )

    def stretch(self, index: int) -> Fraction:
        """Return by how much one tally must give way in all."""
        self.fewest(ANYBODY, [index])
        return sum((self._stretched(index, rows)[0] for rows in self._own(index)), Fraction(0))

    def _own(self, index: int) -> list[tuple[int, ...]]:
        return [rows for part in self._clusters([index]) for _, rows in part]

    def proof_of_stretch(self, side: Side) -> Sequence[Number]:
        """Return the multipliers on a side's rows that prove its stretch."""
        return least_stretch(side.tally)[1]

    def _clusters(self, members: Sequence[int]) -> list[tuple[tuple[int, tuple[int, ...]], ...]]:
        listed = [(i, r) for i in members for r in sorted(self.entered[i])]
        feet = [self.footprints[i][r] for i, r in listed]
        found = []
        for cluster in clusters_of(feet, self.near_days):
            rows: dict[int, list[int]] = defaultdict(list)
            for place in cluster:
                rows[listed[place][0]].append(listed[place][1])
            found.append(tuple((i, tuple(rows[i])) for i in sorted(rows)))
        return found

    def _narrowed(self, rows: Sequence[tuple[int, tuple[int, ...]]], asked: Asked) -> Asked:
        """Return the question as it stands for a cluster: of anybody if it is all inside."""
        scopes = [self.tallies[i].rows[r].region.scope for i, ids in rows for r in ids]
        if asked.outside or asked.less or any(key != "where" for key, _ in asked.scope.nodes):
            return asked
        is_inside = all(_inside(scope, asked.scope, self.ground) for scope in scopes)
        return ANYBODY if is_inside or not self._concerns(rows, asked) else asked

    def _concerns(self, rows: Sequence[tuple[int, tuple[int, ...]]], asked: Asked) -> bool:
        return any(
            _touches(self.tallies[i].rows[r].region.scope, asked.scope, self.ground)
            for i, ids in rows
            for r in ids
        )

    def _sub(self, index: int, rows: tuple[int, ...]) -> Tally:
        key = (index, rows)
        if key not in self._subs:
            whole = self.tallies[index]
            if len(rows) == len(whole.rows):
                self._subs[key] = whole
            else:
                kept = tuple(whole.rows[r] for r in rows)
                self._subs[key] = Tally(replace(whole.teller, rows=kept), self.ground)
        return self._subs[key]

    def _stretched(self, index: int, rows: tuple[int, ...]) -> tuple[Fraction, Sequence[Number]]:
        key = (index, rows)
        if key not in self._stretch:
            self._stretch[key] = least_stretch(self._sub(index, rows))
        return self._stretch[key]

    def _solve(self, part: _Part) -> Shared:
        tallies = [self._sub(i, rows) for i, rows in part.rows]
        stretches = [self._stretched(i, rows)[0] for i, rows in part.rows]
        matching = self.matcher(tallies, part.asked)
        return fewest(list(zip(tallies, stretches, strict=True)), part.asked, matching)

    def _enter_broken(self, parts: Sequence[_Part], members: Sequence[int]) -> bool:
        """Enter the rows that the people found do not keep; say whether there were any."""
        of_teller: dict[int, list[_Part]] = defaultdict(list)
        for part in parts:
            for i, _ in part.rows:
                of_teller[i].append(part)
        found = False
        for i in members:
            if len(self.entered[i]) == len(self.tallies[i].rows):
                continue
            more = self._audit(i, of_teller[i], parts)
            self.entered[i] |= more
            found = found or bool(more)
        return found

    def _audit(self, index: int, own: Sequence[_Part], parts: Sequence[_Part]) -> set[int]:
        """Return the rows of a tally that its people do not keep, however they are filled up."""
        people: list[Placed] = []
        used: dict[Cell, Number] = defaultdict(int)
        for part in own:
            side = self._solved[part].sides[[i for i, _ in part.rows].index(index)]
            people += _placed(side)
            for kind, number in zip(side.kinds, side.numbers, strict=True):
                if kind.cell is not None and number:
                    used[kind.cell] += number
        rows = self.tallies[index].rows
        left = [r for r in range(len(rows)) if r not in self.entered[index]]
        sums = held([rows[r] for r in left], people, self.ground)
        over = {r for r, n in zip(left, sums, strict=True) if _is_over(rows[r], n)}
        short = {r: n for r, n in zip(left, sums, strict=True) if n < rows[r].lo}
        if not short:
            return over
        room = self._room(parts, used)
        capped = [row for row in rows if row.hi is not None]
        free = outside(capped, room, self.ground)
        more = held([rows[r] for r in short], free, self.ground)
        return over | {
            r for (r, n), extra in zip(short.items(), more, strict=True) if n + extra < rows[r].lo
        }

    def _room(self, parts: Sequence[_Part], used: Mapping[Cell, Number]) -> list[Placed]:
        """Return where a teller could count more people at no cost: among those of the others."""
        found: list[Placed] = []
        for part in parts:
            if part.asked != ANYBODY:
                continue
            for cell, people in self._solved[part].cover.items():
                more = people - used.get(cell, 0)
                if more > 0 and len(cell) == 2 and cell[0] in self.ground.places:
                    tile = (("where", str(cell[0])),)
                    found.append((tile, self._day_of(cell), frozenset(), frozenset(), more))
        return found

    def _day_of(self, cell: Cell) -> int:
        """Return a day on which everybody of a cell's slot may have been counted."""
        slot = cell[1]
        assert isinstance(slot, tuple), "the second half of a cell is a stretch of days"
        first = self.groups[bisect_right(self.groups, (slot[0], EVER)) - 1]
        return int(first[1]) if first[1] < EVER else int(first[0])


def _first_rows(tally: Tally, feet: Sequence[Footprint]) -> list[int]:
    if len(tally.rows) <= _WHOLE:
        return list(range(len(tally.rows)))
    return [
        r
        for r, (row, foot) in enumerate(zip(tally.rows, feet, strict=True))
        if row.lo and len(foot.places) == 1 and foot.last - foot.first < _SHORT_DAYS
    ]


def _is_over(row: Row, number: Number) -> bool:
    return row.hi is not None and number > row.hi


def _placed(side: Side) -> list[Placed]:
    marks = {m for _, after, until in side.tally.boxes for m in (after, until)} - {START, END}
    return [
        (kind.tile, _day(kind), kind.counted_at, frozenset(marks - kind.counted_at), number)
        for kind, number in zip(side.kinds, side.numbers, strict=True)
        if number
    ]


def _day(kind: Kindred) -> int:
    """Return a day of the kind's stretch on which its people may share its slot."""
    first, last = kind.days
    slot = kind.cell[1] if kind.cell and len(kind.cell) == 2 else None
    is_open = first == NEVER
    goes_on = isinstance(slot, tuple) and slot[1] > last
    return last if goes_on or is_open else first


def _inside(scope: Scope, asked: Scope, ground: Ground) -> bool:
    if not (asked.first <= scope.first and scope.last <= asked.last):
        return False
    wanted = dict(asked.nodes).get("where", ())
    nodes = dict(scope.nodes).get("where", ())
    return not wanted or bool(
        nodes and all(not ground.above("where", node).isdisjoint(wanted) for node in nodes)
    )


def _touches(scope: Scope, asked: Scope, ground: Ground) -> bool:
    if scope.last < asked.first or asked.last < scope.first:
        return False
    wanted = dict(asked.nodes).get("where", ())
    nodes = dict(scope.nodes).get("where", ())
    return (
        not wanted
        or not nodes
        or any(ground.meet("where", one, other) for one in nodes for other in wanted)
    )
