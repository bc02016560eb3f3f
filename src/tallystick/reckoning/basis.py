"""Solve for a basis in fractions: the vertex that the solver meant, without its rounding."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.program import Answer, Program

__all__ = ["eliminate", "from_basis"]

Line = dict[int, Fraction]


def from_basis(
    program: Program, basic_columns: NDArray[np.bool_], basic_rows: NDArray[np.bool_]
) -> Answer | None:
    """Return the two solutions of a basis, not yet proved; None if it is none.

    Rows whose slack is not basic hold with equality at one of their ends: both are tried.
    """
    tight = [i for i, basic in enumerate(basic_rows) if not basic]
    columns = [j for j, basic in enumerate(basic_columns) if basic]
    if len(tight) != len(columns):
        return None
    matrix = _square(program, tight, columns)
    across = [
        [matrix[i].get(j, Fraction(0)) for i in range(len(tight))] for j in range(len(columns))
    ]
    y_tight = eliminate(
        [dict(enumerate(line)) for line in across], [Fraction(program.cost[j]) for j in columns]
    )
    if y_tight is None:
        return None
    ends = []
    for i, multiplier in zip(tight, y_tight, strict=True):
        lo, hi = program.lo[i], program.hi[i]
        end = lo if (multiplier > 0 or hi is None) and lo is not None else hi
        if end is None:
            return None
        ends.append(Fraction(end))
    x_basic = eliminate(matrix, ends)
    if x_basic is None:
        return None
    x = [Fraction(0)] * len(program.cost)
    y = [Fraction(0)] * len(program.lo)
    for j, number in zip(columns, x_basic, strict=True):
        x[j] = number
    for i, number in zip(tight, y_tight, strict=True):
        y[i] = number
    value = sum((c * n for c, n in zip(program.cost, x, strict=True)), Fraction(0))
    return Answer(value, x, y)


def _square(program: Program, tight: list[int], columns: list[int]) -> list[Line]:
    place = {row: k for k, row in enumerate(tight)}
    lines: list[Line] = [{} for _ in tight]
    for k, j in enumerate(columns):
        for entry in range(program.starts[j], program.starts[j + 1]):
            row = place.get(program.rows[entry])
            if row is not None:
                lines[row][k] = lines[row].get(k, Fraction(0)) + program.values[entry]
    return lines


def eliminate(lines: list[Line], right: list[Fraction]) -> list[Fraction] | None:
    """Solve a square sparse system by Gauss and Jordan; None if it has no single solution."""
    work = [
        ({j: v for j, v in line.items() if v}, end) for line, end in zip(lines, right, strict=True)
    ]
    solved: dict[int, tuple[Line, Fraction]] = {}
    while work:
        k = min(range(len(work)), key=lambda i: len(work[i][0]))
        line, end = work.pop(k)
        if not line:
            return None
        pivot = min(line)
        factor = line[pivot]
        line = {j: v / factor for j, v in line.items()}
        end /= factor
        work = [_less(other, line, end, pivot) for other in work]
        solved = {p: _less(other, line, end, pivot) for p, other in solved.items()}
        solved[pivot] = (line, end)
    if len(solved) != len(right):
        return None
    return [solved[j][1] for j in range(len(right))]


def _less(
    other: tuple[Line, Fraction], line: Line, end: Fraction, pivot: int
) -> tuple[Line, Fraction]:
    mine, right = other
    factor = mine.get(pivot)
    if not factor:
        return other
    left = dict(mine)
    for j, value in line.items():
        number = left.get(j, Fraction(0)) - factor * value
        if number:
            left[j] = number
        else:
            left.pop(j, None)
    return left, right - factor * end
