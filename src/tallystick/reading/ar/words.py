"""Cut a folded Arabic text into sentences of words, each parted from what is written onto it.

“وبالمدينة” is and + in + the city. A particle is cut off only where a known word, a number or a
known place is left, or where the article shows it; so “بانياس” keeps its ب.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tallystick.reading.ar.lexicon import Words
from tallystick.reading.items import NOTHING, Item
from tallystick.reading.lexicon import Entry
from tallystick.text import Folded, digits_value, number_at

__all__ = ["number_words_at", "sentences_of"]

_WORD = re.compile(
    r"(?P<clock>\d{1,2}:\d{2})"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:[ ]\d{3}(?!\d|[.,]\d))*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<break>\n[ \t]*(?:\n\s*)+|\n)"
    r"|(?P<mark>[^\w\s])"
)
_MARKS = {",": "comma", ";": "semi", ":": "colon", "(": "open", ")": "close", "[": "open",
          "]": "close", '"': "quote", "'": "quote", "-": "dash", "/": "slash", "$": "money",
          "%": "thing"}  # fmt: skip
_STOP = frozenset({"end"})
_PARTICLES = {"و": "and", "ف": "so", "ب": "prep-place", "ل": "to", "ك": "as"}
# Unknown words that begin with what looks like “and”; the known ones stand in the lexicon.
_WHOLE = (
    "وزار", "وزير", "وكال", "وساي", "وحد", "وفد", "واد", "وطن", "والد", "وقت", "وضع", "واشنطن",
    "وسط", "ولاي", "وصل", "وقع", "وقف", "ورد", "وجه", "وعد", "واسط", "ودمد", "وسيط", "ورش",
    "وثيق", "وباء", "وظيف", "وديع", "واق", "ورق", "وزن", "وادي", "واو", "وجود", "وحش",
)  # fmt: skip
IsPlace = Callable[[str], bool]


@dataclass(slots=True)
class _Piece:
    """Hold one part of a written word: as it stands, and without its article."""

    start: int
    end: int
    raw: str
    word: str
    entry: Entry | None
    tags: frozenset[str]
    is_definite: bool = False


def sentences_of(folded: Folded, words: Words, is_place: IsPlace) -> Iterator[list[Item]]:
    """Yield the sentences of an Arabic text, each a list of items in order."""
    sentence: list[_Piece] = []
    for piece in _pieces(folded, words, is_place):
        if piece.tags is _STOP:
            if sentence:
                yield _joined(sentence, words)
            sentence = []
        else:
            sentence.append(piece)
    if sentence:
        yield _joined(sentence, words)


def _pieces(folded: Folded, words: Words, is_place: IsPlace) -> list[_Piece]:
    pieces: list[_Piece] = []
    for found in _WORD.finditer(folded.folded):
        if found.lastgroup == "word":
            for at, raw in _parts(found[0], words, is_place, pieces):
                pieces.append(_piece(found.start() + at, raw, words))
        else:
            tags = _tags_of(found, pieces, folded)
            if tags:
                pieces.append(_Piece(found.start(), found.end(), found[0], found[0], None, tags))
    return pieces


def _tags_of(found: re.Match[str], pieces: list[_Piece], folded: Folded) -> frozenset[str]:
    """Return the part that a number, a mark or a line break plays; none if it plays none."""
    name, start, end, word = found.lastgroup or "", found.start(), found.end(), found[0]
    if name == "break":
        return _STOP if _breaks(folded.folded, start, end) else frozenset()
    if name == "mark" and word in ".!?":
        return _STOP if _ends(pieces, folded.folded, start) else frozenset()
    if name == "mark":
        return frozenset({_MARKS.get(word, "mark")})
    return frozenset({name})


def _ends(pieces: list[_Piece], text: str, at: int) -> bool:
    """Say whether a full stop ends a sentence: not after “د.”, an initial."""
    if text[at] != "." or not pieces or pieces[-1].end != at:
        return True
    return len(pieces[-1].raw) > 1 or pieces[-1].raw.isdigit()


def _breaks(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return "\n" in text[start + 1 : end] or 0 < start - line < 60 or text[end : end + 1] in "-•*"


def _parts(
    word: str, words: Words, is_place: IsPlace, before: list[_Piece]
) -> list[tuple[int, str]]:
    """Return the parts of a written word, each with its offset."""
    if word[0] == "و" and before and _continues_number(before[-1], word[1:], words):
        return [(0, word)]
    if words.knows(_bare(word, words)) or word in words.inner:
        return [(0, word)]
    if word[0] not in _PARTICLES or len(word) < 3:
        return [(0, word)]
    rest = word[1:]
    inner = [(0, rest)] if word.startswith("لل") else _parts(rest, words, is_place, [])
    if _gives_up(word, inner, words, is_place):
        return [(0, word[0]), *((at + 1, part) for at, part in inner)]
    return [(0, word)]


def _gives_up(word: str, inner: list[tuple[int, str]], words: Words, is_place: IsPlace) -> bool:
    """Say whether a word gives up its first letter as a particle, given the parts of the rest."""
    rest, particle = word[1:], word[0]
    if len(inner) > 1 or words.knows(_bare(inner[0][1], words)):
        return True
    if word.startswith("لل"):
        return len(word) > 4
    if particle == "و" and rest in words.inner:
        return True
    if is_place(word):
        return False
    if (rest.startswith("ال") and len(rest) > 4) or (particle in "وب" and is_place(rest)):
        return True
    return particle == "و" and len(word) > 4 and not word.startswith(_WHOLE)


def _bare(word: str, words: Words) -> str:
    return word[2:] if word.startswith("ال") and not words.knows(word) else word


def _continues_number(before: _Piece, rest: str, words: Words) -> bool:
    """Say whether “و…” goes on a number: five-and-twenty, a hundred and six."""
    table = words.numbers
    last = before.word.removeprefix("و")
    if not rest or not table.starts(rest) or not table.starts(last):
        return False
    value, follows = table.ones.get(last), table.ones.get(rest)
    if last in table.scales or last in table.duals:
        return True
    if last in table.hundreds or (value is not None and value >= 100):
        return (follows is not None and follows < 100) or rest in table.hundreds
    return value is not None and value < 10 and follows is not None and 20 <= follows < 100


def _piece(start: int, raw: str, words: Words) -> _Piece:
    entry = words.words.get(raw)
    end = start + len(raw)
    if entry is not None:
        tags = entry.tags | ({_PARTICLES[raw]} if raw in _PARTICLES else set())
        is_definite = raw.startswith("ال") and bool(tags & {"person", "body"})
        return _Piece(start, end, raw, raw, entry, frozenset(tags), is_definite)
    if raw in _PARTICLES:
        return _Piece(start, end, raw, raw, None, frozenset({_PARTICLES[raw]}))
    word = _definite(raw, words)
    if word is not None:
        entry = words.words.get(word)
        tags = (entry.tags if entry is not None else frozenset({"word"})) | {"the"}
        return _Piece(start, end, raw, word, entry, tags, True)
    return _Piece(start, end, raw, raw, None, frozenset({"word"}))


def _definite(raw: str, words: Words) -> str | None:
    """Return a word without its article, if it is known without."""
    if raw.startswith("ال") and words.knows(raw[2:]) and not words.knows(raw):
        return raw[2:]
    if raw[0] == "ل" and words.knows(raw[1:]):
        return raw[1:]  # what “لل…” leaves of the article
    return None


def _joined(pieces: list[_Piece], words: Words) -> list[Item]:
    """Return items, phrases of the lexicon as one, the longest first; numbers after the article."""
    items: list[Item] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        found = _phrase_at(pieces, at, words)
        if found is not None:
            entry, size = found
            last = pieces[at + size - 1]
            raw = " ".join(one.raw for one in pieces[at : at + size])
            tags = entry.tags | ({"the"} if piece.is_definite else set())
            items.append(Item(piece.start, last.end, raw, entry, frozenset(tags)))
            at += size
            continue
        items.append(Item(piece.start, piece.end, piece.word, piece.entry or NOTHING, piece.tags))
        at += 1
    return items


def _phrase_at(pieces: list[_Piece], at: int, words: Words) -> tuple[Entry, int] | None:
    for name in dict.fromkeys((pieces[at].raw, pieces[at].word)):
        for listed, entry in words.phrases.get(name, ()):
            size = len(listed)
            taken = pieces[at : at + size]
            if len(taken) == size and all(
                one.raw == word or (one.word == word and place == 0)
                for place, (one, word) in enumerate(zip(taken, listed, strict=True))
            ):
                return entry, size
    return None


def number_words_at(items: list[Item], at: int, words: Words) -> tuple[int, int] | None:
    """Return the value and end of the number that begins here, in digits or words."""
    value = number_at([item.word for item in items[at : at + 12]], 0, words.numbers)
    if value is not None and value[1] > 0:
        return value[0], at + value[1]
    if "number" not in items[at].tags:
        return None
    told = digits_value(items[at].word)
    return (int(told), at + 1) if told is not None and told.denominator == 1 else None
