"""Part a number of "killed and injured" where one of the two is known, as Airwars is seen to.

Two published incidents show it. CI787: at least 90 killed and injured, 71 of them dead, so 19
injured. CI668: 19 died and up to 36 were injured or killed, one of whom was injured, so 19–35
killed and 1 injured.
"""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.reckoning.rules.named import Named, hull, range_of
from tallystick.reckoning.rules.rule_figure import Range, Step

__all__ = ["part_by_joint"]

Parted = tuple[Range | None, Range | None, tuple[Step, ...]]


def part_by_joint(killed: Named | None, injured: Named | None, joint: Sequence[Named]) -> Parted:
    """Return killed and injured, each sharpened by what is said of both together.

    Args:
        killed: Hull of what accounts name, or None.
        injured: The same for injured; a mere floor by a vague word gives way to arithmetic.
        joint: What each account names of killed and injured together.
    """
    known = [one for one in (killed, injured) if one is not None]
    steps = tuple(dict.fromkeys(step for one in known for step in one.steps))
    if not joint:
        return _printed(killed), _printed(injured), steps
    both = hull(joint)
    if both.lo is None and both.hi is not None:
        return _under(killed, injured, both.hi, steps)
    return _by_difference(killed, injured, both, steps)


def _under(
    killed: Named | None, injured: Named | None, most: int, steps: tuple[Step, ...]
) -> Parted:
    """Both together are at most this many, and the words say that somebody was injured."""
    hurt = injured if injured is not None and not _is_vague(injured) else Named(1, 1)
    left = max(0, most - (hurt.lo or 0))
    if killed is None:
        says = f"Up to {most} killed or injured and no number of killed: 0–{left} killed."
        return Range(0, left), range_of(hurt), (*steps, Step(says, "ours"))
    says = f"Up to {most} killed or injured, {hurt.lo} injured: at most {left} killed (CI668)."
    dead = range_of(killed)
    hi = left if killed.hi is None else max(killed.hi, left)
    return Range(dead.lo, max(hi, dead.lo)), range_of(hurt), (*steps, Step(says, "read-off"))


def _by_difference(
    killed: Named | None, injured: Named | None, both: Named, steps: tuple[Step, ...]
) -> Parted:
    least, most = both.lo or 0, both.hi if both.hi is not None else both.lo or 0
    if killed is not None and (injured is None or _is_vague(injured)):
        kept = tuple(step for step in steps if injured is None or step not in injured.steps)
        dead, rest = range_of(killed), _rest(least, most, range_of(killed))
        whole = range_of(Named(least, most))
        says = f"{whole} killed and injured, {dead} killed: {rest} injured (as in CI787)."
        return dead, rest, (*kept, Step(says, "read-off"))
    if killed is None and injured is not None and not _is_vague(injured):
        hurt = range_of(injured)
        rest = _rest(least, most, hurt)
        says = f"{range_of(Named(least, most))} killed and injured, {hurt} injured: {rest} killed."
        return rest, hurt, (*steps, Step(says, "ours"))
    if killed is None:
        says = f"Nobody parts the {range_of(Named(least, most))} killed and injured."
        return Range(0, most), Range(0, most), (*steps, Step(says, "ours"))
    return _printed(killed), _printed(injured), steps


def _rest(least: int, most: int, known: Range) -> Range:
    top = most if known.hi is None else known.hi
    return Range(max(0, least - top), max(0, most - known.lo))


def _is_vague(named: Named) -> bool:
    return named.hi is None and any(step.mark == "ours" for step in named.steps)


def _printed(named: Named | None) -> Range | None:
    return None if named is None else range_of(named)
