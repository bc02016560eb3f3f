"""Draw the latent classes in compiled code; the only file that imports numba.

The target is the posterior of Manrique-Vallier (2016) with the people nobody recorded either drawn
(``n_0``) or summed out. All of a chain's state is one vector of unbounded numbers, so that products
of Gibbs sweeps, gradient moves and exchanges between chains are plain array code without I/O:

    theta = [ logit lambda (L x k) | logit V (k - 1) | log alpha ]

A *level* is a table of whole counts: level 0 holds the counts observed, higher levels a thinned
share of them. Every level is therefore an ordinary posterior with an exact Gibbs sweep, and chains
exchange their state between levels (tempering by data), which carries them from mode to mode.

Sizes pass the house walls where an inner loop would only be torn apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["Levels", "Shape", "Tuning", "run_block", "start_chain"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Shape(NamedTuple):
    """Say how large the model is and which prior it has."""

    lists: int
    classes: int
    prior_shape: float
    prior_rate: float
    max_missing: float


class Levels(NamedTuple):
    """Hold the table: whose bits are set, and how many people each level counts.

    ``bits[starts[i]:starts[i + 1]]`` are the lists of pattern i; ``counts`` has shape
    (levels, patterns).
    """

    bits: Ints
    starts: Ints
    counts: Floats


class Tuning(NamedTuple):
    """Hold what the chains learn while they warm up (each of shape (levels,))."""

    steps: Floats
    leaps: int


@njit(cache=True, nogil=True)
def _log1pexp(x):
    if x > 0.0:
        return x + np.log1p(np.exp(-x))
    return np.log1p(np.exp(x))


@njit(cache=True, nogil=True)
def _log_gamma_draw(rng, shape):
    """Draw the logarithm of a gamma variable, exact also for shapes near zero."""
    if shape >= 1.0:
        return np.log(rng.standard_gamma(shape))
    return np.log(rng.standard_gamma(shape + 1.0)) + np.log(1.0 - rng.random()) / shape


@njit(cache=True, nogil=True)
def _class_terms(theta, shape, odds, log_weight):
    """Fill the odds of being listed (L, k) and log share (k,); return log p of never listed.

    ``log_weight[k]`` becomes log nu_k + log of the probability that class k is on no list.
    """
    n_lists, classes = shape.lists, shape.classes
    left = 0.0
    for k in range(classes - 1):
        u = theta[n_lists * classes + k]
        soft = _log1pexp(u)
        log_weight[k] = left + u - soft
        left -= soft
    log_weight[classes - 1] = left
    for j in range(n_lists):
        for k in range(classes):
            e = np.exp(theta[j * classes + k])
            odds[j, k] = e
            log_weight[k] -= np.log1p(e)


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract", "arcp", "nsz"})
def _cells(theta, shape, levels, log_cells):
    """Fill log p(pattern | recorded at all) for every pattern; return p(recorded)."""
    classes = shape.classes
    odds = np.empty((shape.lists, classes))
    log_weight = np.empty(classes)
    _class_terms(theta, shape, odds, log_weight)
    weight = np.exp(log_weight)
    seen = 1.0 - weight.sum()
    log_seen = np.log(max(seen, 1e-300))
    work = np.empty(classes)
    for i in range(log_cells.size):
        work[:] = weight
        for at in range(levels.starts[i], levels.starts[i + 1]):
            row = odds[levels.bits[at]]
            for k in range(classes):
                work[k] *= row[k]
        log_cells[i] = np.log(max(work.sum(), 1e-300)) - log_seen
    return seen


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract", "arcp", "nsz"})
def _slope(theta, shape, levels, level, grad):
    """Return the log posterior with n_0 summed out, and fill its gradient."""
    n_lists, classes = shape.lists, shape.classes
    at_u = n_lists * classes
    odds = np.empty((n_lists, classes))
    log_weight = np.empty(classes)
    _class_terms(theta, shape, odds, log_weight)
    weight = np.exp(log_weight)
    seen = max(1.0 - weight.sum(), 1e-300)
    counts = levels.counts[level]
    held = np.zeros(classes)
    work = np.empty(classes)
    value = 0.0
    total = 0.0
    grad[:] = 0.0
    for i in range(counts.size):
        people = counts[i]
        if people == 0.0:
            continue
        total += people
        first, last = levels.starts[i], levels.starts[i + 1]
        work[:] = weight
        for at in range(first, last):
            row = odds[levels.bits[at]]
            for k in range(classes):
                work[k] *= row[k]
        p = max(work.sum(), 1e-300)
        value += people * np.log(p)
        share = people / p
        for k in range(classes):
            work[k] *= share
            held[k] += work[k]
        for at in range(first, last):
            base = levels.bits[at] * classes
            for k in range(classes):
                grad[base + k] += work[k]
    value -= total * np.log(seen)
    scale = total / seen
    for k in range(classes):
        held[k] += scale * weight[k]
    for j in range(n_lists):
        for k in range(classes):
            e = odds[j, k]
            lam = e / (1.0 + e)
            value += np.log(lam) - np.log1p(e)
            grad[j * classes + k] += 1.0 - lam * (held[k] + 2.0)
    log_alpha = theta[at_u + classes - 1]
    alpha = np.exp(log_alpha)
    after = held[classes - 1]
    log_rest = 0.0
    for k in range(classes - 2, -1, -1):
        u = theta[at_u + k]
        soft = _log1pexp(u)
        v = np.exp(u - soft)
        log_rest -= soft
        value += u - soft - alpha * soft
        grad[at_u + k] = held[k] * (1.0 - v) - v * after + (1.0 - v) - alpha * v
        after += held[k]
    value += (classes - 1 + shape.prior_shape) * log_alpha - shape.prior_rate * alpha
    grad[at_u + classes - 1] = (
        classes - 1 + shape.prior_shape - shape.prior_rate * alpha + alpha * log_rest
    )
    return value


@njit(cache=True, nogil=True)
def _draw_missing(rng, theta, shape, people):
    """Draw n_0 given the classes, without the cap; -1 where no number can be drawn."""
    odds = np.empty((shape.lists, shape.classes))
    log_weight = np.empty(shape.classes)
    _class_terms(theta, shape, odds, log_weight)
    p_missed = np.exp(log_weight).sum()
    if not p_missed < 1.0 - 1e-12:
        return -1.0
    mean = rng.standard_gamma(people) * p_missed / (1.0 - p_missed)
    if mean > 1e15:
        return -1.0
    return float(rng.poisson(mean))


@njit(cache=True, nogil=True)
def _leap(rng, theta, shape, levels, level, step, leaps):
    """Propose by a leapfrog path on the marginal posterior; return (point, log acceptance)."""
    size = theta.size
    grad = np.empty(size)
    point = theta.copy()
    before = _slope(point, shape, levels, level, grad)
    speed = np.empty(size)
    energy = 0.0
    for i in range(size):
        speed[i] = rng.standard_normal()
        energy += 0.5 * speed[i] * speed[i]
    after = before
    for _ in range(leaps):
        for i in range(size):
            speed[i] += 0.5 * step * grad[i]
            point[i] += step * speed[i]
        after = _slope(point, shape, levels, level, grad)
        if not after > before - 1e3:
            return point, -np.inf
        for i in range(size):
            speed[i] += 0.5 * step * grad[i]
    for i in range(size):
        energy -= 0.5 * speed[i] * speed[i]
    return point, after - before + energy


@njit(cache=True, nogil=True)
def _share_out(rng, people, weight, out):
    """Add ``people`` to the classes of ``out`` by a multinomial draw with these weights."""
    classes = weight.size
    total = weight.sum()
    if people <= 8:
        for _ in range(int(people)):
            u = rng.random() * total
            k = 0
            while k < classes - 1 and u >= weight[k]:
                u -= weight[k]
                k += 1
            out[k] += 1.0
        return
    left = people
    for k in range(classes - 1):
        if left <= 0:
            return
        p = weight[k] / total
        if p >= 1.0:
            break
        if p > 0.0:
            drawn = rng.binomial(int(left), p)
            out[k] += drawn
            left -= drawn
        total -= weight[k]
    else:
        k = classes - 1
    out[k] += left


@njit(cache=True, nogil=True)
def _sweep(rng, theta, missing, shape, levels, level):
    """Sweep once through the full conditionals; return the new n_0 (Manrique-Vallier 2016)."""
    n_lists, classes = shape.lists, shape.classes
    at_u = n_lists * classes
    counts = levels.counts[level]
    odds = np.empty((n_lists, classes))
    log_weight = np.empty(classes)
    _class_terms(theta, shape, odds, log_weight)
    weight = np.exp(log_weight)
    listed = np.zeros((n_lists, classes))
    held = np.zeros(classes)
    work = np.empty(classes)
    drawn = np.empty(classes)
    people = 0.0
    for i in range(counts.size):
        if counts[i] == 0.0:
            continue
        people += counts[i]
        work[:] = weight
        first, last = levels.starts[i], levels.starts[i + 1]
        for at in range(first, last):
            row = odds[levels.bits[at]]
            for k in range(classes):
                work[k] *= row[k]
        drawn[:] = 0.0
        _share_out(rng, counts[i], work, drawn)
        for k in range(classes):
            held[k] += drawn[k]
        for at in range(first, last):
            row = listed[levels.bits[at]]
            for k in range(classes):
                row[k] += drawn[k]
    drawn[:] = 0.0
    _share_out(rng, missing, weight, drawn)
    for k in range(classes):
        held[k] += drawn[k]
    for j in range(n_lists):
        for k in range(classes):
            yes = _log_gamma_draw(rng, 1.0 + listed[j, k])
            no = _log_gamma_draw(rng, 1.0 + held[k] - listed[j, k])
            theta[j * classes + k] = yes - no
    alpha = np.exp(theta[at_u + classes - 1])
    after = held[classes - 1]
    log_rest = 0.0
    for k in range(classes - 2, -1, -1):
        u = _log_gamma_draw(rng, 1.0 + held[k]) - _log_gamma_draw(rng, alpha + after)
        theta[at_u + k] = u
        log_rest -= _log1pexp(u)
        after += held[k]
    rate = shape.prior_rate - log_rest
    log_alpha = _log_gamma_draw(rng, shape.prior_shape + classes - 1) - np.log(rate)
    theta[at_u + classes - 1] = max(log_alpha, -40.0)
    limit = shape.max_missing * people
    for _ in range(100_000):
        fresh = _draw_missing(rng, theta, shape, people)
        if 0.0 <= fresh <= limit:
            return fresh
    return missing


@njit(cache=True, nogil=True)
def _relabel(rng, theta, shape):
    """Exchange neighbouring classes by Metropolis on the sticks (the likelihood stays)."""
    n_lists, classes = shape.lists, shape.classes
    at_u = n_lists * classes
    alpha = np.exp(theta[at_u + classes - 1])
    log_nu = np.empty(classes)
    left = 0.0
    for k in range(classes - 1):
        u = theta[at_u + k]
        soft = _log1pexp(u)
        log_nu[k] = left + u - soft
        left -= soft
    log_nu[classes - 1] = left
    log_tail = np.empty(classes + 1)
    log_tail[classes] = -np.inf
    for k in range(classes - 1, -1, -1):
        log_tail[k] = np.logaddexp(log_nu[k], log_tail[k + 1])
    for k in range(classes - 1):
        swapped = np.logaddexp(log_nu[k], log_tail[k + 2])
        if k + 1 < classes - 1:
            log_ratio = log_tail[k + 1] - swapped
        else:
            log_ratio = (alpha - 1.0) * (log_nu[k] - log_nu[k + 1])
        if np.log(1.0 - rng.random()) < log_ratio:
            log_nu[k], log_nu[k + 1] = log_nu[k + 1], log_nu[k]
            log_tail[k + 1] = swapped
            for j in range(n_lists):
                a, b = j * classes + k, j * classes + k + 1
                theta[a], theta[b] = theta[b], theta[a]
    for k in range(classes - 1):
        theta[at_u + k] = log_nu[k] - log_tail[k + 1]


@njit(cache=True, nogil=True)
def start_chain(rng, shape, levels, theta, missing):
    """Start every level from a draw of its own: scattered classes, then 50 plain sweeps."""
    n_lists, classes = shape.lists, shape.classes
    for level in range(levels.counts.shape[0]):
        people = levels.counts[level].sum()
        row = theta[level]
        for j in range(n_lists):
            for k in range(classes):
                row[j * classes + k] = -1.5 + 1.5 * rng.standard_normal()
        for k in range(classes - 1):
            row[n_lists * classes + k] = rng.standard_normal()
        row[n_lists * classes + classes - 1] = -1.0 + rng.standard_normal()
        missing[level] = np.floor(people * np.exp(rng.standard_normal()))
        for _ in range(50):
            missing[level] = _sweep(rng, row, missing[level], shape, levels, level)
            _relabel(rng, row, shape)


@njit(cache=True, nogil=True)
def _exchange(rng, theta, missing, shape, levels, swaps):
    """Offer neighbouring levels each other's state; n_0 is drawn anew with it."""
    n_levels, n_cells = levels.counts.shape
    log_cells = np.empty((n_levels, n_cells))
    for level in range(n_levels):
        _cells(theta[level], shape, levels, log_cells[level])
    for low in range(n_levels - 1):
        log_ratio = 0.0
        for i in range(n_cells):
            gap = levels.counts[low, i] - levels.counts[low + 1, i]
            log_ratio += gap * (log_cells[low + 1, i] - log_cells[low, i])
        if not np.log(1.0 - rng.random()) < log_ratio:
            continue
        people, fewer = levels.counts[low].sum(), levels.counts[low + 1].sum()
        here = _draw_missing(rng, theta[low + 1], shape, people)
        there = _draw_missing(rng, theta[low], shape, fewer)
        if not (0 <= here <= shape.max_missing * people):
            continue
        if not (0 <= there <= shape.max_missing * fewer):
            continue
        swaps[low] += 1.0
        for i in range(theta.shape[1]):
            theta[low, i], theta[low + 1, i] = theta[low + 1, i], theta[low, i]
        for i in range(n_cells):
            kept = log_cells[low, i]
            log_cells[low, i] = log_cells[low + 1, i]
            log_cells[low + 1, i] = kept
        missing[low], missing[low + 1] = here, there


@njit(cache=True, nogil=True)
def run_block(rng, theta, missing, shape, levels, tuning, draws, thin, learn, swaps):
    """Run ``len(draws)`` x ``thin`` rounds; write (n_0, p of never listed, classes in use).

    One round: a sweep, an exchange of labels and one gradient path on every level, then an
    exchange between levels. With ``learn`` the step lengths follow the acceptance (0.7).
    """
    n_levels = levels.counts.shape[0]
    log_cells = np.empty(levels.counts.shape[1])
    for s in range(draws.shape[0]):
        for _ in range(thin):
            for level in range(n_levels):
                row = theta[level]
                people = levels.counts[level].sum()
                missing[level] = _sweep(rng, row, missing[level], shape, levels, level)
                _relabel(rng, row, shape)
                if tuning.leaps > 0:
                    step = tuning.steps[level] * (0.6 + 0.8 * rng.random())
                    leaps = 1 + int(rng.random() * tuning.leaps)
                    point, log_ratio = _leap(rng, row, shape, levels, level, step, leaps)
                    p_accept = np.exp(min(0.0, log_ratio)) if log_ratio == log_ratio else 0.0
                    if rng.random() < p_accept:
                        fresh = _draw_missing(rng, point, shape, people)
                        if 0.0 <= fresh <= shape.max_missing * people:
                            row[:] = point
                            missing[level] = fresh
                    if learn > 0.0:
                        tuning.steps[level] *= np.exp(learn * (p_accept - 0.7))
            if n_levels > 1:
                _exchange(rng, theta, missing, shape, levels, swaps)
        seen = _cells(theta[0], shape, levels, log_cells)
        draws[s, 0] = missing[0]
        draws[s, 1] = 1.0 - seen
        value = 0.0
        for i in range(log_cells.size):
            value += levels.counts[0, i] * log_cells[i]
        draws[s, 2] = value
