"""Read numbers written in words, in digits, or in both (“1.1 million”, “44 ألف”).

Takes folded words and gives values; says nothing of what is counted. A number that could be read
in two ways is read in none: ``digits_value`` gives ``None`` and the caller raises an issue.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

__all__ = ["NumberWords", "digits_value", "number_at", "number_words"]

_DATA = Path(__file__).parent / "data" / "numbers.toml"
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(\d+)[.,](\d{1,2})")
_LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Hold the number words of one language, folded.

    Args:
        ones: Words that add.
        hundreds: Words that multiply the group before them.
        scales: Words that multiply and close a group.
        groups: Counting nouns (dozen).
        duals: Words that are a scale twice (Arabic).
        joiners: “and” between parts.
        articles: “a” before hundred or dozen.
        half: “half” before “a dozen”.
        is_arabic: Whether “and” is written onto the word, and units come before tens.
        openers: Every word that a number may begin with.
        heads: The openers but “a”, which begins a number only before another opener.
    """

    ones: Mapping[str, int]
    hundreds: Mapping[str, int]
    scales: Mapping[str, int]
    groups: Mapping[str, int]
    duals: Mapping[str, int]
    joiners: frozenset[str]
    articles: frozenset[str]
    half: frozenset[str]
    is_arabic: bool
    openers: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()

    def starts(self, word: str) -> bool:
        """Say whether a number may begin with this word, not counting “a” and “half”."""
        return word in self.openers and (word in self.ones or word not in self.articles | self.half)


@lru_cache(maxsize=8)
def number_words(lang: str) -> NumberWords:
    """Return the number words of a language; those of English for an unknown one."""
    tables = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    told = tables.get(lang, tables["en"])

    def words(name: str) -> frozenset[str]:
        return frozenset(told.get(name, {}).get("words", ()))

    lists = ("ones", "hundreds", "scales", "groups", "duals")
    openers = {word for name in lists for word in told.get(name, {})}
    openers |= words("article") | words("half")
    return NumberWords(
        openers=frozenset(openers),
        heads=frozenset(openers - (words("article") - told["ones"].keys())),
        ones=told["ones"],
        hundreds=told.get("hundreds", {}),
        scales=told["scales"],
        groups=told.get("groups", {}),
        duals=told.get("duals", {}),
        joiners=words("joiners"),
        articles=words("article"),
        half=words("half"),
        is_arabic=lang == "ar",
    )


def digits_value(digits: str) -> Fraction | None:
    """Return the value of folded digits; ``None`` if they can be read in two ways.

    “1,225”, “1.225” and “1 225” are 1225; “1.1” and “1,1” are eleven tenths; “1,22,5” is nothing.
    """
    if digits.isdigit():
        value = Fraction(int(digits)) if len(digits) <= 12 else None
    elif _GROUPED.fullmatch(digits):
        value = Fraction(int(re.sub(r"\D", "", digits)))
    elif found := _DECIMAL.fullmatch(digits):
        value = Fraction(f"{found[1]}.{found[2]}")
    else:
        value = _south_asian(digits)
    return value if value is None or value < _LARGEST else None


def _south_asian(digits: str) -> Fraction | None:
    # 1,50,000: groups of two before the last three.
    if re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}", digits):
        return Fraction(int(digits.replace(",", "")))
    return None


def number_at(words: Sequence[str], at: int, table: NumberWords) -> tuple[int, int] | None:
    """Read the longest number in words that begins here.

    Args:
        words: Folded words of one clause; digits may stand among them.
        at: Where to begin.
        table: The language's number words.

    Returns:
        The value and the index after the last word; ``None`` if no whole number begins here.
    """
    if table.is_arabic:
        return _arabic(words, at, table)
    return _latin(words, at, table)


class _Sum:
    """Add up the parts of one number; ``group`` is what stands since the last scale."""

    __slots__ = ("goes_to_nineteen", "group", "seen", "smallest", "total")

    def __init__(self, *, goes_to_nineteen: bool = False) -> None:
        self.goes_to_nineteen = goes_to_nineteen
        self.total = Fraction(0)
        self.group = Fraction(0)
        self.seen = False
        self.smallest = 10**13

    def add_one(self, value: int) -> bool:
        """Add a small number unless it could not stand after the last (“two three”)."""
        if self.goes_to_nineteen and self._goes_on_in_french(value):
            return True
        place = 100 if value >= 100 else 10 if value >= 20 else 1
        teen = 10 <= value < 20
        # soixante-dix, quatre-vingt-onze: sixty and eighty go on to nineteen in French.
        goes_on = teen and self.goes_to_nineteen and self.group % 100 in (60, 80)
        if self.group and (10 if teen else place) >= self.smallest and not goes_on:
            return False
        self.group += value
        self.smallest = 1 if value < 20 else place
        self.seen = True
        return True

    def _goes_on_in_french(self, value: int) -> bool:
        """Take the parts of quatre-vingt and of soixante-dix-sept where they were parted."""
        if value == 20 and self.group % 100 == 4:
            self.group += 76
            self.smallest = 10
            return True
        if value in (7, 8, 9) and self.group % 20 == 10:
            self.group += value
            return True
        return False

    def multiply(self, value: int) -> None:
        self.group = max(self.group, Fraction(1)) * value
        self.smallest = value
        self.seen = True

    def close(self, value: int) -> None:
        self.total += max(self.group, Fraction(1)) * value
        self.group = Fraction(0)
        self.smallest = 10**13
        self.seen = True

    def whole(self) -> int | None:
        value = self.total + self.group
        return int(value) if value.denominator == 1 and value < _LARGEST else None


def _latin(words: Sequence[str], at: int, table: NumberWords) -> tuple[int, int] | None:
    follows = words[at + 1] if at + 1 < len(words) else ""
    stands_alone = follows not in table.openers and follows not in table.joiners
    if stands_alone and (words[at] in table.ones or words[at][0].isdigit()):
        value = table.ones.get(words[at])
        return None if value is None else (value, at + 1)
    return _latin_of_parts(words, at, table)


def _latin_of_parts(words: Sequence[str], at: int, table: NumberWords) -> tuple[int, int] | None:
    here = at
    half = words[here] in table.half
    if half:
        here += 1
    if here < len(words) and words[here] in table.articles:
        follows = words[here + 1] if here + 1 < len(words) else ""
        if follows in table.hundreds or follows in table.scales or follows in table.groups:
            here += 1
    if half:
        is_group = here < len(words) and words[here] in table.groups
        return (table.groups[words[here]] // 2, here + 1) if is_group else None
    sum_ = _Sum(goes_to_nineteen="soixante" in table.ones)
    end = here
    while here < len(words):
        step = _step(sum_, words, here, table)
        if step == 0:
            break
        here += step
        if words[here - 1] not in table.joiners:
            end = here
    value = sum_.whole()
    return (value, end) if sum_.seen and value is not None else None


def _step(sum_: _Sum, words: Sequence[str], here: int, table: NumberWords) -> int:
    """Take one word into the sum; return how many words were taken, 0 = the number ends."""
    word = words[here]
    if word in table.ones:
        return int(sum_.add_one(table.ones[word]))
    factor = table.hundreds.get(word) or table.groups.get(word)
    if factor and sum_.group < 100:
        sum_.multiply(factor)
        return 1
    if word in table.scales:
        sum_.close(table.scales[word])
        return 1
    if word in table.joiners and sum_.seen and here + 1 < len(words):
        return int(_may_follow_and(sum_, table.ones.get(words[here + 1], 0), table))
    is_digits = word[0].isdigit() and not sum_.seen
    return _digits_before_scale(sum_, words, here, table) if is_digits else 0


def _may_follow_and(sum_: _Sum, value: int, table: NumberWords) -> bool:
    # “a hundred and four”, “treinta y uno”; never “two and three”, nor “twenty and one”.
    if not 0 < value < 100:
        return False
    if table.hundreds and "and" in table.joiners:
        return sum_.smallest >= 100
    return sum_.smallest >= 10 and (value < sum_.smallest or sum_.goes_to_nineteen)


def _digits_before_scale(sum_: _Sum, words: Sequence[str], here: int, table: NumberWords) -> int:
    follows = words[here + 1] if here + 1 < len(words) else ""
    value = digits_value(words[here])
    if value is None or (follows not in table.scales and follows not in table.groups):
        return 0
    sum_.total = value * (table.scales.get(follows) or table.groups[follows])
    sum_.seen = True
    return 2


def _arabic(words: Sequence[str], at: int, table: NumberWords) -> tuple[int, int] | None:
    """Read an Arabic number; “and” is written onto the next word or stands alone."""
    sum_ = _ArabicSum()
    here = end = at
    while here < len(words):
        plain, joined, step = _unjoined(words, here, table, sum_.seen)
        if plain[:1].isdigit():
            if not sum_.take_digits(plain, joined):
                break
            follows = words[here + step] if here + step < len(words) else ""
            if follows not in table.scales and follows not in table.duals:
                return _whole(sum_.value, here + step)
        elif not sum_.take_word(plain, joined, table):
            break
        here += step
        end = here
    return _whole(sum_.value, end) if sum_.seen else None


def _unjoined(
    words: Sequence[str], here: int, table: NumberWords, seen: bool
) -> tuple[str, bool, int]:
    """Return the word without “and”, whether it had one, and how many words it takes."""
    word = words[here]
    if not seen:
        return word, False, 1
    if word == "و" and here + 1 < len(words):
        return words[here + 1], True, 2
    # “واحد” is “one”, but after a part of a number it is “and” with the unit of eleven.
    if word.startswith("و") and (not table.starts(word) or word[1:] in table.ones):
        return word[1:], True, 1
    return word, False, 1


class _ArabicSum:
    """Add up an Arabic number: units before tens, hundreds before both, scales close a group."""

    __slots__ = ("group", "last", "seen", "total")

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.group = Fraction(0)
        self.last = 0
        self.seen = False

    @property
    def value(self) -> Fraction:
        return self.total + self.group

    def take_digits(self, digits: str, joined: bool) -> bool:
        value = digits_value(digits)
        if value is None or self.group or (self.seen and not (joined and self.total)):
            return False
        self.group, self.last, self.seen = value, 0, True
        return True

    def take_word(self, word: str, joined: bool, table: NumberWords) -> bool:
        if word in table.scales:
            return self._close(table.scales[word], joined)
        if word in table.duals:
            if self.seen and not joined:
                return False
            self.total += self.group + table.duals[word]
            self.group, self.last, self.seen = Fraction(0), 0, True
            return True
        if word in table.hundreds:
            self.group = _hundreds(self.group, joined)
            self.last, self.seen = 100, True
            return True
        value = table.ones.get(word)
        if value is None or not self._fits(value, joined):
            return False
        self.group += value
        self.last, self.seen = value, True
        return True

    def _close(self, scale: int, joined: bool) -> bool:
        if self.seen and not joined and self.group == 0:
            return False
        if joined:
            self.total, self.group = self.total + self.group + scale, Fraction(0)
        else:
            self.total, self.group = self.total + max(self.group, Fraction(1)) * scale, Fraction(0)
        self.last, self.seen = 0, True
        return True

    def _fits(self, value: int, joined: bool) -> bool:
        if not self.seen or (self.last == 0 and joined):
            return True
        if not joined:
            return value == 10 and 0 < self.last < 10
        if self.last < 10:
            return 20 <= value < 100
        return value < 100 <= self.last


def _hundreds(group: Fraction, joined: bool) -> Fraction:
    # “thalath mi'a” multiplies; “wa-mi'a” adds.
    return group + 100 if joined or group == 0 else group * 100


def _whole(value: Fraction, end: int) -> tuple[int, int] | None:
    return (int(value), end) if value.denominator == 1 and value < _LARGEST else None
