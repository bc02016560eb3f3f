"""Answer what stands inside what, for every dimension along which people are described.

A dimension is ``where``, ``to``, ``by``, a key of ``whom``, or one of the room's own (``kind``,
``incident…``), whose terms exclude each other. No claim changes an answer: what tells people
apart must not depend on who else has spoken.
"""

from __future__ import annotations

from functools import lru_cache

from tallystick.terms import FIXED_KEYS, Actors, Places, UnknownVocabulary, vocabulary

__all__ = ["Ground"]


class Ground:
    """Hold the places, actors and vocabularies of one reckoning."""

    def __init__(self, places: Places, actors: Actors) -> None:
        self.places = places
        self.actors = actors
        self.above = lru_cache(maxsize=None)(self._above)
        self.unit = lru_cache(maxsize=None)(places.unit)
        self.voice = lru_cache(maxsize=None)(actors.voice_of)

    def _above(self, key: str, node: str) -> frozenset[str]:
        """Return the node and all that it stands in."""
        if key in ("where", "to"):
            return frozenset((node, *self.places.ancestors(node)))
        chain = [node]
        while (step := self._parent(key, chain[-1])) is not None and step not in chain:
            chain.append(step)
        return frozenset(chain)

    def _parent(self, key: str, node: str) -> str | None:
        if key == "by":
            actor = self.actors.get(node)
            return actor.inside if actor else None
        try:
            term = vocabulary(key).get(node)
        except UnknownVocabulary:
            return None
        return term.inside if term else None

    def parent(self, key: str, node: str) -> str | None:
        """Return what the node stands right inside."""
        if key in ("where", "to"):
            return next(iter(self.places.ancestors(node)), None)
        return self._parent(key, node)

    def contains(self, key: str, outer: str, inner: str) -> bool:
        """Say whether ``inner`` is ``outer`` or stands inside it."""
        return outer in self.above(key, inner)

    def depth(self, key: str, node: str) -> int:
        return len(self.above(key, node))

    def knows(self, key: str, node: str) -> bool:
        """Say whether a fixed key has the term, or the gazetteer the place; open keys take all."""
        if key in ("where", "to"):
            return node in self.places
        return key not in FIXED_KEYS or node in vocabulary(key)

    def meet(self, key: str, one: str | None, other: str | None) -> tuple[bool, str | None]:
        """Return whether two nodes share anybody, and the node that they share."""
        if one is None or other is None:
            return True, one if other is None else other
        if self.contains(key, one, other):
            return True, other
        return self.contains(key, other, one), one
