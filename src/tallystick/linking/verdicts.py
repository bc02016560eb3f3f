"""Let readers' verdicts bind: same joins, different keeps apart, not enough leaves as it is.

Verdicts are about entries, not persons, so they hold through every re-run. They change the two
entries' own link and nothing else: a component they do not touch stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tallystick.linking.cluster import NEVER, components
from tallystick.linking.score import Scored
from tallystick.records import Issue, LinkVerdict

__all__ = ["ALWAYS", "bound"]

# Log-odds of a pair a reader called the same.
ALWAYS = 60.0


def bound(
    scored: Scored, verdicts: Sequence[LinkVerdict], numbers: Mapping[str, int]
) -> tuple[Scored, list[Issue]]:
    """Put the verdicts in the place of the scores; the later verdict on a pair holds."""
    latest = {(v.left, v.right): v for v in sorted(verdicts, key=lambda v: v.at)}
    binding = [v for v in latest.values() if v.says != "not-enough"]
    known = [v for v in binding if {v.left, v.right} <= numbers.keys()]
    lost = [v for v in binding if not {v.left, v.right} <= numbers.keys()]
    issues = [_unknown(v) for v in lost] + _contradictions(known, numbers)
    if not known:
        return scored, issues
    ends = np.array([sorted((numbers[v.left], numbers[v.right])) for v in known], np.int32)
    said = np.array([ALWAYS if v.says == "same" else NEVER for v in known], np.float32)
    width = np.int64(max(numbers.values(), default=0) + 1)
    old = scored.left * width + scored.right
    keep = ~np.isin(old, ends[:, 0] * width + ends[:, 1])
    left = np.concatenate([scored.left[keep], ends[:, 0]])
    right = np.concatenate([scored.right[keep], ends[:, 1]])
    log_odds = np.concatenate([scored.log_odds[keep], said])
    order = np.lexsort((right, left))
    apart = np.concatenate([scored.apart[keep], said])[order]
    times = np.concatenate([scored.times[keep], np.zeros(len(ends), np.uint8)])[order]
    said_so = Scored(left[order], right[order], log_odds[order], apart, times, scored.compared)
    return said_so, issues


def _unknown(verdict: LinkVerdict) -> Issue:
    return Issue(
        code="linking.verdict-without-entry",
        weight="note",
        where=f"{verdict.left} and {verdict.right}",
        says="a verdict is about an entry that is in none of the lists",
        then="nothing; it will bind again when the list is back",
    )


def _contradictions(verdicts: Sequence[LinkVerdict], numbers: Mapping[str, int]) -> list[Issue]:
    """Find pairs called different that a chain of sames joins."""
    same = [v for v in verdicts if v.says == "same"]
    left = np.array([numbers[v.left] for v in same], np.int32)
    right = np.array([numbers[v.right] for v in same], np.int32)
    root = components(max(numbers.values(), default=0) + 1, left, right)
    return [
        Issue(
            code="linking.verdicts-contradict",
            weight="fault",
            where=f"{v.left} and {v.right}",
            says="called different, while other verdicts join them through third entries",
            then="read the verdicts on these entries again",
        )
        for v in verdicts
        if v.says == "different" and root[numbers[v.left]] == root[numbers[v.right]]
    ]
