"""Find households among persons: who seems to have died as one family.

Runs after persons are made. A household is a statement about kin names, day and place, not a
merge: its persons stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.cluster import components
from tallystick.linking.columns import C, Columns
from tallystick.linking.persons import fresh_id
from tallystick.records import Household, Person

__all__ = ["households_of"]

_NEAR_DAYS = 4


def households_of(
    columns: Columns, number: Mapping[str, int], persons: Sequence[Person]
) -> list[Household]:
    """Group persons who share family name and days and are parent and child, or siblings.

    Siblings: same family name and same father's name. Parent and child: the child's father
    bears the parent's given name. Spouses: "wife of" names the husband, or a list's column
    names the mother of the husband's child.
    """
    named = [at for at, person in enumerate(persons) if person.named]
    faces = {at: _face(columns, [number[e] for e in persons[at].entries]) for at in named}
    left, right = _ties(faces)
    root = components(len(persons), left, right)
    members: dict[int, list[int]] = defaultdict(list)
    for at in named:
        members[int(root[at])].append(at)
    return [
        Household(
            id=fresh_id("h", min(persons[at].id for at in group)),
            persons=tuple(persons[at].id for at in group),
            says="one family name, kin names that fit, within a few days of each other",
        )
        for group in members.values()
        if len(group) > 1
    ]


class _Face:
    """Hold the keys of one person: skeletons of names over all entries, and the day."""

    __slots__ = ("day", "family", "father", "given", "husband", "mother")

    def __init__(self) -> None:
        self.given: set[int] = set()
        self.family: set[int] = set()
        self.father: set[int] = set()
        self.mother: set[int] = set()
        self.husband: set[int] = set()
        self.day = -1


def _face(columns: Columns, records: list[int]) -> _Face:
    face = _Face()
    keys = columns.tokens.keys[:, 0]
    for record in records:
        row = columns.cells[record]
        kin = int(row[C.KIN])
        _add(face.given, row[C.GIVEN], keys)
        _add(face.family, row[C.FAMILY], keys)
        _add(face.father, row[C.FATHER], keys)
        _add(face.mother, row[C.MOTHER], keys)
        if kin == 1:
            _add(face.husband, row[C.OF], keys)
        if kin == 2:
            _add(face.father, row[C.OF], keys)
    days = columns.cells[records, C.DAY]
    face.day = int(np.median(days[days >= 0])) if (days >= 0).any() else -1
    return face


def _add(into: set[int], token: int, keys: NDArray[np.int32]) -> None:
    if token >= 0:
        into.add(int(keys[token]))


def _keys(face: _Face) -> Iterator[tuple[str, int, int, int]]:
    """Give the keys under which kin meet: (family, father's given name, window of days)."""
    for window in {face.day // _NEAR_DAYS, (face.day + _NEAR_DAYS // 2) // _NEAR_DAYS + 10**6}:
        for family in face.family:
            for father in face.father:
                yield "child", family, father, window
            for given in face.given:
                yield "parent", family, given, window
            for husband in face.husband:
                yield "wife", family, husband, window


def _ties(faces: dict[int, _Face]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Tie each person to the first met under the same family, father and days.

    A parent is tied in only where a child or a wife is there; else men of one given name
    would meet as fathers of nobody.
    """
    met: dict[tuple[int, int, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, face in faces.items():
        if face.day >= 0:
            for role, family, name, window in _keys(face):
                met[family, name, window][role].append(at)
    left, right = [], []
    for roles in met.values():
        below = roles["child"] + roles["wife"]
        if not below:
            continue
        # Two men of the father's name leave open which is the father.
        above = roles["parent"] if len(roles["parent"]) == 1 else []
        for other in (below + above)[1:]:
            left.append(below[0])
            right.append(other)
    return np.array(left, np.int32), np.array(right, np.int32)
