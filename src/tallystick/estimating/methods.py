"""Answer by each method: from a checked table to a figure, or to a refusal with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating.answer import Answer, Settings, figure, refusal
from tallystick.estimating.chapman import ASSUMES_CHAPMAN, chapman, largest_pair
from tallystick.estimating.chordal import MOST_L, walk_graphs
from tallystick.estimating.dga import LARGEST_L, average_graphs
from tallystick.estimating.diagnose import (
    beside,
    diagnose_draws,
    diagnose_lists,
    refusal_of_draws,
    spread_of_methods,
)
from tallystick.estimating.ladder import LatentPlan
from tallystick.estimating.lcmcr import draw_posterior
from tallystick.estimating.overlap import Histories
from tallystick.records import Finding, Refusal, Weight

__all__ = ["LIMITS", "by_chapman", "by_dga", "by_latent_classes"]

LIMITS = (0.5, 0.025, 0.975)
WALKS_APART = 0.05
ASSUMES_LATENT = (
    "People fall into a few classes; within a class the lists miss people independently of each "
    "other, and nobody had no chance at all to be listed."
)
ASSUMES_GRAPHS = (
    "Lists depend on each other along one of the decomposable graphs, and all of these are equally "
    "likely beforehand."
)


def by_latent_classes(
    histories: Histories, settings: Settings, before: Sequence[Finding]
) -> Answer:
    """Estimate by ``lcmcr-1``, the recommended method."""
    plan = settings.latent
    if settings.max_missing is not None:
        plan = replace(plan, max_missing=settings.max_missing / histories.people)
    drawn = draw_posterior(histories, plan, seed=settings.seed, pool=settings.pool)
    findings = [*before, *diagnose_draws(histories, drawn, plan)]
    refused = refusal_of_draws(drawn, plan)
    if refused is not None:
        return refusal("lcmcr-1", histories, refused, findings, seed=settings.seed)
    limits = [drawn.quantile(p) for p in LIMITS]
    findings += spread_of_methods(histories, limits)
    if not settings.brief:
        findings += [_other_classes(histories, settings, plan, limits)]
        findings += diagnose_lists(histories, limits)
    estimate = figure(
        "lcmcr-1", histories, limits, findings, assumes=ASSUMES_LATENT, seed=settings.seed
    )
    return Answer(estimate, drawn.people)


def _other_classes(
    histories: Histories, settings: Settings, plan: LatentPlan, limits: Sequence[int]
) -> Finding:
    """Say what half as many classes would give: the figure should not hang on their number."""
    fewer = replace(plan, classes=max(plan.classes // 2, 2), ess_wanted=plan.ess_least)
    again = draw_posterior(histories, fewer, seed=settings.seed, pool=settings.pool)
    if not again.agreed:
        says = f"With {fewer.classes} classes the chains do not agree."
        return Finding("other-classes", "warning", says, {"classes": fewer.classes})
    median, lo, hi = (again.quantile(p) for p in LIMITS)
    says = f"With {fewer.classes} classes it would be {median:,} ({lo:,} to {hi:,})."
    outside = not limits[1] <= median <= limits[2]
    values = {"classes": fewer.classes, "median": median, "lo": lo, "hi": hi}
    return Finding("other-classes", "warning" if outside else "note", says, values)


def by_dga(histories: Histories, settings: Settings, before: Sequence[Finding]) -> Answer:
    """Estimate by ``dga-1``; exact, so without a seed."""
    n_lists = len(histories.lists)
    if n_lists > LARGEST_L:
        return _by_walk(histories, settings, before)
    delta = settings.delta if settings.delta is not None else 2.0**-n_lists
    average = average_graphs(histories, delta=delta, max_missing=settings.most_missing(histories))
    limits = [average.quantile(p) for p in LIMITS]
    other = 0.5 if delta != 0.5 else 2.0**-n_lists
    again = average_graphs(histories, delta=other, max_missing=settings.most_missing(histories))
    findings = [
        *before,
        _saturated(average.p_saturated, delta),
        _edge(average.p_edge),
        _other_delta(other, [again.quantile(p) for p in LIMITS], limits),
        _graphs(average.p_graphs),
        *beside(histories, settings, limits),
    ]
    rng = np.random.default_rng([settings.seed, int(histories.digest[:8], 16)])
    drawn = rng.choice(len(average.p_missing), size=4000, p=average.p_missing)
    estimate = figure("dga-1", histories, limits, findings, assumes=ASSUMES_GRAPHS)
    return Answer(estimate, (drawn + histories.people).astype(np.int64))


def _by_walk(histories: Histories, settings: Settings, before: Sequence[Finding]) -> Answer:
    """Walk over the graphs of seven to twelve lists."""
    n_lists = len(histories.lists)
    if n_lists > MOST_L:
        why = Refusal(
            "many-lists",
            f"{n_lists} lists have more graphs than can be walked (at most {MOST_L} lists).",
            "merge lists made in the same way, or estimate by lcmcr.",
        )
        return refusal("dga-1", histories, why, before)
    rng = np.random.default_rng([settings.seed, int(histories.digest[:8], 16)])
    delta = settings.delta if settings.delta is not None else 2.0**-n_lists
    walk = walk_graphs(histories, delta=delta, most=settings.most_missing(histories), rng=rng)
    says = f"Four walks saw {walk.graphs:,} graphs; they differ by at most {walk.apart:.1%}."
    values = {"apart": walk.apart, "graphs": walk.graphs, "delta": delta}
    agree = walk.apart <= WALKS_APART
    findings = [*before, Finding("chains", "note" if agree else "fault", says, values)]
    if not agree:
        why = Refusal(
            "chains-disagree",
            f"Walks over the graphs differ by {walk.apart:.1%} of the probability.",
            "merge lists made in the same way, or estimate by lcmcr.",
        )
        return refusal("dga-1", histories, why, findings, seed=settings.seed)
    limits = [walk.quantile(p) for p in LIMITS]
    findings += beside(histories, settings, limits)
    drawn = rng.choice(len(walk.p_missing), size=4000, p=walk.p_missing)
    estimate = figure(
        "dga-1", histories, limits, findings, assumes=ASSUMES_GRAPHS, seed=settings.seed
    )
    return Answer(estimate, (drawn + histories.people).astype(np.int64))


def _saturated(p_saturated: float, delta: float) -> Finding:
    says = (
        f"With delta {delta:g} the graph that joins all lists, whose figure is the prior's alone, "
        f"holds {p_saturated:.1%} of the probability."
    )
    weight: Weight = "warning" if p_saturated > 0.5 else "note"
    return Finding("saturated-graph", weight, says, {"p": p_saturated, "delta": delta})


def _graphs(p_graphs: NDArray[np.float64]) -> Finding:
    ordered = np.sort(p_graphs)[::-1]
    many = int(np.searchsorted(np.cumsum(ordered), 0.95)) + 1
    says = f"Of {len(ordered):,} graphs, {many:,} hold 95 %; the likeliest holds {ordered[0]:.1%}."
    return Finding("graphs", "note", says, {"graphs": many, "p_likeliest": float(ordered[0])})


def _edge(p_edge: float) -> Finding:
    says = f"{p_edge:.2%} of the probability lies at the largest figures considered."
    weight: Weight = "warning" if p_edge > 0.005 else "note"
    return Finding("grid-edge", weight, says, {"p": p_edge})


def _other_delta(delta: float, other: Sequence[int], limits: Sequence[int]) -> Finding:
    says = f"With delta {delta:g} it would be {other[0]:,} ({other[1]:,} to {other[2]:,})."
    outside = not limits[1] <= other[0] <= limits[2]
    values = {"delta": delta, "median": other[0], "lo": other[1], "hi": other[2]}
    return Finding("other-delta", "warning" if outside else "note", says, values)


def by_chapman(histories: Histories, settings: Settings, before: Sequence[Finding]) -> Answer:
    """Illustrate with two lists; never below all the documented."""
    del settings  # nothing of it bears on two lists
    if len(histories.lists) < 2:
        why = Refusal("few-lists", "Chapman's estimate needs two lists.", "add a second list.")
        return refusal("chapman-1", histories, why, before)
    first, second = largest_pair(histories)
    pairs = histories.pairs
    if pairs[first, second] == 0:
        why = Refusal("disconnected", "The lists share nobody.", "check the linkage between them.")
        return refusal("chapman-1", histories, why, before)
    sizes = int(pairs[first, first]), int(pairs[second, second])
    limits = chapman(*sizes, int(pairs[first, second]))
    names = [histories.lists[first], histories.lists[second]]
    says = f"Two lists only (“{names[0]}”, “{names[1]}”): their dependence cannot be seen."
    findings = [*before, Finding("illustration", "warning", says, {"lists": names})]
    estimate = figure("chapman-1", histories, limits, findings, assumes=ASSUMES_CHAPMAN)
    return Answer(estimate)
