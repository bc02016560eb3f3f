"""Fold the spellings of names, so that one name written in many ways becomes few keys.

``fold`` unites case, accents, Arabic letter variants and hyphens; ``bare`` takes the articles
away as well. What stands beside a place's name is the matter of ``placewords.py``; ``sounds.py``
goes further and unites scripts.
"""

from __future__ import annotations

import re
import unicodedata

from tallystick.text import fold_word

__all__ = ["AYN", "bare", "fold", "fold_aloud", "has_arabic"]

# Stands in ``fold_aloud`` for an apostrophe between letters: ayn, or hamza, of an Arabic name.
AYN = "ʕ"
# Apostrophes of every kind and hamza: written or left out at will.
_SILENT = re.compile(r"['’‘`´\u02b0-\u02ffء]")
_AYN = re.compile(r"(?<=[^\W\d_])['’‘`´ʼʿʾ](?=[^\W\d_])")
_NOT_IN_WORDS = re.compile(r"[\W_]+")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
# The articles of Arabic names as newsrooms write them, the l taken on by the next letter.
_ARTICLES = frozenset(
    re.split(" ", "the al el ul il as ash at ath ad adh ar an az es esh et ed er en ez ech")
)


def fold(words: str) -> str:
    """Return the words without case, accents, vowel signs, hyphens and letter variants."""
    folded = _fold_once(words)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(words: str) -> str:
    return _fold(words).replace(AYN, "")


def fold_aloud(words: str) -> str:
    """Return the words folded, with ``AYN`` where an apostrophe stands for a sound."""
    return _fold(_AYN.sub(AYN, words))


def _fold(words: str) -> str:
    plain = fold_word(unicodedata.normalize("NFKC", words))
    return _NOT_IN_WORDS.sub(" ", _SILENT.sub("", plain)).strip()


def has_arabic(words: str) -> bool:
    """Say whether the words hold an Arabic letter."""
    return _ARABIC.search(words) is not None


def bare(folded: str) -> str:
    """Return folded words without their articles (al-, ash-, the, ال)."""
    kept = [word for word in folded.split() if word not in _ARTICLES] or folded.split()
    return " ".join(_without_article(word) for word in kept)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word
