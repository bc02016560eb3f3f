"""Actors are known by many names, and those who rely on one another are one voice."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.terms import Actors, fold

BUILT_IN = Actors.builtin()
HEADER = "id,name,kind,inside,speaks_for,aliases\n"


@pytest.mark.parametrize(
    ("id_", "spellings"),
    [
        (
            "SOHR",
            "SOHR|the Observatory|Observatory|Syrian Observatory for Human Rights|المرصد|sohr",
        ),
        ("SNHR", "Syrian Network for Human Rights|الشبكة السورية لحقوق الإنسان|SNHR"),
        ("OHCHR", "UN human rights office|U.N. rights office|OHCHR"),
        ("UN", "UN|U.N.|United Nations|الأمم المتحدة|the UN"),
        ("COI", "UN Commission of Inquiry on Syria|COI|CoI"),
        ("AFP", "AFP|Agence France-Presse|فرانس برس"),
        ("ICRC", "the Red Cross|اللجنة الدولية للصليب الأحمر"),
        ("MOH-GAZA", "Gaza health ministry|وزارة الصحة في غزة"),
        ("GOV-SY", "Syrian government|السلطات السورية"),
    ],
)
def test_every_name_means_its_actor(id_, spellings):
    assert dict.fromkeys(spellings.split("|"), id_) == {
        words: BUILT_IN.resolve(words) for words in spellings.split("|")
    }


@pytest.mark.parametrize("words", ["", "who", "local sources", "a resident", "the government"])
def test_words_that_name_no_body_mean_none(words):
    assert BUILT_IN.resolve(words) is None


def test_no_two_built_in_actors_share_a_name():
    owners = {}
    for words, id_ in BUILT_IN.names():
        owners.setdefault(fold(words), set()).add(id_)

    assert {} == {words: ids for words, ids in owners.items() if len(ids) > 1}


def test_every_built_in_actor_relies_on_known_ones_and_has_an_arabic_name():
    assert [] == [actor.id for actor in BUILT_IN for id_ in actor.relies_on if id_ not in BUILT_IN]
    assert [] == [actor.id for actor in BUILT_IN if fold(actor.label("ar")).isascii()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OHCHR", "UNHCR"),
        ("HRMMU", "UN"),
        ("SANA", "MOD-SY"),
        ("TASS", "GOV-RU"),
        ("anon:s-1", "anon:s-2"),
    ],
)
def test_those_of_one_body_and_all_without_a_name_are_one_voice(one, other):
    assert BUILT_IN.voice_of(one) == BUILT_IN.voice_of(other)


def test_others_are_voices_of_their_own():
    tellers = ["SOHR", "SNHR", "OHCHR", "Reuters", "AFP", "SY-NCI", "x:somebody", "anon:s-1"]

    assert len(tellers) == len({BUILT_IN.voice_of(teller) for teller in tellers})


@st.composite
def tables(draw):
    ids = [f"a{n}" for n in range(draw(st.integers(1, 7)))]
    links = st.sampled_from(["", "UN", "zz", *ids])
    return [
        {"id": id_, "name": f"Name {id_}", "inside": draw(links), "speaks_for": draw(links)}
        for id_ in ids
    ]


@settings(deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_voice(rows, rng: random.Random):
    one, _ = BUILT_IN.with_csv(rows)
    other, _ = BUILT_IN.with_csv(rng.sample(rows, len(rows)))

    assert list(one) == list(other)
    assert [one.voice_of(a.id) for a in one] == [other.voice_of(a.id) for a in other]


@settings(deadline=None)
@given(tables())
def test_whoever_relies_on_another_shares_its_voice(rows):
    actors, _ = BUILT_IN.with_csv(rows)

    assert all(
        actors.voice_of(actor.id) == actors.voice_of(other)
        for actor in actors
        for other in actor.relies_on
    )


def test_circles_and_unknown_bodies_are_named_and_set_aside():
    rows = "a,A,,b,,\nb,B,,,a,\nc,C,,zz,,\nd,D,,,,\nd,E,,,,\n,F,,,,\ng,,,,,\n"
    actors, issues = Actors.empty().with_csv(HEADER + rows)

    assert ["d"] == [actor.id for actor in actors]
    assert sorted(issue.code for issue in issues) == [
        "terms.circle",
        "terms.circle",
        "terms.id-missing",
        "terms.id-twice",
        "terms.name-missing",
        "terms.parent-unknown",
    ]


def test_a_case_names_come_before_the_built_in_ones():
    actors, _ = BUILT_IN.with_csv(HEADER + "LOCAL,Coast Observatory,monitor,,,the Observatory\n")

    assert "LOCAL" == actors.resolve("the Observatory")
    assert "SOHR" == actors.resolve("SOHR")


def test_labels_come_in_the_language_asked_for():
    assert "Syrian Observatory for Human Rights" == BUILT_IN.label("SOHR")
    assert "المرصد السوري لحقوق الإنسان" == BUILT_IN.label("SOHR", "ar")
    assert "coast doctors" == BUILT_IN.label("x:coast doctors")
