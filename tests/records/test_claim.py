from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given, settings
from tests.records.making import claims

from tallystick.records import BadClaim, Claim, Counted, Days, UnclearDate, Whom, canonical

PLAIN = {"originator": "sohr", "kind": "killed", "lo": 12, "hi": 12}


@settings(max_examples=50)
@given(claims())
def test_a_claim_comes_back_from_its_json(claim):
    assert claim == Claim.from_json(json.loads(json.dumps(claim.as_json())))


@settings(max_examples=50)
@given(claims())
def test_a_claim_has_canonical_bytes(claim):
    assert canonical(claim.as_json())


@settings(max_examples=50)
@given(claims(), claims())
def test_claims_share_an_id_only_if_they_say_the_same(one, other):
    def told(claim):
        return {**claim.as_json(), "id": "", "method": ""}

    assert (told(one) == told(other)) == (one.id == other.id)


@settings(max_examples=50)
@given(claims())
def test_the_method_is_no_part_of_the_id(claim):
    assert claim.id == replace(claim, id="", method="another reader").id


@settings(max_examples=50)
@given(claims())
def test_the_order_of_places_is_no_part_of_the_claim(claim):
    assert claim == replace(claim, where=claim.where[::-1] * 2, to=claim.to[::-1])


def test_a_claim_needs_four_things_alone():
    assert (12, 12, "persons", "exact") == (
        (claim := Claim.from_json(PLAIN)).lo,
        claim.hi,
        claim.unit,
        claim.hedge,
    )


def test_absent_and_null_are_unknown():
    assert Claim.from_json(PLAIN) == Claim.from_json(PLAIN | {"where": None, "by": None})


def test_one_place_may_stand_without_a_list():
    assert ("SY-LA",) == Claim.from_json(PLAIN | {"where": "SY-LA"}).where


def test_windows_may_be_words_or_pairs():
    told = PLAIN | {"during": "2025-03", "counted": [None, "2025-03-11"], "published": "2025-03-12"}
    claim = Claim.from_json(told)

    assert (Days.parse("2025-03-01/2025-03-31"), Counted.parse("..2025-03-11")) == (
        claim.during,
        claim.counted,
    )
    assert date(2025, 3, 12) == claim.published


@pytest.mark.parametrize(
    ("lo", "hi", "hedge"),
    [(3, 3, "exact"), (3, None, "at_least"), (0, 5, "at_most"), (3, 5, "range"), (0, 0, "exact")],
)
def test_a_hedge_that_is_not_said_follows_from_the_numbers(lo, hi, hedge):
    assert hedge == Claim(originator="a", kind="killed", lo=lo, hi=hi).hedge


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "arrested"},
        {"unit": "houses"},
        {"hedge": "maybe"},
        {"polarity": "unsure"},
        {"role": "main"},
        {"pins": "hi"},
        {"standard": "sure"},
        {"originator": ""},
        {"lo": -1},
        {"lo": 13},
        {"lo": True},
        {"lo": "12"},
        {"lo": 1.5},
        {"place": 3},
        {"where": [1]},
        {"where": 7},
        {"span": [1]},
        {"span": ["a", 2]},
        {"also": 3},
        {"whom": ["civilian"]},
        {"whom": {"status": 1}},
        {"colour": "red"},
    ],
)
def test_what_no_claim_can_say_is_refused(wrong):
    with pytest.raises(BadClaim) as caught:
        Claim.from_json(PLAIN | wrong)

    assert caught.value.then


@pytest.mark.parametrize("missing", ["originator", "kind", "lo"])
def test_a_claim_without_its_three_needs_is_refused(missing):
    told = {name: value for name, value in PLAIN.items() if name != missing}
    with pytest.raises(BadClaim, match=missing):
        Claim.from_json(told)


def test_a_window_that_cannot_be_read_is_refused():
    with pytest.raises(UnclearDate):
        Claim.from_json(PLAIN | {"during": "last week"})


@pytest.mark.parametrize(
    ("told", "pinned"),
    [
        ({}, "lo"),
        ({"where": ["SY-LA"]}, "lo"),
        ({"where": ["SY-LA"], "during": "2025-03"}, "both"),
        ({"where": ["SY-LA"], "during": "2025-03", "role": "new"}, "lo"),
        ({"where": ["SY-LA"], "counted": "..2025-03-11"}, "both"),
        ({"where": ["SY-LA"], "counted": "..2025-03-11", "role": "cumulative"}, "both"),
        ({"where": ["SY-LA"], "counted": "..2025-03-11", "role": "subset"}, "lo"),
        ({"during": "2025-03"}, "lo"),
        ({"pins": "both"}, "both"),
        ({"where": ["SY-LA"], "during": "2025-03", "pins": "lo"}, "lo"),
    ],
)
def test_which_ends_hold(told, pinned):
    assert pinned == Claim.from_json(PLAIN | told).pinned


def test_whom_is_a_frozen_mapping():
    whom = Whom({"sex": "female", "age": "adult"})

    assert {"age": "adult", "sex": "female"} == whom == Whom({"age": "adult", "sex": "female"})
    assert hash(whom) == hash(Whom({"age": "adult", "sex": "female"}))
    assert ("age=adult & sex=female", 2, "female") == (str(whom), len(whom), whom["sex"])
    assert "Whom({'age': 'adult', 'sex': 'female'})" == repr(whom)
    assert whom == pickle.loads(pickle.dumps(whom))
    assert "group" not in whom
    with pytest.raises(AttributeError):
        whom.sex = "male"


def test_a_claim_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Claim(**PLAIN).lo = 3
