"""Decisions of people find their claims again, and nothing confirmed is lost."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from tallystick.casework.review_table import HEADER, Known, Table, reviews_of, table_of
from tallystick.records import Claim, Source, Whom

TEXT = "The council of Varda said 12 people were killed. Later it said 5 were hurt in Lomm."
SOURCE = Source(id="s-000000000001", media_type="text/plain", sha256="0" * 64, size=1, name="a.txt")
KILLED = Claim(
    source=SOURCE.id,
    span=(26, 47),
    quote=TEXT[26:47],
    kind="killed",
    lo=12,
    hi=12,
    originator="council",
)
HURT = Claim(
    source=SOURCE.id,
    span=(62, 73),
    quote=TEXT[62:73],
    kind="injured",
    lo=5,
    hi=5,
    originator="council",
    where=("XX-L",),
    whom=Whom({"status": "civilian"}),
)


def known(claim):
    return Known(claim.id, claim, claim)


TABLE = Table(claims=(known(KILLED), known(HURT)), sources=(SOURCE,), texts={SOURCE.id: TEXT})


def rows_of(table=TABLE, verdicts=None):
    return list(csv.DictReader(io.StringIO(table_of(table, verdicts or {}))))


def page_of(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def decide(*rows, table=TABLE):
    return reviews_of(page_of(*rows), table, reviewer="u1", at="2031-01-01T00:00:00Z")


def test_a_table_without_a_verdict_decides_nothing():
    assert ((), ()) == decide(*rows_of())


def test_a_verdict_of_accept_accepts():
    killed, hurt = rows_of()
    reviews, issues = decide(killed | {"verdict": "accept"}, hurt)

    assert [(KILLED.id, "accept", {})] == [(r.claim, r.verdict, dict(r.fields)) for r in reviews]
    assert () == issues


def test_a_changed_cell_is_a_correction_of_that_field_alone():
    killed, _ = rows_of()
    reviews, _ = decide(killed | {"how many": ">= 12", "verdict": "correct"})

    assert [("correct", {"hi": None, "hedge": "at_least"})] == [
        (r.verdict, dict(r.fields)) for r in reviews
    ]


def test_a_dash_empties_a_field():
    _, hurt = rows_of()
    reviews, _ = decide(hurt | {"where": "-"})

    assert [{"where": []}] == [dict(r.fields) for r in reviews]


def test_a_rejection_needs_a_reason():
    killed, _ = rows_of()
    reviews, issues = decide(killed | {"verdict": "reject"})

    assert () == reviews
    assert ["casework.review-row"] == [issue.code for issue in issues]


def test_a_row_is_found_again_by_its_words_when_a_newer_reader_made_another_id():
    killed, _ = rows_of()
    newer = replace(KILLED, id="", method="reader-9", place="Varda")
    table = replace(TABLE, claims=(known(newer), known(HURT)))
    reviews, _ = decide(killed | {"verdict": "accept", "place": ""}, table=table)

    assert [(newer.id, "accept")] == [(r.claim, r.verdict) for r in reviews]


def test_a_confirmed_claim_that_is_no_longer_read_is_kept_as_added():
    killed, _ = rows_of()
    reviews, issues = decide(
        killed | {"verdict": "accept"}, table=replace(TABLE, claims=(known(HURT),))
    )
    added = Claim.from_json(reviews[0].fields)

    assert () == issues
    assert "add" == reviews[0].verdict
    assert (12, 12, (26, 47), TEXT[26:47]) == (added.lo, added.hi, added.span, added.quote)


def test_a_table_shows_what_holds_and_imports_to_the_same_correction():
    corrected = replace(HURT, where=(), lo=6, hi=6)
    table = replace(TABLE, claims=(known(KILLED), Known(HURT.id, HURT, corrected)))
    _, hurt = rows_of(table, {HURT.id: "correct"})
    reviews, _ = decide(hurt, table=table)

    assert ("-", "= 6") == (hurt["where"], hurt["how many"])
    assert [{"where": [], "lo": 6, "hi": 6}] == [dict(r.fields) for r in reviews]


def test_an_added_claim_keeps_its_id_when_it_is_changed():
    added = Known(KILLED.id, None, KILLED)
    table = replace(TABLE, claims=(added,))
    (row,) = rows_of(table, {KILLED.id: "add"})
    reviews, _ = decide(row | {"how many": "= 13"}, table=table)

    assert [(KILLED.id, "add", 13)] == [(r.claim, r.verdict, r.fields["lo"]) for r in reviews]


def test_part_of_may_name_a_row_of_the_same_table():
    killed, hurt = rows_of()
    reviews, _ = decide(
        killed | {"verdict": "accept", "ref": "all"}, hurt | {"part_of": "all", "role": "subset"}
    )

    assert {"part_of": KILLED.id, "role": "subset"} == dict(reviews[1].fields)


@pytest.mark.parametrize(
    "wrong",
    [{"how many": "some"}, {"kind": "lost", "verdict": "add"}, {"file": "b.txt", "claim": "c-x"}],
)
def test_a_row_that_says_nothing_sensible_is_an_issue_and_the_rest_stands(wrong):
    killed, hurt = rows_of()
    reviews, issues = decide(killed | {"verdict": "accept"} | wrong, hurt | {"verdict": "accept"})

    assert [HURT.id] == [r.claim for r in reviews]
    assert ["row 2"] == [issue.where for issue in issues]
