"""Where the rows of ``reference.csv`` that ``lcmcr-1`` does not meet come from.

The reference sampler, written anew from the paper (``tests/estimating/plain_gibbs.py``) and run
with the rows' own settings, gives those rows again: the model, its prior and its cap are the same.
What differs is how far its chains go:

* ``duck_6`` and ``uk_slavery_5``: its chains keep the labels that the classes were sorted into at
  the start. Labels carry weight in a broken stick, so this is another law than the posterior. With
  the exchange of labels of Papaspiliopoulos & Roberts as the only addition, the same sampler with
  the same settings gives the limits of ``lcmcr-1``; and its plain sweeps, started from draws of
  ``lcmcr-1``, stay there.
* ``netherlands_5``: a chain of the reference's length mostly stays in the hill it falls into, near
  48,000 or near 140,000. Its four chains fell into the same one, which about a quarter of all sets of
  four do; chains that stay in the lower hill give the row.
"""

from __future__ import annotations

import re

import numpy as np
import pytest
from tests.estimating.plain_gibbs import errors_of, limits_of, run_as_the_reference, run_on_from
from tests.gates.test_estimating import pytestmark as on_the_corpus
from tests.gates.test_estimating import reference, table

from tallystick.estimating import LatentPlan
from tallystick.estimating.lcmcr import Chain, draw_posterior, seed_of

pytestmark = on_the_corpus
KEYS = ("median", "q025", "q975")
LABELS_STAY = ("duck_6", "uk_slavery_5")


def row_of(name):
    rows = [row for row in reference() if row["dataset"] == name and row["method"] == "LCMCR"]
    row = next(row for row in rows if row["settings"].startswith("K=10;"))
    expected = np.array([float(row[key]) for key in KEYS])
    stated = expected * [float(row[f"mcse_rel_{key}"]) for key in KEYS]
    length = {
        name: int(re.search(pattern, row["settings"])[1])
        for name, pattern in (
            ("burn", r"burn=(\d+)"),
            ("thin", r"thin=(\d+)"),
            ("keep", r"4x(\d+)"),
        )
    }
    return expected, stated, length


def drawn_as_the_reference(name, seeds, *, labels=False):
    return run_as_the_reference(table(name), 10, seeds=seeds, labels=labels, **row_of(name)[2])


@pytest.mark.parametrize("name", LABELS_STAY)
def test_the_reference_sampler_gives_the_row_again(name):
    expected, stated, _ = row_of(name)

    people = drawn_as_the_reference(name, range(4))

    off = np.abs(limits_of(people) - expected)
    assert (off <= 3.0 * np.hypot(stated, errors_of(people))).all()


@pytest.mark.parametrize("name", LABELS_STAY)
def test_with_labels_exchanged_the_reference_sampler_gives_our_limits(name):
    people = drawn_as_the_reference(name, range(4), labels=True)
    ours = draw_posterior(table(name), LatentPlan(ess_wanted=4000.0), seed=1)

    limits = np.array([ours.quantile(p) for p in (0.5, 0.025, 0.975)])
    errors = np.array([ours.quantile_error(p) for p in (0.5, 0.025, 0.975)])
    assert (np.abs(limits_of(people) - limits) <= 3.0 * np.hypot(errors, errors_of(people))).all()


def test_without_an_exchange_the_chains_of_duck_6_agree_on_another_law():
    """Four chains agree to a quarter per cent, and are off by seven times that."""
    stuck, free = (drawn_as_the_reference("duck_6", range(4), labels=on) for on in (False, True))

    off = np.median(stuck) - np.median(free)
    assert off > 3.0 * np.hypot(errors_of(stuck)[0], errors_of(free)[0])


@pytest.mark.parametrize("name", LABELS_STAY)
def test_plain_sweeps_leave_our_posterior_as_it_is(name):
    """From 40 draws of ours, 12,000 sweeps each: no drift of log n_0 from the first to the last."""
    histories = table(name)
    chain = Chain(histories, LatentPlan(), seed_of(histories, 77, 0))
    drift = []
    for seed in range(40):
        chain.advance(60)
        theta, missing = chain.state.theta[0].copy(), chain.state.missing[0]
        people = run_on_from(histories, 10, theta, missing, sweeps=12_000, seed=seed)
        log_missing = np.log(people - histories.people + 0.5)
        drift.append(log_missing[-4000:].mean() - log_missing[:4000].mean())

    assert abs(np.mean(drift)) <= 3.0 * np.std(drift, ddof=1) / np.sqrt(len(drift))


@pytest.fixture(scope="module")
def chains_of_netherlands_5():
    """Sixteen chains of the row's length; and the medians of the tenths of each."""
    people = drawn_as_the_reference("netherlands_5", range(16))
    return people, np.median(people.reshape(16, 10, -1), axis=2)


def test_chains_of_the_reference_fall_into_either_hill_of_netherlands_5(chains_of_netherlands_5):
    _, tenths = chains_of_netherlands_5

    medians = np.median(tenths, axis=1)
    assert (medians < 60_000).sum() >= 2
    assert (medians > 100_000).sum() >= 1


def test_chains_that_stay_in_its_lower_hill_give_the_row_of_netherlands_5(chains_of_netherlands_5):
    """Every tenth of such a chain has its median there; a third hill lies below 30,000."""
    people, tenths = chains_of_netherlands_5
    stay = people[((tenths > 30_000) & (tenths < 80_000)).all(axis=1)]
    expected, stated, _ = row_of("netherlands_5")

    errors = np.hypot(stated, errors_of(stay))
    assert len(stay) >= 8
    assert (errors <= 0.03 * expected).all()
    assert (np.abs(limits_of(stay) - expected) <= 3.0 * errors).all()
