"""Compare two words by sound: the compiled twin of ``text.names.likeness``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import inlined, jit, lean
from tallystick.linking.tokens import LONGEST, Tokens
from tallystick.text import COST, DROP, SWAP

__all__ = ["Memo", "Sounds", "alike", "meet", "memo", "sounds_of"]

_COST = np.array(COST, np.float32)
_DROP = np.array(DROP, np.float32)
_SWAP = np.float32(SWAP)
_WIDTH = LONGEST + 1
# Pairs of words that a memo keeps: what one core holds near itself.
_PLACES = 1 << 13


class Sounds(NamedTuple):
    """Hold what the compiled comparison reads: see ``Tokens``."""

    units: NDArray[np.uint8]
    length: NDArray[np.int32]
    mass: NDArray[np.float32]
    cost: NDArray[np.float32]
    drop: NDArray[np.float32]
    keys: NDArray[np.int32]


def sounds_of(tokens: Tokens) -> Sounds:
    """Hand the tokens to the compiled comparison."""
    return Sounds(tokens.units, tokens.length, tokens.mass, _COST, _DROP, tokens.keys)


class Memo(NamedTuple):
    """Keep what was last heard of pairs of words, and room to work in; one a thread.

    Args:
        pair: Shape (2 ** k,), which pair of words each place holds, −1 for none.
        said: Shape (2 ** k,), how alike they are.
        rows: Shape (3, LONGEST + 1), the rows of an alignment.
        rough: Whether words count as alike if they share a skeleton, and else as not alike.
    """

    pair: NDArray[np.int64]
    said: NDArray[np.float32]
    rows: NDArray[np.float32]
    rough: bool


@jit
def memo(rough: bool) -> Memo:
    """Make an empty memo."""
    return Memo(
        np.full(_PLACES, -1, np.int64),
        np.empty(_PLACES, np.float32),
        np.zeros((3, _WIDTH), np.float32),
        rough,
    )


@inlined
def meet(a: int, b: int, keys: NDArray[np.int32]) -> bool:
    """Say whether two words share a skeleton; ``keys`` as in ``Tokens``."""
    if a < 0 or b < 0:
        return False
    for x in range(keys.shape[1]):
        if keys[a, x] < 0:
            return False
        for y in range(keys.shape[1]):
            if keys[b, y] == keys[a, x]:
                return True
            if keys[b, y] < 0:
                break
    return False


@inlined
def alike(a: int, b: int, sounds: Sounds, memo: Memo) -> float:
    """Say how alike two words (by number) are; NaN if one is missing."""
    if a < 0 or b < 0:
        return np.nan
    if a == b:
        return 1.0
    if memo.rough:
        return 1.0 if meet(a, b, sounds.keys) else 0.0
    pair = (np.int64(a) << 32) | np.int64(b)
    at = ((np.int64(a) * 40503) ^ np.int64(b)) & (_PLACES - 1)
    if memo.pair[at] != pair:
        memo.pair[at] = pair
        memo.said[at] = _heard(a, b, sounds, memo.rows)
    return float(memo.said[at])


@lean
def _heard(a: int, b: int, sounds: Sounds, rows: NDArray[np.float32]) -> float:
    mass = (sounds.mass[a] + sounds.mass[b]) * np.float32(0.5)
    if mass <= 0.0:
        return 0.0
    out = 1.0 - _distance(a, b, sounds, rows, mass) / mass
    return out if out > 0.0 else 0.0


@lean
def _distance(a: int, b: int, sounds: Sounds, rows: NDArray[np.float32], enough: float) -> float:
    """Align a with b; three rows are kept, for neighbours that changed places.

    What costs ``enough`` on every way through two rows costs no less in the end: then the rest
    is not walked.
    """
    la, lb = sounds.length[a], sounds.length[b]
    first, second = sounds.units[a], sounds.units[b]
    rows[0, 0] = 0.0
    for j in range(1, lb + 1):
        rows[0, j] = rows[0, j - 1] + sounds.drop[second[j - 1]]
    before, above, now = 1, 2, 0
    least_above = np.float32(0.0)
    for i in range(1, la + 1):
        before, above, now = above, now, before
        u = first[i - 1]
        drop = sounds.drop[u]
        left = rows[above, 0] + drop
        rows[now, 0] = left
        least = left
        for j in range(1, lb + 1):
            v = second[j - 1]
            best = rows[above, j - 1] + sounds.cost[u, v]
            best = min(best, rows[above, j] + drop, left + sounds.drop[v])
            if i > 1 and j > 1 and u != v and u == second[j - 2] and v == first[i - 2]:
                best = min(best, rows[before, j - 2] + _SWAP)
            rows[now, j] = left = best
            least = min(least, best)
        if min(least, least_above) >= enough:
            return float(enough)
        least_above = least
    return float(rows[now, lb])
