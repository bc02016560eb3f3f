"""Train the linker's default model on invented worlds and write it into the package.

    PYTHONPATH=src:tools python tools/train_linker.py --out src/tallystick/linking/data/default-1.npz

The first score learns from some worlds, the second from others (scored by the first, so that it
meets the first one's real errors), and calibration is measured on worlds neither has seen.
Needs scikit-learn, which comes with the dev group (recordlinkage). Same seeds, same file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from link_world import make_world
from sklearn.ensemble import HistGradientBoostingClassifier

from tallystick.linking.block import candidate_pairs
from tallystick.linking.columns import C, columns_of
from tallystick.linking.context import MONOTONE_CONTEXT, context_of, graph_of
from tallystick.linking.features import MONOTONE, features_of, world_of
from tallystick.linking.model import Trees, save_trees, scores
from tallystick.linking.score import first_pass, probability

FIRST_WORLDS = [(101, 6000), (102, 12000), (103, 3000), (104, 8000), (105, 9000), (106, 7000)]
SECOND_WORLDS = [(201, 6000), (202, 12000), (203, 3000), (204, 8000), (205, 9000), (206, 7000), (207, 5000)]
CHECK_WORLDS = [(301, 9000), (302, 5000)]


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
        feature=np.where(leaf, -1, np.concatenate([n["feature_idx"] for n, _ in parts])).astype(np.int16),
        threshold=np.nextafter(
            np.concatenate([n["num_threshold"] for n, _ in parts]).astype(np.float32), np.float32(np.inf)
        ),
        missing_left=np.concatenate([n["missing_go_to_left"] for n, _ in parts]).astype(np.int8),
        left=np.where(leaf, 0, both("left")).astype(np.int32),
        right=np.where(leaf, 0, both("right")).astype(np.int32),
        value=value.astype(np.float32),
        start=float(np.ravel(model._baseline_prediction)[0]),
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


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, monotone: list[int], trees: int) -> Trees:
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=31, learning_rate=0.08, min_samples_leaf=60,
        l2_regularization=2.0, monotonic_cst=monotone, random_state=7, early_stopping=False,
    )  # fmt: skip
    model.fit(x, y, sample_weight=weight)
    return trees_of(model)


def first_rows(seed: int, people: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give evidence, truth and weight; most of the plainly different pairs are left out and weighed up."""
    world = make_world(seed, people)
    columns = columns_of(world.entries)
    pairs = candidate_pairs(columns)
    person = np.array(world.person)
    y = person[pairs.left] == person[pairs.right]
    keep = y | (np.random.default_rng(seed).random(len(y)) < 0.3)
    x = features_of(pairs.left[keep], pairs.right[keep], world_of(columns))
    return x, y[keep], np.where(y[keep], 1.0, 1 / 0.3)


def second_rows(seed: int, people: int, first: Trees) -> tuple[np.ndarray, np.ndarray]:
    world = make_world(seed, people)
    columns = columns_of(world.entries)
    person = np.array(world.person)
    left, right, log_odds, evidence = first_pass(candidate_pairs(columns), world_of(columns), first)
    graph = graph_of(left, right, probability(log_odds), columns.cells[:, C.LIST])
    return context_of(left, right, log_odds, evidence, graph), person[left] == person[right]


def report(name: str, log_odds: np.ndarray, y: np.ndarray) -> None:
    p = probability(log_odds)
    bins = np.minimum((p * 10).astype(int), 9)
    ece = sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins))
    print(f"{name}: pairs {len(y)}, true {y.sum()}, ECE {ece:.4f}, at .5: precision "
          f"{y[p > 0.5].mean():.3f} recall {y[p > 0.5].sum() / y.sum():.3f}", flush=True)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--trees", type=int, default=220)
    options = parser.parse_args()
    parts = [first_rows(*spec) for spec in FIRST_WORLDS]
    x, y, w = (np.concatenate(column) for column in zip(*parts, strict=True))
    print("first", x.shape, y.sum(), flush=True)
    first = fit(x, y, w, MONOTONE, options.trees)
    seconds = [second_rows(*spec, first) for spec in SECOND_WORLDS]
    x2, y2 = (np.concatenate(column) for column in zip(*seconds, strict=True))
    print("second", x2.shape, y2.sum(), flush=True)
    second = fit(x2, y2, np.ones(len(y2)), MONOTONE_CONTEXT, options.trees // 2 + 40)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    save_trees(options.out, first=first, second=second)
    for spec in CHECK_WORLDS:
        x3, y3 = second_rows(*spec, first)
        report(f"first {spec}", x3[:, 0], y3)
        report(f"second {spec}", scores(x3, second), y3)


if __name__ == "__main__":
    main()
