import numpy as np
import pytest
from tests.estimating.tables import drawn_table

from tallystick.estimating import Settings, estimate
from tallystick.estimating.chordal import walk_graphs
from tallystick.estimating.dga import average_graphs


@pytest.mark.parametrize("seed", [1, 2])
def test_a_walk_over_graphs_is_the_sum_over_all_of_them(seed):
    """Five lists can be enumerated, so there the walk has an exact judge."""
    table = drawn_table(n=500, rates=(0.3, 0.25, 0.35, 0.2, 0.3), seed=seed)
    exact = average_graphs(table, delta=1 / 32, max_missing=5000)

    walk = walk_graphs(table, delta=1 / 32, most=5000, rng=np.random.default_rng(seed))

    off = np.abs(np.cumsum(walk.p_missing) - np.cumsum(exact.p_missing)).max()
    assert off < 0.02
    assert walk.apart < 0.05


@pytest.mark.slow
def test_eight_lists_are_walked_and_hold_the_truth():
    table = drawn_table(n=600, rates=(0.2, 0.25, 0.15, 0.2, 0.3, 0.15, 0.2, 0.1))

    made = estimate(table, "dga", Settings()).estimate

    assert made.lo <= 600 <= made.hi
    assert made.seed is not None


def test_thirteen_lists_are_refused():
    made = estimate(drawn_table(n=300, rates=(0.2,) * 13), "dga", Settings()).estimate

    assert "many-lists" == made.refused.check
