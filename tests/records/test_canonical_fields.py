"""A record's own way to its bytes gives what the general way gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.records.canonical import NotCanonical, canonical, canonical_fields

PLAIN = (
    st.one_of(st.text(), st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1))
    | st.lists(st.text() | st.none(), max_size=3)
    | st.dictionaries(st.text("abc"), st.text())
)
FIELDS = st.dictionaries(st.text("abcdefgh_", min_size=1, max_size=4), PLAIN, max_size=6)


@given(FIELDS)
def test_fields_and_dictionary_have_the_same_bytes(fields: dict[str, object]) -> None:
    assert canonical(fields) == canonical_fields(sorted(fields.items()))


@pytest.mark.parametrize("value", ["\ud800", 2**53, 1.5, b"bytes"])
def test_what_has_no_canonical_form_has_none_as_a_field(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_fields([("name", value)])
