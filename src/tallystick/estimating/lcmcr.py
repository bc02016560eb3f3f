"""Estimate by a Bayesian mixture of latent classes (``lcmcr-1``).

Every chain is a ladder: level 0 holds the table, higher levels ever thinner shares of it, and the
levels exchange states. Chains start scattered and run until they agree and are worth enough
independent draws, never for a fixed time; if they do not agree within the budget, that is the
answer.

Method: Manrique-Vallier 2016, Biometrics 72:1246 (model, priors, Gibbs sweep); Neal 2011 (gradient
paths on the posterior with n_0 summed out); Papaspiliopoulos & Roberts 2008 (exchange of labels).
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from tallystick.estimating import kernels
from tallystick.estimating.chains import Agreement, agreement_of, effective_draws, valley_of
from tallystick.estimating.ladder import LatentPlan, State, model_of
from tallystick.estimating.overlap import Histories

__all__ = ["Chain", "Posterior", "draw_posterior", "seed_of"]

Floats = NDArray[np.float64]

FIRST_ROUNDS = 400
WARM_ROUNDS = 400
KEPT_FOR_LIMITS = 4000
SETTLING_SHARE = 0.15
ESS_WANTED = 1000.0
ROUNDED = 0.3  # people: what rounding to whole people adds to any error


@dataclass(frozen=True, slots=True)
class Posterior:
    """Hold the draws of one table.

    Args:
        n_observed: People recorded.
        missing: Shape (chains, draws): people unrecorded.
        p_missed: Shape (chains, draws): probability that a person is on no list.
        classes: Shape (chains, draws): classes that hold at least 1 % of all people.
        cells: Shape (M,): mean probability of each pattern among those recorded.
        squares: Shape (M,): mean of its square.
        cap: Largest number of unrecorded people allowed.
        rounds: Of each chain, with those left out at the start.
        agreement: R-hat and effective draws of log(missing + 1/2).
        exchanged: Share of exchanges taken between each two levels.
        agreed: Whether the chains met the plan's targets.
        valley: N between two modes; None if there is one. With two, chains that agree early may
            all have missed one, so they run until the budget is spent.
    """

    n_observed: int
    missing: Floats
    p_missed: Floats
    classes: Floats
    cells: Floats
    squares: Floats
    cap: float
    rounds: int
    agreement: Agreement
    exchanged: tuple[float, ...]
    agreed: bool
    valley: float | None

    @property
    def people(self) -> NDArray[np.int64]:
        """Return all draws of N, chains one after the other."""
        return (self.missing.reshape(-1) + self.n_observed).astype(np.int64)

    def p_at_most(self, missing: float) -> float:
        """Return P(n_0 <= missing), summed over the law of n_0 given each draw."""
        return float(self._law(missing).mean())

    def quantile(self, p: float) -> int:
        """Return the least N with this probability at or below it (Rao-Blackwellised)."""
        low, high = -1, int(self.cap)
        while high - low > 1:
            middle = (low + high) // 2
            if self.p_at_most(middle) >= p:
                high = middle
            else:
                low = middle
        return self.n_observed + high

    def quantile_error(self, p: float) -> float:
        """Return the Monte-Carlo error of a quantile, in people."""
        at = self.quantile(p) - self.n_observed
        # No more than the draws that the limits are taken from are worth at best.
        worth = min(effective_draws((self.missing <= at).astype(np.float64)), KEPT_FOR_LIMITS)
        reach = 2.0 * np.sqrt(p * (1.0 - p) / max(worth, 4.0))  # twice, against whole numbers
        lo, hi = self.quantile(max(p - reach, 1e-4)), self.quantile(min(p + reach, 1 - 1e-4))
        return max((hi - lo) / 4.0, ROUNDED)

    def _law(self, missing: float) -> Floats:
        drawn = self.p_missed.reshape(-1)
        p_seen = 1.0 - drawn[:: max(1, drawn.size // KEPT_FOR_LIMITS)]
        below = betainc(self.n_observed, missing + 1.0, p_seen)
        allowed: Floats = below / np.maximum(
            betainc(self.n_observed, self.cap + 1.0, p_seen), 1e-300
        )
        return allowed


def seed_of(histories: Histories, seed: int, chain: int) -> np.random.Generator:
    """Return the random numbers of one chain: they hang on seed, table and chain alone."""
    words = [int(histories.digest[at : at + 8], 16) for at in range(0, 64, 8)]
    return np.random.default_rng(np.random.SeedSequence([seed, chain, *words]))


class Chain:
    """Hold one ladder's state between blocks; all moves are in ``kernels``."""

    def __init__(self, histories: Histories, plan: LatentPlan, rng: np.random.Generator) -> None:
        self.model = model_of(histories, plan)
        self.state = State.fresh(self.model, plan.most_leaps)
        self.rng = rng
        self.rounds = 0
        kernels.start_chain(rng, self.state, self.model)
        self.advance(WARM_ROUNDS // 2, learn=0.08)
        self.advance(WARM_ROUNDS // 2, learn=0.02)
        self.state.exchanges[:] = 0.0
        self.state.cells[:] = 0.0
        self.state.squares[:] = 0.0
        self.rounds = 0

    def advance(self, rounds: int, learn: float = 0.0) -> Floats:
        """Go on by so many rounds; return n_0, p(never listed) and classes held after each."""
        draws = np.zeros((rounds, 3))
        kernels.run_block(self.rng, self.state, self.model, draws, learn)
        self.rounds += rounds
        return draws


def draw_posterior(
    histories: Histories, plan: LatentPlan, *, seed: int, pool: Executor | None = None
) -> Posterior:
    """Draw N until the chains agree, or the budget is spent.

    Args:
        histories: At least three lists that overlap.
        plan: What to draw and when to stop.
        seed: Same seed, same table: same bytes, on any number of threads.
        pool: Threads on which the chains run; None for one after the other.
    """
    spread = pool.map if pool is not None else map
    numbers = [seed_of(histories, seed, chain) for chain in range(plan.chains)]
    chains = list(spread(lambda rng: Chain(histories, plan, rng), numbers))
    drawn: list[Floats] = []
    rounds = FIRST_ROUNDS
    while True:
        block = spread(Chain.advance, chains, [rounds] * len(chains))
        drawn.append(np.stack(list(block)))
        so_far = _settled(np.concatenate(drawn, axis=1))
        log_missing = np.log(so_far[:, :, 0] + 0.5)
        agreement, valley = agreement_of(log_missing), valley_of(so_far[:, :, 0])
        is_clear = _meets(agreement, plan, plan.ess_wanted or ESS_WANTED) and valley is None
        if is_clear or chains[0].rounds >= plan.most_rounds:
            break
        rounds = min(max(chains[0].rounds // 2, FIRST_ROUNDS), plan.most_rounds)
    exchanged = np.mean([chain.state.exchanges / chain.rounds for chain in chains], axis=0)
    cells = np.mean([chain.state.cells / chain.rounds for chain in chains], axis=0)
    squares = np.mean([chain.state.squares / chain.rounds for chain in chains], axis=0)
    return Posterior(
        n_observed=histories.people,
        missing=so_far[:, :, 0],
        p_missed=so_far[:, :, 1],
        classes=so_far[:, :, 2],
        cells=cells,
        squares=squares,
        cap=float(np.floor(plan.max_missing * histories.people)),
        rounds=chains[0].rounds,
        agreement=agreement,
        exchanged=tuple(float(share) for share in exchanged[:-1]),
        agreed=_meets(agreement, plan, plan.ess_least),
        valley=None if valley is None else histories.people + valley,
    )


def _settled(draws: Floats) -> Floats:
    """Leave out the first draws, in which the chains still find their way."""
    return draws[:, int(SETTLING_SHARE * draws.shape[1]) :]


def _meets(agreement: Agreement, plan: LatentPlan, wanted: float) -> bool:
    worth = min(agreement.ess_bulk, agreement.ess_tail)
    return agreement.rhat <= plan.most_rhat and worth >= wanted
