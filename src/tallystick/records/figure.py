"""Hold what was asked, what can be defended of it, and the proof.

A figure is never a single number: it is a ladder of bounds, each with its premise. Its line in
the notation shows the documented one: ``killed | SY-TA | >= 72``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from tallystick.errors import Unreadable
from tallystick.records.canonical import short_id
from tallystick.records.claim import Kind, Unit
from tallystick.records.days import Days

__all__ = [
    "BadQuery",
    "Bound",
    "Certificate",
    "Claimed",
    "Contest",
    "Derived",
    "Documented",
    "Figure",
    "Highest",
    "Query",
    "Single",
    "WhomTest",
]


class BadQuery(Unreadable):
    """A question cannot be read."""

    code = "bad-query"

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words[:60]}” is no part of a question.",
            then="write KEY=TERM or KEY!=TERM for whom, an id for where, A..B for during.",
        )


@dataclass(frozen=True, slots=True, order=True)
class WhomTest:
    """Ask for people whom a teller puts inside a term, or outside it.

    Args:
        key: Dimension of whom (status, sex, age, group, occupation, affiliation).
        term: Id of the term.
        inside: False asks for those it does not put there, whether or not it says where.
    """

    key: str
    term: str
    inside: bool = True

    @classmethod
    def parse(cls, words: str) -> WhomTest:
        """Read ``KEY=TERM``, ``KEY!=TERM``, or a bare status.

        Raises:
            BadQuery: No term.
        """
        key, sign, term = words.partition("=")
        if not sign:
            key, term = "status", words
        inside = not key.endswith("!")
        key, term = key.removesuffix("!").strip(), term.strip()
        if not key or not term:
            raise BadQuery(words)
        return cls(key, term, inside)

    def __str__(self) -> str:
        return f"{self.key}{'=' if self.inside else '!='}{self.term}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Ask how many people: what was done, where, when, to whom, by whom, as known when.

    Args:
        kind: What was done to them.
        unit: Persons or families.
        where: Ids of places; several = their union; none = everywhere.
        during: Window of the event; None = at any time.
        whom: Tests that must all hold.
        by: Ids of alleged perpetrators; several = any of them; none = whoever.
        to: Ids of destinations (displaced); none = anywhere.
        as_of: Use only what was published (else counted) by the end of this day.
        tellers: Use only what these originators count; none = everybody.
    """

    kind: Kind = "killed"
    unit: Unit = "persons"
    where: tuple[str, ...] = ()
    during: Days | None = None
    whom: tuple[WhomTest, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    as_of: dt.date | None = None
    tellers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("where", "whom", "by", "to", "tellers"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

    @property
    def names_a_label(self) -> bool:
        """Say whether the question asks for people *described* in some way."""
        return bool(self.whom or self.by or self.to)

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "unit": self.unit,
            "where": list(self.where),
            "during": self.during.as_json() if self.during else None,
            "whom": [str(test) for test in self.whom],
            "by": list(self.by),
            "to": list(self.to),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "tellers": list(self.tellers),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Query:
        """Read a question back from its JSON object.

        Raises:
            BadQuery: Anything but what ``as_json`` writes.
        """
        try:
            during, as_of = told["during"], told["as_of"]
            return cls(
                kind=told["kind"],  # type: ignore[arg-type]  # as written by as_json
                unit=told["unit"],  # type: ignore[arg-type]  # as written by as_json
                where=tuple(told["where"]),  # type: ignore[arg-type]  # as written by as_json
                during=Days.from_json(during) if during else None,
                whom=tuple(WhomTest.parse(words) for words in told["whom"]),  # type: ignore[attr-defined]  # as written by as_json
                by=tuple(told["by"]),  # type: ignore[arg-type]  # as written by as_json
                to=tuple(told["to"]),  # type: ignore[arg-type]  # as written by as_json
                as_of=dt.date.fromisoformat(str(as_of)) if as_of else None,
                tellers=tuple(told["tellers"]),  # type: ignore[arg-type]  # as written by as_json
            )
        except (KeyError, TypeError, ValueError) as trouble:
            raise BadQuery(str(told)) from trouble

    def cells(self) -> list[str]:
        """Return the cells of its line: what was asked for, and no column that was not."""
        what = self.kind if self.unit == "persons" else f"{self.kind} {self.unit}"
        where = " + ".join(self.where)
        if self.to:
            where = f"{where or '?'} > {' + '.join(self.to)}"
        asked = [
            what,
            " & ".join(str(test) for test in self.whom),
            where,
            str(self.during) if self.during else "",
            f"by {' + '.join(self.by)}" if self.by else "",
            f"as of {self.as_of.isoformat()}" if self.as_of else "",
            f"counted by {' + '.join(self.tellers)}" if self.tellers else "",
        ]
        return [cell for cell in asked if cell]


@dataclass(frozen=True, slots=True)
class Documented:
    """Hold the documented bound, with the id of its certificate."""

    lo: int
    certificate: str | None

    def as_json(self) -> dict[str, object]:
        return {"lo": self.lo, "certificate": self.certificate}


@dataclass(frozen=True, slots=True)
class Single:
    """Hold what one teller alone proves; no originator if nobody proves anything."""

    lo: int
    originator: str | None

    def as_json(self) -> dict[str, object]:
        return {"lo": self.lo, "originator": self.originator}


@dataclass(frozen=True, slots=True)
class Bound:
    """Hold a bound that stands with ``k`` voices too many or too few."""

    k: int
    lo: int

    def as_json(self) -> dict[str, object]:
        return {"k": self.k, "lo": self.lo}


@dataclass(frozen=True, slots=True)
class Claimed:
    """Hold what one originator's own tally says, also where it never said it in one number."""

    originator: str
    lo: int
    hi: int | None

    def as_json(self) -> dict[str, object]:
        return {"originator": self.originator, "lo": self.lo, "hi": self.hi}


@dataclass(frozen=True, slots=True)
class Highest:
    """Hold the highest bounded claim."""

    originator: str
    hi: int

    def as_json(self) -> dict[str, object]:
        return {"originator": self.originator, "hi": self.hi}


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Hold what a count of families tells of persons; it enters no bound.

    Args:
        rule: ``family-of-one``, ``entire-families`` or ``family-size`` (docs/how/reckon.md).
        lo: Persons, at least, if the rule holds.
        families: The documented families.
        each: Persons taken for each family.
        certificate: Id of the proof of the families; None without certificates.
    """

    rule: str
    lo: int
    families: int
    each: Fraction
    certificate: str | None

    def as_json(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "lo": self.lo,
            "families": self.families,
            "each": str(self.each),
            "certificate": self.certificate,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Hold a smallest set of claims that exclude each other, told in words.

    Args:
        claims: Their ids.
        says: One sentence with its arithmetic.
        where: Within one teller's tally, or between what is documented and what somebody denies.
        stretch: By how much the tally's figures must give way in all (within), or by how many
            the documented bound passes the ceiling (between).
        touches: Whether it concerns people whom the figure asks for.
    """

    claims: tuple[str, ...]
    says: str
    where: Literal["within", "between"]
    stretch: Fraction
    touches: bool

    def as_json(self) -> dict[str, object]:
        whole = self.stretch.denominator == 1
        return {
            "claims": list(self.claims),
            "says": self.says,
            "where": self.where,
            "stretch": self.stretch.numerator if whole else str(self.stretch),
            "touches": self.touches,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Hold the ladder of bounds that answers one question.

    Args:
        query: What was asked.
        documented: The fewest distinct people whom some admitted teller counts.
        single: What one teller alone proves.
        believed: The same as documented if every label is believed.
        corroborated: How many two voices each count, for each k from 1.
        withstands: What stands if any k voices are struck out, for each k from 1.
        otherwise: Beside a label bound, whom the others describe otherwise in the same places.
        flags: Words such as ``mixed marks`` and ``revised``, each explained in docs/how/reckon.md.
        claimed: Each originator's own tally.
        highest: The highest bounded claim; None if nobody bounds it.
        named: Distinct named persons, fewest and most; None without lists.
        contested: Claims that exclude each other.
        derived: What counts of families tell of persons, beside the bounds.
        method: Name and version of the model.
        id: ``f-`` and 12 hexadecimal digits, made here.
    """

    query: Query
    documented: Documented
    single: Single
    believed: int
    corroborated: tuple[Bound, ...]
    withstands: tuple[Bound, ...]
    otherwise: tuple[Claimed, ...] = ()
    flags: tuple[str, ...] = ()
    claimed: tuple[Claimed, ...] = ()
    highest: Highest | None = None
    named: tuple[int, int] | None = None
    contested: tuple[Contest, ...] = ()
    derived: tuple[Derived, ...] = ()
    method: str
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            told = self.as_json()
            told.pop("id")
            object.__setattr__(self, "id", short_id("f", told))

    @property
    def is_contested(self) -> bool:
        return any(contest.touches for contest in self.contested)

    def line(self) -> str:
        """Return the figure as a line of the tally book."""
        return " | ".join([*self.query.cells(), f">= {self.documented.lo}"])

    def as_json(self) -> dict[str, object]:
        told: dict[str, object] = {
            "type": "figure",
            "id": self.id,
            "query": self.query.as_json(),
            "documented": self.documented.as_json(),
            "single": self.single.as_json(),
            "believed": {"lo": self.believed},
            "corroborated": self.corroborated[0].as_json(),
            "withstands": self.withstands[0].as_json(),
        }
        if len(self.corroborated) > 1:
            told["corroborated_k"] = [bound.as_json() for bound in self.corroborated]
            told["withstands_k"] = [bound.as_json() for bound in self.withstands]
        named = {"lo": self.named[0], "hi": self.named[1]} if self.named else None
        if self.derived:
            told["derived"] = [derived.as_json() for derived in self.derived]
        return told | {
            "otherwise": [claimed.as_json() for claimed in self.otherwise],
            "flags": list(self.flags),
            "claimed": [claimed.as_json() for claimed in self.claimed],
            "highest": self.highest.as_json() if self.highest else None,
            "named": named,
            "contested": [contest.as_json() for contest in self.contested],
            "method": self.method,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Hold the proof of one documented bound, complete in itself.

    ``content`` is plain JSON: the premises, the claims used with their scopes, the shares, the
    multipliers and an allocation that attains the bound, all numbers exact. What each part means
    is written in ``docs/look-up/certificate.md``; ``tools/check_certificate.py`` proves it anew
    without a line of ours.
    """

    content: Mapping[str, object] = field(repr=False)
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", short_id("p", dict(self.content)))

    def as_json(self) -> dict[str, object]:
        return {"type": "certificate", "id": self.id, **self.content}
