"""Weigh evidence with boosted trees: their form, their file, their score and its reasons.

A model is data: trees grown by ``tools/train_linker.py`` on invented worlds, or by ``learn``
from verdicts. The score is a log-odds; each step down a tree moves it, and the steps summed by
field are the reasons (they add up to the score exactly).
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import in_parts, jit

__all__ = ["Trees", "load_trees", "reasons", "scores"]

Floats = NDArray[np.float32]
# After so many trees a pair this unlikely is not followed further; what the other trees would
# have taken off, about, is taken off at once. Of pairs so dropped, fewer than one in ten thousand
# would have ended above -4.
_FIRST, _HOPELESS, _REST = 60, -5.0, -3.0


class Trees(NamedTuple):
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


def load_trees(path: Path, name: str) -> Trees:
    """Read one model of a file written by ``tools/train_linker.py``."""
    with np.load(path, allow_pickle=False) as stored:
        fields = {field: stored[f"{name}.{field}"] for field in Trees._fields}
    fields["start"] = float(fields["start"])
    return Trees(**fields)


def _packed(trees: Trees) -> Floats:
    """Lay each node in one row, so that a step reads one line of memory.

    Columns: field, threshold, whether a missing field goes left, left, right, value. Node numbers
    stay far below 2**24 and are exact as float32.
    """
    fields = (trees.feature, trees.threshold, trees.missing_left, trees.left, trees.right)
    return np.column_stack([*fields, trees.value]).astype(np.float32)


@jit
def _score(x: Floats, roots: NDArray[np.int32], nodes: Floats, start: float) -> float:
    total = start
    for k in range(len(roots)):
        if k == _FIRST and total < _HOPELESS:
            return total + _REST
        node = roots[k]
        field = int(nodes[node, 0])
        while field >= 0:
            value = x[field]
            go_left = nodes[node, 2] == 1.0 if np.isnan(value) else value <= nodes[node, 1]
            node = int(nodes[node, 3]) if go_left else int(nodes[node, 4])
            field = int(nodes[node, 0])
        total += float(nodes[node, 5])
    return total


@jit
def _score_all(
    x: Floats, roots: NDArray[np.int32], nodes: Floats, start: float, out: Floats
) -> None:
    for at in range(len(x)):
        out[at] = _score(x[at], roots, nodes, start)


def scores(x: Floats, trees: Trees) -> Floats:
    """Give the log-odds of each row of evidence."""
    out = np.empty(len(x), np.float32)
    nodes = _packed(trees)
    in_parts(lambda a, b: _score_all(x[a:b], trees.roots, nodes, trees.start, out[a:b]), len(x))
    return out


def reasons(x: Floats, trees: Trees, fields: int) -> NDArray[np.float64]:
    """Say how much each field moved the score of one row.

    Returns:
        Shape (fields + 1,): the start first, then each field; the sum is the score.
    """
    out = np.zeros(fields + 1)
    out[0] = trees.start
    total = float(trees.start)
    for k, root in enumerate(trees.roots):
        if k == _FIRST and total < _HOPELESS:
            out[0] += _REST
            break
        node = int(root)
        out[0] += float(trees.value[node])
        while trees.feature[node] >= 0:
            value = x[trees.feature[node]]
            left = (
                bool(trees.missing_left[node])
                if np.isnan(value)
                else value <= trees.threshold[node]
            )
            below = int(trees.left[node] if left else trees.right[node])
            out[1 + trees.feature[node]] += float(trees.value[below]) - float(trees.value[node])
            node = below
        total += float(trees.value[node])
    return out
