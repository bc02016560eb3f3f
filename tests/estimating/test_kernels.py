"""The sampler is held against laws that do not know how it works: exact sums and Geweke's test."""

import numpy as np
import pytest
from scipy.special import betaln, gammaln, logsumexp

from tallystick.estimating import LatentPlan, histories_of, kernels, ladder
from tallystick.estimating.chains import effective_draws
from tallystick.estimating.ladder import State, model_of
from tallystick.estimating.lcmcr import draw_posterior

PATTERNS = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]])


def tiny(*counts):
    return histories_of(("a", "b", "c"), PATTERNS[: len(counts)], np.array(counts))


def p_of_one_class(histories, most):
    """Sum out the rates: with one class p(N) has a closed form."""
    missing = np.arange(most + 1)
    people = histories.people + missing
    log_p = gammaln(people) - gammaln(missing + 1.0)
    for size in histories.sizes:
        log_p = log_p + betaln(size + 1.0, people - size + 1.0)
    return np.exp(log_p - logsumexp(log_p))


def test_one_class_is_the_closed_form():
    histories = tiny(9, 7, 6, 4, 3, 2)
    plan = LatentPlan(classes=1, max_missing=20.0, ess_wanted=6000.0, most_rounds=12_000)

    drawn = draw_posterior(histories, plan, seed=3)

    exact = np.cumsum(p_of_one_class(histories, 20 * histories.people))
    for at in (2, 6, 10, 20, 40):
        assert abs(drawn.p_at_most(at) - exact[at]) < 0.02


def p_of_two_classes(histories, most, shape, rate, lowest=-14.0):
    """Sum over every way to share people out to two classes, and over alpha by quadrature."""
    # alpha = exp(x): an even grid in x, with the prior's density there
    x = np.linspace(lowest, 4.0, 600)
    log_prior = shape * x - rate * np.exp(x)
    log_prior -= logsumexp(log_prior)
    ways = [(0.0, np.zeros(3), 0)]
    for pattern, count in zip(histories.patterns.astype(int), histories.counts, strict=True):
        ways = [
            (
                log + gammaln(count + 1) - gammaln(k + 1) - gammaln(count - k + 1),
                on + k * pattern,
                n + k,
            )
            for log, on, n in ways
            for k in range(count + 1)
        ]
    log_ways = np.array([log for log, _, _ in ways])
    on_first = np.array([on for _, on, _ in ways])
    n_first = np.array([n for _, _, n in ways])
    sizes, seen = histories.sizes, histories.people
    log_p = np.full(most + 1, -np.inf)
    for missing in range(most + 1):
        parts = []
        for k in range(missing + 1):
            first, second = n_first + k, seen - n_first + missing - k
            log = log_ways + gammaln(missing + 1) - gammaln(k + 1) - gammaln(missing - k + 1)
            for j in range(3):
                log = log + betaln(on_first[:, j] + 1, first - on_first[:, j] + 1)
                on_second = sizes[j] - on_first[:, j]
                log = log + betaln(on_second + 1, second - on_second + 1)
            stick = betaln(first[:, None] + 1, np.exp(x) + second[:, None]) + x
            parts.append(logsumexp(log[:, None] + stick + log_prior))
        total = seen + missing
        log_p[missing] = logsumexp(parts) + gammaln(total) - gammaln(missing + 1)
    return np.exp(log_p - logsumexp(log_p))


@pytest.mark.slow
@pytest.mark.parametrize("per_pattern", [15, 0.8])
def test_two_classes_are_the_quadrature(per_pattern, monkeypatch):
    """Sums over all shares of eight people, and a grid over alpha, know nothing of sampling.

    With 0.4 people per pattern on the hottest level there is a ladder; it changes nothing.
    """
    monkeypatch.setattr(ladder, "PER_PATTERN", per_pattern)
    histories = tiny(3, 2, 1, 1, 1)
    assert (len(ladder.shares_of(histories)) > 2) == (per_pattern < 1)
    plan = LatentPlan(
        classes=2,
        prior_shape=1.0,
        prior_rate=1.0,
        max_missing=3.0,
        chains=6,
        ess_wanted=1e9,
        most_rounds=9_000,
    )

    drawn = draw_posterior(histories, plan, seed=5)

    exact = np.cumsum(p_of_two_classes(histories, 24, 1.0, 1.0))
    for at in (0, 1, 3, 6, 12, 20):
        assert abs(drawn.p_at_most(at) - exact[at]) < 0.015


@pytest.mark.slow
def test_drawing_data_and_classes_in_turn_gives_the_prior():
    """Geweke 2004: if the moves are right, the parameters keep their prior law."""
    patterns = np.array([[(b >> j) & 1 for j in range(3)] for b in range(1, 8)])
    histories = histories_of(("a", "b", "c"), patterns, np.array([5, 4, 3, 3, 2, 2, 1]))
    plan = LatentPlan(classes=3, prior_shape=2.0, prior_rate=2.0, max_missing=1e6, most_leaps=12)
    model = model_of(histories, plan)
    assert len(model.counts) == 1
    state = State.fresh(model, plan.most_leaps)
    state.steps[:] = 0.3
    rng = np.random.default_rng(11)
    kernels.start_chain(rng, state, model)

    kept = []
    for _ in range(40_000):
        kernels.run_block(rng, state, model, np.zeros((1, 3)), 0.0)
        state.cells[:] = 0.0
        p = kernels.cells_of(state, model)
        counts = rng.multinomial(20, p / p.sum())
        model.counts[0] = counts
        kept.append(seen_of(state.theta[0]))

    drawn = np.array(kept)
    expected, sd = prior_of_seen(np.random.default_rng(2))
    worth = [effective_draws(column.reshape(4, -1)) for column in drawn.T]
    off = (drawn.mean(axis=0) - expected) / (sd / np.sqrt(worth))
    assert np.abs(off).max() < 4.0, off


def seen_of(theta):
    """Functions of the state whose prior law is easy to draw: rates, sticks, log alpha, squares."""
    rate = 1.0 / (1.0 + np.exp(-theta[0]))
    last = 1.0 / (1.0 + np.exp(-theta[8]))
    stick = 1.0 / (1.0 + np.exp(-theta[9]))
    log_alpha = theta[11]
    return rate, rate**2, last, stick, stick**2, log_alpha, log_alpha**2, rate * stick


def prior_of_seen(rng):
    s = 400_000
    alpha = rng.gamma(2.0, 0.5, size=s)
    rate, last = rng.random(s), rng.random(s)
    stick = rng.beta(1.0, alpha)
    log_alpha = np.log(alpha)
    seen = np.stack([rate, rate**2, last, stick, stick**2, log_alpha, log_alpha**2, rate * stick])
    return seen.mean(axis=1), seen.std(axis=1)
