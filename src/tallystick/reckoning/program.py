"""Hold a linear programme in exact numbers: least ``cost @ x``, ``lo <= A @ x <= hi``, x >= 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

__all__ = ["Answer", "Number", "Program"]

Number = int | Fraction


@dataclass(slots=True)
class Program:
    """Grow a programme column by column; rows first, since columns name them.

    Every entry is 1 or -1.

    Invariant: ``starts[j] .. starts[j + 1]`` are the entries of column j.
    """

    lo: list[Number | None] = field(default_factory=list)
    hi: list[Number | None] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    rows: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)

    def add_row(self, lo: Number | None, hi: Number | None) -> int:
        self.lo.append(lo)
        self.hi.append(hi)
        return len(self.lo) - 1

    def add_column(self, cost: int, plus: Iterable[int], minus: Sequence[int] = ()) -> int:
        """Add a column with 1 in some rows and -1 in others."""
        self.rows += plus
        self.values += [1] * (len(self.rows) - len(self.values))
        self.rows += minus
        self.values += [-1] * len(minus)
        self.starts.append(len(self.rows))
        self.cost.append(cost)
        return len(self.cost) - 1

    def stack(self, other: Program) -> tuple[slice, slice]:
        """Add a programme that shares nothing with this one; return its rows and columns."""
        first_row, first_column = self.shape
        self.lo += other.lo
        self.hi += other.hi
        self.cost += other.cost
        first_entry = len(self.rows)
        self.starts += [first_entry + start for start in other.starts[1:]]
        self.rows += [first_row + row for row in other.rows]
        self.values += other.values
        return slice(first_row, len(self.lo)), slice(first_column, len(self.cost))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return len(self.lo), len(self.cost)

    def columns_of_entries(self) -> NDArray[np.int64]:
        """Return the column of each entry."""
        return np.repeat(np.arange(len(self.cost)), np.diff(np.asarray(self.starts)))


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold a proved optimum: both solutions exact, each proving the other best.

    Args:
        value: The optimum.
        x: One number for each column.
        y: One multiplier for each row; above 0 on its lower end, below 0 on its upper.
    """

    value: Fraction
    x: Sequence[Number]
    y: Sequence[Number]
