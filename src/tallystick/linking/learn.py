"""Fit the model to a context: from readers' verdicts, or from the lists alone.

The trees stay as they are; what changes is how their score is turned into a probability (slope
and shift), which is what differs most between contexts, and which few verdicts can settle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.errors import TooLittle
from tallystick.linking.score import Model

__all__ = ["TooFewVerdicts", "fitted", "learned"]

_LEAST = 30


class TooFewVerdicts(TooLittle):
    """Learning needs verdicts of both kinds."""

    def __init__(self, same: int, different: int) -> None:
        super().__init__(
            f"{same} verdicts say same, {different} different; {_LEAST} are needed, of both kinds.",
            then="answer more questions of `tallystick review`, or keep the default model.",
        )


def learned(model: Model, log_odds: Sequence[float], same: Sequence[bool]) -> Model:
    """Turn the model's scale to fit verdicts.

    Args:
        model: To start from.
        log_odds: What the model said of each pair before the verdict.
        same: What the reader said.

    Raises:
        TooFewVerdicts: fewer than thirty, or all of one kind; the slope would be a guess.
    """
    x, y = np.asarray(log_odds, float), np.asarray(same, float)
    if len(y) < _LEAST or y.min() == y.max():
        raise TooFewVerdicts(int(y.sum()), int(len(y) - y.sum()))
    slope, shift = fitted(x, y)
    lot = replace(model.lot, slope=model.lot.slope * slope, shift=model.lot.shift + shift)
    # The cut moves with the scale: the mean log-odds at which the new odds are as the old were.
    cut = (model.cut - shift) / max(slope, 0.2)
    return replace(model, name=f"{model.name}+verdicts", cut=float(cut), lot=lot)


def fitted(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Fit slope and shift of a logistic curve, held near (1, 0) by a weak prior.

    Method:
        Newton's steps on the penalised likelihood (Platt 1999, with Gaussian priors of
        standard deviation 0.5 on the slope and 2 on the shift).
    """
    beta = np.array([1.0, 0.0])
    design = np.column_stack([np.clip(x, -12, 12), np.ones(len(x))])
    prior = np.diag([4.0, 0.25])
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (y - p) - prior @ (beta - [1.0, 0.0])
        hessian = (design * (p * (1 - p))[:, None]).T @ design + prior
        step = np.linalg.solve(hessian, gradient)
        beta = beta + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return float(max(beta[0], 0.05)), float(beta[1])
