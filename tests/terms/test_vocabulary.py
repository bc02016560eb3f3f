"""Vocabularies are complete, and their terms contain or exclude each other."""

from __future__ import annotations

import re
from itertools import product

import pytest

from tallystick.terms import (
    FIXED_KEYS,
    WHOM_KEYS,
    UnknownVocabulary,
    excludes,
    vocabulary,
    vocabulary_keys,
)

EVERY = [(key, term) for key in vocabulary_keys() for term in vocabulary(key)]


@pytest.mark.parametrize(("key", "term"), EVERY, ids=lambda x: getattr(x, "id", x))
def test_a_term_says_what_it_means_and_where_it_comes_from(key, term):
    assert re.fullmatch(r"[a-z]+([-_][a-z]+)*", term.id)
    assert term.label("en")
    assert re.search("[\u0600-\u06ff]", term.label("ar"))
    assert term.means.endswith(".")
    assert term.source
    assert term.since
    assert term.inside is None or term.inside in vocabulary(key)


@pytest.mark.parametrize("key", vocabulary_keys())
def test_no_word_of_one_vocabulary_means_two_terms(key):
    owners = {}
    for term in vocabulary(key):
        for word in term.words:
            owners.setdefault(word, set()).add(term.id)

    assert {} == {word: ids for word, ids in owners.items() if len(ids) > 1}


@pytest.mark.parametrize("key", vocabulary_keys())
def test_every_label_finds_its_term(key):
    terms = vocabulary(key)

    assert list(terms.ids) == [terms.resolve(term.label("en")) for term in terms]
    assert list(terms.ids) == [terms.resolve(term.label("ar")) for term in terms]


@pytest.mark.parametrize(
    ("key", "ids"),
    [
        ("status", "civilian other-protected armed-forces fighter"),
        ("sex", "male female"),
        ("age", "child adult elderly"),
        ("kind", "killed injured missing abducted detained displaced"),
        ("unit", "persons families"),
        ("hedge", "exact at_least more_than at_most approx range vague"),
        ("polarity", "asserted denied"),
        ("role", "new cumulative subset part previous"),
        ("standard", "reported documented verified estimated"),
        ("source-kind", "news statement tally list testimony video other"),
        ("access", "public restricted"),
        ("statement", "accusation denial admission commitment finding appeal"),
    ],
)
def test_fixed_ids_stand_as_the_records_use_them(key, ids):
    assert tuple(ids.split()) == vocabulary(key).ids


@pytest.mark.parametrize("key", WHOM_KEYS)
def test_two_terms_exclude_each_other_exactly_if_neither_contains_the_other(key):
    terms = vocabulary(key)
    for one, other in product(terms.ids, repeat=2):
        nested = terms.contains(one, other) or terms.contains(other, one)

        assert excludes(key, one, other) == (not nested)
        assert excludes(key, one, other) == excludes(key, other, one)


def test_an_elderly_person_is_an_adult_and_no_child():
    assert vocabulary("age").contains("adult", "elderly")
    assert not excludes("age", "elderly", "adult")
    assert excludes("age", "elderly", "child")


def test_an_open_key_takes_ids_that_no_file_names():
    assert vocabulary("group").contains("mandaean", "mandaean")
    assert excludes("group", "mandaean", "alawite")
    assert {"status", "sex", "age"} == set(FIXED_KEYS)


def test_an_unknown_vocabulary_is_named_with_those_there_are():
    with pytest.raises(UnknownVocabulary, match=r"no vocabulary “colour”.*status"):
        vocabulary("colour")
