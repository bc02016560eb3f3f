"""Tell how each running total moved from one mark to the next, and what was added when.

A running total may grow by additions that its teller states, in places whose own totals it
states, by people who died in an earlier window and were counted late; it may be corrected,
taken back, fall, or begin anew at zero. What no claim accounts for is said as a number too.
Nothing here enters a bound.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tallystick.reckoning.ground import Ground
from tallystick.reckoning.growth import Piece, Total, pieces_of
from tallystick.reckoning.marks import Moment, marks_of
from tallystick.reckoning.pins import ceiling_of
from tallystick.records import Claim, Query, Whom, print_whom

__all__ = ["Jump", "jumps_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """Hold one change of a running total.

    Args:
        originator: Whose total.
        edition: Of which relay; None = its own series.
        scope: Of whom and where, as words of the notation.
        kind: grew, stayed, extended (its window is longer), fell, corrected, retracted or
            restarted (it counts from zero again).
        claims: Ids of the earlier and the later total.
        marks: Days at which they closed.
        was: The earlier number.
        now: The later number.
        pieces: What claims account for.
        unexplained: What no claim accounts for.
    """

    originator: str
    edition: str | None
    scope: str
    kind: str
    claims: tuple[str, str]
    marks: tuple[str, str]
    was: int
    now: int
    pieces: tuple[Piece, ...]
    unexplained: int

    @property
    def says(self) -> str:
        """Return the change as a sentence."""
        told = f"{self.marks[0]} to {self.marks[1]}: {self.was:,} to {self.now:,}"
        told += f" ({self.now - self.was:+,}), {_KINDS[self.kind]}"
        parts = [f"{piece.people:,} {piece.says}" for piece in self.pieces]
        if self.unexplained:
            parts.append(f"{self.unexplained:,} that no claim accounts for")
        return f"{told}: {'; '.join(parts)}." if parts else f"{told}."

    def as_json(self) -> dict[str, object]:
        return {
            "originator": self.originator,
            "edition": self.edition,
            "scope": self.scope,
            "kind": self.kind,
            "claims": list(self.claims),
            "marks": list(self.marks),
            "was": self.was,
            "now": self.now,
            "pieces": [piece.as_json() for piece in self.pieces],
            "unexplained": self.unexplained,
            "says": self.says,
        }


_KINDS = {
    "grew": "it grew",
    "stayed": "it stayed",
    "extended": "its window is longer",
    "fell": "it fell: a correction, a return, or a counter that began anew (then say from when)",
    "corrected": "corrected by its teller",
    "retracted": "the earlier total was taken back",
    "restarted": "it counts from zero again, so both add up",
}


_Key = tuple[tuple[str, ...], tuple[str, ...], Whom, str | None, dt.date | None]


def jumps_of(claims: Iterable[Claim], query: Query, ground: Ground) -> tuple[Jump, ...]:
    """Return every change of the running totals that speak of a question's kind and places.

    Args:
        claims: Admitted claims, their scopes filled in from their wholes.
        query: Its kind, unit, places, tellers and day of knowledge choose the totals.
        ground: What lies in what.
    """
    known = [claim for claim in claims if _speaks(claim, query, ground)]
    of_teller: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in known:
        of_teller[claim.originator, claim.edition or ""].append(claim)
    taken_back = {claim.retracts for claim in known if claim.retracts}
    found: list[Jump] = []
    for _, mine in sorted(of_teller.items()):
        totals = _totals(mine)
        for series in _series(totals):
            found += [_jump(early, late, totals, taken_back) for early, late in pairwise(series)]
    return tuple(found)


def _speaks(claim: Claim, query: Query, ground: Ground) -> bool:
    if (claim.kind, claim.unit) != (query.kind, query.unit) or ceiling_of(claim) is not None:
        return False
    if query.tellers and claim.originator not in query.tellers:
        return False
    if query.as_of is not None and (claim.published is None or claim.published > query.as_of):
        return False
    return not query.where or any(
        ground.contains("where", outer, inner) for outer in query.where for inner in claim.where
    )


def _totals(claims: Sequence[Claim]) -> list[Total]:
    adds = frozenset(
        (c.source, c.counted.until.day.toordinal())
        for c in claims
        if c.counted.after and c.counted.until and not c.counted.until.time
    )
    dated = [claim for claim in claims if claim.counted.until]
    return [Total(claim, *marks_of(claim, adds)) for claim in dated]


def _series(totals: Iterable[Total]) -> list[list[Total]]:
    """Return the running totals of each stated scope in order, the widest of each mark.

    A total that counts from a mark on, for more than a day, is a phase of the same series.
    """
    found: dict[_Key, dict[Moment, Total]] = defaultdict(dict)
    for total in totals:
        is_phase = not total.is_stock and total.until.day - total.after.day > 1
        if total.claim.role in ("new", "previous") or not (total.is_stock or is_phase):
            continue
        key = _key(total)
        if is_phase:
            key = next((known for known in found if known[:4] == key[:4]), key)
        at_this_mark = found[key].setdefault(total.until, total)
        found[key][total.until] = max(at_this_mark, total, key=_size)
    before = [total for total in totals if total.claim.role == "previous"]
    return [_with_replaced(_in_order(series.values()), before) for series in found.values()]


def _key(total: Total) -> _Key:
    claim = total.claim
    first = claim.during.first if claim.during and total.is_stock else None
    return claim.where, claim.to, claim.whom, claim.by, first


def _with_replaced(series: Sequence[Total], before: Sequence[Total]) -> list[Total]:
    """Put in what a text says that its total replaces, where the series does not hold it."""
    found: list[Total] = []
    for late in series:
        replaced = [
            each for each in before if each.until.day == late.until.day and _key(each) == _key(late)
        ]
        known = {each.claim.lo for each in found}
        known.add(late.claim.lo)
        found += [each for each in replaced[:1] if each.claim.lo not in known]
        found.append(late)
    return found


def _size(total: Total) -> tuple[int, str]:
    return total.claim.lo, total.claim.id


def _in_order(series: Iterable[Total]) -> list[Total]:
    """Return totals by day and time; of one day and number, told by several, the first by id."""
    told: dict[tuple[int, str, int], Total] = {}
    for total in sorted(series, key=lambda each: each.claim.id):
        time = total.until.detail if total.until.form == "time" else ""
        told.setdefault((total.until.day, time, total.claim.lo), total)
    return [told[at] for at in sorted(told)]


def _jump(early: Total, late: Total, totals: Sequence[Total], taken_back: set[str]) -> Jump:
    kind = _kind(early, late, taken_back)
    was, now = early.claim.lo, late.claim.lo
    growth = now if kind == "restarted" else now - was
    pieces = pieces_of(early, late, totals) if kind in ("grew", "extended") else []
    left = growth - sum(piece.people for piece in pieces)
    return Jump(
        originator=late.claim.originator,
        edition=late.claim.edition,
        scope=_scope(late.claim),
        kind=kind,
        claims=(early.claim.id, late.claim.id),
        marks=(str(early.claim.counted.until), str(late.claim.counted.until)),
        was=was,
        now=now,
        pieces=tuple(pieces),
        unexplained=max(left, 0) if kind in ("grew", "extended") else 0,
    )


def _kind(early: Total, late: Total, taken_back: set[str]) -> str:
    if not late.is_stock and late.after != early.after:
        return "restarted"
    if late.claim.supersedes == early.claim.id:
        return "corrected"
    if early.claim.id in taken_back:
        return "retracted"
    if late.claim.lo < early.claim.lo:
        return "fell"
    if not late.runs and early.claim.during and late.last > early.last:
        return "extended"
    return "grew" if late.claim.lo > early.claim.lo else "stayed"


def _scope(claim: Claim) -> str:
    what = claim.kind if claim.unit == "persons" else f"{claim.kind} {claim.unit}"
    where = " + ".join(claim.where) or "?"
    to = f"{where} > {' + '.join(claim.to)}" if claim.to else where
    parts = [
        what,
        print_whom(claim.whom) if claim.whom else "",
        to,
        f"by {claim.by}" if claim.by else "",
    ]
    return " | ".join(part for part in parts if part)
