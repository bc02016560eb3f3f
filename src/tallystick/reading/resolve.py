"""Turn words into ids: places, tellers, perpetrators, victims' terms. Nothing is guessed.

What resolves to nothing keeps its words and gets an issue; a named but unknown teller is
``x:`` and its folded name, an unnamed one ``anon:`` and the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from tallystick.records import Issue, Span, Whom
from tallystick.terms import Actors, Places, bare, fold, vocabulary, whom_of

__all__ = ["Resolver"]


class _Book:
    """Remember which place a name means; a name with no spelling near it is not looked for."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._found: dict[tuple[str, str], str | None] = {}

    @cached_property
    def _spellings(self) -> frozenset[str]:
        folded = {fold(words) for place in self._places for words in place.spellings}
        return frozenset(folded | {bare(words) for words in folded})

    def find(self, name: str, lang: str) -> str | None:
        key = (name, lang)
        if key not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            self._found[key] = self._look_up(name, lang)
        return self._found[key]

    def _look_up(self, name: str, lang: str) -> str | None:
        first = fold(name.split(",")[0])
        if first not in self._spellings and bare(first) not in self._spellings:
            return None
        for words in dict.fromkeys((name, name.split(",")[0])):
            matches = self._places.matches(words, None, lang)
            # A name that only sounds alike is left to a person: a wrong place is worse than none.
            sure = [match.place.id for match in matches if match.how != "transliterated"]
            if sure:
                return sure[0]
        return None


_REMEMBERED = 50_000
# Words that join a name's parts; a short name may put them elsewhere.
_SMALL = frozenset({"of", "for", "the", "and"})
_BOOKS: WeakKeyDictionary[Places, _Book] = WeakKeyDictionary()


def _book_of(places: Places) -> _Book:
    if places not in _BOOKS:
        _BOOKS[places] = _Book(places)
    return _BOOKS[places]


@lru_cache(maxsize=4096)
def _terms_of(category: str, adjectives: tuple[str, ...]) -> Whom:
    terms: dict[str, str] = {}
    for words in (category, *adjectives):
        found: Mapping[str, str] | None = whom_of(words) if words else None
        for key, term in (found or {}).items():
            if key not in terms or vocabulary(key).contains(terms[key], term):
                terms[key] = term
    return Whom(terms)


@dataclass(slots=True)
class Resolver:
    """Resolve the words of one source against the gazetteer, the actors and the terms.

    Args:
        source: Id of the source.
        outlet: Who published it; empty if not known.
        places: Built-in places and those of the case.
        actors: Built-in actors and those of the case.
        lang: Language of the text.
    """

    source: str
    outlet: str
    places: Places
    actors: Actors
    lang: str
    issues: list[Issue] = field(default_factory=list)
    _unknown: set[str] = field(default_factory=set)

    def place_ids(self, words: str, is_list: bool, span: tuple[int, int]) -> tuple[str, ...]:
        """Return the ids of a place, or of each place of a list."""
        if not words:
            return ()
        names = [name.strip() for name in words.split(",")] if is_list else [words]
        found = [self._place(name, span) for name in names]
        return tuple(sorted({id_ for id_ in found if id_})) if all(found) else ()

    def knows(self, name: str) -> bool:
        """Say whether the gazetteer has a place of this name."""
        return _book_of(self.places).find(name, self.lang) is not None

    def _place(self, name: str, span: tuple[int, int]) -> str | None:
        book = _book_of(self.places)
        found = book.find(name, self.lang)
        if found is None and name not in self._unknown:
            self._unknown.add(name)
            self.say(
                "reading.place-unknown",
                span,
                f"“{name[:60]}” is in no gazetteer",
                "add it to places.csv",
            )
        return found

    def teller(self, words: str, *, is_anonymous: bool) -> str:
        """Return the originator; without words the outlet, without an outlet the source."""
        if not words:
            return self.outlet_id or self.source or "anon:"
        known = self.actors.resolve(words)
        if known:
            return known
        if self._is_short_for_outlet(words):
            return self.outlet_id
        if is_anonymous:
            return f"anon:{self.source}"
        folded = fold(words)
        return f"x:{folded}" if folded else f"anon:{self.source}"

    def _is_short_for_outlet(self, words: str) -> bool:
        """Say whether “the Network” is short for the publisher, the Network for Human Rights."""
        if not any(letter.isupper() for letter in words):
            return False
        actor = self.actors.get(self.outlet_id)
        said = set(fold(words).split()) - _SMALL
        names = (self.outlet, *(actor.spellings if actor is not None else ()))
        return bool(said) and any(said < set(fold(name).split()) for name in names)

    @property
    def outlet_id(self) -> str:
        """Return the id of the outlet, or what stands for it."""
        if not self.outlet:
            return ""
        return self.actors.resolve(self.outlet) or f"x:{fold(self.outlet)}"

    def actor(self, words: str) -> str | None:
        """Return the id of an alleged perpetrator; None if nobody known is named."""
        return self.actors.resolve(words) if words else None

    def whom(self, category: str, adjectives: tuple[str, ...]) -> Whom:
        """Return the terms for a category and the adjectives beside it."""
        return _terms_of(category, adjectives)

    def say(self, code: str, span: tuple[int, int], says: str, then: str) -> None:
        """Note one trouble at a span of the text."""
        self.issues.append(
            Issue(code=code, weight="note", where=Span(self.source, *span), says=says, then=then)
        )
