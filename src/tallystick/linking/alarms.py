"""Raise an alarm on persons who can hardly be one: each is a reason to look, not a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.columns import C, Columns
from tallystick.linking.sounds import Memo, Sounds, alike, memo, sounds_of
from tallystick.records import Issue, Person

__all__ = ["MOST_ENTRIES", "alarms_of"]

MOST_ENTRIES = 30
_THEN = "compare the entries, and say same or different in the review"


def alarms_of(
    columns: Columns, number: Mapping[str, int], persons: Sequence[Person]
) -> list[Issue]:
    """Check every person of several entries."""
    sounds, heard = sounds_of(columns.tokens), memo(False)
    several = [person for person in persons if len(person.entries) > 1]
    sizes = np.array([len(person.entries) for person in several], np.int64)
    flat = np.array([number[entry] for person in several for entry in person.entries], np.int64)
    first = np.cumsum(sizes) - sizes
    alarms = []
    for at in np.flatnonzero(_at_odds(columns.cells[flat], sizes)).tolist():
        rows = columns.cells[flat[first[at] : first[at] + sizes[at]]]
        for code, says in _wrong(rows, sounds, heard):
            alarms.append(
                Issue(
                    code=f"linking.alarm-{code}",
                    weight="warning",
                    where=several[at].id,
                    says=says,
                    then=_THEN,
                )
            )
    return alarms


def _at_odds(cells: NDArray[np.int32], sizes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the groups in which anything differs that could give an alarm: few do."""
    out = sizes > MOST_ENTRIES
    if not len(sizes):
        return out
    first = np.cumsum(sizes) - sizes

    def differ(column: int) -> NDArray[np.bool_]:
        said = cells[:, column]
        low = np.minimum.reduceat(np.where(said < 0, np.iinfo(np.int32).max, said), first)
        apart: NDArray[np.bool_] = np.maximum.reduceat(said, first) > low
        return apart

    group = np.repeat(np.arange(len(sizes)), sizes)
    both, rows = np.unique(group << 32 | cells[:, C.LIST], return_counts=True)
    in_one_list = np.zeros(len(sizes), np.bool_)
    in_one_list[both[rows > 1] >> 32] = True
    out |= differ(C.BORN) | differ(C.SEX) | differ(C.FATHER) | (differ(C.GIVEN) & in_one_list)
    return out


def _wrong(rows: NDArray[np.int32], sounds: Sounds, heard: Memo) -> Iterator[tuple[str, str]]:
    if len(rows) > MOST_ENTRIES:
        yield "too-many", f"{len(rows)} entries for one person"
    born = rows[:, C.BORN][rows[:, C.BORN] > 0]
    if len(born) and born.max() - born.min() > 2:
        yield "two-births", f"born in {born.min()} and in {born.max()}"
    sexes = Counter(rows[:, C.SEX][rows[:, C.SEX] >= 0].tolist())
    if len(sexes) > 1:
        yield "two-sexes", f"{sexes[0]} entries say female and {sexes[1]} male"
    if _apart(_tokens(rows, C.FATHER), sounds, heard):
        yield "two-fathers", "the entries name two different fathers"
    lists = Counter(rows[:, C.LIST].tolist())
    if _apart(_tokens(rows, C.GIVEN), sounds, heard) and max(lists.values()) > 1:
        yield "one-list-twice", "one list has two entries, and the given names differ"


def _tokens(rows: NDArray[np.int32], column: int) -> list[int]:
    return sorted(set(rows[:, column][rows[:, column] >= 0].tolist()))


def _apart(tokens: list[int], sounds: Sounds, heard: Memo) -> bool:
    """Say whether some two of the words cannot be one name."""
    return any(
        alike(a, b, sounds, heard) < 0.5 for at, a in enumerate(tokens) for b in tokens[at + 1 :]
    )
