"""Name the groups: person ids that stay when lists are added, with what merged and split."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.cluster import UNSEEN
from tallystick.linking.draws import Lot
from tallystick.linking.score import Scored, probability
from tallystick.records import Entry, Person

__all__ = ["fresh_id", "match_probabilities", "persons_of"]


def fresh_id(kind: str, founder: str) -> str:
    """Name a new person or household after its first entry."""
    return f"{kind}-{hashlib.sha256(founder.encode()).hexdigest()[:12]}"


def persons_of(
    entries: Sequence[Entry],
    groups: NDArray[np.int32],
    named: NDArray[np.bool_],
    p_match: NDArray[np.float32],
    *,
    before: Sequence[Person] = (),
) -> list[Person]:
    """Make persons of groups.

    Args:
        entries: One a record.
        groups: Group of each record, named by its first.
        named: Whether the record has a name.
        p_match: Probability of each record's place.
        before: Persons of an earlier linking, whose ids go on living.

    Returns:
        In the order of the records. A person keeps the former id that most of its entries had
        (of equals the one born first, by batch and id); the others are listed as merged. Of a
        former person that came apart, the part with most entries keeps the id.
    """
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(groups[order]) != 0][: len(order)])
    is_named = np.logical_or.reduceat(named[order], starts) if len(order) else named
    p_of = np.round(p_match.astype(np.float64), 4).tolist()
    at, bounds = order.tolist(), [*starts.tolist(), len(order)]
    members = [[entries[i] for i in at[a:b]] for a, b in pairwise(bounds)]
    former = {entry: person.id for person in before for entry in person.entries}
    keepers = _keepers(members, former) if before else {}
    past = _Past(former, {person.id: person for person in before})
    persons = []
    for number, (group, begin) in enumerate(zip(members, bounds, strict=False)):
        founder = min(group, key=_born).id if len(group) > 1 else group[0].id
        ids = tuple(entry.id for entry in group)
        id_, merged, split_from = past.named(ids, keepers.get(number, ""), founder)
        persons.append(
            Person(
                id=id_,
                entries=ids,
                p_match=tuple(p_of[i] for i in at[begin : begin + len(group)]),
                named=bool(is_named[number]),
                merged=merged,
                split_from=split_from,
                lists=tuple(sorted({entry.list for entry in group})),
            )
        )
    return _without_the_living(persons) if before else persons


# Of several entries, the one born first founds the person.
_born = attrgetter("batch", "id")


def _without_the_living(persons: list[Person]) -> list[Person]:
    """Take an id that lives again, since its entries came apart, from those merged away."""
    living = {person.id for person in persons}
    return [
        replace(person, merged=tuple(id_ for id_ in person.merged if id_ not in living))
        if living.intersection(person.merged)
        else person
        for person in persons
    ]


def _keepers(members: Sequence[Sequence[Entry]], former: Mapping[str, str]) -> dict[int, str]:
    """Give each former id to the group that holds most of its entries, one id a group."""
    claims = []
    for number, group in enumerate(members):
        held: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for entry in group:
            if entry.id in former:
                held[former[entry.id]].append(_born(entry))
        claims += [(-len(born), min(born), old, number) for old, born in held.items()]
    out: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, old, number in sorted(claims):
        if number not in out and old not in taken:
            out[number] = old
            taken.add(old)
    return out


@dataclass(frozen=True, slots=True)
class _Past:
    """Know former persons: entry → former id, and former id → person."""

    former: Mapping[str, str]
    persons: Mapping[str, Person]

    def named(
        self, entries: tuple[str, ...], kept: str, founder: str
    ) -> tuple[str, tuple[str, ...], str]:
        """Give a group's id, the ids merged into it, and the id it was split from."""
        olds = {self.former[entry] for entry in entries if entry in self.former}
        if kept:
            merged = olds.union(*(self.persons[old].merged for old in olds)) - {kept}
            return kept, tuple(sorted(merged)), self.persons[kept].split_from
        fresh = fresh_id("p", founder)
        if fresh in self.persons:
            # The founder's id lives on elsewhere; the part split off is named after its entries.
            fresh = fresh_id("p", "split " + " ".join(sorted(entries)))
        return fresh, (), min(olds, default="")


def match_probabilities(
    n: int, scored: Scored, groups: NDArray[np.int32], lot: Lot
) -> NDArray[np.float32]:
    """Give each record the probability that it belongs where it is.

    In a group: from its mean log-odds to the rest. Alone: that its likeliest partner is not it.
    """
    a = np.concatenate([scored.left, scored.right])
    b = np.concatenate([scored.right, scored.left])
    s = np.concatenate([scored.log_odds, scored.log_odds]).astype(np.float64)
    size = np.bincount(groups, minlength=n)[groups]
    inside = groups[a] == groups[b]
    seen = np.bincount(a[inside], minlength=n)
    total = np.bincount(a[inside], np.clip(s[inside], -20, 20), n) + (size - 1 - seen) * UNSEEN
    rest = np.maximum(size - 1, 1)
    together = probability((lot.slope * total / rest).astype(np.float32))
    best = np.full(n, -np.inf)
    np.maximum.at(best, a, s)
    alone = 1.0 - probability(np.where(np.isfinite(best), best, -30).astype(np.float32))
    out: NDArray[np.float32] = np.where(size > 1, together, alone).astype(np.float32)
    return out
