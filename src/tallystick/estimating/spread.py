"""Put the figures of all quick methods side by side, for no single one is defensible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tallystick.estimating.chao import LARGEST_CELLS_L, chao_bound
from tallystick.estimating.dga import LARGEST_L, average_graphs
from tallystick.estimating.loglinear import (
    SEARCHED_L,
    Model,
    add_pairs,
    fit_one,
    search_models,
)
from tallystick.estimating.overlap import Histories

__all__ = ["Beside", "figures_beside"]

STEPWISE_L = 10


@dataclass(frozen=True, slots=True)
class Beside:
    """Hold one method's point and 95 % limits for the comparison; None where there is none."""

    method: str
    point: float | None
    lo: float | None
    hi: float | None

    def as_json(self) -> dict[str, object]:
        return {"method": self.method, "point": self.point, "lo": self.lo, "hi": self.hi}


def figures_beside(histories: Histories) -> list[Beside]:
    """Return the figures of every quick method that suits so many lists."""
    n_lists = len(histories.lists)
    found: list[Beside] = []
    if n_lists < LARGEST_L:
        found += [_dga(histories, delta) for delta in (2.0**-n_lists, 0.5)]
    if n_lists <= SEARCHED_L:
        search = search_models(histories)
        found.append(_model("log-linear by BIC", search.by_bic))
        found.append(_model("log-linear by AIC", search.by_aic))
    if n_lists <= STEPWISE_L:
        found.append(_model("log-linear, pairs added", add_pairs(histories)))
    if n_lists <= LARGEST_CELLS_L:
        found.append(_model("independence", fit_one(histories, ())))
        found.append(Beside("Chao lower bound", *_finite(chao_bound(histories))))
    return found


def _dga(histories: Histories, delta: float) -> Beside:
    average = average_graphs(histories, delta=delta, max_missing=20 * histories.people)
    limits = [float(average.quantile(p)) for p in (0.5, 0.025, 0.975)]
    return Beside(f"dga-1, delta {delta:g}", *limits)


def _model(name: str, model: Model) -> Beside:
    if model.code:
        return Beside(name, None, None, None)
    return Beside(name, *_finite((model.estimate, *model.wald())))


def _finite(values: Sequence[float]) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]
