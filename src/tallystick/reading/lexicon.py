"""Hold the words of one language as the scanner looks them up.

Lexicons are data (``lexicons/*.toml``). This file turns each section into entries; a word that
stands in several sections has one entry with all their tags. Read once a process, then kept.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from tallystick.errors import NotFound
from tallystick.reading.inflect import noun_forms, verb_forms
from tallystick.reading.passages import runs_of
from tallystick.text import fold_word

__all__ = ["Entry", "Lexicon", "lexicon_of", "split_word"]

_FOLDER = Path(__file__).parent / "lexicons"
_EMPTY: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Entry:
    """Hold what the lexicon knows of one word or phrase.

    Args:
        tags: The parts it can play: person, harm, hedge, thing, aux and so on.
        kind: The kind of harm.
        frame: Who suffers: object, subject, state, count.
        forms: Verb forms that the word may be: base, third, past, part, ing, noun.
        category: Whom it counts.
        mark: A finer name inside its tag (which hedge, which toll).
        is_plural: For nouns.
        value: A number or fraction that the word stands for.
        is_weak: A harm that counts only if no other harm is told of the same people.
    """

    tags: frozenset[str] = _EMPTY
    kind: str = ""
    frame: str = ""
    forms: frozenset[str] = _EMPTY
    category: str = ""
    mark: str = ""
    is_plural: bool | None = None
    value: str = ""
    is_weak: bool = False


@dataclass(slots=True)
class Lexicon:
    """Hold one language's words, phrases by their first two, and the digest of its file."""

    lang: str
    version: str
    digest: str
    words: dict[str, Entry] = field(default_factory=dict)
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], Entry]]]] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    _runs: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """Return reader, version and digest, as every claim's ``method`` begins."""
        return f"{self.version}+{self.digest[:8]}"

    def add(self, words: str, tag: str, **told: object) -> None:
        """Add a word or phrase, or one more part for it to play."""
        parts = split_word(words, self.lang)
        if not parts:
            return
        entry = self._entry_of(parts)
        entry.tags |= {tag}
        for name, value in told.items():
            if name == "forms":
                entry.forms |= value  # type: ignore[operator]  # a frozenset of forms
            elif value is not None and not getattr(entry, name):
                setattr(entry, name, value)

    def _entry_of(self, parts: tuple[str, ...]) -> Entry:
        if len(parts) == 1:
            return self.words.setdefault(parts[0], Entry())
        listed = self.phrases.setdefault(parts[0], {}).setdefault(parts[1], [])
        for known, entry in listed:
            if known == parts:
                return entry
        entry = Entry()
        listed.append((parts, entry))
        return entry

    def runs_of(self, tags: frozenset[str]) -> frozenset[str]:
        """Return one run of letters of each word or phrase that has one of these tags.

        A text without any of these runs holds none of those words.
        """
        if tags not in self._runs:
            found = (runs_of(words) for words, entry in self._entries() if entry.tags & tags)
            self._runs[tags] = frozenset(max(runs, key=len) for runs in found if runs)
        return self._runs[tags]

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        yield from self.words.items()
        for by_second in self.phrases.values():
            for listed in by_second.values():
                yield from ((" ".join(words), entry) for words, entry in listed)

    def words_of(self, section: str, name: str) -> tuple[str, ...]:
        """Return a plain list of the file, folded."""
        listed = self.tables.get(section, {}).get(name, ())
        return tuple(fold_word(str(word)) for word in listed)  # type: ignore[attr-defined]  # a list in the file


_ELISION = re.compile(r"\b(l|d|qu|n|s|c|j|m|lorsqu)'(?=\w)")


def split_word(words: str, lang: str = "en") -> tuple[str, ...]:
    """Return the folded words of an entry, parted as the scanner parts a text."""
    folded = fold_word(words)
    if lang == "fr":
        return tuple(_ELISION.sub(r"\1' ", folded).split())
    return tuple(folded.replace("'s", " 's").split())


class NoLexicon(NotFound):
    """There is no lexicon of a language."""

    code = "no-lexicon"

    def __init__(self, lang: str) -> None:
        super().__init__(
            f"There is no lexicon for the language “{lang[:20]}”.",
            then="add its claims by review; docs/why/reading.md says how to write a lexicon.",
        )


def _bytes_of(lang: str) -> bytes:
    if not lang.isalpha() or not (_FOLDER / f"{lang}.toml").is_file():
        raise NoLexicon(lang)
    return (_FOLDER / f"{lang}.toml").read_bytes()


@lru_cache(maxsize=8)
def lexicon_of(lang: str) -> Lexicon:
    """Return the lexicon of a language, by its BCP 47 tag; a region in the tag is passed over.

    Raises:
        NoLexicon: There is none.
    """
    lang = lang.split("-")[0].lower()
    data = _bytes_of(lang)
    tables = tomllib.loads(data.decode("utf-8"))
    lexicon = Lexicon(
        lang=lang,
        version=str(tables["meta"]["version"]),
        digest=hashlib.sha256(data).hexdigest(),
        tables=tables,
    )
    for section, told in tables.items():
        _add_section(lexicon, section, told)
    for by_second in lexicon.phrases.values():
        for listed in by_second.values():
            listed.sort(key=lambda pair: -len(pair[0]))
    return lexicon


def _add_section(lexicon: Lexicon, section: str, told: Mapping[str, Any]) -> None:
    if section == "harm":
        for name, harm in told.items():
            _add_harm(lexicon, name, harm)
    elif section in _SECTIONS:
        _SECTIONS[section](lexicon, told)
    elif section in _PLAIN:
        _add_plain(lexicon, section, told)


def _add_plain(lexicon: Lexicon, section: str, told: Mapping[str, Iterable[str]]) -> None:
    for name, words in told.items():
        for word in words:
            lexicon.add(word, _PLAIN[section].get(name, name), mark=name)


def _add_hedges(lexicon: Lexicon, told: Mapping[str, Iterable[str]]) -> None:
    for name, words in told.items():
        tag = "hedge-after" if name.startswith("after_") else "hedge"
        for word in words:
            lexicon.add(word, tag, mark=name.removeprefix("after_"))


def _add_values(tag: str, lexicon: Lexicon, told: Mapping[str, object], mark: str = "") -> None:
    for word, value in told.items():
        lexicon.add(word, tag, value=str(value), mark=mark)


def _add_people(lexicon: Lexicon, told: Mapping[str, Iterable[str]]) -> None:
    for category, words in told.items():
        for word in words:
            plain, _, other = word.partition(":")
            tags, _, mark = other.partition("*")
            group = "" if tags == "-" else tags or category
            singular, plural = _nouns(lexicon.lang, plain)
            for form, is_plural in ((singular, False), (plural, True)):
                same = None if singular == plural else is_plural
                lexicon.add(form, "person", category=group, mark=mark, is_plural=same)
                if mark == "body":
                    lexicon.add(form, "body")


def _nouns(lang: str, word: str) -> tuple[str, str]:
    if lang == "en":
        return noun_forms(word)
    singular, _, plural = word.partition("/")
    return singular, plural or singular


def _add_adjectives(lexicon: Lexicon, told: Mapping[str, Iterable[str]]) -> None:
    for category, words in told.items():
        for word in words:
            lexicon.add(word, "adj", mark="" if category == "plain" else category)


def _add_communities(lexicon: Lexicon, told: Mapping[str, Iterable[str]]) -> None:
    for word in told["words"]:
        plain, _, name = word.partition(":")
        for form in _nouns(lexicon.lang, plain):
            lexicon.add(form, "person", category=f"community:{name or plain.partition('/')[0]}")
            lexicon.add(form, "adj", mark=f"community:{name or plain.partition('/')[0]}")


def _add_things(lexicon: Lexicon, told: Mapping[str, Iterable[str]]) -> None:
    for name, words in told.items():
        for word in words:
            plain, _, mark = word.partition(":")
            for form in dict.fromkeys(_nouns(lexicon.lang, plain)):
                lexicon.add(form, "thing", mark=mark or name)


def _add_harm(lexicon: Lexicon, name: str, told: Mapping[str, object]) -> None:
    for words, form, is_weak in _harm_forms(told, lexicon.lang):
        lexicon.add(
            words,
            "harm",
            kind=str(told["kind"]),
            frame=str(told["frame"]),
            mark=name,
            forms=frozenset({form}),
            is_weak=is_weak,
        )


def _harm_forms(told: Mapping[str, object], lang: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each word of a harm with its form, and whether it is a weak one."""
    weak = bool(told.get("weak"))

    def listed(what: str) -> Iterable[str]:
        return told.get(what, ())  # type: ignore[return-value]  # a list in the file

    for verb in (*listed("verbs"), *listed("phrases")):
        for form, words in verb_forms(verb).items():
            yield from ((word, form, weak) for word in words)
    for form in ("past", "part", "ing", "base", "third"):
        yield from ((word, form, weak) for word in listed(form))
    for noun in listed("nouns"):
        form = "count" if told["frame"] == "count" else "noun"
        yield from ((word, form, weak) for word in dict.fromkeys(_nouns(lang, noun)))
    yield from ((state, "state", weak) for state in listed("states"))


_SECTIONS = {
    "hedges": _add_hedges,
    "vague": lambda lexicon, told: _add_values("vague", lexicon, told),
    "approximate": lambda lexicon, told: _add_values("pair", lexicon, told, mark="approx"),
    "pairs": lambda lexicon, told: _add_values("pair", lexicon, told),
    "fractions": lambda lexicon, told: _add_values("fraction", lexicon, told),
    "collectives": lambda lexicon, told: _add_values("collective", lexicon, told),
    "people": _add_people,
    "adjectives": _add_adjectives,
    "communities": _add_communities,
    "things": _add_things,
}
# Sections that are plain lists; a name may be tagged otherwise than it is called.
_PLAIN: dict[str, dict[str, str]] = {
    "determiners": {},
    "nobody": {"words": "nobody"},
    "pronouns": {"words": "pron"},
    "causatives": {"leave": "leave", "claim": "claim-lives"},
    "toll": {"nouns": "toll", "injured": "toll", "displaced": "toll", "detained": "toll",
             "missing": "toll", "abducted": "toll", "losses": "toll"},
    "subset": {"before": "subset", "after": "subset-after", "among": "subset-among"},
    "identify": {"words": "identify"},
    "background": {"words": "background"},
    "withdraw": {"words": "withdraw"},
    "negation": {"modal": "modal"},
    "separate": {"words": "separate"},
    "destination": {"words": "destination"},
    "same": {},
    "dwelling": {},
    "to_death": {"words": "to-death"},
    "reported": {"words": "reported"},
    "into_custody": {"words": "into-custody"},
    "statements": {"accuse": "accuse"},
    "say": {"according": "according", "citing": "citing", "told": "told", "anonymous": "anon"},
    "glue": {"prepositions": "prep", "place": "prep-place", "along": "and", "relative": "rel",
             "subordinators": "sub", "adverbs": "adverb"},
    "locations": {"kinds": "place-kind", "directions": "direction"},
}  # fmt: skip
_CALENDAR = {"months": "month", "short_months": "month", "other_months": "month",
             "weekdays": "weekday", "short_weekdays": "weekday", "hijri": "hijri"}  # fmt: skip


def _add_dates(lexicon: Lexicon, told: Mapping[str, Iterable[str]]) -> None:
    """Add the calendar: a month's or weekday's value is its place in the list."""
    for name, words in told.items():
        for at, word in enumerate(words):
            for spelling in filter(None, word.split("|")):
                lexicon.add(spelling, _CALENDAR.get(name, name), mark=name, value=str(at))


def _add_says(lexicon: Lexicon, told: Mapping[str, Iterable[str]]) -> None:
    for verb in told["verbs"]:
        forms = verb_forms(verb) if lexicon.lang == "en" else {"past": tuple(verb.split("/"))}
        for words in forms.values():
            for word in words:
                lexicon.add(word, "say", mark=verb.split(" ")[0])
    for name in ("according", "citing", "told", "anonymous"):
        for word in told.get(name, ()):
            lexicon.add(word, _PLAIN["say"][name], mark=name)


_SECTIONS |= {"say": _add_says, "dates": _add_dates}
