"""Choose what a report of a case asks: the questions of its settings, else one for each kind.

Beside each headline question stand tables whose rows split it by place, month or day, whom,
alleged perpetrator and destination, as far as the claims say anything of them.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from tallystick.errors import Unreadable
from tallystick.records import Claim, Days, Kind, Listed, Query, Unit, WhomTest
from tallystick.terms import LEVELS, Places

__all__ = ["Asked", "BadQuestion", "Questions", "questions_of"]

Axis = Literal["where", "during", "whom", "by", "to"]
LONGEST_TABLE = 62


class BadQuestion(Unreadable):
    """A question of the settings cannot be read."""

    code = "bad-question"

    def __init__(self, number: int, why: str) -> None:
        super().__init__(
            f"Question {number} cannot be read: {why}",
            where="tallystick.toml",
            then="see docs/how/publish.md for what a [[question]] may say.",
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold one table: the question of the whole, and one for each row."""

    axis: Axis
    whole: Query
    rows: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """Hold the headline questions, in order, and the tables beside them."""

    headline: tuple[Query, ...]
    tables: tuple[Asked, ...]

    def every(self) -> tuple[Query, ...]:
        """Return each question once, headline first."""
        rows = (row for table in self.tables for row in (table.whole, *table.rows))
        return tuple(dict.fromkeys((*self.headline, *rows)))


def questions_of(
    asked: Sequence[Mapping[str, object]],
    claims: Sequence[Claim],
    places: Places,
    listed: Sequence[Listed] = (),
) -> Questions:
    """Return what the report of a case asks.

    Args:
        asked: The questions of the case's settings, each with the fields of a ``Query`` and
            ``tables`` (false leaves its tables out); none = one for each kind of harm.
        claims: That count.
        places: Of the case.
        listed: Persons whom lists name.

    Raises:
        BadQuestion: A question with an unknown field or an impossible value.
    """
    pairs = [_question(number, table) for number, table in enumerate(asked, start=1)]
    pairs = pairs or [(query, True) for query in _default_headline(claims, listed)]
    tables = [
        table
        for query, with_tables in pairs
        if with_tables
        for table in _tables(query, [c for c in claims if _speaks_to(c, query)], places)
    ]
    return Questions(tuple(query for query, _ in pairs), tuple(tables))


def _question(number: int, table: object) -> tuple[Query, bool]:
    if not isinstance(table, Mapping):
        raise BadQuestion(number, "it is no table.")
    told = dict(table)
    with_tables = bool(told.pop("tables", True))
    unknown = sorted(told.keys() - {"kind", "unit", "where", "during", "whom", "by", "to", "as_of"})
    if unknown:
        raise BadQuestion(number, f"it has no field “{unknown[0][:40]}”.")
    kind, unit = str(told.get("kind", "killed")), str(told.get("unit", "persons"))
    if kind not in get_args(Kind) or unit not in get_args(Unit):
        raise BadQuestion(number, f"“{kind} {unit}” cannot be counted.")
    try:
        query = Query(
            kind=cast("Kind", kind),
            unit=cast("Unit", unit),
            where=_ids(told.get("where", ())),
            during=Days.from_json(told["during"]) if "during" in told else None,
            whom=tuple(WhomTest.parse(words) for words in _ids(told.get("whom", ()))),
            by=_ids(told.get("by", ())),
            to=_ids(told.get("to", ())),
            as_of=Days.parse(str(told["as_of"])).last if "as_of" in told else None,
        )
    except Unreadable as trouble:
        raise BadQuestion(number, str(trouble)) from trouble
    return query, with_tables


def _ids(value: object) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    return tuple(str(item) for item in listed) if isinstance(listed, list | tuple) else ()


def _default_headline(claims: Iterable[Claim], listed: Iterable[Listed]) -> list[Query]:
    kinds = {(c.kind, c.unit) for c in claims if c.polarity == "asserted" and "+" not in c.kind}
    kinds |= {(one.kind, "persons") for one in listed}
    order = ("killed", "injured", "missing", "abducted", "detained", "displaced")
    ranked = sorted(kinds, key=lambda pair: (order.index(pair[0]), pair[1] != "persons"))
    return [Query(kind=kind, unit=unit) for kind, unit in ranked]


def _speaks_to(claim: Claim, query: Query) -> bool:
    known = claim.published or (claim.counted.until.day if claim.counted.until else None)
    in_time = query.as_of is None or known is None or known <= query.as_of
    return (claim.kind, claim.unit) == (query.kind, query.unit) and in_time


def _tables(query: Query, claims: Sequence[Claim], places: Places) -> list[Asked]:
    splits: list[tuple[Axis, list[Query]]] = [
        *(("where", rows) for rows in _by_place(query, claims, places)),
        ("during", _by_time(query, claims)),
        ("whom", _by_whom(query, claims)),
        ("by", [replace(query, by=(by,)) for by in sorted({c.by for c in claims if c.by})]),
        ("to", _by_destination(query, claims)),
    ]
    return [Asked(axis, query, tuple(rows)) for axis, rows in splits if rows]


def _by_place(query: Query, claims: Sequence[Claim], places: Places) -> list[list[Query]]:
    """Return one list of rows for each level at which the claims name two places or more."""
    named = {
        at
        for claim in claims
        for place in claim.where
        if place in places
        for at in (*places.ancestors(place), place)
        if not query.where or any(places.contains(outer, at) for outer in query.where)
    }
    levels = [sorted(at for at in named if places.level(at) == level) for level in LEVELS]
    return [[replace(query, where=(at,)) for at in level] for level in levels if len(level) > 1]


def _by_time(query: Query, claims: Sequence[Claim]) -> list[Query]:
    """Return a row for each day that a claim states alone, else for each month.

    A window of several days says nothing of any one of them, so a split finer than what the
    claims state would be a table of noughts.
    """
    stated = {claim.during for claim in claims if claim.during}
    if query.during:
        stated = {days for days in stated if query.during.contains(days)}
    steps = {days for days in stated if days.first == days.last}
    if len(steps) < 2:
        steps = {_month(days.first) for days in stated if _month(days.first).contains(days)}
    rows = [replace(query, during=step) for step in sorted(steps) if step != query.during]
    return rows[:LONGEST_TABLE] if len(rows) > 1 else []


def _month(day: dt.date) -> Days:
    last = calendar.monthrange(day.year, day.month)[1]
    return Days(day.replace(day=1), day.replace(day=last))


def _by_whom(query: Query, claims: Sequence[Claim]) -> list[Query]:
    described = sorted({pair for claim in claims for pair in claim.whom.items()})
    tests = [WhomTest(key, term) for key, term in described]
    return [replace(query, whom=(*query.whom, test)) for test in tests if test not in query.whom]


def _by_destination(query: Query, claims: Sequence[Claim]) -> list[Query]:
    return [replace(query, to=(to,)) for to in sorted({to for c in claims for to in c.to})]
