"""The bytes that are hashed, against an independent implementation of RFC 8785."""

from __future__ import annotations

import hashlib
from collections import UserDict

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tallystick.records import NotCanonical, canonical, digest, parse_canonical, short_id

LARGEST = 2**53 - 1
texts = st.text(st.characters(codec="utf-8")) | st.text(st.characters(codec="ascii"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_the_bytes_are_those_of_an_independent_implementation(value):
    assert rfc8785.dumps(value) == canonical(value)


@given(values)
def test_bytes_come_back_as_the_value_they_were_made_of(value):
    assert value == parse_canonical(canonical(value))


@given(st.dictionaries(texts, st.integers(0, 9), min_size=2, max_size=5))
def test_the_order_of_names_changes_no_byte(value):
    assert canonical(value) == canonical(dict(reversed(list(value.items()))))


def test_names_are_sorted_by_utf_16_units():
    # RFC 8785 §3.2.3: the face (U+1F600) sorts before U+FB33, though its code point is greater.
    names = {"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3, "\r": 4, "1": 5, "\u0080": 6, "\u00f6": 7}

    assert [4, 5, 6, 7, 3, 2, 1] == list(parse_canonical(canonical(names)).values())


def test_tuples_and_other_mappings_are_json_too():
    assert b'{"a":[1,2]}' == canonical(UserDict({"a": (1, 2)}))


def test_escapes_are_the_shortest():
    assert b'"\\b\\t\\n\\f\\r\\"\\\\\\u0000\\u001f\x7f/"' == canonical('\b\t\n\f\r"\\\x00\x1f\x7f/')


@pytest.mark.parametrize(
    "value",
    [0.5, float("nan"), LARGEST + 1, -LARGEST - 1, "\ud800", {1: 2}, b"bytes", {1, 2}, object()],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)
    with pytest.raises(NotCanonical):
        canonical({"a": [value]})


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b"1.0",
        b"1e2",
        b"-0",
        b"01",
        b"NaN",
        b'"\\u0041"',
        b'"\\ud800"',
        b"\xff",
        b"\xef\xbb\xbf1",
        b"9007199254740992",
        b"",
        b"[" * 100_000,
    ],
)
def test_any_other_spelling_is_refused(data):
    with pytest.raises(NotCanonical):
        parse_canonical(data)


@given(st.binary())
def test_the_digest_is_sha_256_in_hexadecimal(data):
    assert hashlib.sha256(data).hexdigest() == digest(data)


@given(values)
def test_a_short_id_is_its_letter_and_twelve_digits_of_the_digest(value):
    expected = "c-" + hashlib.sha256(rfc8785.dumps(value)).hexdigest()[:12]

    assert expected == short_id("c", value)


def test_bytes_are_hashed_as_they_are():
    assert f"s-{hashlib.sha256(b'raw').hexdigest()[:12]}" == short_id("s", b"raw")
