"""Part Arabic words from what is written onto them: and, in, to, the.

A part is cut off only where the rest is a known word or number, or where the article shows that
a particle stands before it; so “بانياس” keeps its ب and “بالمدينة” gives it up.
"""

from __future__ import annotations

from collections.abc import Container

from tallystick.text import NumberWords

__all__ = ["arabic_parts"]

_PARTICLES = ("و", "ف", "ب", "ل", "ك")
_SHORTEST = 2
# Common words that begin with what looks like “and”.
_WHOLE = (
    "وزار", "وزير", "وكال", "وسائل", "وسايل", "وحد", "وفد", "واد", "وطن", "والد", "وقت", "وضع",
    "وفق", "واشنطن", "وسط", "ولاي", "وصل", "وقع", "وقف", "ورد", "وثق", "وجه", "وعد", "واسط", "ودمد",
)  # fmt: skip


def arabic_parts(word: str, words: Container[str], table: NumberWords) -> list[tuple[int, str]]:
    """Return the parts of a folded word, each with its offset.

    Args:
        word: A folded word.
        words: The lexicon's words.
        table: The number words.
    """
    if word in words or table.starts(word):
        return [(0, word)]
    known = _known_parts(word, words, table)
    if known is not None:
        return known
    if word[0] in _PARTICLES and word[1:3] == "ال" and len(word) > 5:
        return [(0, word[0]), (1, word[1:])]
    if word.startswith("لل") and len(word) > 4:
        return [(0, "ل"), (1, word[1:])]
    if word[0] == "و" and len(word) > 4 and not word.startswith(_WHOLE):
        return [(0, "و"), (1, word[1:])]
    return [(0, word)]


def _known_parts(
    word: str, words: Container[str], table: NumberWords
) -> list[tuple[int, str]] | None:
    """Cut off particles and the article until a known word is left; None if none is."""
    if word.startswith("ال") and len(word) > 2 + _SHORTEST - 1:
        rest = word[2:]
        if rest in words or table.starts(rest):
            return [(0, "ال"), (2, rest)]
    if word.startswith("لل") and len(word) > 3:
        rest = word[2:]
        if rest in words or table.starts(rest):
            return [(0, "ل"), (2, rest)]
    if word[0] in _PARTICLES and len(word) > _SHORTEST:
        rest = word[1:]
        if rest in words or table.starts(rest) or rest.isdigit():
            return [(0, word[0]), (1, rest)]
        inner = _known_parts(rest, words, table) if len(rest) > _SHORTEST else None
        if inner is not None:
            return [(0, word[0]), *((at + 1, part) for at, part in inner)]
    return None
