"""Count civilians as Iraq Body Count does: the least and the most of what reports say.

Read: section 3 of its methods (the eighteen variables: minimum and maximum deaths and injuries)
and the chapter by its founders. How reports of equal standing meet, and what becomes of people
whom nobody calls civilians, are from memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallystick.reckoning.rules.accounts import Account, evidence_of
from tallystick.reckoning.rules.civilians import is_civilian, is_combatant, not_combatants
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
from tallystick.records import Claim

__all__ = ["ibc"]

_ONE_SOURCE = "One voice alone; IBC first asked for two, later for the provenance of one."
_AGGREGATE = "A total over several days: IBC would first subtract the incidents it already holds."


def ibc(claims: Iterable[Claim], setting: Setting | None = None) -> RuleFigure:
    """Return the least and the most civilians killed and injured in the incident."""
    given = setting or Setting()
    evidence = evidence_of(claims, given)
    aside = dict(evidence.set_aside) | unread(evidence.accounts, ("killed", "injured"), _read)
    aside |= {
        claim.id: "killed and injured in one number: neither can be told"
        for account in evidence.accounts
        for claim in account.of("killed+injured")
    }
    killed, steps = _range("killed", evidence.accounts, given)
    injured, more = _range("injured", evidence.accounts, given)
    told = told_by(evidence.accounts, lambda account: account.of("killed"), _read, given)
    notes = [*disputes(parts_marked(told, given, ignoring=("status",)))]
    if len(evidence.axes.voices) == 1:
        notes.append(_ONE_SOURCE)
    if any(_is_aggregate(claim) for one in told for claim in one.claims):
        notes.append(_AGGREGATE)
    return RuleFigure(
        rule="ibc",
        killed=killed,
        injured=injured,
        notes=tuple(notes),
        steps=tuple(dict.fromkeys((*steps, *more))),
        axes=evidence.axes,
        used=tuple(
            sorted(
                claim.id
                for account in evidence.accounts
                for claim in account.claims
                if claim.id not in aside
            )
        ),
        set_aside=tuple(sorted(aside.items())),
    )


def _read(claim: Claim) -> Named | Unread:
    if claim.unit != "persons":
        return Unread("families are not converted into persons")
    if claim.hedge == "vague":
        return Unread("a vague word; IBC publishes no numbers for these")
    return as_named(claim)


def _range(
    kind: str, accounts: Sequence[Account], setting: Setting
) -> tuple[Range | None, tuple[Step, ...]]:
    may_be = parts_marked(
        [
            Told(account.originator, named, others)
            for account in accounts
            if (named := not_combatants(account.of(kind), _read, setting)) is not None
            and (others := tuple(c for c in account.of(kind) if not is_combatant(c)))
        ],
        setting,
        ignoring=("status",),
    )
    if not may_be:
        return None, (
            Step(f"No report gives a number of {kind} who may be civilians.", "published"),
        )
    surely = told_by(accounts, lambda a: tuple(filter(is_civilian, a.of(kind))), _read, setting)
    most = max(highest(one.named) for one in may_be)
    whole = {one.originator for one in wholes(may_be)}
    least = min((lowest(one.named) for one in surely if one.originator in whole), default=0)
    return Range(min(least, most), most), (
        Step(f"IBC prints the least and the most {kind}.", "published"),
        *_why(kind, may_be, surely),
    )


def _why(kind: str, may_be: Sequence[Told], surely: Sequence[Told]) -> tuple[Step, ...]:
    found: list[Step] = []
    named = {(one.named.lo, one.named.hi) for one in may_be}
    called = {one.originator: (one.named.lo, one.named.hi) for one in surely}
    if len(named) > 1 or any(lo != hi for lo, hi in named):
        says = f"All that reports of equal standing say of {kind} lies inside the range."
        found.append(Step(says, "memory"))
    if any((one.named.lo, one.named.hi) != called.get(one.originator) for one in may_be):
        says = f"Those {kind} whom nobody calls civilians count to the most alone."
        found.append(Step(says, "memory"))
    if len(wholes(may_be)) < len(may_be):
        found.append(PART_STEP)
    return tuple(found)


def _is_aggregate(claim: Claim) -> bool:
    if claim.role == "new" or claim.during is None:
        return claim.role == "cumulative"
    return claim.during.first != claim.during.last
