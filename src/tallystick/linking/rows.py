"""Turn the rows of a list into entries, and whatever is odd about them into issues.

Takes rows as cells, wherever they came from; opening files is casework's. Each cell that is in
scope is used, named as left out, or raises an issue with its row and column; the rest of the
list is linked all the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import TypeVar

from tallystick.linking.cells import Unclear, date_of, day_first, number_of, sex_of, text_of
from tallystick.linking.copies import pasted
from tallystick.linking.headers import fields_of, known
from tallystick.records import Entry, Issue

__all__ = ["Sheet", "entries_of", "odd_entries"]

T = TypeVar("T")
_LOOK_FOR_HEADER = 12
_MOST_ISSUES = 50
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
)


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
    day_first: bool
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
    column = fields.get("died", -1)
    said = day_first(row[column] for row in rows[at + 1 :] if 0 <= column < len(row))
    reader = _Reader(sheet, fields, rows[at], said is not False, unused, issues)
    _tell_columns(reader, rows, at, unused, said)
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
                where=f"{sheet.name} rows {top + 1} to {bottom + 1} column {left + 1}",
                says="merged cells; each row was given the value of the first",
                then="check that the value is meant for all these rows",
            )
        )
    return issues


def _tell_columns(
    reader: _Reader, rows: list[list[object]], at: int, unused: list[int], said: bool | None
) -> None:
    names = [text_of(rows[at][column]) for column in unused]
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
    if said is None and "died" in reader.fields and _has_slashes(reader, rows[at + 1 :]):
        reader.tell(
            "date-order", at, reader.column("died"),
            "no date tells whether the day or the month comes first; the day was taken to",
            "if the month comes first, write the dates as year-month-day",
        )  # fmt: skip


def _has_slashes(reader: _Reader, rows: list[list[object]]) -> bool:
    return any("/" in reader.text(row, "died") for row in rows[:200])


def _body(reader: _Reader, rows: list[list[object]], at: int) -> Iterator[tuple[int, list[object]]]:
    for number, row in enumerate(rows[at + 1 :], at + 1):
        hits = sum(bool(known(cell)) for cell in row if cell)
        if hits >= 2 and known(reader.cell(row, "name") or reader.cell(row, "given")):
            reader.tell("second-header", number, "", "a header row among the rows; it was skipped",
                        "nothing, if it is a header")  # fmt: skip
            continue
        yield number, row


def _entry(reader: _Reader, number: int, row: list[object]) -> Entry:
    name = _name(reader, row)
    if _INVISIBLE & set(name):
        reader.tell(
            "invisible-characters",
            number,
            reader.column("name" if "name" in reader.fields else "given"),
            "the name holds invisible or direction characters; they were passed over",
            "nothing, unless the name looks wrong",
        )
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
    for at in reader.unused:
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
    held = {name: getattr(entry, name) for name in Entry.__slots__}
    return Entry(**(held | {"id": entry.where.replace(" row ", ":")}))


def odd_entries(entries: Sequence[Entry]) -> list[Issue]:
    """Find what only all lists together show: numbers of two people, rows pasted many times."""
    return _shared_numbers(entries) + _pasted(entries)


def _shared_numbers(entries: Sequence[Entry]) -> list[Issue]:
    by_number: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.number:
            by_number[entry.number].append(entry)
    issues = []
    for group in by_number.values():
        sexes = {entry.sex for entry in group if entry.sex}
        born = {entry.birth_year for entry in group if entry.birth_year}
        firsts = {
            entry.name.split()[0] for entry in group if entry.name.split() and entry.name[0] > "ء"
        }
        if len(sexes) > 1 or (born and max(born) - min(born) > 2) or len(firsts) > 1:
            issues.append(
                Issue(
                    code="linking.number-shared",
                    weight="warning",
                    where=" and ".join(entry.where or entry.id for entry in group[:4]),
                    says="one official number stands beside what seem to be two people",
                    then="compare the rows; the number alone does not join them",
                )
            )
    return issues[:_MOST_ISSUES]


def _pasted(entries: Sequence[Entry]) -> list[Issue]:
    groups = [[entries[at] for at in group] for group in pasted(entries)]
    return [
        Issue(
            code="linking.rows-pasted",
            weight="warning",
            where=f"{group[0].where or group[0].id} and {len(group) - 1} more",
            says=f"{len(group)} rows of one list are alike in every column",
            then="see whether the row was pasted; with a name, they count as one person",
        )
        for group in groups
    ]
