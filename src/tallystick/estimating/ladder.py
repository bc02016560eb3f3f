"""Lay out what a chain of ``lcmcr-1`` needs: the plan, the table on all levels, room for its state.

Level 0 is the table itself; each higher level holds a thinner share of its people, so that its
posterior is flatter. At the hottest there are so few people that every mode melts into one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating.overlap import Histories

__all__ = ["LatentPlan", "Model", "State", "model_of", "shares_of", "thinned"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PER_PATTERN = 15  # people per pattern on the hottest level
STEP_OF_LADDER = 1.1  # in units of 1 / sqrt(patterns): about half of all exchanges are taken
WIDEST_STEP = 0.27  # log share: with few patterns a wider step loses the way between modes
MOST_LEVELS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentPlan:
    """Say what is to be drawn and when to stop.

    Args:
        classes: Largest number of latent classes.
        prior_shape: Of the gamma prior of the concentration alpha.
        prior_rate: Of the same.
        max_missing: Unrecorded people per recorded person, at most.
        chains: Independent ladders.
        ess_wanted: Independent draws, in the middle and at the limits, at which to stop; None =
            1,000, and ``ess_least`` in a batch.
        ess_least: The fewest with which a figure is given when the budget is spent.
        most_rhat: Largest rank-normalised split R-hat at which chains agree.
        most_rounds: Rounds per chain after which none is added; chains that do not agree by then
            give no figure.
        most_leaps: Longest gradient path.
    """

    classes: int = 10
    prior_shape: float = 0.25
    prior_rate: float = 0.25
    max_missing: float = 20.0
    chains: int = 4
    ess_wanted: float | None = None
    ess_least: float = 400.0
    most_rhat: float = 1.01
    most_rounds: int = 24_000
    most_leaps: int = 25


class Model(NamedTuple):
    """Hold the prior and the table on all levels.

    ``bits[starts[i]:starts[i + 1]]`` are the lists of pattern i; ``counts`` has shape
    (levels, patterns), whole people as floats.
    """

    lists: int
    classes: int
    prior_shape: float
    prior_rate: float
    max_missing: float
    bits: Ints
    starts: Ints
    counts: Floats


class State(NamedTuple):
    """Hold where a chain stands: (levels, parameters), (levels,), and what it has learnt."""

    theta: Floats
    missing: Floats
    steps: Floats
    exchanges: Floats
    cells: Floats
    squares: Floats
    leaps: int

    @classmethod
    def fresh(cls, model: Model, leaps: int) -> State:
        """Return room for a chain that has not started."""
        levels, patterns = model.counts.shape
        return cls(
            theta=np.zeros((levels, model.classes * (model.lists + 1))),
            missing=np.zeros(levels),
            steps=np.full(levels, 0.05),
            exchanges=np.zeros(levels),
            cells=np.zeros(patterns),
            squares=np.zeros(patterns),
            leaps=leaps,
        )


def model_of(histories: Histories, plan: LatentPlan) -> Model:
    """Return the table and its prior as the kernels take them."""
    at = [np.flatnonzero(row) for row in histories.patterns]
    return Model(
        lists=len(histories.lists),
        classes=plan.classes,
        prior_shape=plan.prior_shape,
        prior_rate=plan.prior_rate,
        max_missing=plan.max_missing,
        bits=np.concatenate(at).astype(np.int64),
        starts=np.cumsum([0, *(len(a) for a in at)]).astype(np.int64),
        counts=thinned(histories.counts, shares_of(histories)),
    )


def shares_of(histories: Histories) -> Floats:
    """Return the share of the table that each level holds, 1 first."""
    n_cells = len(histories.counts)
    reach = np.log(max(histories.people / (PER_PATTERN * n_cells), 1.0))
    step = min(STEP_OF_LADDER / np.sqrt(n_cells), WIDEST_STEP)
    steps = int(np.ceil(reach / step))
    levels = min(1 + steps, MOST_LEVELS)
    return np.exp(-np.linspace(0.0, reach, levels)) if levels > 1 else np.ones(1)


def thinned(counts: NDArray[np.int64], shares: Floats) -> Floats:
    """Return whole counts per level, each level within the one before; shape (levels, M).

    A pattern of few people vanishes somewhere on the ladder; where is spread by the golden ratio,
    so that not all single people vanish at once.
    """
    offsets = (np.arange(1, len(counts) + 1) * 0.6180339887498949) % 1.0
    held = np.ceil(shares[:, None] * counts - offsets)
    held = np.clip(held, 0, counts)
    held[0] = counts
    return np.ascontiguousarray(held.astype(np.float64))
