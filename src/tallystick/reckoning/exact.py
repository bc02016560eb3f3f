"""Turn the solver's floats into exact numbers that prove each other, or find them ourselves.

A guess counts for nothing until exact arithmetic has confirmed it: the columns keep every row,
the multipliers keep every column, and both give the same value. The floats are first read as
fractions of small denominators; if that does not verify, the solver's basis is factorised in
fractions; if that does not verify either, the solver is asked again without reducing the
programme first; and if all fails, a simplex in fractions solves it anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.basis import from_basis
from tallystick.reckoning.program import Answer, Number, Program
from tallystick.reckoning.simplex import simplex
from tallystick.reckoning.solve import ask

__all__ = ["Endless", "as_whole", "best", "best_of_each"]

_DENOMINATORS = (1, 2, 3, 4, 6, 12, 60, 840, 27720)
_NEAR = 1e-6
# So many of these may be added up in 64 bits as a programme can have entries: each is 1 or -1.
_SMALL = 1 << 31


class Endless(Exception):
    """A programme has no least value, or no solution at all."""


def best(program: Program) -> Answer:
    """Return the least value of a programme that has one, proved.

    Raises:
        Endless: Nothing bounds it, or nothing solves it.
    """
    if not program.cost or not program.lo:
        return _without_rows(program)
    for presolve in (True, False):
        guess = ask(program, presolve=presolve)
        if guess.state == "optimal":
            answer = _read(program, guess.x, guess.y)
            if answer is not None:
                return answer
            answer = from_basis(program, *guess.basis())
            if answer is not None and proves(program, answer):
                return answer
    answer = simplex(program)
    if answer is None:
        raise Endless
    assert proves(program, answer), "the simplex in fractions proves its answer"
    return answer


def best_of_each(programs: Sequence[Program]) -> list[Answer]:
    """Return the least values of programmes that share nothing, solved side by side.

    Raises:
        Endless: Nothing bounds one of them, or nothing solves it.
    """
    whole = Program()
    parts = [whole.stack(program) for program in programs]
    guess = ask(whole, presolve=False)
    answers = []
    for program, (rows, columns) in zip(programs, parts, strict=True):
        answer = None
        if guess.state == "optimal" and program.cost and program.lo:
            answer = _read(program, guess.x[columns], guess.y[rows])
        answers.append(answer or best(program))
    return answers


def _without_rows(program: Program) -> Answer:
    if any(cost < 0 for cost in program.cost):
        raise Endless
    if any(
        (lo or 0) > 0 or (hi is not None and hi < 0)
        for lo, hi in zip(program.lo, program.hi, strict=True)
    ):
        raise Endless
    return Answer(Fraction(0), [0] * len(program.cost), [0] * len(program.lo))


def _read(program: Program, x: NDArray[np.float64], y: NDArray[np.float64]) -> Answer | None:
    exact_x = _as_fractions(x)
    exact_y = _as_fractions(y)
    if exact_x is None or exact_y is None:
        return None
    value = sum(cost * x for cost, x in zip(program.cost, exact_x, strict=True) if cost and x)
    answer = Answer(Fraction(value), exact_x, exact_y)
    return answer if proves(program, answer) else None


def _as_fractions(numbers: NDArray[np.float64]) -> list[Number] | None:
    for denominator in _DENOMINATORS:
        scaled = numbers * denominator
        whole = np.rint(scaled)
        if np.all(np.abs(scaled - whole) <= _NEAR * denominator):
            ints = [int(number) for number in whole.tolist()]
            if denominator == 1:
                return list(ints)
            return [Fraction(n, denominator) if n % denominator else n // denominator for n in ints]
    return None


def proves(program: Program, answer: Answer) -> bool:
    """Say whether both halves of an answer hold, in exact arithmetic, and meet."""
    scale_x, x = as_whole(answer.x)
    scale_y, y = as_whole(answer.y)
    columns = program.columns_of_entries()
    rows = np.asarray(program.rows, dtype=np.int64)
    values = np.asarray(program.values, dtype=np.int64)
    sums = _sums(rows, values * x[columns], len(program.lo))
    prices = _sums(columns, values * y[rows], len(program.cost))
    return (
        min(x, default=0) >= 0
        and _keeps_rows(program, sums, scale_x)
        and all(price <= cost * scale_y for price, cost in zip(prices, program.cost, strict=True))
        and _value_by_rows(program, answer.y) == answer.value
    )


def as_whole(numbers: Sequence[Number]) -> tuple[int, NDArray[np.int64] | NDArray[np.object_]]:
    """Return numbers times one common denominator: as Python's integers, if they are not small."""
    scale = lcm(*{number.denominator for number in numbers})
    whole = [int(number * scale) for number in numbers]
    is_small = max(map(abs, whole), default=0) < _SMALL
    return scale, np.array(whole, dtype=np.int64 if is_small else object)


def _sums(
    where: NDArray[np.int64], what: NDArray[np.int64] | NDArray[np.object_], size: int
) -> list[int]:
    found = np.zeros(size, dtype=what.dtype)
    np.add.at(found, where, what)
    return list(found.tolist())


def _keeps_rows(program: Program, sums: Sequence[int], scale: int) -> bool:
    return all(
        (lo is None or lo * scale <= total) and (hi is None or total <= hi * scale)
        for lo, hi, total in zip(program.lo, program.hi, sums, strict=True)
    )


def _value_by_rows(program: Program, y: Sequence[Number]) -> Fraction | None:
    """Return what the multipliers prove; None if one of them leans on an end that is open."""
    value: Number = 0
    for number, lo, hi in zip(y, program.lo, program.hi, strict=True):
        if number:
            end = lo if number > 0 else hi
            if end is None:
                return None
            value += number * end
    return Fraction(value)
