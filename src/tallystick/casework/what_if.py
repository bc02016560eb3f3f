"""Ask what figures would be with other claims, in a case or in plain files; nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallystick.casework.evidence import Evidence, lines_of
from tallystick.casework.reckon import claims_of_lines, queries_of
from tallystick.errors import Unreadable
from tallystick.reckoning import Compared, Options, changed, compare, what_if
from tallystick.records import Claim, Issue, Query

__all__ = ["BadChange", "Changes", "compare_evidence"]


class BadChange(Unreadable):
    """Words about a changed claim cannot be read."""

    code = "bad-change"

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words[:60]}” changes no claim.",
            then="write ID:FIELD=VALUE, such as c-3f9a0c12d4e5:lo=40.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Hold what should be otherwise.

    Args:
        leave_out: Ids of claims, or of originators.
        add: Files of JSON lines with further claims; an id that is there already replaces it.
        change: ``ID:FIELD=VALUE``; the value as JSON, else as text.
    """

    leave_out: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    change: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.leave_out or self.add or self.change)


def compare_evidence(
    evidence: Evidence, query: Query, each: Sequence[str], options: Options, changes: Changes
) -> tuple[tuple[Compared, ...], tuple[Issue, ...]]:
    """Return each figure asked for as it is and as it would be, and what is wrong with the claims.

    Raises:
        BadChange: A change that cannot be read.
        NoSuchClaim: A claim that is not there.
        NoClaims: A file of claims is not there.
        BadClaim: A field that a claim does not have, or a value it cannot hold.
    """
    added, unread = _added(changes.add)
    others = what_if(evidence.claims, leave_out=changes.leave_out)
    others = what_if(others, add=_changed(evidence.claims, changes.change))
    others = what_if(others, add=added)
    queries = queries_of(query, each, (*evidence.claims, *others), evidence.ground.places)
    compared, issues = compare(
        evidence.claims,
        others,
        queries,
        places=evidence.ground.places,
        actors=evidence.ground.actors,
        options=replace(evidence.options(options), certificates=False),
        listed=evidence.listed,
    )
    return compared, (*evidence.ground.issues, *evidence.issues, *unread, *issues)


def _added(files: Sequence[str]) -> tuple[list[Claim], list[Issue]]:
    claims: list[Claim] = []
    issues: list[Issue] = []
    for name in files:
        read, bad = claims_of_lines(lines_of(name), name=name)
        claims += read
        issues += bad
    return claims, issues


def _changed(claims: Sequence[Claim], words: Sequence[str]) -> list[Claim]:
    fields: dict[str, dict[str, object]] = {}
    for each in words:
        id_, colon, told = each.partition(":")
        field, equals, value = told.partition("=")
        if not (id_ and colon and field and equals):
            raise BadChange(each)
        fields.setdefault(id_, {})[field] = _value(value)
    return [changed(claims, id_, told) for id_, told in fields.items()]


def _value(words: str) -> object:
    try:
        found: object = json.loads(words)
    except ValueError:
        return words
    return found
