"""Docs say what the code does: every verb, every issue code; pages made from code are up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.cli.door import VERBS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_page(verb):
    page = (ROOT / "docs" / "look-up" / "commands.md").read_text("utf-8")

    assert f"## tallystick {verb}" in page


@pytest.mark.parametrize("tool", ["build_docs.py", "build_term_pages.py"])
def test_pages_made_from_code_and_data_are_up_to_date(tool):
    told = subprocess.run(
        [sys.executable, f"tools/{tool}", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == told.returncode, told.stdout + told.stderr
