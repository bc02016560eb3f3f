"""Find places by what they are called, however it is spelt.

A ``Finder`` holds spellings in three indexes, each built when it is first needed, and looks
through those of the places that came before it (``base``), so a case adds its own places without
spelling the world again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tallystick.terms.forest import Forest
from tallystick.terms.place import Place
from tallystick.terms.spelling import bare, fold, is_arabic, skeleton

__all__ = ["Finder", "How", "Match"]

How = Literal["exact", "folded", "transliterated"]
Index = dict[str, list[Place]]


@dataclass(frozen=True, slots=True)
class Match:
    """Say that words may name a place, how that was found, and how like the spelling is (0..1)."""

    place: Place
    how: How
    likeness: float


class Finder:
    """Look places up by spelling."""

    def __init__(self, places: Iterable[Place], base: Finder | None = None) -> None:
        self._places = tuple(places)
        self._base = base
        self._own = {place.id for place in self._places}

    def over(self, places: Iterable[Place]) -> Finder:
        """Return a finder of these places that looks through to this one's."""
        return Finder(places, base=self)

    @cached_property
    def _exact(self) -> Index:
        index: Index = {}
        for place in self._places:
            for words in place.spellings:
                index.setdefault(words, []).append(place)
        return index

    @cached_property
    def _folded(self) -> Index:
        index: Index = {}
        for words, places in self._exact.items():
            index.setdefault(fold(words), []).extend(places)
        return index

    @cached_property
    def _bare(self) -> Index:
        index: Index = {}
        for folded, places in self._folded.items():
            index.setdefault(bare(folded), []).extend(places)
        return index

    @cached_property
    def _skeletons(self) -> Index:
        index: Index = {}
        for words, places in self._bare.items():
            index.setdefault(skeleton(words), []).extend(places)
        return index

    def _look(self, which: str, key: str) -> list[Place]:
        found = list(getattr(self, which).get(key, ()))
        if self._base is not None:
            found += [p for p in self._base._look(which, key) if p.id not in self._own]
        return found

    def find(
        self, words: str, *, within: str | None, lang: str | None, forest: Forest
    ) -> tuple[Match, ...]:
        folded = fold(words)
        steps: tuple[tuple[str, str, How], ...] = (
            ("_exact", words.strip(), "exact"),
            ("_folded", folded, "folded"),
            ("_bare", bare(folded), "folded"),
            ("_skeletons", skeleton(words), "transliterated"),
        )
        for which, key, how in steps:
            if not key:
                continue
            found = {
                place.id: Match(place, how, 1.0)
                for place in self._look(which, key)
                if within is None or forest.contains(within, place.id)
            }
            if found:
                return tuple(sorted(found.values(), key=lambda m: _rank(m, forest, lang)))
        return ()

    def names(self) -> Iterator[tuple[str, str]]:
        for place in self._places:
            for words in place.spellings:
                yield words, place.id
        if self._base is not None:
            yield from ((w, id_) for w, id_ in self._base.names() if id_ not in self._own)


def _rank(match: Match, forest: Forest, lang: str | None) -> tuple[int, bool, str]:
    """Put the widest place first, then one that has a name in the language's script."""
    named = is_arabic(match.place.label(lang or "en")) == (lang == "ar")
    return (forest.depth(match.place.id), not named, match.place.id)
