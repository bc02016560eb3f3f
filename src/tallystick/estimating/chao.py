"""Fit closed-population models that differ in heterogeneity alone, with Chao's lower bounds.

They fit about equally well and give very different figures, so they show what the data cannot say;
Chao's bound is the least that heterogeneity of any form leaves. Models in which being listed once
changes the chance of being listed again (Mb, Mbh) need an order of lists, which there is none.

Method: Chao 1987; Rivest & Baillargeon 2007 (as log-linear models); Cormack 1992 (profile limits).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import gammaln

from tallystick.estimating.overlap import Histories
from tallystick.estimating.poisson import Fits, fit_all

__all__ = ["CLOSED_MODELS", "LARGEST_CELLS_L", "Closed", "chao_bound", "fit_closed"]

Floats = NDArray[np.float64]
LARGEST_CELLS_L = 12  # 2**L cells are held at once
FARTHEST = 1e4  # people unrecorded per person recorded, beyond which there is no upper limit
CHI2_95 = 3.841458820694124

CLOSED_MODELS = (
    "M0",
    "Mt",
    "Mh Chao (LB)",
    "Mh Poisson2",
    "Mh Darroch",
    "Mh Gamma3.5",
    "Mth Chao (LB)",
    "Mth Poisson2",
    "Mth Darroch",
    "Mth Gamma3.5",
)


@dataclass(frozen=True, slots=True)
class Closed:
    """Hold one closed model: N, its standard error, deviance."""

    name: str
    estimate: float
    se: float
    deviance: float


def _heterogeneity(name: str, depth: Floats, n_lists: int) -> Floats:
    """Return the columns that a form of heterogeneity adds, by how many lists saw a person."""
    if "Chao" in name:
        return np.stack([np.maximum(depth - k, 0.0) for k in range(2, n_lists)], axis=1)
    column = {
        "Darroch": depth**2 / 2.0,
        "Poisson2": 2.0**depth - 1.0,
        "Gamma3.5": -np.log(3.5 + depth) + np.log(3.5),
    }
    return next(column[form][:, None] for form in column if form in name)


def design_of_closed(name: str, n_lists: int) -> Floats:
    """Return shape (2**L - 1, parameters); column 0 is the constant."""
    cells = np.arange(1, 1 << n_lists)
    listed = ((cells[:, None] >> np.arange(n_lists)) & 1).astype(np.float64)
    depth = listed.sum(axis=1)
    by_list = listed if name.startswith("Mt") else depth[:, None]
    parts = [np.ones((len(cells), 1)), by_list]
    if "h" in name.split()[0]:
        parts.append(_heterogeneity(name, depth, n_lists))
    return np.concatenate(parts, axis=1)


def _fitted(design: Floats, people: Floats) -> tuple[Fits, Floats]:
    columns = np.ones((1, design.shape[1]), dtype=bool)
    cells = np.ones((1, design.shape[0]), dtype=bool)
    fits = fit_all(design, columns, cells, people)
    slopes = np.linalg.lstsq(design, np.log(np.maximum(fits.means[0], 1e-300)), rcond=None)[0]
    return fits, slopes


def _without_negative(design: Floats, people: Floats, first: int) -> Floats:
    """Take out Chao's terms that come out negative, smallest first, as the bound asks."""
    while design.shape[1] > first:
        _, slopes = _fitted(design, people)
        worst = int(np.argmin(slopes[first:]))
        if slopes[first + worst] >= 0.0:
            break
        design = np.delete(design, first + worst, axis=1)
    return design


def fit_closed(histories: Histories, name: str) -> Closed:
    """Fit one closed model by its name in ``CLOSED_MODELS``."""
    people = histories.cells()[1:].astype(np.float64)
    design = _design_for(histories, name, people)
    fits, _ = _fitted(design, people)
    missing = float(np.exp(min(fits.log_missing[0], 700.0)))
    variance = missing + missing**2 * float(fits.variance[0])
    saturated = people * np.log(np.maximum(people, 1.0)) - people - gammaln(people + 1.0)
    deviance = 2.0 * float(saturated.sum() - fits.log_likelihood[0])
    return Closed(name, histories.people + missing, float(np.sqrt(max(variance, 0.0))), deviance)


def _design_for(histories: Histories, name: str, people: Floats) -> Floats:
    n_lists = len(histories.lists)
    design = design_of_closed(name, n_lists)
    if "Chao" in name:
        first = 1 + (n_lists if name.startswith("Mt") else 1)
        design = _without_negative(design, people, first)
    return design


def chao_bound(histories: Histories, name: str = "Mth Chao (LB)") -> tuple[float, float, float]:
    """Return the multinomial profile estimate and its 95 % limits (point, lo, hi)."""
    people = histories.cells()[1:].astype(np.float64)
    design = _design_for(histories, name, people)
    with_missing = np.concatenate([np.eye(1, design.shape[1]), design])
    n_observed = histories.people

    def fall(missing: float) -> float:
        total = n_observed + missing
        counts = np.concatenate([[missing], people])
        fits, _ = _fitted(with_missing, counts)
        shares = np.log(np.maximum(fits.means[0] / total, 1e-300))
        ways = gammaln(total + 1.0) - gammaln(missing + 1.0)
        return -float(ways + (counts * shares).sum())

    start = max(fit_closed(histories, name).estimate - n_observed, 1.0)
    middle, lowest = _lowest(fall, start)

    def above(missing: float) -> float:
        return fall(missing) - lowest - CHI2_95 / 2

    far = 1.5 * middle + 10.0
    while above(far) < 0.0:
        if far > FARTHEST * n_observed:
            return n_observed + middle, float(n_observed), float("inf")
        far = 1.5 * far
    near = float(brentq(above, 1e-3, middle)) if above(1e-3) > 0.0 else 0.0
    return n_observed + middle, n_observed + near, n_observed + float(brentq(above, middle, far))


def _lowest(fall: Callable[[float], float], start: float) -> tuple[float, float]:
    found = minimize_scalar(
        lambda log_missing: fall(float(np.exp(log_missing))),
        bounds=(np.log(max(start / 50.0, 1e-3)), np.log(start * 50.0)),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return float(np.exp(found.x)), float(found.fun)
