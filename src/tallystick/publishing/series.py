"""Find what a timeline shows: each teller's running totals and what it added, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tallystick.publishing.dossier import Dossier
from tallystick.publishing.relays import lines_of
from tallystick.records import Claim, Query, Whom
from tallystick.terms import LEVELS, Places

__all__ = ["Point", "Series", "additions_of", "totals_of"]


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one number of a series at the day on which its count closed."""

    day: date
    claim: Claim


@dataclass(frozen=True, slots=True)
class Series:
    """Hold the numbers of one teller about the people it describes alike, by day.

    Args:
        originator: Who counts.
        whom: How it describes them.
        reach: Of totals, the level of the widest place: 0 for a country, -1 without a place.
        points: In the order of days.
    """

    originator: str
    whom: Whom
    reach: int
    points: tuple[Point, ...]


def totals_of(dossier: Dossier, kind: str, about: Query) -> tuple[Series, ...]:
    """Return the running totals: for each teller and description the widest total of each day.

    Totals of different reach (a country, its provinces) are different series. Those that reach
    beyond the places of the question, or back before its days, are left out: they count other
    people too.
    """
    return _series(dossier, kind, about, is_total=True)


def additions_of(dossier: Dossier, kind: str, about: Query) -> tuple[Series, ...]:
    """Return what tellers say was added in a day or days."""
    return _series(dossier, kind, about, is_total=False)


def _series(dossier: Dossier, kind: str, about: Query, *, is_total: bool) -> tuple[Series, ...]:
    by_teller: dict[tuple[str, Whom, int], dict[date, Claim]] = {}
    for claim in _claims_about(dossier, about):
        if not _is_shown(claim, kind, is_total):
            continue
        # What was added in a place is inside what was added around it.
        reach = _reach(claim, dossier.places) if is_total else 0
        days = by_teller.setdefault((claim.originator, claim.whom, reach), {})
        day = _day(claim)
        if day not in days or _width(days[day]) < _width(claim):
            days[day] = claim
    series = (
        Series(teller, whom, reach, tuple(Point(day, days[day]) for day in sorted(days)))
        for (teller, whom, reach), days in by_teller.items()
    )
    return tuple(sorted(series, key=_longest_first))


def _claims_about(dossier: Dossier, about: Query) -> Iterator[Claim]:
    for line in lines_of(dossier.claims):
        claim = line.told.claim
        days, places = about.during or dossier.window, dossier.places
        reaches_back = days and claim.during and claim.during.first < days.first
        reaches_out = about.where and not all(
            any(places.contains(outer, id_) for outer in about.where) for id_ in claim.where
        )
        if not (line.told.set_aside or reaches_back or reaches_out):
            yield claim


def _reach(claim: Claim, places: Places) -> int:
    return min((LEVELS.index(places.level(id_)) for id_ in claim.where), default=-1)


def _is_shown(claim: Claim, kind: str, is_total: bool) -> bool:
    return (
        claim.kind == kind
        and claim.unit == "persons"
        and claim.polarity == "asserted"
        and claim.role not in ("new", "previous")
        and claim.by is None
        and claim.edition is None
        and claim.counted.until is not None
        and (claim.counted.after is None) == is_total
    )


def _day(claim: Claim) -> date:
    assert claim.counted.until is not None, "only claims with a closing day are shown"
    return claim.counted.until.day


def _width(claim: Claim) -> tuple[int, str]:
    return (claim.lo, claim.id)


def _longest_first(series: Series) -> tuple[int, int, str]:
    most = max(point.claim.lo for point in series.points)
    who = f"{series.originator} {series.whom} {series.reach}"
    return (-len(series.points), -most, who)
