"""Read the gazetteer that comes with Tallystick, from the tables in ``data/``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tallystick.terms.place import LEVELS, Place

__all__ = ["TABLES", "built_in_places"]

DATA = Path(__file__).parent / "data"
TABLES = ("places-world.csv", "places-syria.csv", "places-towns.csv")


def built_in_places() -> Iterator[Place]:
    """Yield the built-in places, outer ones before inner ones.

    The tables are made by ``tools/build_gazetteer.py`` and tested whole, so they are read
    without the care that a case's table needs.
    """
    for table in TABLES:
        with (DATA / table).open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            next(rows)
            for id_, level, parent, name, aliases, lat, lon in rows:
                yield Place(
                    id=id_,
                    name=name,
                    parent=parent or None,
                    lat=float(lat) if lat else None,
                    lon=float(lon) if lon else None,
                    aliases=tuple(aliases.split("|")) if aliases else (),
                    level=LEVELS[int(level)],
                )
