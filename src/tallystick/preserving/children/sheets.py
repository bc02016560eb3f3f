"""Read the sheets of a workbook. Runs in the child alone.

A workbook is a zip of XML. Before the parser sees it, its size unpacked is counted against a
budget, and a document type declaration in any part refuses the whole.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["read_sheets"]

_MEMBERS = 10_000
_RATIO = 200
_UNPACKED = 2 << 30
_CELLS = 5_000_000
_CHUNK = 1 << 20


class _TooMuchError(Exception):
    """The workbook passes a budget."""


def read_sheets(data: bytes, _said: Mapping[str, str]) -> dict[str, object]:
    """Return each sheet's name, its rows of texts, where the first cell stands, and merged ranges.

    Rows and columns are counted from 0; a range is its first and its last cell.
    """
    try:
        trouble = _trouble_inside(data)
        if trouble:
            return {"trouble": trouble}
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        budget = _CELLS
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = list(_rows(sheet, budget))
            budget -= sum(len(row) for row in rows)
            merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
            first = sheet.start or (0, 0)
            sheets.append({"name": name, "rows": rows, "first": first, "merged": merged})
    except _TooMuchError:
        return {"trouble": "too-much"}
    return {"tool": f"calamine-{version('python-calamine')}", "sheets": sheets}


def _rows(sheet: CalamineSheet, budget: int) -> Iterator[list[str]]:
    if sheet.total_height * sheet.total_width > budget:
        raise _TooMuchError
    for row in sheet.to_python(skip_empty_area=True):
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _trouble_inside(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            members = pack.infolist()
            if len(members) > _MEMBERS:
                return "too-much"
            most = min(_UNPACKED, max(len(data), 1) * _RATIO)
            for member in members:
                unpacked, is_declared = _weigh(pack, member, most)
                most -= unpacked
                if most < 0:
                    return "too-much"
                if is_declared:
                    return "declared"
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return "damaged"
    return ""


def _weigh(pack: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> tuple[int, bool]:
    unpacked, tail, is_declared = 0, b"", False
    is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
    with pack.open(member) as file:
        while chunk := file.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > most:
                break
            # UTF-16 would hide the words from a search by bytes.
            seen = (tail + chunk).replace(b"\x00", b"")
            is_declared = is_declared or (is_xml and (b"<!DOCTYPE" in seen or b"<!ENTITY" in seen))
            tail = seen[-16:]
    return unpacked, is_declared
