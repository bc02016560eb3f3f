"""Draw latent classes by the plain sweeps of the paper, as published estimates were drawn.

A sweep draws in turn the class of everybody recorded, the chance of each list in each class, the
sticks, and the people nobody recorded with their classes (Manrique-Vallier 2016, Biometrics
72:1246). Such a chain keeps the labels into which its classes are sorted at the start, and mostly
stays in the hill into which it falls, so that it need not tell the posterior: ``kernels`` draws
that. The two share no line, so that each checks the other; compiled and free of I/O, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["CAP", "How", "Place", "chain", "draw_alpha", "draw_unseen", "start", "sweep"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., Any])

CAP = 20  # people unrecorded for each recorded, at most: the reference package's own limit
SORTED_AFTER = 500  # sweeps, after which classes are sorted by their size once
BEYOND = 1e12  # mean of n_0 from which it is not even drawn


def _compiled(function: Function) -> Function:
    # numba's dispatcher is called like the function it wraps.
    return cast("Function", njit(cache=True, nogil=True)(function))


class Place(NamedTuple):
    """Hold where a chain stands.

    Args:
        log_yes: Shape (lists, classes): log chance that a list names somebody of a class.
        log_no: Of the contrary.
        log_nu: Shape (classes,): log share of each class.
        log_v: Shape (classes,): log of each stick; ``log_w`` of what it leaves; the last is whole.
        log_w: See ``log_v``.
        unseen: Shape (classes,): people unrecorded, by class.
        alpha: Shape (1,): concentration of the sticks.
    """

    log_yes: Floats
    log_no: Floats
    log_nu: Floats
    log_v: Floats
    log_w: Floats
    unseen: Floats
    alpha: Floats


def start(rates: Floats, classes: int) -> Place:
    """Give where chains start: equal classes, each with the rates at which the lists name people.

    Args:
        rates: Shape (lists,): people on each list for each person recorded, below 1.
        classes: How many.
    """
    return Place(
        log_yes=np.repeat(np.log(rates)[:, None], classes, axis=1),
        log_no=np.repeat(np.log1p(-rates)[:, None], classes, axis=1),
        log_nu=np.full(classes, -np.log(classes)),
        log_v=np.zeros(classes),
        log_w=np.full(classes, -np.inf),
        unseen=np.zeros(classes),
        alpha=np.full(1, 0.3 / classes),
    )


class How(NamedTuple):
    """Say how a chain draws.

    Args:
        prior: Shape and rate of the gamma prior of alpha.
        left_out: Sweeps before the first that counts.
        thinning: Sweeps for each draw.
        draws: How many.
        exchanges: Whether classes also exchange their labels, which leaves the posterior as it is.
    """

    prior: tuple[float, float]
    left_out: int
    thinning: int
    draws: int
    exchanges: bool


@_compiled
def chain(rng: np.random.Generator, patterns: Ints, counts: Ints, place: Place, how: How) -> Floats:
    """Draw the people unrecorded.

    Args:
        rng: Random numbers of this chain.
        patterns: Shape (M, lists): who is on which, 0 or 1.
        counts: Shape (M,): people of each pattern.
        place: Where it starts; moved.
        how: Prior, and how long.

    Returns:
        Shape (draws,).
    """
    for _ in range(SORTED_AFTER):
        # Until they are sorted the concentration stays where it starts.
        sweep(rng, patterns, counts, place, False)
    _sort(place)
    kept = np.empty(how.draws)
    for s in range(how.left_out + how.draws * how.thinning):
        sweep(rng, patterns, counts, place, how.exchanges)
        draw_alpha(rng, place, how.prior)
        after = s - how.left_out
        if after >= 0 and after % how.thinning == how.thinning - 1:
            kept[after // how.thinning] = place.unseen.sum()
    return kept


@_compiled
def _sort(place: Place) -> None:
    order = np.argsort(-place.log_nu)
    place.log_nu[:] = place.log_nu[order]
    place.log_yes[:], place.log_no[:] = place.log_yes[:, order], place.log_no[:, order]
    place.unseen[:] = place.unseen[order]


@_compiled
def sweep(
    rng: np.random.Generator, patterns: Ints, counts: Ints, place: Place, exchanges: bool
) -> None:
    """Draw everything once, but for alpha."""
    n_lists, classes = place.log_yes.shape
    listed, held = np.zeros((n_lists, classes)), np.zeros(classes)
    for i in range(len(counts)):
        _draw_classes(rng, patterns[i], counts[i], place, listed, held)
    everyone = held + place.unseen
    for j in range(n_lists):
        for k in range(classes):
            yes, no = listed[j, k], everyone[k] - listed[j, k]
            place.log_yes[j, k], place.log_no[j, k] = _log_beta(rng, 1.0 + yes, 1.0 + no)
    after = everyone.sum()
    for k in range(classes - 1):
        after -= everyone[k]
        place.log_v[k], place.log_w[k] = _log_beta(
            rng, 1.0 + everyone[k], place.alpha[0] + max(after, 0.0)
        )
    _break_stick(place)
    if exchanges:
        _exchange_labels(rng, everyone, place)
        _break_stick(place)
    draw_unseen(rng, counts.sum(), place)


@_compiled
def _draw_classes(
    rng: np.random.Generator, pattern: Ints, people: int, place: Place, listed: Floats, held: Floats
) -> None:
    work = place.log_nu.copy()
    for j in range(len(pattern)):
        work += place.log_yes[j] if pattern[j] else place.log_no[j]
    drawn = np.zeros(len(work))
    _share_out(rng, people, np.exp(work - work.max()), drawn)
    held += drawn
    for j in range(len(pattern)):
        if pattern[j]:
            listed[j] += drawn


@_compiled
def _share_out(rng: np.random.Generator, people: int, weight: Floats, out: Floats) -> None:
    left, total = people, weight.sum()
    for k in range(weight.size - 1):
        if left == 0:
            return
        p = min(weight[k] / total, 1.0) if total > 0.0 else 1.0
        drawn = rng.binomial(left, p)
        out[k] += drawn
        left -= drawn
        total -= weight[k]
    out[weight.size - 1] += left


@_compiled
def _log_beta(rng: np.random.Generator, a: float, b: float) -> tuple[float, float]:
    """Draw a beta variable; return its logarithm and that of what it leaves of 1."""
    yes, no = _log_gamma(rng, a), _log_gamma(rng, b)
    high, low = max(yes, no), min(yes, no)
    both = high if low == -np.inf else high + np.log1p(np.exp(low - high))
    return yes - both, no - both


@_compiled
def _log_gamma(rng: np.random.Generator, shape: float) -> float:
    if shape >= 1.0:
        return float(np.log(rng.standard_gamma(shape)))
    below = np.log(1.0 - rng.random()) / shape
    return float(np.log(rng.standard_gamma(shape + 1.0)) + below)


@_compiled
def _break_stick(place: Place) -> None:
    log_rest = 0.0
    for k in range(place.log_nu.size - 1):
        place.log_nu[k] = log_rest + place.log_v[k]
        log_rest += place.log_w[k]
    place.log_nu[-1] = log_rest


@_compiled
def _exchange_labels(rng: np.random.Generator, everyone: Floats, place: Place) -> None:
    """Exchange labels in the two ways of Papaspiliopoulos & Roberts 2008, section 3.4.

    First any two classes with their people, sticks left where they are; then neighbours together
    with their sticks.
    """
    classes, log_v, log_w = everyone.size, place.log_v, place.log_w
    for _ in range(classes):
        a, b = int(rng.integers(0, classes)), int(rng.integers(0, classes))
        log_ratio = (place.log_nu[a] - place.log_nu[b]) * (everyone[b] - everyone[a])
        if np.log(1.0 - rng.random()) < log_ratio:
            _swap(a, b, everyone, place)
    for a in range(classes - 2):
        log_ratio = everyone[a] * log_w[a + 1] - everyone[a + 1] * log_w[a]
        if np.log(1.0 - rng.random()) < log_ratio:
            _swap(a, a + 1, everyone, place)
            log_v[a], log_v[a + 1] = log_v[a + 1], log_v[a]
            log_w[a], log_w[a + 1] = log_w[a + 1], log_w[a]


@_compiled
def _swap(a: int, b: int, everyone: Floats, place: Place) -> None:
    everyone[a], everyone[b] = everyone[b], everyone[a]
    for j in range(len(place.log_yes)):
        yes, no = place.log_yes[j], place.log_no[j]
        yes[a], yes[b] = yes[b], yes[a]
        no[a], no[b] = no[b], no[a]


@_compiled
def draw_unseen(rng: np.random.Generator, people: int, place: Place) -> None:
    """Draw the people unrecorded, at most ``CAP`` for each recorded, and their classes."""
    work = np.exp(place.log_nu + place.log_no.sum(axis=0))
    p_missed = work.sum()
    missing = CAP * people + 1
    while missing > CAP * people:
        mean = rng.standard_gamma(people) * p_missed / max(1.0 - p_missed, 1e-300)
        if mean < BEYOND:
            missing = rng.poisson(mean)
    place.unseen[:] = 0.0
    _share_out(rng, missing, work, place.unseen)


@_compiled
def draw_alpha(rng: np.random.Generator, place: Place, prior: tuple[float, float]) -> None:
    """Draw the concentration given what is left of the stick in the end."""
    shape, rate = prior
    drawn = _log_gamma(rng, place.log_nu.size - 1.0 + shape)
    place.alpha[0] = np.exp(drawn - np.log(rate - place.log_nu[-1]))
