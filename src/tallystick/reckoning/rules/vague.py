"""Find which vague word stands behind a count, so that each rule can read it by its own table.

The word is taken from the quote. Without a quote it is told by the floor that reading gives it,
and the names here are those of English; Arabic words stand beside them.
"""

from __future__ import annotations

import re
from typing import Literal

from tallystick.records import Claim

__all__ = ["Word", "vague_word"]

Word = Literal["tens", "dozens", "scores", "hundreds", "thousands", "several", "losses"]

# Word, what says so, and the floors that it is given. The first that fits is taken.
_WORDS: tuple[tuple[Word, re.Pattern[str], tuple[int, ...]], ...] = (
    ("thousands", re.compile(r"\bthousands\b|آلاف|الآلاف"), (1000, 2000)),
    ("hundreds", re.compile(r"\bhundreds\b|مئات|المئات"), (100, 200)),
    ("scores", re.compile(r"\bscores\b"), (40,)),
    ("dozens", re.compile(r"\bdozens\b"), (12, 24)),
    ("tens", re.compile(r"\btens\b|عشرات|العشرات"), (10, 20)),
    ("several", re.compile(r"\b(?:several|many|some|a few|a number of)\b|عدد من|عدة"), (1, 2, 3)),
    ("losses", re.compile(r"\b(?:losses|casualties)\b|خسائر بشرية"), (0,)),
)


def vague_word(claim: Claim) -> Word | None:
    """Return the vague word of a claim; None where it is hedged otherwise or not known."""
    if claim.hedge != "vague":
        return None
    quote = claim.quote.casefold()
    said = [(word, floors) for word, pattern, floors in _WORDS if pattern.search(quote)]
    fits = [word for word, floors in said if claim.lo in floors]
    if fits or said:
        return fits[0] if fits else said[0][0]
    return next((word for word, _, floors in _WORDS if claim.lo in floors), None)
