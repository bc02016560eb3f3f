"""Compare two words by sound: the compiled twin of ``text.names.likeness``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import jit
from tallystick.linking.tokens import LONGEST, Tokens
from tallystick.text import COST, DROP, SWAP

__all__ = ["Sounds", "alike", "sounds_of"]

_COST = np.array(COST, np.float32)
_DROP = np.array(DROP, np.float32)
_SWAP = np.float32(SWAP)
_WIDTH = LONGEST + 1


class Sounds(NamedTuple):
    """Hold what the compiled comparison reads: see ``Tokens``."""

    units: NDArray[np.uint8]
    length: NDArray[np.int32]
    mass: NDArray[np.float32]
    cost: NDArray[np.float32]
    drop: NDArray[np.float32]


def sounds_of(tokens: Tokens) -> Sounds:
    """Hand the tokens to the compiled comparison."""
    return Sounds(tokens.units, tokens.length, tokens.mass, _COST, _DROP)


@jit
def alike(a: int, b: int, sounds: Sounds) -> float:
    """Say how alike two words (by number) are; NaN if one is missing."""
    if a < 0 or b < 0:
        return np.nan
    if a == b:
        return 1.0
    mass = (sounds.mass[a] + sounds.mass[b]) * np.float32(0.5)
    if mass <= 0.0:
        return 0.0
    out = 1.0 - _distance(a, b, sounds) / mass
    return out if out > 0.0 else 0.0


@jit
def _distance(a: int, b: int, sounds: Sounds) -> float:
    """Align a with b; three rows are kept, for neighbours that changed places."""
    la, lb = sounds.length[a], sounds.length[b]
    rows = np.zeros((3, _WIDTH), np.float32)
    for j in range(1, lb + 1):
        rows[0, j] = rows[0, j - 1] + sounds.drop[sounds.units[b, j - 1]]
    for i in range(1, la + 1):
        u = sounds.units[a, i - 1]
        now, above, before = i % 3, (i - 1) % 3, (i - 2) % 3
        rows[now, 0] = rows[above, 0] + sounds.drop[u]
        for j in range(1, lb + 1):
            v = sounds.units[b, j - 1]
            best = rows[above, j - 1] + sounds.cost[u, v]
            best = min(best, rows[above, j] + sounds.drop[u], rows[now, j - 1] + sounds.drop[v])
            if (
                i > 1 and j > 1 and u != v
                and u == sounds.units[b, j - 2] and v == sounds.units[a, i - 2]
            ):  # fmt: skip
                best = min(best, rows[before, j - 2] + _SWAP)
            rows[now, j] = best
    cost: float = rows[la % 3, lb]
    return cost
