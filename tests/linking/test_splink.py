"""Splink is optional: where it is installed, its scores make persons as ours do."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.linking.invented_lists import entry, lists

from tallystick.linking import by_splink, link, splink_pairs
from tallystick.linking.columns import columns_of
from tallystick.records import LinkVerdict

pytest.importorskip("splink", reason="Splink is not installed; its adapter is not tested")


@cache
def example():
    entries, truth = lists(80)
    return entries, truth, run(entries)


def run(entries, **more):
    return link(entries, rng=np.random.default_rng(1), model=by_splink, **more)


def sets(linked):
    return {frozenset(person.entries) for person in linked.persons}


def test_people_are_found_again_by_its_scores():
    _, truth, linked = example()
    right = {}
    for record, who in truth.items():
        right.setdefault(who, set()).add(record)

    assert len(sets(linked) & {frozenset(s) for s in right.values()}) / len(right) > 0.7
    assert linked.count.method.startswith("splink-")


def test_its_reasons_add_up_to_its_score():
    linked = example()[2]
    together = next(person for person in linked.persons if len(person.entries) > 1)
    reasons = linked.why(*together.entries[:2])

    assert reasons.log_odds > 0
    assert reasons.start + sum(step.moves for step in reasons.steps) == pytest.approx(
        reasons.log_odds
    )


def test_verdicts_bind_over_its_scores():
    entries, _, linked = example()
    left, right = sorted(next(p.entries for p in linked.persons if len(p.entries) == 2))
    told = {"left": left, "right": right, "reason": "two ages", "author": "r1", "at": "2025"}
    after = run(entries, verdicts=[LinkVerdict(says="different", **told)])

    assert {frozenset({left}), frozenset({right})} <= sets(after)


def test_the_nameless_are_left_out():
    entries = [*lists(60)[0], *(entry(n, id=f"x{n}", name="مجهول الهوية") for n in range(20))]
    found = splink_pairs(columns_of(entries), least=0.0)

    assert max(found["unique_id_l"].max(), found["unique_id_r"].max()) < len(entries) - 20


def test_labels_are_trained_on_where_there_are_any():
    entries, truth = lists(80)
    told = splink_pairs(columns_of(entries), least=0.5, labels=[str(truth[e.id]) for e in entries])
    pairs = zip(told["unique_id_l"], told["unique_id_r"], strict=True)
    right = [truth[entries[a].id] == truth[entries[b].id] for a, b in pairs]

    assert sum(right) / len(right) > 0.9
