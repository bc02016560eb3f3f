"""Split a written name into folded words, each with its span in the raw text.

Runs first. Joins what is one name in two words (abd + X, X + al-din, abu + X) and marks
articles, titles, kin words and connectors; which word is whose name is decided in ``parse``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tallystick.text.names.lexicon import (
    ABD,
    ABU,
    ARTICLES,
    CONNECTORS,
    KIN,
    KIND_OF_ABU,
    NO_ARTICLE,
    NOBODY,
    OF,
    SECOND_PARTS,
    TITLES,
)

__all__ = ["Kind", "Word", "fold_name", "words_of"]

Kind = Literal["name", "abu", "umm", "title", "kin", "connector", "nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Hold one folded word of a name.

    Args:
        text: The folded word without its article; joined compounds are one word.
        start: First code point in the raw name.
        end: Code point after the last.
        kind: What the word is; ``abu`` and ``umm`` words carry the child's name in ``text``.
        article: Whether al- stood before it: a sign of a family name.
        bracket: Whether it stood in brackets.
        comma: Whether a comma follows.
    """

    text: str
    start: int
    end: int
    kind: Kind = "name"
    article: bool = False
    bracket: bool = False
    comma: bool = False


class _Folding(dict[int, str]):
    """Fold one code point at a time, remembering the answers."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = "".join(
            _fold_one(c) for c in unicodedata.normalize("NFKC", chr(point))
        )
        return folded


_SAME = str.maketrans("ٱیکہھەۀ", "ايكهههه")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def _fold_one(char: str) -> str:
    plain = unicodedata.normalize("NFD", char.translate(_SAME).casefold())
    kept = "".join(
        c
        for c in plain
        if unicodedata.category(c) not in {"Mn", "Cf", "Cc", "Lm"} and c not in "'`’‘ʼʻʿʾ\""
    )
    return kept.translate(_DIGITS)


_FOLDING = _Folding()
# Persian and Urdu letters that mean an Arabic one; kaf and ya above are typed on such keyboards.
_FOLDING.update({ord("گ"): "ك", ord("پ"): "ب", ord("چ"): "ج", ord("ژ"): "ز", ord("ـ"): ""})

_PIECE = re.compile(r"[^\s,،؛;/()\[\]{}_\-–—…|+]+|[,،؛;()\[\]]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GLUED_ARTICLE = re.compile(r"ال(?=.{2})|(?:al|el)(?=[bcdfgjkmnpqrstvwxyz3-9])(?=.{4})")
_ABD_GLUED = re.compile(r"(?:عبدال|عبدا(?=لل)|abd(?:[aeiou]l|[aeiou](?=([rsnztd])\1)))(?=.{2})")
_ABU_GLUED = re.compile(r"(?:ابو|abou|abo|abu)(?=.{3})")
_DIN_GLUED = re.compile(r"(?<=.{2})(?:الدين|[aeiou](?:l|d)-?d(?:[iy]+|ee)ne?)$")


def fold_name(text: str) -> str:
    """Fold a piece of text: one case, one letter for one sound, no marks nor invisible characters.

    Method:
        Per code point NFKC, then casefold, marks and format characters dropped; alef, ya, kaf
        and ha variants become one letter; final alef maqsura stays, it may be an a or an i.
    """
    return text.translate(_FOLDING)


def words_of(raw: str) -> list[Word]:
    """Split a raw name into words, compounds joined, articles taken off."""
    return _joined(_pieces(raw))


def _pieces(raw: str) -> list[Word]:
    found: list[Word] = []
    depth = 0
    for match in _PIECE.finditer(raw):
        piece = match.group()
        if piece in "()[]":
            depth = 1 if piece in "([" else 0
            continue
        if piece in ",،؛;":
            if found:
                found[-1] = _with(found[-1], comma=True)
            continue
        start = match.start()
        cuts = [0, *(m.start() for m in _CAMEL.finditer(piece)), len(piece)]
        # AlSafsaf is an article and a name; McAdam or a slip of the shift key is left whole.
        if len(cuts) > 2 and fold_name(piece[: cuts[1]]) not in ARTICLES:
            cuts = [0, len(piece)]
        for first, last in pairwise(cuts):
            text = fold_name(piece[first:last]).strip(".")
            if text:
                found.append(
                    Word(text=text, start=start + first, end=start + last, bracket=bool(depth))
                )
    return found


def _with(word: Word, **changes: object) -> Word:
    held = {name: getattr(word, name) for name in Word.__slots__}
    return Word(**(held | changes))


def _joined(pieces: list[Word]) -> list[Word]:
    """Join articles, abd-, abu- and -din with their neighbours, left to right."""
    out: list[Word] = []
    at = 0
    while at < len(pieces):
        word, at = _next_word(pieces, at)
        if out and _is_second_part(word, out[-1]):
            out[-1] = _with(out[-1], text=out[-1].text + word.text, end=word.end, comma=word.comma)
        else:
            out.append(word)
    return out


def _next_word(pieces: list[Word], at: int) -> tuple[Word, int]:
    piece = pieces[at]
    follows = at + 1 < len(pieces) and not piece.comma
    if follows and piece.text in ARTICLES:
        word, after = _next_word(pieces, at + 1)
        return _with(word, start=piece.start, article=True), after
    if follows and piece.text in ABD:
        word, after = _next_word(pieces, at + 1)
        lead = "عبد" if piece.text[0] == "ع" else "abd"
        return _with(
            word, text=lead + word.text, start=piece.start, kind="name", article=False
        ), after
    if follows and piece.text in ABU:
        word, after = _next_word(pieces, at + 1)
        return _with(word, start=piece.start, kind=KIND_OF_ABU[piece.text], article=False), after
    if piece.text in OF:
        return _with(piece, kind="connector"), at + 1
    return _plain(piece), at + 1


def _plain(piece: Word) -> Word:
    """Classify one piece and take its own article off."""
    text = piece.text
    kind: Kind = "name"
    if text in NOBODY:
        kind = "nobody"
    elif text in TITLES:
        kind = "title"
    elif text in KIN:
        kind = "kin"
    elif text in CONNECTORS:
        kind = "connector"
    if kind != "name":
        return _with(piece, kind=kind)
    return _unglued(piece)


def _unglued(piece: Word) -> Word:
    text = piece.text
    if hit := _ABD_GLUED.match(text):
        return _with(piece, text=text[:3] + text[hit.end() :])
    if hit := _ABU_GLUED.match(text):
        return _with(piece, text=text[hit.end() :], kind="abu")
    if hit := _DIN_GLUED.search(text):
        return _with(piece, text=text[: hit.start()] + ("دين" if text[0] > "ء" else "din"))
    if text not in NO_ARTICLE and (hit := _GLUED_ARTICLE.match(text)):
        return _with(piece, text=text[hit.end() :], article=True)
    return piece


def _is_second_part(word: Word, before: Word) -> bool:
    if before.kind not in {"name", "abu", "umm"} or word.kind != "name" or before.comma:
        return False
    return word.text in SECOND_PARTS
