"""Turn entries into columns: words as numbers, dates as days, one integer matrix for all records.

Runs once per linking. Roles that the single name leaves open (which of two words is the family,
two words written as one) are settled here by how the words are used in all the lists together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.tokens import TokenBook, Tokens
from tallystick.records import Entry
from tallystick.text import NameReading, read_name, words_of

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
    COUNT = 22


_KIN = {"": 0, "wife": 1, "son": 2, "daughter": 2, "child": 2, "mother": 3, "father": 3}
_SEX_OF_KIN = {"wife": 0, "daughter": 0, "mother": 0, "son": 1, "father": 1}


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


def columns_of(entries: Sequence[Entry]) -> Columns:
    """Read every name, settle the roles and lay the entries out as columns."""
    readings = [_reading(entry.name) for entry in entries]
    habits = _Habits(readings)
    book = TokenBook()
    lists: dict[str, int] = {}
    cells = np.full((len(entries), C.COUNT), -1, np.int32)
    for at, (entry, reading) in enumerate(zip(entries, readings, strict=True)):
        row = _row(entry, habits.settled(reading), book)
        row[C.LIST] = lists.setdefault(entry.list, len(lists))
        cells[at] = row
    _guess_sex(cells)
    return Columns(
        ids=[entry.id for entry in entries],
        lists=list(lists),
        cells=cells,
        tokens=book.laid_out(),
    )


@lru_cache(maxsize=1 << 19)
def _reading(raw: str) -> NameReading:
    return read_name(raw)[0]


class _Habits:
    """Know how often each word stands first (as a given name) and last (as a family name)."""

    def __init__(self, readings: Sequence[NameReading]) -> None:
        self.given: Counter[str] = Counter()
        self.family: Counter[str] = Counter()
        for reading in readings:
            if reading.kin or len(reading.parts) < 2:
                continue
            self.given[reading.text("given")] += 1
            self.given[reading.text("father")] += 1
            self.family[reading.text("family")] += 1

    def settled(self, reading: NameReading) -> NameReading:
        """Turn a name written family first; part two words written as one."""
        own = [part for part in reading.parts if part.role != "laqab"]
        if reading.kin or reading.unnamed:
            return reading
        if len(own) == 1 and own[0].role == "given":
            return self._parted(reading)
        two = {part.role: part for part in own}
        if set(two) == {"given", "family"} and not two["family"].article:
            return self._turned(reading, two["given"].text, two["family"].text)
        return reading

    def _turned(self, reading: NameReading, first: str, last: str) -> NameReading:
        as_written = self._odds(first) + self._odds_family(last)
        turned = self._odds_family(first) + self._odds(last)
        if turned - as_written < 4.0:
            return reading
        roles = {"given": "family", "family": "given"}
        parts = tuple(
            type(part)(
                role=roles.get(part.role, part.role),  # type: ignore[arg-type]  # both are roles
                text=part.text,
                start=part.start,
                end=part.end,
                article=part.article,
                abu=part.abu,
            )
            for part in reading.parts
        )
        return NameReading(parts=parts)

    def _odds(self, word: str) -> float:
        return float(np.log((self.given[word] + 0.3) / (self.given[word] + self.family[word] + 1)))

    def _odds_family(self, word: str) -> float:
        return float(np.log((self.family[word] + 0.3) / (self.given[word] + self.family[word] + 1)))

    def _parted(self, reading: NameReading) -> NameReading:
        word = next(part for part in reading.parts if part.role == "given")
        text = word.text
        if len(text) < 6 or self.given[text] + self.family[text] > 2:
            return reading
        best, cut = 0.0, 0
        for at in range(3, len(text) - 2):
            left, right = self.given[text[:at]], self.family[text[at:].removeprefix("ال")]
            if left >= 3 and right >= 2 and left * right > best:
                best, cut = float(left * right), at
        if not cut:
            return reading
        return read_name(text[:cut] + " " + text[cut:])[0]


def _row(entry: Entry, reading: NameReading, book: TokenBook) -> NDArray[np.int32]:
    row = np.full(C.COUNT, -1, np.int32)
    own = [part for part in reading.parts if part.role not in {"laqab", "kunya"}]
    kin = _KIN[reading.kin]
    row[C.KIN] = kin
    row[C.OF if kin else C.GIVEN] = book.number(reading.text("given"))
    row[C.FATHER] = -1 if kin else book.number(reading.text("father"))
    row[C.GRAND] = book.number(reading.text("father" if kin else "grandfather"))
    row[C.FAMILY] = book.number(_family(reading))
    row[C.KUNYA] = book.number(reading.text("kunya"))
    row[C.WORDS] = 0 if kin else len(own)
    row[C.OPEN] = int(_is_open(reading))
    row[C.NAMED] = int(not reading.unnamed)
    row[C.SCRIPT] = int(_is_latin(entry.name))
    if entry.father:
        row[C.FATHER] = book.number(_whole(entry.father, first=True))
        row[C.OPEN] = 0
    row[C.MOTHER] = book.number(_whole(entry.mother, first=True)) if entry.mother else -1
    row[C.PLACE] = book.number(_whole(entry.place)) if entry.place else -1
    row[C.REGION] = book.number(_whole(entry.region)) if entry.region else -1
    row[C.NUMBER] = book.number("#" + entry.number) if entry.number else -1
    row[C.SEX] = {"female": 0, "male": 1}.get(entry.sex, _sex_in_words(reading))
    row[C.DAY], row[C.MONTH] = _day_month(entry.died)
    row[C.BORN] = -1 if entry.birth_year is None else entry.birth_year
    row[C.AGE] = _age(entry, int(row[C.MONTH]))
    return row


def _family(reading: NameReading) -> str:
    part = next((part for part in reading.parts if part.role == "family"), None)
    if part is None:
        return ""
    lead = {"abu": ("ابو", "abu"), "umm": ("ام", "um")}.get(part.abu, ("", ""))
    return lead[part.text[0] < "ء"] + part.text


def _is_open(reading: NameReading) -> bool:
    roles = [part.role for part in reading.parts if part.role not in {"laqab", "kunya"}]
    family = next((part for part in reading.parts if part.role == "family"), None)
    return (
        family is not None
        and "father" not in roles
        and not reading.kin
        and not (family.article or family.abu)
    )


def _sex_in_words(reading: NameReading) -> int:
    if reading.kin:
        return _SEX_OF_KIN.get(reading.kin, -1)
    kunya = next((part for part in reading.parts if part.role == "kunya"), None)
    return -1 if kunya is None else int(kunya.abu == "abu")


def _is_latin(text: str) -> bool:
    return sum("a" <= char.lower() <= "z" for char in text) * 2 > len(text.replace(" ", ""))


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
    known = (given >= 0) & (sex >= 0)
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
