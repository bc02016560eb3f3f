"""Score candidate pairs: by themselves first, then twice more among their rivals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.block import Pairs
from tallystick.linking.columns import C
from tallystick.linking.context import Seen, context_of, graph_of, through_a_third
from tallystick.linking.draws import Lot
from tallystick.linking.features import FEATURES, World, features_of
from tallystick.linking.model import Trees, load_trees, scores

__all__ = ["Model", "Scored", "default_model", "first_round", "next_round", "probability", "scored"]

Weigh = Callable[[NDArray[np.float32], Trees], NDArray[np.float32]]
# Below this log-odds the first score settles it: about one in a thousand.
FLOOR = -7.0
_PART = 1 << 18


@dataclass(frozen=True, slots=True)
class Model:
    """Hold the scores of each round and what was chosen on invented worlds.

    Args:
        name: Method and version.
        first: Weighs two records by themselves.
        rounds: Weigh them among their rivals, one round after the other.
        cut: Mean log-odds above which two groups are one person.
        kin: Taken off the log-odds of two who may well be kin.
        twice: Added to the cut for each list that has rows in both groups.
        lot: How partitions are drawn.
        weigh: Gives evidence its score: the trees themselves, or a memory before them.
    """

    name: str
    first: Trees
    rounds: tuple[Trees, ...]
    cut: float
    kin: float
    twice: float
    lot: Lot
    weigh: Weigh = scores


@dataclass(frozen=True, slots=True)
class Scored:
    """Hold scored pairs: record numbers, final log-odds, and how many were compared.

    ``kin`` marks pairs who may be kin: family and days agree while something else does not.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    log_odds: NDArray[np.float32]
    kin: NDArray[np.bool_]
    compared: int


def default_model() -> Model:
    """Load the model that is shipped: trained on invented worlds alone."""
    with as_file(files("tallystick.linking") / "data" / "default-1.npz") as path:
        first, *rounds = (load_trees(path, name) for name in ("first", "second", "third"))
        with np.load(path, allow_pickle=False) as stored:
            cut, kin, twice, slope, shift, spread = stored["chosen"].tolist()
    lot = Lot(slope=slope, shift=shift, spread=spread)
    return Model("link-1", first, tuple(rounds), cut, kin, twice, lot)


def probability(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn log-odds into probabilities."""
    return (1.0 / (1.0 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)


def first_round(pairs: Pairs, world: World, first: Trees, weigh: Weigh = scores) -> Seen:
    """Compare and score all pairs, part by part; keep those above the floor.

    Those whom only a third record brings together are added, whatever their score.
    """
    alone = partial(_alone, world=world, first=first, weigh=weigh)
    seen = alone(pairs.left, pairs.right, floor=FLOOR)
    graph = graph_of(seen.left, seen.right, probability(seen.alone), world.cells[:, C.LIST])
    more = alone(*through_a_third(seen.left, seen.right, graph), floor=-np.inf)
    return _together([seen, more])


def _together(parts: list[Seen]) -> Seen:
    seen = Seen._make(np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((seen.right, seen.left))
    return Seen._make(column[order] for column in seen)


def _alone(
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    *,
    world: World,
    first: Trees,
    weigh: Weigh,
    floor: float,
) -> Seen:
    kept = []
    for a, b in _parts(len(left)):
        evidence = features_of(left[a:b], right[a:b], world)
        alone = weigh(evidence, first)
        part = Seen(left[a:b], right[a:b], alone, alone, _may_be_kin(evidence))
        kept.append(Seen._make(column[alone > floor] for column in part))
    return Seen._make(np.concatenate(column) for column in zip(*kept, strict=True))


def _parts(n: int) -> list[tuple[int, int]]:
    """Cut n pairs into parts whose evidence fits in little memory."""
    return [(a, min(a + _PART, n)) for a in range(0, max(n, 1), _PART)]


def next_round(seen: Seen, world: World, trees: Trees, weigh: Weigh = scores) -> Seen:
    """Score the pairs again, now among their rivals as the round before saw them."""
    graph = graph_of(seen.left, seen.right, probability(seen.before), world.cells[:, C.LIST])
    parts = _parts(len(seen.left))
    after = [weigh(context_of(seen.part(a, b), graph, world), trees) for a, b in parts]
    return seen._replace(before=np.concatenate(after))


def scored(pairs: Pairs, world: World, model: Model) -> Scored:
    """Give every pair worth keeping its final log-odds."""
    seen = first_round(pairs, world, model.first, model.weigh)
    for trees in model.rounds:
        seen = next_round(seen, world, trees, model.weigh)
    return Scored(seen.left, seen.right, seen.before, seen.kin, len(pairs.left))


def _may_be_kin(evidence: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Mark pairs of one family name and nearly one day whose given name, father or age differ."""
    at = {name: evidence[:, column] for column, name in enumerate(FEATURES)}
    near = (np.nan_to_num(at["days"], nan=99) <= 10) & ~(at["family"] < 0.7)
    unlike = (
        (np.nan_to_num(at["given"], nan=0) < 0.9)
        | (at["father"] < 0.6)
        | (at["grandfather"] < 0.5)
        | (at["years"] > 6)
    )
    out: NDArray[np.bool_] = near & unlike
    return out
