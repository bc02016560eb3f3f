"""Say where a case stands: what it holds, what waits for a person, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.casework.case import Case
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
        persons: How many persons the last linking gave.
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
    persons: int
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
            "persons": self.persons,
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
    figures = ledger.figures()
    newest = list(ledger.entries(after=head.size - 2))
    return Status(
        title=case.settings.title,
        sources=len(sources),
        unread=tuple(item.id for item in sources if item.text and item.id not in read),
        claims=_counted(standing.state for standing in ledger.standings()),
        statements=len(ledger.statements()),
        persons=len(ledger.persons()),
        figures=len(figures),
        contested=sum(1 for figure in figures if figure.get("contested")),
        publications=sum(1 for item in ledger.publications() if not item["withdrawn"]),
        issues=_counted(issue.code for issue in ledger.issues()),
        head=head,
        last=newest[-1].entry.ts,
    )


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
