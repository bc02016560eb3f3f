"""Check a question, and split it into one for each place, day, term or teller."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from tallystick.errors import UnknownTerm
from tallystick.reckoning.ground import Ground
from tallystick.records import BadQuery, Claim, Days, Query, WhomTest
from tallystick.terms import WHOM_KEYS, Places

__all__ = ["UnknownAsked", "check_query", "split"]

LEVELS = ("country", "first", "second")


class UnknownAsked(UnknownTerm):
    """A question names a place or term that is not known."""

    code = "unknown-asked"

    def __init__(self, key: str, node: str) -> None:
        is_place = key in ("where", "to")
        super().__init__(
            f"“{node[:60]}” is no known {'place' if is_place else key}.",
            where=f"--{'whom' if not is_place else key}",
            then="add it to places.csv." if is_place else "see docs/look-up/words.md.",
        )


def check_query(query: Query, ground: Ground) -> None:
    """Refuse a question about places or terms that nobody knows.

    Raises:
        UnknownAsked: The first such place or term.
    """
    named = [("where", node) for node in query.where] + [("to", node) for node in query.to]
    for key, node in named + [(test.key, test.term) for test in query.whom]:
        if not ground.knows(key, node):
            raise UnknownAsked(key, node)


def split(query: Query, each: str, claims: Iterable[Claim], places: Places) -> list[Query]:
    """Return one question for each part of a question that the claims speak of.

    Args:
        query: The whole.
        each: ``where`` (or ``where:country``, ``where:first``, ``where:second``),
            ``during:day``, ``during:week``, ``during:month``, ``whom:KEY``, ``by`` or
            ``originator``.
        claims: All claims.
        places: To know what lies in what.

    Raises:
        BadQuery: No such split.
    """
    axis, _, detail = each.partition(":")
    if axis not in _SPLITTERS:
        raise BadQuery(each)
    spoken = [claim for claim in claims if query.kind in claim.kind and claim.unit == query.unit]
    return _SPLITTERS[axis](query, detail, spoken, places)


def _by_place(query: Query, level: str, claims: Sequence[Claim], places: Places) -> list[Query]:
    if level and level not in LEVELS:
        raise BadQuery(f"where:{level}")
    named = {place for claim in claims for place in claim.where if place in places}
    if level:
        named = {up for place in named for up in (place, *places.ancestors(place))}
        named = {place for place in named if places.level(place) == level}
    if query.where:
        named = {p for p in named if any(places.contains(outer, p) for outer in query.where)}
    return [replace(query, where=(place,)) for place in sorted(named)]


def _by_days(query: Query, step: str, claims: Sequence[Claim], _places: Places) -> list[Query]:
    if step not in ("day", "week", "month"):
        raise BadQuery(f"during:{step}")
    stated = [claim.during for claim in claims if claim.during]
    whole = query.during
    if whole is None and stated:
        whole = Days(min(d.first for d in stated), max(d.last for d in stated))
    return [replace(query, during=days) for days in _steps(whole, step)] if whole else []


def _steps(whole: Days, step: str) -> Iterator[Days]:
    first = whole.first
    while first <= whole.last:
        last = min(_last_of(first, step), whole.last)
        yield Days(first, last)
        first = last + dt.timedelta(days=1)


def _last_of(day: dt.date, step: str) -> dt.date:
    if step == "day":
        return day
    if step == "week":
        return day + dt.timedelta(days=6 - day.weekday())
    following = day.replace(day=28) + dt.timedelta(days=4)
    return following - dt.timedelta(days=following.day)


def _by_whom(query: Query, key: str, claims: Sequence[Claim], _places: Places) -> list[Query]:
    if key not in WHOM_KEYS:
        raise BadQuery(f"whom:{key}")
    named = sorted({claim.whom[key] for claim in claims if key in claim.whom})
    return [replace(query, whom=(*query.whom, WhomTest(key, term))) for term in named]


def _by_actor(query: Query, _detail: str, claims: Sequence[Claim], _places: Places) -> list[Query]:
    return [replace(query, by=(by,)) for by in sorted({c.by for c in claims if c.by})]


def _by_teller(query: Query, _detail: str, claims: Sequence[Claim], _places: Places) -> list[Query]:
    return [replace(query, tellers=(name,)) for name in sorted({c.originator for c in claims})]


_SPLITTERS: dict[str, Callable[[Query, str, Sequence[Claim], Places], list[Query]]] = {
    "where": _by_place,
    "during": _by_days,
    "whom": _by_whom,
    "by": _by_actor,
    "originator": _by_teller,
}
