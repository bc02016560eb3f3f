"""Find the persons who may be one: those whom the draws join often enough to be in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.records import Person

__all__ = ["LEAST", "with_undecided"]

# One draw in twenty: what is rarer is decided for every purpose of a count.
LEAST = 0.05
_MOST_OTHERS = 40


def with_undecided(
    persons: Sequence[Person], ids: Sequence[str], draws: NDArray[np.int32]
) -> list[Person]:
    """Return the persons, each with those who may be the same; both ways.

    Args:
        persons: All of them.
        ids: Entry ids, in the order of the draws.
        draws: Shape (s draws, n entries), as ``Linked.draws``.
    """
    at = {id_: place for place, id_ in enumerate(ids)}
    person = np.empty(len(ids), np.int64)
    for number, one in enumerate(persons):
        person[[at[entry] for entry in one.entries]] = number
    pairs = [_joined(groups, person) for groups in draws]
    key, times = np.unique(np.concatenate(pairs or [np.empty(0, np.int64)]), return_counts=True)
    width = np.int64(len(ids))
    others: dict[int, list[int]] = defaultdict(list)
    for pair in key[times >= LEAST * len(draws)]:
        a, b = int(pair // width), int(pair % width)
        others[a].append(b)
        others[b].append(a)
    return [
        replace(one, undecided=tuple(sorted(persons[other].id for other in others[number])))
        if number in others
        else one
        for number, one in enumerate(persons)
    ]


def _joined(groups: NDArray[np.int32], person: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of persons whom one draw puts into one group, as one number each."""
    n = np.int64(len(person))
    met = np.unique(groups * n + person)
    group, who = met // n, met % n
    found = [np.empty(0, np.int64)]
    # The k-th next of the same group, for as long as any group has so many persons.
    for step in range(1, _MOST_OTHERS):
        same = group[step:] == group[:-step]
        if not same.any():
            break
        found.append(who[:-step][same] * n + who[step:][same])
    return np.concatenate(found)
