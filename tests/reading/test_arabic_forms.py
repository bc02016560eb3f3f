"""Arabic forms: duals, plurals that are spelled like duals, verbs, and parting of words."""

from __future__ import annotations

import pytest

from tallystick.reading.ar.forms import noun_forms, possessed_forms, verb_forms
from tallystick.reading.ar.lexicon import arabic_words
from tallystick.reading.ar.words import sentences_of
from tallystick.text import fold


def parted(text: str) -> list[str]:
    (items,) = sentences_of(fold(text), arabic_words(), lambda name: name == "حلب")
    return [item.word for item in items]


def test_a_broken_plural_leaves_the_dual_alone() -> None:
    forms = noun_forms("طفل/أطفال")

    assert ("1", "2", "2", "many") == tuple(
        forms[form] for form in ("طفلا", "طفلان", "طفلين", "اطفال")
    )


def test_a_sound_plural_is_spelled_like_the_dual_in_the_oblique() -> None:
    forms = noun_forms("مسلح/+ون")

    assert ("2", "either", "many") == tuple(forms[f] for f in ("مسلحان", "مسلحين", "مسلحون"))


def test_a_feminine_noun_opens_its_ending_before_the_dual() -> None:
    assert "2" == noun_forms("امرأة/نساء")["امراتين"]


def test_a_dual_keeps_two_before_a_pronoun() -> None:
    assert "2" == possessed_forms(noun_forms("طفل/أطفال"))["طفلاها"]


def test_a_weak_verb_drops_its_last_letter() -> None:
    assert {"نفي", "نفت", "نفوا"} <= verb_forms("نفى/ينفي").keys()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("وبالمدينة", ["و", "ب", "المدينه"]),
        ("للجيش", ["ل", "جيش"]),
        ("بحلب", ["ب", "حلب"]),
        ("بانياس", ["بانياس"]),
        ("وأصيب", ["و", "اصيب"]),
        ("وزارة", ["وزاره"]),
        ("خمسة وعشرون", ["خمسه", "وعشرون"]),
        ("ثلاثة وعشرة", ["ثلاثه", "و", "عشره"]),
    ],
)
def test_particles_are_cut_off_only_where_a_word_is_left(text: str, parts: list[str]) -> None:
    assert parts == parted(text)
