"""`tallystick read --explain` tells a person and a program why a text was read so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tallystick.cli.read import read

TEXT = "At least 12 villagers were killed by gunmen in Homs. Police denied that 14 houses burned.\n"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_person_is_told_rule_slots_and_totals(note: Path) -> None:
    told = CliRunner().invoke(read, [str(note), "--explain"]).output

    assert "kind    killed  “were killed”" in told
    assert "number  12 or more persons (at_least)  “At least 12 villagers”" in told
    assert "total: killed: 12.. (passive)" in told


def test_a_program_is_told_the_same(note: Path) -> None:
    told = json.loads(CliRunner().invoke(read, [str(note), "--explain", "--json"]).output)
    (why,) = told["read"][0]["explained"]["claims"]

    assert told["read"][0]["claims"][0]["id"] == why["claim"]
    assert {"kind", "number", "whom", "place", "teller", "actor", "role"} == {
        slot["name"] for slot in why["slots"]
    }


def test_nothing_is_explained_unasked(note: Path) -> None:
    told = json.loads(CliRunner().invoke(read, [str(note), "--json"]).output)

    assert "explained" not in told["read"][0]
