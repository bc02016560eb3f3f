"""Turn entries into columns: words as numbers, dates as days, one integer matrix for all records.

Runs once per linking. Roles that the single name leaves open (which of two words is the family,
two words written as one) are settled here by how the words are used in all the lists together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.uncollected import uncollected
from tallystick.linking.reading import Remembered, read_all
from tallystick.linking.roles import Habits, Roles
from tallystick.linking.tokens import Numbered, TokenBook, Tokens
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
    settled = Remembered(lambda name: habits.settled(known[name]))
    seen = _Seen(TokenBook())
    cells = _laid_out(entries, [settled[entry.name] for entry in entries], seen)
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
        self.lists = Numbered()
        self.papers = TokenBook()


def _laid_out(entries: Sequence[Entry], roles: Sequence[Roles], seen: _Seen) -> NDArray[np.int32]:
    """Lay entries out, column by column of ``C``; what all know only together stays open."""
    cells = np.full((len(entries), C.COUNT), -1, np.int32)
    _lay_names(cells, entries, roles, seen)
    cells[:, C.PLACE] = _column(seen.wholes[entry.place] for entry in entries)
    cells[:, C.REGION] = _column(seen.wholes[entry.region] for entry in entries)
    sexes = (_SEX.get(entry.sex, one.sex) for entry, one in zip(entries, roles, strict=True))
    cells[:, C.SEX] = _column(sexes)
    cells[:, C.DAY] = _column(seen.days[entry.died][0] for entry in entries)
    month = cells[:, C.MONTH] = _column(seen.days[entry.died][1] for entry in entries)
    born = cells[:, C.BORN] = _column(_stated(entry.birth_year) for entry in entries)
    age = _column(_stated(entry.age) for entry in entries)
    by_birth = np.where((born >= 0) & (month >= 0), np.maximum(month // 12 - born, 0), -1)
    cells[:, C.AGE] = np.where(age >= 0, age, by_birth)
    cells[:, C.LIST] = _column(seen.lists[entry.list] for entry in entries)
    cells[:, C.NUMBER] = _column(seen.papers[entry.number] for entry in entries)
    return cells


def _lay_names(
    cells: NDArray[np.int32], entries: Sequence[Entry], roles: Sequence[Roles], seen: _Seen
) -> None:
    book = seen.book
    kin = cells[:, C.KIN] = _column(one.kin for one in roles)
    given = _column(book[one.given] for one in roles)
    father = _column(book[one.father] for one in roles)
    grandfather = _column(book[one.grandfather] for one in roles)
    stated = _column(seen.firsts[entry.father] for entry in entries)
    has_father = _column(entry.father != "" for entry in entries) > 0
    # Who is named by a relative has that one's name, not an own.
    cells[:, C.GIVEN] = np.where(kin > 0, -1, given)
    cells[:, C.OF] = np.where(kin > 0, given, -1)
    cells[:, C.FATHER] = np.where(has_father, stated, np.where(kin > 0, -1, father))
    cells[:, C.GRAND] = np.where(kin > 0, father, grandfather)
    cells[:, C.MOTHER] = _column(seen.firsts[entry.mother] for entry in entries)
    cells[:, C.FAMILY] = _column(book[one.family] for one in roles)
    cells[:, C.KUNYA] = _column(book[one.kunya] for one in roles)
    cells[:, C.WORDS] = _column(one.words for one in roles)
    cells[:, C.OPEN] = (_column(one.open for one in roles) > 0) & ~has_father
    cells[:, C.SCRIPT] = _column(one.latin for one in roles)
    cells[:, C.NAMED] = _column(one.named for one in roles)


def _column(values: Iterable[int]) -> NDArray[np.int32]:
    return np.fromiter(values, np.int32)


def _stated(number: int | None) -> int:
    return -1 if number is None else number


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
