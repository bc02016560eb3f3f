"""Answer questions from the tables that are folds of the journal."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from sqlalchemy import Executable, select

from tallystick.errors import NotFound
from tallystick.ledger.acts import told as decimals
from tallystick.ledger.fold import LISTED, READ, Kind
from tallystick.ledger.standing import (
    Reviewed,
    Standing,
    standings_of,
    statements_that_hold,
)
from tallystick.ledger.tables import record
from tallystick.records import (
    Claim,
    Entry,
    Household,
    Issue,
    LinkVerdict,
    Person,
    Review,
    Source,
    Statement,
)

__all__ = ["NoSuchRecord", "Projections"]

Told = dict[str, object]


class NoSuchRecord(NotFound):
    """No record of the case has this id."""

    code = "no-such-record"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The case has no record “{name[:60]}”.",
            then="list what it has with `tallystick status`.",
        )


class Projections(ABC):
    """Answer questions; where the rows come from is the business of the class below."""

    @abstractmethod
    def _rows(self, question: Executable) -> Sequence[Sequence[object]]:
        """Run one question and return all its rows."""

    def _told(self, kind: Kind, *, owner: str | None = None, name: str | None = None) -> list[Told]:
        question = select(record.c.told).where(record.c.kind == kind)
        if owner is not None:
            question = question.where(record.c.owner == owner)
        if name is not None:
            question = question.where(record.c.id == name)
        question = question.order_by(record.c.seq, record.c.place)
        return [_read(row[0]) for row in self._rows(question)]

    def _one(self, kind: Kind, name: str) -> Told:
        for told in self._told(kind, name=name):
            return told
        raise NoSuchRecord(name)

    def settings(self) -> Told:
        """Return the settings of the case as they stand."""
        return self._one("setting", "case")

    def sources(self) -> list[Source]:
        """Return the sources in the order in which they were last described."""
        return [Source.from_json(told) for told in self._told("source")]

    def source(self, name: str) -> Source:
        """Return one source.

        Raises:
            NoSuchRecord: The case does not have it.
        """
        return Source.from_json(self._one("source", name))

    def has(self, kind: Kind, name: str) -> bool:
        """Say whether the tables hold a record of this kind and id."""
        return bool(self._told(kind, name=name))

    def custody(self, source: str) -> list[Told]:
        """Return each time the source's bytes came in, oldest first."""
        return self._told("custody", owner=source)

    def readings(self) -> dict[str, str]:
        """Return, for each source that was read, the method of its newest reading."""
        question = select(record.c.id, record.c.told).where(record.c.kind == "reading")
        rows = self._rows(question.order_by(record.c.id))
        return {str(row[0]): str(_read(row[1])["method"]) for row in rows}

    def claims(self, source: str | None = None) -> list[Claim]:
        """Return the claims that hold: the machine's readings with every review applied."""
        return [item.claim for item in self.standings(source) if item.claim is not None]

    def claims_read(self, source: str | None = None) -> list[Claim]:
        """Return the claims as the machine read them, newest reading of each source."""
        return [Claim.from_json(told) for told in self._told("claim", owner=source)]

    def standings(self, source: str | None = None) -> list[Standing]:
        """Return how each claim stands: reading, reviews, and what holds."""
        standings = standings_of(self.claims_read(source), self._reviewed(statements=False))
        if source is None:
            return standings
        return [item for item in standings if source in _sources_of(item)]

    def statements(self, source: str | None = None) -> list[Statement]:
        """Return the sayings that hold, with every review applied."""
        read = (Statement.from_json(told) for told in self._told("statement", owner=source))
        holding = statements_that_hold(read, self._reviewed(statements=True))
        return [item for item in holding if source in (None, item.source)]

    def reviews(self, claim: str | None = None) -> list[Review]:
        """Return the decisions on a claim or statement, or all, oldest first."""
        told = self._told("review", owner=claim)
        return [Review.from_json(cast("Mapping[str, object]", item["review"])) for item in told]

    def _reviewed(self, *, statements: bool) -> Iterable[Reviewed]:
        for told in self._told("review"):
            review = Review.from_json(cast("Mapping[str, object]", told["review"]))
            if review.claim.startswith("st-") == statements:
                yield review, cast("Mapping[str, object] | None", told["seen"])

    def named_in_texts(self, source: str | None = None) -> list[Told]:
        """Return the victims whom texts name, as read."""
        return self._told("entry", owner=source)

    def listings(self) -> dict[str, Told]:
        """Return, for each list that was read, by which method and mapping of headers."""
        question = select(record.c.id, record.c.told).where(record.c.kind == "listing")
        rows = self._rows(question.order_by(record.c.seq))
        return {str(row[0]): _read(row[1]) for row in rows}

    def entries_of_lists(self, source: str | None = None) -> list[Entry]:
        """Return the rows of lists of victims: of one source, or of all."""
        return [Entry.from_json(told) for told in self._told("row", owner=source)]

    def issues(self, source: str | None = None) -> list[Issue]:
        """Return what is wrong with the evidence: of one source, or of all."""
        if source is None:
            told = self._told("issue")
        else:
            owners = (source, source + READ, source + LISTED)
            told = [item for owner in owners for item in self._told("issue", owner=owner)]
        return [Issue.from_json(item) for item in told]

    def verdicts(self) -> list[LinkVerdict]:
        """Return the verdicts on which entries are one person, the latest on each two."""
        return [LinkVerdict.from_json(told) for told in self._told("link")]

    def linking(self) -> Told | None:
        """Return what the last linking linked, and how many persons that makes."""
        runs = self._told("run")
        return runs[0] if runs else None

    def persons(self) -> list[Person]:
        """Return the persons of the last linking."""
        return [Person.from_json(told) for told in self._told("person")]

    def households(self) -> list[Household]:
        """Return the households of the last linking."""
        return [Household.from_json(told) for told in self._told("household")]

    def incidents(self) -> list[Told]:
        """Return the incidents as last decided."""
        return self._told("incident")

    def reckoning(self) -> Told | None:
        """Return what the last complete reckoning was asked, with the ids of its figures."""
        asked = self._told("reckoning")
        return asked[-1] if asked else None

    def figures(self) -> list[Told]:
        """Return the figures of the last complete reckoning, in its order."""
        last = self.reckoning()
        if last is None:
            return []
        every = {str(told["id"]): told for told in self._told("figure")}
        return [every[name] for name in cast("list[str]", last["figures"])]

    def figure(self, name: str) -> Told:
        """Return one figure, also of an earlier reckoning.

        Raises:
            NoSuchRecord: No figure has this id.
        """
        return self._one("figure", name)

    def certificates(self, figure: str | None = None) -> list[Told]:
        """Return the certificates of a figure, or all."""
        return self._told("certificate", owner=figure)

    def certificate(self, name: str) -> Told:
        """Return one certificate.

        Raises:
            NoSuchRecord: No certificate has this id.
        """
        return self._one("certificate", name)

    def estimates(self) -> list[Told]:
        """Return the estimates as last made."""
        return self._told("estimate")

    def publications(self) -> list[Told]:
        """Return every report that went out, with ``withdrawn`` where it no longer stands."""
        question = select(record.c.id, record.c.told).where(record.c.kind == "withdrawal")
        rows = self._rows(question)
        gone = {str(row[0]): _read(row[1]) for row in rows}
        told = self._told("publication")
        return [item | {"withdrawn": gone.get(str(item["id"]))} for item in told]

    def exports(self) -> list[Told]:
        """Return every file of records that left the case."""
        return self._told("export")

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind the tables hold."""
        rows = self._rows(select(record.c.kind))
        return dict(sorted(Counter(str(row[0]) for row in rows).items()))

    def look(self, name: str) -> list[tuple[str, Told]]:
        """Return every record with this id: its kind and its JSON object.

        Raises:
            NoSuchRecord: There is none.
        """
        question = select(record.c.kind, record.c.told).where(record.c.id == name)
        rows = self._rows(question.order_by(record.c.kind))
        if not rows:
            raise NoSuchRecord(name)
        return [(str(row[0]), _read(row[1])) for row in rows]


def _sources_of(standing: Standing) -> set[str]:
    return {claim.source for claim in (standing.read, standing.claim) if claim is not None}


def _read(data: object) -> Told:
    assert isinstance(data, bytes)
    told = json.loads(data, object_hook=decimals)
    assert isinstance(told, dict)
    return told
