"""Open spreadsheets as sheets of cells, merged ranges with them."""

from __future__ import annotations

from pathlib import Path

from tallystick.errors import Unreadable
from tallystick.linking.rows import Sheet

__all__ = ["NotAWorkbook", "sheets_of"]


class NotAWorkbook(Unreadable):
    """A file with a spreadsheet's name is none."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path.name} cannot be read as a spreadsheet: {why[:90]}.",
            where=str(path),
            then="save it as .xlsx or as .csv (UTF-8).",
        )


def sheets_of(path: Path) -> list[Sheet]:
    """Give each sheet that has rows as a list of its own."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        return [
            Sheet(
                path.name if len(sheets) == 1 else f"{path.name} sheet {sheet.name}",
                sheet.to_python(skip_empty_area=False),
                [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()],
            )
            for sheet in sheets
            if sheet.height
        ]
    except CalamineError as trouble:
        raise NotAWorkbook(path, str(trouble)) from trouble
