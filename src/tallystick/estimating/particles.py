"""Draw the same posterior as ``lcmcr-1`` another way: many particles from the prior to the table.

The second opinion where a posterior has several modes. Particles start from the prior, so no start
is chosen; people are let in bit by bit, particles that explain them badly die out, and the share of
particles in a mode is its weight. Nothing is exchanged between levels and nothing is warmed up.

Method: Del Moral, Doucet & Jasra 2006 (sequential Monte Carlo samplers); thinned tables as bridges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating import kernels
from tallystick.estimating.ladder import LatentPlan, Model, State, model_of, thinned
from tallystick.estimating.overlap import Histories

__all__ = ["Particles", "draw_particles"]

Floats = NDArray[np.float64]
KEPT_WORTH = 0.6  # share of particles that a step must leave worth
ROUNDS_PER_STEP = 3
LAST_ROUNDS = 20
HALVINGS = 25


@dataclass(frozen=True, slots=True)
class Particles:
    """Hold draws of N (particles,) and in how many steps people were let in."""

    people: NDArray[np.int64]
    steps: int


def draw_particles(
    histories: Histories, plan: LatentPlan, *, rng: np.random.Generator, count: int = 1000
) -> Particles:
    """Draw N by particles.

    Args:
        histories: At least three lists.
        plan: Classes, prior and cap; its chains and budget do not bear on particles.
        rng: All randomness.
        count: Particles.
    """
    whole = model_of(histories, plan)
    model = whole._replace(counts=np.zeros((count, len(histories.counts))))
    state = _from_prior(rng, model, plan)
    share, steps = 0.0, 0
    while share < 1.0:
        share = _next_share(histories, model, kernels.log_cells_of_each(state, model), share)
        last = share >= 1.0
        _let_in(rng, state, model, thinned(histories.counts, np.array([1.0, share]))[int(not last)])
        state.steps[:] = state.steps.mean()
        kernels.move_each(rng, state, model, LAST_ROUNDS if last else ROUNDS_PER_STEP, 0.1)
        steps += 1
    return Particles((state.missing + histories.people).astype(np.int64), steps)


def _from_prior(rng: np.random.Generator, model: Model, plan: LatentPlan) -> State:
    state = State.fresh(model, plan.most_leaps)
    count, n_lists, classes = len(state.theta), model.lists, model.classes
    state.theta[:, : n_lists * classes] = rng.logistic(size=(count, n_lists * classes))
    shape = plan.prior_shape
    log_alpha = np.log(rng.gamma(shape + 1.0, size=count)) + np.log(rng.random(count)) / shape
    log_alpha = np.maximum(log_alpha - np.log(plan.prior_rate), -40.0)
    log_rest = np.log(rng.random((count, classes - 1))) / np.exp(log_alpha)[:, None]
    state.theta[:, n_lists * classes : -1] = np.log(np.maximum(-np.expm1(log_rest), 1e-300))
    state.theta[:, n_lists * classes : -1] -= log_rest
    state.theta[:, -1] = log_alpha
    state.steps[:] = 0.3
    return state


def _next_share(histories: Histories, model: Model, log_cells: Floats, share: float) -> float:
    """Return the largest share of the table that leaves enough particles worth something."""
    held = model.counts[0]

    def worth(candidate: float) -> float:
        level = thinned(histories.counts, np.array([1.0, candidate]))[int(candidate < 1.0)]
        log_weight = log_cells @ (level - held)
        weight = np.exp(log_weight - log_weight.max())
        return float(weight.sum() ** 2 / (weight**2).sum()) / len(weight)

    if worth(1.0) >= KEPT_WORTH:
        return 1.0
    low, high = share, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if worth(middle) >= KEPT_WORTH else (low, middle)
    return high  # at least one more person comes in, even if that costs much


def _let_in(rng: np.random.Generator, state: State, model: Model, level: Floats) -> None:
    """Weigh the particles by the people let in, draw n_0 anew and choose who goes on."""
    log_cells = kernels.log_cells_of_each(state, model)
    log_weight = log_cells @ (level - model.counts[0])
    model.counts[:] = level
    missing = kernels.missing_of_each(rng, state, model)
    log_weight[missing < 0.0] = -np.inf
    weight = np.exp(log_weight - log_weight.max())
    ladder = np.cumsum(weight) / weight.sum()
    count = len(weight)
    chosen = np.searchsorted(ladder, (np.arange(count) + rng.random()) / count)
    chosen = np.minimum(chosen, count - 1)
    state.theta[:] = state.theta[chosen]
    state.missing[:] = missing[chosen]
