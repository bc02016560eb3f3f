import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.estimating.tables import drawn_table

from tallystick.estimating import LatentPlan, Settings, estimate
from tallystick.estimating.ladder import shares_of, thinned
from tallystick.estimating.lcmcr import draw_posterior

QUICK = LatentPlan(ess_wanted=200.0, ess_least=100.0)
COUNTS = st.lists(st.integers(1, 500), min_size=1, max_size=30)


@given(COUNTS, st.lists(st.floats(0.01, 0.99), min_size=1, max_size=6))
def test_every_level_lies_within_the_one_before(counts, shares):
    """Thinner shares hold no pattern that a fuller one lacks, and the first is the table."""
    ordered = np.array([1.0, *sorted(shares, reverse=True)])

    held = thinned(np.array(counts), ordered)

    assert (held[0] == counts).all()
    assert (np.diff(held, axis=0) <= 0).all()
    assert (held >= 0).all()
    assert (np.abs(held - ordered[:, None] * counts) <= 1.0).all()


def test_small_tables_need_no_ladder_and_large_ones_get_one():
    assert 1 == len(shares_of(drawn_table(n=100)))
    assert len(shares_of(drawn_table(n=5000))) > 4


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    table = drawn_table(n=300)

    first, again = (draw_posterior(table, QUICK, seed=7) for _ in range(2))
    other = draw_posterior(table, QUICK, seed=8)

    assert (first.missing == again.missing).all()
    assert first.missing.shape != other.missing.shape or (first.missing != other.missing).any()


def test_limits_hold_the_truth_of_independent_lists():
    made = estimate(drawn_table(n=800), "lcmcr", Settings(latent=QUICK)).estimate

    assert made.lo <= 800 <= made.hi
    assert made.n_observed <= made.lo


def test_summed_out_quantiles_are_those_of_the_draws():
    drawn = draw_posterior(drawn_table(n=400), LatentPlan(ess_wanted=800.0), seed=2)

    for p in (0.025, 0.5, 0.975):
        error = max(drawn.quantile_error(p), 1.0)
        assert abs(drawn.quantile(p) - np.quantile(drawn.people, p)) <= 5 * error


def test_chains_that_do_not_agree_give_no_interval():
    plan = LatentPlan(ess_wanted=1e9, ess_least=1e9, most_rounds=400)

    made = estimate(drawn_table(n=300), "lcmcr", Settings(latent=plan)).estimate

    assert "chains-disagree" == made.refused.check
    assert made.hi is None


def test_the_cap_is_kept_and_told():
    table = drawn_table(n=900, rates=(0.03, 0.04, 0.05), seed=5)

    made = estimate(table, "lcmcr", Settings(latent=QUICK, max_missing=50, brief=True)).estimate

    cap = next(f for f in made.findings if f.check == "cap")
    assert made.hi <= table.people + 50
    assert "warning" == cap.weight


CHECKS = (
    "overlap confirm-assumptions chains monte-carlo-error cap prior classes fit methods "
    "lower-bound heterogeneity other-classes assumption-curve leave-one-out merge-two consistency"
).split()


def test_every_check_leaves_its_finding():
    """Guide, section 6: what a careful tool must check and show."""
    made = estimate(drawn_table(n=800), "lcmcr", Settings(latent=QUICK)).estimate

    assert CHECKS == [finding.check for finding in made.findings]
    assert all(finding.says.endswith(".") for finding in made.findings)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_tables_of_almost_nobody_end_in_an_answer(n):
    table = drawn_table(n=n + 3, rates=(0.7, 0.7, 0.6), seed=n)

    made = estimate(table, "lcmcr", Settings(latent=QUICK, brief=True)).estimate

    assert made.refused is not None or made.lo >= table.people
