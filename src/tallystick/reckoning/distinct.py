"""Find the most persons of whom it is decided that no two are one.

Persons who may be the same are joined by a pair that is undecided. Any set without such a pair
inside is a proof: so many people at least. The largest such set is found part by part.

Method:
    Largest independent set: whoever has at most one undecided pair is taken; else the person
    with the most pairs is tried both ways. Falling short of the largest is still a proof.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

__all__ = ["apart", "parts"]

Pairs = Mapping[str, frozenset[str]]
# How often a person is tried both ways in one part before the rest is taken as it comes.
_TRIES = 2000


def parts(persons: Iterable[str], pairs: Pairs) -> list[list[str]]:
    """Return the persons in parts that no undecided pair joins, each in order."""
    left = set(persons)
    found = []
    for start in sorted(left):
        if start not in left:
            continue
        left.discard(start)
        part, ahead = [start], [start]
        while ahead:
            for other in pairs.get(ahead.pop(), frozenset()):
                if other in left:
                    left.discard(other)
                    part.append(other)
                    ahead.append(other)
        found.append(sorted(part))
    return found


def apart(persons: Iterable[str], pairs: Pairs) -> list[str]:
    """Return as many persons as can be found of whom no two may be one.

    Args:
        persons: Ids.
        pairs: For each id, those whom it may be; both ways.
    """
    found: list[str] = []
    for part in parts(persons, pairs):
        found += part if len(part) == 1 else _largest(part, pairs)
    return sorted(found)


def _largest(part: Collection[str], pairs: Pairs) -> list[str]:
    best: list[str] = []
    tries = [0]

    def search(left: frozenset[str], taken: list[str]) -> None:
        nonlocal best
        while left:
            near = {one: pairs.get(one, frozenset()) & left for one in left}
            least = min(left, key=lambda one: (len(near[one]), one))
            if len(near[least]) > 1 and tries[0] < _TRIES:
                break
            taken = [*taken, least]
            left = left - near[least] - {least}
        if not left:
            best = max(best, taken, key=len)
            return
        if len(taken) + len(left) <= len(best):
            return
        tries[0] += 1
        most = max(left, key=lambda one: (len(near[one]), one))
        search(left - near[most] - {most}, [*taken, most])
        search(left - {most}, taken)

    search(frozenset(part), [])
    return best
