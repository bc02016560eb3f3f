"""Weigh evidence with boosted trees: their form, their file, their score and its reasons.

A model is data: trees grown by ``tools/train_linker.py`` on invented worlds, or by ``learn``
from verdicts. The score is a log-odds; each step down a tree moves it, and the steps summed by
field are the reasons (they add up to the score exactly).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import in_parts, jit

__all__ = ["MOST_LEAVES", "Trees", "load_trees", "reasons", "scores"]

Floats = NDArray[np.float32]
MOST_LEAVES = 32
_ALL = 0xFFFFFFFF
# Times a single bit, the top five bits of this tell which one it is (a de Bruijn sequence).
_WHICH_BIT = 0x077CB531


@dataclass(frozen=True)
class Trees:
    """Hold K trees in one table of nodes.

    Args:
        roots: Shape (K,), first node of each tree.
        feature: Field a node asks, −1 at a leaf.
        threshold: Goes left if the field is at most this.
        missing_left: Whether a missing field goes left.
        left: Next node; ``right`` likewise.
        value: Log-odds a leaf adds; at inner nodes the mean of what lies below.
        start: Log-odds before any tree.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: Floats
    missing_left: NDArray[np.int8]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    start: float

    @cached_property
    def table(self) -> Table:
        return _table(self)


class Table(NamedTuple):
    """Hold the trees by field, so that all of them are walked at once.

    Each tree is a word of one bit a leaf. A field's value strikes out the leaves that it rules
    out; the first leaf left standing is where the walk would have ended (QuickScorer, Lucchese
    and others 2015).

    Args:
        first: Where the cuts of each field begin in ``cuts``; one more at the end.
        cuts: The thresholds of each field, ascending.
        standing: Shape (values, K): leaves left by each interval of each field, and by its
            absence last; intervals of field f begin at ``first[f] + 2 * f``.
        leaves: Shape (K, 32): what each leaf adds, in the order of ``_WHICH_BIT``.
        start: Log-odds before any tree.
    """

    first: NDArray[np.int64]
    cuts: Floats
    standing: NDArray[np.uint32]
    leaves: Floats
    start: float


def load_trees(path: Path, name: str) -> Trees:
    """Read one model of a file written by ``tools/train_linker.py``."""
    with np.load(path, allow_pickle=False) as stored:
        held = {field.name: stored[f"{name}.{field.name}"] for field in fields(Trees)}
    return Trees(**(held | {"start": float(held["start"])}))


def _table(trees: Trees) -> Table:
    width = int(trees.feature.max(initial=-1)) + 1
    cuts = [np.unique(trees.threshold[trees.feature == field]) for field in range(width)]
    first = np.concatenate([[0], np.cumsum([len(some) for some in cuts])]).astype(np.int64)
    standing = np.full((int(first[-1]) + 2 * width, len(trees.roots)), _ALL, np.uint32)
    leaves = np.zeros((len(trees.roots), MOST_LEAVES), np.float32)
    for tree in range(len(trees.roots)):
        _lay(trees, tree, cuts, first, standing, leaves)
    flat = np.concatenate([*cuts, np.zeros(0, np.float32)]).astype(np.float32)
    return Table(first, flat, standing, leaves, trees.start)


def _lay(
    trees: Trees, tree: int, cuts: list[Floats], first: NDArray[np.int64],
    standing: NDArray[np.uint32], leaves: Floats,
) -> None:  # fmt: skip
    """Number a tree's leaves from left to right and note what each node strikes out."""
    many = 0

    def below(node: int) -> int:
        nonlocal many
        field = int(trees.feature[node])
        if field < 0:
            bit = 1 << many
            leaves[tree, (bit * _WHICH_BIT & _ALL) >> 27] = trees.value[node]
            many += 1
            return bit
        left = below(int(trees.left[node]))
        keep = np.uint32(~left & _ALL)
        begin, end = int(first[field]) + 2 * field, int(first[field + 1]) + 2 * field + 1
        cut = int(np.searchsorted(cuts[field], trees.threshold[node]))
        standing[begin + cut + 1 : end, tree] &= keep
        if not trees.missing_left[node]:
            standing[end, tree] &= keep
        return left | below(int(trees.right[node]))

    below(int(trees.roots[tree]))
    if many > MOST_LEAVES:
        raise ValueError(f"a tree has {many} leaves; {MOST_LEAVES} are the most")


@jit
def _interval(value: float, field: int, table: Table) -> int:
    """Give the row of ``standing`` that a field's value stands for."""
    low: int = table.first[field]
    many: int = table.first[field + 1] - table.first[field]
    if np.isnan(value):
        return low + many + 2 * field + 1
    while many > 0:
        half = many >> 1
        if table.cuts[low + half] < value:
            low += half + 1
            many -= half + 1
        else:
            many = half
    return low + 2 * field


@jit
def _score_all(x: Floats, table: Table, out: Floats) -> None:
    trees = table.standing.shape[1]
    alive = np.empty(trees, np.uint32)
    for at in range(len(x)):
        alive[:] = np.uint32(_ALL)
        for field in range(len(table.first) - 1):
            if table.first[field] < table.first[field + 1]:
                row = table.standing[_interval(x[at, field], field, table)]
                for tree in range(trees):
                    alive[tree] &= row[tree]
        total = table.start
        for tree in range(trees):
            bit = np.uint32(alive[tree] & (~alive[tree] + np.uint32(1)))
            total += table.leaves[tree, np.uint32(bit * np.uint32(_WHICH_BIT)) >> np.uint32(27)]
        out[at] = total


def scores(x: Floats, trees: Trees) -> Floats:
    """Give the log-odds of each row of evidence."""
    out = np.empty(len(x), np.float32)
    table = trees.table
    in_parts(lambda a, b: _score_all(x[a:b], table, out[a:b]), len(x))
    return out


def reasons(x: Floats, trees: Trees, width: int) -> NDArray[np.float64]:
    """Say how much each field moved the score of one row, tree by tree.

    Returns:
        Shape (width + 1,): the start first, then each field; the sum is the score.
    """
    out = np.zeros(width + 1)
    out[0] = trees.start
    for root in trees.roots:
        node = int(root)
        out[0] += float(trees.value[node])
        while trees.feature[node] >= 0:
            value = x[trees.feature[node]]
            is_left = (
                trees.missing_left[node] if np.isnan(value) else value <= trees.threshold[node]
            )
            below = int(trees.left[node] if is_left else trees.right[node])
            out[1 + trees.feature[node]] += float(trees.value[below]) - float(trees.value[node])
            node = below
    return out
