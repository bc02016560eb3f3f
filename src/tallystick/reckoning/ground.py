"""Answer what stands inside what, for every dimension along which people are described.

A dimension is ``where``, ``to``, ``by``, a key of ``whom``, or one of the room's own (``kind``,
``incident…``), whose terms exclude each other. No claim changes an answer: what tells people
apart must not depend on who else has spoken.
"""

from __future__ import annotations

from tallystick.terms import FIXED_KEYS, Actors, Places, UnknownVocabulary, vocabulary

__all__ = ["Forests", "Ground"]


class Forests:
    """Answer what stands inside what, once somebody says what stands above a node."""

    def above(self, key: str, node: str) -> frozenset[str]:
        """Return the node and all that it stands in."""
        raise NotImplementedError

    def contains(self, key: str, outer: str, inner: str) -> bool:
        """Say whether ``inner`` is ``outer`` or stands inside it."""
        return outer in self.above(key, inner)

    def meet(self, key: str, one: str, other: str) -> str | None:
        """Return the node of those who are in both; None if nobody can be."""
        if self.contains(key, one, other):
            return other
        return one if self.contains(key, other, one) else None


class Ground(Forests):
    """Hold the places, actors and vocabularies of one reckoning."""

    def __init__(self, places: Places, actors: Actors) -> None:
        self.places = places
        self.actors = actors
        self._above: dict[tuple[str, str], frozenset[str]] = {}
        self._units: dict[str, str] = {}

    def above(self, key: str, node: str) -> frozenset[str]:
        found = self._above.get((key, node))
        if found is None:
            found = self._above[key, node] = frozenset(self._chain(key, node))
        return found

    def _chain(self, key: str, node: str) -> list[str]:
        if key in ("where", "to"):
            return [node, *self.places.ancestors(node)]
        chain = [node]
        while (step := self._parent(key, chain[-1])) is not None and step not in chain:
            chain.append(step)
        return chain

    def _parent(self, key: str, node: str) -> str | None:
        if key == "by":
            actor = self.actors.get(node)
            return actor.inside if actor else None
        try:
            term = vocabulary(key).get(node)
        except UnknownVocabulary:
            return None
        return term.inside if term else None

    def unit(self, place: str) -> str:
        """Return the unit of place that tells people of two tellers apart."""
        if place not in self._units:
            self._units[place] = self.places.unit(place)
        return self._units[place]

    def voice(self, originator: str) -> str:
        """Return the voice with which an originator speaks."""
        return self.actors.voice_of(originator)

    def knows(self, key: str, node: str) -> bool:
        """Say whether a fixed key has the term, or the gazetteer the place; open keys take all."""
        if key in ("where", "to"):
            return node in self.places
        return key not in FIXED_KEYS or node in vocabulary(key)
