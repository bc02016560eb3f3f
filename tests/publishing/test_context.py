from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.publishing.context import LONGEST, around

TEXT = "One came. In the vale 171 died, in the plain 12. “Nobody helped,” they said.\nNext line"


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("171", "In the vale ", " died, in the plain 12."),
        ("One came", "", "."),
        ("they", "“Nobody helped,” ", " said."),
        ("Next", "", " line"),
        ("قتل", "", " ثلاثة؟"),
    ],
)
def test_a_sentence_is_found_around_its_words(words, before, after):
    text = f"{TEXT}\nقتل ثلاثة؟ لا أحد يعلم."
    start = text.index(words)

    assert (before, after) == around(text, start, start + len(words))


def test_a_long_sentence_is_cut_between_words():
    text = "word " * 200
    before, after = around(text, 500, 504)

    assert before.startswith("… word ")
    assert after.endswith(" word …")
    assert len(before) <= LONGEST + 2


@given(st.text(st.sampled_from("ab .!\n؟”")), st.data())
def test_what_stands_around_stands_so_in_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, after = around(text, start, end)

    assert (before + text[start:end] + after) in text
