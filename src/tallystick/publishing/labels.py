"""Show ids as people say them: places, tellers and terms, each in the report's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tallystick.publishing.markup import Html, tag, verbatim
from tallystick.publishing.wording import Words
from tallystick.records import WhomTest
from tallystick.terms import ANONYMOUS, NAMES, Actors, Places, vocabulary, vocabulary_keys

__all__ = ["Labels"]

# Ids of offices that are themselves what people say: SOHR, OHCHR, UNHCR.
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_OFFICES = ("monitor", "un", "ngo", "agency")
_WITHHELD = "withheld-"


class Labels:
    """Name places, tellers and terms."""

    def __init__(self, places: Places, actors: Actors, words: Words) -> None:
        self.places = places
        self.actors = actors
        self.words = words

    def place(self, id_: str) -> Html:
        return verbatim(self.place_name(id_))

    def place_name(self, id_: str) -> str:
        place = self.places.get(id_)
        return place.label(self.words.lang) if place else id_

    def places_listed(self, ids: Iterable[str]) -> Html:
        return self.words.listed(self.place(id_) for id_ in ids)

    def teller(self, id_: str) -> Html:
        """Return a teller's short name, for a sentence."""
        if self._is_acronym(id_):
            return tag("abbr", tag("bdi", id_), title=self.actors.label(id_, "en"))
        return self._name(id_)

    def teller_text(self, id_: str) -> str:
        """Return a teller's short name as plain text, for a chart."""
        if self._is_acronym(id_):
            return id_
        if id_.startswith(ANONYMOUS):
            return self.words.plain("teller.unnamed")
        if id_ == NAMES:
            return self.words.plain("teller.lists")
        return self.actors.label(id_, self.words.lang)

    def full_name(self, id_: str) -> Html:
        """Return a teller's whole name with its short one, for a heading."""
        name = self._name(id_)
        if self._is_acronym(id_):
            return self.words("teller.full", name=name, short=verbatim(id_))
        return name

    def tellers_listed(self, ids: Iterable[str]) -> Html:
        return self.words.listed(self.teller(id_) for id_ in ids)

    def _is_acronym(self, id_: str) -> bool:
        actor = self.actors.get(id_)
        named = actor is not None and actor.kind in _OFFICES and actor.name != id_
        return named and self.words.lang == "en" and bool(_ACRONYM.fullmatch(id_))

    def _name(self, id_: str) -> Html:
        if id_.startswith(ANONYMOUS):
            return self.words("teller.unnamed")
        if id_ == NAMES:
            return self.words("teller.lists")
        if id_.startswith(_WITHHELD):
            return self.words("teller.withheld", n=id_.removeprefix(_WITHHELD))
        return verbatim(self.actors.label(id_, self.words.lang))

    def term(self, key: str, id_: str) -> Html:
        """Return a term of a vocabulary; an id that no vocabulary has is shown as it is."""
        return verbatim(self.term_text(key, id_))

    def term_text(self, key: str, id_: str) -> str:
        found = vocabulary(key).get(id_) if key in vocabulary_keys() else None
        if found:
            return found.label(self.words.lang)
        # A group that no vocabulary has is a name.
        return id_.replace("-", " ").title() if key == "group" else id_.replace("-", " ")

    def whom(self, tests: Iterable[WhomTest]) -> Html:
        """Return whom a figure or claim counts: “civilians”, “women”, “Alawite and civilian”."""
        wanted = tuple(tests)
        category = self.category({test.key: test.term for test in wanted})
        if category and all(test.inside for test in wanted):
            return verbatim(category)
        return self.words.listed(self._test(test) for test in wanted)

    def _test(self, test: WhomTest) -> Html:
        term = self.term_text(test.key, test.term)
        shown = verbatim(term if test.key == "group" else term.lower())
        return self.words("whom.not", term=shown) if not test.inside else shown

    def category(self, whom: Mapping[str, str]) -> str:
        """Return the plural word for exactly these terms (“civilians”); empty if there is none."""
        for term in vocabulary("category"):
            if dict(term.whom) == dict(whom):
                label = term.label(self.words.lang)
                return label.lower() if self.words.lang == "en" else label
        return ""
