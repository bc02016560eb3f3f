"""Derive Airwars' grade of an incident from the three axes.

The five grades and their definitions are Airwars' own. It grades by hand: the order in which the
definitions are tried here is read off incidents in which two of them fit.
"""

from __future__ import annotations

from tallystick.reckoning.rules.axes import Axes
from tallystick.reckoning.rules.rule_figure import Step
from tallystick.reckoning.rules.setting import Setting

__all__ = ["GRADES", "grade_of"]

GRADES = ("Confirmed", "Fair", "Weak", "Contested", "Discounted")


def grade_of(axes: Axes, setting: Setting, *, only_combatants: bool) -> tuple[str | None, Step]:
    """Return the grade and why; None where no published definition fits.

    Args:
        axes: Voices, attribution and standard.
        setting: For the parties to the conflict.
        only_combatants: Whether all voices say that those killed were combatants.
    """
    if axes.accepted_by:
        return "Confirmed", Step(
            "Confirmed: a belligerent has accepted responsibility.", "published"
        )
    if only_combatants:
        return "Discounted", Step("Discounted: those killed were combatants.", "published")
    if axes.denied_by and _only_parties(axes, setting):
        says = "Discounted: only parties to the conflict say so; the accused denies (as in CI272)."
        return "Discounted", Step(says, "read-off")
    if len(axes.accused) > 1:
        return "Contested", Step("Contested: several are said to be responsible.", "published")
    return _by_sources(axes)


def _by_sources(axes: Axes) -> tuple[str | None, Step]:
    if len(axes.voices) == 1:
        return "Weak", Step("Weak: a single source claims it.", "published")
    if axes.voices and axes.accused:
        says = (
            f"Fair: {len(axes.voices)} independent sources, and actions of a belligerent are named."
        )
        return "Fair", Step(says, "published")
    if axes.voices:
        says = "No grade: several sources, but nobody names a belligerent that acted near."
        return None, Step(says, "published")
    return None, Step("No grade: nobody but the accused counts anyone.", "published")


def _only_parties(axes: Axes, setting: Setting) -> bool:
    return bool(axes.voices) and all(
        any(setting.same_side(voice, party) for party in setting.parties) for voice in axes.voices
    )
