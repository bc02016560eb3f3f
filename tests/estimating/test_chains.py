import numpy as np
import pytest

from tallystick.estimating.chains import agreement_of, effective_draws, valley_of


def chains_of(rho, shift=0.0, seed=1, chains=4, draws=4000):
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((chains, draws)) * np.sqrt(1.0 - rho**2)
    made = np.empty_like(noise)
    made[:, 0] = rng.standard_normal(chains)
    for s in range(1, draws):
        made[:, s] = rho * made[:, s - 1] + noise[:, s]
    made[0] += shift
    return made


def test_independent_draws_are_worth_themselves():
    worth = effective_draws(chains_of(0.0))

    assert 0.85 < worth / 16_000 < 1.2


def test_slow_chains_are_worth_what_theory_says():
    """An autoregression of rho is worth (1 - rho) / (1 + rho) of its draws."""
    worth = effective_draws(chains_of(0.9))

    assert 0.75 < worth / (16_000 * 0.1 / 1.9) < 1.3


def test_a_chain_elsewhere_is_seen():
    assert agreement_of(chains_of(0.5)).rhat < 1.01
    assert agreement_of(chains_of(0.5, shift=2.0)).rhat > 1.1


def test_a_chain_with_another_spread_is_seen():
    made = chains_of(0.0)
    made[0] *= 4.0

    assert agreement_of(made).rhat > 1.05


def test_draws_that_never_move_agree():
    assert 1.0 == agreement_of(np.ones((4, 100))).rhat


def test_two_hills_are_told_from_one():
    hills = np.exp(6.0 + 0.3 * chains_of(0.0)).round()
    hills[:, ::10] *= 6.0

    assert 900 < valley_of(hills) < 2000
    assert valley_of(np.exp(6.0 + chains_of(0.0)).round()) is None
    assert valley_of(np.ones((4, 100))) is None


@pytest.mark.parametrize("mean", [0.3, 2.0, 7.0, 25.0])
def test_whole_people_are_no_hills(mean):
    """A handful of whole numbers leaves gaps between them, which are no valleys."""
    rng = np.random.default_rng(1)
    missing = rng.poisson(rng.gamma(0.7, mean / 0.7, size=(4, 4000))).astype(float)

    assert valley_of(missing) is None
