"""Turn the rows of a list into entries, and whatever is odd about them into issues.

Takes rows as cells, wherever they came from; opening files is casework's. Each cell that is in
scope is used, named as left out, or raises an issue with its row and column; the rest of the
list is linked all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from sys import intern
from typing import TypeVar

from tallystick.linking.cells import Unclear, date_of, date_orders, number_of, sex_of, text_of
from tallystick.linking.headers import fields_of, known
from tallystick.records import Entry, Issue
from tallystick.text import INVISIBLE

__all__ = ["Sheet", "entries_of"]

T = TypeVar("T")
_LOOK_FOR_HEADER = 12
_MOST_ISSUES = 50
_UNSEEN = re.compile(f"[{INVISIBLE}\\x00-\\x1f\\x7f-\\x9f\\u180e\\u2061-\\u2064\\ue000-\\uf8ff]")
# Letters of two of these in one word are a slip or a disguise: Latin, Arabic, Cyrillic, Greek.
_SCRIPTS = (
    r"A-Za-z\u00c0-\u024f",
    r"\u0620-\u064a\u0671-\u06d3",
    r"\u0400-\u04ff",
    r"\u0370-\u03ff",
)
_MIXED = re.compile("|".join(rf"[{one}]\S*[{other}]" for one, other in permutations(_SCRIPTS, 2)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold the cells of one list.

    Args:
        name: The file, and the sheet if it has several.
        rows: All rows, the header among them.
        merged: Merged ranges as (first row, first column, last row, last column), from 0.
    """

    name: str
    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[int, int, int, int]] = ()


@dataclass(slots=True)
class _Reader:
    """Collect entries and issues of one sheet; a kind of issue is told at most fifty times."""

    sheet: Sheet
    fields: dict[str, int]
    header: Sequence[object]
    orders: tuple[int, int]
    unused: Sequence[int]
    issues: list[Issue] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def tell(self, code: str, row: int, column: str, says: str, then: str) -> None:
        self.told[code] += 1
        if self.told[code] <= _MOST_ISSUES:
            where = f"{self.sheet.name} row {row + 1}" + (f" column {column}" if column else "")
            self.issues.append(
                Issue(code=f"linking.{code}", weight="warning", where=where, says=says, then=then)
            )

    @property
    def day_first(self) -> bool:
        """Say whether dates are read with the day before the month: as most that tell are."""
        return self.orders[0] >= self.orders[1]

    def cell(self, row: Sequence[object], name: str) -> object:
        at = self.fields.get(name, -1)
        return row[at] if 0 <= at < len(row) else None

    def text(self, row: Sequence[object], name: str) -> str:
        return text_of(self.cell(row, name))

    def column(self, name: str) -> str:
        return text_of(self.header[self.fields[name]])


def entries_of(
    sheet: Sheet, mapping: Mapping[str, str] | None = None
) -> tuple[list[Entry], list[Issue]]:
    """Read a list.

    Args:
        sheet: Its cells.
        mapping: Field → header as written, where the dictionary of headers does not do.
    """
    mapping = mapping or {}
    rows = [list(row) for row in sheet.rows]
    at, fields, unused = _header(rows, mapping)
    if "name" not in fields and "given" not in fields:
        return [], [_no_name(sheet, rows, at)]
    issues = _unmerged(sheet, rows, at)
    header = _whole_header(rows, at, fields, mapping)
    column = fields.get("died", -1)
    orders = date_orders(row[column] for row in rows[at + 1 :] if 0 <= column < len(row))
    reader = _Reader(sheet, fields, header, orders, unused, issues)
    _tell_columns(reader, rows, at)
    _tell_mapping(reader, at, mapping)
    entries = [
        _entry(reader, number, row)
        for number, row in _body(reader, rows, at)
        if any(map(text_of, row))
    ]
    _tell_rest(reader)
    return _with_ids(sheet, entries, reader)


def _header(
    rows: list[list[object]], mapping: Mapping[str, str]
) -> tuple[int, dict[str, int], list[int]]:
    """Take the row among the first that knows the most fields."""
    best: tuple[int, dict[str, int], list[int]] = (0, {}, [])
    for at, row in enumerate(rows[:_LOOK_FOR_HEADER]):
        fields, unused = fields_of(row, mapping)
        if len(fields) > len(best[1]):
            best = (at, fields, unused)
    return best


def _whole_header(
    rows: list[list[object]], at: int, fields: dict[str, int], mapping: Mapping[str, str]
) -> list[object]:
    """Return the header; a second one right above or below names what the first leaves open."""
    header = list(rows[at])
    for beside in (at - 1, at + 1):
        if not (0 <= beside < len(rows) and _is_header(rows[beside], fields)):
            continue
        others, _ = fields_of(rows[beside], mapping)
        for name, column in others.items():
            if name not in fields and column not in fields.values():
                fields[name] = column
        blank = [column for column, cell in enumerate(header) if not text_of(cell)]
        for column in blank:
            header[column] = rows[beside][column] if column < len(rows[beside]) else None
    return header


def _is_header(row: Sequence[object], fields: Mapping[str, int]) -> bool:
    """Say whether a row holds headers: a known one for the name, and one more."""
    named = [row[fields[name]] for name in ("name", "given")
             if fields.get(name, len(row)) < len(row)]  # fmt: skip
    hits = sum(bool(known(cell)) for cell in row if cell)
    return hits >= 2 and any(known(cell) for cell in named)


def _no_name(sheet: Sheet, rows: list[list[object]], at: int) -> Issue:
    seen = ", ".join(f"“{text_of(cell)[:24]}”" for cell in (rows[at] if rows else [])[:8])
    return Issue(
        code="linking.no-name-column",
        weight="fault",
        where=f"{sheet.name} row {at + 1}",
        says=f"no column is known to hold names; the columns are {seen or 'none'}",
        then='name the column in a mapping file: name = "its header"',
    )


def _unmerged(sheet: Sheet, rows: list[list[object]], header: int) -> list[Issue]:
    """Give each cell of a merged range the value of its first, and say so."""
    issues = []
    for top, left, bottom, right in sheet.merged:
        if bottom <= header or top >= len(rows):
            continue
        value = rows[top][left] if left < len(rows[top]) else None
        for row in rows[top : bottom + 1]:
            row.extend([None] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right + 1 - left)
        issues.append(
            Issue(
                code="linking.merged-cells",
                weight="warning",
                where=f"{sheet.name} rows {top + 1} to {bottom + 1} "
                f"column {_header_at(rows[header], left)}",
                says="merged cells; each row was given the value of the first",
                then="check that the value is meant for all these rows",
            )
        )
    return issues


def _header_at(header: Sequence[object], column: int) -> str:
    """Return what stands over a column, or its number from 1."""
    return (text_of(header[column]) if column < len(header) else "") or str(column + 1)


def _tell_mapping(reader: _Reader, at: int, mapping: Mapping[str, str]) -> None:
    for name, header in mapping.items():
        if name not in reader.fields:
            reader.tell(
                "mapped-header-missing", at, "",
                f"the mapping gives {name} the header “{header[:40]}”, which is not there",
                "nothing, if it is meant for another list",
            )  # fmt: skip


def _tell_columns(reader: _Reader, rows: list[list[object]], at: int) -> None:
    names = [text_of(reader.header[column]) for column in reader.unused
             if column not in reader.fields.values()]  # fmt: skip
    if any(names):
        reader.issues.append(
            Issue(
                code="linking.column-left-out",
                weight="note",
                where=f"{reader.sheet.name} row {at + 1}",
                says="columns not used for linking: "
                + ", ".join(name or "(blank)" for name in names),
                then="if one of them is a field, say so in a mapping file",
            )
        )
    if reader.orders == (0, 0) and "died" in reader.fields and _has_slashes(reader, rows[at + 1 :]):
        reader.tell(
            "date-order", at, reader.column("died"),
            "no date tells whether the day or the month comes first; the day was taken to",
            "if the month comes first, write the dates as year-month-day",
        )  # fmt: skip


def _tell_order(reader: _Reader, number: int, row: list[object]) -> None:
    """Tell a date that can only be read in the order that the column otherwise does not use."""
    if 0 in reader.orders:
        return
    order = date_orders([reader.cell(row, "died")])
    if order[reader.day_first]:
        reader.tell(
            "date-order-mixed", number, reader.column("died"),
            "day and month stand in the other order than in most rows; dates that leave it open "
            "were read as most are",
            "write the dates of this list as year-month-day",
        )  # fmt: skip


def _has_slashes(reader: _Reader, rows: list[list[object]]) -> bool:
    return any("/" in reader.text(row, "died") for row in rows[:200])


def _body(reader: _Reader, rows: list[list[object]], at: int) -> Iterator[tuple[int, list[object]]]:
    for number, row in enumerate(rows):
        if number == at or (number < at and not _is_header(row, reader.fields)):
            continue
        if _is_header(row, reader.fields):
            reader.tell("second-header", number, "", "a header row among the rows; it was skipped",
                        "nothing, if it is a header")  # fmt: skip
            continue
        beyond = [column for column in range(len(reader.header), len(row)) if text_of(row[column])]
        if beyond:
            reader.tell("row-too-long", number, str(beyond[0] + 1),
                        "the row has more cells than the header; the rest was passed over",
                        "see whether a cell was parted in two, as by a comma")  # fmt: skip
        yield number, row


def _tell_name(reader: _Reader, number: int, name: str) -> None:
    """Tell what a name holds that nobody sees, or that no name holds."""
    column = reader.column("name" if "name" in reader.fields else "given")
    if _UNSEEN.search(name):
        reader.tell(
            "invisible-characters", number, column,
            "the name holds invisible or direction characters; they were passed over",
            "nothing, unless the name looks wrong",
        )  # fmt: skip
    if not name.isascii() and _MIXED.search(name):
        reader.tell(
            "mixed-scripts", number, column,
            "one word of the name holds letters of two scripts that look alike",
            "write the word in one script",
        )  # fmt: skip


def _entry(reader: _Reader, number: int, row: list[object]) -> Entry:
    name = _name(reader, row)
    _tell_name(reader, number, name)
    _tell_order(reader, number, row)
    sex = _read(reader, number, row, "sex", sex_of)
    age = _read(reader, number, row, "age", lambda cell: number_of(cell, 0, 120))
    died = _read(
        reader, number, row, "died", lambda cell: date_of(cell, day_before_month=reader.day_first)
    )
    born = _read(reader, number, row, "birth_year", date_of)
    batch = reader.text(row, "batch")
    return Entry(
        id=reader.text(row, "record_id"),
        list=reader.text(row, "list") or reader.sheet.name,
        where=f"{reader.sheet.name} row {number + 1}",
        name=name,
        father=reader.text(row, "father"),
        mother=reader.text(row, "mother"),
        sex=sex or "",
        age=age,
        birth_year=int(born[:4]) if born else None,
        died=died or "",
        place=reader.text(row, "place"),
        region=reader.text(row, "region"),
        number=reader.text(row, "number"),
        batch=int(batch) if batch.isdigit() else 0,
        more=tuple(_more(reader, row)),
    )


def _more(reader: _Reader, row: list[object]) -> Iterator[tuple[str, str]]:
    """Give the cells that no field of an entry takes, or that it takes only in part."""
    if "given" in reader.fields:
        for name in ("given", "family"):
            if text := reader.text(row, name):
                yield name, text
    born = reader.text(row, "birth_year")
    if len(born) > 4:
        yield "birth", born
    for at in set(reader.unused).difference(reader.fields.values()):
        header = intern(text_of(reader.header[at]))
        text = text_of(row[at]) if at < len(row) else ""
        if header and text:
            yield header, text


def _name(reader: _Reader, row: list[object]) -> str:
    whole = reader.text(row, "name")
    if whole:
        family = reader.text(row, "family")
        return f"{whole} {family}" if family and "given" not in reader.fields else whole
    parts = [reader.text(row, "given"), reader.text(row, "family")]
    return " ".join(part for part in parts if part) or reader.text(row, "other_name")


_THEN = {
    "sex": "write male or female, ذكر or أنثى, or leave it empty",
    "age": "write whole years, or leave it empty",
    "died": "write year-month-day, or as much of it as is known",
    "birth_year": "write the year",
}


def _read(
    reader: _Reader, number: int, row: list[object], name: str, read: Callable[[object], T]
) -> T | None:
    """Read one cell; an unclear one is an issue and counts as not stated."""
    try:
        return read(reader.cell(row, name))
    except Unclear:
        shown = reader.text(row, name)[:24]
        reader.tell(f"{name.replace('_', '-')}-unclear", number, reader.column(name),
                    f"“{shown}” cannot be read; it counts as not stated", _THEN[name])  # fmt: skip
        return None


def _tell_rest(reader: _Reader) -> None:
    for code, times in reader.told.items():
        if times > _MOST_ISSUES:
            reader.issues.append(
                Issue(
                    code=f"linking.{code}",
                    weight="warning",
                    where=reader.sheet.name,
                    says=f"{times - _MOST_ISSUES} more rows of the same kind",
                    then="see the rows above",
                )
            )


def _with_ids(
    sheet: Sheet, entries: list[Entry], reader: _Reader
) -> tuple[list[Entry], list[Issue]]:
    """Keep record ids where all are there and unique in the list, else name file and row."""
    given = [entry.id for entry in entries]
    if all(given) and len(set(given)) == len(given):
        return entries, reader.issues
    if any(given):
        reader.issues.append(
            Issue(
                code="linking.id-not-unique",
                weight="warning",
                where=f"{sheet.name} column {reader.column('record_id')}",
                says="record ids are missing or repeated; file and row were used instead",
                then="give each row an id of its own",
            )
        )
    return [_renamed(entry) for entry in entries], reader.issues


def _renamed(entry: Entry) -> Entry:
    return replace(entry, id=entry.where.replace(" row ", ":"))
