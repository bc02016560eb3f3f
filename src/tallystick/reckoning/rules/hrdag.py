"""Part the records of a list as HRDAG's enumerations do: fully identified, or not sufficient.

Only a record with a name, a date and a place of death enters the enumeration; the others are
counted apart and never dropped in silence. Which records are of one person is settled by linking,
before or after: this rule takes records, and an enumeration counts *distinct* people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.records import Entry, Person

__all__ = ["Enumeration", "hrdag_enumeration"]


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Hold which records are fully identified.

    Args:
        identified: Ids of entries with name, date and place, in order.
        insufficient: Ids of the others with the fields that they lack, in order.
        people: Distinct people among the identified, as linked; entries that no person holds
            count as one each.
    """

    identified: tuple[str, ...]
    insufficient: tuple[tuple[str, tuple[str, ...]], ...]
    people: int

    def as_json(self) -> dict[str, object]:
        return {
            "type": "enumeration",
            "rule": "hrdag",
            "identified": list(self.identified),
            "insufficient": [
                {"entry": id_, "lacks": list(lacks)} for id_, lacks in self.insufficient
            ],
            "people": self.people,
        }


def hrdag_enumeration(entries: Iterable[Entry], persons: Iterable[Person] = ()) -> Enumeration:
    """Return the enumeration of a list and what is insufficient for it.

    Args:
        entries: Rows of lists of victims.
        persons: Who is who among them; an entry that no person holds stands for itself.
    """
    identified: list[str] = []
    insufficient: list[tuple[str, tuple[str, ...]]] = []
    for entry in entries:
        lacks = _lacks(entry)
        if lacks:
            insufficient.append((entry.id, lacks))
        else:
            identified.append(entry.id)
    owner = {entry: person.id for person in persons for entry in person.entries}
    people = {owner.get(id_, f"entry {id_}") for id_ in identified}
    return Enumeration(tuple(identified), tuple(insufficient), len(people))


def _lacks(entry: Entry) -> tuple[str, ...]:
    has = {
        "name": bool(entry.name.strip()),
        "date": bool(entry.died.strip()),
        "place": bool(entry.place.strip() or entry.region.strip()),
    }
    return tuple(field for field, there in has.items() if not there)
