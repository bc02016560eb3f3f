"""Hold all that a report is made of. Nothing here is redacted yet: ``redact.py`` comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from tallystick.errors import NotFound
from tallystick.publishing.excerpts import Excerpts
from tallystick.records import Claim, Days, Issue, Source, Statement
from tallystick.terms import Actors, Places

__all__ = ["Axis", "Dossier", "LooseEnd", "Preserved", "Table", "Told", "known_then"]

Axis = Literal["where", "during", "whom", "by", "to"]


class LooseEnd(NotFound):
    """A report would point at something that is not in it."""

    code = "loose-end"

    def __init__(self, from_id: str, to_id: str) -> None:
        super().__init__(
            f"{from_id[:40]} points to {to_id[:40]}, which the report does not hold.",
            then="give the dossier every source, claim, figure and certificate that it names.",
        )


@dataclass(frozen=True, slots=True)
class Preserved:
    """Hold a source and the text that its spans count in.

    Args:
        source: What is known of it.
        text: All of its text; None if no text could be had. Redaction takes it out.
        named: Where the text names a victim, as far as the reading knows; redaction needs it.
        shown: What may be read of its text; redaction fills it.
    """

    source: Source
    text: str | None = None
    named: tuple[tuple[int, int], ...] = ()
    shown: Excerpts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Hold one claim as it is used, beside the machine's reading of it.

    Args:
        claim: As it is used: as read, or as a reviewer corrected it.
        read: As the machine read it; None if a reviewer added the claim.
        verdict: accept, correct, reject, add; empty if nobody has reviewed it.
        reason: Why, in the reviewer's words.
        set_aside: Why the claim does not count here; empty if it counts.
    """

    claim: Claim
    read: Claim | None = None
    verdict: str = ""
    reason: str = ""
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one figure for each row of a table, and the figure of the whole.

    Args:
        axis: What the rows differ in.
        whole: Id of the figure of the whole.
        rows: Ids of figures, in the order shown.
    """

    axis: Axis
    whole: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Hold a case as it is to be reported.

    Args:
        title: Of the case.
        lang: Language of the report's own sentences: en, ar.
        window: Days that the case is about; None if it states none.
        as_of: The report says what could be said at the end of this day; None = everything.
        sources: Each with its text.
        claims: Each with the machine's reading and the review.
        statements: Sayings without a count.
        issues: What is wrong with the evidence.
        lists: Names of the lists of people that the figures and estimates rest on.
        figures: JSON objects as ``reckon --json`` prints them.
        headline: Ids of the figures that stand first, the most important first.
        tables: Each names figures by id.
        certificates: JSON objects by certificate id.
        estimates: JSON objects as ``estimate --json`` prints them; shown apart.
        places: For names and for the map.
        actors: For names.
        premises: Settings of the reckoning, in the order shown: days, units, admission.
        made: Day on which the report is made; given, never asked of the clock.
        version: Of Tallystick.
        checkpoint: Head of the case's journal, as words; empty if there is none.
    """

    title: str
    lang: str = "en"
    window: Days | None = None
    as_of: date | None = None
    sources: tuple[Preserved, ...] = ()
    claims: tuple[Told, ...] = ()
    statements: tuple[Statement, ...] = ()
    issues: tuple[Issue, ...] = ()
    lists: frozenset[str] = frozenset()
    figures: tuple[Mapping[str, object], ...] = ()
    headline: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    certificates: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    estimates: tuple[Mapping[str, object], ...] = ()
    places: Places
    actors: Actors
    premises: Mapping[str, str] = field(default_factory=dict)
    made: date | None = None
    version: str = ""
    checkpoint: str = ""


def known_then(dossier: Dossier) -> Dossier:
    """Return the dossier as of its day: without what was published later.

    A claim that states no day of publication is known from the day on which its count closed.
    """
    day = dossier.as_of
    if day is None:
        return dossier
    claims = tuple(told for told in dossier.claims if _is_known(told.claim, day))
    statements = tuple(s for s in dossier.statements if s.published is None or s.published <= day)
    named = {told.claim.source for told in claims} | {saying.source for saying in statements}
    return replace(
        dossier,
        claims=claims,
        statements=statements,
        sources=tuple(
            kept
            for kept in dossier.sources
            if kept.source.id in named
            or kept.source.published is None
            or kept.source.published <= day
        ),
    )


def _is_known(claim: Claim, day: date) -> bool:
    until = claim.counted.until
    known = claim.published or (until.day if until else None)
    return known is None or known <= day
