"""Open lists of victims, in plain files or in a case, and read their rows as entries.

Workbooks are opened by preserving's child; a list that cannot be read is an issue, and the others
are read all the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tallystick.errors import NotFound, Unreadable
from tallystick.linking import FIELDS, Sheet, entries_of
from tallystick.preserving import Apart, Limits, grids_of
from tallystick.records import Entry, Issue

__all__ = ["BadMapping", "NoList", "Rows", "apart_for_lists", "mapping_of", "read_lists", "rows_of"]

Rows = tuple[list[Entry], list[Issue]]


class NoList(NotFound):
    """A list that was named is not there."""

    code = "no-list"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no file {path.name}.", where=str(path), then="check the path of the list."
        )


class BadMapping(Unreadable):
    """A file of headers cannot be read."""

    code = "bad-mapping"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path.name} names no headers: {why[:200]}.",
            where=str(path),
            then='write lines of TOML such as name = "its header in the list".',
        )


def apart_for_lists() -> Apart:
    """Return the child that opens workbooks; a list may be longer than a document."""
    return Apart(Limits(seconds=120, megabytes=2048))


def mapping_of(path: Path | None) -> dict[str, str]:
    """Read which field stands under which header.

    Raises:
        BadMapping: The file is not there, is no TOML, or holds something else than texts.
    """
    if path is None:
        return {}
    try:
        with path.open("rb") as file:
            told = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise BadMapping(path, str(trouble)) from trouble
    for field, header in told.items():
        if field not in FIELDS:
            raise BadMapping(path, f"“{field[:24]}” is no field; fields are {', '.join(FIELDS)}")
        if not isinstance(header, str):
            raise BadMapping(path, f"“{field}” is given no header")
    return {field: str(header) for field, header in told.items()}


def read_lists(
    paths: Sequence[Path],
    mapping: dict[str, str],
    *,
    tell: Callable[[str], None] = lambda _: None,
) -> Rows:
    """Read the lists in plain files; ids that stand in two of them give way to file and row.

    Raises:
        NoList: A file is not there.
    """
    for path in paths:
        if not path.is_file():
            raise NoList(path)
    paths = list(dict.fromkeys(paths))
    names = [path.name for path in paths]
    entries: list[Entry] = []
    issues: list[Issue] = []
    with apart_for_lists() as apart:
        for path in paths:
            tell(f"reading {path.name}")
            # Two lists of one name in two folders are two lists.
            name = path.name if names.count(path.name) == 1 else path.as_posix()
            read, odd = rows_of(path.read_bytes(), name, mapping, apart)
            entries += read
            issues += odd
    unique, clashes = _unique(entries)
    return unique, issues + clashes


def rows_of(data: bytes, name: str, mapping: dict[str, str], apart: Apart) -> Rows:
    """Read the rows of every table in one file."""
    grids, wrong = grids_of(data, name, apart)
    entries: list[Entry] = []
    issues = list(wrong)
    for grid in grids:
        read, odd = entries_of(Sheet(grid.name, grid.rows, grid.merged), mapping)
        entries += read
        issues += odd
    return entries, issues


def _unique(entries: list[Entry]) -> Rows:
    """Name entries whose id stands in two lists after list and row instead."""
    times: dict[str, int] = {}
    for entry in entries:
        times[entry.id] = times.get(entry.id, 0) + 1
    twice = {id_ for id_, count in times.items() if count > 1}
    if not twice:
        return entries, []
    clash = Issue(
        code="linking.id-not-unique",
        weight="warning",
        where=next(entry.where for entry in entries if entry.id in twice),
        says=f"{len(twice)} record ids stand in more than one list; file and row were used instead",
        then="give each record an id that no other list uses",
    )
    renamed = [
        replace(entry, id=entry.where.replace(" row ", ":")) if entry.id in twice else entry
        for entry in entries
    ]
    return renamed, [clash]
