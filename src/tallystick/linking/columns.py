"""Turn entries into columns: words as numbers, dates as days, one integer matrix for all records.

Runs once per linking. Roles that the single name leaves open (which of two words is the family,
two words written as one) are settled here by how the words are used in all the lists together.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.uncollected import uncollected
from tallystick.linking.reading import Remembered, read_all
from tallystick.linking.roles import Habits, Roles
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
    known = read_all(list(dict.fromkeys(entry.name for entry in entries)))
    surveyed = _survey([entry.batch for entry in entries])
    habits = Habits(
        known[entry.name] for entry, is_in in zip(entries, surveyed, strict=True) if is_in
    )
    known = {name: habits.settled(roles) for name, roles in known.items()}
    seen = _Seen(TokenBook())
    flat = array("i")
    for entry in entries:
        flat.extend(_row(entry, known[entry.name], seen))
    cells = np.array(flat, np.int32).reshape(len(entries), C.COUNT)
    cells[:, C.SURVEYED] = surveyed
    _guess_sex(cells)
    return Columns(
        ids=[entry.id for entry in entries],
        lists=list(seen.lists),
        cells=cells,
        tokens=seen.book.laid_out(),
    )


class _Seen:
    """Remember what cells were read as: few of them are new."""

    def __init__(self, book: TokenBook) -> None:
        self.book = book
        self.wholes = Remembered(lambda text: book[_whole(text)])
        self.firsts = Remembered(lambda text: book[_first(text)])
        self.days = Remembered(_day_month)
        self.lists: dict[str, int] = {}
        self.papers: dict[str, int] = {"": -1}


def _row(entry: Entry, roles: Roles, seen: _Seen) -> list[int]:
    """Lay one entry out, in the order of ``C``."""
    book = seen.book
    is_kin = roles.kin > 0
    given = book[roles.given]
    day, month = seen.days[entry.died]
    return [
        -1 if is_kin else given,
        seen.firsts[entry.father] if entry.father else (-1 if is_kin else book[roles.father]),
        book[roles.father if is_kin else roles.grandfather],
        book[roles.family],
        book[roles.kunya],
        given if is_kin else -1,
        seen.firsts[entry.mother],
        seen.wholes[entry.place],
        seen.wholes[entry.region],
        roles.kin,
        _SEX.get(entry.sex, roles.sex),
        _age(entry, month),
        -1 if entry.birth_year is None else entry.birth_year,
        day,
        month,
        seen.lists.setdefault(entry.list, len(seen.lists)),
        roles.words,
        int(roles.open and not entry.father),
        int(roles.latin),
        int(roles.named),
        seen.papers.setdefault(entry.number, len(seen.papers) - 1),
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


def _whole(text: str) -> str:
    """Fold a text to one word."""
    return "".join(word.text for word in words_of(text) if word.kind != "nobody")


def _first(text: str) -> str:
    """Fold the first name word of a text."""
    return next((word.text for word in words_of(text) if word.kind == "name"), "")


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
