"""Fold the spellings of names, so that one name written in many ways becomes few keys.

Three steps, each coarser than the one before: ``fold`` (case, accents, Arabic letter variants,
hyphens), ``bare`` (without the article), ``skeleton`` (the consonants, the same for Arabic and
Latin letters). ``likeness.py`` ranks what a skeleton brings together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["bare", "fold", "is_arabic", "skeleton"]

# Arabic letters that writers use for one another; hamza and the marks of vowels are left out.
_SAME_LETTER = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "گ": "ك",
        "ھ": "ه",
        "ہ": "ه",
        "ۀ": "ه",
        "ة": "ه",
        "ء": "",
        "ـ": "",
        "پ": "ب",
        "چ": "ج",
        "ڤ": "ف",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
    }
)
_SILENT = re.compile(r"[\u02b0-\u02ff'’‘`´ʿʾ\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOT_IN_WORDS = re.compile(r"[^\w]+|_+")
_ARTICLES = frozenset(
    ("the", "al", "el", "ul", "il", "as", "ash", "at", "ath", "ad", "adh", "ar", "an", "az")
    + ("es", "esh", "et", "ed", "er", "en", "ez")
)
_LATIN_ARTICLE = re.compile(r"^(?:al|el)(?=[bcdfghjklmnpqrstvwxyz]{1,2}[aeiou])")


def fold(words: str) -> str:
    """Return the words without case, accents, vowel marks, hyphens and letter variants."""
    folded = _fold_once(words)
    again = _fold_once(folded)
    while again != folded:
        folded, again = again, _fold_once(again)
    return folded


def _fold_once(words: str) -> str:
    apart = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(_plain(letter) for letter in apart if not unicodedata.combining(letter))
    return _NOT_IN_WORDS.sub(" ", _SILENT.sub("", kept.translate(_SAME_LETTER))).strip()


def _plain(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def is_arabic(words: str) -> bool:
    """Say whether the words hold an Arabic letter."""
    return any("\u0600" <= letter <= "\u06ff" or "\u0750" <= letter <= "\u077f" for letter in words)


def bare(folded: str) -> str:
    """Return folded words without their articles (al-, ash-, the, ال), as one key."""
    words = folded.split()
    kept = [word for word in words if word not in _ARTICLES] or words
    return " ".join(_without_article(word) for word in kept)


def _without_article(word: str) -> str:
    if word.startswith("ال") and len(word) > 3:
        return word[2:]
    return word


_ARABIC_SOUNDS = str.maketrans(
    {
        "ب": "b", "ت": "t", "ث": "s", "ج": "j", "ح": "h", "خ": "x", "د": "d", "ذ": "z", "ر": "r",
        "ز": "z", "س": "s", "ش": "c", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "g",
        "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
        "ا": "",
    }
)  # fmt: skip
_LATIN_SOUNDS = (
    ("ch", "c"), ("sh", "c"), ("kh", "x"), ("gh", "g"), ("th", "s"), ("dh", "z"), ("ph", "f"),
    ("ck", "k"), ("q", "k"), ("p", "b"), ("v", "f"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(words: str) -> str:
    """Return the consonants of the words, without articles and spaces, in one script."""
    return "".join(_consonants(word) for word in bare(fold(words)).split())


def _consonants(word: str) -> str:
    sounds = word.translate(_ARABIC_SOUNDS)
    for written, sound in _LATIN_SOUNDS:
        sounds = sounds.replace(written, sound)
    first = sounds[:1]
    rest = re.sub(r"[aeiouwy]", "", sounds[1:])
    kept = ("" if first in "aeiou" else first) + rest
    kept = re.sub(r"(.)\1+", r"\1", kept)
    return kept.rstrip("h") or kept
