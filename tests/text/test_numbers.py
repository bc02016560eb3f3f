"""Numbers in words and digits, in four languages: right, or not read at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.text import digits_value, fold_word, number_at, number_words

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "x x twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_english(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f" {ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {in_english(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    joint = " and " if number % 1000 < 100 else " "
    rest = f"{joint}{in_english(number % 1000)}" if number % 1000 else ""
    return f"{in_english(number // 1000)} thousand{rest}"


@given(st.integers(0, 999_999))
def test_every_number_that_english_writes_is_read_back(number: int) -> None:
    words = in_english(number).split()

    assert (number, len(words)) == number_at(words, 0, number_words("en"))


@given(st.integers(0, 10**11))
def test_grouped_digits_are_read_back(number: int) -> None:
    assert number == digits_value(f"{number:,}")
    assert number == digits_value(str(number))


@pytest.mark.parametrize("digits", ["1,22,5", "1,2345", "12,34", "1.2.3"])
def test_digits_that_can_be_read_in_two_ways_are_not_whole(digits: str) -> None:
    value = digits_value(digits)

    assert value is None or value.denominator > 1


@pytest.mark.parametrize(
    ("lang", "words", "value", "taken"),
    [
        ("en", "a hundred and fourteen people", 114, 4),
        ("en", "half a dozen nurses", 6, 3),
        ("en", "two and three", 2, 1),
        ("en", "1.1 million people", 1_100_000, 2),
        ("es", "treinta y uno", 31, 3),
        ("es", "media docena de", 6, 2),
        ("es", "dos mil quinientos", 2500, 3),
        ("fr", "soixante et onze", 71, 3),
        ("fr", "quatre-vingt dix-sept", 97, 2),
        ("fr", "mille deux cents", 1200, 3),
        ("ar", "أحد عشر معلما", 11, 2),
        ("ar", "خمسة وعشرون", 25, 2),
        ("ar", "مئة وأربعة عشر", 114, 3),
        ("ar", "ألف وثلاثمئة وأحد عشر", 1311, 4),
        ("ar", "44 ألف شخص", 44_000, 2),
        ("ar", "ألفين", 2000, 1),
    ],
)
def test_number_words_are_read_to_their_end(lang: str, words: str, value: int, taken: int) -> None:
    folded = [fold_word(word) for word in words.split()]

    assert (value, taken) == number_at(folded, 0, number_words(lang))
