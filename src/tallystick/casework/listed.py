"""Say of each person of a case what each list says of them: what named persons are reckoned from.

Places are found anew each time, so that a place added to ``places.csv`` counts at once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tallystick.casework.case import Case
from tallystick.casework.grounds import Grounds
from tallystick.casework.link import persons_of
from tallystick.casework.lists import mapping_of, read_lists
from tallystick.errors import Trouble
from tallystick.records import Days, Entry, Issue, Listed, Person, Whom
from tallystick.terms import Places
from tallystick.text import likeliest_reading

__all__ = ["listed_of_case", "listed_of_files"]

_GROWN_UP = 18


@dataclass(frozen=True, slots=True)
class _Row:
    """Hold one row of a list, with the source in which the list stands."""

    entry: Entry
    source: str
    published: dt.date | None


def listed_of_case(case: Case, ground: Grounds) -> tuple[Listed, ...]:
    """Return one record for each named person and list that names them, of the last linking.

    Args:
        case: Whose lists were linked.
        ground: Its places and actors.
    """
    sources = {source.id: source for source in case.ledger.sources()}
    rows = {
        entry.id: _Row(entry, id_, sources[id_].published)
        for id_ in case.ledger.listings()
        for entry in case.ledger.entries_of_lists(id_)
    }
    return _listed(case.ledger.persons(), rows, ground)


def listed_of_files(
    persons: Path, lists: Sequence[Path], mapping: Path | None, ground: Grounds
) -> tuple[tuple[Listed, ...], tuple[Issue, ...]]:
    """Return the same from plain files: the persons that ``link`` wrote, and the lists it linked.

    Args:
        persons: ``record_id,person_id``; a column ``undecided`` may name persons who may be the
            same, separated by ``|``.
        lists: The lists; a row that names nobody counts nobody.
        mapping: TOML of field = "its header", as linking was given it.
        ground: Places and actors.

    Raises:
        NoList, NoPersons: A file is not there.
        BadMapping, BadPersons: A file cannot be read.
    """
    entries, issues = read_lists(lists, mapping_of(mapping))
    rows = {entry.id: _Row(entry, entry.list, None) for entry in entries}
    found = [
        replace(person, named=any(_names(rows[id_]) for id_ in person.entries if id_ in rows))
        for person in persons_of(persons)
    ]
    missing = sum(id_ not in rows for person in found for id_ in person.entries)
    lost = [_lost(persons, missing)] if missing else []
    return _listed(found, rows, ground), (*issues, *lost)


def _names(row: _Row) -> bool:
    return bool(row.entry.name) and not likeliest_reading(row.entry.name).unnamed


def _lost(persons: Path, missing: int) -> Issue:
    return Issue(
        code="reckoning.records-not-on-lists",
        weight="warning",
        where=persons.name,
        says=f"{missing:,} records stand on none of the lists that were given.",
        then="Give every list that was linked.",
    )


def _listed(
    persons: Iterable[Person], rows: Mapping[str, _Row], ground: Grounds
) -> tuple[Listed, ...]:
    place_of = _PlaceOf(ground.places)
    found = []
    for person in persons:
        mine: dict[tuple[str, str], list[_Row]] = defaultdict(list)
        for row in (rows[id_] for id_ in person.entries if id_ in rows):
            mine[row.entry.list, row.source].append(row)
        if person.named:
            found += [
                _as_listed(person, name, told, place_of, ground)
                for (name, _), told in sorted(mine.items())
            ]
    return tuple(found)


def _as_listed(
    person: Person, name: str, rows: Sequence[_Row], place_of: _PlaceOf, ground: Grounds
) -> Listed:
    entries = [row.entry for row in rows]
    return Listed(
        person=person.id,
        list=name,
        originator=ground.actors.resolve(name) or name,
        where=place_of.where(entries),
        during=_during(entries),
        whom=_whom(entries),
        source=rows[0].source,
        published=rows[0].published,
        undecided=person.undecided,
    )


class _PlaceOf:
    """Find the places that rows name; each spelling is looked up once."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}

    def where(self, rows: Sequence[Entry]) -> tuple[str, ...]:
        """Return the narrowest places of the rows; two that exclude each other both stand."""
        found = {place for row in rows for place in self._of(row.place, row.region)}
        narrow = (
            one
            for one in found
            if not any(other != one and self._places.contains(one, other) for other in found)
        )
        return tuple(sorted(narrow))

    def _of(self, place: str, region: str) -> tuple[str, ...]:
        if (place, region) not in self._found:
            around = self._places.find(region)[:1] if region else ()
            within = around[0].id if around else None
            inside = self._places.find(place, within=within)[:1] if place else ()
            self._found[place, region] = tuple(one.id for one in inside or around)
        return self._found[place, region]


def _during(rows: Sequence[Entry]) -> Days | None:
    """Return the days that all rows leave open, or from the first to the last if they differ."""
    windows = [days for row in rows if row.died and (days := _days(row.died)) is not None]
    if not windows:
        return None
    first, last = max(w.first for w in windows), min(w.last for w in windows)
    if first <= last:
        return Days(first, last)
    return Days(min(w.first for w in windows), max(w.last for w in windows))


def _days(words: str) -> Days | None:
    try:
        return Days.parse(words)
    except Trouble:
        return None


def _whom(rows: Sequence[Entry]) -> Whom:
    """Return the terms on which all rows that say so agree."""
    told: dict[str, set[str]] = {
        "sex": {row.sex for row in rows if row.sex},
        "age": {_age_term(row) for row in rows} - {""},
    }
    return Whom({key: terms.pop() for key, terms in told.items() if len(terms) == 1})


def _age_term(row: Entry) -> str:
    age = row.age
    if age is None and row.birth_year is not None and row.died:
        # The birthday of that year is not known: only an age that is sure on either side of it.
        least = int(row.died[:4]) - row.birth_year - 1
        age = least if least >= _GROWN_UP or least + 1 < _GROWN_UP else None
    if age is None:
        return ""
    return "child" if age < _GROWN_UP else "adult"
