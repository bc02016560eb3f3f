"""Raise an alarm on persons who can hardly be one: each is a reason to look, not a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.columns import C, Columns
from tallystick.linking.sounds import Sounds, alike, sounds_of
from tallystick.records import Issue, Person

__all__ = ["MOST_ENTRIES", "alarms_of"]

MOST_ENTRIES = 30
_THEN = "compare the entries, and say same or different in the review"


def alarms_of(
    columns: Columns, number: Mapping[str, int], persons: Sequence[Person]
) -> list[Issue]:
    """Check every person of several entries."""
    sounds = sounds_of(columns.tokens)
    several = [person for person in persons if len(person.entries) > 1]
    records = [[number[entry] for entry in person.entries] for person in several]
    alarms = []
    for at in np.flatnonzero(_at_odds(columns.cells, records)).tolist():
        for code, says in _wrong(columns.cells[records[at]], sounds):
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


def _at_odds(cells: NDArray[np.int32], records: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    """Mark the groups in which anything differs that could give an alarm: few do."""
    sizes = np.array([len(group) for group in records], np.int64)
    out = sizes > MOST_ENTRIES
    flat = np.array([record for group in records for record in group], np.int64)
    first = np.cumsum(sizes) - sizes
    for column in (C.BORN, C.SEX, C.FATHER, C.GIVEN):
        if len(flat):
            said = cells[flat, column]
            low = np.minimum.reduceat(np.where(said < 0, np.iinfo(np.int32).max, said), first)
            out |= np.maximum.reduceat(said, first) > low
    return out


def _wrong(rows: NDArray[np.int32], sounds: Sounds) -> Iterator[tuple[str, str]]:
    if len(rows) > MOST_ENTRIES:
        yield "too-many", f"{len(rows)} entries for one person"
    born = rows[:, C.BORN][rows[:, C.BORN] > 0]
    if len(born) and born.max() - born.min() > 2:
        yield "two-births", f"born in {born.min()} and in {born.max()}"
    sexes = Counter(rows[:, C.SEX][rows[:, C.SEX] >= 0].tolist())
    if len(sexes) > 1:
        yield "two-sexes", f"{sexes[0]} entries say female and {sexes[1]} male"
    if _apart(_tokens(rows, C.FATHER), sounds):
        yield "two-fathers", "the entries name two different fathers"
    lists = Counter(rows[:, C.LIST].tolist())
    if _apart(_tokens(rows, C.GIVEN), sounds) and max(lists.values()) > 1:
        yield "one-list-twice", "one list has two entries, and the given names differ"


def _tokens(rows: NDArray[np.int32], column: int) -> list[int]:
    return sorted(set(rows[:, column][rows[:, column] >= 0].tolist()))


def _apart(tokens: list[int], sounds: Sounds) -> bool:
    """Say whether some two of the words cannot be one name."""
    return any(alike(a, b, sounds) < 0.5 for at, a in enumerate(tokens) for b in tokens[at + 1 :])
