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

from tallystick.linking.engines.jit import in_parts, inlined, lean

__all__ = ["MOST_LEAVES", "Trees", "load_trees", "reasons", "scores"]

Floats = NDArray[np.float32]
MOST_LEAVES = 32
_ALL = 0xFFFFFFFF
# Times a single bit, the top five bits of this tell which one it is (a de Bruijn sequence).
_WHICH_BIT = 0x077CB531
_CELLS = 256
_ABREAST = 8


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
        fields: Those that any tree asks about.
        first: Where the cuts of each field begin in ``cuts``; one more at the end.
        cuts: The thresholds of each field, ascending.
        standing: Shape (values, K): leaves left by each interval of each field, and by its
            absence last; intervals of field f begin at ``first[f] + 2 * f``.
        leaves: Shape (K, 32): what each leaf adds, in the order of ``_WHICH_BIT``.
        low: Least cut of each field; ``scale`` the cells of ``grid`` in one unit of it.
        scale: See ``low``.
        grid: Shape (fields, 257): the first cut that may lie in each of 256 cells, where the
            search for a value's interval begins.
        start: Log-odds before any tree.
    """

    fields: NDArray[np.int64]
    first: NDArray[np.int64]
    cuts: Floats
    standing: NDArray[np.uint32]
    leaves: Floats
    low: Floats
    scale: Floats
    grid: NDArray[np.int64]
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
    asked = np.flatnonzero(np.diff(first))
    return Table(asked, first, flat, standing, leaves, *_grid(cuts, first), trees.start)


def _grid(cuts: list[Floats], first: NDArray[np.int64]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Say where among its cuts the search for each field's value begins."""
    low = np.array([some[0] if len(some) else 0 for some in cuts], np.float32)
    # A cut may be infinite: whatever is stated lies below it.
    finite = [some[np.isfinite(some)] for some in cuts]
    wide = [float(some[-1] - some[0]) if len(some) > 1 else 1.0 for some in finite]
    scale = (_CELLS / np.maximum(wide, 1e-6)).astype(np.float32)
    grid = np.empty((len(cuts), _CELLS + 1), np.int64)
    for field, some in enumerate(cuts):
        cells = np.array([_cell(cut, low[field], scale[field]) for cut in some], np.int64)
        grid[field] = first[field] + np.searchsorted(cells, np.arange(_CELLS + 1), "left")
    return low, scale, grid


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


@inlined
def _cell(value: float, low: float, scale: float) -> int:
    """Give the cell of a value; never the higher cell for the lower of two values."""
    cell = (np.float32(value) - np.float32(low)) * np.float32(scale)
    return int(min(max(cell, np.float32(0.0)), np.float32(_CELLS)))


@inlined
def _interval(value: float, field: int, table: Table) -> int:
    """Give the row of ``standing`` that a field's value stands for."""
    end: int = table.first[field + 1]
    if np.isnan(value):
        return end + 2 * field + 1
    at: int = table.grid[field, _cell(value, table.low[field], table.scale[field])]
    while at < end and table.cuts[at] < value:
        at += 1
    return at + 2 * field


@inlined
def _strike(
    standing: NDArray[np.uint32], rows: NDArray[np.int64], alive: NDArray[np.uint32]
) -> None:
    """Strike out what four fields rule out."""
    a, b, c, d = standing[rows[0]], standing[rows[1]], standing[rows[2]], standing[rows[3]]
    for tree in range(len(alive)):
        alive[tree] &= (a[tree] & b[tree]) & (c[tree] & d[tree])


@inlined
def _leaves_of(rows: NDArray[np.int64], table: Table, alive: NDArray[np.uint32]) -> None:
    """Leave in ``alive`` what the fields' rows leave standing of each tree."""
    alive[:] = np.uint32(_ALL)
    for field in range(0, len(rows) - 3, 4):
        _strike(table.standing, rows[field : field + 4], alive)


@lean
def _score_all(x: Floats, table: Table, room: Room, out: Floats) -> None:
    fields, trees = len(table.fields), table.standing.shape[1]
    for begin in range(0, len(x), _ABREAST):
        abreast = min(_ABREAST, len(x) - begin)
        for k in range(abreast):
            for at in range(fields):
                room.rows[at] = _interval(x[begin + k, table.fields[at]], table.fields[at], table)
            # Fields go four at a time; what is left over goes twice, which changes nothing.
            room.rows[fields:] = room.rows[0]
            _leaves_of(room.rows, table, room.alive[k])
            room.total[k] = table.start
        # Sums of several rows side by side: none waits for another, each in the order of trees.
        for tree in range(trees):
            for k in range(_ABREAST):
                bits = room.alive[k, tree]
                bit = np.uint32(bits & (~bits + np.uint32(1)))
                leaf = np.uint32(bit * np.uint32(_WHICH_BIT)) >> np.uint32(27)
                room.total[k] += table.leaves[tree, leaf]
        for k in range(abreast):
            out[begin + k] = room.total[k]


class Room(NamedTuple):
    """Give the scoring of a few rows abreast room to work in; one a thread."""

    rows: NDArray[np.int64]
    alive: NDArray[np.uint32]
    total: NDArray[np.float64]


def _room(table: Table) -> Room:
    fields, trees = len(table.fields), table.standing.shape[1]
    return Room(
        np.zeros(fields + 3, np.int64), np.zeros((_ABREAST, trees), np.uint32), np.zeros(_ABREAST)
    )


def scores(x: Floats, trees: Trees) -> Floats:
    """Give the log-odds of each row of evidence."""
    out = np.empty(len(x), np.float32)
    table = trees.table
    in_parts(lambda a, b: _score_all(x[a:b], table, _room(table), out[a:b]), len(x))
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
