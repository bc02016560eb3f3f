"""Join records that share a key, and sift the pairs by what plain equality of keys says.

Nine in ten pairs that share a given name share hardly anything else. A pair stays if its points
reach a bar so low that, on invented lists, one true pair in two hundred falls below it. The sift
runs inside the join, so that the nine in ten are never written down.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.columns import C, Columns
from tallystick.linking.engines.jit import THREADS, in_parts, inlined, jit, lean
from tallystick.linking.sounds import meet

__all__ = ["BAR", "counted", "is_worth", "sifted_pairs", "worth"]

BAR = 1.5
NEAR_DAYS, NEAR_YEARS = 10, 2
GIVEN, FATHER, FAMILY, OF, NUMBER = C.GIVEN, C.FATHER, C.FAMILY, C.OF, C.NUMBER
PLACE, REGION, DAY, AGE, NAMED = C.PLACE, C.REGION, C.DAY, C.AGE, C.NAMED
_PART = 1 << 15

Ints = NDArray[np.int32]
Keys = NDArray[np.int64]


def sifted_pairs(key: Keys, record: Ints, seeks: NDArray[np.bool_], columns: Columns) -> list[Keys]:
    """Give the pairs worth comparing as codes (see ``counted``), some perhaps twice.

    Args:
        key: Like keys lie side by side; two records meet if a key is theirs both.
        record: Record of each key.
        seeks: Whether the record may seek partners; one of a pair must.
        columns: The records. Whom nobody could name is never linked by day and place: that is
            for reconciling.
    """
    parts = list(pairwise(_cuts(key)))
    with ThreadPoolExecutor(THREADS) as pool:
        return list(
            pool.map(
                lambda cut: _met(
                    key[cut[0] : cut[1]], record[cut[0] : cut[1]], seeks[cut[0] : cut[1]],
                    columns.cells, columns.tokens.keys,
                ),
                parts,
            )
        )  # fmt: skip


def is_worth(left: int, right: int, columns: Columns) -> bool:
    """Say whether two records would pass the sift."""
    return _is_worth(columns.cells[left], columns.cells[right], columns.tokens.keys)


def worth(left: Ints, right: Ints, cells: Ints, words: Ints) -> NDArray[np.bool_]:
    """Mark the pairs that pass the sift.

    Args:
        left: Record numbers of one side.
        right: Those of the other.
        cells: ``Columns.cells``.
        words: ``Tokens.keys``.
    """
    out = np.empty(len(left), np.bool_)
    in_parts(lambda a, b: _mark_worth(left[a:b], right[a:b], cells, words, out[a:b]), len(left))
    return out


@lean
def _mark_worth(left: Ints, right: Ints, cells: Ints, words: Ints, out: NDArray[np.bool_]) -> None:
    for at in range(len(left)):
        out[at] = _is_worth(cells[left[at]], cells[right[at]], words)


def counted(codes: Keys) -> tuple[Ints, Ints, NDArray[np.uint8]]:
    """Give the two record numbers of each distinct code, left < right, and how often it stands.

    Args:
        codes: Sorted.
    """
    many = int(np.count_nonzero(codes[1:] != codes[:-1])) + min(len(codes), 1)
    left, right = np.empty(many, np.int32), np.empty(many, np.int32)
    times = np.zeros(many, np.uint8)
    _count(codes, left, right, times)
    return left, right, times


@lean
def _count(codes: Keys, left: Ints, right: Ints, times: NDArray[np.uint8]) -> None:
    last = -1
    for at in range(len(codes)):
        if at == 0 or codes[at] != codes[at - 1]:
            last += 1
            left[last] = codes[at] >> 32
            right[last] = codes[at] & 0x7FFFFFFF
        if times[last] < 255:
            times[last] += 1


def _cuts(key: Keys) -> list[int]:
    """Cut the rows into parts such that no key lies on both sides of a cut."""
    cuts = [0]
    while cuts[-1] < len(key):
        at = min(cuts[-1] + _PART, len(key))
        while at < len(key) and key[at] == key[at - 1]:
            at += 1
        cuts.append(at)
    return cuts


@jit
def _met(key: Keys, record: Ints, seeks: NDArray[np.bool_], cells: Ints, words: Ints) -> Keys:
    out = np.empty(1 << 12, np.int64)
    many = 0
    first = 0
    while first < len(key):
        last = first + 1
        while last < len(key) and key[last] == key[first]:
            last += 1
        room = (last - first) * (last - first - 1) // 2
        if many + room > len(out):
            grown = np.empty(2 * (many + room), np.int64)
            grown[:many] = out[:many]
            out = grown
        many = _met_in_block(record[first:last], seeks[first:last], cells, words, out, many)
        first = last
    return out[:many].copy()


@lean
def _met_in_block(
    record: Ints, seeks: NDArray[np.bool_], cells: Ints, words: Ints, out: Keys, many: int
) -> int:
    for x in range(len(record)):
        for y in range(x + 1, len(record)):
            i, j = record[x], record[y]
            if i != j and (seeks[x] or seeks[y]) and _is_worth(cells[i], cells[j], words):
                out[many] = (np.int64(min(i, j)) << 32) | np.int64(max(i, j))
                many += 1
    return many


@inlined
def _is_worth(r: Ints, q: Ints, keys: Ints) -> bool:
    if r[NAMED] <= 0 or q[NAMED] <= 0:
        return False
    return bool(_points(r, q, keys) + _circumstances(r, q, keys) >= BAR)


@inlined
def _points(r: Ints, q: Ints, keys: Ints) -> float:
    """Count what names and numbers share."""
    points = 0.5 if meet(r[GIVEN], q[GIVEN], keys) else 0.0
    points += 1.0 if meet(r[FAMILY], q[FAMILY], keys) else 0.0
    if (
        meet(r[FATHER], q[FATHER], keys)
        or meet(r[FAMILY], q[FATHER], keys)
        or meet(r[FATHER], q[FAMILY], keys)
        or meet(r[OF], q[FATHER], keys)
        or meet(r[FATHER], q[OF], keys)
    ):
        points += 0.7
    if r[NUMBER] >= 0 and r[NUMBER] == q[NUMBER]:
        points += 1.5
    return points


@inlined
def _circumstances(r: Ints, q: Ints, keys: Ints) -> float:
    """Count what day, place and age share; an unknown day is half a point."""
    points = 0.0
    if r[DAY] < 0 or q[DAY] < 0:
        points += 0.5
    elif abs(r[DAY] - q[DAY]) <= NEAR_DAYS:
        points += 1.0
    points += 1.0 if meet(r[PLACE], q[PLACE], keys) else 0.0
    if (
        meet(r[REGION], q[REGION], keys)
        or meet(r[PLACE], q[REGION], keys)
        or meet(r[REGION], q[PLACE], keys)
    ):
        points += 0.5
    if r[AGE] >= 0 and q[AGE] >= 0 and abs(r[AGE] - q[AGE]) <= NEAR_YEARS:
        points += 0.5
    return points
