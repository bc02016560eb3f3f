"""Name the groups: person ids that stay when lists are added, with what merged and split."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.cluster import UNSEEN
from tallystick.linking.draws import Lot
from tallystick.linking.score import Scored, probability
from tallystick.records import Person

__all__ = ["fresh_id", "match_probabilities", "persons_of", "with_lists"]


def fresh_id(kind: str, founder: str) -> str:
    """Name a new person or household after its first entry."""
    return f"{kind}-{hashlib.sha256(founder.encode()).hexdigest()[:12]}"


def persons_of(
    ids: Sequence[str],
    groups: NDArray[np.int32],
    named: NDArray[np.bool_],
    p_match: NDArray[np.float32],
    *,
    born_first: Sequence[tuple[int, str]],
    before: Sequence[Person] = (),
) -> list[Person]:
    """Make persons of groups.

    Args:
        ids: Entry ids, one a record.
        groups: Group of each record.
        named: Whether the record has a name.
        p_match: Probability of each record's place.
        born_first: (batch, id) of each record: the least founds the person.
        before: Persons of an earlier linking, whose ids go on living.

    Returns:
        In the order of the records. A person keeps the former id that most of its entries had
        (of equals the one born first); the others are listed as merged. Of a former person that
        came apart, the part with most entries keeps the id.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(groups.tolist()):
        members[group].append(at)
    former = {entry: person.id for person in before for entry in person.entries}
    keepers = _keepers(members, ids, former, born_first)
    past = _Past(former, {person.id: person for person in before})
    persons = []
    for group, records in members.items():
        entries = [ids[record] for record in records]
        founder = min(born_first[record] for record in records)[1]
        id_, merged, split_from = past.named(entries, keepers.get(group, ""), founder)
        persons.append(
            Person(
                id=id_,
                entries=tuple(entries),
                p_match=tuple(round(float(p), 4) for p in p_match[records]),
                named=bool(named[records].any()),
                merged=merged,
                split_from=split_from,
            )
        )
    return _without_the_living(persons)


def with_lists(persons: Sequence[Person], lists: Mapping[str, str]) -> list[Person]:
    """Return the persons, each with the names of the lists that name it.

    Args:
        persons: All of them.
        lists: Name of the list of each entry, by entry id.
    """
    return [
        replace(person, lists=tuple(sorted({lists[entry] for entry in person.entries})))
        for person in persons
    ]


def _without_the_living(persons: list[Person]) -> list[Person]:
    """Take an id that lives again, since its entries came apart, from those merged away."""
    living = {person.id for person in persons}
    return [
        replace(person, merged=tuple(id_ for id_ in person.merged if id_ not in living))
        if living.intersection(person.merged)
        else person
        for person in persons
    ]


def _keepers(
    members: Mapping[int, list[int]],
    ids: Sequence[str],
    former: Mapping[str, str],
    born_first: Sequence[tuple[int, str]],
) -> dict[int, str]:
    """Give each former id to the group that holds most of its entries, one id a group."""
    claims = []
    for group, records in members.items():
        held: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for record in records:
            if ids[record] in former:
                held[former[ids[record]]].append(born_first[record])
        claims += [(-len(born), min(born), old, group) for old, born in held.items()]
    out: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, old, group in sorted(claims):
        if group not in out and old not in taken:
            out[group] = old
            taken.add(old)
    return out


@dataclass(frozen=True, slots=True)
class _Past:
    """Know former persons: entry → former id, and former id → person."""

    former: Mapping[str, str]
    persons: Mapping[str, Person]

    def named(
        self, entries: list[str], kept: str, founder: str
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
