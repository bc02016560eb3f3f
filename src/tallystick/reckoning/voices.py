"""Say what stands without some voices, and what several voices count each for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil

from tallystick.reckoning.bounds import Shared
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.scope import Asked, Scope
from tallystick.reckoning.tally import Tally
from tallystick.terms import NAMES

__all__ = ["corroborated", "single", "withstands"]


def single(desk: Desk, asked: Asked) -> tuple[int, str | None]:
    """Return the most that one teller alone proves, and who."""
    most, name = 0, None
    for at_most, tally in _most_first(desk, asked):
        if at_most is not None and at_most < most:
            break
        told, teller = ceil(desk.least(tally, asked)), tally.teller.originator
        if name is None or told > most or (told == most and teller < name):
            most, name = told, teller
    return most, name


def _most_first(desk: Desk, asked: Asked) -> list[tuple[int | None, Tally]]:
    """Return who tells anybody, with what each can prove at most; first whoever may prove most."""
    found = []
    for tally in _telling(desk, asked):
        at_most = desk.at_most(tally, asked)
        found.append((None if at_most is None else ceil(at_most), tally))
    return sorted(found, key=lambda pair: (pair[0] is not None, -(pair[0] or 0)))


def _telling(desk: Desk, asked: Asked) -> list[Tally]:
    """Return the tallies that somebody tells; that of all named persons nobody does."""
    return [tally for tally in desk.speaking(asked) if tally.teller.originator != NAMES]


def withstands(desk: Desk, asked: Asked, k: int, struck: frozenset[str] = frozenset()) -> int:
    """Return the least documented bound with any k more voices struck out.

    Only a voice on which the bound rests can lower it by falling silent: the proof uses no other.
    """
    if k == 0:
        return desk.bound(asked, struck)
    shared = desk.fewest(asked, struck)
    least = ceil(shared.value)
    for proved, voice in _still_proved(desk, shared, k, struck):
        # Those that follow leave no less.
        if proved >= least:
            break
        least = min(least, withstands(desk, asked, k - 1, struck | {voice}))
    return least


def _still_proved(
    desk: Desk, shared: Shared, k: int, struck: frozenset[str]
) -> list[tuple[int, str]]:
    """Return what a proof still proves without each voice on which it rests, the least first.

    Each teller's part stands by itself, whoever else falls silent. Nothing is promised where
    k - 1 more fall silent too.
    """
    used = shared.used()
    voices = sorted(frozenset().union(*(desk.book.voices_behind(s.tally.teller) for s in used)))
    if k > 1:
        return [(0, voice) for voice in voices]
    found = []
    for voice in voices:
        silent = struck | {voice}
        left = (s.proves for s in used if desk.book.stands(s.tally.teller, silent))
        found.append((ceil(sum(left, Fraction(0))), voice))
    return sorted(found)


def corroborated(desk: Desk, asked: Asked, k: int) -> int:
    """Return how many people k + 1 voices each count, place by place.

    At each place the (k + 1)-th largest of the voices' own counts, or what its parts give
    together if that is more; parts are different units, so nobody is in two of them. Persons
    on lists of k + 1 voices are counted by each.
    """
    speaking = _telling(desk, asked)
    if len({tally.teller.voice for tally in speaking}) <= k:
        return 0
    if not desk.book.once_per_person:
        return _of_voices(desk, asked, k)
    mentioned = {
        place for tally in speaking for scope, _, _ in tally.boxes for place in scope.places
    }
    tree = _Parts(desk, asked, mentioned, k)
    return max(_of_voices(desk, asked, k), tree.below(asked.scope.places))


def _of_voices(desk: Desk, asked: Asked, k: int) -> int:
    best: dict[str, int] = defaultdict(int)
    here: int | None = None
    for at_most, tally in _most_first(desk, asked):
        # Whoever cannot pass the voice that counts here changes nothing, nor do those after.
        if at_most is not None and here is not None and at_most <= here:
            break
        voice = tally.teller.voice
        best[voice] = max(best[voice], ceil(desk.least(tally, asked)))
        here = sorted(best.values(), reverse=True)[k] if len(best) > k else None
    return 0 if here is None else max(here, _on_lists(desk, asked, k))


def _on_lists(desk: Desk, asked: Asked, k: int) -> int:
    """Return how many distinct persons k + 1 voices each name, and no k voices can take away.

    Where it is not decided who is who, what is left of the lists may tell fewer apart.
    """
    lists = desk.book.lists
    if lists is None:
        return 0
    most = lists.on_lists_of(asked, k + 1)
    if lists.is_plain or not most:
        return most
    names = [tally for tally in desk.tallies if tally.teller.originator == NAMES]
    for struck in combinations(sorted(lists.voices), k):
        left = [tally for tally in names if desk.book.stands(tally.teller, struck)]
        most = min(most, max((ceil(desk.least(tally, asked)) for tally in left), default=0))
    return most


class _Parts:
    """Walk the places of a question down to units."""

    def __init__(self, desk: Desk, asked: Asked, mentioned: Iterable[str], k: int) -> None:
        self.desk, self.asked, self.k = desk, asked, k
        self.children: dict[str, set[str]] = defaultdict(set)
        self.roots: set[str] = set()
        for place in mentioned:
            chain = [place, *desk.ground.places.ancestors(place)]
            self.roots.add(chain[-1])
            for inner, outer in pairwise(chain):
                self.children[outer].add(inner)

    def below(self, places: Sequence[str]) -> int:
        """Return what the parts of the question's places give together."""
        return self._sum(self._outermost(places) if places else sorted(self.roots))

    def _outermost(self, places: Sequence[str]) -> list[str]:
        above = self.desk.ground.above
        return [p for p in places if not any(q != p and q in above("where", p) for q in places)]

    def _own(self, places: tuple[str, ...]) -> int:
        scope = self.asked.scope
        nodes = dict(scope.nodes) | {"where": tuple(sorted(places))}
        narrowed = Scope(scope.first, scope.last, tuple(sorted(nodes.items())))
        return _of_voices(self.desk, replace(self.asked, scope=narrowed), self.k)

    def _node(self, place: str) -> int:
        own = self._own((place,))
        unit = self.desk.ground.unit(place)
        return max(
            own, self._sum(c for c in sorted(self.children[place]) if unit not in self.units(c))
        )

    def _sum(self, places: Iterable[str]) -> int:
        """Add up places, those that share a unit as one part."""
        parts: list[tuple[frozenset[str], list[str]]] = []
        for place in places:
            units, inside = self.units(place), [place]
            for other in [part for part in parts if part[0] & units]:
                parts.remove(other)
                units, inside = units | other[0], [*other[1], *inside]
            parts.append((units, inside))
        return sum(
            self._node(inside[0]) if len(inside) == 1 else self._own(tuple(inside))
            for _, inside in parts
        )

    def units(self, place: str) -> frozenset[str]:
        """Return the units in which people of a place may be."""
        found = {self.desk.ground.unit(place)}
        for child in self.children.get(place, ()):
            found |= self.units(child)
        return frozenset(found)
