"""Ask HiGHS for an optimum. Its numbers are floats, so nothing here is a proof: ``exact.py`` is.

This is the only file that knows the solver.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.program import Program

__all__ = ["Guess", "ask"]


@dataclass(frozen=True, slots=True)
class Guess:
    """Hold what the solver believes.

    Args:
        state: Whether there is an optimum.
        x: Columns.
        y: Multipliers of the rows.
        basis: Which columns are basic, and which rows' slacks.
    """

    state: Literal["optimal", "infeasible", "unbounded"]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    basis: Callable[[], tuple[NDArray[np.bool_], NDArray[np.bool_]]]


def ask(program: Program, *, presolve: bool = True) -> Guess:
    """Return the solver's optimum of a programme.

    Args:
        program: What is asked.
        presolve: Reduce it first; where it is many small programmes, that costs more than it saves.
    """
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy ships no types for it
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    if not presolve:
        highs.setOptionValue("presolve", "off")
    highs.passModel(_model(program))
    highs.run()
    state = highs.getModelStatus()
    if state == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        highs.setOptionValue("presolve", "off")
        highs.clearSolver()
        highs.run()
        state = highs.getModelStatus()
    return _guess(highs, state)


def _model(program: Program) -> highspy.HighsLp:
    rows, columns = program.shape
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows, columns
    model.col_cost_ = np.asarray(program.cost, dtype=np.float64)
    model.col_lower_ = np.zeros(columns)
    model.col_upper_ = np.full(columns, highspy.kHighsInf)
    model.row_lower_ = np.array(
        [-highspy.kHighsInf if end is None else float(end) for end in program.lo]
    )
    model.row_upper_ = np.array(
        [highspy.kHighsInf if end is None else float(end) for end in program.hi]
    )
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.asarray(program.starts, dtype=np.int32)
    model.a_matrix_.index_ = np.asarray(program.rows, dtype=np.int32)
    model.a_matrix_.value_ = np.asarray(program.values, dtype=np.float64)
    return model


def _guess(highs: highspy.Highs, state: highspy.HighsModelStatus) -> Guess:
    known: dict[object, Literal["optimal", "infeasible", "unbounded"]] = {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kModelEmpty: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kUnbounded: "unbounded",
    }
    found = highs.getSolution()
    basis = highs.getBasis()

    def basic() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        is_basic = highspy.HighsBasisStatus.kBasic
        return (
            np.array([status == is_basic for status in basis.col_status], dtype=np.bool_),
            np.array([status == is_basic for status in basis.row_status], dtype=np.bool_),
        )

    return Guess(
        known.get(state, "infeasible"),
        np.asarray(found.col_value, dtype=np.float64),
        np.asarray(found.row_dual, dtype=np.float64),
        basic,
    )
