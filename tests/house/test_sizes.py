"""Files and functions stay small enough to be read at one sitting."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "src" / "tallystick"
FILES = sorted(HOUSE.rglob("*.py"))
FILE_WALL, FUNCTION_WALL, ARGUMENT_WALL = 400, 50, 6
# A table of data, a parser or a sampler's inner loop may pass the wall with one comment that
# says why; the comment begins with these words.
PASS = "# Long because"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_file_fits_its_wall(path):
    text = path.read_text("utf-8")

    assert text.count("\n") <= FILE_WALL or PASS in text


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_function_fits_its_wall(path):
    text = path.read_text("utf-8")
    lines = text.splitlines()
    too_long = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef):
            continue
        doc = node.body[0] if ast.get_docstring(node, clean=False) is not None else None
        size = (node.end_lineno or 0) - node.lineno + 1
        size -= (doc.end_lineno or 0) - doc.lineno + 1 if doc else 0
        excused = any(PASS in line for line in lines[node.lineno - 3 : node.end_lineno])
        if size > FUNCTION_WALL and not excused:
            too_long.append(f"{node.name}: {size} lines")

    assert [] == too_long


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_no_room_is_a_lumber_room(path):
    lumber = {"utils", "helpers", "common", "core", "base", "misc", "manager", "service"}

    assert not lumber & {part.removesuffix(".py") for part in path.relative_to(HOUSE).parts}
