"""Say which numbers a claim pins: as said, widened for "about", or as a ceiling that pins none."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from tallystick.reckoning.options import Options
from tallystick.records import Claim, Pins

__all__ = ["ceiling_of", "numbers_of", "pins_of", "width_of_about"]


def pins_of(claim: Claim, *, has_label: bool) -> Pins:
    """Return the ends that hold; within an incident that has a label of its own both do."""
    if claim.pins is not None:
        return claim.pins
    return "both" if has_label else claim.pinned


def numbers_of(claim: Claim, options: Options) -> tuple[int, int | None]:
    """Return lo and hi with the tolerance of "about"."""
    if claim.hedge != "approx" or options.soft == "exact":
        return claim.lo, claim.hi
    lo = ceil(claim.lo - width_of_about(claim.lo))
    return lo, None if claim.hi is None else floor(claim.hi + width_of_about(claim.hi))


def width_of_about(number: int) -> Fraction:
    """Return by how much "about N" may be off: 1,400 by 70, 40 by 5, 12 by less than one."""
    if number == 0:
        return Fraction(0)
    unit = 1
    while number % (unit * 10) == 0:
        unit *= 10
    return min(max(Fraction(unit, 2), Fraction(number, 20)), Fraction(number, 4))


def ceiling_of(claim: Claim) -> int | None:
    """Return what the truth does not pass by this claim; None if it counts its own tally.

    A denial, and "no more than" without a word that it is the teller's own count.
    """
    if claim.polarity == "denied":
        return max(claim.lo - 1, 0)
    if claim.hedge == "at_most" and claim.pins != "both" and not claim.lo:
        return claim.hi
    return None
