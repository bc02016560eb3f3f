"""Estimate from two lists, as a labelled illustration only (``chapman-1``).

Two lists cannot show whether being on one makes being on the other likelier; the figure stands or
falls with the belief that it does not.

Method: Chapman 1951; limits on the log of the missing after Chao 1987.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from tallystick.estimating.overlap import Histories

__all__ = ["ASSUMES_CHAPMAN", "chapman", "largest_pair"]

Z95 = 1.959963984540054
ASSUMES_CHAPMAN = (
    "Illustration only: the two lists were made without any regard to each other, and every person "
    "had the same chance to be on each."
)


def largest_pair(histories: Histories) -> tuple[int, int]:
    """Return the two lists that share most people."""
    shared = histories.pairs
    return max(combinations(range(len(shared)), 2), key=lambda pair: int(shared[pair]))


def chapman(on_first: int, on_second: int, on_both: int) -> tuple[float, float, float]:
    """Return (N, lo, hi) from the sizes of two lists and the people they share."""
    estimate = (on_first + 1) * (on_second + 1) / (on_both + 1) - 1
    either = on_first + on_second - on_both
    missing = max(estimate - either, 0.0)
    variance = (
        (on_first + 1)
        * (on_second + 1)
        * (on_first - on_both)
        * (on_second - on_both)
        / ((on_both + 1) ** 2 * (on_both + 2))
    )
    if missing == 0.0:
        return float(either), float(either), float(either)
    reach = float(np.exp(Z95 * np.sqrt(np.log1p(variance / missing**2))))
    return either + missing, either + missing / reach, either + missing * reach
