"""Lists, companions, appositions, bodies, years and initials: one sentence for each class."""

from __future__ import annotations

from datetime import date

import pytest
from tests.invented_names import full_name

from tallystick.reading import read_text

DAY = date(2025, 3, 12)
MAN, OTHER = full_name(1), full_name(2)


def told(text: str) -> list[tuple[str, int, int | None]]:
    claims = read_text(text, published=DAY, lang="en").claims
    return [(claim.kind, claim.lo, claim.hi) for claim in claims if claim.role != "subset"]


def category(text: str) -> str:
    (claim,) = read_text(text, published=DAY, lang="en").claims
    return claim.category


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Six people were killed, including a nurse, and at least five others were injured.",
            [("killed", 6, 6), ("injured", 5, None)],
        ),
        (
            "Up to 20 farmers were killed, including two boys, and one girl was injured.",
            [("killed", 0, 20), ("injured", 1, 1)],
        ),
        (
            "Two elderly men, one of them a baker, were killed in the shelling.",
            [("killed", 2, 2)],
        ),
        (
            "Seven members of the Red Column, a splinter group of the Front were arrested.",
            [("detained", 7, 7)],
        ),
    ],
)
def test_a_verb_takes_the_subject_that_it_agrees_with(text, expected):
    assert expected == told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A journalist was killed alongside at least 15 other civilians.",
            [("killed", 1, 1), ("killed", 15, None)],
        ),
        (f"Police commander {MAN} along with three others was arrested.",
         [("detained", 1, 1), ("detained", 3, 3)]),
        (f"Gunmen shot dead a person, identified as {MAN}, and his son {OTHER} in the village.",
         [("killed", 2, 2)]),
        (f"Two men, identified as {MAN} and {OTHER}, were shot dead.", [("killed", 2, 2)]),
        ("Shells killed at least three civilians – a mother and her sons – and hurt two guards.",
         [("killed", 3, None), ("injured", 2, 2)]),
        ("About 2,100 fighters and family members were evacuated from Homs.",
         [("displaced", 2100, 2100)]),
    ],
)  # fmt: skip
def test_those_who_suffered_it_too_are_counted_once(text, expected):
    assert expected == told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A house was hit, resulting in five civilians killed.", [("killed", 5, 5)]),
        ("The raid led to at least 10 people being killed.", [("killed", 10, None)]),
        ("The group claimed to have killed five soldiers.", [("killed", 5, 5)]),
        ("The gunman managed to kill one person.", [("killed", 1, 1)]),
        ("More than 400 people had to evacuate in Homs.", [("displaced", 400, None)]),
        ("Some 4,500 people left eastern Aleppo.", [("displaced", 4500, 4500)]),
        ("Four officials went to Homs when they were abducted by gunmen.", [("abducted", 4, 4)]),
    ],
)
def test_what_happened_is_read_behind_another_verb(text, expected):
    assert expected == told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Twenty armed men took control of the town.",
        "The group threatened to kill five soldiers.",
        "He is on trial for the 2013 killing, and nothing else was said.",
        "He held a .32 revolver and left.",
    ],
)
def test_what_did_not_happen_to_people_is_not_counted(text):
    assert [] == told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The president of an NGO was shot dead.", "aid_workers"),
        ("Two brothers volunteering for an NGO were shot dead.", "aid_workers"),
        ("A leader of the ruling party was shot dead.", "officials"),
        (f"The body of {MAN}, a constable, was found in a field.", "security_forces"),
        ("Gunmen stopped a constable and killed him.", "security_forces"),
        ("A constable, identified as A. Deka, was shot dead.", "security_forces"),
    ],
)
def test_a_person_is_of_the_body_that_is_named_around(text, expected):
    assert expected == category(text)


def test_parts_of_another_status_are_taken_from_those_of_whom_nothing_is_said():
    totals = read_text("Four persons, including two policemen, were killed.", lang="en").totals

    assert [4, 4] == totals["killed"]
    assert [2, 2] == totals["killed@civilians"]
    assert [2, 2] == totals["killed@security_forces"]


def test_women_among_fighters_are_no_civilians():
    totals = read_text("Three rebels, including a woman, were killed.", lang="en").totals

    assert "killed@civilians" not in totals
    assert [1, 1] == totals["killed@women"]


def test_a_figure_in_families_and_in_persons_is_two_claims():
    text = "About 3,800 families, or more than 18,000 people, were displaced."
    claims = read_text(text, lang="en").claims

    assert [("families", 3800), ("persons", 18000)] == [(c.unit, c.lo) for c in claims]


def test_the_state_is_no_verb():
    text = "Twelve people were killed in fighting between the army and Islamic State for the town."

    assert "" == read_text(text, lang="en").claims[0].attributed_to


def test_days_and_places_may_stand_between_a_toll_and_its_number():
    text = (
        "The number of civilians killed since Thursday, 6 March, in Latakia, Tartus and Homs "
        "has risen to 1,068, up from 973 this morning."
    )
    now, before = read_text(text, published=DAY, lang="en").claims

    assert (1068, "cumulative", "civilians") == (now.lo, now.role, now.category)
    assert ("SY-HI", "SY-LA", "SY-TA") == now.where
    assert "2025-03-06..2025-03-12" == str(now.during)
    assert (973, "previous") == (before.lo, before.role)


def test_what_follows_a_colon_is_part_of_what_stands_before_it():
    text = "In all 213 people have lost their lives: 93 soldiers and 120 rebels."
    whole, *parts = read_text(text, lang="en").claims

    assert (213, "new") == (whole.lo, "new")
    assert [(93, "subset", whole.id), (120, "subset", whole.id)] == [
        (part.lo, part.role, part.part_of) for part in parts
    ]


def test_where_a_report_was_written_is_no_teller_and_no_place():
    (claim,) = read_text("BEIRUT - Twelve people were killed.", lang="en").claims

    assert ("", "") == (claim.place, claim.attributed_to)


def test_a_short_name_of_the_publisher_is_the_publisher():
    text = "The Network said that 12 people were killed in Homs."
    (claim,) = read_text(text, lang="en", outlet="Syrian Network for Human Rights").claims

    assert "SNHR" == claim.originator
    assert "" == claim.via


def test_a_later_sentence_may_tell_where_it_was():
    text = (
        "At least 40 people were killed, police said. "
        "The deaths were recorded in Latakia and Tartus."
    )
    (claim,) = read_text(text, lang="en").claims

    assert ("SY-LA", "SY-TA") == claim.where
