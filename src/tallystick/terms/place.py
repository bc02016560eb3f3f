"""Hold one place, as a gazetteer or a case's ``places.csv`` gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tallystick.terms.spelling import has_arabic

__all__ = ["LEVELS", "Level", "Place"]

Level = Literal["country", "first", "second", "third", "town"]
LEVELS: tuple[Level, ...] = ("country", "first", "second", "third", "town")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Name one place and what it stands in.

    Args:
        id: ISO 3166-1 alpha-2, ISO 3166-2, an OCHA P-code, or an id of the case's own.
        name: The spelling that is shown; in the built-in gazetteer the English one.
        parent: Id of the place that it stands in; ``None`` for a root.
        lat: Degrees north, WGS 84; a centroid, or ``None``.
        lon: Degrees east.
        aliases: Further spellings, in any script; the first Arabic one is its Arabic name.
        unit: What tells people apart between tellers (``Places.unit``); ``None`` = by level.
        level: The administrative level where a gazetteer states it; ``None`` = by depth.
    """

    id: str
    name: str
    parent: str | None = None
    lat: float | None = None
    lon: float | None = None
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    level: Level | None = None

    @property
    def spellings(self) -> Iterator[str]:
        """Yield its name, then its aliases."""
        yield self.name
        yield from self.aliases

    def label(self, lang: str = "en") -> str:
        """Return the name to show in a language; without one in its script, the name."""
        wants_arabic = lang == "ar"
        found = (words for words in self.spellings if has_arabic(words) == wants_arabic)
        return next(found, self.name)
