"""Cut one teller's tally into the fewest kinds of people that its claims and a question tell apart.

Two people are of one kind if no claim of the teller and no part of the question tells them
apart. What lies in which claim is kept as bits: along each dimension every choice (a node, a
stretch of days, the marks at which somebody is counted) leaves the boxes that admit it, and a
kind is what is left after one choice along each. Choices that leave the same are made once, and
people in no box are dropped early, so the work grows with what is told apart and not with the
product of the dimensions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from tallystick.reckoning.book import Teller
from tallystick.reckoning.choices import Choices, Group, undominated
from tallystick.reckoning.ground import Forests
from tallystick.reckoning.marks import END, Moment, later_sets
from tallystick.reckoning.scope import Asked, Scope, Tile

__all__ = ["SITE", "Box", "Cell", "Kindred", "Tally", "bits"]

Cell = tuple[object, ...]
Box = tuple[Scope, Moment, Moment]
_NOWHERE = (None,)
# Where people stand, as far as the match cell of place and day asks.
SITE = ("incident", "where")


class Kindred(NamedTuple):
    """Hold one kind of people of one teller, with an example of where they stand.

    Args:
        rows: Bits of the rows that count them.
        cell: The match cell where they stand; None if the question does not ask for them.
        pairs: Example: how the teller describes them.
        days: Example: the stretch of days.
        counted_at: Example: the marks at which they have been counted.
        near: Example: bits of the boxes, and of those of the question, that are left by place,
            incident, days and marks, before anything else is described.
    """

    rows: int
    cell: Cell | None
    pairs: Tile
    days: Group
    counted_at: frozenset[Moment]
    near: int = 0

    @property
    def tile(self) -> Tile:
        return tuple(sorted(self.pairs))


class Tally:
    """Hold one teller's rows over the boxes that they speak of."""

    def __init__(self, teller: Teller, ground: Forests) -> None:
        self.teller = teller
        self.ground = ground
        self.rows = teller.rows

    @cached_property
    def boxes(self) -> Sequence[Box]:
        """Return the boxes of its rows, each once."""
        return tuple(self._boxes)

    @cached_property
    def _boxes(self) -> dict[Box, int]:
        found: dict[Box, int] = {}
        for row in self.rows:
            region = row.region
            for scope in (region.scope, *region.less):
                found.setdefault((scope, region.after, region.until), len(found))
        return found

    @cached_property
    def _rows_of_box(self) -> list[list[tuple[int, int]]]:
        """Return for each box its rows, as bits, with those of the boxes less which they count."""
        found: list[dict[int, int]] = [{} for _ in self._boxes]
        for r, row in enumerate(self.rows):
            region = row.region
            less = 0
            for scope in region.less:
                less |= 1 << self._boxes[scope, region.after, region.until]
            own = found[self._boxes[region.scope, region.after, region.until]]
            own[less] = own.get(less, 0) | 1 << r
        return [[(rows, less) for less, rows in own.items()] for own in found]

    @cached_property
    def _is_plain(self) -> bool:
        """Say whether each row is one box and each box one row: then boxes are rows."""
        return len(self._boxes) == len(self.rows) and not any(row.region.less for row in self.rows)

    @cached_property
    def capped(self) -> int:
        """Return the bits of the rows with an upper end."""
        return sum(1 << r for r, row in enumerate(self.rows) if row.hi is not None)

    @cached_property
    def later(self) -> dict[int, frozenset[Moment]]:
        """Return, for each set of boxes that hold people of one history, such a history."""
        marks = {mark for _, after, until in self.boxes for mark in (after, until)}
        until_at: dict[Moment, int] = {}
        after_at: dict[Moment, int] = {}
        for i, (_, after, until) in enumerate(self.boxes):
            until_at[until] = until_at.get(until, 0) | 1 << i
            after_at[after] = after_at.get(after, 0) | 1 << i
        found: dict[int, frozenset[Moment]] = {}
        for history in later_sets(sorted(marks)):
            counted = until_at.get(END, 0)
            for mark in history:
                counted |= until_at.get(mark, 0)
            for mark in history:
                counted &= ~after_at.get(mark, 0)
            found.setdefault(counted, history)
        return found

    def choices(self, asked: Asked) -> Choices:
        """Return what each choice leaves of the boxes and of a question."""
        return Choices([scope for scope, _, _ in self.boxes], asked, self.ground)

    def rows_of(self, boxes: int) -> int:
        """Return the bits of the rows that count people who stand in these boxes."""
        if self._is_plain:
            return boxes
        rows = self._known.get(boxes)
        if rows is None:
            rows = 0
            for box in bits(boxes):
                for own, less in self._rows_of_box[box]:
                    if not boxes & less:
                        rows |= own
            self._known[boxes] = rows
        return rows

    @cached_property
    def _known(self) -> dict[int, int]:
        return {}

    def rows_at(self, tile: Tile, days: Group, history: frozenset[Moment]) -> int:
        """Return the bits of the rows that count people so described, on such days and marks."""
        here = 0
        for i, (scope, after, until) in enumerate(self.boxes):
            counted = (until == END or until in history) and after not in history
            inside = scope.first <= days[0] and days[1] <= scope.last
            if counted and inside and scope.holds(tile, self.ground):
                here |= 1 << i
        return self.rows_of(here)

    def kinds(
        self,
        asked: Asked,
        *,
        tiles: Iterable[Tile] = ((),),
        keys: Iterable[str] = (),
        groups: Sequence[Group] | None = None,
        cells: Callable[[Tile, Group], Iterable[Cell]] = lambda _tile, _days: ((),),
        each: bool = True,
    ) -> list[Kindred]:
        """Return every kind of people that the tally can hold, each once.

        Args:
            asked: The question; whom it does not ask for has no cell.
            tiles: Descriptions along the dimensions that decide the cell, all that are told
                apart; an absent dimension is "elsewhere".
            keys: Those dimensions.
            groups: Stretches of days to tell apart; by default its own and the question's.
            cells: The match cells in which people of a tile and a stretch of days may stand;
                none if others stand for them.
            each: Return also kinds beside whom others stand in the same cell who keep more rows,
                and no more of those with an upper end.
        """
        choices = self.choices(asked)
        found: dict[tuple[int, Cell | None], Kindred] = {}
        of_days = choices.of_days(groups)
        capped = None if each else self.capped
        finish = choices.finisher(keys, self.later, self.rows_of, capped)
        made: set[tuple[Cell, int]] = set()
        site = [key for key in SITE if key not in keys]
        for tile in sorted(tiles):
            here = choices.admits(keys, tile)
            for days, mask in of_days if here & choices.of_boxes else ():
                left = here & mask
                if not left & choices.of_boxes:
                    continue
                standing = [cell for cell in cells(tile, days) if (cell, left) not in made]
                made.update([(cell, left) for cell in standing])
                for rows, inside, pairs, history, counted in finish(left) if standing else ():
                    for cell in standing if inside else _NOWHERE:
                        if (rows, cell) not in found:
                            near = left & (counted | ~choices.of_boxes)
                            near &= choices.admits(site, pairs)
                            told = Kindred(rows, cell, (*tile, *pairs), days, history, near)
                            found[rows, cell] = told
        if capped is None:
            return list(found.values())
        kept = undominated(found, capped)
        return [told for key, told in found.items() if key in kept]

    def plainest(self, asked: Asked) -> list[int]:
        """Return the rows that count whom a question asks for, described as it does, no finer."""
        choices = self.choices(asked)
        found: dict[int, None] = {}
        for tile in asked.scope.tiles():
            here = choices.admits(choices.keys, tile)
            for _, mask in choices.of_days(None):
                if choices.is_asked(here & mask):
                    found[self.rows_of(here & mask & choices.of_boxes)] = None
        return list(found)

    def kinds_at(self, asked: Asked, mark: Moment) -> list[Kindred]:
        """Return the kinds of people; a cell only for those counted at a mark."""
        choices = self.choices(asked)
        histories: dict[tuple[int, bool], None] = {}
        for counted, history in self.later.items():
            histories[counted, mark == END or mark in history] = None
        lefts: dict[int, tuple[Tile, Group]] = {}
        for days, mask in choices.of_days(None):
            for left, pairs in choices.left_of(mask, choices.keys, choices.everything).items():
                lefts.setdefault(left, (pairs, days))
        found: dict[tuple[int, bool], Kindred] = {}
        for left, (pairs, days) in lefts.items():
            inside = choices.is_asked(left)
            for boxes, counts in {(left & counted, inside and at) for counted, at in histories}:
                if (boxes or counts) and ((rows := self.rows_of(boxes)) or counts):
                    cell = () if counts else None
                    found.setdefault((rows, counts), Kindred(rows, cell, pairs, days, frozenset()))
        return list(found.values())


@lru_cache(maxsize=1 << 16)
def bits(mask: int) -> tuple[int, ...]:
    """Return the places of the bits that are set."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return tuple(found)
