"""Take rows that were pasted many times as one, before anything is compared.

Five hundred rows alike in every column would meet each other in every rule and drown the rest.
Few rows alike are left to the score: two boys of one name may die in one village on one day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tallystick.records import Entry

__all__ = ["MANY_ALIKE", "content", "one_of_each"]

MANY_ALIKE = 20
_APART = frozenset({"id", "where", "batch"})
_FIELDS = tuple(name for name in Entry.__slots__ if name not in _APART)


# Gives all that an entry says, without who it is and where it stands.
content = attrgetter(*_FIELDS)


def one_of_each(entries: Sequence[Entry]) -> NDArray[np.int32]:
    """Give for each entry the place of the one that stands for it: itself, unless it was pasted.

    Entries without any name stand for themselves: nobody knows whether they are one.
    """
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        alike[content(entry)].append(at)
    out = np.arange(len(entries), dtype=np.int32)
    for group in alike.values():
        if len(group) >= MANY_ALIKE and entries[group[0]].name:
            out[group] = group[0]
    return out
