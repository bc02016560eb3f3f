"""Read a file of capture histories, or make one of a case's persons: tables per stratum and draw.

A column ``draw`` (as ``link --histories`` writes it) says which draw of the linkage a row belongs
to; rows of different draws speak of the same people and are never added up.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tallystick.errors import NotFound, Unreadable
from tallystick.estimating import DRAW, Histories, histories_by_stratum
from tallystick.records import Issue, Person, Stratum

__all__ = [
    "CaptureHistories",
    "NoHistories",
    "NotATable",
    "histories_drawn",
    "histories_of_persons",
    "read_histories",
]


class NoHistories(NotFound):
    """The file of capture histories is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__("There is no such file.", where=str(path), then="check the path.")


class NotATable(Unreadable):
    """The file cannot be read as a table of capture histories."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"The file is no table of capture histories: {why}.",
            where=where,
            then="save it as CSV in UTF-8: one 0/1 column per list, and a column `count`.",
        )


@dataclass(frozen=True, slots=True)
class CaptureHistories:
    """Hold a table of words: one 0/1 column per list, ``count``, and columns of strata.

    Args:
        header: Names of the columns.
        rows: Values as written.
        data: The bytes they were read from, for the vault.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data: bytes

    @property
    def has_draws(self) -> bool:
        """Say whether rows belong to draws of a linkage."""
        return DRAW in self.header

    def columns(self, by: Sequence[str]) -> tuple[str, ...]:
        """Return the columns that part the rows: those asked for, and the draw of the linkage."""
        return (*by, DRAW) if self.has_draws and DRAW not in by else tuple(by)

    def strata(self, by: Sequence[str]) -> tuple[dict[Stratum, Histories], list[Issue]]:
        """Return a table for each stratum, and for each draw of the linkage if there are any.

        Raises:
            NoSuchColumn: A column of ``by`` is missing.
            NoListColumn: No column holds 0 and 1.
        """
        return histories_by_stratum(self.header, self.rows, self.columns(by))


def read_histories(path: Path) -> CaptureHistories:
    """Read a file.

    Raises:
        NoHistories: It is not there.
        NotATable: It is no CSV in UTF-8, has no rows, or names two columns alike.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NoHistories(path) from None
    except OSError as trouble:
        raise NotATable(str(path), str(trouble)) from trouble
    return _table(data, where=str(path))


def _table(data: bytes, *, where: str) -> CaptureHistories:
    try:
        text = io.StringIO(data.decode("utf-8-sig"), newline="")
        lines = [tuple(row) for row in csv.reader(text, strict=True) if row]
    except (UnicodeDecodeError, csv.Error) as trouble:
        raise NotATable(where, str(trouble)) from trouble
    if len(lines) < 2:
        raise NotATable(where, "it has no rows")
    header = tuple(name.strip() for name in lines[0])
    if len(set(header)) < len(header):
        raise NotATable(where, "two columns have the same name")
    return CaptureHistories(header, tuple(lines[1:]), data)


def histories_drawn(text: str) -> CaptureHistories:
    """Read what a case's own linkage drew, as ``link --histories`` writes it."""
    return _table(text.encode(), where="the case's draws")


def histories_of_persons(persons: Iterable[Person]) -> CaptureHistories:
    """Count a case's named persons by the lists that have them; the same persons, same bytes.

    Raises:
        NotATable: No person has a name and a list.
    """
    seen = Counter(person.lists for person in persons if person.named and person.lists)
    names = sorted({name for lists in seen for name in lists})
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*names, "count"])
    for lists, count in sorted(seen.items()):
        writer.writerow([*(int(name in lists) for name in names), count])
    return _table(out.getvalue().encode(), where="the case's persons")
