"""Hold how to reckon: the premises that stand in every certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

__all__ = ["METHOD", "Apart", "Options", "Soft"]

METHOD = "tally-2"
Apart = Literal["place-day", "single", "labels"]
Soft = Literal["tolerant", "exact", "out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Hold the settings of one reckoning.

    Args:
        apart: What tells people of two tellers apart: unit of place and day, nothing, or all.
        near_days: Days by which a record may be misdated (τ).
        k: Voices struck out, and voices beyond the first, go from 1 to k.
        labels_from: Originators whose labels a question may use; none = everybody's.
        estimated: Admit figures that their teller calls estimated.
        soft: "About" and vague words with their tolerance, as exact, or left out.
        incidents: Reviewed decisions: each label of an incident and what it is called by all.
        sets: How many contradictory sets are named for one tally.
        family_size: Persons of a family among the displaced, where somebody gives it.
        entire_families: Take two persons of each family that is said to be killed entirely.
        certificates: Make certificates.
        cores: How many processes may work at a time; no figure depends on it.
    """

    apart: Apart = "place-day"
    near_days: int = 1
    k: int = 1
    labels_from: tuple[str, ...] = ()
    estimated: bool = False
    soft: Soft = "tolerant"
    incidents: Mapping[str, str] = field(default_factory=dict)
    sets: int = 3
    family_size: Fraction | None = None
    entire_families: bool = False
    certificates: bool = True
    cores: int = field(default=1, compare=False)
