"""Ask readers who is who, and keep their verdicts in the journal of the case.

A verdict is about entries, so it outlives every linking. Two readers who say the same confirm
each other; where they differ the later holds, and the link is disputed until somebody confirms.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tallystick.casework.case import Case, now
from tallystick.casework.link_case import linked_now
from tallystick.casework.verdict_table import Asked, pairs_of, table_of, verdicts_of
from tallystick.ledger import exported, link_decided
from tallystick.linking import Linked, Question
from tallystick.records import Entry, Issue, LinkVerdict, digest

__all__ = ["Decided", "decide_links", "questions_of_case", "questions_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Hold what came of a table of verdicts.

    Args:
        verdicts: Those that were new and are kept.
        repeated: How many said again what was decided before.
        issues: Questions that cannot be understood, and readers who disagree.
    """

    verdicts: tuple[LinkVerdict, ...]
    repeated: int
    issues: tuple[Issue, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "verdicts": [verdict.as_json() for verdict in self.verdicts],
            "repeated": self.repeated,
            "issues": [issue.as_json() for issue in self.issues],
        }


def questions_of_case(case: Case, most: int) -> list[Asked]:
    """Return what a reader should look at first: what may change the count of persons most.

    Two entries that somebody decided on are not asked about again, also where the verdict was
    that the evidence cannot tell.
    """
    linked = linked_now(case)
    decided = {(verdict.left, verdict.right) for verdict in case.ledger.verdicts()}
    found = (
        question
        for question in linked.questions(most + len(decided))
        if decided.isdisjoint(pairs_of(question.left, question.right))
    )
    shown = _Shown(case, linked)
    return [shown.asked(question) for question, _ in zip(found, range(most), strict=False)]


def questions_page(
    case: Case,
    most: int,
    *,
    as_lines: bool = False,
    actor: str = "local",
    at: str | None = None,
    is_dry: bool = False,
) -> tuple[str, int]:
    """Return the questions as a CSV table, or as JSON lines, and how many there are.

    They hold names of victims, so the journal says that they left the case, and what they were.
    """
    asked = questions_of_case(case, most)
    page = table_of(asked)
    if as_lines:
        lines = (json.dumps(one.as_json(), ensure_ascii=False) for one in asked)
        page = "".join(line + "\n" for line in lines)
    if not is_dry:
        sha256 = digest(page.encode("utf-8"))
        told = {"profile": "link-questions", "questions": len(asked), "sha256": sha256}
        case.ledger.append(exported(f"x-{sha256[:12]}", told), actor=actor, at=at or now())
    return page, len(asked)


def decide_links(
    case: Case,
    page: str,
    *,
    reader: str,
    is_lines: bool = False,
    at: str | None = None,
    is_dry: bool = False,
) -> Decided:
    """Keep the verdicts of a table, or of JSON lines, in the journal.

    Args:
        case: Where to.
        page: The text.
        reader: Opaque id of who decided, where the text does not say.
        is_lines: Whether it is JSON lines, a verdict each.
        at: RFC 3339 time; None = now.
        is_dry: Only say what would be kept.
    """
    at = at or now()
    told, issues = (_of_lines if is_lines else verdicts_of)(page, reader=reader, at=at)
    known = {entry.id for entry in case.ledger.entries_of_lists()}
    ours = [verdict for verdict in told if {verdict.left, verdict.right} <= known]
    issues += [_strange(verdict) for verdict in told if not {verdict.left, verdict.right} <= known]
    held = {verdict.id: verdict for verdict in case.ledger.verdicts()}
    new: list[LinkVerdict] = []
    for verdict in ours:
        kept = _beside(held.get(verdict.id), verdict)
        if kept is not None:
            issues += _disagreeing(held.get(verdict.id), kept)
            held[verdict.id] = kept
            new.append(kept)
    if new and not is_dry:
        case.ledger.append(*map(link_decided, new), actor=reader, at=at)
    return Decided(verdicts=tuple(new), repeated=len(ours) - len(new), issues=tuple(issues))


def _beside(held: LinkVerdict | None, new: LinkVerdict) -> LinkVerdict | None:
    """Return what a verdict makes of the one before it; None if it says nothing new."""
    if held is None or held.says != new.says:
        return new
    if new.author in (held.author, held.second_reader):
        is_new = new.reason != held.reason or new.second_reader not in ("", held.second_reader)
        return new if is_new and new.author == held.author else None
    if held.second_reader:
        return None
    reason = held.reason if new.reason == held.reason else f"{held.reason}; {new.reason}"
    return replace(held, reason=reason, second_reader=new.author)


def _disagreeing(held: LinkVerdict | None, new: LinkVerdict) -> list[Issue]:
    if held is None or held.says == new.says or held.author == new.author:
        return []
    return [
        Issue(
            code="casework.readers-disagree",
            weight="warning",
            where=new.id,
            says=f"{held.author} said {held.says}, {new.author} says {new.says}; the later holds",
            then="let a second reader look, and import that verdict too",
        )
    ]


def _strange(verdict: LinkVerdict) -> Issue:
    return Issue(
        code="casework.no-such-entry",
        weight="warning",
        where=f"{verdict.left} and {verdict.right}",
        says="the case has no entry of this id; the verdict was not kept",
        then="export the questions anew, and decide on those entries",
    )


def _of_lines(page: str, *, reader: str, at: str) -> tuple[list[LinkVerdict], list[Issue]]:
    verdicts: list[LinkVerdict] = []
    issues: list[Issue] = []
    for number, line in enumerate(page.splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            verdicts.append(LinkVerdict.from_json({"author": reader, "at": at} | told))
        except (TypeError, ValueError) as trouble:
            issues.append(_bad_line(number, trouble))
    return verdicts, issues


def _bad_line(number: int, trouble: Exception) -> Issue:
    why = str(trouble).rstrip(".") if isinstance(trouble, ValueError) else "a field is not known"
    return Issue(
        code="casework.verdict-unclear",
        weight="warning",
        where=f"line {number}",
        says=f"the line is no verdict: {why[:100]}",
        then='write {"left", "right", "says", "reason"} as JSON, one a line',
    )


class _Shown:
    """Set the entries of a question side by side with the families of both."""

    def __init__(self, case: Case, linked: Linked) -> None:
        self._linked = linked
        self._entries = {entry.id: entry for entry in case.ledger.entries_of_lists()}
        self._person = {e: person.id for person in linked.persons for e in person.entries}
        self._persons = {person.id: person for person in linked.persons}
        self._family = {
            person: household.persons
            for household in linked.households
            for person in household.persons
        }

    def asked(self, question: Question) -> Asked:
        rows: list[tuple[str, Entry, str]] = []
        shown: set[str] = set()
        for side, ids in (("left", question.left), ("right", question.right)):
            rows += self._rows(side, ids, shown)
        for side, ids in (("left family", question.left), ("right family", question.right)):
            rows += self._rows(side, self._kin(ids), shown)
        why = self._linked.why(question.left[0], question.right[0]).lines()
        return Asked(question=question, rows=tuple(rows), why=tuple(why))

    def _rows(
        self, side: str, ids: Sequence[str], shown: set[str]
    ) -> Iterator[tuple[str, Entry, str]]:
        for id_ in ids:
            if id_ not in shown and id_ in self._entries:
                shown.add(id_)
                yield side, self._entries[id_], self._person[id_]

    def _kin(self, ids: Sequence[str]) -> list[str]:
        persons = dict.fromkeys(
            kin for id_ in ids for kin in self._family.get(self._person[id_], ())
        )
        return [entry for person in persons for entry in self._persons[person].entries]
