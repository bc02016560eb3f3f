"""What cannot be is an issue on its own claim, with a next step; the rest is reckoned."""

from __future__ import annotations

import json

import pytest

from tallystick.casework.grounds import grounds_of
from tallystick.casework.reckon import claims_of_lines
from tallystick.reckoning import reckon
from tallystick.records import Query

GOOD = {"originator": "A", "kind": "killed", "lo": 40, "hi": 40, "where": "SY-LA", "id": "c1"}
BAD = [
    # counted until before it was counted after
    ({"counted": ["2030-02-01", "2030-01-01"]}, "reckoning.bad-line", "2030-02-01..2030-01-01"),
    ({"during": ["2030-02-01", "2030-01-01"]}, "reckoning.bad-line", "2030-02-01..2030-01-01"),
    ({"during": ["2030-02-30", None]}, "reckoning.bad-line", "2030-02-30"),
    # counted before it happened
    (
        {"during": ["2030-02-01", "2030-02-02"], "counted": [None, "2030-01-01"]},
        "reckoning.counted-before",
        "2030-01-01",
    ),
    # a term of another dimension
    ({"whom": {"status": "female"}}, "reckoning.unknown-term", "“female” is no known status"),
    ({"whom": {"sex": "civilian"}}, "reckoning.unknown-term", "“civilian” is no known sex"),
    ({"whom": {"age": "SY-LA"}}, "reckoning.unknown-term", "“SY-LA” is no known age"),
    # families against persons
    ({"unit": "families", "part_of": "c1"}, "reckoning.unit-mismatch", "counts families"),
    ({"unit": "households"}, "reckoning.bad-line", "households"),
    # a place that its own table loses: see the circle below
    ({"where": "QX-1"}, "reckoning.unknown-place", "“QX-1” is no known place"),
]


@pytest.mark.parametrize(("fields", "code", "says"), BAD)
def test_a_claim_that_cannot_be_is_named_and_the_rest_is_reckoned(tmp_path, fields, code, says):
    circle = "id,name,parent\nQX-1,One,QX-2\nQX-2,Two,QX-1\nQX-3,Three,SY-LA\n"
    (tmp_path / "places.csv").write_text(circle, "utf-8")
    bad = {**GOOD, "id": "c9", "lo": 4, "hi": 4, **fields}
    fine = {**GOOD, "id": "c2", "originator": "B", "lo": 7, "hi": 7, "where": "QX-3"}
    lines = "\n".join(json.dumps(claim) for claim in (GOOD, bad, fine))
    ground = grounds_of(tmp_path / "places.csv", None)
    claims, unread = claims_of_lines(lines.splitlines(), name="input")
    (figure,), _, aside = reckon(claims, [Query()], places=ground.places, actors=ground.actors)
    (issue,) = (*unread, *aside)

    assert (code, True) == (issue.code, says in issue.says)
    assert ("input line 2" if code == "reckoning.bad-line" else "c9") == issue.where
    assert issue.then
    assert {"A": 40, "B": 7} == {told.originator: told.lo for told in figure.claimed}
    assert ["terms.circle"] * 2 == [told.code for told in ground.issues if "circle" in told.code]


def test_a_circle_of_parts_takes_all_its_claims_out(book):
    """
    who | counted | what | where | during | id | part of | how many
    A | ..2030-01-09 | killed | SY | 2030-01-08 | c1 | ? | = 40
    A | ..2030-01-09 | killed | SY | 2030-01-08 | c2 | c3 | = 4
    A | ..2030-01-09 | killed | SY | 2030-01-08 | c3 | c2 | = 5
    """
    assert 40 == book.reckon(where="SY").documented.lo
    assert [("reckoning.part-of-circle", "c2"), ("reckoning.part-of-circle", "c3")] == [
        (issue.code, issue.where) for issue in book.issues
    ]
    assert all(issue.then for issue in book.issues)
