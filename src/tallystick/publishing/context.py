"""Find the sentence around some words of a text, as it stands there."""

from __future__ import annotations

import re

__all__ = ["around"]

LONGEST = 280
_END = re.compile(r"[.!?؟۔…]+[\"”»’)\]]*(?=\s)|\n")


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands in the sentence before and after the words ``[start, end)``.

    Neither half is longer than ``LONGEST``; a half that had to be cut is cut between words and
    ends in an ellipsis.
    """
    ends = [match.end() for match in _END.finditer(text, 0, start)]
    first = ends[-1] if ends else 0
    after = _END.search(text, end)
    last = after.end() if after else len(text)
    return _tail(text[first:start].lstrip()), _head(text[end:last].rstrip())


def _tail(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return "… " + words[-LONGEST:].partition(" ")[2]


def _head(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rpartition(" ")[0] + " …"
