"""Find places by what they are called, however it is spelt.

A ``Finder`` holds the spellings of some places and looks through to those that came before it
(``base``), so a case adds its own places without spelling the world again. Each index is built
when it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tallystick.terms.forest import Forest
from tallystick.terms.place import LEVELS, Level, Place
from tallystick.terms.placewords import Said, core, place_words, said
from tallystick.terms.sounding import Sounding
from tallystick.terms.spelling import AYN, bare, fold, has_arabic

__all__ = ["Finder", "How", "Match"]

How = Literal["exact", "folded", "transliterated"]
Index = dict[str, list[Place]]
# A likeness from which a transliterated name is taken before the next piece is looked for; of the
# many built-in places one is alike by chance more often than of a case's few.
_SURE = 0.75
_SURE_WHOLE = 0.92
_SURE_OF_WORLD = 0.82


@dataclass(frozen=True, slots=True)
class Match:
    """Say that words may name a place, how that was found, and how like the spelling is (0..1)."""

    place: Place
    how: How
    likeness: float = 1.0


@dataclass(frozen=True, slots=True)
class _Look:
    """Hold one way to look into a layer; ``own``: only into a case's own places."""

    into: Callable[[Finder], Iterable[Match]]
    own: bool = False


class Finder:
    """Look places up by spelling."""

    def __init__(
        self, places: Iterable[Place], base: Finder | None = None, *, of_case: bool = False
    ) -> None:
        self._places = tuple(places)
        self._base = base
        self._of_case = of_case
        self._own = frozenset(place.id for place in self._places)

    @property
    def _case(self) -> frozenset[str]:
        """Return the ids of a case's own places."""
        return self._own if self._of_case else frozenset()

    def over(self, places: Iterable[Place], *, of_case: bool) -> Finder:
        """Return a finder of these places that looks through to this one's."""
        return Finder(places, base=self, of_case=of_case)

    @cached_property
    def exact(self) -> Index:
        """Return the places by spelling."""
        return _index((words, place) for place in self._places for words in place.spellings)

    @cached_property
    def folded(self) -> Index:
        """Return the places by folded spelling."""
        return _index((fold(words), place) for words, place in _pairs(self.exact))

    @cached_property
    def cores(self) -> Index:
        """Return the places by folded spelling without articles, and by the core of it."""
        return _index(
            (key, place)
            for words, place in _pairs(self.folded)
            for key in dict.fromkeys((bare(words), _core_key(words)))
        )

    @cached_property
    def sounding(self) -> Sounding:
        """Return the places by sound.

        Of the built-in places only those with an Arabic name: for the rest of the world a Latin
        spelling is the name itself, and to hear it in another name would mislead.
        """
        return Sounding([place for place in self._places if self._is_heard(place)])

    @cached_property
    def foreign(self) -> Sounding:
        """Return the other places by sound: for words in Arabic letters."""
        return Sounding([place for place in self._places if not self._is_heard(place)])

    def _is_heard(self, place: Place) -> bool:
        if place.level is None:
            return True
        return place.level != "country" and any(map(has_arabic, place.spellings))

    def _seen(self, look: _Look) -> Iterator[Match]:
        """Yield what the layers hold; a place of an upper layer hides the one of its id below."""
        hidden: set[str] = set()
        layer: Finder | None = self
        while layer is not None and (layer._of_case or not look.own):
            yield from (match for match in look.into(layer) if match.place.id not in hidden)
            hidden |= layer._own
            layer = layer._base

    def find(
        self, words: str, *, within: str | None, lang: str | None, forest: Forest
    ) -> tuple[Match, ...]:
        """Return the matches of the surest look that has any, ranked."""
        asked = said(words)
        for look in _looks(words.strip(), asked):
            found: dict[str, Match] = {}
            for match in self._seen(look):
                known = found.get(match.place.id)
                inside = within is None or forest.contains(within, match.place.id)
                if inside and (known is None or known.likeness < match.likeness):
                    found[match.place.id] = match
            if found:
                rank = _Rank(forest, lang, asked.level, self._around(asked), self._case)
                return tuple(sorted(found.values(), key=rank.of))
        return ()

    def _around(self, asked: Said) -> frozenset[str]:
        """Return the ids of places that the words around the name may mean."""
        looks = [_by_core(core(part.replace(AYN, ""))) for part in asked.around]
        return frozenset(match.place.id for look in looks for match in self._seen(look))

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield every spelling that a text may mean as a place, with the place's id."""
        unsaid = place_words().unsaid
        for match in self._seen(_Look(lambda layer: (Match(p, "exact") for p in layer._places))):
            for words in dict.fromkeys(match.place.spellings):
                if words not in unsaid:
                    yield words, match.place.id


def _pairs(index: Index) -> Iterator[tuple[str, Place]]:
    return ((words, place) for words, places in index.items() for place in places)


def _index(pairs: Iterable[tuple[str, Place]]) -> Index:
    index: Index = {}
    for key, place in pairs:
        found = index.setdefault(key, [])
        if place not in found:
            found.append(place)
    return index


def _core_key(folded: str) -> str:
    return " ".join(sorted(core(folded)))


def _looks(words: str, asked: Said) -> Iterator[_Look]:
    """Yield the ways to look for words, the surest first."""
    if not asked.folded:
        return
    yield _Look(lambda layer: _matches(layer.exact.get(words), "exact"))
    yield _Look(lambda layer: _matches(layer.folded.get(asked.folded), "folded"))
    yield from _looks_for(asked.aloud, (), least=_SURE_WHOLE)
    for name in asked.names:
        yield from _looks_for(name, asked.around, least=_SURE)
    yield _by_sound(asked.names[0], asked.around, least=0.0)
    for name in asked.around:
        yield from _looks_for(name, (), least=_SURE)


def _looks_for(name: str, around: tuple[str, ...], *, least: float) -> Iterator[_Look]:
    """Yield the looks for one name: a case's own places first, then all."""
    plain = name.replace(AYN, "")
    kept = core(plain)
    for own in (True, False):
        yield _Look(lambda layer: _matches(layer.cores.get(bare(plain)), "folded"), own)
        yield _by_core(kept, own=own)
        yield _by_sound(name, around, least=least, own=own)
    if "rif" in kept:
        yield _by_core(tuple(word for word in kept if word != "rif"))


def _matches(places: list[Place] | None, how: How) -> list[Match]:
    return [Match(place, how) for place in places or ()]


def _by_core(words: tuple[str, ...], *, own: bool = False) -> _Look:
    key = " ".join(sorted(words))
    return _Look(lambda layer: _matches(layer.cores.get(key), "folded"), own)


def _by_sound(name: str, around: tuple[str, ...], *, least: float, own: bool = False) -> _Look:
    def look(layer: Finder) -> Iterator[Match]:
        enough = least if layer._of_case else max(least, _SURE_OF_WORLD)
        for place, likeness in layer.sounding.like(name, around):
            if likeness >= enough:
                yield Match(place, "transliterated", likeness)
        if has_arabic(name):
            for place, likeness in layer.foreign.like(name, around):
                if likeness >= max(least, _SURE_WHOLE):
                    yield Match(place, "transliterated", likeness)

    return _Look(look, own)


@dataclass(frozen=True, slots=True)
class _Rank:
    """Order matches: the likest; where the words set it; of the level they state; the widest.

    Before the widest, a case's own places come first, then places that have an Arabic name: the
    part of the world that the gazetteer knows best (Gaza is first the Strip, not in Mozambique).
    """

    forest: Forest
    lang: str | None
    level: Level | None
    around: frozenset[str]
    own: frozenset[str]

    def of(self, match: Match) -> tuple[float, bool, int, int, int, bool, str]:
        id_, depth = match.place.id, self.forest.depth(match.place.id)
        outside = not any(self.forest.contains(outer, id_) for outer in self.around)
        far = 0 if id_ in self.own else 2 - any(map(has_arabic, match.place.spellings))
        unnamed = has_arabic(match.place.label(self.lang or "en")) != (self.lang == "ar")
        off = self._off(match, depth)
        return (-round(match.likeness, 2), outside, off, far, depth, unnamed, id_)

    def _off(self, match: Match, depth: int) -> int:
        """Count the levels between the one that the words state and the place's."""
        if self.level is None:
            return 0
        level = match.place.level
        return abs(LEVELS.index(self.level) - (LEVELS.index(level) if level else depth))
