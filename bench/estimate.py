"""Measure the estimating room: speed, coverage, modes, many strata; decides nothing.

    PYTHONPATH=src:. TALLYSTICK_DATA=… python bench/estimate.py speed
    PYTHONPATH=src:. TALLYSTICK_DATA=… python bench/estimate.py coverage --long
    PYTHONPATH=src:. TALLYSTICK_DATA=… python bench/estimate.py modes --long
    PYTHONPATH=src:. python bench/estimate.py strata --long

``--long`` is the form that the issue asks for: all 50 replicates of each design, ten seeds, 400
strata on two threads and on one. The floors are in tests/gates/test_estimating.py.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from tests.estimating.annealed import anneal

from tallystick.estimating import (
    Histories,
    LatentPlan,
    PublishedRun,
    Settings,
    estimate,
    estimate_strata,
    histories_by_stratum,
    histories_of,
    rerun,
)
from tallystick.estimating.dga import average_graphs
from tallystick.estimating.ladder import State, model_of
from tallystick.estimating.lcmcr import WARM_ROUNDS, draw_posterior
from tallystick.estimating.loglinear import all_models, fit_terms, search_models

DATA = Path(os.environ.get("TALLYSTICK_DATA", "")) / "mse"
# Per-pattern Gibbs sweeps per second of the prototype on the machine where the reference sampler
# gave 131 effective draws per second on Kosovo (guide, section 4.4); scales that figure to here.
PROTOTYPE_SWEEPS = 66_775.0
REFERENCE_ESS = 131.0


def table(name: str) -> Histories:
    rows = list(csv.reader((DATA / f"{name}.csv").open(encoding="utf-8")))
    return histories_by_stratum(rows[0], rows[1:])[0][()]


def replicates(designs: set[str], reps: int) -> dict[tuple[str, int], tuple[int, Histories]]:
    """Return (N, table) by design and replicate."""
    seen: dict[tuple[str, int], tuple[int, list[tuple[str, int]]]] = {}
    for row in csv.DictReader((DATA / "sim" / "replicates.csv").open(encoding="utf-8")):
        key = row["design"], int(row["rep"])
        if key[1] < reps and (not designs or key[0] in designs):
            held = seen.setdefault(key, (int(row["N"]), []))[1]
            held.append((row["pattern"], int(row["count"])))
    return {
        key: (
            n,
            histories_of(
                [f"list {j}" for j in range(len(cells[0][0]))],
                np.array([[int(bit) for bit in pattern] for pattern, _ in cells]),
                np.array([count for _, count in cells]),
            ),
        )
        for key, (n, cells) in seen.items()
    }


DESIGNS = ("ind4", "mv2class5", "dep3", "three5", "beta4", "zero3", "sparse5", "neg5")


def coverage(args: argparse.Namespace) -> None:
    """Print, per design, how often the 95 % limits hold the truth and how often it is warned."""
    settings = Settings(brief=not args.full, latent=LatentPlan(ess_wanted=400.0))
    for design in args.design or DESIGNS:
        start = time.process_time()
        made = [
            (n, estimate(histories, args.method, settings).estimate)
            for n, histories in replicates({design}, args.reps).values()
        ]
        given = [(n, one) for n, one in made if one.refused is None]
        checks = Counter(f.check for _, one in given for f in one.warnings)
        checks.update(f"refused {one.refused.check}" for _, one in made if one.refused)
        held = np.mean([one.lo <= n <= one.hi for n, one in given])
        warned = np.mean([bool(one.refused or one.warnings) for _, one in made])
        wide = np.median([(one.hi - one.lo) / n for n, one in given])
        point = np.median([one.median / n for n, one in given])
        print(
            f"{design} by {args.method}: {len(made)} replicates, {len(given)} figures, coverage "
            f"{held:.2f}, warned or refused {warned:.2f}, width/N {wide:.3f}, point/N {point:.2f}, "
            f"{time.process_time() - start:.0f} CPU s {dict(checks)}",
            flush=True,
        )


def sweeps_per_second(histories: Histories) -> float:
    """Time plain Gibbs sweeps of ten classes on one core: the calibration loop."""
    from tallystick.estimating import kernels

    plan = LatentPlan()
    model = model_of(histories, plan)._replace(counts=model_of(histories, plan).counts[:1])
    state = State.fresh(model, 1)
    rng = np.random.default_rng(1)
    kernels.start_chain(rng, state, model)
    kernels.sweep_often(rng, state, model, 1000)
    start = time.process_time()
    kernels.sweep_often(rng, state, model, 50_000)
    return 50_000 / (time.process_time() - start)


def speed(args: argparse.Namespace) -> None:
    histories = table("kosovo")
    draw_posterior(histories, LatentPlan(ess_wanted=50.0), seed=0)
    scale = sweeps_per_second(histories) / PROTOTYPE_SWEEPS
    rates = []
    for seed in range(1, args.seeds + 1):
        start = time.process_time()
        drawn = draw_posterior(histories, LatentPlan(ess_wanted=2000.0), seed=seed)
        taken = time.process_time() - start
        rates.append(
            drawn.agreement.ess_bulk / (taken * drawn.rounds / (drawn.rounds + WARM_ROUNDS))
        )
    wanted = 1.5 * REFERENCE_ESS * scale
    print(f"calibration: this machine now does {scale:.2f} x the prototype's sweeps")
    print(
        f"kosovo, one core, without warm-up as the reference: {np.median(rates):.0f} effective draws/s "
        f"({min(rates):.0f} to {max(rates):.0f}); wanted {wanted:.0f}"
    )
    histories = table("netherlands_5")
    average_graphs(histories, delta=1 / 32, max_missing=164_680)
    start = time.process_time()
    average_graphs(histories, delta=1 / 32, max_missing=164_680)
    print(f"netherlands_5 by dga: {time.process_time() - start:.3f} s (reference 9 to 11 s)")
    models = all_models(5)
    fit_terms(histories, models)
    start = time.process_time()
    fit_terms(histories, models)
    print(f"{len(models)} five-list log-linear fits: {1e3 * (time.process_time() - start):.0f} ms")
    start = time.process_time()
    search_models(histories)
    print(f"the whole search: {1e3 * (time.process_time() - start):.0f} ms")


def by_particles(histories: Histories, classes: int, seed: int) -> np.ndarray:
    return anneal(histories, classes, particles=1_000, sweeps=30, seed=seed).people[None]


def by_plain_chains(histories: Histories, classes: int, seed: int) -> np.ndarray:
    run = PublishedRun(
        classes=classes, chains=1, burn_in=20_000, thinning=25, samples=8_000, exchanges=True
    )
    return rerun(histories, run, seed=seed).people


TWO_ALGORITHMS = (
    # table, classes, between the hills, the second way (docs/why/lcmcr-1.md says why which)
    ("netherlands_6", 10, 80_000, by_particles),
    ("co_reclut_hombre_1999", 15, 1_800, by_plain_chains),
    ("netherlands_5", 10, 80_000, by_plain_chains),
)


def modes(args: argparse.Namespace) -> None:
    """Print what ladders and a second algorithm give, seed by seed."""
    for name, classes, between, second in TWO_ALGORITHMS:
        histories, plan = table(name), LatentPlan(classes=classes, most_rounds=args.rounds)
        low = []
        for seed in range(1, args.seeds + 1):
            start = time.process_time()
            ladder = draw_posterior(histories, plan, seed=seed)
            limits = [ladder.quantile(p) for p in (0.5, 0.025, 0.975)]
            other = second(histories, classes, seed)
            below = (ladder.missing + ladder.n_observed < between).mean(axis=1)
            low.append((below.mean(), (other < between).mean()))
            others = np.quantile(other, (0.5, 0.025, 0.975)).round().astype(int).tolist()
            print(
                f"{name} seed {seed}: ladder R-hat {ladder.agreement.rhat:.4f} agreed "
                f"{ladder.agreed} {limits} below {between:,}: {below.round(2)}; {second.__name__} "
                f"{others} below: {low[-1][1]:.3f} "
                f"({time.process_time() - start:.0f} CPU s)",
                flush=True,
            )
        means = np.mean(low, axis=0)
        print(f"{name}: below {between:,} on average {means[0]:.3f} and {means[1]:.3f}", flush=True)


def strata_made(count: int) -> dict[tuple[tuple[str, str], ...], Histories]:
    """Make strata like those of a long conflict: 5 to 12 lists, 6 to 30 patterns, two classes."""
    made = {}
    number = 0
    while len(made) < count:
        rng = np.random.default_rng([20240601, number])
        number += 1
        n_lists = int(rng.integers(5, 13))
        people = int(rng.integers(40, 900))
        rates = rng.beta(1.0, 7.0, size=(2, n_lists))
        which = rng.random(people) < 0.25
        listed = rng.random((people, n_lists)) < np.where(which[:, None], 2.0 * rates[1], rates[0])
        histories = histories_of(
            [f"list {j}" for j in range(n_lists)], listed.astype(int), np.ones(people)
        )
        if 6 <= len(histories.counts) <= 30:
            made[(("stratum", f"{len(made):03d}"),)] = histories
    return made


def strata(args: argparse.Namespace) -> None:
    made = strata_made(args.count)
    settings = Settings(brief=True, latent=LatentPlan(ess_wanted=400.0))
    draw_posterior(next(iter(made.values())), LatentPlan(ess_wanted=50.0), seed=0)
    digests = set()
    for workers in args.workers:
        start, cpu = time.monotonic(), time.process_time()
        answers = estimate_strata(made, ["lcmcr"], settings, workers=workers)
        wall, cpu = time.monotonic() - start, time.process_time() - cpu
        digest = hashlib.sha256(repr([a.estimate.as_json() for a in answers]).encode()).hexdigest()
        refused = defaultdict(int)
        for answer in answers:
            if answer.estimate.refused:
                refused[answer.estimate.refused.check] += 1
        digests.add(digest)
        print(
            f"{len(answers)} strata on {workers} threads: {wall:.0f} s ({cpu:.0f} CPU s), "
            f"refused {dict(refused)}, bytes {digest[:12]}",
            flush=True,
        )
    if len(args.workers) > 1:
        print("the same bytes each time" if len(digests) == 1 else "THE BYTES DIFFER")


SHORT = {"reps": 8, "seeds": 2, "count": 12, "workers": [2]}
LONG = {"reps": 50, "seeds": 10, "count": 400, "workers": [2, 1]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(required=True)
    for run in (speed, coverage, modes, strata):
        verb = verbs.add_parser(run.__name__)
        verb.set_defaults(run=run)
        verb.add_argument("--long", action="store_true")
        verb.add_argument("--method", default="lcmcr")
        verb.add_argument("--design", action="append", default=[])
        verb.add_argument("--full", action="store_true")
        verb.add_argument("--rounds", type=int, default=LatentPlan().most_rounds)
        for name in ("reps", "seeds", "count"):
            verb.add_argument(f"--{name}", type=int)
        verb.add_argument("--workers", type=int, nargs="+")
    args = parser.parse_args()
    for name, value in (LONG if args.long else SHORT).items():
        if getattr(args, name) is None:
            setattr(args, name, value)
    args.run(args)


if __name__ == "__main__":
    sys.exit(main())
