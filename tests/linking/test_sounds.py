import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.linking.sounds import alike, memo, sounds_of
from tallystick.linking.tokens import TokenBook
from tallystick.text import alike as plain
from tallystick.text import token_of

WORD = st.text(alphabet="ابتجحدرسعقكلمنهويةabdeghiklmnorstuyz37", min_size=1, max_size=9)


# The first call compiles.
@settings(max_examples=200, deadline=None)
@given(WORD, WORD)
def test_the_compiled_comparison_agrees_with_the_plain_one(a, b):
    book = TokenBook()
    first, second = book[a], book[b]

    assert alike(first, second, sounds_of(book.laid_out()), memo(False)) == pytest.approx(
        plain(a, b) if a != b else 1.0, abs=1e-5
    )


def test_a_missing_word_is_missing_evidence():
    book = TokenBook()
    word = book["سامر"]

    assert np.isnan(alike(word, -1, sounds_of(book.laid_out()), memo(False)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=30), st.booleans())
def test_what_was_heard_before_changes_no_answer(pairs, rough):
    book = TokenBook()
    numbers = [(book[a], book[b]) for a, b in pairs]
    sounds, heard = sounds_of(book.laid_out()), memo(rough)
    again = [alike(a, b, sounds, heard) for a, b in numbers + numbers[::-1]]

    assert again == [alike(a, b, sounds, memo(rough)) for a, b in numbers + numbers[::-1]]


@settings(max_examples=60, deadline=None)
@given(WORD, WORD)
def test_roughly_words_are_alike_if_they_share_a_skeleton(a, b):
    book = TokenBook()
    first, second = book[a], book[b]
    shared = set(token_of(a).keys[:3]) & set(token_of(b).keys[:3])

    assert alike(first, second, sounds_of(book.laid_out()), memo(True)) == float(
        a == b or bool(shared)
    )
