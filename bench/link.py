"""Measure linking against Splink on the same invented records, in the same run.

    PYTHONPATH=src:tools:. python bench/link.py                     # about 5k, 50k, 500k records
    PYTHONPATH=src:tools:. python bench/link.py --sizes 500k
    PYTHONPATH=src:tools:. python bench/link.py --records R.csv --truth T.csv

Splink is set up as an expert would: our parsed names and skeletons as columns, every blocking
rule with the given name, names weighed by how common they are, m-probabilities and the share of
pairs that are one person from 20,000 labelled records, the threshold chosen on the truth
afterwards (generous to it), DuckDB on all cores. Of set-ups that were tried it is the one of the
best pair F1 (.64 at 500k, where plain rules alone give .60); further rules (given and age and
month, turned names, kin's names, days near, second keys of families) added nothing but time. Each
side runs in a process of its own, so that time and peak memory are its own; preparing columns
counts for both, reading the records for neither. Ours also counts draws, households, alarms and
ids, which Splink does not make. A first small linking loads the compiled code, as a user's second
run does.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

SEED = 9001
THRESHOLDS = (0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999)
# Invented people that leave about so many records.
SIZES = {"5k": 2_300, "50k": 23_000, "500k": 230_000}


def load(spec: argparse.Namespace) -> tuple[list, list]:
    """Give entries and who each is."""
    if not spec.records:
        from link_world import make_world

        world = make_world(SEED, spec.people)
        return world.entries, world.person
    from tallystick.casework.lists import read_lists

    entries = read_lists([spec.records], {})[0]
    opener = gzip.open if spec.truth.suffix == ".gz" else open
    with opener(spec.truth, "rt") as file:
        truth = {row["record_id"]: row["person_id"] for row in csv.DictReader(file)}
    return entries, [truth[e.id] for e in entries]


def ours(entries: list) -> dict:
    from tallystick.linking import link

    started, cpu = time.perf_counter(), _processor()
    linked = link(entries, rng=np.random.default_rng(1))
    took, cpu = time.perf_counter() - started, _processor() - cpu
    group = {e: at for at, person in enumerate(linked.persons) for e in person.entries}
    named = {e for person in linked.persons if person.named for e in person.entries}
    return {
        "seconds": took,
        "cpu_seconds": cpu,
        "groups": [group[e.id] for e in entries],
        "named": [e.id in named for e in entries],
        "count": linked.count.as_json(),
        "compared": linked._work.scored.compared,
    }


def splink(entries: list, person: list) -> dict:
    from tallystick.linking import splink_pairs
    from tallystick.linking.columns import C, columns_of

    started, cpu = time.perf_counter(), _processor()
    columns = columns_of(entries)
    named = columns.cells[:, C.NAMED] > 0
    labels = [str(who) if at < 20_000 else None for at, who in enumerate(person)]
    found = splink_pairs(columns, least=0.05, labels=labels)
    took, cpu = time.perf_counter() - started, _processor() - cpu
    best: tuple[float, float, list[int]] = (-1.0, 0.0, [])
    for threshold in THRESHOLDS:
        groups = _components(found, threshold, columns.n)
        f1 = scores(groups, person, named.tolist())["pair_f1"]
        best = max(best, (f1, threshold, groups))
    started = time.perf_counter()
    _components(found, best[1], columns.n)
    return {
        "seconds": took + time.perf_counter() - started, "groups": best[2], "named": named.tolist(),
        "cpu_seconds": cpu, "threshold": best[1], "compared": len(found["match_probability"]),
    }  # fmt: skip


def _processor() -> float:
    """Give the seconds of processor so far, those of finished children among them."""
    return sum(os.times()[:4])


def _components(found: dict, threshold: float, n: int) -> list[int]:
    from tallystick.linking.cluster import components

    keep = found["match_probability"] >= threshold
    left, right = (found[f"unique_id_{side}"][keep].astype(np.int32) for side in "lr")
    return components(n, np.minimum(left, right), np.maximum(left, right)).tolist()


def scores(groups: list, person: list, named: list) -> dict:
    """Give pair and B-cubed F1 and the error of the count, over entries with a name."""
    keep = np.array(named, bool)
    g = np.unique(np.array(groups)[keep], return_inverse=True)[1]
    p = np.unique(np.array(person).astype(str)[keep], return_inverse=True)[1]
    both = np.unique(
        g.astype(np.int64) * (p.max() + 1) + p, return_inverse=True, return_counts=True
    )
    size_g, size_p, size_b = np.bincount(g)[g], np.bincount(p)[p], both[2][both[1]]
    pairs = lambda c: float((c * (c - 1) / 2).sum())  # noqa: E731
    hit, said, true = pairs(both[2]), pairs(np.bincount(g)), pairs(np.bincount(p))
    b_p, b_r = (size_b / size_g).mean(), (size_b / size_p).mean()
    return {
        "pair_precision": hit / max(said, 1), "pair_recall": hit / max(true, 1),
        "pair_f1": 2 * hit / max(said + true, 1), "b3_f1": 2 * b_p * b_r / (b_p + b_r),
        "count_error": len(np.unique(g)) / len(np.unique(p)) - 1, "persons": len(np.unique(p)),
    }  # fmt: skip


def child(side: str, spec: argparse.Namespace) -> None:
    entries, person = load(spec)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if side == "ours":
        ours(entries[:200])  # compiles, or loads what was compiled
        out = ours(entries)
    else:
        out = splink(entries, person)
    groups, named = out.pop("groups"), out.pop("named")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    out |= scores(groups, person, named)
    out |= {
        "side": side,
        "records": len(entries),
        "peak_mib": after // 1024,
        "loaded_mib": before // 1024,
    }
    print(json.dumps(out))


def measured(size: list[str]) -> None:
    """Run both sides on the same records and print what came out."""
    told = {}
    for side in ("ours", "splink"):
        command = [sys.executable, "-W", "ignore", __file__, *size, "--side", side]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(side, "failed:", done.stderr[-1500:])
            continue
        told[side] = json.loads(done.stdout.strip().splitlines()[-1])
        print(json.dumps(told[side]), flush=True)
    if len(told) == 2:
        ours, other = told["ours"], told["splink"]
        print(
            f"{ours['records']:>7} records: {ours['seconds']:.1f} s against {other['seconds']:.1f} s "
            f"({other['seconds'] / ours['seconds']:.2f}x faster; "
            f"{ours['cpu_seconds']:.0f} against {other['cpu_seconds']:.0f} s of processor), "
            f"{ours['peak_mib']} against {other['peak_mib']} MiB "
            f"({ours['peak_mib'] / other['peak_mib']:.2f} of it), "
            f"pair F1 {ours['pair_f1']:.3f} against {other['pair_f1']:.3f}, "
            f"persons {ours['count_error']:+.1%} against {other['count_error']:+.1%}, "
            f"estimated {ours['count']['n'] / ours['persons'] - 1:+.1%}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="5k,50k,500k")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--records", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--side", choices=["ours", "splink"])
    spec = parser.parse_args()
    if spec.side:
        child(spec.side, spec)
    elif spec.records:
        measured(["--records", str(spec.records), "--truth", str(spec.truth)])
    else:
        for size in spec.sizes.split(","):
            measured(["--people", str(SIZES[size])])


if __name__ == "__main__":
    main()
