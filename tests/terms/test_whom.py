"""Words for victims become terms, and words that are none do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.terms import FIXED_KEYS, WHOM_KEYS, vocabulary, whom_of


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("civilians", "status=civilian"),
        ("Civilians", "status=civilian"),
        ("مدنيين", "status=civilian"),
        ("المدنيون", "status=civilian"),
        ("women", "sex=female age=adult"),
        ("نساء", "sex=female age=adult"),
        ("men", "sex=male age=adult"),
        ("children", "age=child"),
        ("الأطفال", "age=child"),
        ("girls", "age=child sex=female"),
        ("elderly", "age=elderly"),
        ("security_forces", "status=armed-forces"),
        ("security personnel", "status=armed-forces"),
        ("عناصر الأمن", "status=armed-forces"),
        ("fighters", "status=fighter"),
        ("pro-Assad fighters", "status=fighter"),
        ("medics", "occupation=medic"),
        ("journalists", "occupation=journalist"),
        ("students", "occupation=student"),
        ("aid_workers", "occupation=aid-worker"),
        ("peacekeepers", "occupation=peacekeeper"),
        ("officials", "occupation=official"),
        ("detainees", "occupation=detainee"),
        ("family", "affiliation=family"),
        ("community:Alawite", "group=alawite"),
        ("community:Alawites", "group=alawite"),
        ("community:العلويين", "group=alawite"),
        ("community:Marsh Arabs", "group=marsh-arabs"),
        ("Alawites", "group=alawite"),
        ("Alawite civilians", "group=alawite status=civilian"),
        ("civilian women", "status=civilian sex=female age=adult"),
        ("elderly women", "sex=female age=elderly"),
    ],
)
def test_words_for_victims_stand_for_terms(words, whom):
    assert dict(pair.split("=") for pair in whom.split()) == whom_of(words)


@pytest.mark.parametrize(
    "words", ["", "people", "women and children", "child soldiers of rank", "community:"]
)
def test_words_that_are_no_single_category_stand_for_nothing(words):
    assert whom_of(words) is None


def test_every_category_stands_for_known_terms():
    for term in vocabulary("category"):
        assert term.whom
        assert set(term.whom) <= set(WHOM_KEYS)
        assert all(id_ in vocabulary(key) for key, id_ in term.whom.items())


@given(st.text(max_size=30))
def test_any_words_stand_for_known_keys_and_fixed_terms_only(words):
    whom = whom_of(words) or {}

    assert set(whom) <= set(WHOM_KEYS)
    assert all(id_ in vocabulary(key) for key, id_ in whom.items() if key in FIXED_KEYS)
