"""Plain files and lines are read by one contract, also where they are bad."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from tallystick.casework.read import Asked, read_files, read_lines

NOTES = (
    '{"id": "a", "text": "Three farmers were killed in Homs.", "pub_date": "2025-03-12"}',
    "no json",
    "",
    '{"id": "b"}',
    '{"id": "c", "text": "Two aid workers and a driver were abducted.", "category": "aid workers"}',
    '{"id": "d", "text": "\\ud800"}',
)
FIELDS = {"id", "claims", "statements", "persons", "totals", "issues"}
KINDS = {"killed", "injured", "missing", "abducted", "detained", "displaced"}


def answers(jobs: int = 1) -> list[dict[str, object]]:
    return [json.loads(line) for line in read_lines(NOTES, Asked(), jobs=jobs)]


def test_every_line_that_is_not_empty_has_its_answer_in_order() -> None:
    told = answers()

    assert ["a", None, "b", "c", "d"] == [answer["id"] for answer in told]
    assert all(answer.keys() == FIELDS for answer in told)
    assert all(answer["totals"].keys() >= KINDS for answer in told)  # type: ignore[attr-defined]


def test_a_bad_line_says_why_and_the_others_are_read() -> None:
    told = answers()
    codes = [[issue["code"] for issue in answer["issues"]] for answer in told]  # type: ignore[attr-defined]

    assert ["reading.bad-line"] == codes[1] == codes[2] == codes[4]
    assert [3, 3] == told[0]["totals"]["killed"]  # type: ignore[index]


def test_more_processes_give_the_same_answers() -> None:
    assert answers() == answers(jobs=2)


def test_a_file_without_a_date_takes_the_one_that_was_given(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Three farmers were killed on Monday.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    asked = Asked(published=date(2025, 3, 12))
    bad, good = read_files([tmp_path], asked, retrieved="2025-03-12T00:00:00Z")

    assert not bad.is_done
    assert good.reading is not None
    assert "2025-03-10" == good.reading.claims[0].date
