"""Carry the doubt of the linkage through: draws of the linkage, then draws of N.

Each draw of the linkage is a table of its own; its draws of N are pooled with the others', and the
variance is split into what the linkage causes and what the lists would leave in doubt anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tallystick.estimating.answer import Answer, Settings
from tallystick.estimating.estimate import estimate
from tallystick.estimating.overlap import Histories
from tallystick.records import Estimate, Finding, Refusal

__all__ = ["estimate_over_linkage"]

POOLED = 2000
FEW_LINKAGES = 10


def estimate_over_linkage(tables: Sequence[Histories], method: str, settings: Settings) -> Answer:
    """Estimate by a method that draws N (lcmcr, dga), pooled over draws of the linkage.

    Args:
        tables: One per draw of the linkage, all equally likely.
        method: ``lcmcr`` or ``dga``.
        settings: For every table alike.

    Returns:
        Limits of all draws together. Documented is the least over the linkages, since that many
        are documented whichever is right.
    """
    answers = [estimate(table, method, replace(settings, brief=True)) for table in tables]
    refused = [answer for answer in answers if answer.draws is None]
    least = min(answers, key=lambda answer: answer.estimate.n_observed).estimate
    if refused:
        return Answer(_refused(least, refused[0].estimate, len(refused), len(tables)))
    rng = np.random.default_rng([settings.seed, len(tables)])
    drawn = np.stack(
        [rng.choice(answer.draws, size=POOLED) for answer in answers if answer.draws is not None]
    )
    finding = _split(drawn, [answer.estimate.n_observed for answer in answers])
    median, lo, hi = np.quantile(drawn, [0.5, 0.025, 0.975])
    pooled = replace(
        least,
        median=round(float(median)),
        lo=max(int(np.floor(lo)), least.n_observed),
        hi=int(np.ceil(hi)),
        findings=(finding,),
        seed=settings.seed,
    )
    return Answer(pooled, drawn.reshape(-1))


def _split(drawn: np.ndarray[tuple[int, ...], np.dtype[np.int64]], seen: Sequence[int]) -> Finding:
    """Split the variance of log N: between the linkages and within them."""
    log_n = np.log(drawn)
    within = float(log_n.var(axis=1, ddof=1).mean())
    means = log_n.mean(axis=1)
    chance = within / drawn.shape[1]
    between = max(float(means.var(ddof=1)) - chance, 0.0) if len(drawn) > 1 else 0.0
    share = between / (between + within) if between + within > 0.0 else 0.0
    says = (
        f"Of the doubt about log N, {share:.0%} comes from the linkage ({len(drawn)} draws of it; "
        f"{min(seen):,} to {max(seen):,} people documented)."
    )
    few = len(drawn) < FEW_LINKAGES
    if few:
        says += f" Fewer than {FEW_LINKAGES} draws of the linkage tell little of its doubt."
    values = {"share": share, "between": between, "within": within, "observed": list(seen)}
    return Finding("linkage", "warning" if few else "note", says, values)


def _refused(least: Estimate, first: Estimate, count: int, of: int) -> Estimate:
    why = first.refused
    assert why is not None
    refusal = Refusal(
        why.check,
        f"{count} of {of} draws of the linkage carry no figure; the first: {why.says}",
        why.then,
    )
    return replace(least, median=None, lo=None, hi=None, refused=refusal, findings=first.findings)
