import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.linking.sounds import alike, sounds_of
from tallystick.linking.tokens import TokenBook
from tallystick.text import alike as plain

WORD = st.text(alphabet="ابتجحدرسعقكلمنهويةabdeghiklmnorstuyz37", min_size=1, max_size=9)


# The first call compiles.
@settings(max_examples=200, deadline=None)
@given(WORD, WORD)
def test_the_compiled_comparison_agrees_with_the_plain_one(a, b):
    book = TokenBook()
    first, second = book.number(a), book.number(b)

    assert alike(first, second, sounds_of(book.laid_out())) == pytest.approx(
        plain(a, b) if a != b else 1.0, abs=1e-5
    )


def test_a_missing_word_is_missing_evidence():
    book = TokenBook()
    word = book.number("سامر")

    assert np.isnan(alike(word, -1, sounds_of(book.laid_out())))
