"""Count people although the links are unsure: draw partitions by lot, count each.

Each draw clusters anew, and wherever two groups come up for joining, a lot decides with the
probability that groups so alike are one person. Slope and shift of that probability were fitted
on invented worlds so that the count is right on average; one shift a draw is drawn at random as
wide as worlds differ, so that the interval also carries what the model cannot know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.cluster import Laid, drawn

__all__ = ["Count", "Lot", "count_of", "draw_groups", "lots_of"]


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


def draw_groups(laid: Laid, lot: Lot, *, draws: int, lots: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Draw partitions.

    Args:
        laid: The components.
        lot: How groups join.
        draws: How many.
        lots: A number of each record, by which its lots are cast.

    Returns:
        Shape (draws, n): the group of each record, named by its least member.
    """
    # Evenly spaced quantiles rather than chance: few draws then show the whole spread.
    quantiles = [_normal_quantile((s + 0.5) / draws) for s in range(draws)]
    return drawn(laid, lot.slope, lot.shift + lot.spread * np.array(quantiles), lots)


def lots_of(ids: Sequence[str], seed: int) -> NDArray[np.uint64]:
    """Give each record a number of its own, by which its lots are cast."""
    salt = seed.to_bytes(8, "big")
    digests = b"".join(blake2b(one.encode(), digest_size=8, salt=salt).digest() for one in ids)
    return np.frombuffer(digests, np.uint64)


def count_of(groups: NDArray[np.int32], named: NDArray[np.bool_], method: str) -> Count:
    """Count the groups of named records over all draws."""
    counts = np.array([_many(row[named]) for row in groups] or [0])
    lo, mid, hi = np.quantile(counts, [0.025, 0.5, 0.975])
    return Count(n=round(mid), lo=int(np.floor(lo)), hi=int(np.ceil(hi)), method=method)


def _many(groups: NDArray[np.int32]) -> int:
    """Count distinct groups."""
    return int(np.count_nonzero(np.bincount(groups))) if len(groups) else 0


def _normal_quantile(p: float) -> float:
    """Give the normal quantile (Abramowitz & Stegun 26.2.23, error below 5e-4)."""
    if p > 0.5:
        return -_normal_quantile(1 - p)
    t = np.sqrt(-2 * np.log(p))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    low = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return float(top / low - t)
