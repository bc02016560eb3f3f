import numpy as np
import pytest
from tests.estimating.tables import NO_FIT, drawn_table, table_of

from tallystick.estimating import Settings, estimate
from tallystick.estimating.loglinear import (
    add_pairs,
    all_models,
    code_of,
    fit_one,
    search_models,
)


@pytest.mark.parametrize(("lists", "models"), [(3, 8), (4, 113), (5, 1024)])
def test_all_hierarchical_models_are_searched(lists, models):
    found = all_models(lists)

    assert models == len(found) == len(set(found))


AB, AC, BC = 0b011, 0b101, 0b110


@pytest.mark.parametrize(
    ("terms", "code"),
    [((), 0), ((AB,), 1), ((AC,), 0), ((BC,), 0), ((AB, AC), 1), ((AC, BC), 0), ((AB, AC, BC), 2)],
)
def test_the_seven_codes_of_a_sparse_table(terms, code):
    """Chan, Silverman & Vincent 2021: 1 no finite fit, 2 not identifiable."""
    table = table_of(NO_FIT)
    at = {name: position for position, name in enumerate(table.lists)}
    named = {AB: "AB", AC: "AC", BC: "BC"}
    mine = frozenset(sum(1 << at[name] for name in named[term]) for term in terms)

    assert code == code_of(table, mine)


def test_a_fit_that_does_not_exist_is_refused():
    made = estimate(table_of(NO_FIT), "loglinear", Settings()).estimate

    assert "existence" == made.refused.check


def test_independent_lists_meet_the_textbook_product():
    """With independent lists the fitted cells solve n = N (1 - prod(1 - s_j / N))."""
    table = drawn_table(n=3000)

    model = fit_one(table, ())

    rates = table.sizes / model.estimate
    assert abs(model.estimate * (1.0 - np.prod(1.0 - rates)) - table.people) < 1e-6


def test_limits_hold_the_point_and_the_documented():
    table = drawn_table(n=600, rates=(0.2, 0.25, 0.2))

    made = estimate(table, "loglinear", Settings(resamples=100)).estimate

    assert table.people <= made.lo <= made.median <= made.hi
    assert made.lo <= 600 <= made.hi


def test_more_than_five_lists_add_pairs_one_by_one():
    rng = np.random.default_rng(4)
    table = drawn_table(n=900, rates=tuple(rng.uniform(0.15, 0.35, size=6)))

    made = estimate(table, "loglinear", Settings()).estimate

    assert made.lo <= 900 <= made.hi
    assert "limits" in [f.check for f in made.warnings]


def test_a_dependent_pair_is_found():
    rng = np.random.default_rng(9)
    listed = rng.random((2000, 4)) < 0.25
    listed[:, 1] |= listed[:, 0] & (rng.random(2000) < 0.5)
    patterns = {}
    for row in listed[listed.any(axis=1)].astype(int):
        word = "".join(map(str, row))
        patterns[word] = patterns.get(word, 0) + 1
    table = table_of(patterns, lists=tuple("ABCD"))
    pair = sum(1 << table.lists.index(name) for name in "AB")

    assert pair in add_pairs(table).terms
    assert pair in search_models(table).by_bic.terms
