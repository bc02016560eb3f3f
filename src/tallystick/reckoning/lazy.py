"""Find a bound from the few claims that it needs, and prove that the others change nothing.

A book may hold a million claims, but a bound rests on few of them. The rows of one unit and few
days fall into clusters that share no person and no cell; each is solved alone. A wide row (of a
whole country, of unknown days) first sits as a guest in the cluster of its own bulletin: if it
costs nothing there, it changes no bound. What is no guest is kept in mind, and checked at the
end against all the people found; only a row that they do not keep is entered for good, and joins
the clusters that it spans. At the end the people keep every row of every tally, so the bound is
the one of the whole book, and its proof names only the rows that were entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import compress

from tallystick.reckoning.alike import KeeperOfAll
from tallystick.reckoning.audit import People
from tallystick.reckoning.bounds import Shared, Sheet, Side, least_stretch
from tallystick.reckoning.clusters import Atlas, clusters_of
from tallystick.reckoning.crew import in_order
from tallystick.reckoning.exact import best_of_each
from tallystick.reckoning.frames import ANYBODY, Cluster, Frame, Rows
from tallystick.reckoning.guests import Packed, Part, Seated, anchors_of
from tallystick.reckoning.keeping import Keeper
from tallystick.reckoning.kept import placed
from tallystick.reckoning.lending import Solved
from tallystick.reckoning.match import Matching
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.tally import Tally

__all__ = ["Lazy", "Matcher", "Stretches"]

# A book of so few rows is entered whole; of a larger one, at first only what is near and short.
WHOLE = 300
SHORT_DAYS = 10
BATCH = 8

_CALM: tuple[Fraction, Sequence[Number]] = (Fraction(0), ())

# By how much some rows of a tally must give way, and the multipliers that prove it.
Stretches = dict[tuple[int, tuple[int, ...]], tuple[Fraction, Sequence[Number]]]

Matcher = Callable[[Sequence[Tally], Asked, tuple[int, int] | None], Matching]


class Lazy:
    """Answer questions on some tallies, keeping what was solved before.

    Args:
        keeper: Of the tallies, one for each teller: says which rows the people found do not keep.
        atlas: The places that rows name.
        matcher: Returns where people of some tellers may be the same.
        near_days: How many days apart people of two tellers may still be the same; None = the
            book is always asked whole.
        stretches: What is known of how tallies give way; what is found is written there.
        cores: How many processes may work at a time.

    Invariant: ``entered`` only grows and guests only leave, and no answer depends on what they
    were before.
    """

    def __init__(
        self,
        keeper: Keeper | KeeperOfAll,
        atlas: Atlas,
        matcher: Matcher,
        near_days: int | None,
        stretches: Stretches,
        cores: int,
    ) -> None:
        self.cores = cores
        self.tallies, self.ground = (tallies := keeper.tallies), atlas.ground
        self.matcher, self.near_days = matcher, near_days
        self.footprints = [
            [atlas.footprint(row.region.scope) for row in tally.rows] for tally in tallies
        ]
        self.is_whole = near_days is None or sum(len(t.rows) for t in tallies) <= WHOLE
        self.entered = [
            {r for r, foot in enumerate(feet) if self.is_whole or atlas.is_near(foot, SHORT_DAYS)}
            for feet in self.footprints
        ]
        self.anchors: list[dict[int, int]] = [{} for _ in tallies]
        if not self.is_whole:
            self.anchors = [
                anchors_of(tally, near, self.ground)
                for tally, near in zip(tallies, self.entered, strict=True)
            ]
        self._keeper = keeper
        self._frames: dict[tuple[int, ...], Frame] = {}
        self._left: dict[int, list[int]] = {}
        self._found: dict[int, tuple[People, list[Number]]] = {}
        self._known: dict[tuple[Rows, frozenset[tuple[int, int]]], Cluster] = {}
        self._solved: dict[tuple[Cluster, Asked], Shared] = {}
        self._stretch = stretches

    def fewest(self, asked: Asked, members: Sequence[int]) -> Shared:
        """Return the fewest people within a question behind the tallies of these indexes."""
        found = self._answers(asked, tuple(members))
        return Shared(
            _sum(found),
            tuple(side for shared in found for side in shared.sides),
            {cell: number for shared in found for cell, number in shared.cover.items()},
        )

    def prepare(self, asked: Sequence[Asked], members: tuple[int, ...]) -> None:
        """Solve together all clusters that several questions concern."""
        frame = self._frame(members)
        parts = {(cluster, ANYBODY): None for cluster in frame.clusters if not self.is_whole}
        for each in asked:
            inside, touched = frame.concerned(each)
            parts |= {(frame.clusters[n], ANYBODY): None for n in inside}
            parts |= {(frame.clusters[n], each): None for n in touched}
        self._solve(parts)

    def least(self, asked: Asked, members: Sequence[int]) -> Fraction:
        """Return how many ``fewest`` would find, and no more."""
        return _sum(self._answers(asked, tuple(members)))

    def at_most(self, asked: Asked, index: int) -> Number | None:
        """Return a number that ``least`` of one tally does not pass, without solving for it.

        The people found for anybody keep the whole tally; so do those of them who stand in the
        question's places and days. None where that does not help.
        """
        if self.is_whole or asked.names_more_than_place_and_days:
            return None
        if index not in self._found:
            answers = self._answers(ANYBODY, (index,))
            sides = [side for shared in answers for side in shared.sides]
            people = People([each for side in sides for each in placed(side)], self.ground)
            self._found[index] = people, [n for side in sides for n in side.numbers]
        people, numbers = self._found[index]
        return sum(compress(numbers, people.standing_in(asked.scope)))

    def _answers(self, asked: Asked, members: tuple[int, ...]) -> list[Shared]:
        """Return the answers of the clusters that a question concerns."""
        while True:
            frame = self._frame(members)
            inside, touched = frame.concerned(asked)
            clusters = frame.clusters
            if not self.is_whole:
                self._solve([(cluster, ANYBODY) for cluster in clusters])
            self._solve([(clusters[n], ANYBODY) for n in inside])
            self._solve([(clusters[n], asked) for n in touched])
            found = [self._solved[clusters[n], ANYBODY] for n in inside]
            found += (here := [self._solved[clusters[n], asked] for n in touched])
            if self.is_whole:
                return found
            broken = self._keeper.broken(
                asked,
                partial(self._of_anybody, frame),
                [(clusters[n], shared) for n, shared in zip(touched, here, strict=True)],
                {i: self._unsettled(i) for i in members},
            )
            if not broken:
                return found
            self._enter(broken)

    def _of_anybody(self, frame: Frame) -> list[Solved]:
        return [(cluster, self._solved[cluster, ANYBODY]) for cluster in frame.clusters]

    def stretch(self, index: int) -> Fraction:
        """Return by how much one tally must give way in all."""
        self.fewest(ANYBODY, [index])
        parts = [rows for c in self._frame((index,)).clusters for _, rows in c.rows]
        return sum((self._stretched(index, rows)[0] for rows in parts), Fraction(0))

    def proof_of_stretch(self, side: Side) -> Sequence[Number]:
        """Return the multipliers on a side's rows that prove its stretch."""
        return least_stretch(side.tally)[1]

    def _unsettled(self, index: int) -> list[int]:
        if index not in self._left:
            entered = self.entered[index]
            left = [r for r in range(len(self.tallies[index].rows)) if r not in entered]
            self._left[index] = left
        return self._left[index]

    def _enter(self, broken: Mapping[int, Iterable[int]]) -> None:
        for i, rows in broken.items():
            for r in rows:
                self.entered[i].add(r)
                self.anchors[i].pop(r, None)
            self._left.pop(i, None)
        for members in [key for key in self._frames if not broken.keys().isdisjoint(key)]:
            del self._frames[members]

    def _frame(self, members: tuple[int, ...]) -> Frame:
        if members not in self._frames:
            listed = [(i, r) for i in members for r in sorted(self.entered[i])]
            feet = [self.footprints[i][r] for i, r in listed]
            guests: dict[tuple[int, int], list[int]] = defaultdict(list)
            for i in members:
                for guest, anchor in self.anchors[i].items():
                    guests[i, anchor].append(guest)
            clusters = [
                self._cluster([listed[place] for place in places], guests)
                for places in clusters_of(feet, self.near_days)
            ]
            self._frames[members] = Frame(clusters, self.ground)
        return self._frames[members]

    def _cluster(
        self, own: Sequence[tuple[int, int]], guests: Mapping[tuple[int, int], list[int]]
    ) -> Cluster:
        rows: dict[int, list[int]] = defaultdict(list)
        here = []
        for i, r in own:
            rows[i].append(r)
            for guest in guests.get((i, r), ()):
                rows[i].append(guest)
                here.append((i, guest))
        scopes = {self.tallies[i].rows[r].region.scope: None for i, r in own}
        window = (min(s.first for s in scopes), max(s.last for s in scopes))
        key = tuple((i, tuple(sorted(rows[i]))) for i in sorted(rows)), frozenset(here)
        if key not in self._known:
            self._known[key] = Cluster(*key, tuple(scopes), None if self.is_whole else window)
        return self._known[key]

    def _sub(self, index: int, rows: tuple[int, ...]) -> Tally:
        whole = self.tallies[index]
        if len(rows) == len(whole.rows):
            return whole
        return Tally(replace(whole.teller, rows=tuple(whole.rows[r] for r in rows)), self.ground)

    def _stretched(self, index: int, rows: tuple[int, ...]) -> tuple[Fraction, Sequence[Number]]:
        key = (index, rows)
        if key not in self._stretch:
            self._stretch[key] = least_stretch(self._sub(index, rows))
        return self._stretch[key]

    def _solve(self, parts: Iterable[Part]) -> None:
        """Solve clusters and write down their answers."""
        asked = [part for part in parts if part not in self._solved]
        # Which of several proofs is found must not depend on what else is asked of a small book.
        size = 1 if self.is_whole else BATCH
        pieces = [asked[n : n + size] for n in range(0, len(asked), size)]
        for piece, answers in zip(
            pieces, in_order(self._solve_piece, pieces, self.cores), strict=True
        ):
            for part, answer in zip(piece, answers, strict=True):
                self._solved[part] = self._unpacked(answer)

    def _solve_piece(self, piece: Sequence[Part]) -> list[Packed]:
        """Solve some clusters side by side, and again those of which more must be asked."""
        seated = [Seated(part) for part in piece]
        ahead = seated
        while ahead:
            for each in ahead:
                each.sheet = each.sheet or self._sheet(each)
            answers = best_of_each([each.sheet.programme() for each in ahead if each.sheet])
            pairs = zip(ahead, answers, strict=True)
            ahead = [each for each, answer in pairs if not each.is_done(answer)]
        return [each.packed() for each in seated]

    def _unpacked(self, packed: Packed) -> Shared:
        value, sides, cover = packed
        found = []
        for i, ids, kinds, numbers, prices, weights, stretch, gives_way in sides:
            if not stretch:
                self._stretch.setdefault((i, ids), _CALM)
            tally = self._sub(i, ids)
            found.append(Side(tally, kinds, numbers, prices, weights, stretch, gives_way))
        return Shared(value, tuple(found), cover)

    def _sheet(self, seated: Seated) -> Sheet:
        """Return the question to a cluster: of the same words whatever was asked before."""
        cluster, asked = seated.part
        known = [self._stretch.get(each, _CALM)[0] for each in seated.rows]
        is_torn = seated.is_torn or any(known)
        tallies = []
        for i, rows in seated.rows:
            tally = self._sub(i, rows)
            is_calm = all(row.hi is None for row in tally.rows)
            exact = self._stretched(i, rows)[0] if is_torn else None
            tallies.append((tally, Fraction(0) if is_calm else exact))
        matching = self.matcher([tally for tally, _ in tallies], asked, cluster.window)
        return Sheet(tallies, asked, matching)


def _sum(answers: Iterable[Shared]) -> Fraction:
    whole, rest = 0, Fraction(0)
    for shared in answers:
        if shared.value.denominator == 1:
            whole += shared.value.numerator
        else:
            rest += shared.value
    return whole + rest
