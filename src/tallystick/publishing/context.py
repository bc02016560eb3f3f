"""Find the sentence around some words of a text, as it stands there."""

from __future__ import annotations

import re

__all__ = ["LONGEST", "around", "sentence"]

LONGEST = 280
# A word longer than this is cut where it stands.
_LONGEST_WORD = 40
_END = re.compile(r"[.!?؟۔…]+[\"”»’)\]]*(?=\s)|\n")


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands in the sentence before and after the words ``[start, end)``.

    Neither half is longer than ``LONGEST``; a half that had to be cut is cut between words and
    ends in an ellipsis.
    """
    first, last = _ends(text, start, end)
    return _tail(text[first:start].lstrip()), _head(text[end:last].rstrip())


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around the words ``[start, end)`` begins and ends.

    A half longer than ``LONGEST`` is cut a word further out, so that ``around`` finds the same
    in what is left as in the whole.
    """
    first, last = _ends(text, start, end)
    before, after = text[first:start].lstrip(), text[end:last].rstrip()
    first, last = start - len(before), end + len(after)
    if len(before) > LONGEST:
        over = len(before[:-LONGEST].rstrip()) - 1
        gap = before.rfind(" ", max(0, over - _LONGEST_WORD), over)
        first += gap + 1 if gap >= 0 else over
    if len(after) > LONGEST:
        over = len(after) - len(after[LONGEST:].lstrip()) + 1
        gap = after.find(" ", over, over + _LONGEST_WORD)
        last = end + (gap if gap >= 0 else over)
    return first, last


def _ends(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of the sentence with the blanks beside it; a far end is not looked for."""
    far = (max(0, start - 2 * LONGEST), min(len(text), end + 2 * LONGEST))
    ends = [match.end() for match in _END.finditer(text, far[0], start)]
    after = _END.search(text, end, far[1])
    return (ends[-1] if ends else far[0]), (after.end() if after else far[1])


def _tail(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return "… " + words[-LONGEST:].partition(" ")[2]


def _head(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rpartition(" ")[0] + " …"
