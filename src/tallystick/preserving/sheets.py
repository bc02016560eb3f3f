"""Dump workbooks: for each sheet its name and its rows, had by the child."""

from __future__ import annotations

from typing import Any

from tallystick.preserving.apart import Apart
from tallystick.preserving.dumped import Dumped
from tallystick.preserving.pages import trouble_of
from tallystick.preserving.tables import as_line

__all__ = ["dump_sheets"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def dump_sheets(data: bytes, where: str, apart: Apart) -> Dumped:
    """Return the sheets of an ``.xlsx`` file as lines of cells, each sheet under its name."""
    answer = apart.read("sheets", data)
    if answer.trouble:
        return Dumped(text=None, media_type=MEDIA_TYPE, issues=(trouble_of(answer, where),))
    # What the child answers is its own JSON: a list of {"name", "rows"}.
    sheets: Any = answer.told["sheets"]
    text = "\n".join(
        f"# {sheet['name']}\n" + "".join(as_line(row) + "\n" for row in sheet["rows"])
        for sheet in sheets
        if sheet["rows"]
    )
    return Dumped(text=text or None, tool=f"sheets-1 {answer.told['tool']}", media_type=MEDIA_TYPE)
