"""Each step of scoring is asked only about what the step before left open."""

from functools import cache

import numpy as np
from tests.linking.invented_lists import lists

from tallystick.linking import default_model
from tallystick.linking.block import Pairs, candidate_pairs
from tallystick.linking.columns import C, columns_of
from tallystick.linking.context import context_of, graph_of
from tallystick.linking.features import features_of, world_of
from tallystick.linking.model import scores
from tallystick.linking.score import (
    FLOOR,
    SETTLED,
    alone,
    first_round,
    glanced,
    next_round,
    probability,
)


@cache
def evidence():
    entries, truth = lists(200)
    columns = columns_of(entries)
    who = np.array([truth[entry.id] for entry in entries])
    return candidate_pairs(columns), world_of(columns), who


def test_a_glance_overlooks_few_pairs_of_one_person():
    pairs, world, who = evidence()
    near = glanced(pairs, world, default_model())
    true, kept = (int((who[p.left] == who[p.right]).sum()) for p in (pairs, near))

    assert kept >= 0.99 * true > 200
    assert len(near.left) < len(pairs.left)


def test_pairs_above_the_floor_keep_their_score_and_the_rest_is_gone():
    pairs, world, _ = evidence()
    model = default_model()
    seen = alone(pairs, world, model)
    whole = scores(features_of(pairs.left, pairs.right, world), model.first)
    above = whole > FLOOR

    assert 0 < len(seen.left) < len(pairs.left)
    assert np.array_equal(seen.left, pairs.left[above])
    assert np.array_equal(seen.alone, whole[above])


def test_pairs_stay_in_order_when_third_records_bring_more():
    pairs, world, _ = evidence()
    some = np.random.default_rng(1).random(len(pairs.left)) < 0.7
    few = Pairs(pairs.left[some], pairs.right[some], pairs.times[some])
    seen = first_round(few, world, default_model())
    codes = seen.left.astype(np.int64) << 32 | seen.right

    assert (seen.times == 0).any()
    assert (np.diff(codes) > 0).all()
    anew = scores(features_of(seen.left, seen.right, world), default_model().first)
    assert np.array_equal(seen.alone, anew)


def test_what_is_settled_keeps_its_score_and_the_rest_is_seen_among_its_rivals():
    pairs, world, _ = evidence()
    model = default_model()
    first = first_round(pairs, world, model)
    low = first._replace(before=np.where(first.alone < 0, SETTLED - 1, first.alone))
    after = next_round(low, world, model.rounds[0]).before
    graph = graph_of(low.left, low.right, probability(low.before), world.cells[:, C.LIST])
    anew = scores(context_of(low, graph, world), model.rounds[0])

    assert np.array_equal(after, np.where(first.alone < 0, SETTLED - 1, anew))
