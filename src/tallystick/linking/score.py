"""Score candidate pairs: by themselves first, then twice more among their rivals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.block import Pairs, candidate_pairs
from tallystick.linking.columns import C, Columns
from tallystick.linking.context import Seen, context_of, graph_of, through_a_third
from tallystick.linking.draws import Lot
from tallystick.linking.features import World, features_of
from tallystick.linking.model import Trees, load_trees, scores
from tallystick.records import Issue

__all__ = [
    "Engine",
    "Found",
    "Model",
    "Scored",
    "Weigh",
    "alone",
    "among_rivals",
    "default_model",
    "first_round",
    "here",
    "next_round",
    "probability",
    "scored",
]

Weigh = Callable[[NDArray[np.float32], Trees], NDArray[np.float32]]
# Below this log-odds the first score settles it: about one in a thousand.
FLOOR = -7.0
_PART = 1 << 18
_TREES = ("first", "second", "third", "apart")


@dataclass(frozen=True, slots=True)
class Model:
    """Hold the scores of each round and what was chosen on invented worlds.

    Args:
        name: Method and version.
        first: Weighs two records by themselves.
        rounds: Weigh them among their rivals, one round after the other.
        apart: The last round once more, for making persons: to take kin for one person weighs
            as much as many other errors.
        cut: Mean of what ``apart`` says above which two groups are one person.
        twice: Added to the cut for each list that has rows in both groups.
        lot: How partitions are drawn.
    """

    name: str
    first: Trees
    rounds: tuple[Trees, ...]
    apart: Trees
    cut: float
    twice: float
    lot: Lot


@dataclass(frozen=True, slots=True)
class Scored:
    """Hold scored pairs: record numbers, final log-odds, and how many were compared.

    ``apart`` is the score by which persons are made: lower where the two may be kin. ``times``
    is how many rules brought a pair together, 0 if only a third record did.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    log_odds: NDArray[np.float32]
    apart: NDArray[np.float32]
    times: NDArray[np.uint8]
    compared: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the pairs above the floor, scored by themselves; how many were compared; issues."""

    seen: Seen
    compared: int
    issues: tuple[Issue, ...]


Engine = Callable[[Columns, World, Trees, Weigh], Found]


def here(columns: Columns, world: World, first: Trees, weigh: Weigh) -> Found:
    """Join, sift and score the pairs of all records in this process; an ``Engine``."""
    pairs = candidate_pairs(columns)
    return Found(alone(pairs, world, first, weigh=weigh), len(pairs.left), pairs.issues)


def default_model() -> Model:
    """Load the model that is shipped: trained on invented worlds alone."""
    with as_file(files("tallystick.linking") / "data" / "default-1.npz") as path:
        first, *rounds, apart = (load_trees(path, name) for name in _TREES)
        with np.load(path, allow_pickle=False) as stored:
            cut, twice, slope, shift, spread = stored["chosen"].tolist()
    lot = Lot(slope=slope, shift=shift, spread=spread)
    return Model("link-1", first, tuple(rounds), apart, cut, twice, lot)


def probability(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn log-odds into probabilities."""
    return (1.0 / (1.0 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)


def first_round(pairs: Pairs, world: World, first: Trees) -> Seen:
    """Compare and score all pairs; keep those above the floor, and add whom a third brings."""
    return with_thirds(alone(pairs, world, first), world, first)


def with_thirds(seen: Seen, world: World, first: Trees, weigh: Weigh = scores) -> Seen:
    """Add the pairs whom only a third record brings together, whatever their score."""
    graph = graph_of(seen.left, seen.right, probability(seen.alone), world.cells[:, C.LIST])
    left, right = through_a_third(seen.left, seen.right, graph)
    more = Pairs(left, right, np.zeros(len(left), np.uint8))
    return _together([seen, alone(more, world, first, weigh=weigh, floor=-np.inf)])


def _together(parts: list[Seen]) -> Seen:
    seen = Seen._make(np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((seen.right, seen.left))
    return Seen._make(column[order] for column in seen)


def alone(
    pairs: Pairs, world: World, first: Trees, *, weigh: Weigh = scores, floor: float = FLOOR
) -> Seen:
    """Compare and score pairs by themselves, part by part; keep those above the floor."""
    kept = []
    for a, b in _parts(len(pairs.left)):
        left, right = pairs.left[a:b], pairs.right[a:b]
        odds = weigh(features_of(left, right, world), first)
        part = Seen(left, right, odds, odds, pairs.times[a:b])
        kept.append(Seen._make(column[odds > floor] for column in part))
    return Seen._make(np.concatenate(column) for column in zip(*kept, strict=True))


def _parts(n: int) -> list[tuple[int, int]]:
    """Cut n pairs into parts whose evidence fits in little memory."""
    return [(a, min(a + _PART, n)) for a in range(0, max(n, 1), _PART)]


def next_round(seen: Seen, world: World, trees: Trees, weigh: Weigh = scores) -> Seen:
    """Score the pairs again, now among their rivals as the round before saw them."""
    return seen._replace(before=_rescored(seen, world, (trees,), weigh)[0])


def _rescored(
    seen: Seen, world: World, models: tuple[Trees, ...], weigh: Weigh
) -> list[NDArray[np.float32]]:
    """Give what each of several models says of the same evidence."""
    graph = graph_of(seen.left, seen.right, probability(seen.before), world.cells[:, C.LIST])
    after = []
    for a, b in _parts(len(seen.left)):
        evidence = context_of(seen.part(a, b), graph, world)
        after.append([weigh(evidence, trees) for trees in models])
    return [np.concatenate(column) for column in zip(*after, strict=True)]


def scored(pairs: Pairs, world: World, model: Model) -> Scored:
    """Give every pair worth keeping its final log-odds."""
    seen = alone(pairs, world, model.first)
    return among_rivals(Found(seen, len(pairs.left), pairs.issues), world, model)


def among_rivals(found: Found, world: World, model: Model, weigh: Weigh = scores) -> Scored:
    """Score what was found again, round by round."""
    seen = with_thirds(found.seen, world, model.first, weigh)
    for trees in model.rounds[:-1]:
        seen = next_round(seen, world, trees, weigh)
    log_odds, apart = _rescored(seen, world, (model.rounds[-1], model.apart), weigh)
    return Scored(seen.left, seen.right, log_odds, apart, seen.times, found.compared)
