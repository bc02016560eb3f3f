"""Answer by log-linear models (``loglinear-1``): choose, check that the fit exists, resample."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.estimating.answer import Answer, Settings, figure, refusal
from tallystick.estimating.bootstrap import limits_by_resampling
from tallystick.estimating.diagnose import beside
from tallystick.estimating.loglinear import (
    SEARCHED_L,
    Model,
    Search,
    add_pairs,
    code_of,
    search_models,
)
from tallystick.estimating.overlap import Histories
from tallystick.records import Finding, Refusal

__all__ = ["by_loglinear"]

MOST_LOGLINEAR_L = 10
UNSTABLE = 1_000.0  # people at the upper limit per person documented
CODES = ("sound", "no_fit", "not_identifiable")
ASSUMES_LOGLINEAR = (
    "Lists depend on each other as the chosen model says; there is no interaction of all lists."
)


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
    chosen, findings = _chosen_model(histories, settings)
    findings = [*before, *findings]
    if chosen.code:
        return refusal("loglinear-1", histories, _no_fit(chosen), findings)
    draws, lo, hi, extra = limits_by_resampling(histories, chosen, settings)
    findings.append(extra)
    if hi > UNSTABLE * histories.people:
        return refusal("loglinear-1", histories, _unstable(hi), findings, seed=settings.seed)
    limits = (chosen.estimate, min(lo, chosen.estimate), max(hi, chosen.estimate))
    findings += beside(histories, settings, [round(limit) for limit in limits])
    estimate = figure(
        "loglinear-1", histories, limits, findings, assumes=ASSUMES_LOGLINEAR, seed=settings.seed
    )
    return Answer(estimate, draws)


def _chosen_model(histories: Histories, settings: Settings) -> tuple[Model, list[Finding]]:
    if len(histories.lists) > SEARCHED_L:
        model = add_pairs(histories)
        return model, [_model_finding("model", "Pairs added one by one", histories, model)]
    search = search_models(histories)
    found = [
        _model_finding("model", f"Best of {search.tried:,} by BIC", histories, search.by_bic),
        _model_finding("model-aic", f"Best of {search.tried:,} by AIC", histories, search.by_aic),
    ]
    if not settings.brief:
        found.append(_soundness(histories, search))
    return search.by_bic, found


def _soundness(histories: Histories, search: Search) -> Finding:
    """Say of the best models how many have a finite fit and parameters that can be told apart."""
    codes = [code_of(histories, terms) for terms in search.near]
    tally = {name: codes.count(code) for code, name in enumerate(CODES)}
    says = (
        f"Of the {len(codes)} best models {tally['sound']} are sound, {tally['no_fit']} have no "
        f"finite best fit, {tally['not_identifiable']} cannot tell their parameters apart."
    )
    unsound = tally["sound"] < len(codes) / 2
    return Finding("soundness", "warning" if unsound else "note", says, tally)


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
