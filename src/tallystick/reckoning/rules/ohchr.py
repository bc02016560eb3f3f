"""Count as the UN Human Rights Office does: verified casualties alone, the rest kept pending.

Read: its briefings (verified figures as of a date, "actual figures are considerably higher") and
the page of a field mission. That the standard is "reasonable grounds to believe" is from memory.
What a teller calls verified by its own standard is not verified by this one: only the Office's
and other UN bodies' verified figures count, and claims that the recorder itself has verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallystick.reckoning.rules.accounts import Account, evidence_of
from tallystick.reckoning.rules.bands import band_ranges
from tallystick.reckoning.rules.named import Named, Unread, as_named, lowest
from tallystick.reckoning.rules.numbers import Told, told_by, unread
from tallystick.reckoning.rules.rule_figure import Range, RuleFigure, Step
from tallystick.reckoning.rules.setting import Setting
from tallystick.records import Claim

__all__ = ["ohchr"]

_UN = "UN"
_HIGHER = "Verified figures alone; the true numbers are taken to be higher."


def ohchr(claims: Iterable[Claim], setting: Setting | None = None) -> RuleFigure:
    """Return the verified killed and injured of the incident: a floor, with no ceiling."""
    given = setting or Setting()
    evidence = evidence_of(claims, given)
    aside = dict(evidence.set_aside)
    pending = {
        claim.id: "pending: not verified by the Office or the recorder"
        for account in evidence.accounts
        for claim in account.claims
        if not _is_verified(claim, given)
    }
    verified = tuple(
        Account(account.originator, tuple(c for c in account.claims if c.id not in pending))
        for account in evidence.accounts
    )
    aside |= pending | unread(verified, ("killed", "injured", "killed+injured"), _read)
    killed, steps = _floor("killed", verified, given)
    injured, more = _floor("injured", verified, given)
    notes = [_HIGHER] if killed or injured else []
    if pending:
        notes.append(f"{len(pending)} claim{'s' if len(pending) > 1 else ''} pending verification.")
    return RuleFigure(
        rule="ohchr",
        killed=killed,
        injured=injured,
        bands=band_ranges(verified, _read, given),
        notes=tuple(notes),
        steps=tuple(dict.fromkeys((*steps, *more))),
        axes=evidence.axes,
        used=tuple(
            sorted(c.id for account in verified for c in account.claims if c.id not in aside)
        ),
        set_aside=tuple(sorted(aside.items())),
    )


def _is_verified(claim: Claim, setting: Setting) -> bool:
    if claim.id in setting.verified:
        return True
    return claim.standard == "verified" and setting.actors.contains(_UN, claim.originator)


def _read(claim: Claim) -> Named | Unread:
    if claim.unit != "persons":
        return Unread("families are not converted into persons")
    if claim.hedge == "vague":
        return Unread("a vague word verifies no number of people")
    if claim.kind == "killed+injured":
        return Unread("killed and injured in one number: neither is verified")
    return as_named(claim)


def _floor(
    kind: str, verified: Sequence[Account], setting: Setting
) -> tuple[Range | None, tuple[Step, ...]]:
    told = told_by(verified, lambda account: account.of(kind), _read, setting)
    if not told:
        return None, (Step(f"No number of {kind} is verified.", "published"),)
    most = max(told, key=lambda one: (lowest(one.named), one.originator))
    steps = [Step(f"{lowest(most.named)} {kind} are verified, or more.", "published")]
    if _differ(told):
        says = f"Verified numbers of {kind} differ; the highest is the floor."
        steps.append(Step(says, "ours"))
    return Range(lowest(most.named), None), tuple(steps)


def _differ(told: Sequence[Told]) -> bool:
    return len({lowest(one.named) for one in told}) > 1
