"""Order the moments at which tellers closed their counts, as far as they can be ordered.

A mark with a time is an instant. A date alone is *some* instant of that day: one per source, in
no order with the others of the day. What an addition is added to is the close of a day's
bulletin; the source that gives the day's additions closed before it, or at it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from tallystick.records import Claim, Mark

__all__ = ["END", "START", "Moment", "later_sets", "marks_of", "precedes"]


class Moment(NamedTuple):
    """Hold one mark of one teller.

    Args:
        day: Ordinal; 0 = not known.
        form: ``stock`` (a date alone), ``adds`` (a date alone, of a source that gives the day's
            additions), ``close`` (the close of the day's bulletin), ``time``, ``unknown``,
            ``start`` or ``end`` of all counting.
        detail: The source, or the time of day.
    """

    day: int
    form: str
    detail: str = ""

    @classmethod
    def parse(cls, words: str) -> Moment:
        """Read what ``str`` writes."""
        day, form, *detail = words.split(" ", 2)
        ordinal = 0 if day == "?" else dt.date.fromisoformat(day).toordinal()
        return cls(ordinal, form, detail[0] if detail else "")

    def __str__(self) -> str:
        day = dt.date.fromordinal(self.day).isoformat() if self.day else "?"
        return f"{day} {self.form} {self.detail}".strip()


START = Moment(0, "start")
END = Moment(0, "end")


@lru_cache(maxsize=1 << 16)
def precedes(one: Moment, other: Moment) -> bool:
    """Say whether ``one`` is surely not after ``other``."""
    if one in (other, START) or other == END:
        return True
    if not one.day or not other.day:
        return False
    if one.day != other.day:
        return one.day < other.day
    if one.form == other.form == "time":
        return one.detail <= other.detail
    return one.form == "adds" and other.form == "close"


def marks_of(claim: Claim, sources_that_add: frozenset[tuple[str, int]]) -> tuple[Moment, Moment]:
    """Return the marks (after, until] of a claim.

    Args:
        claim: With its windows of counting filled in.
        sources_that_add: Pairs of source and day for which the source gives additions.
    """
    after, until = claim.counted.after, claim.counted.until
    last = _until(until, claim.source, sources_that_add)
    if after is None:
        return START, last
    if after.time:
        return Moment(after.day.toordinal(), "time", _clock(after)), last
    # "Today's additions" written as (today, today] are added to the close of the day before.
    back = 1 if until is not None and until.day == after.day and not until.time else 0
    return Moment(after.day.toordinal() - back, "close"), last


def _until(until: Mark | None, source: str, sources_that_add: frozenset[tuple[str, int]]) -> Moment:
    if until is None:
        return Moment(0, "unknown", source)
    day = until.day.toordinal()
    if until.time:
        return Moment(day, "time", _clock(until))
    return Moment(day, "adds" if (source, day) in sources_that_add else "stock", source)


def _clock(mark: Mark) -> str:
    return (mark.time + ":00:00")[:8]


def later_sets(moments: Sequence[Moment]) -> Iterator[frozenset[Moment]]:
    """Yield each set of marks at which somebody may have been counted already.

    Whoever is counted at a mark is counted at all later ones, so these are the sets closed
    upwards. Days come one after another: all later days, and some of one day's marks.
    """
    dated = sorted(moment for moment in set(moments) if moment.day)
    loose = sorted(
        moment for moment in set(moments) if not moment.day and moment not in (START, END)
    )
    for extra in _subsets(loose):
        later: frozenset[Moment] = frozenset(extra)
        yield later
        for _day, group in groupby(reversed(dated), key=lambda moment: moment.day):
            of_day = list(group)
            yield from (
                later | some
                for some in map(frozenset, _subsets(of_day))
                if some and _closed(some, of_day)
            )
            later = later | frozenset(of_day)


def _subsets(moments: Sequence[Moment]) -> Iterator[tuple[Moment, ...]]:
    for bits in range(1 << len(moments)):
        yield tuple(moment for i, moment in enumerate(moments) if bits >> i & 1)


def _closed(some: frozenset[Moment], of_day: Sequence[Moment]) -> bool:
    return all(
        other in some for one in some for other in of_day if one != other and precedes(one, other)
    )
