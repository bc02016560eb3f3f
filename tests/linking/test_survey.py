"""A list that is small against those before it touches its own components alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.invented_lists import entry, lists

from tallystick.linking import link
from tallystick.linking.cluster import components
from tallystick.linking.columns import C, _survey, columns_of
from tallystick.linking.features import world_of

BATCHES = st.lists(st.integers(0, 5), max_size=60)


@given(BATCHES)
def test_the_survey_is_of_whole_batches_and_as_few_as_do(batches):
    surveyed = _survey(batches).tolist()
    inside = {batch for batch, is_in in zip(batches, surveyed, strict=True) if is_in}

    assert all(is_in == (batch in inside) for batch, is_in in zip(batches, surveyed, strict=True))
    assert sum(surveyed) * 20 >= len(batches) * 19
    if len(inside) > 1:
        assert sum(batch < max(inside) for batch in batches) * 20 < len(batches) * 19


@given(BATCHES, st.randoms())
def test_the_survey_depends_on_the_batches_alone(batches, rng):
    shuffled = batches[:]
    rng.shuffle(shuffled)
    said = dict(zip(batches, _survey(batches).tolist(), strict=True))

    assert all(
        said[batch] == is_in
        for batch, is_in in zip(shuffled, _survey(shuffled).tolist(), strict=True)
    )


def small(numbers):
    """Give a list of a few people, some of whom others list too."""
    return [entry(n, "new", "lat" if n % 2 else "ar", batch=1) for n in sorted(numbers)]


@settings(max_examples=12, deadline=None)
@given(st.sets(st.integers(0, 200), min_size=1, max_size=8))
def test_a_small_list_leaves_the_evidence_on_others_as_it_was(numbers):
    before = columns_of(lists(100)[0])
    after = columns_of([*lists(100)[0], *small(numbers)])
    n = before.n

    assert (world_of(before).crowd == world_of(after).crowd[:n]).all()
    assert (before.cells[:, C.GUESSED_SEX] == after.cells[:n, C.GUESSED_SEX]).all()


@settings(max_examples=8, deadline=None)
@given(st.sets(st.integers(0, 200), min_size=1, max_size=8))
def test_a_small_list_changes_only_persons_it_is_related_to(numbers):
    entries, _ = lists(100)
    rng = np.random.default_rng
    before = link(entries, rng=rng(1))
    after = link([*entries, *small(numbers)], rng=rng(1), before=before.persons)
    former = {person.id: person for person in before.persons}
    others, strangers = unrelated(after, -5.6), unrelated(after, -np.inf)

    assert len(others) > 50
    assert all(person.entries == former[person.id].entries for person in others)
    assert strangers == [former[person.id] for person in strangers]


def unrelated(linked, tie):
    """Give the persons whom no chain of pairs above a log-odds joins to the new list."""
    found, place = linked._work.scored, linked._work.place
    ties = found.log_odds > tie
    part = components(linked._work.columns.n, found.left[ties], found.right[ties])
    touched = {part[place[id_]] for id_ in place if id_.startswith("new")}
    return [
        person
        for person in linked.persons
        if not any(part[place[id_]] in touched for id_ in person.entries)
    ]


def test_a_list_of_a_case_that_is_no_larger_is_in_the_survey():
    entries = [replace(e, batch=n % 2) for n, e in enumerate(lists(30)[0])]

    assert (columns_of(entries).cells[:, C.SURVEYED] == 1).all()


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=40, max_size=40), st.randoms())
def test_batches_in_order_end_where_one_shot_does(numbers, rng):
    """However entries are dealt into batches, and in whatever order the rows of each are read."""
    entries = [
        replace(e, batch=number) for e, number in zip(lists(25)[0][:40], numbers, strict=False)
    ]
    persons = ()
    for batch in range(1, 7):
        here = [e for e in entries if e.batch <= batch]
        rng.shuffle(here)
        step = link(here, rng=np.random.default_rng(1), before=persons)
        persons = step.persons
    shot = link(entries, rng=np.random.default_rng(1))

    assert {person.entries for person in shot.persons} == {person.entries for person in persons}
    assert shot.count == step.count
    assert shot.draws.tolist() == step.draws.tolist()
