"""Score candidate pairs: at a glance, by themselves, then twice more among their rivals.

Each step is asked only about the pairs that the step before left open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.block import Pairs, candidate_pairs
from tallystick.linking.columns import C, Columns
from tallystick.linking.context import (
    Seen,
    context_of,
    graph_of,
    nothing_seen,
    through_a_third,
)
from tallystick.linking.draws import Lot
from tallystick.linking.engines.jit import in_parts
from tallystick.linking.features import World, features_of
from tallystick.linking.model import Trees, load_trees, scores
from tallystick.records import Issue

__all__ = [
    "Engine",
    "Found",
    "Model",
    "Scored",
    "alone",
    "among_rivals",
    "default_model",
    "first_round",
    "glanced",
    "here",
    "next_round",
    "probability",
    "scored",
    "unsettled",
]

# Below this log-odds the first score settles it: about one in a hundred.
FLOOR = -4.5
# Below this the second round does: there the score stays as it is.
SETTLED = -6.0
_TREES = ("glance", "first", "second", "third", "apart")


@dataclass(frozen=True, slots=True)
class Model:
    """Hold the scores of each round and what was chosen on invented worlds.

    Args:
        name: Method and version.
        glance: Weighs two records by which words share a skeleton, not by how alike they are.
        bar: What ``glance`` must say for the two to be compared in full.
        first: Weighs two records by themselves.
        rounds: Weigh them among their rivals, one round after the other.
        apart: The last round once more, for making persons: to take kin for one person weighs
            as much as many other errors.
        cut: Mean of what ``apart`` says above which two groups are one person.
        twice: Added to the cut for each list that has rows in both groups.
        company: Added to the cut unless both groups are a single record.
        lot: How partitions are drawn.
    """

    name: str
    glance: Trees
    bar: float
    first: Trees
    rounds: tuple[Trees, ...]
    apart: Trees
    cut: float
    twice: float
    company: float
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


Engine = Callable[[Columns, World, Model], Found]


def here(columns: Columns, world: World, model: Model) -> Found:
    """Join, sift and score the pairs of all records in this process; an ``Engine``."""
    pairs = candidate_pairs(columns)
    compared = len(pairs.left)
    pairs = glanced(pairs, world, model)
    return Found(alone(pairs, world, model), compared, pairs.issues)


def default_model() -> Model:
    """Load the model that is shipped: trained on invented worlds alone."""
    with as_file(files("tallystick.linking") / "data" / "default-1.npz") as path:
        glance, first, *rounds, apart = (load_trees(path, name) for name in _TREES)
        with np.load(path, allow_pickle=False) as stored:
            bar, cut, twice, company, slope, shift, spread = stored["chosen"].tolist()
    lot = Lot(slope=slope, shift=shift, spread=spread)
    return Model("link-1", glance, bar, first, tuple(rounds), apart, cut, twice, company, lot)


def probability(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn log-odds into probabilities."""
    return (1.0 / (1.0 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)


def first_round(pairs: Pairs, world: World, model: Model) -> Seen:
    """Score all pairs by themselves; add those whom only a third record brings together."""
    return with_thirds(alone(glanced(pairs, world, model), world, model), world, model)


def glanced(pairs: Pairs, world: World, model: Model) -> Pairs:
    """Leave the pairs that a glance does not rule out."""
    keep = np.empty(len(pairs.left), np.bool_)

    def glance(a: int, b: int) -> None:
        evidence = features_of(pairs.left[a:b], pairs.right[a:b], world, rough=True)
        keep[a:b] = scores(evidence, model.glance) > model.bar

    in_parts(glance, len(keep))
    return Pairs(pairs.left[keep], pairs.right[keep], pairs.times[keep], pairs.issues)


def alone(pairs: Pairs, world: World, model: Model) -> Seen:
    """Compare pairs and score them by themselves; keep those above the floor."""
    parts: dict[int, Seen] = {}

    def compare(a: int, b: int) -> None:
        left, right = pairs.left[a:b], pairs.right[a:b]
        evidence = features_of(left, right, world)
        odds = scores(evidence, model.first)
        part = Seen(left, right, odds, odds, pairs.times[a:b])
        parts[a] = part.at(odds > FLOOR)

    in_parts(compare, len(pairs.left))
    kept = [parts.pop(a) for a in sorted(parts)]
    return Seen._make(np.concatenate(column) for column in zip(nothing_seen(), *kept, strict=True))


def with_thirds(seen: Seen, world: World, model: Model) -> Seen:
    """Add the pairs whom only a third record brings together."""
    graph = graph_of(seen.left, seen.right, probability(seen.alone), world.cells[:, C.LIST])
    left, right = through_a_third(seen.left, seen.right, graph)
    more = alone(Pairs(left, right, np.zeros(len(left), np.uint8)), world, model)
    at = np.searchsorted(_codes(seen), _codes(more))
    columns: Iterator[tuple[NDArray[Any], NDArray[Any]]] = zip(seen, more, strict=True)
    return Seen._make(np.insert(column, at, new, axis=0) for column, new in columns)


def _codes(seen: Seen) -> NDArray[np.int64]:
    """Give each pair a number such that the numbers are in the order of the pairs."""
    return seen.left.astype(np.int64) << 32 | seen.right


def unsettled(seen: Seen) -> NDArray[np.int64]:
    """Give the places of the pairs that another round is asked about."""
    return np.flatnonzero(seen.before > SETTLED)


def next_round(seen: Seen, world: World, trees: Trees) -> Seen:
    """Score the pairs again, now among their rivals as the round before saw them."""
    return seen._replace(before=_rescored(seen, world, (trees,))[0])


def _rescored(seen: Seen, world: World, models: tuple[Trees, ...]) -> list[NDArray[np.float32]]:
    """Give what each of several models says of the same evidence."""
    graph = graph_of(seen.left, seen.right, probability(seen.before), world.cells[:, C.LIST])
    asked, after = unsettled(seen), [seen.before.copy() for _ in models]

    def score(a: int, b: int) -> None:
        evidence = context_of(seen.at(asked[a:b]), graph, world)
        for odds, trees in zip(after, models, strict=True):
            odds[asked[a:b]] = scores(evidence, trees)

    in_parts(score, len(asked))
    return after


def scored(pairs: Pairs, world: World, model: Model) -> Scored:
    """Give every pair worth keeping its final log-odds."""
    seen = alone(glanced(pairs, world, model), world, model)
    return among_rivals(Found(seen, len(pairs.left), pairs.issues), world, model)


def among_rivals(found: Found, world: World, model: Model) -> Scored:
    """Score what was found again, round by round."""
    seen = with_thirds(found.seen, world, model)
    for trees in model.rounds[:-1]:
        seen = next_round(seen, world, trees)
    log_odds, apart = _rescored(seen, world, (model.rounds[-1], model.apart))
    return Scored(seen.left, seen.right, log_odds, apart, seen.times, found.compared)
