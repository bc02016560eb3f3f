"""Say why one teller's own tally holds at least and at most so many: the sums behind its range.

A range that follows from other numbers was said by nobody, so its arithmetic is told: of 4 to 6
killed, 2 civilians and 1 to 2 fighters, the rest are 4 - 2 - 2 = 0 at least and 6 - 2 - 1 = 3 at
most. The multipliers are exact, and prove each end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from tallystick.reckoning.desk import Desk, in_days_spoken_of
from tallystick.reckoning.exact import best
from tallystick.reckoning.marks import END, Moment
from tallystick.reckoning.program import Number, Program
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.tally import Tally, bits
from tallystick.terms import NAMES

__all__ = ["OwnRange", "ranges_of"]

# A tally of more rows has sums that nobody would read.
_MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class OwnRange:
    """Hold what one teller's own tally says of a question, and the sums behind it.

    Args:
        originator: The teller.
        lo: At least.
        hi: At most; None = it gives no upper end.
        at_least: The sum that proves ``lo``; empty if it is nought.
        at_most: The sum that proves ``hi``.
    """

    originator: str
    lo: int
    hi: int | None
    at_least: str
    at_most: str

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


def ranges_of(desk: Desk, asked: Asked) -> tuple[OwnRange, ...]:
    """Return the range of each teller's own series that agrees with itself and speaks of this."""
    found = []
    for tally in desk.tallies:
        teller = tally.teller
        if teller.originator == NAMES or teller.edition or len(tally.rows) > _MOST_ROWS:
            continue
        if desk.stretch(tally) or not desk.may_label(tally, asked):
            continue
        lo, hi = desk.claimed(tally, asked)
        if lo or hi:
            found.append(_range(tally, asked, lo, hi))
    return tuple(found)


def _range(tally: Tally, asked: Asked, lo: int, hi: int | None) -> OwnRange:
    least, sums = _extreme(tally, asked, END, 1)
    at_least = _said(sums, least) if ceil(least) == lo else ""
    at_most = ""
    if hi is not None:
        within = in_days_spoken_of(tally, asked)
        marks = {row.region.until for row in tally.rows if row.hi is not None}
        for mark in sorted(marks):
            if _is_bounded(tally, within, mark):
                most, sums = _extreme(tally, within, mark, -1)
                if floor(-most) == hi:
                    at_most = _said([(-times, end) for times, end in sums], -most)
    return OwnRange(tally.teller.originator, lo, hi, at_least, at_most)


def _is_bounded(tally: Tally, asked: Asked, mark: Moment) -> bool:
    ends = sum(1 << r for r, row in enumerate(tally.rows) if row.hi is not None)
    return all(k.rows & ends for k in tally.kinds_at(asked, mark) if k.cell is not None)


def _extreme(
    tally: Tally, asked: Asked, mark: Moment, sign: int
) -> tuple[Fraction, list[tuple[Number, int]]]:
    """Return the least of ``sign`` times the people asked for, and the ends times multipliers."""
    program = Program()
    for row in tally.rows:
        program.add_row(row.lo, row.hi)
    for kind in tally.kinds_at(asked, mark):
        program.add_column(sign * (kind.cell is not None), bits(kind.rows))
    answer = best(program)
    ends = [
        (price, row.lo if price > 0 else row.hi or 0)
        for price, row in zip(answer.y, tally.rows, strict=True)
        if price
    ]
    return answer.value, ends


def _said(sums: Sequence[tuple[Number, int]], total: Fraction) -> str:
    """Return a sum in words: “6 - 2 - 1 = 3”; a number alone is no sum."""
    terms = sorted(((times, end) for times, end in sums if end), key=lambda t: (-t[0], -t[1]))
    if not terms:
        return ""
    told = ""
    for times, end in terms:
        size = abs(times)
        number = f"{end:,}" if size == 1 else f"{size} × {end:,}"
        joint = (" + " if told else "") if times > 0 else " - "
        told += f"{joint}{number}"
    return f"{told} = {total}" if len(terms) > 1 else told
