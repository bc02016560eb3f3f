"""Read single cells: dates in mixed forms and digits, ages, sexes; say what is unclear.

A date is never made more precise than the cell is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from tallystick.records import Sex
from tallystick.text import fold_name

__all__ = ["Unclear", "date_of", "date_orders", "number_of", "sex_of", "text_of"]

_SEX_WORDS: dict[Sex, str] = {
    "male": "m male man boy ذكر ذ رجل طفل ولد",
    "female": "f female woman girl w أنثى ا امرأة طفلة بنت فتاة سيدة",
}
_SEXES: dict[str, Sex] = {
    fold_name(word): sex for sex, words in _SEX_WORDS.items() for word in words.split()
}
_NOTHING_WORDS = (
    "unknown n/a na - -- ? ؟ none null nil unspecified . غير_معروف غير_محدد مجهول لا_يوجد"
)
_NOTHING = frozenset(fold_name(word) for word in _NOTHING_WORDS.split())
_MONTH_WORDS = (
    "january jan يناير", "february feb فبراير شباط", "march mar مارس آذار", "april apr أبريل نيسان",
    "may مايو أيار", "june jun يونيو حزيران", "july jul يوليو تموز", "august aug أغسطس آب",
    "september sep sept سبتمبر أيلول", "october oct أكتوبر", "november nov نوفمبر",
    "december dec ديسمبر",
)  # fmt: skip
_MONTHS = {
    fold_name(word): month for month, words in enumerate(_MONTH_WORDS, 1) for word in words.split()
}
_TWO_WORDS = {
    fold_name("كانون الثاني"): 1, fold_name("كانون ثاني"): 1,
    fold_name("كانون الأول"): 12, fold_name("كانون اول"): 12,
    fold_name("تشرين الأول"): 10, fold_name("تشرين اول"): 10,
    fold_name("تشرين الثاني"): 11, fold_name("تشرين ثاني"): 11,
}  # fmt: skip
_PIECES = re.compile(r"\d+|[^\W\d_]+")


class Unclear(ValueError):
    """Hold a cell that cannot be read as what its column says; becomes an issue."""


def text_of(cell: object) -> str:
    """Give a cell as text, without outer spaces; whole floats as whole numbers."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def sex_of(cell: object) -> Sex:
    """Read a sex."""
    text = fold_name(text_of(cell)).strip(" .")
    if not text or text.replace(" ", "_") in _NOTHING:
        return ""
    if text not in _SEXES:
        raise Unclear
    return _SEXES[text]


def number_of(cell: object, lo: int, hi: int) -> int | None:
    """Read a whole number within [lo, hi]; months and days of infants count as age 0."""
    text = fold_name(text_of(cell)).strip(" .~")
    if not text or text.replace(" ", "_") in _NOTHING:
        return None
    found = re.fullmatch(r"(\d+)(?:[.,]\d+)?\s*(.*)", text)
    if not found:
        raise Unclear
    rest = found[2].strip()
    if rest in {"months", "month", "days", "day", "شهر", "اشهر", "شهور", "يوم", "ايام"}:
        return 0
    value = int(found[1])
    if not lo <= value <= hi or (
        rest and rest not in {"years", "year", "yrs", "y", "سنة", "سنه", "عام", "عاما", "سنوات"}
    ):
        raise Unclear
    return value


def date_orders(cells: Iterable[object]) -> tuple[int, int]:
    """Count the cells that can only have the day first, and those that can only have it second."""
    first = second = 0
    for cell in cells:
        parts = _PIECES.findall(fold_name(text_of(cell)))
        if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[0]) < 4:
            first += int(parts[0]) > 12
            second += int(parts[1]) > 12
    return first, second


def date_of(cell: object, *, day_before_month: bool = True) -> str:
    """Read a date as an ISO day, month or year; empty if none is stated."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = fold_name(text_of(cell))
    if not text or text.strip().replace(" ", "_") in _NOTHING:
        return ""
    for words, month in _TWO_WORDS.items():
        text = text.replace(words, f" m{month} ")
    text = re.sub(r"(?<=\d)t?\s*\d{1,2}:\d\d(:\d\d)?.*$", "", text)
    return _assembled(re.findall(r"m\d+|\d+|[^\W\d_]+", text), day_before_month)


def _assembled(parts: list[str], day_before_month: bool) -> str:
    month = next((_month_word(part) for part in parts if _month_word(part)), 0)
    if any(not part.isdigit() and not _month_word(part) for part in parts):
        raise Unclear
    numbers = [part for part in parts if part.isdigit()]
    year = next((int(part) for part in numbers if len(part) == 4), 0)
    rest = [int(part) for part in numbers if len(part) < 4]
    if not year or len(numbers) + bool(month) > 3 or len(rest) + bool(month) > 2:
        raise Unclear
    if month:
        return _iso(year, month, rest[0] if rest else 0)
    if not rest:
        return f"{year:04d}"
    if len(rest) == 1:
        return _iso(year, rest[0], 0)
    if len(numbers[0]) == 4:
        return _iso(year, rest[0], rest[1])
    day, month = rest if day_before_month else rest[::-1]
    if month > 12 >= day:
        day, month = month, day
    return _iso(year, month, day)


def _month_word(part: str) -> int:
    if re.fullmatch(r"m\d+", part):
        return int(part[1:])
    return _MONTHS.get(part, 0)


def _iso(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12 or not 1900 <= year <= 2100:
        raise Unclear
    if not day:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Unclear from None
