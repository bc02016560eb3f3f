"""Fold spelling away so that words can be compared, and keep the way back to every code point.

Runs before anything is looked up. Folding lowers case, strips accents and Arabic vowel signs,
unites the letters that Arabic writers interchange, and writes every decimal digit as 0-9. It is
**not** a transliteration: a folded text is for comparing, never for showing or quoting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["INVISIBLE", "Folded", "fold", "fold_word"]

# Bidirectional marks, joiners, soft hyphen, byte order mark: seen by no reader, so dropped.
INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_ARABIC_SIGNS = "".join(chr(c) for c in [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, 0x640])
_SAME_ARABIC = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك",
    "ؤ": "و", "ئ": "ي", "ہ": "ه", "ھ": "ه", "،": ",", "؛": ";", "؟": "?", "٪": "%", "٬": ",",
    "٫": ".", "۔": ".",
}  # fmt: skip
_SAME_MARKS = {
    "’": "'", "‘": "'", "ʼ": "'", "ʾ": "'", "ʿ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "…": ".",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\r": " ", "İ": "i", "ı": "i",
    "ß": "s", "æ": "a", "ø": "o", "ł": "l", "đ": "d", "Ø": "o", "Ł": "l", "Đ": "d", "Æ": "a",
}  # fmt: skip


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for point in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        plain = unicodedata.normalize("NFKD", chr(point))[0]
        if plain.isascii() and plain.isalpha():
            table[point] = plain
    for zero in (0x660, 0x6F0, 0x966, 0xFF10):
        table |= {zero + digit: str(digit) for digit in range(10)}
    table |= dict.fromkeys(map(ord, INVISIBLE + _ARABIC_SIGNS), "")
    table |= dict.fromkeys(range(768, 880), "")
    return table | {ord(k): v for k, v in (_SAME_ARABIC | _SAME_MARKS).items()}


_TABLE = _table()
_ASCII_SIGNS = [(chr(point), to) for point, to in _TABLE.items() if point < 128]
_DROPPED = re.compile("[" + "".join(chr(p) for p, to in _TABLE.items() if not to) + "]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a text, its folded form, and where each folded code point came from.

    Args:
        text: The text as preserved.
        folded: Its folded form; never longer than the text.
        origin: For each folded code point its offset in ``text``, and one more for the end;
            None = the same offset.
    """

    text: str
    folded: str
    origin: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text of a half-open span of the folded form.

        Signs that belong to the last letter stay inside the span.
        """
        if self.origin is None:
            return start, end
        if end <= start:
            return self.origin[start], self.origin[start]
        last = self.origin[end - 1] + 1
        while last < len(self.text) and last < self.origin[end] and self._is_sign(last):
            last += 1
        return self.origin[start], last

    def quote(self, start: int, end: int) -> str:
        """Return the text's own words for a span of the folded form."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def _is_sign(self, at: int) -> bool:
        return unicodedata.combining(self.text[at]) > 0 or self.text[at] == "\u0640"


def fold(text: str) -> Folded:
    """Fold a text and keep the way back."""
    if text.isascii():
        folded = text.lower()
        for sign, plain in _ASCII_SIGNS:
            folded = folded.replace(sign, plain)
        return Folded(text, folded, None)
    if _DROPPED.search(text) is None:
        folded = text.translate(_TABLE).lower()
        if len(folded) == len(text):
            return Folded(text, folded, None)
    letters: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        for plain in letter.translate(_TABLE).lower():
            letters.append(plain)
            origin.append(at)
    origin.append(len(text))
    return Folded(text, "".join(letters), origin)


def fold_word(word: str) -> str:
    """Return the folded form of a word whose offsets do not matter."""
    return word.translate(_TABLE).lower()
