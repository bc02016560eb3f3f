"""Named persons and counts in one reckoning."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Page, query

from tallystick.reckoning import Options, explain
from tallystick.reckoning.distinct import apart
from tallystick.records import Counted, Days, Listed, Mark, Whom

DAY = Days(date(2030, 1, 8), date(2030, 1, 8))


def on(originator, persons, *, where=("X",), during=DAY, **told):
    """Return the rows of one list."""
    return [
        Listed(
            person=person, list=f"list of {originator}", originator=originator, where=where,
            during=during, **told,
        )
        for person in persons
    ]  # fmt: skip


def ids(first, last):
    return [f"p{n}" for n in range(first, last)]


@pytest.fixture
def district(book):
    return book.with_places("ZP,X ZP,Y ZP,X1 X X")


def test_names_of_two_lists_add_up_where_they_are_known_to_be_others(district):
    """
    who | counted | what | where | during | how many
    B | ..2030-01-09 | killed | X | 2030-01-08 | = 60
    """
    maybe = [
        replace(row, undecided=(other,))
        for row, other in zip(on("A", ids(0, 30)), ids(100, 130), strict=True)
    ]
    district.listed = [*maybe, *on("A", ids(30, 50)), *on("B", ids(100, 160))]

    figure = district.reckon(where="X")

    assert (80, 110) == figure.named
    assert (60, 80) == (figure.single.lo, figure.documented.lo)
    assert ("B", 60) == (figure.claimed[-1].originator, figure.claimed[-1].lo)


def test_a_list_counts_its_persons_once_and_the_undecided_as_one(district):
    """100 rows with 3 sure repeats and 2 undecided are 95 to 97 persons."""
    rows = [*on("A", ids(0, 97)), *on("A", ids(0, 3))]
    rows[10] = replace(rows[10], undecided=("p11",))
    rows[20] = replace(rows[20], undecided=("p21",))
    district.listed = rows

    figure = district.reckon(where="X")

    assert (95, 97) == figure.named
    assert 95 == figure.documented.lo == figure.single.lo


def test_whose_place_or_day_is_not_said_is_still_somebody_else(district):
    """A floating person adds to the whole, and to no part of it."""
    district.listed = [
        *on("A", ids(0, 5)),
        *on("A", ids(5, 8), where=()),
        *on("A", ids(8, 10), where=("Y",), during=None),
    ]

    assert (10, 10) == district.reckon(where="").named
    assert (5, 8) == district.reckon(where="X").named
    assert (0, 5) == district.reckon(where="Y", during="2030-01-08").named
    assert 10 == district.reckon().documented.lo


def test_a_named_list_larger_than_its_claimed_total_is_contested(district):
    """
    who | counted | what | where | during | source | id | how many
    B | ..2030-01-09 | killed | X | 2030-01-08 | s1 | c1 | = 60
    """
    until = Counted(None, Mark(date(2030, 1, 9)))
    district.listed = on("B", ids(0, 65), source="s1", counted=until)

    figure = district.reckon(where="X")

    assert [("within", 5)] == [(c.where, c.stretch) for c in figure.contested]
    assert "names 65 persons, but the whole says 60" in figure.contested[0].says


def test_a_list_that_closed_later_does_not_contradict_an_earlier_total(district):
    """
    who | counted | what | where | during | source | how many
    B | ..2030-01-09 | killed | X | 2030-01-08 | s1 | = 60
    """
    until = Counted(None, Mark(date(2030, 2, 9)))
    district.listed = on("B", ids(0, 65), source="s2", counted=until)

    assert not district.reckon(where="X").contested
    assert 65 == district.reckon(where="X").documented.lo


def test_named_persons_are_no_voice_and_their_lists_fall_with_their_voices(district):
    """Strike a voice, and its lists are gone."""
    district.listed = [*on("A", ids(0, 50)), *on("B", ids(40, 100))]

    figure = district.reckon(where="X")

    assert (100, 60, 50) == (figure.documented.lo, figure.single.lo, figure.withstands[0].lo)
    assert ["A", "B"] == [claimed.originator for claimed in figure.claimed]


def test_persons_on_lists_of_two_voices_are_corroborated(district):
    """Ten persons stand on both lists; the counts alone would corroborate fifty."""
    district.listed = [*on("A", ids(0, 50)), *on("B", ids(40, 100))]
    assert 50 == district.reckon(where="X").corroborated[0].lo

    three = [*on("A", ids(0, 9)), *on("B", ids(4, 9), where=("X1",)), *on("C", ids(4, 6))]
    district.listed = three
    figure = district.reckon(where="X", options=Options(k=2))

    assert [5, 2] == [bound.lo for bound in figure.corroborated]
    assert all(c.lo <= w.lo for c, w in zip(figure.corroborated, figure.withstands, strict=True))


def test_who_is_linked_is_corroborated_where_counts_would_not_show_it(district):
    """
    who | counted | what | where | during | how many
    C | ..2030-01-09 | killed | Y | 2030-01-08 | = 1
    """
    district.listed = [*on("A", ["p1", "p2"], where=("ZP",)), *on("B", ["p1", "p3"], where=("Y",))]

    assert 1 == district.reckon(where="Y").corroborated[0].lo


def test_lists_that_describe_one_person_otherwise_are_each_heard(district):
    """One list puts a person in X, another in Y: somebody counts one in X, one in Y, one in all."""
    district.listed = [
        *on("A", ["p1"], whom=Whom({"status": "civilian"}), by="gov"),
        *on("B", ["p1"], whom=Whom({"status": "fighter", "sex": "female"}), where=("Y",), by="r",
            during=Days(date(2030, 1, 10), date(2030, 1, 10))),
        *on("C", ["p1"], whom=Whom({"status": "civilian"}), where=("X1",)),
    ]  # fmt: skip

    assert (1, 1) == district.reckon(where="ZP").named
    for where in ("X", "X1", "Y"):
        assert (1, 1) == district.reckon(where=where).named
    for whom in ("sex=female", "civilian", "fighter"):
        assert (1, 1) == district.reckon(where="ZP", whom=whom).named
    assert (0, 1) == district.reckon(where="ZP", whom="sex!=female").named
    assert (1, 1) == district.reckon(where="ZP", by="gov").named
    assert (0, 1) == district.reckon(where="ZP", by="z").named
    assert (0, 0) == district.reckon(during="2030-01-20").named


def test_names_of_other_harm_or_later_days_do_not_count(district):
    """As of a day, only what was published by then is named."""
    district.listed = [
        *on("A", ["p1"], published=date(2030, 1, 9)),
        *on("A", ["p2"], published=date(2030, 3, 1)),
        *on("A", ["p3"]),
        *on("B", ["p4"], kind="missing"),
    ]

    assert (3, 3) == district.reckon().named
    assert (1, 1) == district.reckon(as_of="2030-02-01").named
    assert (1, 1) == district.reckon(kind="missing").named
    assert district.reckon(unit="families").named is None
    assert district.reckon(tellers="B").named is None
    assert (3, 3) == district.reckon(tellers="A").named


def test_a_place_that_nobody_knows_is_an_issue_and_the_others_count(district):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-09 | killed | X | 2030-01-08 | = 1
    """
    district.listed = [*on("A", ["p1", "p2"]), *on("B", ["p3"], where=("Atlantis",))]

    assert (2, 2) == district.reckon(where="X").named
    assert {"reckoning.unknown-place"} == {issue.code for issue in district.issues}


graphs = st.integers(1, 7).flatmap(
    lambda n: st.tuples(
        st.just(n), st.sets(st.sampled_from(list(combinations(range(n), 2)) or [(0, 0)]))
    )
)


@given(graphs)
def test_as_many_are_told_apart_as_can_be(graph):
    n, joined = graph
    near = {str(i): frozenset() for i in range(n)}
    for one, other in joined:
        near[str(one)] |= {str(other)} - {str(one)}
        near[str(other)] |= {str(one)} - {str(other)}
    found = apart(near, near)

    def is_apart(some):
        return not any(b in near[a] for a, b in combinations(some, 2))

    assert is_apart(found)
    most = max(
        size for size in range(n + 1) if any(is_apart(some) for some in combinations(near, size))
    )
    assert most == len(found)


def test_large_parts_are_told_apart_in_time_and_soundly():
    """A dense part of 150 persons: whatever is found is a proof, and it is found at once."""
    rng = random.Random(4)
    ids_ = [f"p{n}" for n in range(150)]
    near = {one: set() for one in ids_}
    for one, other in combinations(ids_, 2):
        if rng.random() < 0.3:
            near[one].add(other)
            near[other].add(one)
    found = apart(ids_, {one: frozenset(others) for one, others in near.items()})

    assert len(found) >= 8
    assert not any(other in near[one] for one, other in combinations(found, 2))


def test_the_page_may_be_without_lists():
    assert Page(()).reckon().named is None


def test_why_names_the_lists_as_what_carries_the_figure(district):
    """
    who | counted | what | where | during | how many
    B | ..2030-01-09 | killed | X | 2030-01-08 | = 60
    """
    rows = [*on("A", ids(0, 50)), *on("B", ids(40, 100))]
    reason, _ = explain(
        district.claims, query(where="X"), places=district.places, actors=district.actors,
        listed=rows,
    )  # fmt: skip

    assert "At least 100 people were killed in X. The lists together name 100." == reason.says
    assert [("A", 60), ("B", 50)] == [(each.without, each.documented) for each in reason.without]
    assert [None] == [binding.falls_to for binding in reason.shares[0].claims]
