"""Order what a reader should look at: by how much a verdict may change the count of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.cluster import UNSEEN
from tallystick.linking.draws import Lot
from tallystick.linking.score import Scored

__all__ = ["Question", "questions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Ask whether two sets of entries are one person.

    Args:
        left: Entry ids of the one side.
        right: Entry ids of the other.
        joined: Whether they are one person as things stand.
        p_same: Probability that they are one.
        changes: Expected change of the count of persons if a reader decides.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    joined: bool
    p_same: float
    changes: float

    def as_json(self) -> dict[str, object]:
        return {
            "type": "link_question",
            "left": list(self.left),
            "right": list(self.right),
            "joined": self.joined,
            "p_same": round(self.p_same, 4),
            "changes": round(self.changes, 4),
        }


def questions(
    ids: Sequence[str], groups: NDArray[np.int32], scored: Scored, lot: Lot, *, most: int = 100
) -> list[Question]:
    """Give the questions whose answers may change the count most.

    A join not made changes it by the probability that it should have been; an entry held
    within a person, by the probability that it stands for someone else.
    """
    asked = _joins(groups, scored, lot) + _splits(groups, scored, lot)
    asked.sort(key=lambda q: (-q[3], q[0], q[1]))
    members = _members(groups)
    return [_question(ids, members, *q) for q in asked[:most]]


def _p(mean: NDArray[np.float64], lot: Lot) -> NDArray[np.float64]:
    # Without the shift: it makes up for partners never compared, not for these.
    out: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(lot.slope * mean, -30, 30)))
    return out


def _joins(
    groups: NDArray[np.int32], scored: Scored, lot: Lot
) -> list[tuple[int, int, bool, float]]:
    a, b = groups[scored.left], groups[scored.right]
    apart = a != b
    low, high = np.minimum(a, b)[apart].astype(np.int64), np.maximum(a, b)[apart].astype(np.int64)
    key, at = np.unique(low * len(groups) + high, return_inverse=True)
    seen = np.bincount(at, minlength=len(key))
    total = np.bincount(at, np.clip(scored.log_odds[apart], -60, 60), len(key))
    first, second = key // len(groups), key % len(groups)
    size = np.bincount(groups, minlength=len(groups))
    all_of = size[first] * size[second]
    p = _p((total + (all_of - seen) * UNSEEN) / np.maximum(all_of, 1), lot)
    # What a reader already settled is not asked again.
    settled = np.zeros(len(key), bool)
    settled[at[np.abs(scored.log_odds[apart]) > 50]] = True
    return [
        (int(f), int(s), False, float(q))
        for f, s, q, done in zip(first, second, p, settled, strict=True)
        if q > 0.02 and not done
    ]


def _splits(
    groups: NDArray[np.int32], scored: Scored, lot: Lot
) -> list[tuple[int, int, bool, float]]:
    n = len(groups)
    inside = groups[scored.left] == groups[scored.right]
    a = np.concatenate([scored.left[inside], scored.right[inside]])
    s = np.concatenate([scored.log_odds[inside]] * 2).astype(np.float64)
    size = np.bincount(groups, minlength=n)[groups]
    total = np.bincount(a, np.clip(s, -60, 60), n)
    seen = np.bincount(a, minlength=n)
    p = _p((total + (size - 1 - seen) * UNSEEN) / np.maximum(size - 1, 1), lot)
    settled = np.zeros(n, bool)
    settled[a[s > 50]] = True
    # Of two entries, each asks the same: whether it is the other.
    again = (size == 2) & (groups != np.arange(n))
    doubtful = (size > 1) & (p < 0.98) & ~settled & ~again
    return [(int(i), int(groups[i]), True, 1.0 - float(p[i])) for i in np.flatnonzero(doubtful)]


def _members(groups: NDArray[np.int32]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for at, group in enumerate(groups.tolist()):
        out.setdefault(group, []).append(at)
    return out


def _question(
    ids: Sequence[str],
    members: dict[int, list[int]],
    first: int,
    second: int,
    joined: bool,
    p: float,
) -> Question:
    if joined:
        left = [first]
        right = [at for at in members[second] if at != first]
    else:
        left, right = members[first], members[second]
    return Question(
        left=tuple(ids[at] for at in left),
        right=tuple(ids[at] for at in right),
        joined=joined,
        p_same=1.0 - p if joined else p,
        changes=p,
    )
