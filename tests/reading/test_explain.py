"""Each claim is told slot by slot, and what was passed over with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.reading import read_text
from tallystick.reading.explain import Explanation

DAY = date(2025, 3, 12)
TEXT = (
    "On Monday the governor said in Damascus that at least 12 villagers, including two children, "
    "were killed by three gunmen near Homs on 3 March 2025, and 14 houses burned. "
    "Police said they would arrest five men."
)


def why(text: str, **told: object) -> Explanation:
    reading = read_text(text, published=DAY, explain=True, **told)  # type: ignore[arg-type]

    assert reading.explanation is not None
    return reading.explanation


def test_every_claim_names_its_rule_and_the_words_of_each_slot() -> None:
    first = why(TEXT).claims[0]

    assert first.rule.endswith(":passive")
    assert {
        "kind": "were killed",
        "number": "at least 12 villagers",
        "place": "near Homs",
        "date": "3 March 2025",
        "teller": "governor … said",
    } == {slot.name: slot.words for slot in first.slots if slot.words}


def test_words_of_a_slot_stand_at_its_span() -> None:
    for one in why(TEXT).claims:
        for slot in one.slots:
            assert slot.span is None or TEXT[slice(*slot.span)] == slot.words.split(" … ")[-1]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("three gunmen", "who did it is never counted"),
        ("14 houses", "“houses” is no word for people"),
        ("in Damascus", "it says where somebody spoke"),
        ("Monday", "another day stands nearer to the harm"),
    ],
)
def test_what_was_passed_over_is_told_with_its_reason(words: str, reason: str) -> None:
    told = {one.words: one.why for one in why(TEXT).claims[0].passed_over}

    assert reason == told[words]


def test_a_figure_that_is_no_claim_is_told_with_its_reason() -> None:
    (left,) = why(TEXT).left_out

    assert ("detained", 5, "five men") == (left.kind, left.lo, left.words)
    assert "the verb says what could or will be" == left.why


def test_the_same_people_told_twice_are_left_out_once() -> None:
    told = why("Three men were killed in Homs. The three men were killed by rebels.")

    assert ["the same people were told of before"] == [one.why for one in told.left_out]


def test_an_arabic_claim_is_told_slot_by_slot() -> None:
    (told,) = why("قتل 12 مدنيا في قصف على حماة يوم الاثنين، بحسب المرصد السوري.").claims

    assert {"kind": "قتل", "number": "12 مدنيا", "place": "على حماة", "date": "يوم الاثنين"} == {
        slot.name: slot.words for slot in told.slots if slot.words and slot.name != "teller"
    }


def test_explaining_changes_nothing_of_what_is_read() -> None:
    plain = read_text(TEXT, published=DAY)

    assert plain.explanation is None
    assert plain.claims == read_text(TEXT, published=DAY, explain=True).claims
