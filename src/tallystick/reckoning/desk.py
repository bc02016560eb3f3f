"""Keep what several questions of one book share: tallies, their stretch, and bounds found before.

The desk holds state and decides nothing; each answer comes from the pure functions beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from tallystick.reckoning.admit import Book
from tallystick.reckoning.bounds import Shared, fewest, fewest_in, least_stretch, most_in
from tallystick.reckoning.contradict import Contradiction, contradictions
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.match import Matching, matching_of, units_of
from tallystick.reckoning.options import Apart, Options
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import EVER, NEVER, Asked
from tallystick.reckoning.tally import Tally

__all__ = ["Desk"]


class Desk:
    """Answer questions on one book."""

    def __init__(self, book: Book, ground: Ground, options: Options) -> None:
        self.book = book
        self.ground = ground
        self.options = options
        self.tallies = [Tally(teller, ground) for teller in book.tellers]
        self._stretch: dict[tuple[str, str, str], tuple[Fraction, Sequence[Number]]] = {}
        self._contradictions: dict[tuple[str, str, str], list[Contradiction]] = {}
        self._least: dict[tuple[tuple[str, str, str], Asked], Fraction] = {}
        self._shared: dict[tuple[Asked, frozenset[str], Apart], Shared] = {}

    def stretch(self, tally: Tally) -> Fraction:
        """Return by how much a tally must give way; 0 where its figures agree."""
        return self._stretched(tally)[0]

    def stretch_proof(self, tally: Tally) -> Sequence[Number]:
        """Return the multipliers on a tally's rows that prove its stretch."""
        return self._stretched(tally)[1]

    def _stretched(self, tally: Tally) -> tuple[Fraction, Sequence[Number]]:
        key = tally.teller.key
        if key not in self._stretch:
            self._stretch[key] = least_stretch(tally)
        return self._stretch[key]

    def contradictions(self, tally: Tally) -> list[Contradiction]:
        """Return smallest sets of a tally's claims that exclude each other."""
        if not self.stretch(tally):
            return []
        key = tally.teller.key
        if key not in self._contradictions:
            self._contradictions[key] = contradictions(tally, self.options.sets)
        return self._contradictions[key]

    def least(self, tally: Tally, asked: Asked) -> Fraction:
        """Return the fewest people whom one tally holds."""
        key = (tally.teller.key, asked)
        if key not in self._least:
            self._least[key] = fewest_in(tally, asked, self.stretch(tally))
        return self._least[key]

    def claimed(self, tally: Tally, asked: Asked) -> tuple[int, int | None]:
        """Return the fewest and most people whom one tally holds; None = no upper end."""
        lo = ceil(self.least(tally, asked))
        most = most_in(tally, _in_days_spoken_of(tally, asked), self.stretch(tally))
        hi = None if most is None or most < lo else floor(most)
        return lo, hi

    def speaking(self, asked: Asked, struck: Collection[str] = ()) -> list[Tally]:
        """Return the tallies that hold anybody within a question; the others change no bound."""
        return [
            tally
            for tally in self.tallies
            if tally.teller.voice not in struck
            and self.may_label(tally, asked)
            and self.least(tally, asked) > 0
        ]

    def may_label(self, tally: Tally, asked: Asked) -> bool:
        """Say whether the question takes this teller's word on labels."""
        allowed = self.options.labels_from
        return not (allowed and asked.names_a_label) or tally.teller.originator in allowed

    def fewest(
        self, asked: Asked, struck: frozenset[str] = frozenset(), apart: Apart | None = None
    ) -> Shared:
        """Return the fewest people behind all tallies, without some voices."""
        how = apart or self.options.apart
        key = (asked, struck, how)
        if key not in self._shared:
            speaking = self.speaking(asked, struck)
            matching = self.matching(speaking, asked, how)
            sides: Sequence[tuple[Tally, Fraction]] = [(t, self.stretch(t)) for t in speaking]
            self._shared[key] = fewest(sides, asked, matching)
        return self._shared[key]

    def matching(
        self, tallies: Sequence[Tally], asked: Asked, apart: Apart | None = None
    ) -> Matching:
        """Return where people of these tellers may be the same."""
        return matching_of(
            tallies,
            asked,
            apart=(apart or self.options.apart) if self.book.once_per_person else "single",
            near_days=self.options.near_days,
            units=lambda places: units_of(places, self.ground),
        )


def _in_days_spoken_of(tally: Tally, asked: Asked) -> Asked:
    """Narrow a question without days to those of which the teller speaks at all."""
    first, last = asked.scope.first, asked.scope.last
    stated = [scope for scope, _, _ in tally.boxes if (scope.first, scope.last) != (NEVER, EVER)]
    if (first, last) != (NEVER, EVER) or not stated:
        return asked
    scope = replace(
        asked.scope, first=min(s.first for s in stated), last=max(s.last for s in stated)
    )
    return replace(asked, scope=scope)
