"""Ask HiGHS for an optimum. Its numbers are floats, so nothing here is a proof: ``exact.py`` is.

This is the only file that knows the solver.
"""

from __future__ import annotations

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
        basic_columns: Which columns are basic.
        basic_rows: Which rows' slacks are basic.
    """

    state: Literal["optimal", "infeasible", "unbounded"]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    basic_columns: NDArray[np.bool_]
    basic_rows: NDArray[np.bool_]


def ask(program: Program) -> Guess:
    """Return the solver's optimum of a programme."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy ships no types for it
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
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
    basic = highspy.HighsBasisStatus.kBasic
    return Guess(
        known.get(state, "infeasible"),
        np.asarray(found.col_value, dtype=np.float64),
        np.asarray(found.row_dual, dtype=np.float64),
        np.array([status == basic for status in basis.col_status], dtype=np.bool_),
        np.array([status == basic for status in basis.row_status], dtype=np.bool_),
    )
