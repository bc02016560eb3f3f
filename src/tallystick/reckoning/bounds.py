"""Find bounds: what one tally holds at least and at most, and the fewest people behind several.

A tally that disagrees with itself gives way by its least total stretch, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.reckoning.cells import Classes
from tallystick.reckoning.exact import best
from tallystick.reckoning.marks import Moment, precedes
from tallystick.reckoning.match import Matching
from tallystick.reckoning.program import Answer, Number, Program
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.tally import Cell, Kindred, Tally, bits

__all__ = ["Shared", "Sheet", "Side", "least_stretch", "most_in"]


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one teller's side of a solved programme.

    Args:
        tally: Whose; with the rows of one cluster.
        kinds: Its kinds of people, where there are any.
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
        program.add_column(0, (rows[r] for r in bits(kind.rows)))
    for r, row in enumerate(tally.rows):
        if not row.hard:
            program.add_column(1, [rows[r]])
            program.add_column(1, [], [rows[r]])
    answer = best(program)
    return answer.value, answer.y[: len(rows)]


_NOBODY = Asked.nobody()


def most_in(tally: Tally, asked: Asked, stretch: Fraction) -> Fraction | None:
    """Return the most people to which a tally's own words bound a question, at any of its marks.

    None if they bound it at none.
    """
    bounded = sum(1 << r for r, row in enumerate(tally.rows) if row.hi is not None)
    found: Answer | None = None
    # Later marks first: more are counted there, and what bounds them mostly bounds the earlier.
    for mark in reversed(_marks_that_may_bound(tally, asked)):
        there = tally.kinds_at(asked, mark)
        if all(kind.rows & bounded for kind in there if kind.cell is not None) and not (
            found is not None and _bounds(found.y, there)
        ):
            answer = _most(tally, there, stretch)
            if found is None or answer.value < found.value:
                found = answer
    return None if found is None else -found.value


def _bounds(prices: Sequence[Number], kinds: Sequence[Kindred]) -> bool:
    """Say whether multipliers found at one mark prove the same at another."""
    return all(
        sum(prices[r] for r in bits(kind.rows)) <= -int(kind.cell is not None) for kind in kinds
    )


def _most(tally: Tally, kinds: Sequence[Kindred], stretch: Fraction) -> Answer:
    """Return the most people in any cell, as a least value below 0."""
    program = Program()
    for row in tally.rows:
        program.add_row(row.lo, row.hi)
    for kind in kinds:
        program.add_column(-int(kind.cell is not None), bits(kind.rows))
    _give_way(program, tally, 0, stretch)
    return best(program)


def _marks_that_may_bound(tally: Tally, asked: Asked) -> list[Moment]:
    """Return the marks at which nobody is without an upper end of whom nothing more is said.

    Whoever is first counted at a mark, and described as the question says and no more finely,
    stands in few rows; where none of them has an upper end, the question has none.
    """
    capped: dict[Moment, int] = {}
    for r, row in enumerate(tally.rows):
        if row.hi is not None:
            capped[row.region.until] = capped.get(row.region.until, 0) | 1 << r
    plain = tally.plainest(asked)
    return [
        mark
        for mark in sorted(capped)
        if all(
            any(rows & late and precedes(mark, until) for until, late in capped.items())
            for rows in plain
        )
    ]


def _give_way(program: Program, tally: Tally, first_row: int, stretch: Fraction) -> int | None:
    """Let the ends of a contested tally give way by no more than its stretch in all."""
    if not stretch:
        return None
    budget = program.add_row(None, stretch)
    for r, row in enumerate(tally.rows):
        if not row.hard:
            program.add_column(0, [first_row + r, budget])
            program.add_column(0, [budget], [first_row + r])
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
        numbers = answer.x[self.first_column : self.first_column + len(self.kinds)]
        there = [(kind, n) for kind, n in zip(self.kinds, numbers, strict=True) if n]
        return Side(
            tally=self.tally,
            kinds=[kind for kind, _ in there],
            numbers=[n for _, n in there],
            prices=self.prices(answer),
            weights=weights,
            stretch=self.stretch,
            gives_way=-answer.y[self.budget] if self.budget is not None else 0,
        )


# What one more person costs if a figure must give way for want of room: more than any bound
# gains by it in practice. Were it too little, the figures would be asked anew for their stretch.
_PENALTY = 1000


class Sheet:
    """Hold one question to some tellers as a programme, until it is answered.

    Args:
        tallies: Each with its least total stretch; None where it is not known: then its figures
            may give way at a price, and ``gave_way`` says whether they had to.
        asked: The question.
        matching: Where people of two tellers may be the same.
    """

    def __init__(
        self,
        tallies: Sequence[tuple[Tally, Fraction | None]],
        asked: Asked,
        matching: Matching,
    ) -> None:
        self.tallies = tallies
        self.of_tellers = [
            tally.kinds(
                asked,
                tiles=matching.tiles,
                keys=matching.keys,
                groups=matching.groups or None,
                cells=matching.cells,
                each=False,
            )
            for tally, _ in tallies
        ]
        self.classes = Classes(self.of_tellers)
        self.shared: Shared | None = None
        self.gave_way = False

    def programme(self) -> Program:
        """Write the programme with the match cells entered so far."""
        program = Program()
        self._penalties: list[int] = []
        self._entered = [
            self._enter(program, tally, stretch, kinds)
            for (tally, stretch), kinds in zip(self.tallies, self.of_tellers, strict=True)
        ]
        cells: dict[Cell, list[int]] = {}
        for each in self._entered:
            for cell, row in each.links.items():
                cells.setdefault(cell, []).append(row)
        self._cover = {cell: program.add_column(1, rows) for cell, rows in cells.items()}
        return program

    def _enter(
        self, program: Program, tally: Tally, stretch: Fraction | None, kinds: Sequence[Kindred]
    ) -> _Entered:
        within = self.classes.entered
        kinds = [kind for kind in kinds if kind.cell is None or kind.cell in within]
        first_row = len(program.lo)
        for row in tally.rows:
            program.add_row(row.lo, row.hi)
        found = dict.fromkeys(kind.cell for kind in kinds if kind.cell is not None)
        links = {cell: program.add_row(0, None) for cell in found}
        first_column = len(program.cost)
        for kind in kinds:
            link = () if kind.cell is None else (links[kind.cell],)
            program.add_column(0, [first_row + r for r in bits(kind.rows)], link)
        budget = None
        if stretch is None:
            self._penalise(program, tally, first_row)
        else:
            budget = _give_way(program, tally, first_row, stretch)
        return _Entered(
            tally, kinds, first_row, first_column, links, budget, stretch or Fraction(0)
        )

    def _penalise(self, program: Program, tally: Tally, first_row: int) -> None:
        has_hard = any(row.hard for row in tally.rows)
        for r, row in enumerate(tally.rows):
            if not row.hard and row.hi is not None:
                self._penalties.append(program.add_column(_PENALTY, [], [first_row + r]))
            if not row.hard and has_hard:
                self._penalties.append(program.add_column(_PENALTY, [first_row + r]))

    def take(self, answer: Answer) -> bool:
        """Write down an answer; say whether it is the last."""
        self.gave_way = any(answer.x[column] for column in self._penalties)
        if self.gave_way:
            return True
        prices = [each.prices(answer) for each in self._entered]
        if self.classes.enter_those_worth(prices):
            return False
        self.shared = Shared(
            answer.value,
            tuple(
                each.side(answer, self.classes.weights(teller, prices[teller]))
                for teller, each in enumerate(self._entered)
            ),
            {cell: answer.x[column] for cell, column in self._cover.items() if answer.x[column]},
        )
        return True
