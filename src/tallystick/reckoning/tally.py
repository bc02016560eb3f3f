"""Cut one teller's tally into the fewest kinds of people that its claims and a question tell apart.

Two people are of one kind if no claim of the teller and no part of the question tells them
apart. What lies in which claim is kept as bits, so that kinds of people can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tallystick.reckoning.book import Teller
from tallystick.reckoning.ground import Forests
from tallystick.reckoning.marks import END, Moment, later_sets
from tallystick.reckoning.scope import EVER, NEVER, Asked, Scope, Tile, meet_of_tiles

__all__ = ["Cell", "Group", "Kindred", "Tally", "bits", "groups_of"]

Group = tuple[int, int]
Cell = tuple[object, ...]
Box = tuple[Scope, Moment, Moment]


@dataclass(frozen=True, slots=True)
class Kindred:
    """Hold one kind of people of one teller, with an example of where they stand.

    Args:
        rows: Bits of the rows that count them.
        cell: The match cell where they stand; None if the question does not ask for them.
        tile: Example: how the teller describes them.
        days: Example: the stretch of days.
        counted_at: Example: the marks at which they have been counted.
    """

    rows: int
    cell: Cell | None
    tile: Tile
    days: Group
    counted_at: frozenset[Moment]


def groups_of(spans: Iterable[tuple[int, int]]) -> list[Group]:
    """Cut all days at both ends of each span."""
    cuts = {NEVER}
    for first, last in spans:
        cuts |= {first, last + 1}
    ordered = sorted(cut for cut in cuts if NEVER <= cut <= EVER)
    return [
        (first, following - 1)
        for first, following in zip(ordered, [*ordered[1:], EVER + 1], strict=True)
    ]


class Tally:
    """Hold one teller's rows over the boxes that they speak of."""

    def __init__(self, teller: Teller, ground: Forests) -> None:
        self.teller = teller
        self.ground = ground
        self.rows = teller.rows
        boxes: dict[Box, int] = {}
        self._row_bits: list[tuple[int, int]] = []
        self._rows_of: dict[int, int] = {}
        self._bits_of_tile: dict[Tile, int] = {}
        self._bits_of_days: dict[Group, int] = {}
        self._closed: dict[tuple[frozenset[Tile], frozenset[Tile]], frozenset[Tile]] = {}
        self._histories: dict[int, list[tuple[int, frozenset[Moment]]]] = {}
        for row in self.rows:
            region = row.region
            own = boxes.setdefault((region.scope, region.after, region.until), len(boxes))
            less = 0
            for scope in region.less:
                less |= 1 << boxes.setdefault((scope, region.after, region.until), len(boxes))
            self._row_bits.append((1 << own, less))
        self.boxes: Sequence[Box] = tuple(boxes)

    @cached_property
    def tiles(self) -> frozenset[Tile]:
        """Return the tiles of its boxes, and where they meet."""
        return self.closed({tile for scope, _, _ in self.boxes for tile in scope.tiles()})

    def closed(
        self, tiles: Iterable[Tile], start: frozenset[Tile] = frozenset({()})
    ) -> frozenset[Tile]:
        """Return tiles and all their meets, beginning from a set that is closed already."""
        more = frozenset(tiles) - start
        known = self._closed.get((more, start))
        if known is None:
            known = self._closed[more, start] = self._closure(more, start)
        return known

    def _closure(self, tiles: frozenset[Tile], start: frozenset[Tile]) -> frozenset[Tile]:
        found = set(start)
        meets, ground = self.ground.meets, self.ground
        for tile in sorted(tiles - found):
            if tile in found:
                continue
            for other in list(found):
                met = meets.get((tile, other), tile)
                if met is tile and (tile, other) not in meets:
                    met = meets[tile, other] = meet_of_tiles(tile, other, ground)
                if met is not None:
                    found.add(met)
        return frozenset(found)

    @cached_property
    def later(self) -> dict[int, frozenset[Moment]]:
        """Return, for each set of boxes that hold people of one history, such a history."""
        marks = {mark for _, after, until in self.boxes for mark in (after, until)}
        found: dict[int, frozenset[Moment]] = {}
        for history in later_sets(sorted(marks)):
            bits = 0
            for i, (_, after, until) in enumerate(self.boxes):
                if (until == END or until in history) and after not in history:
                    bits |= 1 << i
            found.setdefault(bits, history)
        return found

    def bits_of_tile(self, tile: Tile) -> int:
        bits = self._bits_of_tile.get(tile)
        if bits is None:
            bits = 0
            for i, (scope, _, _) in enumerate(self.boxes):
                if scope.holds(tile, self.ground):
                    bits |= 1 << i
            self._bits_of_tile[tile] = bits
        return bits

    def bits_of_days(self, days: Group) -> int:
        bits = self._bits_of_days.get(days)
        if bits is None:
            bits = 0
            for i, (scope, _, _) in enumerate(self.boxes):
                if scope.first <= days[0] and days[1] <= scope.last:
                    bits |= 1 << i
            self._bits_of_days[days] = bits
        return bits

    def rows_of(self, boxes: int) -> int:
        """Return the bits of the rows that count people who stand in these boxes."""
        bits = self._rows_of.get(boxes)
        if bits is None:
            bits = 0
            for r, (own, less) in enumerate(self._row_bits):
                if boxes & own and not boxes & less:
                    bits |= 1 << r
            self._rows_of[boxes] = bits
        return bits

    def kinds(
        self,
        asked: Asked,
        *,
        tiles: Iterable[Tile] = (),
        groups: Sequence[Group] | None = None,
        cells: Callable[[Tile, Group], Iterable[Cell]] = lambda _tile, _days: ((),),
    ) -> list[Kindred]:
        """Return every kind of people that the tally can hold, each once.

        Args:
            asked: The question; whom it does not ask for has no cell.
            tiles: Further tiles to tell apart, such as where other tellers count people.
            groups: Stretches of days to tell apart; by default its own and the question's.
            cells: The match cells in which people of a tile and a stretch of days may stand.
        """
        whole = self.closed([*asked.tiles(), *tiles], start=self.tiles)
        if groups is None:
            spans = [(scope.first, scope.last) for scope, _, _ in self.boxes]
            groups = groups_of([*spans, (asked.scope.first, asked.scope.last)])
        of_days = [(days, self.bits_of_days(days)) for days in groups]
        found: dict[tuple[int, Cell | None], Kindred] = {}
        for tile in sorted(whole):
            self._add(tile, of_days, asked, cells, found)
        return list(found.values())

    def kinds_at(self, asked: Asked, mark: Moment) -> list[Kindred]:
        """Return the kinds of people; a cell only for those counted at a mark."""
        found: dict[tuple[int, bool], Kindred] = {}
        spans = [(scope.first, scope.last) for scope, _, _ in self.boxes]
        groups = groups_of([*spans, (asked.scope.first, asked.scope.last)])
        of_days = [(days, self.bits_of_days(days)) for days in groups]
        histories = [(b, mark == END or mark in history) for b, history in self.later.items()]
        for tile in sorted(self.closed(asked.tiles(), start=self.tiles)):
            of_tile = self.bits_of_tile(tile)
            is_asked = asked.holds(tile, self.ground)
            for days, here in of_days:
                inside = is_asked and asked.scope.first <= days[0] and days[1] <= asked.scope.last
                for of_history, counted in histories:
                    rows = self.rows_of(of_tile & here & of_history)
                    counts = inside and counted
                    if (rows or counts) and (rows, counts) not in found:
                        cell = () if counts else None
                        found[rows, counts] = Kindred(rows, cell, tile, days, frozenset())
        return list(found.values())

    def _add(
        self,
        tile: Tile,
        of_days: Sequence[tuple[Group, int]],
        asked: Asked,
        cells: Callable[[Tile, Group], Iterable[Cell]],
        found: dict[tuple[int, Cell | None], Kindred],
    ) -> None:
        of_tile = self.bits_of_tile(tile)
        if not of_tile:
            return
        is_asked = asked.holds(tile, self.ground)
        rows_in: dict[int, list[tuple[int, frozenset[Moment]]]] = {}
        for days, bits in of_days:
            here = of_tile & bits
            if not here:
                continue
            if here not in rows_in:
                rows_in[here] = self._rows_with_history(here)
            inside = is_asked and asked.scope.first <= days[0] and days[1] <= asked.scope.last
            places: Iterable[Cell | None] = cells(tile, days) if inside else (None,)
            for cell in places:
                for rows, history in rows_in[here]:
                    if (rows, cell) not in found:
                        found[rows, cell] = Kindred(rows, cell, tile, days, history)

    def _rows_with_history(self, boxes: int) -> list[tuple[int, frozenset[Moment]]]:
        """Return the rows that count people of these boxes, for each history that matters."""
        known = self._histories.get(boxes)
        if known is None:
            seen: dict[int, frozenset[Moment]] = {}
            for counted, history in self.later.items():
                seen.setdefault(boxes & counted, history)
            by_rows: dict[int, frozenset[Moment]] = {}
            for counted, history in seen.items():
                rows = self.rows_of(counted)
                if rows:
                    by_rows.setdefault(rows, history)
            known = self._histories[boxes] = list(by_rows.items())
        return known


def bits(mask: int) -> Iterator[int]:
    """Yield the places of the bits that are set."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
