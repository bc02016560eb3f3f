"""Count as UCDP GED does: low, best and high for one event of a dyad, and the columns of best.

Read: the method page, and the definitions of the columns (best = most likely, low and high = the
lowest and highest reliable estimate of all fatalities). How ``best`` is chosen between reports
that differ is from memory. No published table gives numbers for vague words, so none is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallystick.reckoning.rules.accounts import Account, evidence_of
from tallystick.reckoning.rules.civilians import is_civilian, is_combatant
from tallystick.reckoning.rules.named import Named, Unread, as_named, highest, lowest
from tallystick.reckoning.rules.numbers import (
    PART_STEP,
    Told,
    disputes,
    parts_marked,
    told_by,
    unread,
    wholes,
)
from tallystick.reckoning.rules.rule_figure import Range, RuleFigure, Step
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.totals import total
from tallystick.records import Claim

__all__ = ["COLUMNS", "ucdp"]

COLUMNS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def ucdp(claims: Iterable[Claim], setting: Setting | None = None) -> RuleFigure:
    """Return low, best and high of the fatalities of the incident."""
    given = setting or Setting()
    evidence = evidence_of(claims, given)
    told = parts_marked(
        told_by(evidence.accounts, lambda account: account.of("killed"), _read, given), given
    )
    aside = dict(evidence.set_aside) | unread(evidence.accounts, ("killed",), _read)
    aside |= _not_counted(evidence.accounts)
    low, best, high, steps = _estimates(told, given)
    columns, doubts = _columns(best, told, given)
    return RuleFigure(
        rule="ucdp",
        killed=None if high is None else Range(low, high),
        best=None if high is None else best,
        columns=columns,
        notes=(*disputes(told), *doubts, *_limits(high)),
        steps=steps,
        axes=evidence.axes,
        used=tuple(sorted(claim.id for one in told for claim in one.claims)),
        set_aside=tuple(sorted(aside.items())),
    )


def _read(claim: Claim) -> Named | Unread:
    if claim.unit != "persons":
        return Unread("families are not converted into persons")
    if claim.hedge == "vague":
        return Unread("a vague word; UCDP publishes no numbers for these")
    return as_named(claim)


def _estimates(
    told: Sequence[Told], setting: Setting
) -> tuple[int, int, int | None, tuple[Step, ...]]:
    if not told:
        return 0, 0, None, (Step("No report gives a number of killed.", "published"),)
    high = max(highest(one.named) for one in told)
    if not setting.is_dyad_clear:
        says = "It is unclear whether the dyad took part: best and low are 0, high holds the rest."
        return 0, 0, high, (Step(says, "memory"),)
    low = min(lowest(one.named) for one in wholes(told))
    says = f"Low and high are the lowest and the highest reported, {low} and {high}."
    chosen, why = _best_of(wholes(told), setting)
    steps = [Step(says, "published"), why]
    if any(one.named.hi is None for one in told):
        steps.append(Step("“At least” names no ceiling; high is the highest number named.", "ours"))
    if len(wholes(told)) < len(told):
        steps.append(PART_STEP)
    return low, lowest(chosen.named), high, tuple(steps)


def _best_of(told: Sequence[Told], setting: Setting) -> tuple[Told, Step]:
    if len({(lowest(one.named), highest(one.named)) for one in told}) == 1:
        only = told[0]
        if lowest(only.named) == highest(only.named):
            return only, Step("All reports agree, so best is that number.", "published")
    rank = max(setting.reliable.get(one.originator, 0) for one in told)
    leading = [one for one in told if setting.reliable.get(one.originator, 0) == rank]
    chosen = min(leading, key=lambda one: (lowest(one.named), one.originator))
    number = lowest(chosen.named)
    if len(leading) < len(told):
        return chosen, Step(f"Best is {number}, of the most reliable report.", "memory")
    return chosen, Step(f"No report is more reliable: best is the lower, {number}.", "memory")


def _columns(
    best: int, told: Sequence[Told], setting: Setting
) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Split best by the account that gives it; whom it does not describe are unknown."""
    giving = next((one for one in wholes(told) if lowest(one.named) == best), None)
    if giving is None:
        return tuple(zip(COLUMNS, (0, 0, 0, best), strict=True)) if told else (), ()
    parts = [
        _part([c for c in giving.claims if _is_of(c, side)], setting)
        for side in setting.sides or (None, None)
    ]
    parts.append(_part([claim for claim in giving.claims if is_civilian(claim)], setting))
    if sum(parts) > best:
        note = f"{giving.originator} describes {sum(parts)} people within {best}; all are unknown."
        return tuple(zip(COLUMNS, (0, 0, 0, best), strict=True)), (note,)
    return tuple(zip(COLUMNS, (*parts, best - sum(parts)), strict=True)), ()


def _is_of(claim: Claim, side: str | None) -> bool:
    return side is not None and is_combatant(claim) and claim.whom.get("affiliation") == side


def _part(claims: list[Claim], setting: Setting) -> int:
    named = total(claims, _read, setting)
    return 0 if named is None else lowest(named)


def _limits(high: int | None) -> tuple[str, ...]:
    if high == 0:
        return ("No death in low, best or high: UCDP records no event.",)
    return ()


def _not_counted(accounts: Sequence[Account]) -> dict[str, str]:
    return {
        claim.id: "UCDP counts deaths alone"
        if claim.kind == "injured"
        else "killed and injured in one number: no number of killed"
        for account in accounts
        for claim in account.of("injured", "killed+injured")
    }
