"""Compare the cells of any column by edits: for columns that nobody has told us about.

Equal, near (a slip or two), rather alike, different, or missing: five levels, whatever the
column holds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import in_parts, jit

__all__ = [
    "DIFFERENT",
    "EQUAL",
    "LEVELS",
    "MISSING",
    "NEAR",
    "RATHER",
    "Cells",
    "cells_of",
    "levels_of",
]

EQUAL, NEAR, RATHER, DIFFERENT, MISSING = range(5)
LEVELS = ("equal", "near", "rather alike", "different", "not stated in both")
_NEAR, _RATHER = 0.8, 0.6
_LONGEST = 32

Ints = NDArray[np.int32]


class Cells(NamedTuple):
    """Hold one column: the value of each record, and the letters of each value.

    Args:
        value: Shape (n,), −1 where nothing is stated.
        letters: Shape (values, 32), code points, zero-filled.
        length: Shape (values,).
        share: Shape (values,), share of the records that state something which state it.
    """

    value: Ints
    letters: Ints
    length: Ints
    share: NDArray[np.float64]


def levels_of(left: Ints, right: Ints, cells: Cells) -> NDArray[np.uint8]:
    """Compare the column of pairs of records."""
    out = np.empty(len(left), np.uint8)
    in_parts(lambda a, b: _fill(left[a:b], right[a:b], cells, out[a:b]), len(left))
    return out


@jit
def _fill(left: Ints, right: Ints, cells: Cells, out: NDArray[np.uint8]) -> None:
    for at in range(len(left)):
        a, b = cells.value[left[at]], cells.value[right[at]]
        if a < 0 or b < 0:
            out[at] = MISSING
        elif a == b:
            out[at] = EQUAL
        else:
            la, lb = cells.length[a], cells.length[b]
            alike = 1.0 - _edits(cells.letters[a], la, cells.letters[b], lb) / max(la, lb)
            out[at] = NEAR if alike >= _NEAR else (RATHER if alike >= _RATHER else DIFFERENT)


@jit
def _edits(a: Ints, la: int, b: Ints, lb: int) -> int:
    """Count edits: a letter more, less or other, or two neighbours that changed places."""
    rows = np.zeros((3, _LONGEST + 1), np.int32)
    for j in range(lb + 1):
        rows[0, j] = j
    for i in range(1, la + 1):
        now, above, before = i % 3, (i - 1) % 3, (i - 2) % 3
        rows[now, 0] = i
        for j in range(1, lb + 1):
            best = rows[above, j - 1] + (0 if a[i - 1] == b[j - 1] else 1)
            best = min(best, rows[above, j] + 1, rows[now, j - 1] + 1)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, rows[before, j - 2] + 1)
            rows[now, j] = best
    many: int = rows[la % 3, lb]
    return many


def cells_of(texts: list[str]) -> Cells:
    """Lay one column out; an empty text states nothing."""
    number: dict[str, int] = {}
    value = np.array([number.setdefault(t, len(number)) if t else -1 for t in texts], np.int32)
    letters = np.zeros((max(len(number), 1), _LONGEST), np.int32)
    for at, text in enumerate(number):
        points = [ord(char) for char in text[:_LONGEST]]
        letters[at, : len(points)] = points
    length = np.array([min(len(text), _LONGEST) for text in number] or [1], np.int32)
    counts = np.bincount(value[value >= 0], minlength=len(letters))
    return Cells(value, letters, length, counts / max(int(counts.sum()), 1))
