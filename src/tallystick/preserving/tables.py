"""Dump tables as lines of cells with tabs between them, so that a span can point at a cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tallystick.preserving.dumped import Dumped, trouble
from tallystick.preserving.encoding import decode, is_binary
from tallystick.preserving.plain import binary, encoding_issues

__all__ = ["as_line", "dump_csv"]

TOOL = "csv-1"
_PARTERS = ",;\t|"
_CLEAN = str.maketrans("\t\r\n\v\f\u2028\u2029", "       ")


def as_line(cells: Iterable[str]) -> str:
    """Return one line of the dump: a tab or line break inside a cell becomes a space."""
    return "\t".join(cell.translate(_CLEAN) for cell in cells)


def dump_csv(data: bytes, where: str) -> Dumped:
    """Return the rows of a ``.csv`` file, the header first."""
    if is_binary(data):
        return binary(where, "text/csv")
    decoded = decode(data)
    issues = encoding_issues(decoded, where)
    rows = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_parter(decoded.text))
    lines: list[str] = []
    try:
        lines.extend(as_line(row) for row in rows)
    except csv.Error:
        says = f"Row {len(lines) + 1} is no row of a table; the file was kept, unread."
        then = "look for an open quotation mark, correct it, and preserve the corrected file too."
        return Dumped(
            text=None,
            media_type="text/csv",
            issues=(
                *issues,
                trouble("preserving.damaged", f"{where} row {len(lines) + 1}", says, then),
            ),
        )
    text = "".join(line + "\n" for line in lines)
    tool = f"{TOOL} {decoded.encoding}"
    return Dumped(text=text, tool=tool, media_type="text/csv", issues=tuple(issues))


def _parter(text: str) -> str:
    """Return which sign parts the cells of the header: the one that stands there most."""
    header = text.lstrip("\r\n").partition("\n")[0]
    counts = {sign: header.count(sign) for sign in _PARTERS}
    return max(_PARTERS, key=lambda sign: counts[sign])
