"""Run a published estimate by latent classes again, as it was drawn, and say whether it stands.

A published figure was drawn by chains of a fixed length that keep the labels of their classes
(``sweeps``). So its reader wants to know three things: whether the same chains give it again; what
they say once labels are exchanged, which changes no posterior; and what ``lcmcr-1`` says. What is
given again here is a figure about a figure, and no estimate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating import sweeps
from tallystick.estimating.answer import Settings
from tallystick.estimating.chains import Agreement, agreement_of, effective_draws
from tallystick.estimating.checks import check_before
from tallystick.estimating.estimate import estimate
from tallystick.estimating.ladder import LatentPlan
from tallystick.estimating.lcmcr import seed_of
from tallystick.estimating.methods import LIMITS
from tallystick.estimating.overlap import Histories
from tallystick.records import Estimate, Finding, Weight

__all__ = ["PublishedRun", "Replication", "Rerun", "replicate", "rerun"]

ROUNDED = 1.0 / 3.0  # people: a third, so that three errors allow for one person
APART = 3.0  # combined Monte-Carlo errors by which two runs may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRun:
    """Say how a published estimate was drawn.

    Args:
        classes: Latent classes at most; the reference package calls it K.
        prior_shape: Of the gamma prior of the concentration, a.
        prior_rate: Of the same, b.
        chains: Run one beside the other.
        burn_in: Sweeps left out.
        thinning: Sweeps for each sample.
        samples: Kept of each chain.
        exchanges: Whether classes exchange labels, which published runs do not.
    """

    classes: int = 10
    prior_shape: float = 0.25
    prior_rate: float = 0.25
    chains: int = 4
    burn_in: int = 100_000
    thinning: int = 40
    samples: int = 10_000
    exchanges: bool = False


@dataclass(frozen=True, slots=True)
class Rerun:
    """Hold what the chains of a run gave.

    Args:
        people: Shape (chains, samples): N.
        agreement: R-hat and effective draws of the logarithm of the people unrecorded.
    """

    people: NDArray[np.int64]
    agreement: Agreement

    @property
    def limits(self) -> tuple[float, ...]:
        """Return the median, the 2.5 and the 97.5 % limit of all chains together."""
        return tuple(float(limit) for limit in np.quantile(self.people, LIMITS))

    @property
    def errors(self) -> tuple[float, ...]:
        """Return the Monte-Carlo errors of the limits.

        The larger of two: from how the chains' own limits spread, which few chains tell roughly,
        and from how many independent draws all of them are worth, which is too few where chains
        stay apart. Of a single chain they are not known: infinite.
        """
        if len(self.people) < 2:
            return (np.inf,) * len(LIMITS)
        by_chain = np.quantile(self.people, LIMITS, axis=1)
        spread = by_chain.std(axis=1, ddof=1) / np.sqrt(len(self.people))
        by_draws = [self._error(p) for p in LIMITS]
        return tuple(float(max(*both, ROUNDED)) for both in zip(spread, by_draws, strict=True))

    def _error(self, p: float) -> float:
        below = (self.people <= np.quantile(self.people, p)).astype(np.float64)
        reach = np.sqrt(p * (1.0 - p) / max(effective_draws(below), 4.0))
        low, high = np.quantile(self.people, [max(p - reach, 0.0), min(p + reach, 1.0)])
        return float(high - low) / 2.0

    def as_json(self) -> dict[str, object]:
        median, lo, hi = self.limits
        return {
            "median": median,
            "lo": lo,
            "hi": hi,
            "errors": [error if np.isfinite(error) else None for error in self.errors],
            "rhat": round(self.agreement.rhat, 4),
        }


def rerun(
    histories: Histories, run: PublishedRun, *, seed: int, pool: Executor | None = None
) -> Rerun:
    """Draw N by plain sweeps, as published estimates were drawn.

    Args:
        histories: At least three lists that overlap, none of which names everybody.
        run: How they were drawn.
        seed: Same seed, same table: same bytes, on any number of threads.
        pool: Threads on which the chains run; None for one after the other.
    """
    patterns, counts = histories.patterns.astype(np.int64), histories.counts.astype(np.int64)
    rates = histories.sizes / histories.people

    how = sweeps.How(
        (run.prior_shape, run.prior_rate), run.burn_in, run.thinning, run.samples, run.exchanges
    )

    def one(chain: int) -> NDArray[np.float64]:
        rng = seed_of(histories, seed, chain)
        return sweeps.chain(rng, patterns, counts, sweeps.start(rates, run.classes), how)

    spread = pool.map if pool is not None else map
    missing = np.stack(list(spread(one, range(run.chains))))
    people = (missing + histories.people).astype(np.int64)
    return Rerun(people, agreement_of(np.log(missing + 0.5)))


@dataclass(frozen=True, slots=True)
class Replication:
    """Hold a published run drawn again, and what stands beside it.

    Args:
        run: How it was drawn.
        n_observed: People recorded.
        as_published: What its chains give; None where the lists cannot carry a figure.
        exchanged: What they give once labels are exchanged; likewise.
        estimate: What ``lcmcr-1`` says of the table, or why it says nothing.
        findings: Whether the figure is given again, and whether it stands.
    """

    run: PublishedRun
    n_observed: int
    as_published: Rerun | None
    exchanged: Rerun | None
    estimate: Estimate
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "run": asdict(self.run),
            "n_observed": self.n_observed,
            "as_published": self.as_published and self.as_published.as_json(),
            "exchanged": self.exchanged and self.exchanged.as_json(),
            "estimate": self.estimate.as_json(),
            "findings": [finding.as_json() for finding in self.findings],
        }


def replicate(
    histories: Histories,
    run: PublishedRun,
    *,
    published: Sequence[float] | None = None,
    seed: int = 1,
    pool: Executor | None = None,
) -> Replication:
    """Draw a published estimate again, and look into it.

    Args:
        histories: One table; lists that say nothing are left out.
        run: How the estimate was drawn; with at least two chains its Monte-Carlo errors are known.
        published: Its median and its lower and upper limit (people), to compare.
        seed: Same seed, same figures.
        pool: Threads for the chains.
    """
    table, refused, _ = check_before(histories)
    plan = LatentPlan(
        classes=run.classes, prior_shape=run.prior_shape, prior_rate=run.prior_rate,
        max_missing=sweeps.CAP,
    )  # fmt: skip
    told = estimate(histories, "lcmcr", Settings(seed=seed, latent=plan, pool=pool, brief=True))
    if refused is not None:
        return Replication(run, table.people, None, None, told.estimate, ())
    again, exchanged = (
        rerun(table, replace(run, exchanges=how), seed=seed, pool=pool) for how in (False, True)
    )
    findings = (
        *_given_again(again, published),
        *_chains(again),
        *_labels(again, exchanged),
        _standing(again, published, told.estimate),
    )
    return Replication(run, table.people, again, exchanged, told.estimate, findings)


def _given_again(again: Rerun, published: Sequence[float] | None) -> Iterator[Finding]:
    """Say whether the chains give the published figure again; as long, it is as exact."""
    if published is None:
        return
    is_given = _agree(again.limits, again.errors, published, again.errors)
    yield Finding(
        "given-again",
        "note" if is_given else "warning",
        f"The published {_said(published)} is {'given again' if is_given else 'not given again'}: "
        f"run as it was, {len(again.people)} chains say {_said(again.limits)}.",
        {"published": list(published), **again.as_json()},
    )


def _chains(again: Rerun) -> Iterator[Finding]:
    if again.agreement.rhat > LatentPlan().most_rhat:
        says = (
            f"The chains of such a run do not agree (R-hat {again.agreement.rhat:.2f}): where each "
            "starts decides what it says, and another seed may say something else."
        )
        yield Finding("chains-disagree", "warning", says, {"rhat": again.agreement.rhat})


def _labels(again: Rerun, exchanged: Rerun) -> Iterator[Finding]:
    if not _agree(again.limits, again.errors, exchanged.limits, exchanged.errors):
        says = (
            "The chains of such a run keep the labels into which their classes were sorted. Once "
            f"labels are exchanged, which changes no posterior, they say {_said(exchanged.limits)}."
        )
        yield Finding("labels-stay", "warning", says, exchanged.as_json())


def _standing(again: Rerun, published: Sequence[float] | None, made: Estimate) -> Finding:
    """Say whether the figure is what ``lcmcr-1`` draws from the same model."""
    figure = again.limits if published is None else published
    if made.median is None or made.lo is None or made.hi is None:
        assert made.refused is not None, "an estimate has a figure or a refusal"
        says = f"lcmcr-1 gives no figure of this table: {made.refused.says}"
        return Finding("stands", "warning", says, {"refused": made.refused.check})
    ours = (made.median, made.lo, made.hi)
    # Its own errors are left out but for a person: so the comparison is the stricter.
    stands = _agree(figure, again.errors, ours, (1.0,) * len(LIMITS))
    weight: Weight = "note" if stands else "warning"
    differs = "no more than" if stands else "by more than"
    says = (
        f"lcmcr-1, which draws the same model, says {_said(ours)}: they differ {differs} "
        "three Monte-Carlo errors allow."
    )
    return Finding("stands", weight, says, {"lcmcr-1": list(ours)})


def _said(limits: Sequence[float]) -> str:
    median, lo, hi = limits
    return f"{median:,.0f} (95 %: {lo:,.0f} to {hi:,.0f})"


def _agree(
    limits: Sequence[float], errors: Sequence[float],
    others: Sequence[float], their_errors: Sequence[float],
) -> bool:  # fmt: skip
    """Say whether limits of two runs agree within three combined Monte-Carlo errors."""
    off = np.abs(np.subtract(limits, others))
    return bool((off <= APART * np.hypot(errors, their_errors)).all())
