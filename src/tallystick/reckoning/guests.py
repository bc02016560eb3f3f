"""Seat wide rows as guests in the cluster of their own bulletin, and send away those that cost.

A bulletin that counts the dead of one village and adds "40 of them women", with no place or day,
speaks of the people whom it has just counted. Where such a row sits decides no bound: it only
says where to try first. With its guests a cluster's bound is reached by people of this cluster;
without those that cost something it is proved. Where both are one, nothing more is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Shared, Sheet
from tallystick.reckoning.frames import Cluster, Rows
from tallystick.reckoning.ground import Forests
from tallystick.reckoning.marks import END, Moment
from tallystick.reckoning.program import Answer, Number
from tallystick.reckoning.scope import Asked, meet_of_tiles
from tallystick.reckoning.tally import Cell, Kindred, Tally

__all__ = ["Packed", "Part", "Seated", "anchors_of"]

Part = tuple[Cluster, Asked]
_Places = tuple[str, ...]
# A near row: its first and last day, its least number, its index, its places.
_Beside = tuple[int, int, int, int, _Places]
# A side without its tally: teller, rows, kinds, numbers, prices, weights, stretch, gives_way.
_PackedSide = tuple[
    int,
    tuple[int, ...],
    Sequence[Kindred],
    Sequence[Number],
    Sequence[Number],
    Mapping[Cell, Number],
    Fraction,
    Number,
]
# An answer as it travels between processes: value, sides, cover.
Packed = tuple[Fraction, Sequence[_PackedSide], Mapping[Cell, Number]]


def anchors_of(tally: Tally, near: Collection[int], ground: Forests) -> dict[int, int]:
    """Return for rows of a tally that are not near the likeliest near row of their bulletin."""
    bulletins: dict[Moment, list[_Beside]] = defaultdict(list)
    for r in sorted(near):
        row = tally.rows[r]
        if row.lo:
            scope = row.region.scope
            bulletins[row.region.until].append((scope.first, scope.last, row.lo, r, scope.places))
    may_meet = _Meeting(ground)
    found = {}
    for r, row in enumerate(tally.rows):
        beside = bulletins.get(row.region.until)
        if beside and r not in near and row.region.until != END:
            anchor = _likeliest(row, beside, tally, may_meet)
            if anchor is not None:
                found[r] = anchor
    return found


def _likeliest(row: Row, beside: Sequence[_Beside], tally: Tally, may_meet: _Meeting) -> int | None:
    """Return the near row that a wide one most likely speaks of; None if it cannot be any.

    That is the one that looks least as if the wide one spoke of more people than its own.
    """
    best: tuple[bool, bool, int, int] | None = None
    wide = row.region.scope
    places = wide.places
    for first, last, lo, n, there in beside:
        if first <= wide.last and wide.first <= last:
            other_days = first != wide.first or last != wide.last
            rank = (other_days, lo < row.lo, abs(lo - row.lo), n)
            if (best is None or rank < best) and may_meet(places, there):
                best = rank if _share(row, tally.rows[n], may_meet.ground) else best
    return None if best is None else best[-1]


class _Meeting:
    """Say whether some places share people with others; none named are all."""

    def __init__(self, ground: Forests) -> None:
        self.ground = ground
        self._known: dict[tuple[_Places, _Places], bool] = {}

    def __call__(self, one: _Places, other: _Places) -> bool:
        if not one or not other:
            return True
        if (one, other) not in self._known:
            meet = self.ground.meet
            self._known[one, other] = any(
                meet("where", a, b) is not None for a in one for b in other
            )
        return self._known[one, other]


def _share(wide: Row, near: Row, ground: Forests) -> bool:
    """Say whether people so described may be the same, days left aside."""
    tiles = near.region.scope.tiles()
    return any(
        meet_of_tiles(a, b, ground) is not None for a in wide.region.scope.tiles() for b in tiles
    )


@dataclass(slots=True)
class Seated:
    """Hold one cluster while it is asked.

    Args:
        part: The cluster and the question.
        gone: Guests that cost something, and were sent away.
        full: The answer with all guests, once some are gone.
        sheet: The programme, while it is not answered.
        last: The last answer.
        is_torn: Some tally disagrees with itself: all are asked with their least stretch.
    """

    part: Part
    gone: frozenset[tuple[int, int]] = frozenset()
    full: Shared | None = None
    sheet: Sheet | None = None
    last: Shared | None = None
    is_torn: bool = False

    @property
    def rows(self) -> Rows:
        """Return the rows that are still there."""
        rows = self.part[0].rows
        if not self.gone:
            return rows
        left = [(i, tuple(r for r in ids if (i, r) not in self.gone)) for i, ids in rows]
        return tuple((i, ids) for i, ids in left if ids)

    def is_done(self, answer: Answer) -> bool:
        """Take an answer; say whether nothing more need be asked."""
        assert self.sheet is not None, "who is answered has a sheet"
        if not self.sheet.take(answer):
            return False
        if self.sheet.shared is None:
            self.is_torn, self.sheet = True, None
            return False
        return self._is_settled(self.sheet.shared)

    def _is_settled(self, shared: Shared) -> bool:
        """Say whether no guest costs anything; send away those that do."""
        self.last = shared
        costly = self._costly(shared)
        if costly:
            self.full = self.full or shared
            self.gone |= costly
            self.sheet = None
        return not costly

    def _costly(self, shared: Shared) -> frozenset[tuple[int, int]]:
        guests = self.part[0].guests - self.gone
        if not guests:
            return frozenset()
        return frozenset(
            (i, r)
            for (i, ids), side in zip(self.rows, shared.sides, strict=True)
            for r, price in zip(ids, side.prices, strict=True)
            if price and (i, r) in guests
        )

    def packed(self) -> Packed:
        """Return the answer: with all guests, if they cost nothing in the end."""
        bare, full = self.last, self.full
        assert bare is not None, "it has been asked"
        is_full = full is not None and _alike(full, bare)
        people, rows = (full, self.part[0].rows) if full and is_full else (bare, self.rows)
        sides = []
        # A guest sits beside a row of its own teller, so every teller stays.
        for (i, ids), (_, kept), side, proof in zip(
            rows, self.rows, people.sides, bare.sides, strict=True
        ):
            price = dict(zip(kept, proof.prices, strict=True))
            prices = [price.get(r, 0) for r in ids]
            made = (side.kinds, side.numbers, prices, proof.weights, proof.stretch, proof.gives_way)
            sides.append((i, ids, *made))
        return people.value, sides, people.cover


def _alike(full: Shared, bare: Shared) -> bool:
    """Say whether two answers give one bound, and their tallies give way alike.

    A guest that disagrees with its own bulletin makes its tally give way further: then the proof
    without it does not speak of these people.
    """
    stretches = zip(full.sides, bare.sides, strict=True)
    return full.value == bare.value and all(a.stretch == b.stretch for a, b in stretches)
