"""Incidents that a reviewer declares the same or apart change what one teller's figures add up to."""

from __future__ import annotations

import csv
import io

import pytest
from tests.ledger.samples import WHO

from tallystick.casework.case import Settings
from tallystick.casework.new import new
from tallystick.casework.preserve import preserve
from tallystick.casework.read_case import read_case
from tallystick.casework.reckon_case import ask_case
from tallystick.casework.review import decide, review_page
from tallystick.reckoning import Options
from tallystick.records import Query

TEXTS = {
    "one.txt": "SOHR said that 12 civilians were killed in a raid in Jableh on 8 March 2025.",
    "two.txt": "SOHR said that 5 civilians were killed in a raid in Jableh on 8 March 2025.",
}


@pytest.fixture
def case(tmp_path):
    paths = []
    for name, words in TEXTS.items():
        path = tmp_path / name
        path.write_text(words, "utf-8")
        path.with_name(f"{name}.toml").write_text(
            'outlet = "SOHR"\npublished = 2025-03-10\n', "utf-8"
        )
        paths.append(path)
    with new(tmp_path / "case", Settings(title="T"), **WHO) as made:
        list(preserve(made, paths, **WHO))
        list(read_case(made, **WHO))
        yield made


def reviewed(case, *labels):
    """Give each claim the label of its incident, as a reviewer's table would."""
    rows = list(csv.DictReader(io.StringIO(review_page(case))))
    assert 2 == len(rows)
    for row, label in zip(sorted(rows, key=lambda row: row["quote"]), labels, strict=True):
        row["verdict"], row["incident"] = "correct", label
    page = io.StringIO()
    writer = csv.DictWriter(page, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    decided = decide(case, page.getvalue(), reviewer="r", at=WHO["at"])
    assert () == decided.issues
    return case


def killed(case):
    return ask_case(case, Query(where=("SY",))).figures[0].documented.lo


def test_two_incidents_of_one_teller_are_the_larger_until_somebody_decides(case):
    assert 12 == killed(case)


def test_declared_apart_they_add_up_across_sources(case):
    assert 17 == killed(reviewed(case, "checkpoint", "raid"))


def test_declared_the_same_they_are_one_that_was_told_twice(case):
    assert 12 == killed(reviewed(case, "raid", "raid"))


def test_premises_that_are_asked_for_keep_the_decisions(case):
    reviewed(case, "checkpoint", "raid")
    done = ask_case(case, Query(where=("SY",)), options=Options(near_days=3, certificates=False))

    assert 17 == done.figures[0].documented.lo
