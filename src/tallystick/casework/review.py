"""Take the decisions of people about claims: out as a table, back as entries of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallystick.casework.case import Case, now
from tallystick.casework.review_table import Known, Table, reviews_of, table_of
from tallystick.ledger import Standing, claim_reviewed
from tallystick.preserving import decode
from tallystick.records import Claim, Issue, Review

__all__ = ["Decided", "decide", "page_of", "review_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Hold what came of a table of decisions.

    Args:
        reviews: Those that were new and are kept.
        repeated: How many said again what was decided before.
        issues: Rows that cannot be understood; the others are kept.
    """

    reviews: tuple[Review, ...]
    repeated: int
    issues: tuple[Issue, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "reviews": [review.as_json() for review in self.reviews],
            "repeated": self.repeated,
            "issues": [issue.as_json() for issue in self.issues],
        }


def page_of(path: Path) -> str:
    """Return the text of a table that came back, in whatever encoding a spreadsheet wrote it."""
    return decode(path.read_bytes()).text


def review_page(case: Case) -> str:
    """Return the table of the case's claims, as CSV, for a reviewer to fill in."""
    verdicts = {
        standing.id: standing.reviews[-1].verdict
        for standing in case.ledger.standings()
        if standing.reviews
    }
    return table_of(_table(case), verdicts)


def decide(
    case: Case, page: str, *, reviewer: str, at: str | None = None, is_dry: bool = False
) -> Decided:
    """Keep the decisions of a reviewed table in the journal; each row stands by itself.

    Args:
        case: Where to.
        page: The table as CSV text.
        reviewer: Opaque id of who decided, for rows that do not say.
        at: RFC 3339 time; None = now.
        is_dry: Only say what would be kept.
    """
    at = at or now()
    standings = {standing.id: standing for standing in case.ledger.standings()}
    told, issues = reviews_of(page, _table(case), reviewer=reviewer, at=at)
    new = [review for review in told if not _is_repeated(review, standings.get(review.claim))]
    if new and not is_dry:
        drafts = [claim_reviewed(review, _seen(review, standings)) for review in new]
        case.ledger.append(*drafts, actor=reviewer, at=at)
    return Decided(reviews=tuple(new), repeated=len(told) - len(new), issues=issues)


def _is_repeated(review: Review, standing: Standing | None) -> bool:
    if standing is None or not standing.reviews:
        return False
    last = standing.reviews[-1]
    return (last.verdict, last.reason, dict(last.fields)) == (
        review.verdict,
        review.reason,
        dict(review.fields),
    )


def _seen(review: Review, standings: dict[str, Standing]) -> Claim | None:
    standing = standings.get(review.claim)
    return standing.read if standing else None


def _table(case: Case) -> Table:
    sources = case.ledger.sources()
    return Table(
        claims=tuple(
            Known(standing.id, standing.read, standing.claim)
            for standing in case.ledger.standings()
            if standing.read or standing.claim
        ),
        sources=sources,
        texts={source.id: case.text_of(source) for source in sources},
    )
