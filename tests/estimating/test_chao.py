import pytest
from tests.estimating.tables import drawn_table

from tallystick.estimating.chao import CLOSED_MODELS, chao_bound, fit_closed


def test_equal_fits_say_very_different_figures():
    """The display of what the data cannot say: heterogeneity moves N, hardly the fit."""
    table = drawn_table(n=1500)

    figures = {name: fit_closed(table, name).estimate for name in CLOSED_MODELS}

    assert figures["Mth Gamma3.5"] > figures["Mth Darroch"] > figures["Mth Poisson2"]


def test_profile_limits_hold_the_truth_of_independent_lists():
    point, lo, hi = chao_bound(drawn_table(n=1500), "Mt")

    assert lo <= 1500 <= hi
    assert lo <= point <= hi


@pytest.mark.parametrize("name", ["Mt", "Mth Chao (LB)"])
def test_limits_never_reach_below_the_documented(name):
    table = drawn_table(n=60, rates=(0.8, 0.9, 0.85, 0.9))

    _, lo, _ = chao_bound(table, name)

    assert lo >= table.people
