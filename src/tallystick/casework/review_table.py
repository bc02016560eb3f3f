"""Write claims as a table that a person reviews, and read the decisions back.

A row is found again by the id of its claim, else by its source's file and its quote, so that
decisions outlive a newer reader that reads the same words differently. A row whose claim is no
longer read is kept as a claim that a person added: what somebody confirmed is never lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tallystick.errors import Trouble
from tallystick.records import (
    Claim,
    Issue,
    Review,
    Source,
    how_many,
    parse_how_many,
    parse_whom,
    print_whom,
)

__all__ = ["HEADER", "Known", "Table", "reviews_of", "table_of"]

_FIELDS = (
    "kind", "unit", "polarity", "role", "part_of", "pins", "incident", "category", "place", "date",
    "during", "counted", "attributed_to", "originator", "via", "edition", "actor", "by",
    "standard", "supersedes", "retracts",
)  # fmt: skip
HEADER = (
    "claim", "ref", "file", "verdict", "reason", "quote", "how many", "whom", "where", "to",
    *_FIELDS, "reviewer", "at",
)  # fmt: skip


_EMPTY = "-"


@dataclass(frozen=True, slots=True)
class Known:
    """Hold one claim of the case: what the machine read, and what holds after former reviews.

    Args:
        id: Of the claim.
        read: None if a reviewer added it.
        holds: None if it was rejected.
    """

    id: str
    read: Claim | None
    holds: Claim | None

    @property
    def shown(self) -> Claim:
        """The claim as a reviewer sees it."""
        claim = self.holds or self.read
        assert claim is not None
        return claim


@dataclass(frozen=True, slots=True)
class Table:
    """Hold what rows are matched against.

    Args:
        claims: Of the case.
        sources: The sources of the case.
        texts: Text dump by source id.
    """

    claims: Sequence[Known]
    sources: Sequence[Source]
    texts: Mapping[str, str]


def table_of(table: Table, verdicts: Mapping[str, str]) -> str:
    """Return the CSV table for a reviewer, one row a claim, in the order of the text.

    Args:
        table: The claims and their sources.
        verdicts: Last verdict by claim id; absent = not reviewed yet.
    """
    names = {source.id: source.name for source in table.sources}
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, lineterminator="\n")
    writer.writeheader()

    def place(known: Known) -> tuple[str, tuple[int, int], str]:
        claim = known.shown
        return names.get(claim.source, ""), claim.span or (0, 0), known.id

    for known in sorted(table.claims, key=place):
        row = _row(known.shown, names.get(known.shown.source, known.shown.source))
        if known.read is not None:
            read = _row(known.read, "")
            row = {name: cell or (_EMPTY if read[name] else "") for name, cell in row.items()}
        writer.writerow(row | {"claim": known.id, "verdict": verdicts.get(known.id, "")})
    return out.getvalue()


def _row(claim: Claim, file: str) -> dict[str, str]:
    told = claim.as_json()
    row = {name: _cell(told[name]) for name in _FIELDS}
    return row | {
        "file": file,
        "quote": claim.quote,
        "how many": how_many(claim.lo, claim.hi, claim.hedge),
        "whom": print_whom(claim.whom),
        "where": " + ".join(claim.where),
        "to": " + ".join(claim.to),
        "during": str(claim.during) if claim.during else "",
        "counted": "" if str(claim.counted) == "?" else str(claim.counted),
    }


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def reviews_of(
    page: str, table: Table, *, reviewer: str, at: str
) -> tuple[tuple[Review, ...], tuple[Issue, ...]]:
    """Read the decisions of a reviewed table.

    Args:
        page: The CSV text.
        table: What the rows are matched against.
        reviewer: Who decided, for rows that do not say.
        at: RFC 3339 time, for rows that do not say.

    Returns:
        A review for each row with a verdict or a changed cell, and an issue for each row that
        cannot be understood; the other rows stand.
    """
    reviews: list[Review] = []
    issues: list[Issue] = []
    refs: dict[str, str] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(page)), start=2):
        told = {str(name): (cell or "").strip() for name, cell in row.items() if name}
        told = {"reviewer": reviewer, "at": at} | {k: v for k, v in told.items() if v}
        try:
            review = _review(told, table, refs)
        except Trouble as trouble:
            issues.append(_issue(number, trouble))
            continue
        if review is not None:
            reviews.append(review)
            if told.get("ref"):
                refs[told["ref"]] = review.claim
    return tuple(reviews), tuple(issues)


def _issue(number: int, trouble: Trouble) -> Issue:
    return Issue(
        code="casework.review-row",
        weight="fault",
        where=f"row {number}",
        says=trouble.what,
        then=trouble.then or "correct the row and import the table again.",
    )


class UnmatchedRow(Trouble):
    """A row names no claim and no words of a source."""

    code = "unmatched-row"

    def __init__(self, file: str) -> None:
        super().__init__(
            f"No source of the case is named “{file[:60]}”, or it does not hold the quote.",
            then="copy file and quote from the exported table, or from the source.",
        )


def _review(told: dict[str, str], table: Table, refs: Mapping[str, str]) -> Review | None:
    verdict = told.get("verdict", "")
    known = _known_of(told, table)
    if verdict == "reject":
        return _plain(told, known.id, "reject") if known else None
    asked = _asked(told, refs, {source.name: source.id for source in table.sources})
    if known is None or known.read is None:
        return _added(told, asked, table, known) if verdict else None
    changed = _changed(known.read, asked)
    if not changed:
        return _plain(told, known.id, "accept") if verdict else None
    return replace(_plain(told, known.id, "accept"), verdict="correct", fields=changed)


def _plain(told: Mapping[str, str], claim: str, verdict: str) -> Review:
    return Review(
        claim=claim,
        verdict=verdict,  # type: ignore[arg-type]  # Review checks it
        reason=told.get("reason", ""),
        reviewer=told["reviewer"],
        at=told["at"],
    )


def _known_of(told: Mapping[str, str], table: Table) -> Known | None:
    """Find the claim of a row: by id, else the nearest claim of the same words."""
    for known in table.claims:
        if known.id == told.get("claim"):
            return known
    source = _source_of(told, table)
    if source is None or not told.get("quote") or told.get("verdict") == "add":
        return None
    span = _span_of(told["quote"], table.texts[source.id])
    kind, number = told.get("kind", ""), _number(told)
    alike = [
        known
        for known in table.claims
        if known.shown.source == source.id
        and _overlap(known.shown, span) > 0
        and kind in ("", known.shown.kind)
        and number in (None, (known.shown.lo, known.shown.hi))
    ]
    return max(alike, key=lambda known: (_overlap(known.shown, span), known.id), default=None)


def _source_of(told: Mapping[str, str], table: Table) -> Source | None:
    return next((s for s in table.sources if s.name == told.get("file")), None)


def _span_of(quote: str, text: str) -> tuple[int, int]:
    start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else (0, 0)


def _overlap(claim: Claim, span: tuple[int, int]) -> int:
    spans = (claim.span, *claim.also) if claim.span else claim.also
    return max((min(end, span[1]) - max(start, span[0]) for start, end in spans), default=0)


def _number(told: Mapping[str, str]) -> tuple[int, int | None] | None:
    if not told.get("how many"):
        return None
    number = parse_how_many(told["how many"])
    return number.lo, number.hi


def _asked(
    told: Mapping[str, str], refs: Mapping[str, str], ids: Mapping[str, str]
) -> dict[str, object]:
    """Return the claim's fields as the row states them; an empty cell says nothing.

    Claims may be named by the ``ref`` of their row, and an edition by the file of its source.
    """
    asked: dict[str, object] = {name: told[name] for name in _FIELDS if told.get(name)}
    for name in ("part_of", "supersedes", "retracts"):
        if name in asked:
            asked[name] = refs.get(str(asked[name]), asked[name])
    if "edition" in asked:
        asked["edition"] = ids.get(str(asked["edition"]), asked["edition"])
    if told.get("how many"):
        number = parse_how_many(told["how many"])
        asked |= {"lo": number.lo, "hi": number.hi, "hedge": number.hedge}
    if told.get("whom"):
        asked["whom"] = {} if told["whom"] == _EMPTY else parse_whom(told["whom"])
    for name in ("where", "to"):
        if told.get(name):
            asked[name] = [place.strip() for place in told[name].split("+")]
    return {name: None if told.get(name) == _EMPTY else value for name, value in asked.items()}


def _changed(claim: Claim, asked: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that differ, in the JSON form of a claim; ``-`` empties a field."""
    before = claim.as_json()
    after = Claim.from_json({n: v for n, v in (before | dict(asked)).items() if v is not None})
    told = after.as_json()
    return {n: told[n] for n in asked if told[n] != before[n]}


def _added(
    told: Mapping[str, str], asked: Mapping[str, object], table: Table, former: Known | None
) -> Review:
    source = _source_of(told, table)
    quote = told.get("quote", "")
    if source is None or quote not in table.texts.get(source.id, ""):
        raise UnmatchedRow(told.get("file", ""))
    known: dict[str, object] = {
        "source": source.id,
        "published": source.published.isoformat() if source.published else None,
        "quote": quote or None,
        "span": list(_span_of(quote, table.texts[source.id])) if quote else None,
        "method": "reviewer",
        "id": former.id if former else None,
    }
    claim = Claim.from_json({n: v for n, v in (known | dict(asked)).items() if v is not None})
    fields = {n: v for n, v in claim.as_json().items() if v not in (None, "", [], {})}
    return replace(_plain(told, claim.id, "accept"), verdict="add", fields=fields)
