"""Draw the latent classes in compiled code; only this file and ``sweeps`` import numba.

The target is the posterior of Manrique-Vallier (2016) with the people nobody recorded either drawn
(``n_0``) or summed out. A chain's state is one vector of unbounded numbers, so that Gibbs sweeps,
gradient paths and exchanges between levels are plain array code without I/O:

    theta = [ logit lambda (L x k) | logit V (k - 1) | log alpha ]

A *level* is a table of whole counts: level 0 holds the counts observed, higher levels a thinned
share of them. Each level is therefore an ordinary posterior with an exact Gibbs sweep. The limit on
n_0 is kept by refusing moves whose freshly drawn n_0 is above it, which is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tallystick.estimating.ladder import Model, State

# Long because numba inlines across one file only, and the moves share their loops.
__all__ = [
    "cells_of",
    "run_block",
    "start_chain",
    "sweep_often",
]

Floats = NDArray[np.float64]
Function = TypeVar("Function", bound=Callable[..., Any])

SMALLEST = 1e-300
LOWEST_LOG_ALPHA = -40.0
FEW = 8  # people: below, drawing one by one is faster than binomials
LOST = 1e3  # log density: a path that falls so far below its start is given up
ACCEPTANCE = 0.7


def _compiled(function: Function) -> Function:
    """Compile and let sums be reordered; the same machine still gives the same bytes."""
    made = njit(cache=True, nogil=True, fastmath={"reassoc", "contract", "arcp", "nsz"})(function)
    return cast("Function", made)  # numba's dispatcher is called like the function it wraps


@_compiled
def _log1pexp(x: float) -> float:
    if x > 0.0:
        return float(x + np.log1p(np.exp(-x)))
    return float(np.log1p(np.exp(x)))


@_compiled
def _log_gamma_draw(rng: np.random.Generator, shape: float) -> float:
    """Draw the logarithm of a gamma variable, exact also for shapes near zero."""
    if shape >= 1.0:
        return float(np.log(rng.standard_gamma(shape)))
    boost = np.log(1.0 - rng.random()) / shape
    return float(np.log(rng.standard_gamma(shape + 1.0)) + boost)


@_compiled
def _odds_and_shares(theta: Floats, model: Model) -> tuple[Floats, Floats]:
    """Return the odds of being listed (L, k) and each class's share that no list sees (k,)."""
    n_lists, classes = model.lists, model.classes
    odds = np.empty((n_lists, classes))
    log_share = np.empty(classes)
    left = 0.0
    for k in range(classes - 1):
        u = theta[n_lists * classes + k]
        soft = _log1pexp(u)
        log_share[k] = left + u - soft
        left -= soft
    log_share[classes - 1] = left
    for j in range(n_lists):
        for k in range(classes):
            e = np.exp(theta[j * classes + k])
            odds[j, k] = e
            log_share[k] -= np.log1p(e)
    return odds, np.exp(log_share)


@_compiled
def _class_weights(pattern: int, odds: Floats, shares: Floats, model: Model, work: Floats) -> None:
    """Fill the weight of every class for one pattern (k,)."""
    work[:] = shares
    for at in range(model.starts[pattern], model.starts[pattern + 1]):
        row = odds[model.bits[at]]
        for k in range(work.size):
            work[k] *= row[k]


@_compiled
def _cells(theta: Floats, model: Model, log_cells: Floats) -> float:
    """Fill log p(pattern | recorded) for every pattern; return p(recorded)."""
    odds, shares = _odds_and_shares(theta, model)
    seen = float(max(1.0 - shares.sum(), SMALLEST))
    log_seen = np.log(seen)
    work = np.empty(model.classes)
    for i in range(log_cells.size):
        _class_weights(i, odds, shares, model, work)
        log_cells[i] = np.log(max(work.sum(), SMALLEST)) - log_seen
    return seen


@_compiled
def _slope_of_cells(theta: Floats, model: Model, level: int, grad: Floats, held: Floats) -> float:
    """Return the log likelihood given that one is recorded; fill grad and people per class."""
    odds, shares = _odds_and_shares(theta, model)
    seen = max(1.0 - shares.sum(), SMALLEST)
    classes = model.classes
    work = np.empty(classes)
    value = total = 0.0
    for i in range(model.starts.size - 1):
        people = model.counts[level, i]
        if people == 0.0:
            continue
        total += people
        _class_weights(i, odds, shares, model, work)
        p = max(work.sum(), SMALLEST)
        value += people * np.log(p)
        share = people / p
        for k in range(classes):
            work[k] *= share
            held[k] += work[k]
        for at in range(model.starts[i], model.starts[i + 1]):
            base = model.bits[at] * classes
            for k in range(classes):
                grad[base + k] += work[k]
    value -= total * np.log(seen)
    held += total / seen * shares
    for j in range(model.lists):
        for k in range(classes):
            e = odds[j, k]
            lam = e / (1.0 + e)
            value += np.log(max(lam, SMALLEST)) - np.log1p(e)
            grad[j * classes + k] += 1.0 - lam * (held[k] + 2.0)
    return float(value)


@_compiled
def _slope(theta: Floats, model: Model, level: int, grad: Floats) -> float:
    """Return the log posterior with n_0 summed out, and fill its gradient."""
    grad[:] = 0.0
    classes = model.classes
    at_u = model.lists * classes
    held = np.zeros(classes)
    value = _slope_of_cells(theta, model, level, grad, held)
    log_alpha = theta[at_u + classes - 1]
    alpha = np.exp(log_alpha)
    after, log_rest = held[classes - 1], 0.0
    for k in range(classes - 2, -1, -1):
        u = theta[at_u + k]
        soft = _log1pexp(u)
        v = np.exp(u - soft)
        log_rest -= soft
        value += u - soft - alpha * soft
        grad[at_u + k] = held[k] * (1.0 - v) - v * after + (1.0 - v) - alpha * v
        after += held[k]
    shape = classes - 1 + model.prior_shape
    value += shape * log_alpha - model.prior_rate * alpha
    grad[at_u + classes - 1] = shape - model.prior_rate * alpha + alpha * log_rest
    return float(value)


@_compiled
def _draw_missing(rng: np.random.Generator, theta: Floats, model: Model, people: float) -> float:
    """Draw n_0 given the classes; -1 if it is above the limit."""
    _, shares = _odds_and_shares(theta, model)
    p_missed = shares.sum()
    if not p_missed < 1.0 - 1e-12:
        return -1.0
    mean = rng.standard_gamma(people) * p_missed / (1.0 - p_missed)
    if mean > 1e15:
        return -1.0
    drawn = float(rng.poisson(mean))
    if drawn > model.max_missing * people:
        return -1.0
    return drawn


@_compiled
def _leap(
    rng: np.random.Generator, theta: Floats, model: Model, level: int, state: State
) -> tuple[Floats, float]:
    """Propose by a leapfrog path on the marginal posterior; return (point, log acceptance)."""
    step = state.steps[level] * (0.6 + 0.8 * rng.random())
    leaps = 1 + int(rng.random() * state.leaps)
    grad = np.empty(theta.size)
    point = theta.copy()
    before = _slope(point, model, level, grad)
    speed = rng.standard_normal(theta.size)
    energy = 0.5 * (speed * speed).sum()
    after = before
    for _ in range(leaps):
        speed += 0.5 * step * grad
        point += step * speed
        after = _slope(point, model, level, grad)
        if not after > before - LOST:
            return point, -np.inf
        speed += 0.5 * step * grad
    log_ratio = after - before + energy - 0.5 * (speed * speed).sum()
    return point, log_ratio


@_compiled
def _share_out(rng: np.random.Generator, people: float, weight: Floats, out: Floats) -> None:
    """Add ``people`` to the classes of ``out`` by one multinomial draw with these weights."""
    last = weight.size - 1
    total = weight.sum()
    if people <= FEW:
        for _ in range(int(people)):
            u = rng.random() * total
            k = 0
            while k < last and u >= weight[k]:
                u -= weight[k]
                k += 1
            out[k] += 1.0
        return
    left = people
    k = 0
    while k < last and left > 0.0:
        p = weight[k] / total if total > 0.0 else 1.0
        if p >= 1.0:
            break
        if p > 0.0:
            drawn = float(rng.binomial(int(left), p))
            out[k] += drawn
            left -= drawn
        total -= weight[k]
        k += 1
    out[k] += left


@_compiled
def _count_classes(
    rng: np.random.Generator, theta: Floats, missing: float, model: Model, level: int
) -> tuple[Floats, Floats]:
    """Draw who belongs to which class: people listed (L, k) and people in all (k,)."""
    classes = model.classes
    odds, shares = _odds_and_shares(theta, model)
    listed = np.zeros((model.lists, classes))
    held = np.zeros(classes)
    work = np.empty(classes)
    drawn = np.empty(classes)
    for i in range(model.starts.size - 1):
        people = model.counts[level, i]
        if people == 0.0:
            continue
        _class_weights(i, odds, shares, model, work)
        drawn[:] = 0.0
        _share_out(rng, people, work, drawn)
        held += drawn
        for at in range(model.starts[i], model.starts[i + 1]):
            listed[model.bits[at]] += drawn
    _share_out(rng, missing, shares, held)
    return listed, held


@_compiled
def _sweep(
    rng: np.random.Generator, theta: Floats, missing: float, model: Model, level: int
) -> float:
    """Sweep once through the full conditionals; return the new n_0."""
    n_lists, classes = model.lists, model.classes
    at_u = n_lists * classes
    listed, held = _count_classes(rng, theta, missing, model, level)
    for j in range(n_lists):
        for k in range(classes):
            yes = _log_gamma_draw(rng, 1.0 + listed[j, k])
            theta[j * classes + k] = yes - _log_gamma_draw(rng, 1.0 + held[k] - listed[j, k])
    alpha = np.exp(theta[at_u + classes - 1])
    after, log_rest = held[classes - 1], 0.0
    for k in range(classes - 2, -1, -1):
        u = _log_gamma_draw(rng, 1.0 + held[k]) - _log_gamma_draw(rng, alpha + after)
        theta[at_u + k] = u
        log_rest -= _log1pexp(u)
        after += held[k]
    log_alpha = _log_gamma_draw(rng, model.prior_shape + classes - 1)
    log_alpha -= np.log(model.prior_rate - log_rest)
    theta[at_u + classes - 1] = max(log_alpha, LOWEST_LOG_ALPHA)
    people = model.counts[level].sum()
    for _ in range(100_000):
        fresh = _draw_missing(rng, theta, model, people)
        if fresh >= 0.0:
            return fresh
    return missing


@_compiled
def _log_shares_and_tails(theta: Floats, model: Model) -> tuple[Floats, Floats]:
    """Return log nu (k,) and the log of the sums of nu from each class on (k + 1,)."""
    classes = model.classes
    at_u = model.lists * classes
    log_nu = np.empty(classes)
    left = 0.0
    for k in range(classes - 1):
        soft = _log1pexp(theta[at_u + k])
        log_nu[k] = left + theta[at_u + k] - soft
        left -= soft
    log_nu[classes - 1] = left
    log_tail = np.full(classes + 1, -np.inf)
    for k in range(classes - 1, -1, -1):
        log_tail[k] = np.logaddexp(log_nu[k], log_tail[k + 1])
    return log_nu, log_tail


@_compiled
def _relabel(rng: np.random.Generator, theta: Floats, model: Model) -> None:
    """Exchange neighbouring classes by Metropolis on the sticks; the likelihood stays.

    The shares have density alpha^(k-1) nu_k^(alpha-1) / prod of the tails before the last.
    """
    classes = model.classes
    at_u = model.lists * classes
    alpha = np.exp(theta[at_u + classes - 1])
    log_nu, log_tail = _log_shares_and_tails(theta, model)
    for k in range(classes - 1):
        swapped = np.logaddexp(log_nu[k], log_tail[k + 2])
        log_ratio = log_tail[k + 1] - swapped
        if k + 1 == classes - 1:
            log_ratio = (alpha - 1.0) * (log_nu[k] - log_nu[k + 1])
        if np.log(1.0 - rng.random()) < log_ratio:
            log_nu[k], log_nu[k + 1] = log_nu[k + 1], log_nu[k]
            log_tail[k + 1] = swapped
            for j in range(model.lists):
                here = j * classes + k
                theta[here], theta[here + 1] = theta[here + 1], theta[here]
    for k in range(classes - 1):
        theta[at_u + k] = log_nu[k] - log_tail[k + 1]


@_compiled
def start_chain(rng: np.random.Generator, state: State, model: Model) -> None:
    """Start every level from scattered classes of its own and 50 plain sweeps."""
    at_u = model.lists * model.classes
    for level in range(model.counts.shape[0]):
        row = state.theta[level]
        row[:] = rng.standard_normal(row.size)
        row[:at_u] = -1.5 + 1.5 * row[:at_u]
        row[row.size - 1] -= 1.0
        people = model.counts[level].sum()
        spread = np.exp(rng.standard_normal())
        missing = np.floor(people * min(spread, model.max_missing))
        for _ in range(50):
            missing = _sweep(rng, row, missing, model, level)
            _relabel(rng, row, model)
        state.missing[level] = missing


@_compiled
def _exchange(rng: np.random.Generator, state: State, model: Model) -> None:
    """Offer neighbouring levels each other's classes; n_0 is drawn anew with them."""
    n_levels, n_cells = model.counts.shape
    log_cells = np.empty((n_levels, n_cells))
    for level in range(n_levels):
        _cells(state.theta[level], model, log_cells[level])
    for low in range(n_levels - 1):
        gap = model.counts[low] - model.counts[low + 1]
        log_ratio = (gap * (log_cells[low + 1] - log_cells[low])).sum()
        if not np.log(1.0 - rng.random()) < log_ratio:
            continue
        here = _draw_missing(rng, state.theta[low + 1], model, model.counts[low].sum())
        there = _draw_missing(rng, state.theta[low], model, model.counts[low + 1].sum())
        if here < 0.0 or there < 0.0:
            continue
        state.exchanges[low] += 1.0
        kept = state.theta[low].copy()
        state.theta[low] = state.theta[low + 1]
        state.theta[low + 1] = kept
        kept_cells = log_cells[low].copy()
        log_cells[low] = log_cells[low + 1]
        log_cells[low + 1] = kept_cells
        state.missing[low], state.missing[low + 1] = here, there


@_compiled
def _round(rng: np.random.Generator, state: State, model: Model, level: int) -> float:
    """Move one level: a sweep, an exchange of labels, a path; return the path's p(accept)."""
    row = state.theta[level]
    people = model.counts[level].sum()
    state.missing[level] = _sweep(rng, row, state.missing[level], model, level)
    _relabel(rng, row, model)
    point, log_ratio = _leap(rng, row, model, level, state)
    p_accept = 0.0 if np.isnan(log_ratio) else np.exp(min(0.0, log_ratio))
    if rng.random() < p_accept:
        fresh = _draw_missing(rng, point, model, people)
        if fresh >= 0.0:
            row[:] = point
            state.missing[level] = fresh
    return p_accept


@_compiled
def run_block(
    rng: np.random.Generator, state: State, model: Model, draws: Floats, learn: float
) -> None:
    """Run one round per row of ``draws`` (rounds, 3) and record level 0.

    Columns: n_0, p(never listed), classes that hold at least 1 % of all people. ``state.cells``
    sums p(pattern | recorded) over the rounds, ``state.squares`` its square. With ``learn`` above
    0 the step lengths follow the acceptance.
    """
    n_levels = model.counts.shape[0]
    log_cells = np.empty(model.counts.shape[1])
    for s in range(draws.shape[0]):
        for level in range(n_levels):
            p_accept = _round(rng, state, model, level)
            state.steps[level] *= np.exp(learn * (p_accept - ACCEPTANCE))
        if n_levels > 1:
            _exchange(rng, state, model)
        seen = _cells(state.theta[0], model, log_cells)
        state.cells[:] += np.exp(log_cells)
        state.squares[:] += np.exp(2.0 * log_cells)
        log_nu, _ = _log_shares_and_tails(state.theta[0], model)
        draws[s, 0] = state.missing[0]
        draws[s, 1] = 1.0 - seen
        draws[s, 2] = (log_nu > np.log(0.01)).sum()


@_compiled
def sweep_often(rng: np.random.Generator, state: State, model: Model, times: int) -> None:
    """Sweep level 0 and nothing else: the calibration loop of ``bench/estimate.py``."""
    for _ in range(times):
        state.missing[0] = _sweep(rng, state.theta[0], state.missing[0], model, 0)


@_compiled
def cells_of(state: State, model: Model) -> Floats:
    """Return p(pattern | recorded) of level 0, shape (M,)."""
    log_cells = np.empty(model.counts.shape[1])
    _cells(state.theta[0], model, log_cells)
    return np.exp(log_cells)
