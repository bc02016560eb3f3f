"""Cut a folded text where a sentence surely ends, so that what tells of no harm is left uncut.

A passage holds one sentence or several. Only its words are looked at here, by the run of letters;
what is an item and where doubtful sentences end is said in ``tokens.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["ABBREVIATIONS", "is_without", "passages_of", "runs_of"]

# fmt: off
ABBREVIATIONS = frozenset({
    "approx", "apr", "aug", "ave", "capt", "co", "col", "cpl", "dec", "dept", "dr", "eg", "etc",
    "feb", "ft", "gen", "govt", "hon", "ie", "inc", "jan", "jul", "jun", "km", "lt", "ltd", "maj",
    "mar", "mr", "mrs", "ms", "no", "nov", "oct", "prof", "rev", "rs", "sep", "sept", "sgt",
    "shri", "smt", "st", "sub", "vs",
})
# fmt: on
_RUN = re.compile(r"[^\W\d_]+")
_LAST_RUN = re.compile(r"[^\W\d_]{2,}$")
# A stop inside a number surely ends nothing.
_MAY_END = re.compile(r"[!?\n]|(?<!\d)\.|\.(?!\d)")
_LONGEST = max(map(len, ABBREVIATIONS)) + 1


def passages_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each passage."""
    start = 0
    at = text.find(". ")
    while at >= 0:
        if _is_sure(text, at):
            yield start, at + 1
            start = at + 1
        at = text.find(". ", at + 1)
    yield start, len(text)


def _is_sure(text: str, at: int) -> bool:
    """Say whether the full stop here stands behind a word that is no abbreviation."""
    run = _LAST_RUN.search(text[max(0, at - _LONGEST) : at])
    return run is not None and run[0] not in ABBREVIATIONS


def is_without(runs: frozenset[str], text: str, start: int, end: int) -> bool:
    """Say whether a passage surely is one sentence and holds none of these runs of letters."""
    if not runs.isdisjoint(_RUN.findall(text, start, end)):
        return False
    return _MAY_END.search(text, start, max(start, end - 1)) is None


def runs_of(words: str) -> list[str]:
    """Return the runs of letters of an entry: whoever writes it writes each of them."""
    return _RUN.findall(words)
