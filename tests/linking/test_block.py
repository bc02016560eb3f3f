import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.invented_lists import entry, lists

from tallystick.linking.block import RULES, Rule, _mix, candidate_pairs, recall_of
from tallystick.linking.columns import columns_of
from tallystick.linking.sift import counted, is_worth, sifted_pairs


def met(pairs):
    return set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))


def test_the_rules_find_nearly_all_true_pairs():
    entries, truth = lists(150)
    found = met(candidate_pairs(columns_of(entries)))
    true = {
        (a, b)
        for a, one in enumerate(entries)
        for b, other in enumerate(entries)
        if a < b and truth[one.id] == truth[other.id]
    }

    assert len(true & found) / len(true) > 0.97


def test_pairs_come_once_and_in_order():
    pairs = candidate_pairs(columns_of(lists(80)[0]))
    keys = pairs.left.astype(np.int64) * 10**6 + pairs.right

    assert (pairs.left < pairs.right).all()
    assert (np.diff(keys) > 0).all()


def test_every_rule_but_the_narrow_ones_carries_the_given_name():
    named = {"given", "turned", "kunya", "number", "letter"}

    assert all(named & set(rule.fields) or rule.probe for rule in RULES)


def test_a_large_block_is_split_and_nobody_is_dropped():
    """Three hundred namesakes: split by place, each meets those of the same place."""
    rows = [
        entry(2, id=f"x{at}", place="bdfgk"[at % 30 // 6] + "a" + "lmnrtz"[at % 6] + "a")
        for at in range(300)
    ]
    rule = Rule(name="r", fields=("given", "last"), split=("place",), largest=20)
    pairs = candidate_pairs(columns_of(rows), (rule,))

    assert pairs.issues == ()
    assert {side for pair in met(pairs) for side in pair} == set(range(300))


def test_a_block_too_large_for_any_rule_is_told():
    rows = [entry(2, id=f"x{at}") for at in range(500)]
    pairs = candidate_pairs(columns_of(rows), RULES[:1])

    assert [issue.code for issue in pairs.issues] == ["linking.block-too-large"]
    assert {side for pair in met(pairs) for side in pair} == set(range(500))


def test_the_recall_of_the_rules_is_bounded_by_how_many_bring_a_pair():
    """Twenty rules, each of which brings a tenth of the pairs: 0.9 ** 20 are missed."""
    times = np.random.default_rng(2).binomial(20, 0.1, 20_000).astype(np.uint8)

    assert recall_of(times[times > 0]) == pytest.approx(1 - 0.9**20, abs=0.01)
    assert recall_of(np.array([3, 3, 0], np.uint8)) == pytest.approx(2 / 3)
    assert recall_of(np.zeros(0, np.uint8)) == 1.0


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_pairs_are_those_that_share_a_key_and_reach_the_bar(seed):
    """Against every pair of records tried by hand."""
    rng = np.random.default_rng(seed)
    columns = columns_of(lists(12)[0])
    rows = np.column_stack([rng.integers(0, 9, 60), rng.integers(0, columns.n, 60)])
    key, record = rows[np.argsort(rows[:, 0])].T
    seeks = rng.random(60) < 0.6
    codes = np.concatenate(sifted_pairs(key, record.astype(np.int32), seeks, columns))
    left, right, times = counted(np.sort(codes))
    found = set(zip(left.tolist(), right.tolist(), strict=True))
    by_hand = {
        (min(record[x], record[y]), max(record[x], record[y]))
        for x in range(60)
        for y in range(x)
        if key[x] == key[y] and record[x] != record[y] and (seeks[x] or seeks[y])
    }

    assert found == {(a, b) for a, b in by_hand if is_worth(a, b, columns)}
    assert len(found) == len(left)
    assert times.sum() == len(codes)


def test_two_small_numbers_make_a_key_of_their_own():
    a, b = (side.ravel() for side in np.meshgrid(np.arange(700), np.arange(-1, 699)))

    assert len(np.unique(_mix(a.astype(np.int64), b.astype(np.int64)))) == len(a)
