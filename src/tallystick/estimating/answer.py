"""Hold what an estimator was asked and what it answers: a figure or a refusal, and its draws."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating.ladder import LatentPlan
from tallystick.estimating.overlap import Histories
from tallystick.records import Estimate, Finding, Refusal, Stratum

__all__ = ["Answer", "Settings", "figure", "refusal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Say how to estimate.

    Args:
        seed: Of everything random; the same seed gives the same bytes.
        delta: Prior people per cell for ``dga-1``; None for 2**-L.
        max_missing: Unrecorded people at most; None for 20 per recorded person.
        latent: Of ``lcmcr-1``.
        resamples: Tables drawn anew for the limits of ``loglinear-1``.
        brief: Leave out the findings that need further fits (leave one list out, other classes).
        pool: Threads for the chains of one table; None for one after the other.
    """

    seed: int = 1
    delta: float | None = None
    max_missing: int | None = None
    latent: LatentPlan = field(default_factory=LatentPlan)
    resamples: int = 400
    brief: bool = False
    pool: Executor | None = None

    def most_missing(self, histories: Histories) -> int:
        """Return the largest number of unrecorded people considered for this table."""
        if self.max_missing is not None:
            return self.max_missing
        return int(self.latent.max_missing * histories.people)

    def as_json(self) -> dict[str, object]:
        """Return the settings that can change a figure."""
        told = {name: getattr(self, name) for name in ("seed", "delta", "max_missing", "resamples")}
        return told | {"brief": self.brief, "latent": asdict(self.latent)}

    def key(self) -> str:
        """Return the same as text."""
        return json.dumps(self.as_json())


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold an estimate and draws of N (people, whole), if its method makes any."""

    estimate: Estimate
    draws: NDArray[np.int64] | None = None

    def within(self, stratum: Stratum) -> Answer:
        """Return the same answer as the answer for this stratum."""
        return Answer(replace(self.estimate, stratum=stratum), self.draws)


def figure(
    method: str,
    histories: Histories,
    limits: Sequence[float],
    findings: Sequence[Finding],
    *,
    assumes: str,
    seed: int | None = None,
) -> Estimate:
    """Build an estimate from (median, lo, hi), rounded away from false precision.

    The median is rounded, the limits outwards; none falls below the documented.
    """
    n_observed = histories.people
    median = max(round(limits[0]), n_observed)
    return Estimate(
        stratum=(),
        method=method,
        n_observed=n_observed,
        median=median,
        lo=min(max(int(np.floor(limits[1])), n_observed), median),
        hi=max(int(np.ceil(limits[2])), median),
        assumes=assumes,
        findings=tuple(findings),
        seed=seed,
        table=histories.digest,
    )


def refusal(
    method: str,
    histories: Histories,
    why: Refusal,
    findings: Sequence[Finding] = (),
    *,
    seed: int | None = None,
) -> Answer:
    """Build the answer that there is no figure, and why."""
    estimate = Estimate(
        stratum=(),
        method=method,
        n_observed=histories.people,
        findings=tuple(findings),
        refused=why,
        seed=seed,
        table=histories.digest,
    )
    return Answer(estimate)
