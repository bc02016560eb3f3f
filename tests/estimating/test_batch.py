import json

import numpy as np
import pytest
from tests.estimating.tables import drawn_table

from tallystick.estimating import (
    EVERYWHERE,
    LatentPlan,
    Settings,
    estimate,
    estimate_over_linkage,
    estimate_strata,
    histories_of,
    sum_of_strata,
)

QUICK = Settings(latent=LatentPlan(ess_wanted=100.0, ess_least=50.0), brief=True)


def strata_of(count):
    return {(("year", str(y)),): drawn_table(n=150 + 20 * y, seed=y) for y in range(count)}


def bytes_of(answers):
    return json.dumps([answer.estimate.as_json() for answer in answers])


def test_threads_change_no_byte():
    strata = strata_of(4)

    once = bytes_of(estimate_strata(strata, ["lcmcr", "dga"], QUICK, workers=1))
    again = bytes_of(estimate_strata(strata, ["lcmcr", "dga"], QUICK, workers=2))

    assert once == again


def test_chains_of_one_table_share_the_threads_and_change_no_byte():
    strata = strata_of(1)

    once = bytes_of(estimate_strata(strata, ["lcmcr"], QUICK, workers=1))
    again = bytes_of(estimate_strata(strata, ["lcmcr"], QUICK, workers=3))

    assert once == again


def test_equal_tables_are_fitted_once_and_known_answers_are_kept():
    table = drawn_table()
    strata = {(("place", name),): table for name in "abc"}
    known, seen = {}, []

    estimate_strata(strata, ["dga"], QUICK, known=known, progress=lambda *at: seen.append(at))
    answers = estimate_strata(
        strata, ["dga"], QUICK, known=known, progress=lambda *at: seen.append(at)
    )

    assert [(1, 1)] == seen
    assert list(strata) == [answer.estimate.stratum for answer in answers]


def test_a_stratum_that_cannot_be_estimated_does_not_stop_the_others():
    strata = strata_of(2)
    strata[(("year", "two lists"),)] = drawn_table(rates=(0.3, 0.4))

    answers = estimate_strata(strata, ["dga"], QUICK)

    assert [False, False, True] == [a.estimate.refused is not None for a in answers]


def test_a_sum_with_a_stratum_missing_is_refused_by_name():
    answers = estimate_strata(
        strata_of(2) | {(("year", "two lists"),): drawn_table(rates=(0.3, 0.4))}, ["dga"], QUICK
    )

    total = sum_of_strata(answers).estimate

    assert "strata-refused" == total.refused.check
    assert "1 of 3" in total.refused.says
    assert total.n_observed == sum(answer.estimate.n_observed for answer in answers)
    assert EVERYWHERE == total.stratum


def test_strata_add_up_draw_by_draw():
    """The sum of strata is narrower than the sum of their limits."""
    answers = estimate_strata(strata_of(6), ["dga"], QUICK)

    total = sum_of_strata(answers).estimate

    parts = [answer.estimate for answer in answers]
    assert EVERYWHERE == total.stratum
    assert total.n_observed == sum(part.n_observed for part in parts)
    assert sum(part.lo for part in parts) < total.lo <= total.hi < sum(part.hi for part in parts)


def linkages(spread, count=12):
    """Draws of a linkage that misses some links: a record then stands for a person of its own."""
    made = []
    for draw in range(count):
        rng = np.random.default_rng([3, draw])
        listed = np.random.default_rng(3).random((900, 4)) < 0.3
        split = listed & (rng.random((900, 4)) < rng.uniform(0.0, spread))
        alone = np.concatenate([np.eye(4)[[j] * int(split[:, j].sum())] for j in range(4)])
        patterns = np.concatenate([(listed & ~split).astype(int), alone.astype(int)])
        made.append(histories_of(list("abcd"), patterns, np.ones(len(patterns))))
    return made


def test_doubt_of_the_linkage_widens_the_limits_and_is_named():
    sure = estimate_over_linkage(linkages(0.0), "dga", QUICK).estimate
    unsure = estimate_over_linkage(linkages(0.3), "dga", QUICK).estimate

    assert 0.0 == pytest.approx(sure.findings[0].values["share"], abs=0.02)
    assert unsure.findings[0].values["share"] > 0.5
    assert unsure.hi - unsure.lo > sure.hi - sure.lo
    assert unsure.lo >= unsure.n_observed


def test_one_linkage_is_the_plain_estimate():
    table = drawn_table()

    pooled = estimate_over_linkage([table], "dga", QUICK).estimate
    plain = estimate(table, "dga", QUICK).estimate

    assert pooled.median == pytest.approx(plain.median, rel=0.03)
    assert "warning" == pooled.findings[0].weight


@pytest.mark.parametrize("method", ["dga", "loglinear"])
def test_the_pooled_limits_are_those_of_all_draws_together(method):
    """Pooling is a mixture: its limits lie within those of its parts, its findings come along."""
    tables = linkages(0.2, count=10)

    pooled = estimate_over_linkage(tables, method, QUICK).estimate

    parts = [estimate(table, method, QUICK).estimate for table in tables]
    assert min(p.lo for p in parts) <= pooled.lo <= max(p.lo for p in parts)
    assert min(p.hi for p in parts) <= pooled.hi <= max(p.hi for p in parts)
    assert 10 == len(pooled.findings[0].values["by_linkage"])
    assert "confirm-assumptions" in [finding.check for finding in pooled.findings]
    assert pooled.n_observed == min(p.n_observed for p in parts)


def test_a_method_without_draws_cannot_be_pooled_over_the_linkage():
    made = estimate_over_linkage([drawn_table(), drawn_table(seed=2)], "chapman", QUICK).estimate

    assert "no-draws" == made.refused.check


def test_a_linkage_that_carries_no_figure_refuses_the_whole():
    tables = [drawn_table(), drawn_table(rates=(0.3, 0.3))]

    made = estimate_over_linkage(tables, "dga", QUICK).estimate

    assert "few-lists" == made.refused.check
