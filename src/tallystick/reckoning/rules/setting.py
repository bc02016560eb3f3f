"""Hold what a rule must know of an incident that its claims do not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tallystick.records import Days, Statement
from tallystick.terms import Actors, Places

__all__ = ["Setting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Hold the surroundings of one incident. Everything has a default that claims nothing.

    Args:
        where: Ids of the places of the incident; none = wherever its claims say.
        during: Its days; None = whenever its claims say.
        actors: Who speaks with whose voice.
        places: Which place lies in which.
        statements: Accusations, denials and admissions about the incident.
        parties: Ids of belligerents beyond those accused.
        active_conflict: Whether the incident lies in an active conflict; None = not said.
        reliable: How reliable an originator is taken to be, higher = more; absent = 0.
        is_dyad_clear: False where it is unclear whether the parties in question took part.
        sides: Ids of the two sides of a dyad, compared with the victims' affiliation.
        verified: Ids of claims that the recorder has itself verified to its standard.
    """

    where: tuple[str, ...] = ()
    during: Days | None = None
    actors: Actors = field(default_factory=Actors.builtin)
    places: Places = field(default_factory=Places.builtin)
    statements: tuple[Statement, ...] = ()
    parties: frozenset[str] = frozenset()
    active_conflict: bool | None = None
    reliable: Mapping[str, int] = field(default_factory=dict)
    is_dyad_clear: bool = True
    sides: tuple[str, str] | None = None
    verified: frozenset[str] = frozenset()

    def same_side(self, one: str, other: str) -> bool:
        """Say whether the two are one body, one part of the other, or one voice."""
        if self.actors.contains(one, other) or self.actors.contains(other, one):
            return True
        return self.actors.voice_of(one) == self.actors.voice_of(other)
