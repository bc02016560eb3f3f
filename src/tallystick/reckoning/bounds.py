"""Find bounds: what one tally holds at least and at most, and the fewest people behind several.

A tally that disagrees with itself gives way by its least total stretch, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.reckoning.exact import best
from tallystick.reckoning.match import Matching
from tallystick.reckoning.program import Answer, Number, Program
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.tally import Cell, Kindred, Tally, bits

__all__ = ["Shared", "Side", "fewest", "fewest_in", "least_stretch", "most_in"]


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one teller's side of a programme: its kinds of people, rows and columns.

    Args:
        tally: Whose.
        kinds: Its kinds of people; ``first_column`` is the column of the first.
        first_row: Row of the programme that holds its first claim.
        first_column: Column of its first kind.
        links: Row of the programme for each match cell.
        budget: Row that keeps its stretch; None where its figures agree.
        stretch: Its least total stretch.
    """

    tally: Tally
    kinds: Sequence[Kindred]
    first_row: int
    first_column: int
    links: Mapping[Cell, int]
    budget: int | None
    stretch: Fraction


@dataclass(frozen=True, slots=True)
class Shared:
    """Hold a proved bound over several tellers, with all that a certificate needs."""

    value: Fraction
    answer: Answer
    sides: Sequence[Side]
    cover: Mapping[Cell, int]

    def weight(self, side: Side, cell: Cell) -> Number:
        return self.answer.y[side.links[cell]] if cell in side.links else 0

    def budget_price(self, side: Side) -> Number:
        """Return how much of the bound one more of the side's stretch costs."""
        return -self.answer.y[side.budget] if side.budget is not None else 0

    def used(self) -> list[Side]:
        """Return the sides on which the bound rests."""
        return [
            side
            for side in self.sides
            if any(self.answer.y[side.first_row + r] for r in range(len(side.tally.rows)))
        ]


def least_stretch(tally: Tally) -> tuple[Fraction, Sequence[Number]]:
    """Return by how much a tally's figures must give way in all, and the multipliers that prove it.

    0 where they agree.
    """
    if all(row.hi is None for row in tally.rows):
        return Fraction(0), [0] * len(tally.rows)
    program = Program()
    rows = [program.add_row(row.lo, row.hi) for row in tally.rows]
    for kind in tally.kinds(_NOBODY):
        program.add_column(0, ((rows[r], 1) for r in bits(kind.rows)))
    for r, row in enumerate(tally.rows):
        if not row.hard:
            program.add_column(1, [(rows[r], 1)])
            program.add_column(1, [(rows[r], -1)])
    answer = best(program)
    return answer.value, answer.y[: len(rows)]


_NOBODY = Asked.nobody()


def fewest_in(tally: Tally, asked: Asked, stretch: Fraction) -> Fraction:
    """Return the fewest people whom one tally holds within a question."""
    if not any(row.lo for row in tally.rows):
        return Fraction(0)
    return _extreme(tally, asked, stretch, lambda kind: int(kind.cell is not None))


def most_in(tally: Tally, asked: Asked, stretch: Fraction) -> Fraction | None:
    """Return the most people to which a tally's own words bound a question, at any of its marks.

    None if they bound it at none.
    """
    bounded = sum(1 << r for r, row in enumerate(tally.rows) if row.hi is not None)
    found: Fraction | None = None
    for mark in sorted({row.region.until for row in tally.rows if row.hi is not None}):
        there = tally.kinds_at(asked, mark)
        if all(kind.rows & bounded for kind in there if kind.cell is not None):
            most = -_extreme(tally, asked, stretch, lambda k: -int(k.cell is not None), there)
            found = most if found is None else max(found, most)
    return found


def _extreme(
    tally: Tally,
    asked: Asked,
    stretch: Fraction,
    cost: Callable[[Kindred], int],
    kinds: Sequence[Kindred] | None = None,
) -> Fraction:
    program = Program()
    rows = [program.add_row(row.lo, row.hi) for row in tally.rows]
    for kind in tally.kinds(asked) if kinds is None else kinds:
        program.add_column(cost(kind), ((rows[r], 1) for r in bits(kind.rows)))
    _give_way(program, tally, rows[0] if rows else 0, stretch)
    return best(program).value


def _give_way(program: Program, tally: Tally, first_row: int, stretch: Fraction) -> int | None:
    """Let the ends of a contested tally give way by no more than its stretch in all."""
    if not stretch:
        return None
    budget = program.add_row(None, stretch)
    for r, row in enumerate(tally.rows):
        if not row.hard:
            program.add_column(0, [(first_row + r, 1), (budget, 1)])
            program.add_column(0, [(first_row + r, -1), (budget, 1)])
    return budget


def fewest(tallies: Sequence[tuple[Tally, Fraction]], asked: Asked, matching: Matching) -> Shared:
    """Return the fewest distinct people whom the tellers count within a question, proved.

    Args:
        tallies: Each with its least total stretch.
        asked: The question.
        matching: Where people of two tellers may be the same.
    """
    program = Program()
    sides = [_side(program, tally, stretch, asked, matching) for tally, stretch in tallies]
    cells: dict[Cell, list[int]] = {}
    for side in sides:
        for cell, row in side.links.items():
            cells.setdefault(cell, []).append(row)
    cover = {
        cell: program.add_column(1, ((row, 1) for row in rows)) for cell, rows in cells.items()
    }
    answer = best(program)
    return Shared(answer.value, answer, sides, cover)


def _side(
    program: Program, tally: Tally, stretch: Fraction, asked: Asked, matching: Matching
) -> Side:
    kinds = tally.kinds(
        asked, tiles=matching.tiles, groups=matching.groups or None, cells=matching.cells
    )
    first_row = len(program.lo)
    for row in tally.rows:
        program.add_row(row.lo, row.hi)
    found = sorted({kind.cell for kind in kinds if kind.cell is not None}, key=repr)
    links = {cell: program.add_row(0, None) for cell in found}
    first_column = len(program.cost)
    for kind in kinds:
        entries = [(first_row + r, 1) for r in bits(kind.rows)]
        if kind.cell is not None:
            entries.append((links[kind.cell], -1))
        program.add_column(0, entries)
    budget = _give_way(program, tally, first_row, stretch)
    return Side(tally, kinds, first_row, first_column, links, budget, stretch)
