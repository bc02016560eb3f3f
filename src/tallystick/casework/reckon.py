"""Reckon figures from claims: read the lines, ask the questions, hand on what is wrong.

A line that holds no claim, an unknown place or term, a part without its whole: each is an issue,
its claim is set aside, and the rest is reckoned.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tallystick.errors import NotFound, Trouble
from tallystick.reckoning import split
from tallystick.records import Certificate, Claim, Figure, Issue, Query
from tallystick.terms import Places

__all__ = ["NoClaims", "Reckoned", "claims_of_lines", "queries_of"]

# What `read --jsonl` prints beside claims.
_OTHER_TYPES = ("statement", "person", "issue", "entry", "source")


class NoClaims(NotFound):
    """The file of claims is not there, or is no text."""

    code = "no-claims"

    def __init__(self, name: str) -> None:
        super().__init__(
            "No claims could be read here.",
            where=name,
            then="give a file of JSON lines in UTF-8, as `tallystick read --jsonl` writes it.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """Hold the figures of one reckoning.

    Args:
        queries: What was asked, in order.
        figures: One for each query.
        certificates: Of their documented bounds.
        issues: What was set aside, and why.
    """

    queries: tuple[Query, ...]
    figures: tuple[Figure, ...]
    certificates: tuple[Certificate, ...]
    issues: tuple[Issue, ...] = ()


def claims_of_lines(
    lines: Iterable[str], *, name: str
) -> tuple[tuple[Claim, ...], tuple[Issue, ...]]:
    """Read claims from JSON lines; lines of other types pass, bad lines are issues.

    Args:
        lines: Each one JSON object, as ``read --jsonl`` prints them.
        name: What issues call the file.
    """
    claims: list[Claim] = []
    issues: list[Issue] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            found = list(_claims_in(told))
        except (ValueError, RecursionError):
            issues.append(_bad_line(name, number, "It is no JSON object.", "Correct the line."))
        except Trouble as trouble:
            issues.append(_bad_line(name, number, trouble.what, trouble.then))
        else:
            claims += found
    return tuple(claims), tuple(issues)


def _claims_in(told: object) -> Iterable[Claim]:
    """Return the claim of a line, or those of a line that holds a whole text's."""
    if not isinstance(told, Mapping):
        raise ValueError("no object")
    if isinstance(told.get("claims"), list):
        return [Claim.from_json(each) for each in told["claims"] if isinstance(each, Mapping)]
    if told.get("type") in _OTHER_TYPES:
        return []
    return [Claim.from_json(told)]


def _bad_line(name: str, number: int, says: str, then: str) -> Issue:
    return Issue(
        code="reckoning.bad-line",
        weight="fault",
        where=f"{name} line {number}",
        says=says,
        then=then or "Correct the line, or leave it out.",
    )


def queries_of(
    query: Query, each: Sequence[str], claims: Sequence[Claim], places: Places
) -> tuple[Query, ...]:
    """Return the whole question, then its parts by each split, each question once."""
    found = [query]
    for one in each:
        found += split(query, one, claims, places)
    return tuple(dict.fromkeys(found))
