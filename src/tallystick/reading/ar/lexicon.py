"""Hold the Arabic words as the Arabic scanner looks them up: every form with its entry.

Made once a process from ``lexicons/ar.toml``, whose digest stands in every claim's method.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from tallystick.reading.ar.forms import (
    nominal_forms,
    noun_forms,
    possessed_forms,
    verb_forms,
)
from tallystick.reading.lexicon import Entry, lexicon_of
from tallystick.text import NumberWords, fold_word, number_words

__all__ = ["Words", "arabic_words"]

Listed = Mapping[str, Iterable[str]]


@dataclass(slots=True)
class Words:
    """Hold words, phrases by their first word, and all words that stand in phrases."""

    numbers: NumberWords
    words: dict[str, Entry] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    inner: set[str] = field(default_factory=set)

    def add(self, words: str, tag: str, **told: object) -> None:
        """Add a word or phrase, or one more part for it to play; what was told first stays."""
        entry = self._entry_of(tuple(fold_word(words).split()))
        entry.tags |= {tag}
        for name, value in told.items():
            if name == "forms":
                entry.forms |= frozenset({str(value)})
            elif value and not getattr(entry, name):
                setattr(entry, name, value)

    def _entry_of(self, parts: tuple[str, ...]) -> Entry:
        if len(parts) == 1:
            return self.words.setdefault(parts[0], Entry())
        listed = self.phrases.setdefault(parts[0], [])
        for known, entry in listed:
            if known == parts:
                return entry
        entry = Entry()
        listed.append((parts, entry))
        listed.sort(key=lambda pair: -len(pair[0]))
        self.inner.update(parts)
        return entry

    def knows(self, word: str) -> bool:
        """Say whether a word has an entry or is a number."""
        return word in self.words or self.numbers.starts(word)


@lru_cache(maxsize=1)
def arabic_words() -> Words:
    """Return the Arabic words."""
    tables: Mapping[str, Listed] = lexicon_of("ar").tables  # type: ignore[assignment]  # lists of words, as the file's head says
    words = Words(number_words("ar"))
    _add_harms(words, lexicon_of("ar").tables["harms"])  # type: ignore[arg-type]  # tables in a table
    _add_people(words, tables)
    for name, listed in tables["no_people"].items():
        for noun in listed:
            for form in noun_forms(noun) if name in ("units", "objects") else (noun,):
                words.add(form, "thing" if name in ("units", "objects") else name, mark=name)
    _add_bounds(words, tables)
    for section, tags in _PLAIN.items():
        for name, listed in tables[section].items():
            for word in listed:
                words.add(word.partition(":")[0], tags.get(name, name))
    _add_sayings(words, tables["saying"])
    _add_calendar(words, tables["calendar"])
    return words


_PLAIN: Mapping[str, Mapping[str, str]] = {
    "light": {},
    "toll": {"nouns": "toll"},
    "subset": {"before": "subset"},
    "scope": {},
    "sayings_without_counts": {},
    "small": {"prepositions": "prep", "place": "prep-place", "relative": "rel",
              "subordinators": "sub", "adverbs": "adverb", "others": "other"},
    "locations": {"kinds": "place-kind", "directions": "direction", "openers": "opener",
                  "closers": "closer"},
}  # fmt: skip


def _add_harms(words: Words, harms: Mapping[str, Mapping[str, object]]) -> None:
    for name, told in harms.items():
        shared = {"kind": str(told["kind"]), "frame": str(told["frame"]), "mark": name}
        for listed, forms_of in _FORMS_OF.items():
            for word in told.get(listed, ()):  # type: ignore[attr-defined]  # a list in the file
                plain, _, mark = word.partition(":")
                for form, what in forms_of(plain).items():
                    words.add(form, "harm", forms=what, is_weak=mark == "weak", **shared)
        for noun in told.get("people", ()):  # type: ignore[attr-defined]  # as above
            for form, number in noun_forms(noun).items():
                words.add(form, "harm", forms="count", **shared)
                words.add(form, "state", value=number)


_FORMS_OF = {
    "verbs": verb_forms,
    "phrases": lambda phrase: {phrase: "past"},
    "nouns": nominal_forms,
}


def _add_people(words: Words, tables: Mapping[str, Listed]) -> None:
    for category, nouns in tables["persons"].items():
        for noun in nouns:
            plain, _, other = noun.partition(":")
            tags, _, mark = other.partition("*")
            group = "" if tags == "-" else tags or category
            forms = noun_forms(plain)
            owned = possessed_forms(forms) if mark == "kin" else {}
            for form, number in (forms | owned).items():
                words.add(form, "person", category=group, mark=mark, value=number)
    _add_groups(words, tables)


def _add_groups(words: Words, tables: Mapping[str, Listed]) -> None:
    for noun in tables["communities"]["words"]:
        plain, _, name = noun.partition(":")
        for form, number in noun_forms(plain).items():
            words.add(form, "person", category=f"community:{name}", value=number)
    for category, bodies in tables["bodies"].items():
        for body in bodies:
            words.add(body, "body", category=category)


def _add_bounds(words: Words, tables: Mapping[str, Listed]) -> None:
    for name, listed in tables["bounds"].items():
        tag = "hedge-after" if name.startswith("after_") else "hedge"
        for word in listed:
            words.add(word, tag, mark=name.removeprefix("after_"))
    for tag, values in (("vague", tables["vague"]), ("fraction", tables["fractions"])):
        for word, value in values.items():
            if value:
                words.add(word, tag, value=str(value))


def _add_sayings(words: Words, told: Listed) -> None:
    for verb in told["verbs"]:
        plain, _, mark = verb.partition(":")
        for form in verb_forms(plain):
            words.add(form, "say", mark=mark)
    for name in ("further", "according", "citing", "relay", "that", "anonymous"):
        for word in told[name]:
            words.add(word, {"anonymous": "anon"}.get(name, name))


def _add_calendar(words: Words, told: Listed) -> None:
    for name, listed in told.items():
        for at, spellings in enumerate(listed):
            for spelling in spellings.split("|"):
                words.add(spelling, _CALENDAR.get(name, name))
                if name in _NUMBERED:
                    words.add(spelling, _CALENDAR[name], value=str(at))


_NUMBERED = frozenset({"months", "hijri", "weekdays", "ordinals"})
_CALENDAR = {"months": "month", "weekdays": "weekday", "ordinals": "ordinal", "hijri": "hijri",
             "before": "day-part", "last": "past", "this": "current", "before_yesterday":
             "before-yesterday"}  # fmt: skip
