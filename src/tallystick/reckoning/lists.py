"""Let lists of named persons count: each for its teller, and all together as one further tally.

What a list names, its teller counts: at least so many. All lists together are the tally
``names``, which nobody tells and which is no voice: the persons whom linking told apart. Strike a
voice and its lists are gone; so there is an edition of ``names`` for each set of voices that may
be struck. Persons who may be one are counted once.

Persons of one description are one group with a label of its own, so that groups add up: whose
place or day is not said floats, but is nobody of another group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from tallystick.reckoning.distinct import apart
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.scope import Asked, Scope, meet_of_tiles
from tallystick.records import Claim, Counted, Days, Listed, Mark, Query, Whom
from tallystick.terms import NAMES

__all__ = ["Lists", "edition_without", "lists_of", "without"]

_WITHOUT = "without "


def edition_without(struck: Collection[str]) -> str | None:
    """Return the edition of ``names`` in which the lists of some voices are struck."""
    return _WITHOUT + " + ".join(sorted(struck)) if struck else None


def without(edition: str | None) -> frozenset[str]:
    """Return the voices whose lists an edition of ``names`` leaves out."""
    return frozenset((edition or "").removeprefix(_WITHOUT).split(" + ")) - {""}


def lists_of(listed: Iterable[Listed], query: Query, ground: Ground) -> Lists:
    """Return the lists that a question may use: of its kind, its tellers, known by its day."""
    if query.unit != "persons":
        return Lists((), ground)
    kept = (
        each
        for each in listed
        if each.kind == query.kind
        and (not query.tellers or each.originator in query.tellers)
        and (query.as_of is None or (each.known is not None and each.known <= query.as_of))
    )
    return Lists(tuple(sorted(set(kept), key=repr)), ground)


@dataclass(frozen=True, slots=True)
class _Someone:
    """Hold one person as some lists together describe them.

    Args:
        where: One of these places; none = not said.
        during: None = not said.
        whom: Keys on which the lists agree.
        by: The alleged perpetrator; None where they do not agree.
        agrees: No list contradicts another on place, day or description.
    """

    where: tuple[str, ...]
    during: Days | None
    whom: Whom
    by: str | None
    agrees: bool = True

    def __str__(self) -> str:
        parts = (" + ".join(self.where), self.during, self.whom, self.by)
        return " | ".join(str(part) for part in parts if part) or "?"

    def scope(self) -> Scope:
        nodes: dict[str, tuple[str, ...]] = {"where": self.where}
        nodes |= {key: (term,) for key, term in self.whom.items()}
        return Scope.of(self.during, nodes | ({"by": (self.by,)} if self.by else {}))


@dataclass(frozen=True)
class Lists:
    """Hold the lists of one kind of harm."""

    listed: tuple[Listed, ...]
    ground: Ground

    @cached_property
    def voices(self) -> frozenset[str]:
        """Return the voices that keep a list."""
        return frozenset(self.ground.voice(each.originator) for each in self.listed)

    @cached_property
    def pairs(self) -> Mapping[str, frozenset[str]]:
        """Return, for each person, those who may be the same: both ways."""
        found: dict[str, set[str]] = defaultdict(set)
        for each in self.listed:
            for other in each.undecided:
                found[each.person].add(other)
                found[other].add(each.person)
        return {person: frozenset(others) for person, others in found.items()}

    @cached_property
    def is_plain(self) -> bool:
        """Say whether it is decided who is who, and no list describes a person otherwise."""
        persons = self._persons(self.listed).values()
        return not self.pairs and all(self._described(mine).agrees for mine in persons)

    def stands(self, edition: str | None, struck: Collection[str]) -> bool:
        """Say whether an edition counts when the lists of some voices are struck.

        Where it is not decided who is who, fewer lists may tell apart people of other places:
        then every edition that does without the struck lists is a proof of its own.
        """
        gone = without(edition)
        return gone == frozenset(struck) if self.is_plain else gone.issuperset(struck)

    def claims(self, k: int) -> list[Claim]:
        """Return what the lists say, as claims: each teller's own, and those of ``names``.

        Args:
            k: Up to so many voices may be struck.
        """
        of_teller: dict[str, list[Listed]] = defaultdict(list)
        for each in self.listed:
            of_teller[each.originator].append(each)
        found = [claim for name, mine in of_teller.items() for claim in self._own(name, mine)]
        for voices in sorted(self._struck(k), key=sorted):
            found += self._together(sorted(voices))
        return found

    def _struck(self, k: int) -> set[frozenset[str]]:
        """Return the sets of voices whose lists may be struck: all up to k.

        Where it is not decided who is who, each voice's lists alone are an edition too.
        """
        sizes = range(min(k, len(self.voices)) + 1)
        found = {frozenset(some) for n in sizes for some in combinations(self.voices, n)}
        return found if self.is_plain else found | {self.voices - {one} for one in self.voices}

    def most(self, asked: Asked) -> int:
        """Return the most named persons whom a question may mean: all told apart."""
        return sum(
            any(_may_be(one, asked, self.ground) for one in self._tellings(mine))
            for mine in self._persons(self.listed).values()
        )

    def _tellings(self, mine: Sequence[Listed]) -> set[_Someone]:
        """Return a person as all lists together and as each alone describe them."""
        return {self._described(mine), *(self._described([each]) for each in mine)}

    def on_lists_of(self, asked: Asked, voices: int) -> int:
        """Return how many distinct persons so many voices each name within a question."""
        found = []
        for person, mine in self._persons(self.listed).items():
            naming = {
                self.ground.voice(each.originator)
                for each in mine
                if _is_within(self._described([each]), asked, self.ground)
            }
            if len(naming) >= voices and self._described(mine).agrees:
                found.append(person)
        return len(apart(found, self.pairs))

    def _own(self, originator: str, mine: Sequence[Listed]) -> list[Claim]:
        """Return one teller's claims; a person counts from the first list that names them."""
        persons = self._persons(mine)
        groups: dict[tuple[_Someone, Listed], int] = defaultdict(int)
        for person in apart(persons, self.pairs):
            first = min(persons[person], key=lambda each: (str(each.known or "9999"), each.list))
            groups[self._described(persons[person]), _plain(first)] += 1
        return [
            _claim(someone, number, first, originator, None)
            for (someone, first), number in groups.items()
        ]

    def _together(self, struck: Sequence[str]) -> list[Claim]:
        persons = self._persons(
            each for each in self.listed if self.ground.voice(each.originator) not in struck
        )
        groups: dict[_Someone, int] = defaultdict(int)
        for person in apart(persons, self.pairs):
            groups[self._described(persons[person])] += 1
        day = max((each.known for each in self.listed if each.known), default=None)
        kind = self.listed[0].kind
        together = Listed(person="", list=NAMES, originator=NAMES, kind=kind, published=day)
        edition = edition_without(struck)
        return [
            _claim(someone, number, together, NAMES, edition) for someone, number in groups.items()
        ]

    def _persons(self, listed: Iterable[Listed]) -> dict[str, list[Listed]]:
        found: dict[str, list[Listed]] = defaultdict(list)
        for each in listed:
            found[each.person].append(each)
        return found

    def _described(self, mine: Sequence[Listed]) -> _Someone:
        where, during = mine[0].where, mine[0].during
        agrees = True
        for each in mine[1:]:
            where, same_place = self._place(where, each.where)
            during, same_days = _days(during, each.during)
            agrees = agrees and same_place and same_days
        told = [{**each.whom, **({"by": each.by} if each.by else {})} for each in mine]
        labels = {key: self._label(key, told) for key in sorted({k for each in told for k in each})}
        kept = {key: term for key, term in labels.items() if term}
        by = kept.pop("by", None)
        return _Someone(where, during, Whom(kept), by, agrees and all(labels.values()))

    def _label(self, key: str, told: Sequence[Mapping[str, str]]) -> str | None:
        """Return the narrowest term that the lists give; None where they exclude each other."""
        terms = sorted({each[key] for each in told if key in each})
        narrow: str | None = terms[0]
        for term in terms[1:]:
            narrow = self.ground.meet(key, narrow, term) if narrow else None
        return narrow

    def _place(self, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        if not one or not other:
            return one or other, True
        met = {self.ground.meet("where", a, b) for a in one for b in other} - {None}
        found = {str(place) for place in met} or {*one, *other}
        return tuple(sorted(found)), bool(met)


def _days(one: Days | None, other: Days | None) -> tuple[Days | None, bool]:
    if one is None or other is None:
        return one or other, True
    if one.overlaps(other):
        return Days(max(one.first, other.first), min(one.last, other.last)), True
    return Days(min(one.first, other.first), max(one.last, other.last)), False


def _plain(each: Listed) -> Listed:
    """Return the list's own words alone: who keeps it, where it stands, when it closed."""
    return Listed(
        person="", list=each.list, originator=each.originator, kind=each.kind,
        source=each.source, published=each.published, counted=each.counted,
    )  # fmt: skip


def _claim(
    someone: _Someone, number: int, of: Listed, originator: str, edition: str | None
) -> Claim:
    until = of.counted
    if until.until is None and of.published is not None:
        until = Counted(None, Mark(of.published))
    return Claim(
        originator=originator,
        edition=edition,
        source=of.source or of.list,
        published=of.published,
        kind=of.kind,
        lo=number,
        hi=None,
        pins="lo",
        incident=f"named {someone}",
        where=someone.where,
        during=someone.during,
        whom=someone.whom,
        by=someone.by,
        counted=until,
        standard="documented",
        method="names",
    )


def _may_be(someone: _Someone, asked: Asked, ground: Ground) -> bool:
    scope = someone.scope()
    if scope.last < asked.scope.first or asked.scope.last < scope.first:
        return False
    told_out = any(
        dict(tile).get(key) and ground.contains(key, node, dict(tile)[key])
        for tile in scope.tiles()
        for key, node in asked.outside
    )
    return not told_out and any(
        meet_of_tiles(one, other, ground) is not None
        for one in scope.tiles()
        for other in asked.scope.tiles()
    )


def _is_within(someone: _Someone, asked: Asked, ground: Ground) -> bool:
    """Say whether somebody is surely among those asked for; what is not said may be anything."""
    scope = someone.scope()
    if not (asked.scope.first <= scope.first and scope.last <= asked.scope.last):
        return False
    for tile in scope.tiles():
        told = dict(tile)
        is_outside = all(
            key in told and ground.meet(key, node, told[key]) is None for key, node in asked.outside
        )
        if not (is_outside and asked.holds(tile, ground)):
            return False
    return True
