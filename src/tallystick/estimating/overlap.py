"""Hold who was seen by which lists, as counts per pattern; nothing here knows a person.

A table enters as rows of words (from a file) or as arrays, is checked cell by cell and leaves in
one canonical order, so that the same evidence has the same digest and the same random numbers
whatever order its rows and lists came in.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tallystick.errors import NotFound, Unreadable
from tallystick.records import Issue, Stratum

__all__ = [
    "COUNT",
    "DRAW",
    "Histories",
    "NoListColumn",
    "NoSuchColumn",
    "NotWholePeople",
    "columns_of_lists",
    "histories_by_stratum",
    "histories_of",
    "stratum_of",
]

COUNT = "count"
DRAW = "draw"  # which draw of the linkage a row belongs to; rows of different draws never add


class NoSuchColumn(NotFound):
    """A stratum was asked for by a column that the table does not have."""

    def __init__(self, column: str, header: Sequence[str]) -> None:
        super().__init__(
            f"No column “{column}” in the table.",
            then=f"name one of: {', '.join(header)}.",
        )


class NoListColumn(Unreadable):
    """No column of the table looks like a list."""

    def __init__(self, header: Sequence[str]) -> None:
        super().__init__(
            f"No column holds only 0 and 1 (columns: {', '.join(header) or 'none'}).",
            then="give one column per list with 1 for the people it names, and a column `count`.",
        )


class NotWholePeople(Unreadable):
    """Arrays hold something other than whole people on lists."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"These are no capture histories: {why}.",
            then="give 0 or 1 for each list, and a whole count of people for each pattern.",
        )


@dataclass(frozen=True)
class Histories:
    """Count the people seen by each combination of lists.

    Args:
        lists: Names of the L lists, in canonical order (largest first).
        patterns: Shape (M, L), 0 or 1, no row of zeros, rows unique and sorted.
        counts: Shape (M,), people, all positive.
        set_aside: Rows that could not be read; with any, nothing is estimated.
    """

    lists: tuple[str, ...]
    patterns: NDArray[np.uint8]
    counts: NDArray[np.int64]
    set_aside: int = 0

    @property
    def people(self) -> int:
        """Return how many people at least one list saw."""
        return int(self.counts.sum())

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Return the people on each list, shape (L,)."""
        return self.counts @ self.patterns.astype(np.int64)

    @property
    def pairs(self) -> NDArray[np.int64]:
        """Return the people on both of two lists, shape (L, L); the diagonal holds sizes."""
        whole = self.patterns.astype(np.int64)
        shared: NDArray[np.int64] = (whole * self.counts[:, None]).T @ whole
        return shared

    @property
    def captures(self) -> NDArray[np.int64]:
        """Return the people seen by exactly 1, 2, … L lists, shape (L,)."""
        depth = self.patterns.sum(axis=1, dtype=np.int64)
        seen = np.bincount(depth, weights=self.counts, minlength=len(self.lists) + 1)
        return seen[1:].astype(np.int64)

    @cached_property
    def digest(self) -> str:
        """Return SHA-256 of the table without the lists' names, hexadecimal."""
        head = f"histories-1 {len(self.lists)} {len(self.counts)}\n".encode()
        body = self.patterns.tobytes() + self.counts.astype("<i8").tobytes()
        return hashlib.sha256(head + body).hexdigest()

    def without(self, position: int) -> Histories:
        """Return the table as if this list had never been; people only on it are gone."""
        keep = [at for at in range(len(self.lists)) if at != position]
        return histories_of([self.lists[at] for at in keep], self.patterns[:, keep], self.counts)

    def cells(self) -> NDArray[np.int64]:
        """Return people per cell, shape (2**L,); bit j of the cell's number is list j."""
        bits = self.patterns.astype(np.int64) @ (1 << np.arange(len(self.lists)))
        return np.bincount(bits, weights=self.counts, minlength=1 << len(self.lists)).astype(
            np.int64
        )


def histories_of(
    lists: Sequence[str], patterns: NDArray[np.generic], counts: NDArray[np.generic]
) -> Histories:
    """Bring patterns and counts into canonical order; rows of zeros and empty rows fall away.

    Raises:
        NotWholePeople: A count is negative or no whole number, or a pattern is not made of 0 and 1.
    """
    given = np.asarray(counts).astype(np.float64)
    if not (np.isfinite(given).all() and (given >= 0).all() and (given == np.floor(given)).all()):
        raise NotWholePeople("a count is not a whole number of people, zero or more")
    if not np.isin(np.asarray(patterns), (0, 1)).all():
        raise NotWholePeople("a pattern holds something other than 0 and 1")
    people = np.asarray(counts).astype(np.int64)
    table = np.asarray(patterns).astype(np.uint8).reshape(len(people), len(lists))
    kept = (people > 0) & (table.sum(axis=1) > 0)
    table, people = table[kept], people[kept]
    sizes = people @ table.astype(np.int64)
    shared = (people[:, None] * table.astype(np.int64)).T @ table.astype(np.int64)
    keys = [(-int(sizes[j]), tuple(-np.sort(-shared[j])), lists[j]) for j in range(len(lists))]
    order = sorted(range(len(lists)), key=lambda j: keys[j])
    unique, at = np.unique(table[:, order], axis=0, return_inverse=True)
    summed = np.bincount(at.reshape(-1), weights=people, minlength=len(unique)).astype(np.int64)
    return Histories(tuple(lists[j] for j in order), np.ascontiguousarray(unique), summed)


def columns_of_lists(
    header: Sequence[str], rows: Sequence[Sequence[str]], by: Sequence[str]
) -> list[int]:
    """Return the columns that are lists: not ``count``, ``draw``, a stratum; mostly 0 and 1."""
    found = []
    for at, name in enumerate(header):
        if name in (COUNT, DRAW) or name in by:
            continue
        values = [row[at].strip() for row in rows if at < len(row)]
        if values and sum(value in ("0", "1") for value in values) * 2 > len(values):
            found.append(at)
    return found


def histories_by_stratum(
    header: Sequence[str], rows: Sequence[Sequence[str]], by: Sequence[str] = ()
) -> tuple[dict[Stratum, Histories], list[Issue]]:
    """Read a table of words into one table of counts per stratum.

    Args:
        header: Names of the columns: one per list, ``count`` (else every row is one person),
            and columns that describe people.
        rows: The values as words. A row that cannot be read is set aside with a fault.
        by: The columns that make strata, in order; others that are no lists are summed over.

    Returns:
        Strata in order of their values, and what is wrong with the evidence. A stratum with
        faulty rows is counted from its other rows and says how many it lacks (``set_aside``).

    Raises:
        NoSuchColumn: a column of ``by`` is missing.
        NoListColumn: no column holds 0 and 1.
    """
    for column in by:
        if column not in header:
            raise NoSuchColumn(column, header)
    at_lists = columns_of_lists(header, rows, by)
    if not at_lists:
        raise NoListColumn(header)
    issues = _columns_left_over(header, at_lists, by)
    people: dict[Stratum, dict[tuple[int, ...], int]] = defaultdict(lambda: defaultdict(int))
    for number, row in enumerate(rows, start=2):
        read = _read_row(header, row, at_lists, number)
        if isinstance(read, Issue):
            issues.append(read)
            if read.weight == "fault":
                people[stratum_of(header, row, by)][()] += 1
            continue
        people[stratum_of(header, row, by)][read[0]] += read[1]
    names = [header[at] for at in at_lists]
    return {key: _as_histories(names, people[key]) for key in sorted(people)}, issues


def _as_histories(names: Sequence[str], seen: Mapping[tuple[int, ...], int]) -> Histories:
    read = [pattern for pattern in seen if pattern]
    patterns = np.array(read, dtype=np.uint8).reshape(-1, len(names))
    table = histories_of(names, patterns, np.array([seen[p] for p in read], dtype=np.int64))
    return replace(table, set_aside=seen.get((), 0))


def stratum_of(header: Sequence[str], row: Sequence[str], by: Iterable[str]) -> Stratum:
    """Return the column and value pairs that name a row's stratum."""
    at = {name: place for place, name in enumerate(header)}
    return tuple((name, row[at[name]].strip() if at[name] < len(row) else "") for name in by)


def _columns_left_over(
    header: Sequence[str], at_lists: Sequence[int], by: Sequence[str]
) -> list[Issue]:
    """Say which columns are summed over, so that none is ignored in silence."""
    lists = {header[at] for at in at_lists}
    left = [name for name in header if name not in lists and name != COUNT and name not in by]
    return [
        Issue(
            code="estimating.column-not-used",
            weight="note",
            where=f"column {name}",
            says=f"Column “{name}” is neither a list nor a stratum; its values are summed over.",
            then=f"estimate each value by itself with `--by {name}`, if enough people share it",
        )
        for name in left
    ]


def _read_row(
    header: Sequence[str], row: Sequence[str], at_lists: Sequence[int], number: int
) -> tuple[tuple[int, ...], int] | Issue:
    if len(row) != len(header):
        return _fault("row-length", f"row {number}", f"{len(row)} values for {len(header)} columns")
    for at in at_lists:
        if row[at].strip() not in ("0", "1"):
            where = f"row {number} column {header[at]}"
            return _fault("not-zero-or-one", where, f"“{row[at]}” is neither 0 nor 1")
    pattern = tuple(int(row[at]) for at in at_lists)
    word = row[list(header).index(COUNT)].strip() if COUNT in header else "1"
    if not (word.isascii() and word.isdigit()):
        where = f"row {number} column {COUNT}"
        return _fault("bad-count", where, f"“{word}” is not a whole number of people")
    if not any(pattern):
        return Issue(
            code="estimating.nobody-listed",
            weight="warning",
            where=f"row {number}",
            says=f"{word} people are on no list; they are not counted as documented.",
            then="leave such rows out, or add the list that names these people",
        )
    return pattern, int(word)


def _fault(what: str, where: str, says: str) -> Issue:
    return Issue(
        code=f"estimating.{what}",
        weight="fault",
        where=where,
        says=f"{says}; the row is set aside.",
        then="correct the row: 0 or 1 for each list, and a whole count of people",
    )
