"""Words in two scripts sound alike if they are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.terms import fold
from tallystick.terms.sounds import keys_of, likeness, sounds_of

WORDS = st.text(alphabet="abdefghijklmnoqrstuwyzابتجحخدرزسشصضطعغفقكلمنهوية", max_size=12)


def sound(word: str) -> str:
    return sounds_of(fold(word))


@given(WORDS, WORDS)
def test_likeness_is_even_handed_and_between_0_and_1(one, other):
    there, back = likeness(sound(one), sound(other)), likeness(sound(other), sound(one))

    assert 0.0 <= there <= 1.0
    assert there == pytest.approx(back)


@given(WORDS)
def test_a_word_sounds_like_itself(word):
    assert 1.0 == likeness(sound(word), sound(word))


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Jableh", "جبلة"),
        ("Qardaha", "قرداحة"),
        ("Tartous", "طرطوس"),
        ("Khan", "خان"),
        ("Hmeimim", "حميميم"),
        ("Sarjah", "سرجة"),
        ("Hawwash", "حواش"),
        ("Shughour", "شغور"),
        ("Mzair'a", "مزيرعة"),
    ],
)
def test_one_name_in_two_scripts_shares_a_key_and_sounds_alike(latin, arabic):
    assert set(keys_of(sound(latin))) & set(keys_of(sound(arabic)))
    assert 0.85 <= likeness(sound(latin), sound(arabic))


@pytest.mark.parametrize(
    ("latin", "arabic"), [("Jableh", "حلب"), ("Homs", "حماة"), ("Safita", "صيدا")]
)
def test_two_names_do_not(latin, arabic):
    assert likeness(sound(latin), sound(arabic)) < 0.8
