"""Take rows that were pasted many times as one, before anything is compared.

Five hundred rows alike in every column would meet each other in every rule and drown the rest.
Few rows alike are left to the score: two boys of one name may die in one village on one day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tallystick.records import Entry

__all__ = ["MANY_ALIKE", "one_of_each", "pasted"]

MANY_ALIKE = 20
_APART = frozenset({"id", "where", "batch"})
_FIELDS = tuple(name for name in Entry.__slots__ if name not in _APART)
# Gives all that an entry says, without who it is and where it stands.
_content = attrgetter(*_FIELDS)


def pasted(entries: Sequence[Entry]) -> list[list[int]]:
    """Give the places of entries that are alike many times over, group by group."""
    often = Counter(entry.name for entry in entries)
    alike: dict[object, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        if often[entry.name] >= MANY_ALIKE:
            alike[_content(entry)].append(at)
    return [group for group in alike.values() if len(group) >= MANY_ALIKE]


def one_of_each(entries: Sequence[Entry], alike: Sequence[list[int]]) -> NDArray[np.int32]:
    """Give for each entry the place of the one that stands for it: itself, unless it was pasted.

    Entries without any name stand for themselves: nobody knows whether they are one.

    Args:
        entries: All of them.
        alike: What ``pasted`` says of them.
    """
    out = np.arange(len(entries), dtype=np.int32)
    for group in alike:
        if entries[group[0]].name:
            out[group] = group[0]
    return out
