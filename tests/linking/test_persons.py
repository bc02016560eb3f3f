import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tallystick.linking.persons import persons_of
from tallystick.records import Entry

GROUPS = st.lists(st.integers(0, 4), min_size=1, max_size=14)


def made(groups, before=()):
    ids = [f"e{at:02d}" for at in range(len(groups))]
    first = {}
    named_by_least = [first.setdefault(g, at) for at, g in enumerate(groups)]
    n = len(ids)
    return persons_of(
        [Entry(id=id_, list="list") for id_ in ids],
        np.array(named_by_least, np.int32),
        np.ones(n, bool),
        np.ones(n, np.float32),
        before=before,
    )


@given(GROUPS)
def test_every_entry_has_one_person(groups):
    entries = [entry for person in made(groups) for entry in person.entries]

    assert sorted(entries) == [f"e{at:02d}" for at in range(len(groups))]


@given(GROUPS)
def test_linking_the_same_again_changes_no_id(groups):
    once = made(groups)

    assert made(groups, before=once) == once


@given(GROUPS, st.lists(st.integers(0, 4), max_size=6))
def test_ids_stay_when_entries_are_added(groups, more):
    before = {person.id: set(person.entries) for person in made(groups)}
    after = {person.id: set(person.entries) for person in made(groups + more, before=made(groups))}

    assert all(entries <= after[id_] for id_, entries in before.items())


@given(GROUPS, GROUPS)
def test_ids_are_never_given_twice(one, other):
    n = min(len(one), len(other))
    persons = made(other[:n], before=made(one[:n]))

    assert len({person.id for person in persons}) == len(persons)


def test_a_merge_names_the_id_that_went():
    a, b = made([0, 0, 1])
    (both,) = made([0, 0, 0], before=(a, b))

    assert both.id == a.id
    assert both.merged == (b.id,)


def test_a_split_says_where_it_came_from():
    (both,) = made([0, 0, 0])
    kept, gone = made([0, 0, 1], before=(both,))

    assert kept.id == both.id
    assert gone.split_from == both.id


@given(st.lists(GROUPS, min_size=1, max_size=5))
def test_an_id_lives_or_was_merged_away_never_both(linkings):
    n = min(map(len, linkings))
    persons = ()
    for groups in linkings:
        persons = made(groups[:n], before=persons)
        living = {person.id for person in persons}

        assert not living & {id_ for person in persons for id_ in person.merged}


def test_what_was_merged_away_is_remembered_through_a_second_merge():
    a, b, c = made([0, 1, 2])
    ab, _ = made([0, 0, 2], before=(a, b, c))
    (everyone,) = made([0, 0, 0], before=(ab, c))

    assert (a.id, {b.id, c.id}) == (everyone.id, set(everyone.merged))


def test_who_comes_apart_again_has_the_former_id_again():
    a, b = made([0, 1])
    (both,) = made([0, 0], before=(a, b))
    again = made([0, 1], before=(both,))

    assert [a.id, b.id] == [person.id for person in again]
    assert both.id == again[1].split_from
