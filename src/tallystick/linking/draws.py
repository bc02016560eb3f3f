"""Count people although the links are unsure: draw partitions by lot, count each.

Each draw clusters anew, and wherever two groups come up for joining, a lot decides with the
probability that groups so alike are one person. Slope and shift of that probability were fitted
on invented worlds so that the count is right on average; one shift a draw is drawn at random as
wide as worlds differ, so that the interval also carries what the model cannot know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.cluster import Laid, drawn

__all__ = ["Count", "Lot", "count_of", "draw_groups"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Hold the probability of joining: 1 / (1 + exp(−slope · mean log-odds − shift)).

    Args:
        slope: How sharply it follows the evidence.
        shift: Makes up for partners that were never compared.
        spread: Standard deviation of the shift between worlds.
    """

    slope: float
    shift: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Hold a number of distinct persons with its 95 % interval and how it was made."""

    n: int
    lo: int
    hi: int
    method: str

    def __post_init__(self) -> None:
        if not 0 <= self.lo <= self.n <= self.hi:
            raise ValueError("A count lies within its interval.")

    def as_json(self) -> dict[str, object]:
        return {"n": self.n, "lo": self.lo, "hi": self.hi, "method": self.method}


def draw_groups(laid: Laid, lot: Lot, *, draws: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """Draw partitions.

    Returns:
        Shape (draws, n): the group of each record, named by its least member.
    """
    out = np.empty((draws, len(laid.order)), np.int32)
    for s in range(draws):
        # Evenly spaced quantiles rather than chance: few draws then show the whole spread.
        quantile = (s + 0.5) / draws
        shift = lot.shift + lot.spread * _normal_quantile(quantile)
        out[s] = drawn(laid, lot.slope, shift, int(rng.integers(1 << 31)))
    return out


def count_of(groups: NDArray[np.int32], named: NDArray[np.bool_], method: str) -> Count:
    """Count the groups of named records over all draws."""
    counts = np.array([len(np.unique(row[named])) for row in groups] or [0])
    lo, mid, hi = np.quantile(counts, [0.025, 0.5, 0.975])
    return Count(n=round(mid), lo=int(np.floor(lo)), hi=int(np.ceil(hi)), method=method)


def _normal_quantile(p: float) -> float:
    """Give the normal quantile (Abramowitz & Stegun 26.2.23, error below 5e-4)."""
    if p > 0.5:
        return -_normal_quantile(1 - p)
    t = np.sqrt(-2 * np.log(p))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    low = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return float(top / low - t)
