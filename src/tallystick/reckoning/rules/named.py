"""Hold the numbers that a report names, and put those of several reports together.

An open end stays open: "at least 13" names a floor and no ceiling, "as many as 46" the reverse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tallystick.reckoning.rules.rule_figure import Range, Step
from tallystick.records import Claim

__all__ = ["Named", "Reading", "Unread", "as_named", "highest", "hull", "lowest", "range_of"]


@dataclass(frozen=True, slots=True)
class Named:
    """Hold the least and the greatest number that a report names.

    Args:
        lo: None = it names no floor ("up to 36").
        hi: None = it names no ceiling ("at least 13").
        steps: How a rule came to read these numbers out of words.
    """

    lo: int | None
    hi: int | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Say why a rule takes no number from a claim."""

    says: str


Reading = Callable[[Claim], Named | Unread]


def as_named(claim: Claim) -> Named:
    """Return the numbers of a claim as its words name them; "about 40" names 40."""
    if claim.hedge == "at_most":
        return Named(None, claim.hi)
    return Named(claim.lo, claim.hi)


def hull(named: Iterable[Named]) -> Named:
    """Return the least floor and the greatest ceiling that anyone names.

    The end stays open where the highest number of all is itself only a floor.
    """
    listed = tuple(named)
    floors = [one.lo for one in listed if one.lo is not None]
    ceilings = [one.hi for one in listed if one.hi is not None]
    steps = tuple(dict.fromkeys(step for one in listed for step in one.steps))
    top = max(ceilings, default=None)
    if top is not None and floors and max(floors) > top:
        top = None
    return Named(min(floors, default=None), top, steps)


def range_of(named: Named) -> Range:
    """Return the ends to print; where no floor is named it is nought."""
    return Range(named.lo or 0, named.hi)


def lowest(named: Named) -> int:
    """Return the lowest number named, nought where only a ceiling is."""
    return named.lo or 0


def highest(named: Named) -> int:
    """Return the highest number named: the ceiling, or the floor where there is none."""
    return lowest(named) if named.hi is None else max(named.hi, lowest(named))
