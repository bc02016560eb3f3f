"""Find what accounts for the growth of a running total between two marks.

A longer window of days, additions that the teller states, a part told as new, or the totals of
single places: the first of these that claims state. What they leave is nobody's word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallystick.reckoning.marks import Moment
from tallystick.records import Claim

__all__ = ["Piece", "Total", "pieces_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one part of a change that claims account for.

    Args:
        people: How many.
        says: Of what kind they are.
        claims: Ids of the claims that say so.
    """

    people: int
    says: str
    claims: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {"people": self.people, "says": self.says, "claims": list(self.claims)}


@dataclass(frozen=True, slots=True)
class Total:
    """Hold a running total, or the additions of some days (``after`` is then a mark)."""

    claim: Claim
    after: Moment
    until: Moment

    @property
    def is_stock(self) -> bool:
        return self.after.form == "start"

    @property
    def runs(self) -> bool:
        """Say whether its window of days ends at its own mark: “since 6 March”."""
        days, until = self.claim.during, self.claim.counted.until
        return days is None or (until is not None and days.last == until.day)

    @property
    def last(self) -> int:
        """Return the ordinal of the last day of its window; 0 without one."""
        return self.claim.during.last.toordinal() if self.claim.during else 0


def pieces_of(early: Total, late: Total, totals: Sequence[Total]) -> list[Piece]:
    """Return what accounts for a growth: a longer window, else additions, else places."""
    if not late.runs and late.last > early.last:
        found = _longer_window(early, late, totals)
    else:
        found = _additions(early, late, totals)
    return found or _told_as_new(early, late, totals) or _by_place(early, late, totals)


def _told_as_new(early: Total, late: Total, totals: Sequence[Total]) -> list[Piece]:
    """Return the part of the later total that is just as many as it grew by."""
    growth = late.claim.lo - early.claim.lo
    for each in totals:
        is_part = each.claim.role == "subset" and each.until.day == late.until.day
        is_part = is_part and _same_people(each.claim, late.claim)
        if is_part and each.claim.lo == growth:
            return [Piece(growth, "told as new", (each.claim.id,))]
    return []


def _longer_window(early: Total, late: Total, totals: Sequence[Total]) -> list[Piece]:
    newer = [
        each.claim
        for each in totals
        if each.until == late.until
        and _same_people(each.claim, late.claim)
        and each.claim.during
        and each.claim.during.first.toordinal() > early.last
        and each.last == late.last
    ]
    if not newer:
        return []
    (claim, *_) = newer
    days = claim.during
    assert days is not None, "only claims with days were kept"
    old = late.claim.lo - claim.lo - early.claim.lo
    found = [Piece(claim.lo, f"harmed in the days that are new ({days})", (claim.id,))]
    if old > 0:
        ids = (early.claim.id, late.claim.id, claim.id)
        found.append(Piece(old, "harmed in the earlier window and counted since", ids))
    return found


def _additions(early: Total, late: Total, totals: Sequence[Total]) -> list[Piece]:
    """Return the additions between two marks, each of some days once, the widest scope first."""
    between = [
        each
        for each in totals
        if not each.is_stock
        and each.claim.whom == late.claim.whom
        and each.claim.by == late.claim.by
        and set(each.claim.where) <= set(late.claim.where)
        and early.until.day <= each.after.day < each.until.day <= late.until.day
    ]
    by_days: dict[tuple[int, int], list[Total]] = defaultdict(list)
    for each in between:
        by_days[each.after.day, each.until.day].append(each)
    found = []
    for _, same_days in sorted(by_days.items()):
        whole = max(
            same_days, key=lambda each: (each.claim.lo, len(each.claim.where), each.claim.id)
        )
        found.append(_addition(whole, same_days, early))
    return found


def _addition(whole: Total, same_days: Sequence[Total], early: Total) -> Piece:
    claim = whole.claim
    counted = claim.counted
    says = f"added from {counted.after} to {counted.until}"
    parts = [each.claim for each in same_days if each.claim.part_of == claim.id]
    places = [part for part in parts if part.where != claim.where and len(part.where) == 1]
    if places:
        told = (f"{part.lo:,} {part.where[0]}" for part in sorted(places, key=lambda c: -c.lo))
        says += f" ({', '.join(told)})"
    before = [
        each.claim
        for each in same_days
        if each.claim.during and each.last <= early.until.day and each.claim.lo < claim.lo
    ]
    if before:
        late = max(before, key=lambda each: each.lo)
        says += f", {late.lo:,} of them harmed by {late.during.last if late.during else ''}"
        parts.append(late)
    ids = dict.fromkeys([claim.id, *(part.id for part in (*places, *before))])
    return Piece(claim.lo, says, tuple(ids))


def _by_place(early: Total, late: Total, totals: Sequence[Total]) -> list[Piece]:
    """Return by how much the totals of each place grew, where both marks state them."""
    then, since = (_places(total, totals) for total in (early, late))
    found = []
    for place in sorted(then.keys() & since.keys()):
        one, other = then[place], since[place]
        if other.lo > one.lo:
            says = f"more in {place} ({one.lo:,} to {other.lo:,})"
            found.append(Piece(other.lo - one.lo, says, (one.id, other.id)))
    whole = late.claim.lo - early.claim.lo
    return found if sum(piece.people for piece in found) <= whole else []


def _places(total: Total, totals: Sequence[Total]) -> Mapping[str, Claim]:
    return {
        each.claim.where[0]: each.claim
        for each in totals
        if each.is_stock
        and each.until == total.until
        and each.claim.whom == total.claim.whom
        and each.claim.by == total.claim.by
        and len(each.claim.where) == 1
        and len(total.claim.where) > 1
        and each.claim.where[0] in total.claim.where
    }


def _same_people(one: Claim, other: Claim) -> bool:
    return (one.where, one.whom, one.by, one.to) == (other.where, other.whom, other.by, other.to)
