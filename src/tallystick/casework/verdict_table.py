"""Write questions about persons as a table that a reader fills in, and read the verdicts back.

One row an entry: those of the left person, those of the right person, then the families of both,
so that clusters and families stand side by side. A verdict and its reason go into any row of the
question.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallystick.linking import Question
from tallystick.records import Entry, Issue, LinkVerdict

__all__ = ["HEADER", "MOST_PAIRS", "Asked", "pairs_of", "table_of", "verdicts_of"]

_SIDES = ("left", "right", "left family", "right family")
_FIELDS = (
    "name", "father", "mother", "sex", "age", "birth_year", "died", "place", "region", "number",
)  # fmt: skip
HEADER = (
    "question", "side", "verdict", "reason", "reader", "second reader", "at", "entry", "person",
    "list", *_FIELDS, "where", "as things stand", "p same", "changes", "why",
)  # fmt: skip
MOST_PAIRS = 400
_SAYS = {"same": "same", "different": "different", "not-enough": "not-enough",
         "not enough": "not-enough", "unsure": "not-enough"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold one question with all that a reader sees.

    Args:
        question: Two sets of entries, and what a verdict may change.
        rows: Side, entry and id of its person: both sides and their families.
        why: Why the two score as they do, a line a reason.
    """

    question: Question
    rows: tuple[tuple[str, Entry, str], ...]
    why: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        shown = [
            {"side": side, "person": person, "entry": entry.as_json()}
            for side, entry, person in self.rows
        ]
        return self.question.as_json() | {"shown": shown, "why": list(self.why)}


def table_of(asked: Sequence[Asked]) -> str:
    """Return the CSV table of questions, in their order."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, lineterminator="\n")
    writer.writeheader()
    for number, one in enumerate(asked, 1):
        told = {
            "as things stand": "one person" if one.question.joined else "two persons",
            "p same": f"{one.question.p_same:.3f}",
            "changes": f"{one.question.changes:.3f}",
            "why": " | ".join(" ".join(line.split()) for line in one.why),
        }
        for side, entry, person in one.rows:
            row = {name: _cell(getattr(entry, name)) for name in (*_FIELDS, "list", "where")}
            named = {"question": str(number), "side": side, "entry": entry.id, "person": person}
            writer.writerow(row | named | told)
            told = {}
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def verdicts_of(page: str, *, reader: str, at: str) -> tuple[list[LinkVerdict], list[Issue]]:
    """Read the verdicts of a table; each question stands by itself.

    Args:
        page: The CSV text.
        reader: Who decided, where a row does not say.
        at: RFC 3339 time, where a row does not say.

    Returns:
        A verdict for each two entries that a decided question speaks of, and an issue for each
        question that cannot be understood.
    """
    # A spreadsheet parts cells by the sign of its own country.
    parter = max(",;\t", key=page.partition("\n")[0].count)
    rows = csv.DictReader(io.StringIO(page, newline=""), delimiter=parter)
    if not {"side", "entry", "verdict", "reason"} <= set(rows.fieldnames or ()):
        return [], [_bad("row 1", "the table has no columns side, entry, verdict and reason",
                         "export the questions anew, and fill in that table")]  # fmt: skip
    questions: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    for number, row in enumerate(rows, 2):
        cells = {name: (cell or "").strip() for name, cell in row.items() if isinstance(cell, str)}
        questions.setdefault(cells.get("question", ""), []).append((number, cells))
    verdicts: list[LinkVerdict] = []
    issues: list[Issue] = []
    for mine in questions.values():
        decided = [(number, row) for number, row in mine if row.get("verdict")]
        if decided:
            found, wrong = _decided(mine, decided, reader, at)
            verdicts += found
            issues += wrong
    return verdicts, issues


Row = tuple[int, Mapping[str, str]]


def _decided(
    rows: Sequence[Row], decided: Sequence[Row], reader: str, at: str
) -> tuple[list[LinkVerdict], list[Issue]]:
    number, row = decided[0]
    where = f"row {number}"
    says = _SAYS.get(row["verdict"].casefold())
    if says is None:
        return [], [_bad(where, f"“{row['verdict'][:24]}” is no verdict",
                         "write same, different or not-enough")]  # fmt: skip
    if any(_SAYS.get(other["verdict"].casefold()) != says for _, other in decided):
        return [], [_bad(where, "the rows of one question hold two verdicts",
                         "leave one of them")]  # fmt: skip
    if not row["reason"]:
        return [], [_bad(where, "the verdict has no reason",
                         "say in the column reason what you saw")]  # fmt: skip
    sides = {
        side: [other["entry"] for _, other in rows if other["side"] == side and other["entry"]]
        for side in _SIDES[:2]
    }
    pairs = pairs_of(sides["left"], sides["right"])
    if not pairs or len(pairs) > MOST_PAIRS:
        return [], [_bad(where, f"the question sets {len(pairs)} pairs of entries side by side",
                         f"leave rows of both sides, and at most {MOST_PAIRS} pairs")]  # fmt: skip
    told = {
        "reason": row["reason"],
        "author": row.get("reader") or reader,
        "at": row.get("at") or at,
        "second_reader": row.get("second reader", ""),
    }
    try:
        return [LinkVerdict.from_json({"left": a, "right": b, "says": says} | told)
                for a, b in pairs], []  # fmt: skip
    except ValueError as trouble:
        return [], [_bad(where, str(trouble).rstrip("."), "correct the row")]


def pairs_of(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    """Return each entry of one side with each of the other, the smaller id first, once."""
    return sorted({(min(a, b), max(a, b)) for a in left for b in right if a != b})


def _bad(where: str, says: str, then: str) -> Issue:
    return Issue(
        code="casework.verdict-unclear", weight="warning", where=where, says=says, then=then
    )
