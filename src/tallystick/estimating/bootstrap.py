"""Draw tables anew and choose the model anew in each, for the limits of ``loglinear-1``.

Limits that take the chosen model as given are too narrow. With five lists only the fifty best
models of the whole search stand for choice again; with more lists the model is kept, which the
finding says.
"""

from __future__ import annotations

import numpy as np

from tallystick.estimating.answer import Settings
from tallystick.estimating.loglinear import SEARCHED_L, Model, refit, search_models
from tallystick.estimating.overlap import Histories
from tallystick.records import Finding

__all__ = ["limits_by_resampling"]


def limits_by_resampling(
    histories: Histories, chosen: Model, settings: Settings
) -> tuple[float, float, Finding]:
    """Return 95 % limits of N and how they were made.

    Args:
        histories: Up to five lists are chosen for anew; more keep the chosen model.
        chosen: The model of the table itself.
        settings: Gives the seed and the number of tables drawn anew.
    """
    if len(histories.lists) > SEARCHED_L:
        lo, hi = chosen.wald()
        says = "The limits take the chosen model as given, so they are too narrow."
        return lo, hi, Finding("limits", "warning", says, {"how": "wald"})
    rng = np.random.default_rng([settings.seed, *histories.digest[:32].encode()])
    cells = histories.cells()[1:].astype(np.float64)
    tables = rng.multinomial(histories.people, cells / cells.sum(), size=settings.resamples)
    figures = refit(histories, search_models(histories).near, tables.astype(np.float64))
    lo, hi = (float(x) for x in np.quantile(figures, [0.025, 0.975], method="nearest"))
    says = f"The limits come from {settings.resamples} tables drawn anew, each with its own model."
    return lo, hi, Finding("limits", "note", says, {"how": "bootstrap", "tables": len(figures)})
