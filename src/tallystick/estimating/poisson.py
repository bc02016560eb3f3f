"""Fit many log-linear Poisson models to the same cells at once.

All models of a batch share one design; a mask says which columns and which cells each has. One
matrix product makes every model's normal equations, so a thousand fits cost about as much as ten.

Method: Fienberg 1972; Cormack 1989 (n_0 is the exponential of the constant).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.special import gammaln

__all__ = ["Fits", "fit_all", "is_estimable", "may_be_estimated"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

ROUNDS = 60
SETTLED = 1e-10
LONGEST_STEP = 4.0


@dataclass(frozen=True, slots=True)
class Fits:
    """Hold a batch of fitted models (arrays of shape (models,) unless said).

    Args:
        log_missing: The constant: log of the people expected in the cell nobody saw.
        variance: Variance of the constant.
        log_likelihood: Full Poisson log-likelihood.
        means: Shape (models, cells): people expected per cell; 0 where the cell is masked.
        settled: Whether the iterations converged.
    """

    log_missing: Floats
    variance: Floats
    log_likelihood: Floats
    means: Floats
    settled: Mask


def fit_all(design: Floats, columns: Mask, cells: Mask, people: Floats) -> Fits:
    """Fit every model by iteratively reweighted least squares.

    Args:
        design: Shape (cells, parameters); column 0 is the constant.
        columns: Shape (models, parameters): the parameters each model has.
        cells: Shape (models, cells): the cells each model explains.
        people: Shape (cells,) or (models, cells): people counted.
    """
    n_models, n_params = columns.shape
    counts = np.broadcast_to(people, (n_models, design.shape[0])) * cells
    squares = (design[:, :, None] * design[:, None, :]).reshape(design.shape[0], -1)
    idle = np.eye(n_params)[None] * ~columns[:, :, None]
    both = columns[:, :, None] & columns[:, None, :]
    means = (counts + 0.5) * cells
    log_means = np.log(means, where=cells, out=np.zeros(means.shape))
    beta = np.zeros((n_models, n_params))
    information = np.broadcast_to(np.eye(n_params), both.shape).copy()
    settled = np.zeros(n_models, dtype=bool)
    todo = np.arange(n_models)
    for turn in range(ROUNDS):
        now = means[todo]
        normal = (now @ squares).reshape(-1, n_params, n_params) * both[todo] + idle[todo]
        target = (now * log_means[todo] + counts[todo] - now) @ design * columns[todo]
        step = _solve(normal, target) - beta[todo]
        longest = np.abs(step).max(axis=1)
        if turn:
            step *= np.minimum(1.0, LONGEST_STEP / np.maximum(longest, LONGEST_STEP))[:, None]
        information[todo] = normal
        beta[todo] += step
        log_means[todo] = np.clip(beta[todo] @ design.T, -60.0, 60.0)
        means[todo] = np.exp(log_means[todo]) * cells[todo]
        settled[todo] = longest < SETTLED * (1.0 + np.abs(beta[todo]).max(axis=1))
        todo = np.flatnonzero(~settled)
        if not len(todo):
            break
    unit = np.eye(1, n_params).repeat(n_models, axis=0)
    terms = (counts * log_means - means - gammaln(counts + 1.0)) * cells
    return Fits(
        log_missing=beta[:, 0],
        variance=_solve(information, unit)[:, 0],
        log_likelihood=terms.sum(axis=1),
        means=means,
        settled=settled,
    )


def _solve(normal: Floats, target: Floats) -> Floats:
    """Solve each system; where one is singular, take its least-squares solution."""
    try:
        solved = np.linalg.solve(normal, target[:, :, None])
    except np.linalg.LinAlgError:
        solved = np.linalg.pinv(normal, hermitian=True) @ target[:, :, None]
    return np.asarray(solved[:, :, 0], dtype=np.float64)


def is_estimable(design: Floats) -> bool:
    """Say whether the design (cells, parameters) tells all its parameters apart."""
    return bool(np.linalg.matrix_rank(design) == design.shape[1])


def may_be_estimated(design: Floats, people: Floats) -> bool:
    """Say whether the best fit exists with finite parameters.

    It does if some table with the same sufficient sums has people in every cell: the largest s
    with A mu = A n and mu >= s is above zero.

    Method: Fienberg & Rinaldo 2012; Chan, Silverman & Vincent 2021, section 3.
    """
    n_cells, n_params = design.shape
    equal = np.concatenate([design.T, np.zeros((n_params, 1))], axis=1)
    above = np.concatenate([-np.eye(n_cells), np.ones((n_cells, 1))], axis=1)
    best = linprog(
        np.append(np.zeros(n_cells), -1.0),
        A_ub=above,
        b_ub=np.zeros(n_cells),
        A_eq=equal,
        b_eq=design.T @ people,
        bounds=[(0, None)] * n_cells + [(0, max(float(people.sum()), 1.0))],
        method="highs",
    )
    return bool(best.status == 0 and -best.fun > 1e-7)
