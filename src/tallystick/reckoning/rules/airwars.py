"""Count civilians as Airwars does: a range over credible claims, by band, with one grade.

Read: its methodology (grades, the presumption that people are civilians, the belligerent's word
as context) and nine published incidents, off which the readings of vague words and of killed and
injured together are taken. Every admitted claim is taken for credible: that is for the recorder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallystick.reckoning.rules.accounts import Account, Evidence, evidence_of
from tallystick.reckoning.rules.airwars_grade import GRADES, grade_of
from tallystick.reckoning.rules.airwars_words import reading, reads_joint
from tallystick.reckoning.rules.axes import is_own_count
from tallystick.reckoning.rules.bands import stretched
from tallystick.reckoning.rules.civilians import is_combatant, not_combatants
from tallystick.reckoning.rules.joint import part_by_joint
from tallystick.reckoning.rules.named import Named, Unread, highest, hull
from tallystick.reckoning.rules.numbers import PART_STEP, Told, disputes, parts_marked, wholes
from tallystick.reckoning.rules.rule_figure import Range, RuleFigure, Step
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.totals import total
from tallystick.records import Claim

__all__ = ["airwars", "airwars_totals"]

_KINDS = ("killed", "injured", "killed+injured")
_PRESUMED = Step("People of unstated status are taken for civilians.", "published")
_CONTEXT = "the accused's own count or label of its victims is context, not a source"


def airwars(claims: Iterable[Claim], setting: Setting | None = None) -> RuleFigure:
    """Return the range of civilians killed and injured in the incident, and its grade."""
    given = setting or Setting()
    evidence = evidence_of(claims, given)
    accounts, aside = _independent(evidence, given)
    is_lone = len(evidence.axes.voices) <= 1
    reads = {kind: reading(kind, is_lone=is_lone) for kind in ("killed", "injured")}
    told = {kind: _told(kind, accounts, is_lone=is_lone, setting=given) for kind in reads}
    joint = [n for a in accounts if (n := total(a.of("killed+injured"), reads_joint, given))]
    killed, injured, steps = part_by_joint(_hull(told["killed"]), _hull(told["injured"]), joint)
    bands, stretch = stretched(accounts, killed, reads["killed"], given) if killed else ((), ())
    grade, why = grade_of(evidence.axes, given, only_combatants=_only_combatants(accounts))
    aside |= _unused(accounts, is_lone=is_lone)
    return RuleFigure(
        rule="airwars",
        killed=killed,
        injured=injured,
        grade=grade,
        bands=bands,
        notes=(*disputes(told["killed"]), *_notes(grade)),
        steps=(*_range_steps(killed, accounts), *steps, *stretch, why),
        axes=evidence.axes,
        used=tuple(sorted(c.id for a in accounts for c in a.claims if c.id not in aside)),
        set_aside=tuple(sorted(aside.items())),
    )


def airwars_totals(
    figures: Iterable[RuleFigure], grades: Sequence[str | None] = (*GRADES, None)
) -> Range:
    """Add the ends of the killed of incidents that have one of these grades.

    Airwars adds the least and the most of its incidents; ``("Confirmed", "Fair")`` is the narrow
    sum that it prints, all grades the widest. An open end makes the sum open.
    """
    ranges = [one.killed for one in figures if one.grade in grades and one.killed is not None]
    ends = [one.hi for one in ranges]
    return Range(
        sum(one.lo for one in ranges),
        None if None in ends else sum(end for end in ends if end is not None),
    )


def _independent(
    evidence: Evidence, setting: Setting
) -> tuple[tuple[Account, ...], dict[str, str]]:
    """Leave out what the accused counts of its own victims, unless nobody else counts."""
    aside = dict(evidence.set_aside)
    if not evidence.axes.voices:
        return evidence.accounts, aside
    own = {
        claim.id: _CONTEXT
        for account in evidence.accounts
        for claim in account.claims
        if is_own_count(claim, setting)
    }
    kept = [
        Account(one.originator, tuple(c for c in one.claims if c.id not in own))
        for one in evidence.accounts
    ]
    return tuple(one for one in kept if one.claims), aside | own


def _told(
    kind: str, accounts: Sequence[Account], *, is_lone: bool, setting: Setting
) -> tuple[Told, ...]:
    read = reading(kind, is_lone=is_lone)
    found = []
    for account in accounts:
        claims = account.of(kind, "killed+injured")
        named = not_combatants(claims, read, setting)
        if named is not None:
            others = tuple(claim for claim in claims if not is_combatant(claim))
            found.append(Told(account.originator, named, others))
    return parts_marked(found, setting, ignoring=("status",))


def _hull(told: Sequence[Told]) -> Named | None:
    """Return the ends over all accounts; one that names a part alone lowers no floor."""
    if not told:
        return None
    parts = [
        Named(None, highest(one.named), (*one.named.steps, PART_STEP))
        for one in told
        if one.is_part
    ]
    return hull((*(one.named for one in wholes(told)), *parts))


def _range_steps(killed: Range | None, accounts: Sequence[Account]) -> tuple[Step, ...]:
    if killed is None:
        return (Step("No credible claim gives a number of civilians killed.", "published"),)
    steps = [Step(f"The range over credible claims is {killed}.", "published")]
    if any("status" not in claim.whom for one in accounts for claim in one.of("killed")):
        steps.append(_PRESUMED)
    return tuple(steps)


def _only_combatants(accounts: Sequence[Account]) -> bool:
    killed = [claim for account in accounts for claim in account.of("killed")]
    return bool(killed) and all(is_combatant(claim) for claim in killed)


def _notes(grade: str | None) -> tuple[str, ...]:
    if grade == "Discounted":
        return ("Left out of published totals (unverified: no page was read that says so).",)
    return ()


def _unused(accounts: Sequence[Account], *, is_lone: bool) -> dict[str, str]:
    reads = [reading(kind, is_lone=is_lone) for kind in ("killed", "injured")] + [reads_joint]
    found: dict[str, str] = {}
    for account in accounts:
        for claim in account.of(*_KINDS):
            answers = [read(claim) for read in reads]
            silent = [answer for answer in answers if isinstance(answer, Unread)]
            if len(silent) == len(answers):
                found[claim.id] = silent[0 if claim.kind != "injured" else 1].says
    return found
