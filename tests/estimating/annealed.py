"""A second way to weigh the hills of a posterior: many particles, from the prior to the whole table.

Particles drawn from the prior see ever more of the table. At each step they are weighted by the
likelihood of the people added, drawn anew by weight, and moved by plain sweeps with labels exchanged
(``sweeps.py``); how many people are added follows from the weights. Nothing is shared with the
ladders of ``lcmcr-1``: no line of code, no level, no exchange of states, no gradient. A hill that no
particle is in when it parts from the rest is not seen; runs from several seeds say how sure the
weights are, for no run knows it of itself.

Whole people are added rather than powers of the likelihood taken, so that each step is an ordinary
posterior with an exact Gibbs sweep.

Method: Del Moral, Doucet & Jasra 2006 (the sampler, section 3.3.2.3 for the weights); Chopin 2002
(steps by people added); Neal 2001 (the evidence is unbiased, however few the sweeps).
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.special import betainc, logsumexp

from tallystick.estimating.sweeps import CAP, Place, draw_alpha, draw_unseen, sweep

__all__ = ["Annealed", "anneal"]

PRIOR = (0.25, 0.25)


@dataclass(frozen=True)
class Annealed:
    """The particles at the end: N, p(on some list), the log evidence of the table, steps taken."""

    people: np.ndarray
    p_seen: np.ndarray
    log_evidence: float
    steps: int
    n_observed: int

    def p_at_most(self, people):
        """P(N <= people), summed over the law of n_0 given each particle."""
        log_p = _log_p_missing(self.n_observed, people - self.n_observed, self.p_seen)
        capped = _log_p_missing(self.n_observed, CAP * self.n_observed, self.p_seen)
        return np.exp(log_p - capped).mean()


def anneal(histories, classes, *, particles, sweeps, seed, worth=0.7):
    """Take particles from the prior to the posterior of the table.

    ``worth`` is the share of particles that the weights of one step are worth: the more, the more
    steps. Where in a step a pattern gains its people is drawn once a run.
    """
    rng = np.random.default_rng(seed)
    patterns, counts = histories.patterns.astype(np.int64), histories.counts.astype(np.int64)
    offsets = rng.random(len(counts))
    place = _from_the_prior(rng, particles, patterns.shape[1], classes)
    share, held, log_evidence, steps = 0.0, np.zeros_like(counts), 0.0, 0
    log_cells, p_seen = _law_of(patterns, *place[:3])
    while share < 1.0:
        weigh = _weights_of(counts, offsets, held, log_cells, p_seen)
        share = _next_share(weigh, share, held, counts, offsets, worth)
        log_weight = weigh(share)
        log_evidence += logsumexp(log_weight) - np.log(particles)
        held = _table_at(share, counts, offsets)
        chosen = _drawn_anew(rng, log_weight)
        place = [part[chosen] for part in place]
        _move(rng, patterns, held, sweeps, *place)
        log_cells, p_seen = _law_of(patterns, *place[:3])
        steps += 1
    people = histories.people + place[3].sum(axis=1)
    return Annealed(people, p_seen, log_evidence, steps, histories.people)


def _table_at(share, counts, offsets):
    return counts if share >= 1.0 else np.floor(share * counts + offsets).astype(np.int64)


def _weights_of(counts, offsets, held, log_cells, p_seen):
    """Return the function: share of the table -> log weight of each particle for what is added.

    n_0 is summed out on both sides; the cap on it leaves the ratio of its probabilities.
    """
    before = _log_p_missing(held.sum(), CAP * held.sum(), p_seen)

    def weigh(share):
        table = _table_at(share, counts, offsets)
        after = _log_p_missing(table.sum(), CAP * table.sum(), p_seen)
        return log_cells @ (table - held) + after - before

    return weigh


def _log_p_missing(seen, missing, p_seen):
    """log P(n_0 <= missing) when so many are seen."""
    if seen == 0:
        return np.zeros_like(p_seen)
    return np.log(np.maximum(betainc(seen, missing + 1.0, p_seen), 1e-300))


def _next_share(weigh, share, held, counts, offsets, worth):
    """The largest share at which the weights are worth enough; at least one person more."""

    def is_worth(at):
        log_weight = weigh(at)
        weight = np.exp(log_weight - log_weight.max())
        return weight.sum() ** 2 >= worth * weight.size * (weight @ weight)

    low, high = share, 1.0
    if is_worth(1.0):
        return 1.0
    for _ in range(40):
        middle = (low + high) / 2.0
        low, high = (middle, high) if is_worth(middle) else (low, middle)
    adds = (_table_at(low, counts, offsets) != held).any()
    return low if adds else high


def _drawn_anew(rng, log_weight):
    """Systematic resampling: which particle each new one copies."""
    size = log_weight.size
    below = np.cumsum(np.exp(log_weight - logsumexp(log_weight)))
    return np.searchsorted(below, (np.arange(size) + rng.random()) / size).clip(0, size - 1)


def _from_the_prior(rng, particles, n_lists, classes):
    """log lambda, log (1 - lambda), log nu, n_0 by class, and alpha of each particle."""
    log_no = np.log(rng.random((particles, n_lists, classes)))
    log_yes = np.log(-np.expm1(log_no))
    # Gamma(1/4) is Gamma(5/4) times a uniform number to the fourth power.
    alpha = rng.standard_gamma(1.25, (particles, 1)) * rng.random((particles, 1)) ** 4 / PRIOR[1]
    log_w = np.log(rng.random((particles, classes - 1))) / alpha
    left = np.concatenate([np.zeros((particles, 1)), np.cumsum(log_w, axis=1)], axis=1)
    log_nu = left.copy()
    log_nu[:, :-1] += np.log(-np.expm1(log_w))
    return [log_yes, log_no, log_nu, np.zeros((particles, classes)), alpha]


@njit(cache=True, nogil=True)
def _law_of(patterns, log_yes, log_no, log_nu):
    """log p(pattern | recorded) of each particle (particles, M), and p(recorded)."""
    particles, n_lists = log_yes.shape[:2]
    log_cells, p_seen = np.empty((particles, len(patterns))), np.empty(particles)
    for p in range(particles):
        unlisted = log_nu[p].copy()
        for j in range(n_lists):
            unlisted += log_no[p, j]
        p_seen[p] = max(1.0 - np.exp(unlisted).sum(), 1e-300)
        for i in range(len(patterns)):
            log_w = unlisted.copy()
            for j in range(n_lists):
                if patterns[i, j]:
                    log_w += log_yes[p, j] - log_no[p, j]
            most = log_w.max()
            log_cells[p, i] = most + np.log(np.exp(log_w - most).sum()) - np.log(p_seen[p])
    return log_cells, p_seen


@njit(cache=True, nogil=True)
def _move(rng, patterns, counts, sweeps, log_yes, log_no, log_nu, unseen, alpha):
    log_v, log_w = np.zeros(log_nu.shape[1]), np.full(log_nu.shape[1], -np.inf)
    for p in range(len(alpha)):
        place = Place(log_yes[p], log_no[p], log_nu[p], log_v, log_w, unseen[p], alpha[p])
        draw_unseen(rng, counts.sum(), place)
        for _ in range(sweeps):
            sweep(rng, patterns, counts, place, True)
            draw_alpha(rng, place, PRIOR)
