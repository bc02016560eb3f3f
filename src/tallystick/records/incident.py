"""Hold the claims and persons of one event, for display and grades; no bound depends on it."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.records.days import Days

__all__ = ["Incident"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Hold one event.

    Args:
        id: ``i-`` and 12 hexadecimal digits.
        where: Ids of the places.
        during: Window of days; None = unknown.
        claims: Ids of its claims.
        persons: Ids of its persons.
    """

    id: str
    where: tuple[str, ...] = ()
    during: Days | None = None
    claims: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
