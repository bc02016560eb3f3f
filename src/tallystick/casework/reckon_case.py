"""Reckon the figures of a case and keep them, with their certificates, in its journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tallystick.casework.case import Case, now
from tallystick.casework.evidence import Evidence, evidence_of_case
from tallystick.casework.questions import Questions, questions_of
from tallystick.casework.reckon import Reckoned, queries_of
from tallystick.ledger import figure_reckoned, reckoned
from tallystick.reckoning import METHOD, Options, reckon
from tallystick.records import Figure, Query

__all__ = ["CaseReckoned", "answer", "ask_case", "reckon_case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReckoned(Reckoned):
    """Hold the figures of a case, with what was asked and on what premises.

    Args:
        questions: Headline questions and tables.
        premises: In words, in the order in which a report shows them.
        waiting: How many claims no person has reviewed.
    """

    questions: Questions
    premises: Mapping[str, str]
    waiting: int

    def headline(self) -> list[Figure]:
        """Return the figures of the headline questions, in order."""
        answers = dict(zip(self.queries, self.figures, strict=True))
        return [answers[query] for query in self.questions.headline]


def reckon_case(
    case: Case,
    *,
    as_of: dt.date | None = None,
    actor: str = "local",
    at: str | None = None,
    is_dry: bool = False,
) -> CaseReckoned:
    """Reckon what the case's settings ask, and keep the figures in the journal.

    Args:
        case: Whose claims count as its admission says.
        as_of: A day for every question that names none.
        actor: Opaque id of who lets reckon.
        at: RFC 3339 time; None = now.
        is_dry: Keep nothing in the journal.

    Raises:
        BadSettings: The admission cannot be read.
        BadQuestion: A question of the settings cannot be read.
        UnknownAsked: A question names a place or term that is not known.
    """
    evidence = evidence_of_case(case)
    asked = questions_of(
        case.settings.question, evidence.claims, evidence.ground.places, evidence.listed
    )
    done = _reckoned(evidence, _dated(asked, as_of), evidence.options(Options()))
    if not is_dry:
        _keep(case, done, actor=actor, at=at or now())
    return done


def ask_case(
    case: Case, query: Query, each: Sequence[str] = (), options: Options | None = None
) -> CaseReckoned:
    """Answer a question of the moment, and its parts by each split; nothing is kept.

    Args:
        case: Whose claims count as its admission says.
        query: The whole.
        each: How to split it, as ``reckon --each`` takes it.
        options: Premises instead of the settings'.

    Raises:
        BadSettings: The admission cannot be read.
        BadQuery: No such split.
        UnknownAsked: The question names a place or term that is not known.
    """
    return answer(evidence_of_case(case), query, each, options)


def answer(
    evidence: Evidence, query: Query, each: Sequence[str] = (), options: Options | None = None
) -> CaseReckoned:
    """Answer a question from evidence, and its parts by each split.

    Raises:
        BadQuery: No such split.
        UnknownAsked: The question names a place or term that is not known.
    """
    queries = queries_of(query, each, evidence.claims, evidence.ground.places)
    return _reckoned(evidence, Questions(queries, ()), evidence.options(options or Options()))


def _reckoned(evidence: Evidence, questions: Questions, options: Options) -> CaseReckoned:
    asked, ground = questions.every(), evidence.ground
    figures, certificates, issues = reckon(
        evidence.claims,
        asked,
        places=ground.places,
        actors=ground.actors,
        options=options,
        listed=evidence.listed,
    )
    return CaseReckoned(
        queries=asked,
        figures=figures,
        certificates=certificates,
        issues=(*ground.issues, *evidence.issues, *issues),
        questions=questions,
        premises=evidence.admission.premises(),
        waiting=evidence.waiting,
    )


def _dated(questions: Questions, as_of: dt.date | None) -> Questions:
    if as_of is None:
        return questions

    def dated(query: Query) -> Query:
        return query if query.as_of else replace(query, as_of=as_of)

    tables = tuple(
        replace(table, whole=dated(table.whole), rows=tuple(dated(row) for row in table.rows))
        for table in questions.tables
    )
    return Questions(tuple(dated(query) for query in questions.headline), tables)


def _keep(case: Case, done: CaseReckoned, *, actor: str, at: str) -> None:
    """Enter what is new; the same reckoning again adds nothing."""
    names = [figure.id for figure in done.figures]
    last = case.ledger.reckoning()
    if last is not None and last["figures"] == names:
        return
    proofs = {proof.id: proof for proof in done.certificates}
    drafts = []
    for figure in done.figures:
        if not case.ledger.has("figure", figure.id):
            ids = (figure.documented.certificate, *(told.certificate for told in figure.derived))
            kept = [proofs[id_].as_json() for id_ in dict.fromkeys(ids) if id_]
            drafts.append(figure_reckoned(figure.as_json(), kept, tool=METHOD))
    asked = {"queries": [query.as_json() for query in done.queries], **done.premises}
    case.ledger.append(*drafts, reckoned(asked, names, tool=METHOD), actor=actor, at=at)
