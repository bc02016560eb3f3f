"""Why a figure says what it says, and what would move it."""

from __future__ import annotations

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
