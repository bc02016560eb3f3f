"""Give the cells of a table, row by row as they stand in the file: what lists are linked from.

A text dump serves reading; linking needs the cells themselves, the number of each row, and which
cells were merged. A workbook is opened by the child alone.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.preserving.apart import Apart
from tallystick.preserving.dumped import trouble
from tallystick.preserving.encoding import decode, is_binary
from tallystick.preserving.pages import trouble_of
from tallystick.preserving.plain import binary, encoding_issues
from tallystick.records import Issue

__all__ = ["TABLES", "Grid", "grids_of", "is_table"]

_TEXTS = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".ods")
TABLES = _TEXTS + _WORKBOOKS
_PARTERS = ",;\t|"
_UNPACKED = 1 << 30
_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold the cells of one table.

    Args:
        name: The file, and the sheet if the file has several.
        rows: All rows from the first of the file on; a row may be shorter than others.
        merged: Merged ranges as (first row, first column, last row, last column), from 0.
    """

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[tuple[int, int, int, int]] = ()


def is_table(name: str) -> bool:
    """Say whether a file of this name may hold a table."""
    return name.lower().endswith(TABLES)


def grids_of(data: bytes, name: str, apart: Apart) -> tuple[list[Grid], list[Issue]]:
    """Return the tables of a file, and what is wrong with it; what can be read is returned.

    Args:
        data: Its bytes.
        name: Its name, which says the format.
        apart: Where workbooks are opened.
    """
    if name.lower().endswith(_WORKBOOKS):
        return _sheets(data, name, apart)
    if data.startswith(_MAGIC):
        unpacked = _unpacked(data)
        if unpacked is None:
            says = "The file is no whole archive, or is larger than 1 GiB unpacked."
            then = "pack it anew, or part it into smaller files."
            return [], [trouble("preserving.damaged", name, says, then)]
        data = unpacked
    if is_binary(data):
        return [], list(binary(name, "text/csv").issues)
    return _rows(data, name)


def _unpacked(data: bytes) -> bytes | None:
    packed = zlib.decompressobj(wbits=31)
    try:
        found = packed.decompress(data, _UNPACKED)
    except zlib.error:
        return None
    return found if packed.eof else None


def _rows(data: bytes, name: str) -> tuple[list[Grid], list[Issue]]:
    decoded = decode(data)
    issues = encoding_issues(decoded, name)
    rows: list[list[str]] = []
    lines = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_parter(decoded.text))
    try:
        rows.extend(lines)
    except csv.Error:
        says = f"Row {len(rows) + 1} is no row of a table; the rows above it were taken."
        then = "look for an open quotation mark, and correct it."
        issues.append(trouble("preserving.damaged", f"{name} row {len(rows) + 1}", says, then))
    return [Grid(name, rows)], issues


def _parter(text: str) -> str:
    """Return the sign that parts cells: of those in the first lines, the one a line has most of."""
    lines = text[:20_000].splitlines()[:12]
    return max(_PARTERS, key=lambda sign: max((line.count(sign) for line in lines), default=0))


def _sheets(data: bytes, name: str, apart: Apart) -> tuple[list[Grid], list[Issue]]:
    answer = apart.read("sheets", data)
    if answer.trouble:
        return [], [trouble_of(answer, name)]
    # What the child answers is its own JSON: a list of {"name", "rows", "first", "merged"}.
    told: Any = answer.told["sheets"]
    sheets = [sheet for sheet in told if sheet["rows"]]
    return [
        Grid(
            name if len(sheets) == 1 else f"{name} sheet {sheet['name']}",
            _from_the_first(sheet["rows"], *sheet["first"]),
            [(top, left, bottom, right) for top, left, bottom, right in sheet["merged"]],
        )
        for sheet in sheets
    ], []


def _from_the_first(rows: list[list[str]], above: int, beside: int) -> list[list[str]]:
    """Put back the empty rows and columns before the first cell, so that numbers are the file's."""
    return [[] for _ in range(above)] + [[""] * beside + row for row in rows]
