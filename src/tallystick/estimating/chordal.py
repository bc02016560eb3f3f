"""Walk over decomposable graphs where there are too many to enumerate (``dga-1``, 7 to 12 lists).

Each step joins or parts two lists; a graph that is not decomposable is not entered. What the graphs
say of the unrecorded is averaged over the walk, so that only the choice of graphs is random. Four
walks start apart; if their averages differ, there is no figure.

Method: Madigan & York 1995 (walks over decomposable models), 1997 (the law of N given a graph).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import gammaln, logsumexp

from tallystick.estimating.graphs import weights_of_graph
from tallystick.estimating.overlap import Histories

__all__ = ["MOST_L", "Walk", "walk_graphs"]

Floats = NDArray[np.float64]
MOST_L = 12
WALKS = 4
GRID_POINTS = 500
LEFT_OUT = 0.2
START_JOINED = (0.0, 0.1, 0.2, 0.3)


@dataclass(frozen=True, slots=True)
class Walk:
    """Hold the average over the walks.

    Args:
        n_observed: People recorded.
        p_missing: Shape (most + 1,): probability of 0, 1, 2, … people unrecorded.
        apart: Largest distance (0 to 1) of one walk's distribution function from the average.
        graphs: Different graphs visited.
    """

    n_observed: int
    p_missing: Floats
    apart: float
    graphs: int

    def quantile(self, p: float) -> int:
        """Return the least whole N with at least this probability at or below it."""
        at = int(np.searchsorted(np.cumsum(self.p_missing), p * (1.0 - 1e-12)))
        return self.n_observed + min(at, len(self.p_missing) - 1)


class _Scores:
    """Work out log p(graph, n_0) on the grid, keeping each set of lists once worked out."""

    def __init__(self, histories: Histories, delta: float, most: int) -> None:
        self.bits = histories.patterns.astype(np.int64) @ (1 << np.arange(len(histories.lists)))
        self.counts = histories.counts.astype(np.float64)
        self.n_lists = len(histories.lists)
        self.delta = delta
        near = np.arange(0, min(most, 30) + 1)
        far = np.geomspace(1, max(most, 1), GRID_POINTS).round()
        self.grid = np.unique(np.concatenate([near, far])).astype(np.float64)
        self.people = self.grid + histories.people
        self.either_way = (
            gammaln(self.people + 1.0) - gammaln(self.grid + 1.0) - np.log(self.people)
        )
        self.width = np.log(np.gradient(self.grid))
        self.of_set: dict[int, Floats] = {}
        self.of_graph: dict[tuple[int, ...], tuple[float, Floats]] = {}

    def margin(self, members: int) -> Floats:
        """Return log m of one set of lists on the grid."""
        if members not in self.of_set:
            cells, at = np.unique(self.bits & members, return_inverse=True)
            seen = np.bincount(at.reshape(-1), weights=self.counts)
            prior = self.delta * 2.0 ** (self.n_lists - members.bit_count())
            full = self.delta * 2.0**self.n_lists
            listed = seen[cells > 0]
            fixed = (
                (gammaln(listed + prior) - gammaln(prior)).sum() + gammaln(full) - gammaln(prior)
            )
            empty = seen[cells == 0].sum() + self.grid
            self.of_set[members] = fixed + gammaln(empty + prior) - gammaln(self.people + full)
        return self.of_set[members]

    def score(self, around: tuple[int, ...]) -> tuple[float, Floats] | None:
        """Return log p(graph) and p(n_0 | graph) as a density on the grid; None if not chordal."""
        if around not in self.of_graph:
            weights = weights_of_graph(around)
            if weights is None:
                return None
            log_p = self.either_way + sum(w * self.margin(a) for a, w in weights.items())
            total = float(logsumexp(log_p + self.width))
            self.of_graph[around] = total, np.exp(log_p - total)
        return self.of_graph[around]


def walk_graphs(
    histories: Histories, *, delta: float, most: int, rng: np.random.Generator, steps: int = 6000
) -> Walk:
    """Average over decomposable graphs by four walks of ``steps`` steps."""
    scores = _Scores(histories, delta, most)
    density = np.stack([_one_walk(scores, rng, steps, joined) for joined in START_JOINED])
    mean = density.mean(axis=0)
    width = np.exp(scores.width)
    apart = float(np.abs(np.cumsum((density - mean) * width, axis=1)).max())
    whole = np.arange(most + 1)
    log_p = CubicSpline(scores.grid, np.log(np.maximum(mean, 1e-300)))(whole)
    p_missing = np.exp(log_p - log_p.max())
    return Walk(histories.people, p_missing / p_missing.sum(), apart, len(scores.of_graph))


def _one_walk(scores: _Scores, rng: np.random.Generator, steps: int, joined: float) -> Floats:
    """Return the walk's mean density on the grid, its first fifth left out."""
    pairs = list(combinations(range(scores.n_lists), 2))
    around = (0,) * scores.n_lists
    for pair in pairs:
        wider = _toggled(around, pair)
        if rng.random() < joined and weights_of_graph(wider) is not None:
            around = wider
    now = scores.score(around)
    assert now is not None  # it started from a decomposable graph
    total = np.zeros(len(scores.grid))
    for step in range(steps):
        other = _toggled(around, pairs[int(rng.integers(len(pairs)))])
        then = scores.score(other)
        if then is not None and np.log(1.0 - rng.random()) < then[0] - now[0]:
            around, now = other, then
        if step >= LEFT_OUT * steps:
            total += now[1]
    return total / (steps - int(np.ceil(LEFT_OUT * steps)))


def _toggled(around: tuple[int, ...], pair: tuple[int, int]) -> tuple[int, ...]:
    first, second = pair
    changed = list(around)
    changed[first] ^= 1 << second
    changed[second] ^= 1 << first
    return tuple(changed)
