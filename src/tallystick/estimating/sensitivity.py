"""Show how the figure moves when an assumption or a list is taken away.

Nothing here is an estimate to publish; each function returns numbers for one finding.

Method: Aleshin-Guendel, Sadinle & Wakefield 2021 (xi curves); Binette & Steorts 2022 (estimate a
list whose size is known from the others).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating.chao import LARGEST_CELLS_L, chao_bound
from tallystick.estimating.chapman import chapman, largest_pair
from tallystick.estimating.dga import LARGEST_L, average_graphs
from tallystick.estimating.overlap import Histories, histories_of

__all__ = [
    "XI",
    "consistency_of_lists",
    "figure_without_each",
    "highest_order_curve",
    "merged_pair_figures",
    "quick_figure",
    "two_list_curve",
]

Floats = NDArray[np.float64]
XI = tuple(float(x) for x in np.geomspace(0.1, 10.0, 21).round(6))
"""Odds by which the assumption may be wrong; 1 is the assumption itself."""


def highest_order_curve(histories: Histories) -> list[float]:
    """Return N for each xi if the interaction of all lists is xi instead of none.

    Half a person is added to every cell, so that empty cells do not decide.
    """
    n_lists = len(histories.lists)
    cells = histories.cells()[1:] + 0.5
    depth = np.array([cell.bit_count() for cell in range(1, 1 << n_lists)])
    log_missing = (np.where(depth % 2 == 1, 1.0, -1.0) * np.log(cells)).sum()
    bounded = [min(log_missing - np.log(xi), np.log(1e4 * histories.people)) for xi in XI]
    return [histories.people + float(np.exp(value)) for value in bounded]


def two_list_curve(histories: Histories) -> tuple[list[str], list[float]]:
    """Return the two lists that share most, and N for each odds ratio xi between them."""
    first, second = largest_pair(histories)
    pairs, sizes = histories.pairs, histories.sizes
    both = float(pairs[first, second]) + 0.5
    only_first, only_second = sizes[first] - both + 0.5, sizes[second] - both + 0.5
    neither = histories.people - sizes[first] - sizes[second] + pairs[first, second]
    figures = [
        histories.people + max(xi * float(only_first * only_second) / both - float(neither), 0.0)
        for xi in XI
    ]
    return [histories.lists[first], histories.lists[second]], figures


def quick_figure(histories: Histories) -> tuple[str, float, float, float] | None:
    """Return (method, N, lo, hi) by the quickest method fit for so many lists."""
    n_lists = len(histories.lists)
    if n_lists < 2 or histories.people == 0 or n_lists > LARGEST_CELLS_L:
        return None
    if n_lists == 2:
        pairs = histories.pairs
        return "chapman-1", *chapman(int(pairs[0, 0]), int(pairs[1, 1]), int(pairs[0, 1]))
    if n_lists > LARGEST_L - 1:
        return "chao-bound", *chao_bound(histories)
    average = average_graphs(histories, delta=2.0**-n_lists, max_missing=20 * histories.people)
    limits = [float(average.quantile(p)) for p in (0.5, 0.025, 0.975)]
    return "dga-1", limits[0], limits[1], limits[2]


def figure_without_each(histories: Histories) -> list[dict[str, object]]:
    """Return a figure without each list, people only on it forgotten."""
    found = []
    for at, name in enumerate(histories.lists):
        quick = quick_figure(histories.without(at))
        if quick is not None:
            found.append(_named({"without": name}, quick))
    return found


def merged_pair_figures(histories: Histories) -> list[dict[str, object]]:
    """Return a figure with each two lists merged into one, for four lists and more."""
    found: list[dict[str, object]] = []
    if not 4 <= len(histories.lists) <= LARGEST_L:
        return found
    for first, second in combinations(range(len(histories.lists)), 2):
        quick = quick_figure(_merged(histories, first, second))
        if quick is not None:
            pair = [histories.lists[first], histories.lists[second]]
            found.append(_named({"merged": pair}, quick))
    return found


def consistency_of_lists(histories: Histories) -> list[dict[str, object]]:
    """Estimate each list's known size from the other lists' view of it alone."""
    found: list[dict[str, object]] = []
    if not 4 <= len(histories.lists) <= LARGEST_L:
        return found
    for at, name in enumerate(histories.lists):
        inside = histories.patterns[:, at] == 1
        others = [a for a in range(len(histories.lists)) if a != at]
        seen = histories_of(
            [histories.lists[a] for a in others],
            histories.patterns[inside][:, others],
            histories.counts[inside],
        )
        if (seen.sizes > 0).sum() < 3:
            continue
        quick = quick_figure(seen)
        if quick is not None:
            size = int(histories.sizes[at])
            held = quick[2] <= size <= quick[3]
            found.append(_named({"list": name, "size": size, "held": bool(held)}, quick))
    return found


def _merged(histories: Histories, first: int, second: int) -> Histories:
    patterns = histories.patterns.copy()
    patterns[:, first] |= patterns[:, second]
    kept = [a for a in range(len(histories.lists)) if a != second]
    return histories_of([histories.lists[a] for a in kept], patterns[:, kept], histories.counts)


def _named(what: dict[str, object], quick: tuple[str, float, float, float]) -> dict[str, object]:
    method, *figures = quick
    median, lo, hi = (float(x) if np.isfinite(x) else None for x in figures)  # JSON has no infinity
    return {**what, "method": method, "median": median, "lo": lo, "hi": hi}
