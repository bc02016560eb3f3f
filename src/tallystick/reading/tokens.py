"""Cut a folded text into words and sentences, and look each word up in the lexicon.

Knows what a full stop after an initial or inside a number is, and that a line may be broken
anywhere. Phrases of the lexicon come out as one item, the longest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallystick.reading.items import NOTHING, Item
from tallystick.reading.lexicon import Entry, Lexicon
from tallystick.text import Folded, NumberWords, number_words

__all__ = ["sentences_of"]

_WORD = re.compile(
    r"(?P<age>\d+[- ](?:year|month|day|week)s?[- ]olds?)\b"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th))\b"
    r"|(?P<measure>\d+-[a-z]+(?:-[a-z]+)*)"
    r"|(?P<clock>\d{1,2}[:.h]\d{2}(?= ?[ap]\.?m|\b hours| gmt|:\d)|\d{1,2}:\d{2})"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:, 000)*(?:[ ]\d{3}(?!\d|[.,]\d))*)"
    r"|(?P<initials>(?:[a-z]\.){2,})"
    r"|(?P<word>[^\W\d_]+(?:[-'][^\W_]+)*)"
    r"|(?P<break>\n[ \t]*(?:\n\s*)+|\n)"
    r"|(?P<mark>[^\w\s])"
)
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "gen",
        "lt",
        "col",
        "sgt",
        "capt",
        "maj",
        "cpl",
        "sub",
        "no",
        "vs",
        "rs",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "approx",
        "prof",
        "hon",
        "rev",
        "smt",
        "shri",
        "dept",
        "govt",
        "km",
        "ft",
        "inc",
        "ltd",
        "co",
        "eg",
        "ie",
        "etc",
        "ave",
    ]
)
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
_SHORT_LINE = 50
_CAPITALS = re.compile("[A-Z\u00c0-\u00de]")
_SMALLS = re.compile("[a-z\u00df-\u00ff]")


def sentences_of(folded: Folded, lexicon: Lexicon) -> Iterator[list[Item]]:
    """Yield the sentences of a text, each a list of items in order."""
    shouts = _shouts(folded.text)
    sentence: list[Item] = []
    for item in _phrases(_words(folded, lexicon, shouts), lexicon):
        if item.tags is _STOP:
            if sentence:
                yield sentence
            sentence = []
        else:
            sentence.append(item)
    if sentence:
        yield sentence


_STOP = frozenset({"end"})


def _shouts(text: str) -> bool:
    """Say whether a text is written in capitals, so that they tell no names."""
    sample = text[:2000]
    return len(_CAPITALS.findall(sample)) > 4 * len(_SMALLS.findall(sample))


def _words(folded: Folded, lexicon: Lexicon, shouts: bool) -> list[Item]:
    text, words, original = folded.folded, lexicon.words, folded.text
    is_plain = folded.origin is None and lexicon.lang != "fr" and not shouts
    table = number_words(lexicon.lang)
    items: list[Item] = []
    line_start = 0
    for found in _WORD.finditer(text):
        name, start, end = found.lastgroup or "", found.start(), found.end()
        entry = words.get(found[0]) if is_plain and name == "word" else None
        if entry is not None:
            capital = original[start].isupper()
            items.append(Item(start, end, found[0], entry, entry.tags, capital))
        elif name == "word":
            _add_word(items, folded, found, lexicon, shouts, table)
        elif name == "mark":
            _add_mark(items, text, start)
        elif name == "break":
            if _ends_sentence(text, start, end, line_start):
                items.append(Item(start, start, "\n", tags=_STOP))
            line_start = end
        elif name == "initials":
            items.append(
                Item(start, end, found[0], lexicon.words.get(found[0], NOTHING), _NAME, True)
            )
        else:
            items.append(Item(start, end, found[0], tags=_TAGS[name]))
    return items


def _add_word(
    items: list[Item],
    folded: Folded,
    found: re.Match[str],
    lexicon: Lexicon,
    shouts: bool,
    table: NumberWords,
) -> None:
    words = lexicon.words
    word, start, end = found[0], found.start(), found.end()
    if lexicon.lang == "fr":
        word, start = _without_elision(items, word, start, words)
    elif word.endswith("'s"):
        word, end = word[:-2], end - 2
    at = start if folded.origin is None else folded.origin[start]
    capital = not shouts and (folded.text[at].isupper() or _is_particled_name(word, folded, start))
    entry = words.get(word)
    parts = word.split("-") if entry is None and not table.starts(word) else [word]
    if len(parts) > 1 and _add_hyphened(items, word, start, words, capital, table):
        return
    tags = entry.tags if entry is not None else _tags_of_unknown(word, capital or shouts)
    items.append(Item(start, end, word, entry or NOTHING, tags, capital))
    if end != found.end():
        items.append(Item(end, found.end(), "'s", tags=_GENITIVE))


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


def _is_particled_name(word: str, folded: Folded, start: int) -> bool:
    """Say whether this is a name such as “al-Rashid”, written small in its first part."""
    if word[2:3] != "-" and word[3:4] != "-":
        return False
    particle, _, _ = word.partition("-")
    if particle not in ("al", "el", "ash", "ad", "an", "ar", "as", "at", "az", "bin", "abu"):
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
    if before.end == at and "word" not in before.tags and "number" not in before.tags:
        return not follows.isalnum() or before.end - before.start > 2
    if before.end == at and (before.word in _ABBREVIATIONS or len(before.word) == 1):
        return False
    return not follows or not follows.isdigit()


def _ends_sentence(text: str, start: int, end: int, line_start: int) -> bool:
    if text.count("\n", start, end) > 1:
        return True
    if text[end : end + 1] in " -•*":
        return True
    return 0 < start - line_start < _SHORT_LINE


def _phrases(items: list[Item], lexicon: Lexicon) -> Iterator[Item]:
    """Join the words of each phrase of the lexicon, the longest first."""
    at, phrases, last = 0, lexicon.phrases, len(items) - 1
    while at <= last:
        item = items[at]
        if at < last and item.word in phrases:
            listed = phrases[item.word].get(items[at + 1].word)
            found = _phrase_at(items, at, listed) if listed is not None else None
            if found is not None:
                item, at = found
        yield item
        at += 1


def _phrase_at(
    items: list[Item], at: int, listed: list[tuple[tuple[str, ...], Entry]]
) -> tuple[Item, int] | None:
    for words, entry in listed:
        end = at + len(words)
        taken = items[at:end]
        if tuple(item.word for item in taken) == words:
            first = items[at]
            joined = Item(
                first.start, taken[-1].end, " ".join(words), entry, entry.tags, first.is_capital
            )
            return joined, end - 1
    return None
