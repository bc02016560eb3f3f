"""Folding keeps the way back to every code point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.text import doubtful_numbers, fold, fold_word, language_of

LETTERS = st.text(st.sampled_from("aÉß İıقُتلآإىةـ٣۴3,.٬ \u200f\u200b’–—\u0301 \n"), max_size=40)


@given(LETTERS)
def test_every_folded_span_leads_back_into_the_text(text: str) -> None:
    folded = fold(text)

    for start in range(len(folded.folded)):
        first, last = folded.span(start, start + 1)
        assert 0 <= first < last <= len(text)


@given(LETTERS)
def test_spans_come_back_in_order(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.folded))]

    assert sorted(spans) == spans


@given(LETTERS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_word(text)

    assert once == fold_word(once)


def test_a_span_keeps_the_signs_of_its_last_letter() -> None:
    folded = fold("قُتِلَ رجلٌ")
    at = folded.folded.index("رجل")

    assert "رجلٌ" == folded.quote(at, at + 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [("أحمد", "احمد"), ("مدرسة", "مدرسه"), ("على", "علي"), ("١٢٣", "123"), ("Évêque", "eveque")],
)
def test_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


@pytest.mark.parametrize("text", ["1٢5 people", "1\u200b225 people", "٣۴ شخصا", "12\u200f5"])
def test_digits_that_cannot_be_trusted_are_found(text: str) -> None:
    assert 1 == len(doubtful_numbers(text))


@pytest.mark.parametrize(
    "text", ["1,225 people", "٤٤ ألف", "1\u00a0225 personnes", "\u200f18 شخصا"]
)
def test_plain_digits_are_trusted(text: str) -> None:
    assert [] == doubtful_numbers(text)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("قتل 18 شخصا في حماة", "ar"),
        ("Nueve campesinos fueron asesinados por los rebeldes en el norte", "es"),
        ("Les soldats ont péri dans une embuscade", "fr"),
        ("Three men were killed in El Tambo", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_told_by_script_and_small_words(text: str, lang: str) -> None:
    assert lang == language_of(text)
