"""Hold what linking works on and gives: entries of lists, persons, households, verdicts.

An entry is one row of one list, as its list says it. A person is a set of entries; a household
a set of persons. A verdict is what a reader decided about two entries; it outlives every re-run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from tallystick.records.canonical import short_id

__all__ = ["Entry", "Household", "LinkVerdict", "Person", "Says", "Sex"]

Sex = Literal["", "female", "male"]
Says = Literal["same", "different", "not-enough"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one row of a list of victims.

    Args:
        id: Unique among all entries linked together.
        list: Which list names this person.
        where: File, row and sheet, as a person would find it.
        name: As written; empty if the list has none.
        father: Father's name where the list has a column for it.
        mother: Mother's name where the list has a column for it.
        sex: As stated; empty if not.
        age: Whole years at death, None if not stated.
        birth_year: None if not stated.
        died: ISO day, month or year; empty if not stated.
        place: As written, the narrowest the list gives.
        region: As written, the wider place.
        number: Official number of an identity paper, as written.
        batch: When the list arrived; later batches never change who came first.
        more: What further columns say, as (header, text): those that no field above takes.
    """

    id: str
    list: str
    where: str = ""
    name: str = ""
    father: str = ""
    mother: str = ""
    sex: Sex = ""
    age: int | None = None
    birth_year: int | None = None
    died: str = ""
    place: str = ""
    region: str = ""
    number: str = ""
    batch: int = 0
    more: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        held = {name: getattr(self, name) for name in self.__slots__}
        return {"type": "entry"} | held | {"more": [list(cell) for cell in self.more]}

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Entry:
        """Read an entry back from its JSON object, as the journal holds it."""
        held = {name: told[name] for name in cls.__slots__ if name in told}
        more = tuple((header, text) for header, text in held.get("more", ()))  # type: ignore[attr-defined]  # as written by as_json
        return cls(**(held | {"more": more}))  # type: ignore[arg-type]  # as written by as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Hold the entries that are taken to speak of one person.

    Args:
        id: "p-" and 12 hex digits; stays when entries join.
        entries: Ids, in order.
        p_match: For each entry, the probability that it belongs here given the rest; for a
            lone entry, that it matches nobody else.
        named: False if no entry gives a name: such a person is counted apart.
        merged: Former ids that now mean this person.
        split_from: The id this person's entries had before they were told apart, or empty.
        household: Id of the household, or empty.
        lists: Names of the lists that name this person, sorted.
        undecided: Ids of persons who may be this one: one in twenty draws or more joins them.
    """

    id: str
    entries: tuple[str, ...]
    p_match: tuple[float, ...]
    named: bool = True
    merged: tuple[str, ...] = ()
    split_from: str = ""
    household: str = ""
    lists: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.entries or len(self.entries) != len(self.p_match):
            raise ValueError("A person has entries, and each entry has its probability.")

    def as_json(self) -> dict[str, object]:
        return {
            "type": "person",
            "id": self.id,
            "entries": list(self.entries),
            "p_match": list(self.p_match),
            "named": self.named,
            "merged": list(self.merged),
            "split_from": self.split_from,
            "household": self.household,
            "lists": list(self.lists),
            "undecided": list(self.undecided),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Person:
        """Read a person back from its JSON object, as the journal holds it."""
        values = {name: value for name, value in told.items() if name in cls.__slots__}
        for name in ("entries", "p_match", "merged", "lists", "undecided"):
            values[name] = tuple(values.get(name) or ())  # type: ignore[arg-type]  # lists of JSON
        return cls(**values)  # type: ignore[arg-type]  # as written by as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Hold persons who seem to have died as one family.

    Args:
        id: "h-" and 12 hex digits.
        persons: Ids, at least two.
        says: Why they are taken for one household, in words without names.
    """

    id: str
    persons: tuple[str, ...]
    says: str

    def __post_init__(self) -> None:
        if len(self.persons) < 2:
            raise ValueError("A household has at least two persons.")

    def as_json(self) -> dict[str, object]:
        return {
            "type": "household",
            "id": self.id,
            "persons": list(self.persons),
            "says": self.says,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Household:
        """Read a household back from its JSON object, as the journal holds it."""
        values = {name: told[name] for name in cls.__slots__}
        return cls(**values | {"persons": tuple(told["persons"])})  # type: ignore[arg-type]  # as written by as_json


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkVerdict:
    """Hold what a reader decided about two entries.

    The id (``l-`` and 12 hex digits) is that of the two entries: the latest verdict on them holds.

    Args:
        left: Entry id; the smaller of the two.
        right: Entry id.
        says: ``not-enough`` binds nobody: it records that the evidence cannot tell.
        reason: In the reader's words.
        author: Who decided.
        at: ISO date-time of the decision.
        second_reader: Who confirmed it, or empty.
    """

    left: str
    right: str
    says: Says
    reason: str
    author: str
    at: str
    second_reader: str = ""

    def __post_init__(self) -> None:
        if not self.left < self.right:
            raise ValueError("A verdict is about two entries, the smaller id first.")
        if self.says not in get_args(Says):
            raise ValueError("A verdict says same, different or not-enough.")
        if not (self.reason and self.author and self.at):
            raise ValueError("A verdict says why, by whom and when.")
        if self.second_reader == self.author:
            raise ValueError("A second reader is somebody else.")

    @property
    def id(self) -> str:
        """The id of the link that this is about."""
        return short_id("l", [self.left, self.right])

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> LinkVerdict:
        """Read a verdict back from its JSON object.

        Raises:
            ValueError: It is no verdict.
            TypeError: A field is missing or not known.
        """
        values = {name: value for name, value in told.items() if name not in ("type", "id")}
        return cls(**values)  # type: ignore[arg-type]  # checked on the way in

    def as_json(self) -> dict[str, object]:
        return {
            "type": "link_verdict",
            "id": self.id,
            "left": self.left,
            "right": self.right,
            "says": self.says,
            "reason": self.reason,
            "author": self.author,
            "at": self.at,
            "second_reader": self.second_reader,
        }
