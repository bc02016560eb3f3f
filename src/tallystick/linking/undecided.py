"""Find the persons who may be one: those whom the draws join often enough to be in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import THREADS
from tallystick.records import Person

__all__ = ["LEAST", "with_undecided"]

# One draw in twenty: what is rarer is decided for every purpose of a count.
LEAST = 0.05
_MOST_OTHERS = 40


def with_undecided(
    persons: Sequence[Person], person: NDArray[np.int64], draws: NDArray[np.int32]
) -> list[Person]:
    """Return the persons, each with those who may be the same; both ways.

    Args:
        persons: All of them.
        person: Number of each entry's person.
        draws: Shape (s draws, n entries), as ``Linked.draws``.
    """
    with ThreadPoolExecutor(THREADS) as pool:
        pairs = list(pool.map(lambda groups: _joined(groups, person), draws))
    key, times = np.unique(np.concatenate(pairs or [np.empty(0, np.int64)]), return_counts=True)
    width = np.int64(len(person))
    often = key[times >= LEAST * len(draws)]
    others: dict[int, list[str]] = defaultdict(list)
    for a, b in zip((often // width).tolist(), (often % width).tolist(), strict=True):
        others[a].append(persons[b].id)
        others[b].append(persons[a].id)
    out = list(persons)
    for number, ids in others.items():
        out[number] = replace(out[number], undecided=tuple(sorted(ids)))
    return out


def _joined(groups: NDArray[np.int32], person: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs of persons whom one draw puts into one group, as one number each."""
    n = np.int64(len(person))
    # Most groups are of one person: that of the member who names the group.
    is_mixed = np.zeros(len(person), np.bool_)
    is_mixed[groups[person != person[groups]]] = True
    at = np.flatnonzero(is_mixed[groups])
    met = np.unique(groups[at] * n + person[at])
    group, who = met // n, met % n
    found = [np.empty(0, np.int64)]
    # The k-th next of the same group, for as long as any group has so many persons.
    for step in range(1, _MOST_OTHERS):
        same = group[step:] == group[:-step]
        if not same.any():
            break
        found.append(who[:-step][same] * n + who[step:][same])
    return np.concatenate(found)
