"""Enter only the match cells that a bound needs, and price the others.

Cells that admit the same kinds of people of every teller are one class. A bound rests on few
classes. The others are priced with the multipliers found: a class could lower the bound only if
the weights that its kinds ask for add up to more than 1; then it is entered, and the programme is
solved again. At the end the multipliers prove the bound over every cell.

Method:
    Column generation (Gilmore & Gomory 1961), with exact prices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallystick.reckoning.program import Number
from tallystick.reckoning.tally import Cell, Kindred, bits

__all__ = ["Admits", "Classes", "weight_of"]

# Which rows count the kinds of people of each teller that a class admits.
Admits = Mapping[int, tuple[int, ...]]
_AT_ONCE = 64


def weight_of(rows: Sequence[int], prices: Sequence[Number]) -> Number:
    """Return the least weight that keeps kinds of people counted by these rows in their price."""
    return max((sum(prices[r] for r in bits(mask) if prices[r]) for mask in rows), default=0)


@dataclass(frozen=True, slots=True)
class _Class:
    cells: list[Cell]
    admits: dict[int, tuple[int, ...]]


class Classes:
    """Hold the match cells of one question in classes, and which of them are entered."""

    def __init__(self, of_tellers: Sequence[Sequence[Kindred]]) -> None:
        admits: dict[Cell, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for teller, kinds in enumerate(of_tellers):
            for kind in kinds:
                if kind.cell is not None:
                    admits[kind.cell][teller].add(kind.rows)
        found: dict[tuple[tuple[int, tuple[int, ...]], ...], _Class] = {}
        for cell in sorted(admits, key=repr):
            told = {teller: tuple(sorted(rows)) for teller, rows in admits[cell].items()}
            key = tuple(sorted(told.items()))
            found.setdefault(key, _Class([], told)).cells.append(cell)
        self._classes = list(found.values())
        self.entered: set[Cell] = set()
        if len(self._classes) <= _AT_ONCE:
            self.entered.update(each.cells[0] for each in self._classes)
        else:
            self._enter_every_kind()

    def _enter_every_kind(self) -> None:
        """Enter classes until each kind of people has a place: then there is a solution."""
        lacking = {
            (t, mask) for each in self._classes for t, rows in each.admits.items() for mask in rows
        }
        ranked = sorted(
            enumerate(self._classes),
            key=lambda pair: (-sum(map(len, pair[1].admits.values())), pair[0]),
        )
        for _, each in ranked:
            here = {(t, mask) for t, rows in each.admits.items() for mask in rows}
            if here & lacking:
                self.entered.add(each.cells[0])
                lacking -= here

    def enter_those_worth(self, prices: Sequence[Sequence[Number]]) -> bool:
        """Enter the classes whose weights add up to more than 1; say whether there were any.

        Args:
            prices: For each teller, the multiplier of each of its rows.
        """
        known: dict[tuple[int, tuple[int, ...]], Number] = {}
        worth = []
        for place, each in enumerate(self._classes):
            if each.cells[0] in self.entered:
                continue
            total: Number = 0
            for pair in each.admits.items():
                if pair not in known:
                    known[pair] = max(0, weight_of(pair[1], prices[pair[0]]))
                total += known[pair]
            if total > 1:
                worth.append((-total, place))
        for _, place in sorted(worth)[:_AT_ONCE]:
            self.entered.add(self._classes[place].cells[0])
        return bool(worth)

    def weights(self, teller: int, prices: Sequence[Number]) -> dict[Cell, Number]:
        """Return a teller's weight in every match cell, where it has any."""
        found: dict[Cell, Number] = {}
        for each in self._classes:
            rows = each.admits.get(teller, ())
            weight = max(0, weight_of(rows, prices)) if rows else 0
            if weight:
                found.update(dict.fromkeys(each.cells, weight))
        return found
