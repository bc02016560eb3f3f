from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln, logsumexp
from tests.estimating.tables import drawn_table, table_of

from tallystick.estimating.dga import average_graphs
from tallystick.estimating.graphs import decomposable_graphs, weights_of_graph


@pytest.mark.parametrize(("lists", "graphs"), [(3, 8), (4, 61), (5, 822)])
def test_all_decomposable_graphs_are_found(lists, graphs):
    """The counts of labelled chordal graphs (OEIS A058862)."""
    weights, edges = decomposable_graphs(lists)

    assert graphs == len(weights) == len(edges)


@pytest.mark.slow
def test_six_lists_have_18154_graphs_and_an_estimate():
    assert 18_154 == len(decomposable_graphs(6)[0])

    table = drawn_table(n=400, rates=(0.3, 0.25, 0.35, 0.2, 0.3, 0.25))
    average = average_graphs(table, delta=1 / 64, max_missing=4000)

    assert average.quantile(0.025) < 400 < average.quantile(0.975)


def test_a_square_is_not_decomposable():
    square = [0b1010, 0b0101, 0b1010, 0b0101]

    assert weights_of_graph(tuple(square)) is None


def by_hand(table, delta, most):
    """Sum over graphs and every n_0 with nothing shared, nothing refined."""
    n_lists = len(table.lists)
    missing = np.arange(most + 1)
    people = table.people + missing
    cells = table.cells()
    log_all = []
    for edges in range(1 << (n_lists * (n_lists - 1) // 2)):
        joined = [
            pair for bit, pair in enumerate(combinations(range(n_lists), 2)) if edges >> bit & 1
        ]
        around = [
            sum(1 << b for p in joined for b in p if a in p and b != a) for a in range(n_lists)
        ]
        weights = weights_of_graph(tuple(around))
        if weights is None:
            continue
        log_p = gammaln(people + 1.0) - gammaln(missing + 1.0) - np.log(people)
        for members, weight in weights.items():
            prior = delta * 2 ** (n_lists - members.bit_count())
            margin = {}
            for cell, count in enumerate(cells):
                margin[cell & members] = margin.get(cell & members, 0) + count
            log_m = gammaln(delta * 2**n_lists) - gammaln(people + delta * 2**n_lists)
            for cell, count in margin.items():
                held = count + (missing if cell == 0 else 0)
                log_m = log_m + gammaln(held + prior) - gammaln(prior)
            log_p = log_p + weight * log_m
        log_all.append(log_p)
    log_p = logsumexp(log_all, axis=0)
    return np.exp(log_p - logsumexp(log_p))


COUNTS = st.lists(st.integers(0, 30), min_size=7, max_size=7)


@settings(max_examples=25, deadline=None)
@given(COUNTS, st.sampled_from([0.125, 0.5, 1.0]))
def test_the_coarse_grid_is_the_sum_over_every_number(counts, delta):
    """Refining where the mass lies gives what summing everything gives."""
    counts[0] += 1
    table = table_of({f"{b:03b}": count for b, count in zip(range(1, 8), counts, strict=True)})
    most = 20 * table.people

    average = average_graphs(table, delta=delta, max_missing=most)

    exact = by_hand(table, delta, most)
    assert np.abs(np.cumsum(average.p_missing) - np.cumsum(exact)).max() < 1e-6
    assert abs(average.p_graphs.sum() - 1.0) < 1e-9


def test_the_saturated_graph_and_the_edge_are_told():
    table = table_of({"100": 300, "010": 200, "001": 250, "110": 1, "011": 1, "101": 1})

    average = average_graphs(table, delta=0.5, max_missing=1000)

    assert average.p_saturated > 0.5
    assert 0.0 <= average.p_edge <= 1.0
    assert average.quantile(0.0) >= table.people
