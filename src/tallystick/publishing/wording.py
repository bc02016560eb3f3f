"""Say every sentence of the interface from one table of messages for each language.

Messages lie in ``words/*.toml``. A message holds ``{fields}``; what is put into a field is escaped
unless it is markup already. A message that counts has one form for each plural of its language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import Literal

from tallystick.errors import UnknownTerm
from tallystick.publishing.markup import Content, Html, joined, safe, tag
from tallystick.records import Days

__all__ = ["LANGUAGES", "UnknownLanguage", "Words"]

LANGUAGES = ("ar", "en")
_DIRECTIONS: Mapping[str, Literal["ltr", "rtl"]] = {"ar": "rtl", "en": "ltr"}


class UnknownLanguage(UnknownTerm):
    """A report is asked for in a language that has no table of messages."""

    code = "unknown-language"

    def __init__(self, lang: str) -> None:
        super().__init__(
            f"There are no report sentences in the language “{lang[:20]}”.",
            then=f"set lang to one of {', '.join(LANGUAGES)}.",
        )


def _english_plural(n: int) -> str:
    return "one" if n == 1 else "other"


def _arabic_plural(n: int) -> str:
    """Return the CLDR plural category of a whole number in Arabic."""
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    tail = n % 100
    if 3 <= tail <= 10:
        return "few"
    return "many" if tail >= 11 else "other"


_PLURALS: Mapping[str, Callable[[int], str]] = {"ar": _arabic_plural, "en": _english_plural}


class Words:
    """Say messages, numbers, days and lists in one language."""

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise UnknownLanguage(lang)
        self.lang = lang
        self.direction = _DIRECTIONS[lang]
        self._messages = _table(lang)

    def __call__(self, key: str, /, **parts: Content) -> Html:
        """Return the message with its fields filled, as markup."""
        return _filled(self._messages[key], parts)

    def plain(self, key: str, /) -> str:
        """Return a message without fields as plain text, for a chart or a page's title."""
        return self._messages[key]

    def has(self, key: str) -> bool:
        return key in self._messages

    def counted(self, key: str, n: int, /, **parts: Content) -> Html:
        """Return the message in the plural form of n; ``{n}`` is n with its digits grouped."""
        plural = _PLURALS[self.lang](n)
        form = f"{key}.{plural}" if f"{key}.{plural}" in self._messages else f"{key}.other"
        return _filled(self._messages[form], {"n": self.number(n), **parts})

    def number(self, n: int) -> Html:
        """Return a number with its digits grouped, kept from turning in a right-to-left line."""
        return tag("bdi", f"{n:,}", class_="n", dir="ltr")

    def between(self, lo: int, hi: int | None) -> Html:
        """Return “12”, “12–15” or “at least 12”."""
        if hi is None:
            return self("number.at-least", n=self.number(lo))
        if lo == hi:
            return self.number(lo)
        return tag("bdi", f"{lo:,}–{hi:,}", class_="n", dir="ltr")

    def day(self, day: date) -> Html:
        month = self._messages[f"month.{day.month}"]
        return self("day.full", day=str(day.day), month=month, year=str(day.year))

    def short_day(self, day: date) -> str:
        return f"{day.day} {self._messages[f'month-short.{day.month}']}"

    def days(self, days: Days) -> Html:
        """Return a window of days as one would say it."""
        first, last = days.first, days.last
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return self(
                "day.within-month",
                first=str(first.day),
                last=str(last.day),
                month=self._messages[f"month.{last.month}"],
                year=str(last.year),
            )
        return self("day.from-to", first=self.day(first), last=self.day(last))

    def listed(self, parts: Iterable[Content]) -> Html:
        """Return “A”, “A and B” or “A, B and C”."""
        written = [part for part in map(safe, parts) if part]
        if len(written) < 2:
            return joined(written)
        first = joined(written[:-1], self._messages["list.comma"])
        return self("list.and", first=first, last=written[-1])


def _filled(message: str, parts: Mapping[str, Content]) -> Html:
    written: list[Html] = []
    for literal, field, _, _ in Formatter().parse(message):
        written.append(safe(literal))
        if field is not None:
            written.append(safe(parts[field]))
    return joined(written)


@lru_cache(maxsize=len(LANGUAGES))
def _table(lang: str) -> Mapping[str, str]:
    text = files("tallystick.publishing").joinpath("words", f"{lang}.toml").read_text("utf-8")
    return dict(_flat(tomllib.loads(text)))


def _flat(table: Mapping[str, object], before: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)
