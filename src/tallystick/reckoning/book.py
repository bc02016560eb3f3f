"""Hold what claims pin of their tellers' tallies: rows, tellers, and the book of them all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tallystick.reckoning.lists import Lists, without
from tallystick.reckoning.marks import Moment
from tallystick.reckoning.scope import Scope
from tallystick.records import Claim, Issue, Kind
from tallystick.terms import NAMES

__all__ = ["PRESENT_KINDS", "Book", "Ceiling", "Region", "Row", "Teller"]

# People of these kinds may return, and be counted again.
PRESENT_KINDS = ("detained", "missing", "displaced")


class Region(NamedTuple):
    """Hold what a row speaks of: a box of people, counted in (after, until], less some boxes."""

    scope: Scope
    after: Moment
    until: Moment
    less: tuple[Scope, ...] = ()


class Row(NamedTuple):
    """Pin a tally: ``lo <= people in region <= hi``.

    Args:
        claim: Id of the claim that says so.
        region: Of whom.
        lo: Least.
        hi: Most; None = no upper end.
        hard: It may not give way when figures disagree: "these parts are all".
    """

    claim: str
    region: Region
    lo: int
    hi: int | None
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """Hold one tally: an originator's own series, or one edition of it.

    Args:
        originator: Who counted.
        edition: None = its own series.
        window: For people who may return: the mark at which they were present.
        voice: With whom it speaks.
        rows: What its claims pin.
        revised: Claims of it that a later one replaced.
    """

    originator: str
    edition: str | None
    window: str
    voice: str
    rows: tuple[Row, ...]
    revised: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        return self.originator, self.edition or "", self.window


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Hold what somebody says that the truth does not pass; it never enters a bound."""

    claim: Claim
    scope: Scope
    most: int


@dataclass(frozen=True, slots=True)
class Book:
    """Hold all tallies of one kind of harm and one unit, as known on one day.

    Args:
        tellers: Sorted by key.
        ceilings: Denials and "no more than".
        issues: What was set aside, and why.
        joint: Kinds of harm share one tally, since somebody counts them together.
        claims: The admitted claims by id, scopes filled in from their parents.
        lists: Lists of named persons; None without any.
    """

    kind: Kind
    unit: str
    tellers: tuple[Teller, ...]
    ceilings: tuple[Ceiling, ...]
    issues: tuple[Issue, ...]
    joint: bool
    claims: Mapping[str, Claim]
    lists: Lists | None = None

    def stands(self, teller: Teller, struck: Collection[str] = ()) -> bool:
        """Say whether a tally is left when some voices are struck out."""
        if teller.originator != NAMES or self.lists is None:
            return teller.voice not in struck
        return self.lists.stands(teller.edition, self.lists.voices.intersection(struck))

    def voices_behind(self, teller: Teller) -> frozenset[str]:
        """Return the voices on which a tally rests; that of named persons rests on its lists."""
        if teller.originator != NAMES or self.lists is None:
            return frozenset((teller.voice,))
        return self.lists.voices.difference(without(teller.edition))

    @property
    def once_per_person(self) -> bool:
        """Say whether place and day tell people of two tellers apart."""
        return self.unit == "persons" and self.kind not in PRESENT_KINDS
