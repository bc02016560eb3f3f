"""Hold a claim while it is being read: offsets in the folded text, words not yet ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from tallystick.reading.items import Group, Item

__all__ = ["Draft", "Seen"]


class PlaceSaid(Protocol):
    """What a sentence says of a place: its names and the index of its preposition."""

    @property
    def names(self) -> Sequence[str]: ...
    @property
    def at(self) -> int: ...


class TellerSaid(Protocol):
    """What a sentence says of a teller: the words and the index of the verb of saying."""

    @property
    def speaker(self) -> str: ...
    @property
    def at(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what a sentence offered for the slots of its figures; looked at only to explain."""

    items: list[Item]
    places: Sequence[PlaceSaid]
    tellers: Sequence[TellerSaid]


@dataclass(slots=True)
class Draft:
    """Hold one number of people to whom harm was done, and all that scopes it.

    Args:
        kind: The kind of harm.
        lo: Least number.
        hi: Greatest number; None = no upper bound.
        hedge: How it was said.
        span: Offsets in the folded text.
        rule: The rule that made it.
        sentence: Number of its sentence.
        at: Index of its group (or harm) among the sentence's items.
        group: The group of people; None where the text gives a bare number.
        role: new, cumulative, subset, part, previous; empty = not yet known.
        polarity: asserted or denied.
        is_definite: “the three …”: people told of before.
        is_more: “another three …”: people not told of before.
        is_background: Told as the cause of something, not as what happened.
        is_weak: A harm such as “shot”, which counts only where no other is told.
        part_of: The draft of which this one is a subset.
        also: Further spans that tell it again.
        retold: Numbers of the sentences that tell it again.
        seen: Its sentence, for explaining.
    """

    kind: str
    lo: int
    hi: int | None
    hedge: str
    span: tuple[int, int]
    rule: str
    sentence: int = 0
    at: int = 0
    verb: int = -1
    group: Group | None = None
    unit: str = "persons"
    category: str = ""
    role: str = ""
    polarity: str = "asserted"
    is_definite: bool = False
    is_more: bool = False
    is_background: bool = False
    is_weak: bool = False
    is_anaphor: bool = False
    is_total: bool = False
    part_of: Draft | None = None
    also: list[tuple[int, int]] = field(default_factory=list)
    retold: list[int] = field(default_factory=list)
    place: str = ""
    place_span: tuple[int, int] | None = None
    to: str = ""
    days: tuple[date, date] | None = None
    date_words: str = ""
    as_of: date | None = None
    speaker: str = ""
    via: str = ""
    actor: str = ""
    standard: str | None = None
    notes: list[str] = field(default_factory=list)
    seen: Seen | None = None

    @classmethod
    def of_group(cls, item: Item, kind: str, rule: str) -> Draft:
        """Begin a draft from a counted group."""
        group = item.group
        assert group is not None
        assert group.lo is not None
        return cls(
            kind=kind,
            lo=group.lo,
            hi=group.hi,
            hedge=group.hedge,
            span=(item.start, item.end),
            rule=rule,
            group=group,
            unit=group.unit,
            category=group.category,
            is_definite=group.det in ("the", "possessive"),
            is_more=group.is_more,
        )
