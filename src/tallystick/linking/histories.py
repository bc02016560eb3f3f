"""Count the people seen by each combination of lists: what estimating starts from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["histories_of"]


def histories_of(
    groups: NDArray[np.int32], lists: Sequence[str], named: NDArray[np.bool_]
) -> dict[tuple[str, ...], int]:
    """Count persons by the lists that have them.

    Args:
        groups: Group of each entry: one partition, a row of ``Linked.draws`` for example.
        lists: The list of each entry.
        named: Whether the entry belongs to a person with a name; others are left out.

    Returns:
        Sorted names of lists → people.
    """
    names = sorted(set(lists))
    number = {name: at for at, name in enumerate(names)}
    bit = np.array([1 << number[name] for name in lists], np.int64)
    persons, person = np.unique(groups[named], return_inverse=True)
    seen = np.zeros(len(persons), np.int64)
    np.bitwise_or.at(seen, person, bit[named])
    patterns, counts = np.unique(seen, return_counts=True)
    return {
        tuple(name for at, name in enumerate(names) if pattern >> at & 1): int(count)
        for pattern, count in zip(patterns.tolist(), counts.tolist(), strict=True)
    }
