"""What stands inside what is a partial order, and circles are found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tallystick.terms.forest import Forest, in_circles

IDS = st.sampled_from("abcdefgh")
EDGES = st.dictionaries(IDS, st.lists(IDS, max_size=3), max_size=8)


@st.composite
def forests(draw):
    """Draw a forest: each id stands in an earlier one or in nothing."""
    ids = [f"p{n}" for n in range(draw(st.integers(1, 9)))]
    return {id_: draw(st.sampled_from([None, *ids[:at]])) for at, id_ in enumerate(ids)}


@given(forests(), st.data())
def test_inside_is_a_partial_order(parents, data):
    forest = Forest(parents)
    ids = st.sampled_from(sorted(parents))
    a, b, c = data.draw(ids), data.draw(ids), data.draw(ids)

    assert forest.contains(a, a)
    assert not (forest.contains(a, b) and forest.contains(b, a)) or a == b
    assert not (forest.contains(a, b) and forest.contains(b, c)) or forest.contains(a, c)


@given(forests())
def test_children_and_roots_are_all(parents):
    forest = Forest(parents)
    below = [child for id_ in parents for child in forest.children(id_)]

    assert sorted([*below, *forest.roots()]) == sorted(parents)


@given(EDGES)
def test_an_id_is_in_a_circle_exactly_if_it_reaches_itself(edges):
    def reaches(start: str) -> bool:
        ahead, seen = [to for to in edges[start] if to in edges], set()
        while ahead:
            step = ahead.pop()
            if step == start:
                return True
            if step not in seen:
                seen.add(step)
                ahead += [to for to in edges[step] if to in edges]
        return False

    assert {id_ for id_ in edges if reaches(id_)} == in_circles(edges)


def test_a_very_long_chain_needs_no_recursion():
    chain = {str(n): [str(n + 1)] for n in range(50_000)}

    assert frozenset() == in_circles(chain)
    assert frozenset(chain) | {"50000"} == in_circles(chain | {"50000": ["0"]})
