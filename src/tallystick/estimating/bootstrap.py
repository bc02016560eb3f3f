"""Draw tables anew and choose the model anew in each, for the limits of ``loglinear-1``.

Limits that take the chosen model as given are too narrow. With five lists only the fifty best
models of the whole search stand for choice again; with more lists the model is kept, which the
finding says.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating.answer import Settings
from tallystick.estimating.loglinear import SEARCHED_L, Model, refit, search_models
from tallystick.estimating.overlap import Histories
from tallystick.records import Finding

__all__ = ["limits_by_resampling"]


MOST_PEOPLE = 1e15  # a figure without an upper limit, kept within whole numbers


def limits_by_resampling(
    histories: Histories, chosen: Model, settings: Settings
) -> tuple[NDArray[np.int64], float, float, Finding]:
    """Return draws of N, 95 % limits and how they were made.

    Args:
        histories: Up to five lists are chosen for anew; more keep the chosen model.
        chosen: The model of the table itself.
        settings: Gives the seed and the number of tables drawn anew.
    """
    rng = np.random.default_rng([settings.seed, *histories.digest[:32].encode()])
    if len(histories.lists) > SEARCHED_L:
        lo, hi = chosen.wald()
        noise = chosen.log_missing + chosen.se * rng.standard_normal(settings.resamples)
        says = "The limits take the chosen model as given, so they are too narrow."
        finding = Finding("limits", "warning", says, {"how": "wald"})
        return _whole(histories.people + np.exp(np.minimum(noise, 700.0))), lo, hi, finding
    cells = histories.cells()[1:].astype(np.float64)
    tables = rng.multinomial(histories.people, cells / cells.sum(), size=settings.resamples)
    figures = refit(histories, search_models(histories).near, tables.astype(np.float64))
    lo, hi = (float(x) for x in np.quantile(figures, [0.025, 0.975], method="nearest"))
    says = f"The limits come from {settings.resamples} tables drawn anew, each with its own model."
    finding = Finding("limits", "note", says, {"how": "bootstrap", "tables": len(figures)})
    return _whole(figures), lo, hi, finding


def _whole(figures: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.minimum(figures, MOST_PEOPLE).round().astype(np.int64)
