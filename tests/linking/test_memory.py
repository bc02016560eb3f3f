"""A memory of scores saves work and changes nothing."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.invented_lists import lists

from tallystick.linking import Means, Memory, default_model, link
from tallystick.linking.model import scores

FIRST = default_model().first
ROWS = st.lists(st.integers(0, 7), max_size=30)


def evidence(numbers):
    """Give rows of evidence by number; a number always gives the same row."""
    width = int(FIRST.feature.max()) + 1
    rows = [np.random.default_rng(n).normal(0, 3, width) for n in numbers]
    out = np.array(rows, np.float32).reshape(len(rows), width)
    out[:, ::5] = np.nan
    return out


def run(entries, **more):
    return link(entries, rng=np.random.default_rng(1), **more)


@given(ROWS, ROWS)
def test_a_memory_scores_as_the_trees_do(earlier, later):
    first = Memory()
    first.weigh(evidence(earlier), FIRST)
    second = Memory.from_bytes(first.as_bytes())

    assert np.array_equal(second.weigh(evidence(later), FIRST), scores(evidence(later), FIRST))
    assert sum(n in earlier for n in later) == second.reused
    assert sum(n not in earlier for n in later) == second.weighed


def test_linking_again_weighs_nothing_anew():
    entries, _ = lists(40)
    first = Memory()
    once = run(entries, means=Means(weigh=first.weigh))
    second = Memory.from_bytes(first.as_bytes())
    again = run(entries, means=Means(weigh=second.weigh))

    assert (0, first.weighed) == (second.weighed, second.reused)
    assert once.persons == again.persons
    assert once.draws.tolist() == again.draws.tolist()


def test_a_new_list_is_linked_as_if_all_had_come_at_once():
    entries, _ = lists(60)
    first = Memory()
    run(entries[:-3], means=Means(weigh=first.weigh))
    second = Memory.from_bytes(first.as_bytes())
    later, anew = run(entries, means=Means(weigh=second.weigh)), run(entries)

    assert second.reused > 0
    assert later.persons == anew.persons
    assert later.draws.tolist() == anew.draws.tolist()


def test_other_trees_have_memories_of_their_own():
    memory = Memory()
    memory.weigh(evidence([1, 2]), FIRST)
    again = Memory.from_bytes(memory.as_bytes())
    other = replace(FIRST, start=FIRST.start + 1.0)

    assert np.array_equal(again.weigh(evidence([1, 2]), other), scores(evidence([1, 2]), other))
    assert 0 == again.reused


def test_bytes_that_are_no_memory_remember_nothing():
    assert {} == Memory.from_bytes(b"").known
    assert {} == Memory.from_bytes(b"PK\x03\x04 cut short").known


def test_a_memory_of_another_form_remembers_nothing(monkeypatch):
    memory = Memory()
    memory.weigh(evidence([1]), FIRST)
    told = memory.as_bytes()
    monkeypatch.setattr("tallystick.linking.memory._FORM", "link-scores-0")

    assert {} == Memory.from_bytes(told).known
