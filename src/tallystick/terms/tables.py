"""Read the small tables of a case (``places.csv``, ``actors.csv``) row by row.

What is wrong with a row becomes an ``Issue`` on that row, and the row is set aside; the others
are kept. Nothing here knows what the columns mean: ``places.py`` and ``actors.py`` do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tallystick.records import Issue
from tallystick.terms.forest import in_circles

__all__ = ["Row", "Rows", "cells_of", "fault", "rows_of", "sound_rows"]

# Marks of the one-line notation; an id that holds one of them could not be printed and read back.
NOT_IN_IDS = ("|", "+", ">", "\n")
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row of a table: where it stands, and its cells by column."""

    where: str
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def parts(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that are separated by ``|``, each once, in order."""
        cut = (part.strip() for part in self.cell(column).split("|"))
        return tuple(dict.fromkeys(part for part in cut if part))


@dataclass(frozen=True, slots=True)
class Rows:
    """Hold the rows that can be used and the issues of the others."""

    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]


def cells_of(text: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV text; comma, semicolon or tab, whichever its header holds most."""
    text = text.removeprefix("\ufeff")
    header = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines = (line for line in reader if any(cell.strip() for cell in line))
    columns = [cell.strip().lower() for cell in next(lines, [])]
    for line in lines:
        yield dict(zip(columns, line, strict=False))


def rows_of(table: str | Iterable[Mapping[str, str]], *, name: str, columns: Sequence[str]) -> Rows:
    """Return the rows that have an id of their own, and an issue for each that has not.

    Args:
        table: The text of a CSV file, or its rows by column.
        name: The file's name as a person knows it; issues say it.
        columns: The columns that are understood; ``id`` is the first.
    """
    given = list(cells_of(table) if isinstance(table, str) else table)
    issues = _columns_left_out(given, name=name, columns=columns)
    kept: dict[str, Row] = {}
    for number, cells in enumerate(given, start=2):
        row = Row(f"{name} row {number}", {k: v or "" for k, v in cells.items()})
        trouble = _trouble_with_id(row, kept)
        if trouble:
            issues.append(trouble)
        else:
            kept[row.cell("id")] = row
    return Rows(tuple(kept.values()), tuple(issues))


def _columns_left_out(
    given: Sequence[Mapping[str, str]], *, name: str, columns: Sequence[str]
) -> list[Issue]:
    found = dict.fromkeys(column for cells in given for column in cells)
    return [
        Issue(
            code="terms.column-not-used",
            weight="note",
            where=f"{name} column {column or '(without a name)'}",
            says="This column is not used.",
            then=f"Columns that are used: {', '.join(columns)}.",
        )
        for column in found
        if column not in columns
    ]


def _trouble_with_id(row: Row, kept: Mapping[str, Row]) -> Issue | None:
    id_ = row.cell("id")
    if not id_:
        return fault(row, "terms.id-missing", "The row has no id.", "Give it an id of its own.")
    if any(mark in id_ for mark in NOT_IN_IDS) or id_ == "?":
        return fault(
            row,
            "terms.id-not-usable",
            f"The id “{id_}” holds a mark that the notation needs.",
            "Use letters, digits and hyphens.",
        )
    if id_ in kept:
        return fault(
            row,
            "terms.id-twice",
            f"The id “{id_}” stands already in {kept[id_].where}.",
            "Keep one of the two rows, or give this one an id of its own.",
        )
    return None


def fault(row: Row, code: str, says: str, then: str) -> Issue:
    """Return the issue that sets a row aside."""
    return Issue(code=code, weight="fault", where=row.where, says=says, then=then)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=_HasId)


def sound_rows(
    made: Mapping[str, tuple[Row, Thing]],
    base: Mapping[str, Thing],
    leads_to: Callable[[Thing], tuple[str, ...]],
) -> tuple[dict[str, Thing], list[Issue]]:
    """Put rows over what was known, without any that lead nowhere or in a circle.

    A row that is set aside may have carried others: those lead nowhere then, and follow it. Where
    a row is set aside and its id was known before, what was known stands. The rows set aside do
    not depend on the order of the rows.

    Args:
        made: By id, each row and what was made of it.
        base: By id, what was known before; already sound.
        leads_to: The ids that a thing refers to (its parent; the bodies that it belongs to).

    Returns:
        Everything that stands, by id, and the issues of the rows set aside.
    """
    left = dict(made)
    issues: list[Issue] = []
    while True:
        whole = {**base, **{id_: thing for id_, (_, thing) in left.items()}}
        edges = _edges_from(left, whole, leads_to)
        lost = {id_: [to for to in edges[id_] if to not in whole] for id_ in left}
        bad = {id_ for id_ in left if lost[id_]} | in_circles(edges).intersection(left)
        if not bad:
            return whole, issues
        issues += [_not_sound(left[id_][0], lost[id_]) for id_ in left if id_ in bad]
        left = {id_: pair for id_, pair in left.items() if id_ not in bad}


def _edges_from(
    left: Iterable[str],
    whole: Mapping[str, Thing],
    leads_to: Callable[[Thing], tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    """Return where the rows lead, and where that leads; a circle always passes through a row."""
    edges: dict[str, tuple[str, ...]] = {}
    ahead = list(left)
    while ahead:
        id_ = ahead.pop()
        if id_ not in edges and id_ in whole:
            edges[id_] = leads_to(whole[id_])
            ahead += edges[id_]
    return edges


def _not_sound(row: Row, lost: Sequence[str]) -> Issue:
    id_ = row.cell("id")
    if lost:
        return fault(
            row,
            "terms.parent-unknown",
            f"“{id_}” refers to “{lost[0]}”, which is not known.",
            f"Add a row with the id “{lost[0]}” that can be used, or correct the reference.",
        )
    return fault(
        row,
        "terms.circle",
        f"“{id_}” stands, in the end, inside itself.",
        "Correct what it stands in, in this row or in one of those on the way.",
    )
