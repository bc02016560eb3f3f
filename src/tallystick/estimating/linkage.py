"""Carry the doubt of the linkage through: draws of the linkage, then draws of N.

Each draw of the linkage is a table of its own; its draws of N are pooled with the others', and the
variance is split into what the linkage causes and what the lists would leave in doubt anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating.answer import Answer, Settings
from tallystick.estimating.estimate import estimate
from tallystick.estimating.overlap import Histories
from tallystick.records import Estimate, Finding, Refusal

__all__ = ["estimate_over_linkage", "pooled_over_linkage"]

POOLED = 2000
FEW_LINKAGES = 10


def estimate_over_linkage(tables: Sequence[Histories], method: str, settings: Settings) -> Answer:
    """Estimate every draw of the linkage by a method that draws N, and pool them."""
    brief = replace(settings, brief=True)
    answers = [estimate(table, method, brief) for table in tables]
    return pooled_over_linkage(answers, settings.seed)


def pooled_over_linkage(answers: Sequence[Answer], seed: int) -> Answer:
    """Pool the answers of one method over equally likely draws of the linkage.

    Args:
        answers: One per draw of the linkage, at least one.
        seed: Of the draws that are pooled.

    Returns:
        Limits of all draws together, with the findings of the draw whose figure is in the middle.
        Documented is the least over the linkages, since that many are documented whichever is
        right. One draw that carries no figure refuses the whole.
    """
    least = min(answers, key=lambda answer: answer.estimate.n_observed).estimate
    lost = next((a.estimate for a in answers if a.estimate.refused is not None), None)
    if lost is not None:
        count = sum(answer.estimate.refused is not None for answer in answers)
        return Answer(_refused(least, lost, count, len(answers)))
    drawn = [answer.draws for answer in answers if answer.draws is not None]
    if len(drawn) < len(answers):
        return Answer(_without_draws(least))
    rng = np.random.default_rng([seed, len(answers)])
    pooled = np.stack([rng.choice(draws, size=POOLED) for draws in drawn])
    finding = _split(pooled, [answer.estimate for answer in answers])
    median, lo, hi = (int(x) for x in np.quantile(pooled, [0.5, 0.025, 0.975], method="nearest"))
    by_figure = sorted(answers, key=lambda answer: answer.estimate.median or 0)
    middle = by_figure[len(answers) // 2].estimate
    made = replace(
        middle,
        n_observed=least.n_observed,
        median=median,
        lo=lo,
        hi=hi,
        findings=(finding, *middle.findings),
        seed=seed,
    )
    return Answer(made, pooled.reshape(-1))


def _split(pooled: NDArray[np.int64], made: Sequence[Estimate]) -> Finding:
    """Split the variance of log N: between the linkages and within them."""
    log_n = np.log(pooled)
    within = float(log_n.var(axis=1, ddof=1).mean())
    means = log_n.mean(axis=1)
    chance = within / pooled.shape[1]
    between = max(float(means.var(ddof=1)) - chance, 0.0) if len(pooled) > 1 else 0.0
    share = between / (between + within) if between + within > 0.0 else 0.0
    seen = [one.n_observed for one in made]
    says = (
        f"Of the doubt about log N, {share:.0%} comes from the linkage ({len(pooled)} draws of it; "
        f"{min(seen):,} to {max(seen):,} people documented)."
    )
    few = len(pooled) < FEW_LINKAGES
    if few:
        says += f" Fewer than {FEW_LINKAGES} draws of the linkage tell little of its doubt."
    values = {
        "share": share,
        "between": between,
        "within": within,
        "linkages": len(pooled),
        "by_linkage": [
            {"n_observed": one.n_observed, "median": one.median, "lo": one.lo, "hi": one.hi}
            for one in made
        ],
    }
    return Finding("linkage", "warning" if few else "note", says, values)


def _refused(least: Estimate, lost: Estimate, count: int, of: int) -> Estimate:
    why = lost.refused
    assert why is not None  # the caller found it by that
    refusal = Refusal(
        why.check,
        f"{count} of {of} draws of the linkage carry no figure; the first: {why.says}",
        why.then,
    )
    return replace(
        least, median=None, lo=None, hi=None, assumes="", refused=refusal, findings=lost.findings
    )


def _without_draws(least: Estimate) -> Estimate:
    refusal = Refusal(
        "no-draws",
        f"{least.method} gives limits but no draws that could be pooled over the linkage.",
        "use lcmcr, dga or loglinear for draws of the linkage.",
    )
    return replace(least, median=None, lo=None, hi=None, assumes="", refused=refusal)
