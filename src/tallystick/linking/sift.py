"""Sift candidate pairs by what plain equality of keys says, before sounds are compared.

Nine in ten pairs that share a given name share hardly anything else. A pair stays if its points
reach a bar so low that, on invented lists, one true pair in two hundred falls below it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.columns import C, Columns
from tallystick.linking.engines.jit import in_parts, jit

__all__ = ["BAR", "sifted"]

BAR = 1.5
NEAR_DAYS, NEAR_YEARS = 10, 2
GIVEN, FATHER, FAMILY, OF, NUMBER = C.GIVEN, C.FATHER, C.FAMILY, C.OF, C.NUMBER
PLACE, REGION, DAY, AGE = C.PLACE, C.REGION, C.DAY, C.AGE

Ints = NDArray[np.int32]


def sifted(left: Ints, right: Ints, columns: Columns) -> NDArray[np.bool_]:
    """Mark the pairs worth comparing."""
    out = np.zeros(len(left), np.bool_)
    cells, keys = columns.cells, columns.tokens.keys
    in_parts(
        lambda a, b: _sift(left[a:b], right[a:b], cells, keys, out[a:b]),
        len(left),
    )
    return out


@jit
def _sift(left: Ints, right: Ints, cells: Ints, keys: Ints, out: NDArray[np.bool_]) -> None:
    for at in range(len(left)):
        r, q = cells[left[at]], cells[right[at]]
        out[at] = _points(r, q, keys) + _circumstances(r, q, keys) >= BAR


@jit
def _meet(a: int, b: int, keys: Ints) -> bool:
    """Say whether two words share a skeleton."""
    if a < 0 or b < 0:
        return False
    for x in range(keys.shape[1]):
        for y in range(keys.shape[1]):
            if keys[a, x] >= 0 and keys[a, x] == keys[b, y]:
                return True
    return False


@jit
def _points(r: Ints, q: Ints, keys: Ints) -> float:
    """Count what names and numbers share."""
    points = 0.5 if _meet(r[GIVEN], q[GIVEN], keys) else 0.0
    points += 1.0 if _meet(r[FAMILY], q[FAMILY], keys) else 0.0
    if (
        _meet(r[FATHER], q[FATHER], keys)
        or _meet(r[FAMILY], q[FATHER], keys)
        or _meet(r[FATHER], q[FAMILY], keys)
        or _meet(r[OF], q[FATHER], keys)
        or _meet(r[FATHER], q[OF], keys)
    ):
        points += 0.7
    if r[NUMBER] >= 0 and r[NUMBER] == q[NUMBER]:
        points += 1.5
    return points


@jit
def _circumstances(r: Ints, q: Ints, keys: Ints) -> float:
    """Count what day, place and age share; an unknown day is half a point."""
    points = 0.0
    if r[DAY] < 0 or q[DAY] < 0:
        points += 0.5
    elif abs(r[DAY] - q[DAY]) <= NEAR_DAYS:
        points += 1.0
    points += 1.0 if _meet(r[PLACE], q[PLACE], keys) else 0.0
    if (
        _meet(r[REGION], q[REGION], keys)
        or _meet(r[PLACE], q[REGION], keys)
        or _meet(r[REGION], q[PLACE], keys)
    ):
        points += 0.5
    if r[AGE] >= 0 and q[AGE] >= 0 and abs(r[AGE] - q[AGE]) <= NEAR_YEARS:
        points += 0.5
    return points
