import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.linking import Count, Lot, histories_of
from tallystick.linking.cluster import laid_out
from tallystick.linking.draws import count_of, draw_groups, lots_of

LOT = Lot(slope=1.0, shift=0.0, spread=0.3)


def laid(n, pairs):
    left, right, s = zip(*pairs, strict=True)
    return laid_out(n, np.array(left, np.int32), np.array(right, np.int32), np.array(s, np.float32))


def test_the_expected_count_is_that_of_the_probabilities():
    """A hundred pairs at even odds: half of them join, give or take chance."""
    pairs = [(2 * at, 2 * at + 1, 0.0) for at in range(100)]
    draws = draw_groups(
        laid(200, pairs), LOT, draws=100, lots=lots_of([str(at) for at in range(200)], 1)
    )
    count = count_of(draws, np.ones(200, bool), "m")

    assert 144 <= count.n <= 156
    assert count.lo < count.n < count.hi


def test_sure_links_leave_no_doubt():
    pairs = [(2 * at, 2 * at + 1, 25.0) for at in range(50)]
    draws = draw_groups(
        laid(100, pairs), LOT, draws=20, lots=lots_of([str(at) for at in range(100)], 1)
    )
    count = count_of(draws, np.ones(100, bool), "m")

    assert (count.lo, count.n, count.hi) == (50, 50, 50)


def test_the_unnamed_are_not_in_the_count():
    draws = np.array([[0, 1, 2]], np.int32)

    assert count_of(draws, np.array([True, True, False]), "m").n == 2


@given(st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 3))
def test_a_count_lies_within_its_interval(lo, n, hi):
    if 0 <= lo <= n <= hi:
        assert Count(n=n, lo=lo, hi=hi, method="m").as_json()["hi"] == hi
    else:
        with pytest.raises(ValueError, match="within its interval"):
            Count(n=n, lo=lo, hi=hi, method="m")


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc")), min_size=1, max_size=30))
def test_histories_hold_every_person_once(rows):
    groups = np.array([g for g, _ in rows], np.int32)
    lists = [name for _, name in rows]
    out = histories_of(groups, lists, np.ones(len(rows), bool))
    by_hand = {}
    for g in set(groups.tolist()):
        seen_by = tuple(sorted({name for (p, name) in rows if p == g}))
        by_hand[seen_by] = by_hand.get(seen_by, 0) + 1

    assert out == by_hand
