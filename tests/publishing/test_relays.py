from __future__ import annotations

from tallystick.publishing import Told
from tallystick.publishing.relays import lines_of
from tallystick.records import parse_claims

HEADER = "who | counted | what | whom | where | during | by | how many | published | edition | role"


def told(*lines):
    claims = parse_claims("\n".join([HEADER, *lines]))
    return [Told(claim=claim) for claim in claims]


def folded(*lines):
    return [
        (line.told.claim.via or line.told.claim.originator, [t.claim.via for t in line.again])
        for line in lines_of(told(*lines))
    ]


OWN = "HWHR | ..2031-03-11 | killed | civilian | QZ | ? | ? | = 412 | 2031-03-11 | ? | ?"


def test_three_outlets_that_relay_one_figure_are_one_line():
    assert [("HWHR", ["A", "B", "C"])] == folded(
        OWN,
        "HWHR < A | ..2031-03-12 | killed | civilian | ? | ? | ? | = 412 | 2031-03-12 | s-1 | ?",
        "HWHR < B | ..2031-03-13 | killed | civilian | QZ | ? | ? | = 412 | 2031-03-13 | s-2 | ?",
        "HWHR < C | ..2031-03-11 | killed | civilian | QZ | ? | ? | = 412 | 2031-03-14 | ? | ?",
    )


def test_the_order_of_claims_changes_no_line():
    lines = [
        OWN,
        "HWHR < A | ..2031-03-12 | killed | civilian | ? | ? | ? | = 412 | 2031-03-12 | s-1 | ?",
        "HWHR | ..2031-03-12 | killed | civilian | QZ | ? | ? | = 430 | 2031-03-12 | ? | ?",
    ]

    assert lines_of(told(*lines)) == lines_of(told(*reversed(lines)))


def test_another_number_another_day_or_other_people_are_another_line():
    assert 4 == len(
        folded(
            OWN,
            "HWHR | ..2031-03-12 | killed | civilian | QZ | ? | ? | = 412 | 2031-03-12 | ? | ?",
            "HWHR | ..2031-03-11 | killed | ? | QZ | ? | ? | = 412 | 2031-03-11 | ? | ?",
            "HWHR < A | ..2031-03-12 | killed | civilian | ? | ? | ? | = 400 | 2031-03-12 | s-1 | ?",
        )
    )


def test_a_relay_does_not_join_a_figure_that_came_after_it():
    assert 2 == len(
        folded(
            OWN,
            "HWHR < A | ..2031-03-10 | killed | civilian | ? | ? | ? | = 412 | 2031-03-10 | s-1 | ?",
        )
    )


def test_two_single_incidents_of_equal_number_stay_apart():
    line = "HWHR | ? | killed | ? | QZ | ? | ? | = 3 | 2031-03-1{} | ? | new"

    assert 2 == len(folded(line.format(1), line.format(2)))
