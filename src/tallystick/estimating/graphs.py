"""Find all decomposable graphs on up to six lists, with their cliques and separators.

Used by ``dga-1`` alone. A graph is decomposable if its lists can be removed one by one so that the
neighbours of each removed list are all joined (a perfect elimination order).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

__all__ = ["decomposable_graphs", "weights_of_graph"]

Neighbours = tuple[int, ...]
"""For each list a bit set of the lists it is joined to."""


def _is_joined(neighbours: Neighbours, members: int) -> bool:
    left = members
    while left:
        at = left.bit_length() - 1
        left ^= 1 << at
        if left & ~neighbours[at]:
            return False
    return True


def weights_of_graph(neighbours: Neighbours) -> dict[int, int] | None:
    """Return +1 for each clique and -1 for each separator (sets as bits), or None.

    None means that the graph is not decomposable. Removing list v whose neighbours S are all
    joined multiplies the density by p(S and v) / p(S), so that cliques inside others cancel.
    """
    weights: dict[int, int] = {}
    left = (1 << len(neighbours)) - 1
    while left:
        for at in range(len(neighbours)):
            around = neighbours[at] & left
            if left >> at & 1 and _is_joined(neighbours, around):
                break
        else:
            return None
        weights[around | 1 << at] = weights.get(around | 1 << at, 0) + 1
        if around:
            weights[around] = weights.get(around, 0) - 1
        left ^= 1 << at
    return {members: weight for members, weight in weights.items() if weight}


@lru_cache(maxsize=8)
def decomposable_graphs(n_lists: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return every decomposable graph on these lists.

    Returns:
        Weights of shape (graphs, 2**L): column A is +1 for a clique A, -1 for a separator; and
        the graphs' edges as bits of shape (graphs,), in ``itertools.combinations`` order. The
        last graph is the saturated one.
    """
    pairs = list(combinations(range(n_lists), 2))
    rows: list[NDArray[np.float64]] = []
    kept: list[int] = []
    for edges in range(1 << len(pairs)):
        neighbours = [0] * n_lists
        for bit, (a, b) in enumerate(pairs):
            if edges >> bit & 1:
                neighbours[a] |= 1 << b
                neighbours[b] |= 1 << a
        weights = weights_of_graph(tuple(neighbours))
        if weights is None:
            continue
        row = np.zeros(1 << n_lists)
        row[list(weights)] = list(weights.values())
        rows.append(row)
        kept.append(edges)
    return np.array(rows), np.array(kept, dtype=np.int64)
