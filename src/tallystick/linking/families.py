"""Find households among persons: who seems to have died as one family.

Runs after persons are made. A household is a statement about kin names, day and place, not a
merge: its persons stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.cluster import components
from tallystick.linking.columns import C, Columns
from tallystick.linking.persons import fresh_id
from tallystick.records import Household, Person

__all__ = ["households_of"]

_NEAR_DAYS = 4
CHILD, WIFE, PARENT = 0, 1, 2
Ints = NDArray[np.int64]


def households_of(
    columns: Columns, number: Mapping[str, int], persons: Sequence[Person]
) -> list[Household]:
    """Group persons who share family name and days and are parent and child, or siblings.

    Siblings: same family name and same father's name. Parent and child: the child's father
    bears the parent's given name. Spouses: "wife of" names the husband, or a list's column
    names the mother of the husband's child.
    """
    named = [(at, one.entries) for at, one in enumerate(persons) if one.named]
    person = np.full(columns.n, -1, np.int64)
    records = [number[entry] for _, entries in named for entry in entries]
    person[records] = np.repeat([at for at, _ in named], [len(entries) for _, entries in named])
    root = components(len(persons), *_ties(_kin_rows(columns, person)))
    members: dict[int, list[int]] = defaultdict(list)
    for at in np.flatnonzero(np.bincount(root, minlength=len(root))[root] > 1).tolist():
        members[int(root[at])].append(at)
    return [
        Household(
            id=fresh_id("h", min(persons[at].id for at in group)),
            persons=tuple(persons[at].id for at in group),
            says="one family name, kin names that fit, within a few days of each other",
        )
        for group in members.values()
    ]


def _kin_rows(columns: Columns, person: Ints) -> Ints:
    """Give rows (key, role, person): the keys under which kin meet.

    A key is a family name, the given name of the father of the house, and a window of days, all
    by skeleton; a role is child, wife or parent of the house. A person takes part with every
    spelling that its entries have.
    """
    cells, keys = columns.cells, columns.tokens.keys[:, 0].astype(np.int64)
    named = person >= 0

    def words(column: int, where: NDArray[np.bool_]) -> Ints:
        at = np.flatnonzero(named & where & (cells[:, column] >= 0))
        return _unique(person[at], keys[cells[at, column]])

    every, kin = np.ones(columns.n, np.bool_), cells[:, C.KIN]
    family, days = words(C.FAMILY, every), _days(cells, person)
    father = _unique(*np.concatenate([words(C.FATHER, every), words(C.OF, kin == 2)]).T)
    rows = [np.zeros((0, 3), np.int64)]
    by_role = {CHILD: father, WIFE: words(C.OF, kin == 1), PARENT: words(C.GIVEN, every)}
    for role, names in by_role.items():
        who, house, name = _joined(family, names)
        known = days[who] >= 0
        who, pair = who[known], (house[known] << 20 | name[known]) << 20
        early, late = days[who] // _NEAR_DAYS * 2, (days[who] + _NEAR_DAYS // 2) // _NEAR_DAYS * 2
        keys_of_house = np.concatenate([pair | early, pair | (late + 1)])
        both = np.concatenate([who, who])
        rows.append(np.column_stack([keys_of_house, np.full(len(both), role), both]))
    return np.concatenate(rows)


def _unique(person: Ints, word: Ints) -> Ints:
    """Give the distinct rows (person, word), sorted."""
    both = np.unique(person << 32 | word)
    return np.column_stack([both >> 32, both & 0xFFFFFFFF])


def _days(cells: NDArray[np.int32], person: Ints) -> Ints:
    """Give the median day of each person's entries, −1 where none is stated."""
    at = np.flatnonzero((person >= 0) & (cells[:, C.DAY] >= 0))
    at = at[np.lexsort((cells[at, C.DAY], person[at]))]
    who, first, many = np.unique(person[at], return_index=True, return_counts=True)
    out = np.full(int(person.max(initial=-1)) + 1, -1, np.int64)
    out[who] = (
        cells[at[first + (many - 1) // 2], C.DAY] + cells[at[first + many // 2], C.DAY]
    ) // 2
    return out


def _joined(a: Ints, b: Ints) -> tuple[Ints, Ints, Ints]:
    """Pair each person's words in two columns: rows (person, word) both, sorted."""
    first = np.searchsorted(b[:, 0], a[:, 0], "left")
    count = np.searchsorted(b[:, 0], a[:, 0], "right") - first
    at = np.repeat(np.arange(len(a)), count)
    within = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
    return a[at, 0], a[at, 1], b[first[at] + within, 1]


def _ties(rows: Ints) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Tie all who meet under one key to the first of them.

    A parent is tied in only where a child or a wife is there; else men of one given name
    would meet as fathers of nobody. Two men of the father's name leave open which is the father.
    """
    key, role, who = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))].T
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]][: len(key)])
    many = np.diff(np.r_[starts, len(key)])
    parents = np.add.reduceat((role == PARENT).astype(np.int64), starts) if len(key) else many
    leads = np.repeat(starts, many)
    keep = (role[leads] != PARENT) & ((role != PARENT) | (np.repeat(parents, many) == 1))
    return who[leads][keep].astype(np.int32), who[keep].astype(np.int32)
