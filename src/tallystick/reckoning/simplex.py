"""Solve a small linear programme in fractions, without any solver: slow, and never wrong.

It is asked only where the solver's floats could not be confirmed.

Method:
    Two-phase simplex on a dense tableau with Bland's rule (Bland 1977), which always ends.
"""

from __future__ import annotations

from fractions import Fraction

from tallystick.reckoning.program import Answer, Program

__all__ = ["simplex"]


def simplex(program: Program) -> Answer | None:
    """Return the optimum; None if there is no solution, or no least one."""
    table = _Table(program)
    if not table.minimise(table.phase_one_costs()) or table.value:
        return None
    table.forbid_artificials()
    if not table.minimise(table.real_costs()):
        return None
    return table.answer()


class _Table:
    """Hold the tableau. Every end of a row is one equation with a slack and an artificial."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.n = len(program.cost)
        self.sides = [
            (i, sign)
            for i, (lo, hi) in enumerate(zip(program.lo, program.hi, strict=True))
            for sign, end in ((1, lo), (-1, hi))
            if end is not None
        ]
        m = len(self.sides)
        self.width = self.n + 2 * m
        self.flips: list[int] = []
        self.lines = [self._line(k, *side) for k, side in enumerate(self.sides)]
        self.basis = [self.n + m + k for k in range(m)]
        self.allowed = self.width
        self.value = Fraction(0)
        self.reduced: list[Fraction] = []

    def _line(self, k: int, i: int, sign: int) -> list[Fraction]:
        line = [Fraction(0)] * (self.width + 1)
        program = self.program
        for j in range(self.n):
            for entry in range(program.starts[j], program.starts[j + 1]):
                if program.rows[entry] == i:
                    line[j] += sign * program.values[entry]
        end = program.lo[i] if sign > 0 else program.hi[i]
        line[self.n + k] = Fraction(-1)
        line[-1] = Fraction(sign * (end or 0))
        flip = -1 if line[-1] < 0 else 1
        self.flips.append(flip)
        line = [flip * number for number in line]
        line[self.n + len(self.sides) + k] = Fraction(1)
        return line

    def phase_one_costs(self) -> list[Fraction]:
        first = self.n + len(self.sides)
        return [Fraction(int(j >= first)) for j in range(self.width)]

    def real_costs(self) -> list[Fraction]:
        costs = [Fraction(cost) for cost in self.program.cost]
        return costs + [Fraction(0)] * (self.width - self.n)

    def forbid_artificials(self) -> None:
        self.allowed = self.n + len(self.sides)

    def minimise(self, costs: list[Fraction]) -> bool:
        """Pivot to the least cost; False if nothing bounds it."""
        self.reduced = [*costs, Fraction(0)]
        for line, j in zip(self.lines, self.basis, strict=True):
            if costs[j]:
                self.reduced = [r - costs[j] * v for r, v in zip(self.reduced, line, strict=True)]
        while True:
            enter = next((j for j in range(self.allowed) if self.reduced[j] < 0), None)
            if enter is None:
                self.value = -self.reduced[-1]
                return True
            if not self._pivot(enter):
                return False

    def _pivot(self, enter: int) -> bool:
        ratios = [
            (line[-1] / line[enter], self.basis[k], k)
            for k, line in enumerate(self.lines)
            if line[enter] > 0
        ]
        # An artificial that stays basic at zero must not grow again.
        ratios += [
            (Fraction(0), self.basis[k], k)
            for k, line in enumerate(self.lines)
            if line[enter] < 0 and self.basis[k] >= self.allowed
        ]
        if not ratios:
            return False
        leave = min(ratios)[2]
        factor = self.lines[leave][enter]
        pivot = [number / factor for number in self.lines[leave]]
        self.lines[leave] = pivot
        self.basis[leave] = enter
        for k, line in enumerate(self.lines):
            if k != leave and line[enter]:
                self.lines[k] = _minus(line, pivot, line[enter])
        self.reduced = _minus(self.reduced, pivot, self.reduced[enter])
        return True

    def answer(self) -> Answer:
        x = [Fraction(0)] * self.n
        for line, j in zip(self.lines, self.basis, strict=True):
            if j < self.n:
                x[j] = line[-1]
        y = [Fraction(0)] * len(self.program.lo)
        first = self.n + len(self.sides)
        for k, (i, sign) in enumerate(self.sides):
            y[i] -= sign * self.flips[k] * self.reduced[first + k]
        return Answer(self.value, x, y)


def _minus(line: list[Fraction], other: list[Fraction], factor: Fraction) -> list[Fraction]:
    return [one - factor * two if two else one for one, two in zip(line, other, strict=True)]
