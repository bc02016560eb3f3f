"""Split a written name into folded words, each with its span in the raw text.

Runs first. Joins what is one name in two words (abd + X, X + al-din, abu + X) and marks
articles, titles, kin words and connectors; which word is whose name is decided in ``parse``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

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

# "lead" stands for a word not yet joined with the next; no word that leaves this module is one.
Kind = Literal["name", "abu", "umm", "title", "kin", "connector", "nobody", "lead"]


class Word(NamedTuple):
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

_MARKS = frozenset("()[],،؛;")
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
    found: list[Word] = []
    bracket = is_joined = False
    for match in _PIECE.finditer(raw):
        piece = match.group()
        if piece in _MARKS:
            if piece in "()[]":
                bracket = piece in "(["
            elif found:
                found[-1] = found[-1]._replace(comma=True)
            continue
        start = match.start()
        for first, last, text, kind, article, joins in _folded(piece):
            found.append(Word(text, start + first, start + last, kind, article, bracket))
            is_joined |= joins
    return _joined(found) if is_joined else found


@lru_cache(maxsize=1 << 16)
def _folded(piece: str) -> tuple[tuple[int, int, str, Kind, bool, bool], ...]:
    """Fold one piece; give the words in it.

    Returns:
        For each, where it begins and ends, its text, kind and article (see ``Word``), and
        whether it may be joined with a neighbour.
    """
    cuts = [0, *(m.start() for m in _CAMEL.finditer(piece)), len(piece)]
    # AlSafsaf is an article and a name; McAdam or a slip of the shift key is left whole.
    if len(cuts) > 2 and fold_name(piece[: cuts[1]]) not in ARTICLES:
        cuts = [0, len(piece)]
    found = []
    for a, b in pairwise(cuts):
        if written := fold_name(piece[a:b]).strip("."):
            text, kind, article = (written, _LEAD, False) if written in _LEADS else _class(written)
            found.append((a, b, text, kind, article, kind == _LEAD or text in SECOND_PARTS))
    return tuple(found)


_LEAD: Kind = "lead"
_LEADS = ARTICLES | ABD | ABU


def _joined(pieces: list[Word]) -> list[Word]:
    """Join articles, abd-, abu- and -din with their neighbours, left to right."""
    out: list[Word] = []
    at = 0
    while at < len(pieces):
        word, at = _next_word(pieces, at)
        if out and _is_second_part(word, out[-1]):
            out[-1] = out[-1]._replace(
                text=out[-1].text + word.text, end=word.end, comma=word.comma
            )
        else:
            out.append(word)
    return out


def _next_word(pieces: list[Word], at: int) -> tuple[Word, int]:
    piece = pieces[at]
    if piece.kind != _LEAD:
        return piece, at + 1
    if at + 1 == len(pieces) or piece.comma:
        text, kind, article = _class(piece.text)
        return piece._replace(text=text, kind=kind, article=article), at + 1
    word, after = _next_word(pieces, at + 1)
    if piece.text in ARTICLES:
        return word._replace(start=piece.start, article=True), after
    if piece.text in ABD:
        lead = "عبد" if piece.text[0] == "ع" else "abd"
        text = lead + word.text
        return word._replace(text=text, start=piece.start, kind="name", article=False), after
    return word._replace(start=piece.start, kind=KIND_OF_ABU[piece.text], article=False), after


_KINDS: tuple[tuple[Collection[str], Kind], ...] = (
    (OF, "connector"), (NOBODY, "nobody"), (TITLES, "title"), (KIN, "kin"),
    (CONNECTORS, "connector"),
)  # fmt: skip


def _class(text: str) -> tuple[str, Kind, bool]:
    """Give a folded word without its article or abu, its kind, and whether it had the article."""
    kind = next((kind for words, kind in _KINDS if text in words), None)
    if kind:
        return text, kind, False
    if hit := _ABD_GLUED.match(text):
        return text[:3] + text[hit.end() :], "name", False
    if hit := _ABU_GLUED.match(text):
        return text[hit.end() :], "abu", False
    if hit := _DIN_GLUED.search(text):
        return text[: hit.start()] + ("دين" if text[0] > "ء" else "din"), "name", False
    if text not in NO_ARTICLE and (hit := _GLUED_ARTICLE.match(text)):
        return text[hit.end() :], "name", True
    return text, "name", False


def _is_second_part(word: Word, before: Word) -> bool:
    if before.kind not in {"name", "abu", "umm"} or word.kind != "name" or before.comma:
        return False
    return word.text in SECOND_PARTS
