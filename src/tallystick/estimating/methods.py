"""Answer by each method: from a checked table to a figure, or to a refusal with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tallystick.estimating.answer import Answer, Settings, figure, refusal
from tallystick.estimating.bootstrap import limits_by_resampling
from tallystick.estimating.chapman import ASSUMES_CHAPMAN, chapman, largest_pair
from tallystick.estimating.chordal import MOST_L, walk_graphs
from tallystick.estimating.dga import LARGEST_L, average_graphs
from tallystick.estimating.diagnose import (
    diagnose_draws,
    diagnose_lists,
    refusal_of_draws,
    spread_of_methods,
)
from tallystick.estimating.lcmcr import draw_posterior
from tallystick.estimating.loglinear import SEARCHED_L, Model, add_pairs, search_models
from tallystick.estimating.overlap import Histories
from tallystick.records import Finding, Refusal, Weight

__all__ = ["by_chapman", "by_dga", "by_latent_classes", "by_loglinear"]

LIMITS = (0.5, 0.025, 0.975)
MOST_LOGLINEAR_L = 10
UNSTABLE = 1_000.0
WALKS_APART = 0.05
ASSUMES_LATENT = (
    "People fall into a few classes; within a class the lists miss people independently of each "
    "other, and nobody had no chance at all to be listed."
)
ASSUMES_GRAPHS = (
    "Lists depend on each other along one of the decomposable graphs, and all of these are equally "
    "likely beforehand."
)
ASSUMES_LOGLINEAR = (
    "Lists depend on each other as the chosen model says; there is no interaction of all lists."
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
        findings += diagnose_lists(histories, limits)
    estimate = figure(
        "lcmcr-1", histories, limits, findings, assumes=ASSUMES_LATENT, seed=settings.seed
    )
    return Answer(estimate, drawn.people)


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


def _edge(p_edge: float) -> Finding:
    says = f"{p_edge:.2%} of the probability lies at the largest figures considered."
    weight: Weight = "warning" if p_edge > 0.005 else "note"
    return Finding("grid-edge", weight, says, {"p": p_edge})


def _other_delta(delta: float, other: Sequence[int], limits: Sequence[int]) -> Finding:
    says = f"With delta {delta:g} it would be {other[0]:,} ({other[1]:,} to {other[2]:,})."
    outside = not limits[1] <= other[0] <= limits[2]
    values = {"delta": delta, "median": other[0], "lo": other[1], "hi": other[2]}
    return Finding("other-delta", "warning" if outside else "note", says, values)


def by_loglinear(histories: Histories, settings: Settings, before: Sequence[Finding]) -> Answer:
    """Estimate by ``loglinear-1``: the best model by BIC, limits by resampling and re-selecting."""
    n_lists = len(histories.lists)
    if n_lists > MOST_LOGLINEAR_L:
        why = Refusal(
            "many-lists",
            f"{n_lists} lists make more cells than a log-linear model can be chosen for "
            f"(at most {MOST_LOGLINEAR_L} lists).",
            "merge lists made in the same way, or estimate by lcmcr.",
        )
        return refusal("loglinear-1", histories, why, before)
    chosen, findings = _chosen_model(histories)
    findings = [*before, *findings]
    if chosen.code:
        return refusal("loglinear-1", histories, _no_fit(chosen), findings)
    lo, hi, extra = limits_by_resampling(histories, chosen, settings)
    findings.append(extra)
    if hi > UNSTABLE * histories.people:
        return refusal("loglinear-1", histories, _unstable(hi), findings, seed=settings.seed)
    limits = (chosen.estimate, min(lo, chosen.estimate), max(hi, chosen.estimate))
    estimate = figure(
        "loglinear-1", histories, limits, findings, assumes=ASSUMES_LOGLINEAR, seed=settings.seed
    )
    return Answer(estimate)


def _chosen_model(histories: Histories) -> tuple[Model, list[Finding]]:
    if len(histories.lists) > SEARCHED_L:
        model = add_pairs(histories)
        return model, [_model_finding("model", "Pairs added one by one", histories, model)]
    search = search_models(histories)
    return search.by_bic, [
        _model_finding("model", f"Best of {search.tried:,} by BIC", histories, search.by_bic),
        _model_finding("model-aic", f"Best of {search.tried:,} by AIC", histories, search.by_aic),
    ]


def _model_finding(check: str, how: str, histories: Histories, model: Model) -> Finding:
    named = [
        "*".join(n for at, n in enumerate(histories.lists) if terms >> at & 1)
        for terms in sorted(model.terms, key=lambda t: (t.bit_count(), t))
    ]
    what = ", ".join(named) or "independence"
    says = f"{how}: {what}; " + (
        "its best fit does not exist." if model.code else f"N = {model.estimate:,.2f}."
    )
    values: dict[str, object] = {
        "terms": named,
        "aic": model.aic,
        "bic": model.bic,
        "code": model.code,
        "estimate": None if model.code else model.estimate,
    }
    return Finding(check, "warning" if model.code else "note", says, values)


def _no_fit(model: Model) -> Refusal:
    what = {1: "has no finite best fit", 2: "cannot tell its parameters apart"}[model.code]
    return Refusal(
        "existence",
        f"The model that fits best {what} on a table with so many empty cells.",
        "merge lists or strata so that overlaps fill, or read the other methods' figures.",
    )


def _unstable(hi: float) -> Refusal:
    return Refusal(
        "unstable",
        f"Tables drawn anew from this one give figures up to {hi:,.0f}: there is no upper limit.",
        "merge lists or strata so that overlaps fill, or read the other methods' figures.",
    )


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
