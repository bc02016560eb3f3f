"""Keep what several questions of one book share: tallies, their stretch, and bounds found before.

The desk holds state and decides nothing; each answer comes from the pure functions beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Literal

from tallystick.reckoning.alike import KeeperOfAll
from tallystick.reckoning.book import Book
from tallystick.reckoning.bounds import Shared, Side, most_in
from tallystick.reckoning.choices import Group, groups_of
from tallystick.reckoning.clusters import Atlas
from tallystick.reckoning.contradict import Search, contradictions
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.keeping import Keeper
from tallystick.reckoning.lazy import Lazy, Matcher, Stretches
from tallystick.reckoning.match import Calendar, Matching, Premise, matching_of, units_of
from tallystick.reckoning.options import Apart, Options
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import EVER, NEVER, Asked, Nodes
from tallystick.reckoning.tally import Tally

__all__ = ["Desk", "in_days_spoken_of"]

Key = tuple[str, str, str]
# Whether so large a tally holds anybody is not asked first: to find out costs what it saves.
_LARGE = 200
# One tally alone needs no matching, and a rung with all labels no proof: then few cells will do.
How = Apart | Literal["alone", "believed"]


class Desk:
    """Answer questions on one book."""

    def __init__(self, book: Book, ground: Ground, options: Options) -> None:
        self.book = book
        self.ground = ground
        self.options = options
        self.tallies = [Tally(teller, ground) for teller in book.tellers]
        self._index = {tally.teller.key: i for i, tally in enumerate(self.tallies)}
        self._stretch: dict[Key, Fraction] = {}
        self._stretches: Stretches = {}
        self._contradictions: dict[Key, Search] = {}
        self._least: dict[tuple[Key, Asked], Fraction] = {}
        self._lazy: dict[How, Lazy] = {}

    @cached_property
    def places(self) -> frozenset[str]:
        """Return every place that a claim names."""
        return frozenset(self._named("where"))

    @cached_property
    def incidents(self) -> tuple[str, ...]:
        """Return what reviewers call the incidents of which claims tell."""
        return self._named("incident")

    @cached_property
    def groups(self) -> list[Group]:
        """Return all days, cut wherever a claim cuts them."""
        _, windows = self._spoken_of
        return groups_of(sorted(windows))

    def _named(self, wanted: str) -> tuple[str, ...]:
        """Return every node of a dimension that a claim names."""
        described, _ = self._spoken_of
        found = {n for nodes in described for key, ids in nodes if key == wanted for n in ids}
        return tuple(sorted(found))

    @cached_property
    def _spoken_of(self) -> tuple[set[Nodes], set[Group]]:
        """Return how claims describe people, and windows of days, each once."""
        described: set[Nodes] = set()
        windows: set[Group] = set()
        for tally in self.tallies:
            for row in tally.rows:
                for scope in (row.region.scope, *row.region.less):
                    described.add(scope.nodes)
                    windows.add((scope.first, scope.last))
        return described, windows

    @cached_property
    def _atlas(self) -> Atlas:
        return Atlas(self.places, self.ground)

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.groups, self.options.near_days)

    def apart(self, how: Apart | None = None) -> Apart:
        """Return what tells people of two tellers apart in this book."""
        return (how or self.options.apart) if self.book.once_per_person else "single"

    def stretch(self, tally: Tally) -> Fraction:
        """Return by how much a tally must give way; 0 where its figures agree."""
        key = tally.teller.key
        if key not in self._stretch:
            self._stretch[key] = self._solver("place-day").stretch(self._index[key])
        return self._stretch[key]

    def stretch_proof(self, side: Side) -> Sequence[Number]:
        """Return the multipliers on a side's rows that prove its stretch."""
        return self._solver(self.apart()).proof_of_stretch(side)

    def contradictions(self, tally: Tally) -> Search:
        """Return smallest sets of a tally's claims that exclude each other."""
        if not self.stretch(tally):
            return Search((), is_whole=True)
        key = tally.teller.key
        if key not in self._contradictions:
            self._contradictions[key] = contradictions(tally)
        return self._contradictions[key]

    def least(self, tally: Tally, asked: Asked) -> Fraction:
        """Return the fewest people whom one tally holds."""
        key = (tally.teller.key, asked)
        if key not in self._least:
            if any(row.lo for row in tally.rows) and self.at_most(tally, asked) != 0:
                index = self._index[tally.teller.key]
                self._least[key] = self._solver("alone").least(asked, [index])
            else:
                self._least[key] = Fraction(0)
        return self._least[key]

    def at_most(self, tally: Tally, asked: Asked) -> Number | None:
        """Return a number that ``least`` does not pass, if one is found for little; else None."""
        return self._solver("alone").at_most(asked, self._index[tally.teller.key])

    def claimed(self, tally: Tally, asked: Asked) -> tuple[int, int | None]:
        """Return the fewest and most people whom one tally holds; None = no upper end."""
        lo = ceil(self.least(tally, asked))
        most = most_in(tally, in_days_spoken_of(tally, asked), self.stretch(tally))
        hi = None if most is None or most < lo else floor(most)
        return lo, hi

    def speaking(self, asked: Asked, struck: Collection[str] = ()) -> list[Tally]:
        """Return the tallies that hold anybody within a question; the others change no bound."""
        return [
            tally
            for tally in self.tallies
            if self.book.stands(tally.teller, struck)
            and self.may_label(tally, asked)
            and (len(tally.rows) > _LARGE or self.least(tally, asked) > 0)
        ]

    def may_label(self, tally: Tally, asked: Asked) -> bool:
        """Say whether the question takes this teller's word on labels."""
        allowed = self.options.labels_from
        return not (allowed and asked.names_a_label) or tally.teller.originator in allowed

    def fewest(self, asked: Asked, struck: frozenset[str] = frozenset()) -> Shared:
        """Return the fewest people behind all tallies, without some voices."""
        return self._solver(self.apart()).fewest(asked, self._members(asked, struck))

    def _members(self, asked: Asked, struck: Collection[str]) -> list[int]:
        return [self._index[tally.teller.key] for tally in self.speaking(asked, struck)]

    def prepare(self, asked: Sequence[Asked]) -> None:
        """Do at once what several questions will need."""
        by_members: dict[tuple[int, ...], list[Asked]] = {}
        for each in asked:
            by_members.setdefault(tuple(self._members(each, ())), []).append(each)
        for members, together in by_members.items():
            self._solver(self._rung()).prepare(together, members)

    def bound(
        self, asked: Asked, struck: frozenset[str] = frozenset(), apart: Apart | None = None
    ) -> int:
        """Return the same as ``fewest``, rounded up; where one teller speaks, matching is idle."""
        speaking = self.speaking(asked, struck)
        if not speaking:
            return 0
        if len(speaking) == 1 and len(speaking[0].rows) <= _LARGE:
            return ceil(self.least(speaking[0], asked))
        members = [self._index[tally.teller.key] for tally in speaking]
        return ceil(self._solver(self._rung(apart)).least(asked, members))

    def _rung(self, apart: Apart | None = None) -> How:
        """Return how to find a bound that no certificate is asked of."""
        how = self.apart(apart)
        return "believed" if how == "labels" else how

    def _solver(self, apart: How) -> Lazy:
        if apart not in self._lazy:
            cores = self.options.cores
            keeper: Keeper | KeeperOfAll = Keeper(self.tallies, self.ground, cores)
            near_days = {"place-day": self.options.near_days, "alone": 0}.get(apart)
            if apart == "believed":
                # With labels, days too are as they are told, and nobody is described by one alone.
                keeper, near_days = KeeperOfAll(self.tallies, self.ground), 0
            self._lazy[apart] = Lazy(
                keeper, self._atlas, self._matcher(apart), near_days, self._stretches, cores
            )
        return self._lazy[apart]

    def _matcher(self, apart: How) -> Matcher:
        if apart == "alone":
            return lambda _tallies, _asked, _window: Matching(((),), (), (), None, {})
        told: Apart = "labels" if apart == "believed" else apart
        is_proved = apart == self.options.apart
        premise = Premise(told, self.options.near_days, is_proved, self.incidents)
        # What holds the desk itself would keep all of it alive until circles are collected.
        ground, calendar = self.ground, self.calendar

        def match(
            tallies: Sequence[Tally], asked: Asked, window: tuple[int, int] | None
        ) -> Matching:
            return matching_of(
                tallies,
                asked,
                premise,
                units=lambda places: units_of(places, ground),
                calendar=calendar,
                window=window,
            )

        return match


def in_days_spoken_of(tally: Tally, asked: Asked) -> Asked:
    """Narrow a question without days to those of which the teller speaks at all."""
    first, last = asked.scope.first, asked.scope.last
    stated = [scope for scope, _, _ in tally.boxes if (scope.first, scope.last) != (NEVER, EVER)]
    if (first, last) != (NEVER, EVER) or not stated:
        return asked
    scope = asked.scope._replace(
        first=min(s.first for s in stated), last=max(s.last for s in stated)
    )
    return replace(asked, scope=scope)
