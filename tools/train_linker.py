"""Train the linker's default model on invented worlds and write it into the package.

    PYTHONPATH=src:tools python tools/train_linker.py --out src/tallystick/linking/data/default-1.npz

Each round learns from worlds of its own, scored by the rounds before, so that it meets their real
errors. What the trees do not say (the cut, the kin malus, the lot of the draws) is chosen on
further worlds. Needs scikit-learn, which comes with the dev group (recordlinkage). Same seeds,
same file.
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import numpy as np
from link_world import make_world
from sklearn.ensemble import HistGradientBoostingClassifier

from tallystick.linking.block import candidate_pairs
from tallystick.linking.cluster import Laid, drawn, grouped, laid_out
from tallystick.linking.columns import C, Columns, columns_of
from tallystick.linking.context import MONOTONE_CONTEXT, context_of, graph_of
from tallystick.linking.draws import Lot
from tallystick.linking.features import MONOTONE, features_of, world_of
from tallystick.linking.model import Trees
from tallystick.linking.score import Model, Scored, first_round, next_round, probability, scored

FIRST_WORLDS = [(101, 5000), (102, 9000), (103, 3000), (104, 7000), (105, 8000), (106, 6000)]
SECOND_WORLDS = [(201, 6000), (202, 10000), (203, 3000), (204, 8000), (205, 8000), (206, 7000)]
THIRD_WORLDS = [(221, 6000), (222, 10000), (223, 3000), (224, 8000), (225, 8000), (226, 7000)]
CHOICE_WORLDS = [(401, 2500), (402, 4000), (403, 6000), (404, 8000), (405, 9000), (406, 7000),
                 (407, 3000), (408, 4000), (409, 6000), (410, 8000)]  # fmt: skip
# Cut, kin malus, malus of a list twice: see ``choose``.
OPERATING_POINT = (-2.5, 4.5, 1.5)
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


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, monotone: list[int], trees: int) -> Trees:
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=31, learning_rate=0.08, min_samples_leaf=60,
        l2_regularization=2.0, monotonic_cst=monotone, random_state=7, early_stopping=False,
    )  # fmt: skip
    model.fit(x, y, sample_weight=weight)
    return trees_of(model)


def first_rows(seed: int, people: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give evidence, truth and weight; most of the different pairs are left out and weighed up."""
    world = make_world(seed, people)
    columns = columns_of(world.entries)
    pairs = candidate_pairs(columns)
    person = np.array(world.person)
    y = person[pairs.left] == person[pairs.right]
    keep = y | (np.random.default_rng(seed).random(len(y)) < _KEEP)
    x = features_of(pairs.left[keep], pairs.right[keep], world_of(columns))
    return x, y[keep], np.where(y[keep], 1.0, 1 / _KEEP)


def later_rows(
    seed: int, people: int, first: Trees, rounds: list[Trees]
) -> tuple[np.ndarray, np.ndarray]:
    """Give the evidence of the round after these, and the truth."""
    world = make_world(seed, people)
    columns = columns_of(world.entries)
    person = np.array(world.person)
    around = world_of(columns)
    seen = first_round(candidate_pairs(columns), around, first)
    for trees in rounds:
        seen = next_round(seen, around, trees)
    graph = graph_of(seen.left, seen.right, probability(seen.before), columns.cells[:, C.LIST])
    return context_of(seen, graph, around), person[seen.left] == person[seen.right]


def choose(model: Model) -> tuple[float, float, float, float, float, float]:
    """Judge the operating point and fit the lot, on worlds no tree has seen.

    The operating point (cut, kin malus, malus of a list twice) is a choice of purpose, made by
    hand: how many kin may be joined against how many persons stay apart. It is judged here, not
    fitted. Slope 1 keeps the trees' calibration; the shift is the mean of those that each world
    would have needed for its count, the spread their deviation, a quarter wider for the few worlds.
    """
    cut, kin, twice = OPERATING_POINT
    needed = []
    for seed, people in CHOICE_WORLDS:
        columns, found, *truth = _scored_world(seed, people, model)
        apart = (found.log_odds - kin * found.kin).astype(np.float32)
        laid = laid_out(columns.n, found.left, found.right, apart)
        groups = grouped(laid, cut, lists=columns.cells[:, C.LIST], twice=twice)
        named = columns.cells[:, C.NAMED] > 0
        count, f1, trap = _judged(groups, named, *truth)
        print(f"  count {count:+.4f} F1 {f1:.4f} trap {trap:.4f}", flush=True)
        plain = laid_out(columns.n, found.left, found.right, found.log_odds)
        needed.append(_needed(plain, named, len(np.unique(truth[0][named]))))
    print("shifts needed", np.round(needed, 2), flush=True)
    return cut, kin, twice, 1.0, float(np.mean(needed)), float(np.std(needed) * 1.25)


def _scored_world(
    seed: int, people: int, model: Model
) -> tuple[Columns, Scored, np.ndarray, np.ndarray]:
    world = make_world(seed, people)
    columns = columns_of(world.entries)
    found = scored(candidate_pairs(columns), world_of(columns), model)
    person = np.array(world.person)
    report(f"world {seed} {people}", found.log_odds, person[found.left] == person[found.right])
    return columns, found, person, np.array(world.household)


def _pairs(*keys: np.ndarray) -> float:
    counts = np.unique(np.stack(keys), axis=1, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1) / 2).sum())


def _judged(
    groups: np.ndarray, named: np.ndarray, person: np.ndarray, household: np.ndarray
) -> tuple[float, float, float]:
    """Give the error of the count (log), pair F1, and the share of false pairs among kin."""
    g, p, h = groups[named], person[named], household[named]
    hit, said, true = _pairs(g, p), _pairs(g), _pairs(p)
    trap = (_pairs(g, h) - hit) / max(_pairs(h) - true, 1.0)
    return float(np.log(len(np.unique(g)) / len(np.unique(p)))), 2 * hit / (said + true), trap


def _needed(laid: Laid, named: np.ndarray, persons: int) -> float:
    """Give the shift at which draws count this world right, by halving."""
    low, high = -3.0, 6.0
    for _ in range(9):
        middle = (low + high) / 2
        count = np.mean([len(np.unique(drawn(laid, 1.0, middle, s)[named])) for s in range(3)])
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
    fields = {
        f"{n}.{f}": np.asarray(getattr(t, f))
        for n, t in models.items()
        for f in (field.name for field in fields(Trees))
    }
    np.savez_compressed(path, chosen=np.array(chosen), **fields)


def load(path: Path) -> dict[str, Trees]:
    from tallystick.linking.model import load_trees

    return {name: load_trees(path, name) for name in ("first", "second", "third")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--trees", type=int, default=240)
    parser.add_argument(
        "--choose-only", action="store_true", help="keep the trees, choose the rest"
    )
    parser.add_argument("--keep-first", action="store_true", help="grow the later rounds anew")
    options = parser.parse_args()
    first = load(options.out)["first"] if options.keep_first else None
    trees = load(options.out) if options.choose_only else grown(options.trees, first)
    open_lot = Lot(slope=1.0, shift=0.0, spread=0.5)
    model = Model(
        "link-1", trees["first"], (trees["second"], trees["third"]), *OPERATING_POINT, open_lot
    )
    save(options.out, (*OPERATING_POINT, 1.0, 1.0, 0.5), **trees)
    chosen = choose(model)
    print("cut, kin, twice, slope, shift, spread:", chosen, flush=True)
    save(options.out, chosen, **trees)


def grown(many: int, first: Trees | None) -> dict[str, Trees]:
    """Grow the trees of all three rounds."""
    if first is None:
        parts = [first_rows(*spec) for spec in FIRST_WORLDS]
        x, y, w = (np.concatenate(column) for column in zip(*parts, strict=True))
        print("first", x.shape, y.sum(), flush=True)
        first = fit(x, y, w, MONOTONE, many)
    rounds: list[Trees] = []
    for worlds in (SECOND_WORLDS, THIRD_WORLDS):
        rows = [later_rows(*spec, first, rounds) for spec in worlds]
        x, y = (np.concatenate(column) for column in zip(*rows, strict=True))
        print("next", x.shape, y.sum(), flush=True)
        rounds.append(fit(x, y, np.ones(len(y)), MONOTONE_CONTEXT, many // 2 + 40))
    return {"first": first, "second": rounds[0], "third": rounds[1]}


if __name__ == "__main__":
    main()
