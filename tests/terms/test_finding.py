"""Places are found by what they are called, however it is spelt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.terms import Places

BUILT_IN = Places.builtin()
PLACES = st.sampled_from(list(BUILT_IN))


def first(words: str, places: Places = BUILT_IN) -> str | None:
    return next((place.id for place in places.find(words)), None)


@settings(deadline=None)
@given(PLACES)
def test_every_name_finds_its_place(place):
    assert place in BUILT_IN.find(place.name)


@settings(deadline=None)
@given(PLACES)
def test_every_name_finds_its_place_within_what_it_lies_in(place):
    outer = (place.id, *BUILT_IN.ancestors(place.id))[-1]
    found = BUILT_IN.find(place.name, within=outer)

    assert place in found
    assert all(BUILT_IN.contains(outer, other.id) for other in found)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_words_crash_or_find_anything_below_the_least_likeness(words):
    assert all(0.65 <= match.likeness <= 1.1 for match in BUILT_IN.matches(words))


@pytest.mark.parametrize(
    ("id_", "spellings"),
    [
        ("SY-TA", "Tartus|Tartous|Tartūs|طرطوس|TARTUS|Tartoos|محافظة طرطوس|Tartous province"),
        ("SY-LA", "al-Ladhiqiyah|Latakia|اللاذقية|Lattakia|Al-Lādhiqīyah|Lathakia|اللاذقيه"),
        ("SY-DY", "Deir Ezzor|Deir ez-Zor|Dayr az-Zawr|دير الزور|Deir al-Zour|Deir Azzour"),
        ("SY-HI", "Homs|Hims|حمص|Ḥimṣ|Homs Governorate"),
        ("SY-HM", "Hama|Hamah|حماة|حماه|Hama countryside|ريف حماة"),
        ("SY0602", "Jableh|Jablah|جبلة|Jabla|Jebleh"),
        ("SY0604", "Qardaha|Al-Qardaha|القرداحة|Kardaha"),
        ("SY0603", "Haffa|Al-Haffah|الحفة|Haffeh"),
        ("SY-RD", "Rif Dimashq|Rural Damascus|ريف دمشق|Damascus countryside"),
        ("SY-LA-mukhtariya", "Al-Mukhtariya|المختارية|Mukhtariyeh"),
        ("SY-LA-sanobar", "Sanobar|الصنوبر|Snobar"),
        ("LB-AK", "Akkar|عكار"),
        ("PS-GAZA", "Gaza|غزة|the Gaza Strip|قطاع غزة"),
        ("SY", "Syria|سوريا|سورية|Syrian Arab Republic"),
        ("LB", "Lebanon|لبنان"),
        ("UA-63", "Kharkiv|Saltivka, Kharkiv"),
    ],
)
def test_every_spelling_finds_the_place_first(id_, spellings):
    assert dict.fromkeys(spellings.split("|"), id_) == {
        words: first(words) for words in spellings.split("|")
    }


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("Tartus city", "SY1000"),
        ("Latakia district", "SY0600"),
        ("Maarrat al-Nu'man subdistrict", "SY070200"),
        ("the town of Jableh in Latakia province", "SY0602"),
        ("Rawda, Tartus", "SY100201"),
        ("the village of Sanobar near Jableh", "SY-LA-sanobar"),
    ],
)
def test_words_beside_the_name_say_which_place_is_meant(words, id_):
    assert id_ == first(words)


@pytest.mark.parametrize(
    "words", ["", "  ", "the village", "Nowherestan", "Reuters", "Friday", "?"]
)
def test_words_that_name_no_place_find_none(words):
    assert () == BUILT_IN.find(words)


def test_exact_comes_before_folded_before_transliterated():
    ways = [BUILT_IN.matches(words)[0].how for words in ("Latakia", "LATAKIA", "Lathakia")]

    assert ["exact", "folded", "transliterated"] == ways


def test_a_name_that_several_places_share_means_the_widest_first():
    assert ["SY-LA", "SY0600"] == [place.id for place in BUILT_IN.find("Latakia")]


def test_a_case_place_comes_before_a_built_in_one_of_the_same_name():
    places, _ = BUILT_IN.with_csv("id,name,parent\nv,Jableh,SY-TA\n")

    assert ["v", "SY0602"] == [place.id for place in places.find("Jableh")]


def test_a_case_place_in_arabic_is_found_by_its_english_spelling():
    places, _ = BUILT_IN.with_csv("id,name,parent\nv,قرية الزوبة,SY1002\nw,بيت عانا,SY0602\n")

    assert ["v", "w"] == [first("Zoubeh", places), first("the village of Beit Ana", places)]


def test_names_for_scanning_leave_bare_directions_out():
    names = set(BUILT_IN.names())

    assert ("Latakia", "SY-LA") in names
    assert not {"North", "Central", "Reading"} & {words for words, _ in names}
    assert "LB-AS" in [place.id for place in BUILT_IN.find("North", within="LB")]
