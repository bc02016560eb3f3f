"""Turn entries into columns: words as numbers, dates as days, one integer matrix for all records.

Runs once per linking. Roles that the single name leaves open (which of two words is the family,
two words written as one) are settled here by how the words are used in all the lists together.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.uncollected import uncollected
from tallystick.linking.roles import Habits, Roles, roles_of
from tallystick.linking.tokens import TokenBook, Tokens
from tallystick.records import Entry
from tallystick.text import words_of

__all__ = ["C", "Columns", "columns_of"]


class C:
    """Name the columns of the record matrix (int32; −1 = not stated)."""

    GIVEN = 0
    FATHER = 1
    GRAND = 2
    FAMILY = 3
    KUNYA = 4
    OF = 5  # given name of the relative by whom the person is named
    MOTHER = 6
    PLACE = 7
    REGION = 8
    KIN = 9  # 0 own name, 1 wife of, 2 child of, 3 parent of
    SEX = 10  # 0 female, 1 male
    AGE = 11
    BORN = 12
    DAY = 13  # days since 1970
    MONTH = 14  # months since year 0
    LIST = 15
    WORDS = 16  # words of the own name
    OPEN = 17  # 1: the last word may be the father's name as well
    SCRIPT = 18  # 0 Arabic, 1 Latin
    NAMED = 19
    NUMBER = 20
    GUESSED_SEX = 21  # from how the lists use the given name
    SURVEYED = 22  # 1: how common names, days and places are is counted on this record
    COUNT = 23


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold n records as columns.

    Args:
        ids: Entry ids.
        lists: Names of the lists, by number.
        cells: Shape (n, C.COUNT), see ``C``.
        tokens: The distinct words.
    """

    ids: list[str]
    lists: list[str]
    cells: NDArray[np.int32]
    tokens: Tokens

    @property
    def n(self) -> int:
        return len(self.ids)


@uncollected
def columns_of(entries: Sequence[Entry]) -> Columns:
    """Read every name, settle the roles and lay the entries out as columns."""
    known: dict[str, Roles] = {}
    for entry in entries:
        if entry.name not in known:
            known[entry.name] = roles_of(entry.name)
    surveyed = _survey([entry.batch for entry in entries])
    habits = Habits(
        known[entry.name] for entry, is_in in zip(entries, surveyed, strict=True) if is_in
    )
    known = {name: habits.settled(roles) for name, roles in known.items()}
    book = TokenBook()
    lists: dict[str, int] = {}
    flat = array("i")
    for entry in entries:
        number = lists.setdefault(entry.list, len(lists))
        flat.extend(_row(entry, known[entry.name], book, number))
    cells = np.array(flat, np.int32).reshape(len(entries), C.COUNT)
    cells[:, C.SURVEYED] = surveyed
    _guess_sex(cells)
    return Columns(
        ids=[entry.id for entry in entries],
        lists=list(lists),
        cells=cells,
        tokens=book.laid_out(),
    )


def _row(entry: Entry, roles: Roles, book: TokenBook, in_list: int) -> list[int]:
    """Lay one entry out, in the order of ``C``."""
    number = book.number
    is_kin = roles.kin > 0
    father = _whole(entry.father, first=True) if entry.father else ("" if is_kin else roles.father)
    day, month = _day_month(entry.died)
    return [
        -1 if is_kin else number(roles.given),
        number(father),
        number(roles.father if is_kin else roles.grandfather),
        number(roles.family),
        number(roles.kunya),
        number(roles.given) if is_kin else -1,
        number(_whole(entry.mother, first=True)) if entry.mother else -1,
        number(_whole(entry.place)) if entry.place else -1,
        number(_whole(entry.region)) if entry.region else -1,
        roles.kin,
        _SEX.get(entry.sex, roles.sex),
        _age(entry, month),
        -1 if entry.birth_year is None else entry.birth_year,
        day,
        month,
        in_list,
        roles.words,
        int(roles.open and not entry.father),
        int(roles.latin),
        int(roles.named),
        number("#" + entry.number) if entry.number else -1,
        -1,
        -1,
    ]


def _survey(batches: Sequence[int]) -> NDArray[np.bool_]:
    """Mark the first batches that make up nineteen in twenty entries.

    What is counted over all records (how common a name is, how many died that day) is counted on
    these. So a list that adds less than a twentieth leaves the evidence on all others as it was
    and touches its own components alone; and since this depends on the batches and on nothing
    else, batches in order end where one shot does.
    """
    told = np.array(batches, np.int64)
    numbers, counts = np.unique(told, return_counts=True)
    enough = np.searchsorted(np.cumsum(counts) * 20, len(told) * 19)
    return told <= (numbers[enough] if len(numbers) else 0)


_SEX = {"female": 0, "male": 1}


@lru_cache(maxsize=1 << 18)
def _whole(text: str, *, first: bool = False) -> str:
    """Fold a text to one word; ``first`` takes the first name word alone."""
    words = [word for word in words_of(text) if word.kind != "nobody"]
    if first:
        words = [word for word in words if word.kind == "name"][:1]
    return "".join(word.text for word in words)


@lru_cache(maxsize=1 << 16)
def _day_month(died: str) -> tuple[int, int]:
    parts = [int(part) for part in died.split("-")] if died else []
    if len(parts) == 3:
        return date(*parts).toordinal() - 719163, parts[0] * 12 + parts[1] - 1
    if len(parts) == 2:
        return -1, parts[0] * 12 + parts[1] - 1
    return -1, -1


def _age(entry: Entry, month: int) -> int:
    if entry.age is not None:
        return entry.age
    if entry.birth_year is not None and month >= 0:
        return max(0, month // 12 - entry.birth_year)
    return -1


def _guess_sex(cells: NDArray[np.int32]) -> None:
    """Fill GUESSED_SEX with the stated sex, else with what the given name's bearers are."""
    given, sex = cells[:, C.GIVEN], cells[:, C.SEX]
    known = (given >= 0) & (sex >= 0) & (cells[:, C.SURVEYED] > 0)
    size = int(given.max(initial=-1)) + 1
    men = np.bincount(given[known], sex[known], size)
    all_of = np.bincount(given[known], minlength=size)
    share = (men + 0.2) / (all_of + 0.4)
    guess = np.where(share > 0.88, 1, np.where(share < 0.12, 0, -1))
    guess[all_of < 3] = -1
    if size:
        cells[:, C.GUESSED_SEX] = np.where(given >= 0, guess[given], -1)
    stated = sex >= 0
    cells[stated, C.GUESSED_SEX] = sex[stated]
