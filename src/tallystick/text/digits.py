"""Find numbers whose digits cannot be trusted as they are shown.

A number that mixes digits of two scripts, or hides a character between its digits, reads
differently to a person and to a program; such a number is read by neither.
"""

from __future__ import annotations

import re
import unicodedata

from tallystick.text.fold import INVISIBLE

__all__ = ["doubtful_numbers"]

_HIDDEN = f"[{INVISIBLE}]"
_RUN = re.compile(rf"\d(?:[\d.,\u066b\u066c]|{_HIDDEN})*")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def doubtful_numbers(text: str) -> list[tuple[int, int]]:
    """Return the spans of numbers with mixed digits or hidden characters inside them."""
    if _NOT_ASCII.search(text) is None:
        return []
    found: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        shown = run[0].rstrip(INVISIBLE + ".,\u066b\u066c")
        digits = [letter for letter in shown if letter.isdecimal()]
        zeros = {ord(letter) - unicodedata.decimal(letter) for letter in digits}
        if len(zeros) > 1 or any(letter in INVISIBLE for letter in shown):
            found.append((run.start(), run.start() + len(shown)))
    return found
