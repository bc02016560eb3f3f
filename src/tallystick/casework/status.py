"""Say where a case stands: what it holds, what waits for a person, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallystick.casework.case import Case
from tallystick.casework.disputed import disputed_links
from tallystick.ledger import Head

__all__ = ["Status", "status"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Hold where a case stands.

    Args:
        title: Of the case.
        sources: How many sources it has.
        unread: Ids of sources with a text that nobody has read yet.
        claims: How many claims stand in which state (``unreviewed``, ``accepted`` …).
        statements: How many sayings hold.
        lists: How many lists of victims were read.
        persons: How many persons with a name the last linking gave, with its interval; None = none.
        links: How many verdicts of readers say what (``same``, ``different``, ``not-enough``).
        disputed: How many of them readers disagree on.
        figures: How many figures the last reckoning gave.
        contested: How many of them are contested.
        publications: How many reports stand published.
        issues: How many issues of which code.
        head: The journal's size and root.
        last: Time of the newest entry.
    """

    title: str
    sources: int
    unread: tuple[str, ...]
    claims: dict[str, int]
    statements: int
    lists: int
    persons: Mapping[str, object] | None
    links: dict[str, int]
    disputed: int
    figures: int
    contested: int
    publications: int
    issues: dict[str, int]
    head: Head
    last: str

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "sources": self.sources,
            "unread": list(self.unread),
            "claims": self.claims,
            "statements": self.statements,
            "lists": self.lists,
            "persons": dict(self.persons) if self.persons else None,
            "links": self.links,
            "disputed": self.disputed,
            "figures": self.figures,
            "contested": self.contested,
            "publications": self.publications,
            "issues": self.issues,
            "head": self.head.as_json(),
            "last": self.last,
        }


def status(case: Case) -> Status:
    """Return where the case stands."""
    ledger = case.ledger
    sources, read, head = ledger.sources(), ledger.readings(), ledger.head
    figures, listed, run = ledger.figures(), ledger.listings().keys(), ledger.linking()
    newest = list(ledger.entries(after=head.size - 2))
    return Status(
        title=case.settings.title,
        sources=len(sources),
        unread=tuple(
            item.id for item in sources if item.text and item.id not in read.keys() | listed
        ),
        claims=_counted(standing.state for standing in ledger.standings()),
        statements=len(ledger.statements()),
        lists=len(listed),
        persons=_mapping(run["persons"]) if run else None,
        links=_counted(verdict.says for verdict in ledger.verdicts()),
        disputed=len(disputed_links(ledger)),
        figures=len(figures),
        contested=sum(1 for figure in figures if figure.get("contested")),
        publications=sum(1 for item in ledger.publications() if not item["withdrawn"]),
        issues=_counted(issue.code for issue in ledger.issues()),
        head=head,
        last=newest[-1].entry.ts,
    )


def _mapping(told: object) -> Mapping[str, object]:
    assert isinstance(told, Mapping)
    return told


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
