"""Find bounds: what one tally holds at least and at most, and the fewest people behind several.

A tally that disagrees with itself gives way by its least total stretch, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.reckoning.cells import Classes
from tallystick.reckoning.exact import best
from tallystick.reckoning.match import Matching
from tallystick.reckoning.program import Answer, Number, Program
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.tally import Cell, Kindred, Tally, bits

__all__ = ["Shared", "Side", "fewest", "least_stretch", "most_in"]


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one teller's side of a solved programme.

    Args:
        tally: Whose; with the rows of one cluster.
        kinds: Its kinds of people.
        numbers: How many of each kind.
        prices: One multiplier a row; above 0 on its lower end, below 0 on its upper.
        weights: Its weight in each match cell.
        stretch: Its least total stretch.
        gives_way: How much of the bound one more of its stretch costs.
    """

    tally: Tally
    kinds: Sequence[Kindred]
    numbers: Sequence[Number]
    prices: Sequence[Number]
    weights: Mapping[Cell, Number]
    stretch: Fraction
    gives_way: Number

    @property
    def carries(self) -> bool:
        """Say whether the bound rests on it."""
        return any(self.prices)

    @property
    def proves(self) -> Fraction:
        """Return how many people its claims prove, with its weights."""
        value = Fraction(-self.gives_way * self.stretch)
        for price, row in zip(self.prices, self.tally.rows, strict=True):
            if price:
                value += price * (row.lo if price > 0 else row.hi or 0)
        return value


@dataclass(frozen=True, slots=True)
class Shared:
    """Hold a proved bound over several tellers, with all that a certificate needs.

    Args:
        value: The exact optimum.
        sides: The tellers; one that speaks in several clusters has several.
        cover: People in each match cell.
    """

    value: Fraction
    sides: Sequence[Side]
    cover: Mapping[Cell, Number]

    def used(self) -> list[Side]:
        """Return the sides on which the bound rests."""
        return [side for side in self.sides if side.carries]


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


@dataclass(frozen=True, slots=True)
class _Entered:
    """Hold where one teller stands in a programme."""

    tally: Tally
    kinds: Sequence[Kindred]
    first_row: int
    first_column: int
    links: Mapping[Cell, int]
    budget: int | None
    stretch: Fraction

    def prices(self, answer: Answer) -> Sequence[Number]:
        return answer.y[self.first_row : self.first_row + len(self.tally.rows)]

    def side(self, answer: Answer, weights: Mapping[Cell, Number]) -> Side:
        return Side(
            tally=self.tally,
            kinds=self.kinds,
            numbers=answer.x[self.first_column : self.first_column + len(self.kinds)],
            prices=self.prices(answer),
            weights=weights,
            stretch=self.stretch,
            gives_way=-answer.y[self.budget] if self.budget is not None else 0,
        )


def fewest(tallies: Sequence[tuple[Tally, Fraction]], asked: Asked, matching: Matching) -> Shared:
    """Return the fewest distinct people whom the tellers count within a question, proved.

    Args:
        tallies: Each with its least total stretch.
        asked: The question.
        matching: Where people of two tellers may be the same.
    """
    of_tellers = [
        tally.kinds(
            asked, tiles=matching.tiles, groups=matching.groups or None, cells=matching.cells
        )
        for tally, _ in tallies
    ]
    classes = Classes(of_tellers)
    while True:
        answer, entered, cover = _solved(tallies, of_tellers, classes.entered)
        if not classes.enter_those_worth([each.prices(answer) for each in entered]):
            break
    return Shared(
        answer.value,
        tuple(
            each.side(answer, classes.weights(teller, each.prices(answer)))
            for teller, each in enumerate(entered)
        ),
        {cell: answer.x[column] for cell, column in cover.items() if answer.x[column]},
    )


def _solved(
    tallies: Sequence[tuple[Tally, Fraction]],
    of_tellers: Sequence[Sequence[Kindred]],
    within: Collection[Cell],
) -> tuple[Answer, Sequence[_Entered], Mapping[Cell, int]]:
    """Solve the programme with some of the match cells; return also where its columns are."""
    program = Program()
    entered = [
        _enter(program, tally, stretch, [k for k in kinds if k.cell is None or k.cell in within])
        for (tally, stretch), kinds in zip(tallies, of_tellers, strict=True)
    ]
    cells: dict[Cell, list[int]] = {}
    for each in entered:
        for cell, row in each.links.items():
            cells.setdefault(cell, []).append(row)
    cover = {
        cell: program.add_column(1, ((row, 1) for row in rows)) for cell, rows in cells.items()
    }
    return best(program), entered, cover


def _enter(program: Program, tally: Tally, stretch: Fraction, kinds: Sequence[Kindred]) -> _Entered:
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
    return _Entered(tally, kinds, first_row, first_column, links, budget, stretch)
