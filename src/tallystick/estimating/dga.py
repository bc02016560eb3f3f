"""Average over all decomposable graphs of dependence between three to six lists (``dga-1``).

Exact: nothing is drawn. The posterior of those nobody recorded is a sum over graphs; it is worked
out on a grid that is coarse at first, made finer where the mass lies, and summed over every whole
number of people. More than six lists are refused here: there are too many graphs.

Method: Madigan & York 1997, Biometrika 84:19 (hyper-Dirichlet law, prior 1/N, all graphs alike).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import gammaln, logsumexp

from tallystick.estimating.graphs import decomposable_graphs
from tallystick.estimating.overlap import Histories

__all__ = ["LARGEST_L", "GraphAverage", "average_graphs"]

LARGEST_L = 6
FINE_ENOUGH = 2e-8  # log density: a limit moves by less than a hundredth of a person
FAR_BELOW = 30.0  # log density: what lies lower cannot move a limit
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GraphAverage:
    """Hold the posterior of people nobody recorded, averaged over graphs.

    Args:
        n_observed: People recorded.
        p_missing: Shape (grid + 1,): probability of 0, 1, 2, … people unrecorded.
        p_graphs: Shape (graphs,): posterior probability of each graph, largest kept apart.
        p_saturated: Probability of the graph that joins all lists; its figure is the prior's.
        p_edge: Probability within the last 2 % of the grid.
        evaluations: Points of the grid at which all graphs were worked out.
    """

    n_observed: int
    p_missing: Floats
    p_graphs: Floats
    p_saturated: float
    p_edge: float
    evaluations: int

    def quantile(self, p: float) -> int:
        """Return the least whole N with at least this probability at or below it."""
        at = int(np.searchsorted(np.cumsum(self.p_missing), p * (1.0 - 1e-12)))
        return self.n_observed + min(at, len(self.p_missing) - 1)


def average_graphs(histories: Histories, *, delta: float, max_missing: int) -> GraphAverage:
    """Work out the posterior of N by ``dga-1``.

    Args:
        histories: Three to six lists.
        delta: Prior people per cell of the full table; the manual's advice is 2**-L.
        max_missing: Largest number of unrecorded people considered.
    """
    weights, _ = decomposable_graphs(len(histories.lists))
    margins = _Margins(histories, delta)
    grid, by_graph = _refined(margins, weights, max_missing)
    log_all = logsumexp(by_graph, axis=0)
    whole = np.arange(max_missing + 1)
    log_density = CubicSpline(grid, log_all)(whole) if len(grid) > 3 else log_all
    p_missing = np.exp(log_density - log_density.max())
    total = p_missing.sum()
    share = np.exp(by_graph - log_all)
    p_point = p_missing / total
    p_graphs = _weigh_graphs(grid, share, p_point)
    return GraphAverage(
        n_observed=histories.people,
        p_missing=p_point,
        p_graphs=p_graphs,
        p_saturated=float(p_graphs[-1]),
        p_edge=float(p_point[int(0.98 * max_missing) :].sum()),
        evaluations=len(grid),
    )


class _Margins:
    """Work out log m_A(n_0) for every set of lists A; all that does not move is summed once."""

    def __init__(self, histories: Histories, delta: float) -> None:
        n_lists = len(histories.lists)
        cells = histories.cells().astype(np.float64)
        self.n_lists = n_lists
        self.people = float(cells.sum())
        self.full = delta * (1 << n_lists)
        self.empty = np.zeros(1 << n_lists)
        self.prior = np.zeros(1 << n_lists)
        self.fixed = np.zeros(1 << n_lists)
        bits = np.arange(1 << n_lists)
        for members in range(1, 1 << n_lists):
            of_margin = np.bincount(bits & members, weights=cells, minlength=1 << n_lists)
            prior = delta * (1 << (n_lists - members.bit_count()))
            inside = (bits & ~members) == 0
            listed = of_margin[inside & (bits > 0)]
            self.empty[members] = of_margin[0]
            self.prior[members] = prior
            self.fixed[members] = (gammaln(listed + prior) - gammaln(prior)).sum() - gammaln(prior)
        self.fixed += gammaln(self.full)

    def log_posterior(self, weights: Floats, missing: Floats) -> Floats:
        """Return log p(graph, n_0) up to a constant, shape (graphs, points)."""
        people = self.people + missing
        moving = gammaln(self.empty[1:, None] + missing + self.prior[1:, None])
        moving += self.fixed[1:, None] - gammaln(people + self.full)
        either_way = gammaln(people + 1.0) - gammaln(missing + 1.0) - np.log(people)
        result: Floats = weights[:, 1:] @ moving + either_way
        return result


def _refined(margins: _Margins, weights: Floats, max_missing: int) -> tuple[Floats, Floats]:
    """Return a grid on which a cubic through log p(n_0) is exact enough, and p by graph.

    Each round splits only the intervals beside a midpoint that the cubic missed.
    """
    grid = _first_grid(max_missing)
    by_graph = [margins.log_posterior(weights, grid)]
    points = [grid]
    log_all = logsumexp(by_graph[0], axis=0)
    open_at = np.ones(len(grid) - 1, dtype=bool)
    for _ in range(20):
        between = np.floor((grid[:-1] + grid[1:]) / 2)
        guess = CubicSpline(grid, log_all)(between) if len(grid) > 3 else log_all[:-1]
        open_at &= (between > grid[:-1]) & (guess > log_all.max() - FAR_BELOW)
        if not open_at.any():
            break
        points.append(between[open_at])
        by_graph.append(margins.log_posterior(weights, points[-1]))
        fresh = logsumexp(by_graph[-1], axis=0)
        missed = np.zeros(len(open_at), dtype=bool)
        missed[open_at] = np.abs(fresh - guess[open_at]) > FINE_ENOUGH
        beside = missed | np.roll(missed, 1) | np.roll(missed, -1)
        places = np.searchsorted(grid, points[-1])
        grid = np.insert(grid, places, points[-1])
        log_all = np.insert(log_all, places, fresh)
        open_at = np.repeat(beside, 1 + open_at.astype(int))
    order = np.argsort(np.concatenate(points))
    return grid, np.concatenate(by_graph, axis=1)[:, order]


def _first_grid(max_missing: int) -> Floats:
    near = np.arange(0, min(max_missing, 40) + 1)
    far = np.geomspace(1, max(max_missing, 1), 160).round()
    grid = np.unique(np.concatenate([near, far, [max_missing]]))
    return np.asarray(grid[grid <= max_missing], dtype=np.float64)


def _weigh_graphs(grid: Floats, share: Floats, p_point: Floats) -> Floats:
    """Sum each graph's share of every whole number, straight between the grid's points."""
    whole = np.arange(len(p_point))
    right = np.clip(np.searchsorted(grid, whole, side="right"), 1, len(grid) - 1)
    width = grid[right] - grid[right - 1]
    part = np.clip((whole - grid[right - 1]) / width, 0.0, 1.0)
    mass = np.bincount(right - 1, weights=p_point * (1 - part), minlength=len(grid))
    mass += np.bincount(right, weights=p_point * part, minlength=len(grid))
    weighed = share @ mass
    return np.asarray(weighed / weighed.sum(), dtype=np.float64)
