"""Judge whether chains agree and how much their draws are worth.

Method: Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021 (rank-normalised split R-hat, bulk and
tail effective sample size); Geyer 1992 for the sum of autocorrelations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

__all__ = ["Agreement", "agreement_of", "effective_draws", "split_rhat", "valley_of"]

Floats = NDArray[np.float64]
VALLEY_BINS, VALLEY_PEAK, VALLEY_DEPTH, VALLEY_SHARE = 20, 8, 0.4, 0.01


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hold what the chains say of themselves.

    Args:
        rhat: The larger of bulk and folded rank-normalised split R-hat.
        ess_bulk: Independent draws the middle of the posterior is worth.
        ess_tail: The same for the worse of the 2.5 % and 97.5 % limits.
    """

    rhat: float
    ess_bulk: float
    ess_tail: float


def agreement_of(draws: Floats) -> Agreement:
    """Judge draws of shape (chains, draws)."""
    if np.ptp(draws) == 0.0:
        return Agreement(1.0, float(draws.size), float(draws.size))
    halves = _split(draws)
    middle = np.median(halves)
    bulk, folded = _normal_scores(halves), _normal_scores(np.abs(halves - middle))
    tails = [_worth_of_limit(halves, p) for p in (0.025, 0.975)]
    return Agreement(
        rhat=max(_rhat(bulk), _rhat(folded)),
        ess_bulk=effective_draws(bulk),
        ess_tail=min(tails),
    )


def valley_of(missing: Floats) -> float | None:
    """Return how many unrecorded people part the draws into two modes; None if they are one hill.

    Up to twenty bins, even in log(people + 1) and at least one person wide, so that whole people
    leave no bin empty; compared is the density per log person. Each side holds at least one draw in
    a hundred, and the valley is at most two fifths of the lower peak. A valley seen in few draws
    may be chance: look again with more.
    """
    low, high = np.quantile(missing, [0.002, 0.998])
    edges = np.unique(np.geomspace(low + 1.0, high + 2.0, VALLEY_BINS + 1).round())
    counts, _ = np.histogram(missing + 1.0, bins=edges - 0.5)
    density = counts / np.diff(np.log(edges))
    for at in range(1, len(counts) - 1):
        left, right = slice(0, at), slice(at + 1, None)
        peaks = [side.start + int(np.argmax(density[side])) for side in (left, right)]
        lower = min(peaks, key=lambda peak: density[peak])
        shares = min(counts[left].sum(), counts[right].sum()) / missing.size
        is_deep = density[at] <= VALLEY_DEPTH * density[lower]
        if counts[lower] >= VALLEY_PEAK and is_deep and shares >= VALLEY_SHARE:
            return float((edges[at] + edges[at + 1]) / 2.0 - 1.0)
    return None


def split_rhat(draws: Floats) -> float:
    """Return rank-normalised split R-hat alone."""
    return agreement_of(draws).rhat


def _worth_of_limit(draws: Floats, p: float) -> float:
    return effective_draws((draws <= np.quantile(draws, p)).astype(np.float64))


def _split(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]], axis=0)


def _normal_scores(draws: Floats) -> Floats:
    ranks = rankdata(draws, axis=None).reshape(draws.shape)
    scores: Floats = ndtri((ranks - 0.375) / (draws.size + 0.25))
    return scores


def _rhat(draws: Floats) -> float:
    n_draws = draws.shape[1]
    within = draws.var(axis=1, ddof=1).mean()
    between = draws.mean(axis=1).var(ddof=1)
    if within == 0.0:
        return 1.0 if between == 0.0 else float("inf")
    return float(np.sqrt((within * (n_draws - 1) / n_draws + between) / within))


def effective_draws(draws: Floats) -> float:
    """Return how many independent draws (chains, draws) are worth for their mean."""
    n_chains, n_draws = draws.shape
    centred = draws - draws.mean(axis=1, keepdims=True)
    size = 1 << (2 * n_draws - 1).bit_length()
    spectrum = np.fft.rfft(centred, size)
    moments = np.fft.irfft(spectrum * np.conj(spectrum), size)[:, :n_draws] / n_draws
    within = moments[:, 0].mean() * n_draws / (n_draws - 1)
    total = within * (n_draws - 1) / n_draws
    if n_chains > 1:
        total += draws.mean(axis=1).var(ddof=1)
    if total <= 0.0:
        return float(draws.size)
    rho = 1.0 - (within - moments.mean(axis=0) * n_draws / (n_draws - 1)) / total
    even = rho[: n_draws // 2 * 2].reshape(-1, 2).sum(axis=1)
    below = np.flatnonzero(even <= 0.0)
    sums = np.minimum.accumulate(even[: below[0]] if len(below) else even)
    length = max(2.0 * sums.sum() - 1.0, 1.0 / np.log10(draws.size + 10.0))
    return float(draws.size / length)
