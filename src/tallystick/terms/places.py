"""Hold the places of the world and of a case as one forest, and find them by what they are called.

``Places`` never changes: ``with_csv`` returns another one. What stands inside what is asked of
``forest.py``, what a word may mean of ``finding.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from tallystick.errors import Refused
from tallystick.records import Issue
from tallystick.terms.finding import Finder, Match
from tallystick.terms.forest import Forest
from tallystick.terms.gazetteer import built_in_places
from tallystick.terms.place import LEVELS, Level, Place
from tallystick.terms.tables import Row, fault, rows_of, sound_rows

__all__ = ["PlaceMoved", "Places"]


class PlaceMoved(Refused):
    """A correction may not make a place new, or move it: that could close a circle."""

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"“{id_}” is no known place, or would lie in another one.",
            then="write it into places.csv.",
        )


COLUMNS = ("id", "name", "parent", "lat", "lon", "aliases", "unit")


class Places:
    """Answer what a place is, what it stands in, and which places a word may mean.

    Invariant: every parent is known and no place stands in itself.
    """

    def __init__(self, by_id: Mapping[str, Place], finder: Finder) -> None:
        self._by_id = by_id
        self._finder = finder

    @staticmethod
    def builtin() -> Places:
        """Return the gazetteer that comes with Tallystick: read once, then kept."""
        return _builtin()

    @staticmethod
    def empty() -> Places:
        """Return a forest without any place."""
        return Places({}, Finder(()))

    def with_csv(
        self, table: str | Iterable[Mapping[str, str]], *, name: str = "places.csv"
    ) -> tuple[Places, tuple[Issue, ...]]:
        """Return these places with those of a case, and an issue for each row set aside.

        A row takes the place of the one that had its id, whole: parent, coordinates and
        spellings. A row set aside leaves what stood there before.

        Args:
            table: The text of ``places.csv`` (``id,name,parent,lat,lon,aliases,unit``), or its
                rows by column.
            name: What the issues call it.
        """
        read = rows_of(table, name=name, columns=COLUMNS)
        made: dict[str, tuple[Row, Place]] = {}
        issues = list(read.issues)
        for row in read.rows:
            place = _place_of(row)
            if isinstance(place, Place):
                made[place.id] = (row, place)
            else:
                issues.append(place)
        whole, unsound = sound_rows(made, self._by_id, _parent_of)
        new = {id_: place for id_, place in whole.items() if self._by_id.get(id_) is not place}
        issues += unsound + _units_unknown(new, made, whole)
        return Places(whole, self._finder.over(new.values(), of_case=True)), tuple(issues)

    def with_corrected(self, place: Place) -> Places:
        """Return these places with one of them corrected; what it lies in stays as it was."""
        known = self._by_id.get(place.id)
        if known is None or known.parent != place.parent:
            raise PlaceMoved(place.id)
        finder = self._finder.over([place], of_case=False)
        return Places({**self._by_id, place.id: place}, finder)

    def get(self, id_: str) -> Place | None:
        """Return the place of this id, or ``None``."""
        return self._by_id.get(id_)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    def __iter__(self) -> Iterator[Place]:
        """Yield every place, by id."""
        return (self._by_id[id_] for id_ in sorted(self._by_id))

    def __len__(self) -> int:
        return len(self._by_id)

    @cached_property
    def _forest(self) -> Forest:
        return Forest({id_: place.parent for id_, place in self._by_id.items()})

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether ``inner`` is ``outer`` or lies in it; an unknown id is only itself."""
        return self._forest.contains(outer, inner)

    def ancestors(self, id_: str) -> tuple[str, ...]:
        """Return what the place lies in, nearest first, without the place itself."""
        return tuple(self._forest.chain(id_))[1:]

    def children(self, id_: str) -> tuple[str, ...]:
        """Return the ids right inside the place, sorted."""
        return self._forest.children(id_)

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Return the ids that lie in nothing, sorted."""
        return self._forest.roots()

    def level(self, id_: str) -> Level:
        """Return the place's level: the gazetteer's, else one below its parent's.

        A root is a country, what is right inside it first, then second, third; all below are
        towns. An unknown id is a country of its own.
        """
        place = self._by_id.get(id_)
        if place is None or (place.level is None and place.parent is None):
            return "country"
        if place.level is not None:
            return place.level
        above = LEVELS.index(self.level(place.parent or ""))
        return LEVELS[min(above + 1, len(LEVELS) - 1)]

    def unit(self, id_: str) -> str:
        """Return the unit of place that tells people apart between tellers.

        In this order: the ``unit`` of the place, or of the nearest place around it that sets
        one; the place or the nearest around it of the second level; of the first; itself. A
        unit may be any word: places that share it are one unit.
        """
        chain = tuple(self._forest.chain(id_))
        set_by_hand = (self._by_id[step].unit for step in chain if step in self._by_id)
        by_level = (
            step for level in ("second", "first") for step in chain if self.level(step) == level
        )
        return next((unit for unit in set_by_hand if unit), None) or next(by_level, id_)

    def find(
        self, words: str, within: str | None = None, lang: str | None = None
    ) -> tuple[Place, ...]:
        """Return the places that the words may name, the likeliest first.

        As spelt, before folded, before transliterated; then the widest place first, since a name
        shared by a governorate and its capital says no more than the governorate.

        Args:
            words: A name as written, in any script; “X, Y” is X in Y; words such as “province
                of” may stand beside it.
            within: Id of a place; only what it contains is found.
            lang: Where two readings are equally near, the one spelt in this language's script.
        """
        return tuple(match.place for match in self.matches(words, within, lang))

    def matches(
        self, words: str, within: str | None = None, lang: str | None = None
    ) -> tuple[Match, ...]:
        """Return the same as ``find`` with how each was found: exact, folded, transliterated."""
        return self._finder.find(words, within=within, lang=lang, forest=self._forest)

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield every spelling with the id of its place, by id, for one who scans a text.

        Bare directions (“North”, “Central”) are left out: in a text they are seldom a place.
        ``find`` knows them.
        """
        return self._finder.names()


@lru_cache(maxsize=1)
def _builtin() -> Places:
    by_id = {place.id: place for place in built_in_places()}
    return Places(by_id, Finder(tuple(by_id.values())))


def _parent_of(place: Place) -> tuple[str, ...]:
    return (place.parent,) if place.parent else ()


def _place_of(row: Row) -> Place | Issue:
    numbers = {
        "lat": _degrees(row.cell("lat"), limit=90),
        "lon": _degrees(row.cell("lon"), limit=180),
    }
    for column, number in numbers.items():
        if number is not None and math.isnan(number):
            return fault(
                row,
                "terms.number-unclear",
                f"{column} “{row.cell(column)}” is not a number of degrees.",
                "Write degrees with a decimal point, such as 35.52, or leave it empty.",
            )
    if not row.cell("name"):
        return fault(row, "terms.name-missing", "The place has no name.", "Give it a name.")
    return Place(
        id=row.cell("id"),
        name=row.cell("name"),
        parent=row.cell("parent") or None,
        lat=numbers["lat"],
        lon=numbers["lon"],
        aliases=row.parts("aliases"),
        unit=row.cell("unit") or None,
    )


def _degrees(cell: str, *, limit: int) -> float | None:
    if not cell:
        return None
    try:
        number = float(cell)
    except ValueError:
        return math.nan
    return number if abs(number) <= limit else math.nan


def _units_unknown(
    new: Mapping[str, Place], made: Mapping[str, tuple[Row, Place]], whole: Mapping[str, Place]
) -> list[Issue]:
    return [
        Issue(
            code="terms.unit-not-a-place",
            weight="note",
            where=made[id_][0].where,
            says=f"The unit “{place.unit}” is the id of no place; it is used as a name.",
            then="Leave it if places share this unit; else write the id of a place.",
        )
        for id_, place in new.items()
        if place.unit and place.unit not in whole
    ]
