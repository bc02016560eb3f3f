"""Look at any record of a case: what it says, its words in their context, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.casework.case import Case
from tallystick.ledger import NoSuchRecord
from tallystick.records import print_line

__all__ = ["Looked", "look"]

_CONTEXT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Hold what the case knows of one id.

    Args:
        id: As asked.
        records: Kind and JSON object of each record with this id.
        line: The claim that holds, as a line of the tally book; empty for other records.
        quote: The words in their context, the quote between ``[[`` and ``]]``; empty if none.
        history: What was done to it, oldest first: time, actor, act, place in the journal.
    """

    id: str
    records: tuple[tuple[str, Mapping[str, object]], ...]
    line: str
    quote: str
    history: tuple[Mapping[str, object], ...]

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "records": [{"kind": kind, "record": dict(told)} for kind, told in self.records],
            "line": self.line,
            "quote": self.quote,
            "history": [dict(entry) for entry in self.history],
        }


def look(case: Case, name: str) -> Looked:
    """Return what the case knows of an id.

    Raises:
        NoSuchRecord: Nothing has this id.
    """
    standing = next((item for item in case.ledger.standings() if item.id == name), None)
    holds = standing.claim or standing.read if standing else None
    records = _found(case, name) if standing is None else _of_claim(case, name)
    if standing is not None and not records and holds is not None:
        records = (("claim", holds.as_json()),)
    told = records[0][1]
    return Looked(
        id=name,
        records=records,
        line=print_line(holds) if holds else "",
        quote=_quote(case, told),
        history=tuple(_history(case, name, {kind for kind, _ in records})),
    )


def _found(case: Case, name: str) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Return the records of this id; with an entry of a list, the person it belongs to.

    An id that linking merged into another is looked up as that person.
    """
    try:
        found = tuple(case.ledger.look(name))
    except NoSuchRecord:
        heirs = [person for person in case.ledger.persons() if name in person.merged]
        if not heirs:
            raise
        return tuple(("person", person.as_json()) for person in heirs)
    if any(kind == "row" for kind, _ in found):
        owners = [person for person in case.ledger.persons() if name in person.entries]
        found += tuple(("person", person.as_json()) for person in owners)
    return found


def _of_claim(case: Case, name: str) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Return an added claim's review too: the tables keep it under the review's kind."""
    try:
        return tuple(case.ledger.look(name))
    except NoSuchRecord:
        return ()


def _quote(case: Case, told: Mapping[str, object]) -> str:
    span, source = told.get("span"), str(told.get("source", ""))
    if not isinstance(span, list | tuple) or not case.ledger.has("source", source):
        return ""
    text = case.text_of(case.ledger.source(source))
    start, end = int(span[0]), int(span[1])
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    return f"{before}[[{text[start:end]}]]{after}"


def _history(case: Case, name: str, kinds: set[str]) -> list[dict[str, object]]:
    opened = case.ledger.entries(obj=name)
    # Estimates are made together, one entry for all of a run.
    if "estimate" in kinds:
        runs = case.ledger.entries(act="estimate.add")
        opened = (run for run in runs if name in _ids(run.body["estimates"]))
    return [
        {
            "seq": one.entry.seq,
            "ts": one.entry.ts,
            "actor": one.entry.actor,
            "act": one.entry.act,
            "tool": one.entry.tool,
        }
        for one in opened
    ]


def _ids(told: object) -> set[str]:
    assert isinstance(told, list), "a run holds a list of estimates"
    return {str(one.get("id", "")) for one in told}
