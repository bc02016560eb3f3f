"""Why a figure says what it says, and what would move it."""

from __future__ import annotations

import json

import pytest
from tests.conftest import query

from tallystick.reckoning import explain, what_if


def why(book, **asked):
    reason, _ = explain(book.claims, query(**asked), places=book.places, actors=book.actors)
    return reason


def test_two_shares_add_up_and_name_their_claims(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c1 | = 40
    B | ..2030-01-09 | killed | SY | 2030-01-08 | c2 | = 70
    B | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c3 | = 20
    C | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c4 | = 5
    """
    reason = why(book, where="SY")

    assert reason.lo == 90
    assert [(share.originator, share.people) for share in reason.shares] == [
        ("A", "40"),
        ("B", "50"),
    ]
    assert [(b.claim, b.holds, b.falls_to) for b in reason.shares[1].claims] == [
        ("c2", "at least", 40), ("c3", "at most", 70)
    ]  # fmt: skip
    assert [("A", 70), ("B", 40), ("C", 90)] == [
        (each.without, each.documented) for each in reason.without
    ]
    assert [aside.claim for aside in reason.aside] == ["c4"]


def test_what_would_raise_it_has_been_tried(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c1 | = 40
    """
    reason = why(book, where="SY")

    assert reason.raised_by[0] == "a further teller counting 41 in SY: 41"
    assert "At least 40 people were killed in Syria. A alone proves 40." == reason.says


def test_claims_set_aside_have_their_reason(book):
    """
    who | counted | what | where | during | id | published | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c1 | 2030-01-09 | = 40
    A | ..2030-01-10 | killed | SY-LA | 2030-01-08 | c2 | 2030-01-10 | = 30
    B | ..2030-01-09 | not killed | SY-LA | 2030-01-08 | c3 | 2030-01-09 | >= 1
    B | ..2030-02-09 | killed | SY-LA | 2030-01-08 | c4 | 2030-02-09 | = 90
    """
    reasons = {
        aside.claim: aside.reason for aside in why(book, where="SY", as_of="2030-01-31").aside
    }

    assert "replaced" in reasons["c1"]
    assert "denial" in reasons["c3"]
    assert "not known by the day" in reasons["c4"]


def test_a_teller_first_heard_of_late_is_left_out_in_the_table(book):
    """
    who | counted | what | where | during | published | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | 2030-01-09 | = 40
    B | ..2030-02-09 | killed | SY-LA | 2030-01-08 | 2030-02-09 | = 90
    """
    *_, late = why(book, where="SY").without

    assert ("first heard of in the last 7 days", 40) == (late.without, late.documented)
    assert ["A", "B"] == [
        each.without for each in why(book, where="SY", as_of="2030-03-01").without
    ]


def test_what_if_leaves_out_and_adds_without_touching_the_claims(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c1 | = 40
    B | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c2 | = 60
    """
    before = book.claims
    book.claims = what_if(before, leave_out=["c2"], add=[before[0]])

    assert book.reckon(where="SY").documented.lo == 40
    assert len(before) == 2


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"where": "SY-LA"}, "At least 5 people were killed in Latakia."),
        ({"where": "SY-LA + SY-TA"}, "At least 5 people were killed in Latakia and Tartus."),
        (
            {"whom": "civilian & sex!=female", "during": "2030-01-08"},
            "At least 0 people counted as civilian and not counted as female were killed on",
        ),
        ({"whom": "civilian"}, "At least 5 people counted as civilian were killed."),
        ({"whom": "group=g1"}, "At least 0 people counted as g1 were killed."),
        ({"whom": "affiliation=a1"}, "At least 0 people counted as a1 were killed."),
        ({"during": "2030-01-08"}, "At least 5 people were killed on 2030-01-08."),
        ({"during": "2030-01"}, "At least 5 people were killed from 2030-01-01 to 2030-01-31."),
        ({"whom": "colour=red"}, "At least 0 people counted as red were killed."),
        ({"by": "gov"}, "At least 5 people were killed by gov, as alleged."),
        ({"by": "gov + SOHR"}, "were killed by Syrian Observatory for Human Rights or gov, as"),
        ({"tellers": "A"}, "At least 5 people were killed, as A count."),
        ({"kind": "injured"}, "At least 0 people were injured (cases)."),
        (
            {"kind": "displaced", "unit": "families", "to": "LB"},
            "At least 0 families were displaced at one time to Lebanon.",
        ),
    ],
)
def test_a_figure_is_said_as_a_sentence(book, asked, says):
    """
    who | counted | what | whom | where | during | by | how many
    A | ..2030-01-09 | killed | civilian | SY-LA | 2030-01-08 | gov | = 5
    """
    reason = why(book, **asked)

    assert says in reason.says
    assert reason.as_json()["says"] == reason.says


def test_a_reason_is_plain_json_for_a_report(book):
    """
    who | counted | what | where | during | id | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c1 | = 40
    B | ..2030-01-09 | killed | SY-LA | 2030-01-08 | c2 | = 4
    B | ..2030-01-09 | killed | SY-TA | 2030-01-08 | c3 | = 1
    """
    told = json.loads(json.dumps(why(book, where="SY-LA").as_json()))

    assert ("why", 40, "c1", 4) == (
        told["type"], told["lo"], told["shares"][0]["claims"][0]["claim"],
        told["shares"][0]["claims"][0]["falls_to"],
    )  # fmt: skip
    assert [("A", 4), ("B", 40)] == [(w["without"], w["documented"]) for w in told["without"]]
    assert {
        "c2": "others in the same units and days count as many or more",
        "c3": "it speaks of other places, days or people",
    } == {aside["claim"]: aside["reason"] for aside in told["aside"]}


def test_where_nobody_counts_anybody_that_is_said(book):
    """
    who | counted | what | where | during | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | = 40
    """
    reason = why(book, where="SY-TA")

    assert reason.says.endswith("Nobody who is admitted counts anybody here.")
    assert [("A", 0)] == [(each.without, each.documented) for each in reason.without]
    assert ["it speaks of other places, days or people"] == [a.reason for a in reason.aside]
    early = why(book, where="SY-LA", during="2029-12")
    assert ["it speaks of other places, days or people"] == [a.reason for a in early.aside]
    whole = why(book, whom="fighter").aside
    assert ["it forces nobody whom the question asks for"] == [aside.reason for aside in whole]


def test_only_a_tellers_own_series_that_agrees_has_a_range(book):
    """
    who | counted | what | where | during | edition | id | how many
    A | ..2030-01-09 | killed | SY-LA | 2030-01-08 | ? | c1 | = 40
    A | ..2030-01-10 | killed | SY-LA | 2030-01-08 | ? | c2 | = 50
    A < P | ..2030-01-10 | killed | SY-LA | 2030-01-08 | p | c3 | = 45
    B | ..2030-01-09 | killed | SY-LA | 2030-01-08 | ? | c4 | = 4
    B | ..2030-01-09 | killed | SY-LA | 2030-01-08 | ? | c5 | = 6
    """
    (own,) = why(book, where="SY-LA", during="2030-01-08").ranges

    assert ("A", 50, 50, "50", "50") == (own.originator, own.lo, own.hi, own.at_least, own.at_most)
