"""Published runs drawn again: the plain sweeps, what stands beside them, the command."""

import csv
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from click.testing import CliRunner
from tests.estimating.tables import drawn_table, rows_of
from tests.estimating.test_kernels import p_of_one_class, p_of_two_classes, tiny

from tallystick.casework.replicate import DrawsOfLinkage
from tallystick.cli.replicate import replicate as command
from tallystick.estimating import PublishedRun, Rerun, replicate, rerun
from tallystick.estimating.chains import Agreement

SHORT = PublishedRun(classes=4, burn_in=500, thinning=3, samples=500)


def shares_at_most(people, least, ats):
    return np.array([(people <= least + at).mean() for at in ats])


@pytest.mark.parametrize("exchanges", [False, True])
def test_of_one_class_plain_sweeps_draw_the_closed_form(exchanges):
    histories = tiny(9, 7, 6, 4, 3, 2)
    run = PublishedRun(
        classes=1, burn_in=500, thinning=5, samples=20_000, chains=2, exchanges=exchanges
    )

    people = rerun(histories, run, seed=1).people

    exact = np.cumsum(p_of_one_class(histories, 20 * histories.people))
    ats = [2, 6, 10, 20, 40]
    assert np.abs(shares_at_most(people, histories.people, ats) - exact[ats]).max() < 0.015


@pytest.mark.slow
def test_of_two_classes_sweeps_with_labels_exchanged_draw_the_quadrature():
    histories = tiny(2, 1, 1, 1)
    run = PublishedRun(classes=2, burn_in=2_000, thinning=40, samples=20_000, exchanges=True)

    people = rerun(histories, run, seed=2).people

    exact = np.cumsum(p_of_two_classes(histories, 100, 0.25, 0.25, lowest=-60.0))
    ats = [0, 1, 3, 6, 12, 30, 60]
    assert np.abs(shares_at_most(people, histories.people, ats) - exact[ats]).max() < 0.015


def test_the_same_seed_gives_the_same_draws_on_any_number_of_threads():
    histories = drawn_table()
    alone = rerun(histories, SHORT, seed=3)
    with ThreadPoolExecutor(2) as pool:
        beside = rerun(histories, SHORT, seed=3, pool=pool)

    assert alone.people.tobytes() == beside.people.tobytes()
    assert rerun(histories, SHORT, seed=4).people.tobytes() != alone.people.tobytes()
    assert (alone.people >= histories.people).all()


def rerun_of(people):
    return Rerun(np.array(people, dtype=np.int64), Agreement(1.0, 1.0, 1.0))


def test_chains_that_stay_apart_have_errors_no_smaller_than_their_spread():
    rng = np.random.default_rng(5)
    apart = rerun_of([rng.poisson(mean, 2_000) for mean in (900, 1_000, 1_100, 1_200)])
    medians = np.median(apart.people, axis=1)

    assert 1.0 <= apart.errors[0] / (medians.std(ddof=1) / 2.0) < 3.0


def test_chains_that_agree_by_chance_have_the_errors_of_their_draws():
    """Four chains of a few independent draws each, the same in all: their spread is nought."""
    rng = np.random.default_rng(6)
    slow = np.repeat(rng.normal(1_000, 100, 50), 40).round()
    alike = rerun_of([slow] * 4)

    assert 100 * 1.25 / np.sqrt(4 * 50) / 3 < alike.errors[0] < 100 * 1.25 / np.sqrt(50) * 2


def test_errors_are_as_runs_with_other_seeds_spread():
    medians = [rerun(drawn_table(), SHORT, seed=seed).limits[0] for seed in range(12)]
    told = [rerun(drawn_table(), SHORT, seed=seed).errors[0] for seed in range(12)]

    assert 0.5 < np.mean(told) / np.std(medians, ddof=1) < 2.5


def test_one_chain_knows_no_errors():
    alone = rerun(drawn_table(), PublishedRun(chains=1, burn_in=10, samples=100), seed=3)

    assert all(np.isinf(error) for error in alone.errors)


def weights(made):
    return {finding.check: finding.weight for finding in made.findings}


def test_a_figure_from_such_a_run_is_given_again_and_a_made_up_one_is_not():
    histories = drawn_table()
    honest = rerun(histories, SHORT, seed=8).limits

    given = replicate(histories, SHORT, published=honest, seed=1)
    not_given = replicate(histories, SHORT, published=[3 * limit for limit in honest], seed=1)

    assert "note" == weights(given)["given-again"]
    assert "warning" == weights(not_given)["given-again"]
    assert "warning" == weights(not_given)["stands"]
    assert "given-again" not in weights(replicate(histories, SHORT, seed=1))


def test_chains_that_part_are_named():
    """Two samples a chain, right from the start: they cannot agree."""
    run = PublishedRun(burn_in=0, thinning=1, samples=4)

    made = replicate(drawn_table(), run)

    assert "warning" == weights(made)["chains-disagree"]


def write(path, table, *, draw=False):
    header, rows = rows_of(table)
    with path.open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle)
        out.writerow([*header, *(["draw"] if draw else [])])
        out.writerows([*row, *(["0"] if draw else [])] for row in rows)
    return path


def run_command(*words):
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)


QUICK = ("--burn-in", 200, "--thinning", 2, "--samples", 300, "--classes", 3)


def test_the_command_says_the_three_things(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table())

    told = run_command(path, *QUICK, "--published", 9_000, 8_000, 9_900, "--strict")
    machine = json.loads(run_command(path, *QUICK, "--json").stdout)

    assert 3 == told.exit_code
    for words in ("as published:", "labels exchanged:", "not given again", "lcmcr-1", "quote"):
        assert words in told.stdout
    assert {"run", "n_observed", "as_published", "exchanged", "estimate", "findings"} == set(
        machine
    )
    assert machine["as_published"]["lo"] <= machine["as_published"]["median"]


def test_lists_that_carry_no_figure_are_refused_with_the_check(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table(rates=(0.3, 0.3, 0.0, 0.0)))

    told = run_command(path, *QUICK, "--strict")

    assert 3 == told.exit_code
    assert "refused (few-lists)" in told.stdout


def test_a_table_with_draws_of_a_linkage_is_not_one_table(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table(), draw=True)

    with pytest.raises(DrawsOfLinkage, match="draws of a linkage"):
        run_command(path, *QUICK)


def test_a_prior_below_zero_is_a_usage_error(tmp_path):
    told = run_command(write(tmp_path / "h.csv", drawn_table()), "--prior", -1, 1)

    assert 2 == told.exit_code
