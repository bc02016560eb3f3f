"""Cut a folded text into words and sentences, and look each word up in the lexicon.

Knows what a full stop after an initial or inside a number is, and that a line may be broken
anywhere. Phrases of the lexicon come out as one item, the longest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallystick.reading.items import NOTHING, Item
from tallystick.reading.lexicon import Entry, Lexicon
from tallystick.reading.passages import ABBREVIATIONS, is_without, passages_of
from tallystick.text import Folded, NumberWords, number_words

__all__ = ["sentences_of"]

# Words first, since most pieces are words; a single letter may be an initial and stands behind.
_NUMERAL = (
    r"(?P<age>\d+[- ](?:year|month|day|week)s?[- ]olds?)\b"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th))\b"
    r"|(?P<measure>\d+-[a-z]+(?:-[a-z]+)*)"
    r"|(?P<clock>\d{1,2}(?:[:.h]\d{2}(?= ?[ap]\.?m|\b hours| gmt|:\d)|:\d{2}))"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:, 000)*(?:[ ]\d{3}(?!\d|[.,]\d))*)"
)
_PIECE = re.compile(
    r"[^\W\d_]{2,}(?:[-'][^\W_]+)*"
    rf"|(?=\d)(?:{re.sub('[?]P<[a-z]+>', '?:', _NUMERAL)})"
    r"|(?:[a-z]\.){2,}"
    r"|[^\W\d_](?:[-'][^\W_]+)*"
    r"|\n[ \t]*(?:\n\s*)+|\n"
    r"|[^\w\s]"
)
_NUMERAL_AT = re.compile(_NUMERAL)
_MARKS = {
    ".": "stop", "!": "stop", "?": "stop", ",": "comma", ";": "semi", ":": "colon", "(": "open",
    ")": "close", "[": "open", "]": "close", '"': "quote", "'": "tick", "-": "dash", "/": "slash",
    "%": "thing", "$": "money", "£": "money", "€": "money", "•": "bullet", "*": "bullet",
}  # fmt: skip
_MARK_TAGS = {mark: frozenset({tag}) for mark, tag in _MARKS.items()}
_SPACED_DASH = frozenset({"comma", "dash"})
_OTHER_MARK = frozenset({"mark"})
_TAGS = {name: frozenset({name}) for name in ("age", "ordinal", "measure", "clock", "number")}
_ADVERB = frozenset({"adverb"})
_UNKNOWN = frozenset({"word"})
_NAME = frozenset({"word", "name"})
_STOP = frozenset({"end"})
_SHORT_LINE = 50
_CAPITALS = re.compile("[A-Z\u00c0-\u00de]")
_SMALLS = re.compile("[a-z\u00df-\u00ff]")


def sentences_of(
    folded: Folded, lexicon: Lexicon, wanted: frozenset[str] = frozenset()
) -> Iterator[list[Item]]:
    """Yield the sentences of a text, each a list of items in order.

    Args:
        folded: The text.
        lexicon: Its language's words.
        wanted: Tags of which a sentence must have one; a sentence whose words cannot have any is
            yielded empty, uncut. Without tags every sentence is cut.
    """
    scan = _Scan(folded, lexicon)
    runs = lexicon.runs_of(wanted)
    text = folded.folded
    for start, end in passages_of(text):
        pieces = _PIECE.findall(text, start, end)
        if runs and runs.isdisjoint(pieces) and is_without(runs, text, start, end):
            yield []
        else:
            yield from scan.sentences(pieces, start)


def _shouts(text: str) -> bool:
    """Say whether a text is written in capitals, so that they tell no names."""
    sample = text[:2000]
    # The commonest small letters alone are a fifth of a text that is not shouted.
    if 5 * sum(map(sample.count, "etaoinrs")) >= len(sample):
        return False
    return len(_CAPITALS.findall(sample)) > 4 * len(_SMALLS.findall(sample))


class _Scan:
    """Cut passages of one text into items; ``items`` are those of the passage at hand.

    Args:
        folded: The text.
        lexicon: Its language's words.
    """

    def __init__(self, folded: Folded, lexicon: Lexicon) -> None:
        self.folded = folded
        self.text = folded.folded
        self.words = lexicon.words
        self.phrases = lexicon.phrases
        self.table = number_words(lexicon.lang)
        self.is_french = lexicon.lang == "fr"
        self.shouts = _shouts(folded.text)
        self.is_plain = folded.origin is None and not self.is_french and not self.shouts
        self.line_start = 0
        self.items: list[Item] = []

    def sentences(self, pieces: list[str], start: int) -> Iterator[list[Item]]:
        """Yield the sentences of one passage, given its pieces and where it begins."""
        self.items = []
        self._cut(pieces, start)
        items = _joined(self.items, self.phrases)
        first = 0
        for at in [at for at, item in enumerate(items) if item.tags is _STOP]:
            if at > first:
                yield items[first:at]
            first = at + 1
        if first < len(items):
            yield items[first:]

    def _cut(self, pieces: list[str], start: int) -> None:
        text, original, items, words = self.text, self.folded.text, self.items, self.words
        is_plain = self.is_plain
        for piece in pieces:
            # Between two pieces stand only blanks and low lines, so the first find is the piece.
            start = text.find(piece, start)
            end = start + len(piece)
            if is_plain and piece.isalpha():
                capital = original[start].isupper()
                entry = words.get(piece)
                if entry is None:
                    tags = _NAME if capital else _tags_of_unknown(piece, False)
                    items.append(Item(start, end, piece, NOTHING, tags, capital))
                else:
                    items.append(Item(start, end, piece, entry, entry.tags, capital))
            else:
                self._add(piece, start, end)
            start = end

    def _add(self, piece: str, start: int, end: int) -> None:
        """Add what is no plain word of the lexicon."""
        first = piece[0]
        if first.isdecimal():
            found = _NUMERAL_AT.match(self.text, start)
            assert found is not None
            kind = found.lastgroup or "number"
            if self.text[max(0, start - 2) : start] in (" .", "(."):
                kind = "measure"  # “a .32 revolver”
            self.items.append(Item(start, end, piece, tags=_TAGS[kind]))
        elif first == "\n":
            if _ends_sentence(self.text, start, end, self.line_start):
                self.items.append(Item(start, start, "\n", tags=_STOP))
            self.line_start = end
        elif not first.isalnum():
            _add_mark(self.items, self.text, start)
        elif piece[-1] == ".":
            entry = self.words.get(piece, NOTHING)
            self.items.append(Item(start, end, piece, entry, _NAME, True))
        else:
            self._add_word(piece, start)

    def _add_word(self, piece: str, start: int) -> None:
        word, end = piece, start + len(piece)
        if self.is_french:
            word, start = _without_elision(self.items, word, start, self.words)
        elif word.endswith("'s"):
            word = word[:-2]
        at = start if self.folded.origin is None else self.folded.origin[start]
        capital = not self.shouts and (
            self.folded.text[at].isupper() or _is_particled_name(word, self.folded, start)
        )
        entry = self.words.get(word)
        is_joined = entry is None and "-" in word and not self.table.starts(word)
        if is_joined and _add_hyphened(self.items, word, start, self.words, capital, self.table):
            return
        tags = entry.tags if entry is not None else _tags_of_unknown(word, capital or self.shouts)
        self.items.append(Item(start, start + len(word), word, entry or NOTHING, tags, capital))
        if start + len(word) != end:
            self.items.append(Item(start + len(word), end, "'s", tags=_GENITIVE))


def _without_elision(
    items: list[Item], word: str, start: int, words: dict[str, Entry]
) -> tuple[str, int]:
    """Cut “l'” and “d'” off a French word; return the rest and its offset."""
    elided = _ELIDED.match(word)
    if elided is None or word in words:
        return word, start
    cut = elided.end()
    entry = words.get(word[:cut])
    tags = entry.tags if entry is not None else _UNKNOWN
    items.append(Item(start, start + cut, word[:cut], entry or NOTHING, tags))
    return word[cut:], start + cut


def _tags_of_unknown(word: str, may_name: bool) -> frozenset[str]:
    if may_name:
        return _NAME
    return _ADVERB if word.endswith("ly") and len(word) > 5 else _UNKNOWN


_PARTICLES = frozenset(["al", "el", "ash", "ad", "an", "ar", "as", "at", "az", "bin", "abu"])


def _is_particled_name(word: str, folded: Folded, start: int) -> bool:
    """Say whether this is a name such as “al-Rashid”, written small in its first part."""
    if word[2:3] != "-" and word[3:4] != "-":
        return False
    particle, _, _ = word.partition("-")
    if particle not in _PARTICLES:
        return False
    after = start + len(particle) + 1
    after = after if folded.origin is None else folded.origin[after]
    return folded.text[after : after + 1].isupper()


_ELIDED = re.compile("(?:l|d|qu|n|s|c|j|m|lorsqu)'(?=.)")
_GENITIVE = frozenset({"gen"})


def _add_hyphened(
    items: list[Item],
    word: str,
    start: int,
    words: dict[str, Entry],
    capital: bool,
    table: NumberWords,
) -> bool:
    """Part “thirty-one” and “security-guard”; take “CPI-Maoist” by its last part."""
    last = words.get(word.rsplit("-", 1)[1])
    if last is not None and "person" in last.tags and last.is_plural is not False:
        items.append(Item(start, start + len(word), word, last, last.tags, capital))
        return True
    parts = word.split("-")
    entries = [words.get(part) for part in parts]
    if not all(table.starts(part) or part in table.joiners for part in parts):
        if last is not None and last.tags & {"adj", "person"}:
            items.append(Item(start, start + len(word), word, last, last.tags | {"adj"}, capital))
            return True
        return False
    at = start
    for part, entry in zip(parts, entries, strict=True):
        tags = entry.tags if entry is not None else _UNKNOWN
        items.append(Item(at, at + len(part), part, entry or NOTHING, tags, capital))
        at += len(part) + 1
    return True


def _add_mark(items: list[Item], text: str, at: int) -> None:
    mark = text[at]
    if mark == "-" and text[at - 1 : at].isspace() and text[at + 1 : at + 2].isspace():
        items.append(Item(at, at + 1, mark, tags=_SPACED_DASH))
    elif mark not in ".!?":
        items.append(Item(at, at + 1, mark, tags=_MARK_TAGS.get(mark, _OTHER_MARK)))
    elif _is_full_stop(items, text, at):
        items.append(Item(at, at + 1, mark, tags=_STOP))


def _is_full_stop(items: list[Item], text: str, at: int) -> bool:
    follows = text[at + 1 : at + 2]
    before = items[-1] if items else None
    if text[at] != "." or before is None:
        return True
    if before.end == at and len(before.word) == 1 and before.is_capital:
        return False  # an initial
    if before.end == at and "word" not in before.tags and "number" not in before.tags:
        return not follows.isalnum() or before.end - before.start > 2
    if before.end == at and (before.word in ABBREVIATIONS or len(before.word) == 1):
        return False
    return not follows or not follows.isdigit()


def _ends_sentence(text: str, start: int, end: int, line_start: int) -> bool:
    if text.count("\n", start, end) > 1:
        return True
    if text[end : end + 1] in " -•*":
        return True
    return 0 < start - line_start < _SHORT_LINE


Phrases = dict[str, dict[str, list[tuple[tuple[str, ...], Entry]]]]


def _joined(items: list[Item], phrases: Phrases) -> list[Item]:
    """Join the words of each phrase of the lexicon, the longest first."""
    out: list[Item] = []
    done, last = 0, len(items) - 1
    for at in [at for at, item in enumerate(items) if item.word in phrases]:
        if at < done or at == last:
            continue
        listed = phrases[items[at].word].get(items[at + 1].word)
        found = _phrase_at(items, at, listed) if listed is not None else None
        if found is not None:
            out += items[done:at]
            phrase, done = found
            out.append(phrase)
    return out + items[done:] if out else items


# What goes on with the next word: “or more than 18,000 people”, “one of them elderly”.
_OVERLAPS = {"more": ("than",), "of": ("them", "whom", "these", "those")}


def _phrase_at(
    items: list[Item], at: int, listed: list[tuple[tuple[str, ...], Entry]]
) -> tuple[Item, int] | None:
    """Return the longest phrase that begins here, and the index after it."""
    for words, entry in listed:
        end = at + len(words)
        taken = items[at:end]
        if items[end : end + 1] and items[end].word in _OVERLAPS.get(words[-1], ()):
            continue
        if tuple([item.word for item in taken]) == words:
            first = items[at]
            return (
                Item(first.start, taken[-1].end, " ".join(words), entry, entry.tags,
                     first.is_capital),
                end,
            )  # fmt: skip
    return None
