"""Say of each person of a case what each list says of them: what named persons are reckoned from.

Places are found anew each time, so that a place added to ``places.csv`` counts at once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from tallystick.casework.case import Case
from tallystick.casework.grounds import Grounds
from tallystick.errors import Trouble
from tallystick.records import Days, Entry, Listed, Whom
from tallystick.terms import Places

__all__ = ["listed_of_case"]

_GROWN_UP = 18


def listed_of_case(case: Case, ground: Grounds) -> tuple[Listed, ...]:
    """Return one record for each named person and list that names them, of the last linking.

    Args:
        case: Whose lists were linked.
        ground: Its places and actors.
    """
    place_of = _PlaceOf(ground.places)
    sources = {source.id: source for source in case.ledger.sources()}
    rows = {
        entry.id: (entry, sources[id_])
        for id_ in case.ledger.listings()
        for entry in case.ledger.entries_of_lists(id_)
    }
    found = []
    for person in case.ledger.persons():
        mine: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry, source in (rows[id_] for id_ in person.entries if id_ in rows):
            mine[entry.list, source.id].append(entry)
        if person.named:
            found += [
                Listed(
                    person=person.id,
                    list=name,
                    originator=ground.actors.resolve(name) or name,
                    where=place_of.where(entries),
                    during=_during(entries),
                    whom=_whom(entries),
                    source=source,
                    published=sources[source].published,
                    undecided=person.undecided,
                )
                for (name, source), entries in sorted(mine.items())
            ]
    return tuple(found)


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
        least = dt.date.fromisoformat(f"{row.died[:4]}-01-01").year - row.birth_year - 1
        age = least if least >= _GROWN_UP or least + 1 < _GROWN_UP else None
    if age is None:
        return ""
    return "child" if age < _GROWN_UP else "adult"
