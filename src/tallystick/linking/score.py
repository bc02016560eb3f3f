"""Score candidate pairs: evidence, first score, rivals, second score."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.block import Pairs
from tallystick.linking.context import context_of, graph_of, through_a_third
from tallystick.linking.columns import C
from tallystick.linking.features import World, features_of
from tallystick.linking.model import Trees, load_trees, scores

__all__ = ["Model", "Scored", "default_model", "first_pass", "probability", "scored"]

# Below this log-odds the first score settles it: about one in a thousand.
FLOOR = -7.0


@dataclass(frozen=True, slots=True)
class Model:
    """Hold both scores and what was measured when they were trained."""

    name: str
    first: Trees
    second: Trees


@dataclass(frozen=True, slots=True)
class Scored:
    """Hold scored pairs: record numbers, final log-odds, and how many were compared."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    log_odds: NDArray[np.float32]
    compared: int


def default_model() -> Model:
    """Load the model that is shipped: trained on invented worlds alone."""
    with as_file(files("tallystick.linking") / "data" / "default-1.npz") as path:
        return Model("link-1", load_trees(path, "first"), load_trees(path, "second"))


def probability(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn log-odds into probabilities."""
    out: NDArray[np.float32] = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -30, 30)))
    return out


_PART = 1 << 20


def first_pass(
    pairs: Pairs, world: World, first: Trees
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
    """Compare and score all pairs, part by part; keep those above the floor with their evidence.

    Returns:
        Left, right, log-odds and evidence, with the pairs that only a third record suggests.
    """
    kept = [_part(pairs.left[a : a + _PART], pairs.right[a : a + _PART], world, first)
            for a in range(0, max(len(pairs.left), 1), _PART)]  # fmt: skip
    left, right, log_odds, evidence = (np.concatenate(column) for column in zip(*kept, strict=True))
    graph = graph_of(left, right, probability(log_odds), world.cells[:, C.LIST])
    more_left, more_right = through_a_third(left, right, graph)
    more = _part(more_left, more_right, world, first, floor=-99.0)
    columns = zip((left, right, log_odds, evidence), more, strict=True)
    left, right, log_odds, evidence = (np.concatenate(column) for column in columns)
    order = np.lexsort((right, left))
    return left[order], right[order], log_odds[order], evidence[order]


def _part(
    left: NDArray[np.int32], right: NDArray[np.int32], world: World, first: Trees, floor: float = FLOOR
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
    evidence = features_of(left, right, world)
    log_odds = scores(evidence, first)
    keep = log_odds > floor
    return left[keep], right[keep], log_odds[keep], evidence[keep]


def scored(pairs: Pairs, world: World, model: Model) -> Scored:
    """Give every pair worth keeping its final log-odds."""
    left, right, log_odds, evidence = first_pass(pairs, world, model.first)
    graph = graph_of(left, right, probability(log_odds), world.cells[:, C.LIST])
    context = context_of(left, right, log_odds, evidence, graph)
    return Scored(left, right, scores(context, model.second), len(pairs.left))
