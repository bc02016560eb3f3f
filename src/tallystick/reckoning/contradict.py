"""Find smallest sets of one tally's claims that exclude each other.

Each set is proved: its least stretch is above 0 by exact multipliers, and 0 when any one claim
is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import least_stretch
from tallystick.reckoning.program import Number
from tallystick.reckoning.tally import Tally

__all__ = ["Contradiction", "Search", "contradictions"]

# How many sub-tallies are tried in search of further sets.
_TRIES = 120


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Hold a set of rows of one tally that have no solution, and why.

    Args:
        rows: The rows, irreducible by claims.
        stretch: By how much they must give way in all.
        multipliers: One a row, that prove it.
    """

    rows: tuple[Row, ...]
    stretch: Fraction
    multipliers: tuple[Number, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(sorted({row.claim for row in self.rows}))


@dataclass(frozen=True, slots=True)
class Search:
    """Hold the contradictory sets that were found.

    Args:
        sets: By size, then by ids.
        is_whole: There are no others.
    """

    sets: tuple[Contradiction, ...]
    is_whole: bool


def contradictions(tally: Tally) -> Search:
    """Return the smallest contradictory sets of a tally's claims.

    Method:
        Reiter's hitting-set tree over irreducible sets (Reiter 1987): each found set is broken
        at each of its claims in turn, and what is left is searched again. The tree is cut after
        a fixed number of tries; the search then says that it is not whole.
    """
    found: dict[tuple[str, ...], Contradiction] = {}
    ahead: list[frozenset[str]] = [frozenset()]
    seen = set(ahead)
    tries = 0
    while ahead and tries < _TRIES:
        left_out = ahead.pop(0)
        known = next((c for c in found.values() if left_out.isdisjoint(c.claims)), None)
        if known is None:
            tries += 1
            known = _irreducible(tally, left_out)
            if known is None:
                continue
            found[known.claims] = known
        for claim in known.claims:
            wider = left_out | {claim}
            if wider not in seen:
                seen.add(wider)
                ahead.append(wider)
    ordered = sorted(found.values(), key=lambda c: (len(c.claims), c.claims))
    return Search(tuple(ordered), not ahead)


def _irreducible(tally: Tally, left_out: frozenset[str]) -> Contradiction | None:
    rows = [row for row in tally.rows if row.claim not in left_out]
    stretch, multipliers = _tried(tally, rows)
    if not stretch:
        return None
    needed = {row.claim for row, number in zip(rows, multipliers, strict=True) if number}
    rows = [row for row in rows if row.claim in needed]
    for claim in sorted(needed, reverse=True):
        fewer = [row for row in rows if row.claim != claim]
        if _tried(tally, fewer)[0]:
            rows = fewer
    stretch, multipliers = _tried(tally, rows)
    return Contradiction(tuple(rows), stretch, tuple(multipliers))


def _tried(tally: Tally, rows: Sequence[Row]) -> tuple[Fraction, Sequence[Number]]:
    return least_stretch(Tally(replace(tally.teller, rows=tuple(rows)), tally.ground))
