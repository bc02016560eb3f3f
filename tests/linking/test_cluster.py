import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.linking.cluster import NEVER, components, drawn, grouped, laid_out
from tallystick.linking.verdicts import ALWAYS

# The first call compiles.
patient = settings(deadline=None)
PAIRS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(-6, 8)).filter(
        lambda p: p[0] != p[1]
    ),
    max_size=30,
)


def columns(pairs):
    best = {}
    for a, b, s in pairs:
        best[min(a, b), max(a, b)] = s
    keys = sorted(best)
    left, right = (np.array([k[i] for k in keys], np.int32) for i in (0, 1))
    return left, right, np.array([best[k] for k in keys], np.float32)


def by_lot(laid, seed, draws=3):
    lots = np.random.default_rng(seed).integers(0, 1 << 63, len(laid.order)).astype(np.uint64)
    return drawn(laid, 1.0, np.zeros(draws), lots)


def as_sets(groups):
    return {frozenset(np.flatnonzero(groups == g).tolist()) for g in set(groups.tolist())}


@patient
@given(PAIRS)
def test_a_group_lies_within_its_component(pairs):
    left, right, s = columns(pairs)
    groups, parts = grouped(laid_out(12, left, right, s), 0.0), components(12, left, right)

    assert all(len(set(parts[groups == g].tolist())) == 1 for g in set(groups.tolist()))


@patient
@given(PAIRS, st.permutations(range(12)))
def test_the_order_of_records_decides_nothing(pairs, order):
    # Ties may fall either way: every score is made its own.
    left, right, s = columns(pairs)
    s = s + np.arange(len(s), dtype=np.float32) * 1e-3
    turned = np.array(order, np.int32)
    a, b = turned[left], turned[right]
    low, high = np.minimum(a, b), np.maximum(a, b)
    by = np.lexsort((high, low))
    one = as_sets(grouped(laid_out(12, left, right, s), 0.0))
    other = as_sets(grouped(laid_out(12, low[by], high[by], s[by]), 0.0))

    assert {frozenset(int(turned[i]) for i in group) for group in one} == other


@patient
@given(PAIRS, st.integers(0, 11), st.integers(0, 11))
def test_a_cannot_link_is_never_broken(pairs, a, b):
    if a == b:
        return
    left, right, s = columns([*pairs, (a, b, NEVER)])
    groups = grouped(laid_out(12, left, right, s), 0.0)

    assert groups[a] != groups[b]


@patient
@given(PAIRS)
def test_a_higher_cut_never_makes_fewer_persons(pairs):
    laid = laid_out(12, *columns(pairs))

    assert len(set(grouped(laid, 2.0).tolist())) >= len(set(grouped(laid, 0.0).tolist()))


def test_a_list_that_has_rows_in_both_groups_raises_the_cut():
    def groups(score, *lists):
        laid = laid_out(2, *columns([(0, 1, score)]))
        return grouped(laid, 0.0, lists=np.array(lists, np.int32), twice=2.0).tolist()

    assert [0, 0] == groups(1.0, 0, 1)
    assert [0, 1] == groups(1.0, 3, 3)
    assert [0, 0] == groups(2.5, 3, 3)


def test_joining_a_group_asks_for_more_than_joining_a_record_alone():
    def groups(*pairs):
        laid = laid_out(3, *columns(pairs))
        return grouped(laid, 0.0, company=2.0).tolist()

    assert [0, 0, 2] == groups((0, 1, 1.0))
    assert [0, 0, 2] == groups((0, 1, 3.0), (0, 2, 1.0), (1, 2, 1.0))
    assert [0, 0, 0] == groups((0, 1, 3.0), (0, 2, 2.5), (1, 2, 2.5))


def test_a_verdict_is_never_outweighed_by_lists():
    laid = laid_out(2, *columns([(0, 1, ALWAYS)]))
    same = np.zeros(2, np.int32)

    assert [0, 0] == grouped(laid, 0.0, lists=same, twice=2 * ALWAYS).tolist()


def test_a_verdict_is_never_outweighed_by_company():
    laid = laid_out(3, *columns([(0, 1, 4.0), (0, 2, ALWAYS), (1, 2, ALWAYS)]))

    assert [0, 0, 0] == grouped(laid, 0.0, company=ALWAYS / 2).tolist()


@patient
@given(PAIRS, st.integers(0, 1000))
def test_the_same_lot_gives_the_same_draw(pairs, seed):
    laid = laid_out(12, *columns(pairs))

    assert by_lot(laid, seed).tolist() == by_lot(laid, seed).tolist()


def test_one_strong_link_does_not_chain_two_families():
    """Two cliques of three with one link between them stay two."""
    cliques = [
        (a, b, 5.0)
        for base in (0, 3)
        for a in range(base, base + 3)
        for b in range(a + 1, base + 3)
    ]
    groups = grouped(laid_out(6, *columns([*cliques, (2, 3, 4.0)])), 0.0)

    assert as_sets(groups) == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


def test_draws_join_as_often_as_their_probability_says():
    laid = laid_out(2, *columns([(0, 1, 1.0)]))
    share = np.mean([len(set(groups.tolist())) == 1 for groups in by_lot(laid, 3, draws=4000)])

    assert abs(share - 1 / (1 + np.exp(-1.0))) < 0.03


@patient
@given(PAIRS, st.integers(0, 1000))
def test_lots_in_one_component_know_nothing_of_another(pairs, seed):
    left, right, s = columns(pairs)
    alone = by_lot(laid_out(12, left, right, s), seed)
    far = laid_out(14, np.r_[left, [12]].astype(np.int32), np.r_[right, [13]].astype(np.int32),
                   np.r_[s, [0.5]].astype(np.float32))  # fmt: skip
    lots = np.random.default_rng(seed).integers(0, 1 << 63, 12).astype(np.uint64)
    beside = drawn(far, 1.0, np.zeros(3), np.concatenate([lots, np.array([5, 6], np.uint64)]))

    assert beside[:, :12].tolist() == alone.tolist()


def test_a_component_too_large_falls_apart_at_its_weakest_links(monkeypatch):
    """Two threes with a weak link between them; a third is tied no more weakly than it may be."""
    monkeypatch.setattr("tallystick.linking.cluster.LARGEST", 4)
    threes = [(b + x, b + y, 5.0) for b in (0, 3, 6) for x, y in ((0, 1), (0, 2), (1, 2))]
    pairs = [*threes, (2, 3, -1.0), (9, 10, -2.0)]
    laid = laid_out(12, *columns(pairs))

    assert [3, 3, 3, 2, 1] == np.diff(laid.first).tolist()


def test_five_hundred_alike_are_one():
    n = 500
    pairs = [(a, b, 4.0) for a in range(n) for b in range(a + 1, min(n, a + 200))]
    groups = grouped(laid_out(n, *columns(pairs)), -1.0)

    assert len(set(groups.tolist())) < 4
