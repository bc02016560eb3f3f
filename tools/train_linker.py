"""Train the linker's default model on invented worlds and write it into the package.

    PYTHONPATH=src:tools python tools/train_linker.py --out src/tallystick/linking/data/default-1.npz

Each round learns from worlds of its own, scored by the rounds before, so that it meets their real
errors. What the trees do not say (the cut, the lot of the draws) is chosen on further
worlds. Needs scikit-learn, which comes with the dev group (recordlinkage). Same seeds,
same file.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import fields
from functools import partial
from hashlib import sha256
from pathlib import Path

# One thread: sums then come in one order, and the same seeds give the same file.
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
from link_world import make_world
from sklearn.ensemble import HistGradientBoostingClassifier

from tallystick.linking.block import candidate_pairs
from tallystick.linking.cluster import TIE, drawn, grouped, laid_out
from tallystick.linking.columns import C, Columns, columns_of
from tallystick.linking.context import CONTEXT, MONOTONE_CONTEXT, context_of, graph_of
from tallystick.linking.draws import Lot, lots_of
from tallystick.linking.features import FEATURES, MONOTONE, features_of, world_of
from tallystick.linking.model import Trees, load_trees, scores
from tallystick.linking.score import (
    Model,
    Scored,
    first_round,
    next_round,
    probability,
    scored,
    unsettled,
)

# Seed and people of each world.
FIRST_WORLDS = [(101, 5000), (102, 9000), (103, 3000), (104, 7000), (105, 8000), (106, 6000),
                (107, 4000), (108, 10000), (109, 5000), (110, 7000)]  # fmt: skip
SECOND_WORLDS = [(201, 6000), (202, 10000), (203, 3000), (204, 8000), (205, 8000), (206, 7000),
                 (207, 5000), (208, 9000)]  # fmt: skip
THIRD_WORLDS = [(221, 6000), (222, 10000), (223, 3000), (224, 8000), (225, 8000), (226, 7000),
                (227, 5000), (228, 9000)]  # fmt: skip
CHOICE_WORLDS = [(401, 3000), (402, 4000), (403, 6000), (404, 8000), (405, 9000), (406, 7000),
                 (407, 3000), (408, 4000), (409, 6000), (410, 8000), (411, 3000), (412, 4000),
                 (413, 6000), (414, 8000), (415, 9000), (416, 7000), (417, 3000), (418, 4000),
                 (419, 6000), (420, 8000)]  # fmt: skip
# Kin of one name are few in any world: the trees that keep them apart learn from these as well.
KIN_WORLDS = [(1000 + at, THIRD_WORLDS[at % 8][1]) for at in range(48)]
# So many other errors weigh as much as one pair of kin taken for one person.
KIN_WEIGHS = 48.0
# Which share of the pairs of kin may be joined; what a list that has rows in both groups adds,
# and what a group of more than one record.
KIN_JOINED, TWICE, COMPANY = 0.003, 1.0, 1.5
CUTS = [at / 8 for at in range(-48, 9)]
GLANCE_TREES, FIRST_TREES, LATER_TREES = 32, 160, 300
GLANCE_RATE, FIRST_RATE, LATER_RATE = 0.3, 0.12, 0.08
# Which share of the pairs of one person a glance may rule out.
OVERLOOKED = 0.003
_KEEP = 0.15  # of the plainly different pairs


def trees_of(model: HistGradientBoostingClassifier) -> Trees:
    """Take a fitted model's trees out into our own table."""
    roots, parts, offset = [], [], 0
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        roots.append(offset)
        parts.append((nodes, offset))
        offset += len(nodes)
    leaf = np.concatenate([n["is_leaf"].astype(bool) for n, _ in parts])
    both = lambda key: np.concatenate([n[key].astype(np.int64) + o for n, o in parts])  # noqa: E731
    value = np.concatenate([_means(n) for n, _ in parts])
    return Trees(
        roots=np.array(roots, np.int32),
        feature=np.where(leaf, -1, np.concatenate([n["feature_idx"] for n, _ in parts])).astype(
            np.int16
        ),
        threshold=_rounded_down(np.concatenate([n["num_threshold"] for n, _ in parts])),
        missing_left=np.concatenate([n["missing_go_to_left"] for n, _ in parts]).astype(np.int8),
        left=np.where(leaf, 0, both("left")).astype(np.int32),
        right=np.where(leaf, 0, both("right")).astype(np.int32),
        value=value.astype(np.float32),
        start=float(np.ravel(model._baseline_prediction)[0]),
    )


def _rounded_down(threshold: np.ndarray) -> np.ndarray:
    """Give the largest float32 not above each threshold: x <= t then means the same."""
    near = threshold.astype(np.float32)
    return np.where(near > threshold, np.nextafter(near, np.float32(-np.inf)), near).astype(
        np.float32
    )


def _means(nodes: np.ndarray) -> np.ndarray:
    """Give inner nodes the mean of their leaves, weighted by the rows that reached them."""
    out = nodes["value"].astype(float).copy()
    for at in range(len(nodes) - 1, -1, -1):
        if not nodes[at]["is_leaf"]:
            left, right = nodes[at]["left"], nodes[at]["right"]
            a, b = nodes[left]["count"], nodes[right]["count"]
            out[at] = (a * out[left] + b * out[right]) / (a + b)
    return out


def fit(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, monotone: list[int],
    *, trees: int, rate: float,
) -> Trees:  # fmt: skip
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=31, learning_rate=rate, min_samples_leaf=60,
        l2_regularization=2.0, monotonic_cst=monotone, random_state=7, early_stopping=False,
    )  # fmt: skip
    model.fit(x, y, sample_weight=weight)
    return trees_of(model)


def first_rows(seed: int, people: int) -> tuple[np.ndarray, ...]:
    """Give evidence at a glance and in full, truth and weight.

    Most of the different pairs are left out and weighed up.
    """
    world = make_world(seed, people)
    columns = columns_of(world.entries)
    pairs = candidate_pairs(columns)
    person = np.array(world.person)
    y = person[pairs.left] == person[pairs.right]
    keep = y | (np.random.default_rng(seed).random(len(y)) < _KEEP)
    left, right, around = pairs.left[keep], pairs.right[keep], world_of(columns)
    rough, whole = (features_of(left, right, around, rough=how) for how in (True, False))
    return rough, whole, y[keep], np.where(y[keep], 1.0, 1 / _KEEP)


def later_rows(seed: int, people: int, model: Model) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the evidence of the round after those of a model, who is the same, and who is kin."""
    world = make_world(seed, people)
    columns = columns_of(world.entries)
    person = np.array(world.person)
    around = world_of(columns)
    seen = first_round(candidate_pairs(columns), around, model)
    for trees in model.rounds:
        seen = next_round(seen, around, trees)
    graph = graph_of(seen.left, seen.right, probability(seen.before), columns.cells[:, C.LIST])
    seen = seen.at(unsettled(seen))
    house = np.array(world.house)
    same = person[seen.left] == person[seen.right]
    kin = house[seen.left] == house[seen.right]
    return context_of(seen, graph, around), same, kin & ~same


def choose(model: Model, shrink: int) -> tuple[float, ...]:
    """Choose the operating point and fit the lot, on worlds no tree has seen.

    The cut is the lowest at which kin are joined no oftener than ``KIN_JOINED``, on average over
    the worlds: so much is joined as the families bear. Slope 1 keeps the trees' calibration; the
    shift is the mean of those that each world would have needed for its count, the spread their
    deviation, a quarter wider for the few worlds.
    """
    worlds = [_scored_world(seed, people // shrink, model) for seed, people in CHOICE_WORLDS]
    chosen = CUTS[-1]
    for cut in reversed(CUTS):
        judged = np.array([_judged_at(cut, *world) for world in worlds]).mean(axis=0)
        print(f"cut {cut}: count, F1, kin joined", np.round(judged, 4), flush=True)
        if judged[2] > KIN_JOINED:
            break
        chosen = cut
    needed = [_needed(columns, found, person) for columns, found, person, _ in worlds]
    print("shifts needed", np.round(needed, 2), flush=True)
    return chosen, TWICE, COMPANY, 1.0, float(np.mean(needed)), float(np.std(needed) * 1.25)


def _judged_at(
    cut: float, columns: Columns, found: Scored, person: np.ndarray, house: np.ndarray
) -> tuple[float, float, float]:
    laid = laid_out(columns.n, found.left, found.right, found.apart, min(TIE, cut))
    lists = columns.cells[:, C.LIST]
    groups = grouped(laid, cut, lists=lists, twice=TWICE, company=COMPANY)
    return _judged(groups, columns.cells[:, C.NAMED] > 0, person, house)


def _scored_world(
    seed: int, people: int, model: Model
) -> tuple[Columns, Scored, np.ndarray, np.ndarray]:
    world = make_world(seed, people)
    columns = columns_of(world.entries)
    found = scored(candidate_pairs(columns), world_of(columns), model)
    person = np.array(world.person)
    report(f"world {seed} {people}", found.log_odds, person[found.left] == person[found.right])
    return columns, found, person, np.array(world.house)


def _pairs(*keys: np.ndarray) -> float:
    counts = np.unique(np.stack(keys), axis=1, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1) / 2).sum())


def _judged(
    groups: np.ndarray, named: np.ndarray, person: np.ndarray, house: np.ndarray
) -> tuple[float, float, float]:
    """Give the error of the count (log), pair F1, and the share of false pairs among kin."""
    g, p, h = groups[named], person[named], house[named]
    hit, said, true = _pairs(g, p), _pairs(g), _pairs(p)
    trap = (_pairs(g, h) - hit) / max(_pairs(h) - true, 1.0)
    return float(np.log(len(np.unique(g)) / len(np.unique(p)))), 2 * hit / (said + true), trap


def _needed(columns: Columns, found: Scored, person: np.ndarray) -> float:
    """Give the shift at which draws count this world right, by halving."""
    named = columns.cells[:, C.NAMED] > 0
    laid = laid_out(columns.n, found.left, found.right, found.log_odds)
    persons, lots = len(np.unique(person[named])), lots_of(columns.ids, 0)
    low, high = -3.0, 6.0
    for _ in range(9):
        middle = (low + high) / 2
        groups = drawn(laid, 1.0, np.full(3, middle), lots)
        count = np.mean([len(np.unique(row[named])) for row in groups])
        low, high = (middle, high) if count > persons else (low, middle)
    return (low + high) / 2


def report(name: str, log_odds: np.ndarray, y: np.ndarray) -> None:
    p = probability(log_odds)
    bins = np.minimum((p * 10).astype(int), 9)
    ece = sum(
        abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)
    )
    print(f"{name}: pairs {len(y)}, true {y.sum()}, ECE {ece:.4f}, at .5: precision "
          f"{y[p > 0.5].mean():.3f} recall {y[p > 0.5].sum() / y.sum():.3f}", flush=True)  # fmt: skip


def save(path: Path, chosen: tuple[float, ...], **models: Trees) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = {
        f"{name}.{part.name}": np.asarray(getattr(trees, part.name))
        for name, trees in models.items()
        for part in fields(Trees)
    }
    np.savez_compressed(path, chosen=np.array(chosen), **parts)


def evidence_mark() -> str:
    """Mark what evidence a small world gives: trees grown on other evidence no longer fit."""
    world = make_world(1, 300)
    columns = columns_of(world.entries)
    pairs = candidate_pairs(columns)
    evidence = features_of(pairs.left, pairs.right, world_of(columns))
    parts = (
        pairs.left,
        pairs.right,
        np.nan_to_num(evidence * 1000, nan=-1).round().astype(np.int32),
    )
    names = ",".join([*FEATURES, *CONTEXT]).encode()
    return sha256(names + b"".join(part.tobytes() for part in parts)).hexdigest()


def load(path: Path) -> Model:
    """Read the trees of a model, and its bar; the rest is to be chosen."""
    glance, first, second, third, apart = (
        load_trees(path, name) for name in ("glance", "first", "second", "third", "apart")
    )
    with np.load(path) as stored:
        return model_of(glance, float(stored["chosen"][0]), first, (second, third), apart)


def model_of(
    glance: Trees, bar: float, first: Trees, rounds: tuple[Trees, ...], apart: Trees
) -> Model:
    """Put a model together of which nothing but the trees and the bar is known."""
    open_lot = Lot(slope=1.0, shift=0.0, spread=0.5)
    return Model("grown", glance, bar, first, rounds, apart, 0.0, 0.0, 0.0, open_lot)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--choose-only", action="store_true", help="keep the trees, fit the rest")
    parser.add_argument(
        "--shrink", type=int, default=1, help="smaller worlds and fewer trees, to try"
    )
    options = parser.parse_args(argv)
    model = load(options.out) if options.choose_only else grown(options.shrink)
    chosen = (model.bar, *choose(model, options.shrink))
    print("bar, cut, twice, company, slope, shift, spread:", chosen, flush=True)
    save(
        options.out, chosen, glance=model.glance, first=model.first, second=model.rounds[0],
        third=model.rounds[1], apart=model.apart,
    )  # fmt: skip
    note = {"sha256": sha256(options.out.read_bytes()).hexdigest(), "evidence": evidence_mark()}
    options.out.with_suffix(".json").write_text(json.dumps(note, indent=1) + "\n")


def grown(shrink: int) -> Model:
    """Grow the trees of all rounds, and of the last once more, on more worlds, kin weighed up."""
    parts = [first_rows(seed, people // shrink) for seed, people in FIRST_WORLDS]
    rough, x, y, w = (np.concatenate(column) for column in zip(*parts, strict=True))
    print("first", x.shape, y.sum(), flush=True)
    glance = fit(rough, y, w, MONOTONE, trees=max(GLANCE_TREES // shrink, 1), rate=GLANCE_RATE)
    bar = float(np.quantile(scores(rough[y], glance), OVERLOOKED))
    first = fit(x, y, w, MONOTONE, trees=FIRST_TREES // shrink, rate=FIRST_RATE)
    later = partial(fit, monotone=MONOTONE_CONTEXT, trees=LATER_TREES // shrink, rate=LATER_RATE)
    rounds: tuple[Trees, ...] = ()
    for worlds in (SECOND_WORLDS, THIRD_WORLDS):
        so_far = model_of(glance, bar, first, rounds, first)
        rows = [later_rows(seed, people // shrink, so_far) for seed, people in worlds]
        x, y, kin = (np.concatenate(column) for column in zip(*rows, strict=True))
        print("next", x.shape, y.sum(), kin.sum(), flush=True)
        rounds = (*rounds, later(x, y, np.ones(len(y))))
    rows += [later_rows(seed, people // shrink, so_far) for seed, people in KIN_WORLDS]
    x, y, kin = (np.concatenate(column) for column in zip(*rows, strict=True))
    print("apart", x.shape, y.sum(), kin.sum(), flush=True)
    apart = later(x, y, np.where(kin, KIN_WEIGHS, 1.0))
    return model_of(glance, bar, first, rounds, apart)


if __name__ == "__main__":
    main()
