"""Tell the words that name a place from those that stand beside the name.

“The town of Baniyas in Tartus province” names Baniyas, says that it is a town, and sets it in
Tartus. The words are data (``data/words/places.toml``), in English, Arabic, French and Spanish.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tallystick.terms.place import LEVELS, Level
from tallystick.terms.spelling import AYN, bare, fold, fold_aloud

__all__ = ["PlaceWords", "Said", "core", "place_words", "said"]

WORDS = Path(__file__).parent / "data" / "words" / "places.toml"
_PARTS = re.compile(r"\s*[,،؛;/()\[\]{}|–—+&]+\s*|\s+-\s+|\s*\.\s+")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Hold the words that stand beside the names of places, folded and bare.

    Args:
        beside: Words for kinds of places (“governorate”, “قرية”).
        same: Words that mean one thing in several languages, and the one that stands for all.
        side: Words that narrow a place down (“northern”).
        apart: Words that set another place apart (“near”, “and”).
        levels: Of the words beside, the level that each means.
        unsaid: Spellings that a text seldom means as a place.
    """

    beside: frozenset[str]
    same: Mapping[str, str]
    side: frozenset[str]
    apart: frozenset[str]
    levels: Mapping[str, Level]
    unsaid: frozenset[str]


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """Read the words once."""
    with WORDS.open("rb") as file:
        read = tomllib.load(file)
    return PlaceWords(
        beside=_keys(word for listed in read["beside"].values() for word in listed),
        same={key: to for to, words in read["same"].items() for key in _keys(words)},
        side=_keys(read["side"]["words"]),
        apart=_keys(read["apart"]["words"]),
        levels={key: level for level in LEVELS for key in _keys(read["level"][level])},
        unsaid=frozenset(read["unsaid"]["words"]),
    )


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(bare(fold(word)) for word in words)


def core(folded: str) -> tuple[str, ...]:
    """Return the words of a folded name that say which place it is; all, if none does."""
    known = place_words()
    words = [(word, word.replace(AYN, "")) for word in bare(folded).split()]
    kept = tuple(
        known.same.get(plain, word)
        for word, plain in words
        if plain not in known.beside and plain not in known.apart
    )
    return kept or tuple(word for word, _ in words)


@dataclass(frozen=True, slots=True)
class Said:
    """Hold what words say of a place: names to look for, the likeliest first; what it is in.

    Args:
        folded: All the words, folded.
        aloud: All the words, folded aloud.
        names: Pieces that may each be the name, folded aloud; the whole of it is the first.
        around: Pieces that may name what the place is in, folded aloud.
        level: The level that the words state.
    """

    folded: str
    aloud: str
    names: tuple[str, ...]
    around: tuple[str, ...]
    level: Level | None


@lru_cache(maxsize=1 << 12)
def said(words: str) -> Said:
    """Take words for a place apart: “X, Y”, “Y: X”, “X near Z”, “the village of X”."""
    outer, _, inner = words.rpartition(":")
    parts = [fold_aloud(part) for part in (*_PARTS.split(inner), *_PARTS.split(outer))]
    parts = [part for part in parts if part] or [fold_aloud(words)]
    names = tuple(dict.fromkeys((parts[0], *_pieces(parts[0]))))
    return Said(fold(words), fold_aloud(words), names, tuple(parts[1:]), _level(parts[0]))


def _pieces(part: str) -> Iterator[str]:
    """Yield what stands between the words that set places apart."""
    known = place_words()
    piece: list[str] = []
    for word in [*part.split(), ""]:
        if word and bare(word) not in known.apart:
            piece.append(word)
            continue
        if not all(_is_beside(bare(w)) for w in piece):
            yield " ".join(piece)
        piece = []


def _is_beside(word: str) -> bool:
    known, word = place_words(), word.replace(AYN, "")
    return word in known.beside or known.same.get(word, word) in known.side


def _level(words: str) -> Level | None:
    levels = place_words().levels
    return next((levels[word] for word in bare(words).split() if word in levels), None)
