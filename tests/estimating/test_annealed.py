"""The second way to weigh hills is itself held against laws that know nothing of sampling."""

import numpy as np
import pytest
from scipy.special import betaln, gammaln, logsumexp
from tests.estimating.annealed import anneal
from tests.estimating.test_kernels import p_of_one_class, p_of_two_classes, tiny


def log_evidence_of_one_class(histories):
    """Sum out rates and n_0 up to the cap: a closed form."""
    missing = np.arange(20 * histories.people + 1)
    people = histories.people + missing
    log_p = gammaln(people) - gammaln(missing + 1.0) - gammaln(histories.people)
    return logsumexp(log_p + sum(betaln(n + 1.0, people - n + 1.0) for n in histories.sizes))


def test_of_one_class_law_and_evidence_are_the_closed_form():
    histories = tiny(9, 7, 6, 4, 3, 2)

    made = anneal(histories, 1, particles=8_000, sweeps=3, seed=1)

    exact = np.cumsum(p_of_one_class(histories, 20 * histories.people))
    for at in (2, 6, 10, 20, 40):
        assert abs(made.p_at_most(histories.people + at) - exact[at]) < 0.02
    assert abs(made.log_evidence - log_evidence_of_one_class(histories)) < 0.05


@pytest.mark.slow
def test_of_two_classes_the_law_is_the_quadrature():
    histories = tiny(2, 1, 1, 1)

    made = anneal(histories, 2, particles=40_000, sweeps=10, seed=2)

    exact = np.cumsum(p_of_two_classes(histories, 100, 0.25, 0.25, lowest=-60.0))
    for at in (0, 1, 3, 6, 12, 30, 60):
        assert abs(made.p_at_most(histories.people + at) - exact[at]) < 0.015


@pytest.mark.slow
def test_twice_the_particles_give_the_same_evidence():
    histories = tiny(30, 24, 20, 9, 7, 5)
    once, twice = (
        [anneal(histories, 4, particles=p, sweeps=5, seed=seed) for seed in range(6)]
        for p in (1_000, 2_000)
    )

    evidence = np.array([[one.log_evidence for one in runs] for runs in (once, twice)])
    errors = evidence.std(axis=1, ddof=1) / np.sqrt(6)
    assert errors.max() < 0.15
    assert abs(np.diff(evidence.mean(axis=1))[0]) <= 3.0 * np.hypot(*errors)
