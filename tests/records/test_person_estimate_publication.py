from __future__ import annotations

import json

import pytest

from tallystick.records import (
    Entry,
    Estimate,
    Finding,
    Household,
    LinkVerdict,
    Person,
    Publication,
    PublishedFile,
    Refusal,
)

VERDICT = {
    "left": "e-1",
    "right": "e-2",
    "says": "same",
    "reason": "same father and place",
    "author": "u-1",
    "at": "2025-03-18T09:30:00Z",
}
NOTE = Finding(check="few-lists", weight="note", says="3 lists.", values={"lists": 3})
WARNING = Finding(check="overlap", weight="warning", says="Little overlap.")


def test_a_person_tells_entries_and_probabilities():
    person = Person(id="p-1", entries=("e-1", "e-2"), p_match=(0.9, 1.0), merged=("p-0",))

    assert ("person", ["e-1", "e-2"], [0.9, 1.0], ["p-0"]) == tuple(
        person.as_json()[name] for name in ("type", "entries", "p_match", "merged")
    )


@pytest.mark.parametrize(("entries", "p_match"), [((), ()), (("e-1",), ()), (("e-1",), (1.0, 1.0))])
def test_a_person_without_entries_or_probabilities_is_refused(entries, p_match):
    with pytest.raises(ValueError, match="entries"):
        Person(id="p-1", entries=entries, p_match=p_match)


def test_a_second_reader_is_somebody_else():
    with pytest.raises(ValueError, match="second reader"):
        LinkVerdict(**(VERDICT | {"second_reader": VERDICT["author"]}))


def test_a_household_has_two_persons_at_least():
    household = Household(id="h-1", persons=("p-1", "p-2"), says="same day, same house")

    assert ["p-1", "p-2"] == household.as_json()["persons"]
    with pytest.raises(ValueError, match="two persons"):
        Household(id="h-1", persons=("p-1",), says="alone")


def test_a_verdict_tells_all_it_was_given():
    verdict = LinkVerdict(**VERDICT)
    told = verdict.as_json()

    assert VERDICT | {"type": "link_verdict", "id": verdict.id, "second_reader": ""} == told
    assert verdict == LinkVerdict.from_json(told)


def test_verdicts_on_the_same_entries_share_their_id():
    again = LinkVerdict(**(VERDICT | {"says": "different", "author": "r9"}))

    assert LinkVerdict(**VERDICT).id == again.id
    assert again.id != LinkVerdict(**(VERDICT | {"right": "e-9"})).id


def test_entries_and_persons_come_back_from_json():
    entry = Entry(id="e-1", list="a", where="a.csv row 2", name="Samer Barduq", age=31)
    person = Person(
        id="p-1", entries=("e-1",), p_match=(0.75,), merged=("p-0",), undecided=("p-2",)
    )

    assert entry == Entry.from_json(entry.as_json())
    assert person == Person.from_json(person.as_json())


@pytest.mark.parametrize(
    "wrong",
    [
        {"left": "e-2"},
        {"left": "e-3"},
        {"reason": ""},
        {"author": ""},
        {"at": ""},
        {"says": "perhaps"},
    ],
)
def test_a_verdict_that_says_too_little_is_refused(wrong):
    with pytest.raises(ValueError, match="verdict"):
        LinkVerdict(**(VERDICT | wrong))


def estimate(**told):
    plain = {"stratum": (("sex", "male"),), "method": "lcmcr-1", "n_observed": 10}
    return Estimate(**(plain | told))


def test_an_estimate_tells_its_limits_and_findings():
    made = estimate(lo=11, median=15, hi=30, findings=(NOTE, WARNING), seed=7)
    told = made.as_json()

    assert ({"sex": "male"}, 11, 15, 30, None) == tuple(
        told[name] for name in ("stratum", "lo", "median", "hi", "refused")
    )
    assert [NOTE.as_json(), WARNING.as_json()] == told["diagnostics"]
    assert (WARNING,) == made.warnings
    assert made == Estimate.from_json(json.loads(json.dumps(told)))


def test_a_refusal_has_a_reason_and_no_figure():
    refusal = Refusal(check="few-lists", says="2 lists.", then="add a list.")

    refused = estimate(refused=refusal)

    assert refusal.as_json() == refused.as_json()["refused"]
    assert refused == Estimate.from_json(refused.as_json())
    with pytest.raises(ValueError, match="no figure"):
        estimate(refused=refusal, lo=11, median=12, hi=13)


@pytest.mark.parametrize(
    "figures",
    [
        {},
        {"lo": 11},
        {"lo": 11, "hi": 12},
        {"lo": 9, "median": 12, "hi": 13},
        {"lo": 12, "median": 11, "hi": 13},
        {"lo": 11, "median": 14, "hi": 13},
    ],
)
def test_an_estimate_below_the_documented_or_out_of_order_is_refused(figures):
    with pytest.raises(ValueError, match=r"median"):
        estimate(**figures)


def test_a_publication_tells_its_files():
    file = PublishedFile(path="index.html", sha256="ab" * 32, size=3)
    told = Publication(profile="public", version="0.1.0", manifest="cd" * 32, files=(file,))

    assert [{"path": "index.html", "sha256": "ab" * 32, "size": 3}] == told.as_json()["files"]
    assert ("publication", "public") == (told.as_json()["type"], told.as_json()["profile"])
