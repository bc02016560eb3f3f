"""Fill in what a subset takes from the claim of which it is a part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tallystick.records import Claim, Counted, Issue, Mark, Whom

__all__ = ["with_parents"]


def with_parents(claims: Mapping[str, Claim]) -> tuple[dict[str, Claim], tuple[Issue, ...]]:
    """Return the claims with every part's scope filled in; issues for those set aside."""
    done = {id_: claim for id_, claim in claims.items() if claim.part_of is None}
    if len(done) == len(claims):
        return done, ()
    issues: dict[str, Issue] = {}
    for id_ in [id_ for id_ in claims if id_ not in done]:
        _fill(id_, claims, done, issues)
    return done, tuple(issues[id_] for id_ in sorted(issues))


def _fill(
    id_: str, claims: Mapping[str, Claim], done: dict[str, Claim], issues: dict[str, Issue]
) -> None:
    chain: list[str] = []
    step: str | None = id_
    while step and step in claims and step not in done and step not in issues and step not in chain:
        chain.append(step)
        step = claims[step].part_of
    if step in chain:
        for each in chain[chain.index(step) :]:
            issues[each] = _issue(each, "part-of-circle", "It is, in the end, a part of itself.")
    for each in reversed(chain):
        if each not in issues and each not in done:
            _fill_one(claims[each], done, issues)


def _fill_one(claim: Claim, done: dict[str, Claim], issues: dict[str, Issue]) -> None:
    if claim.part_of is None:
        done[claim.id] = claim
        return
    parent = done.get(claim.part_of)
    if parent is None:
        issues[claim.id] = _issue(
            claim.id,
            "part-of-unknown",
            f"Its whole, {claim.part_of[:40]}, is not among the claims.",
        )
    elif parent.unit != claim.unit:
        issues[claim.id] = _issue(
            claim.id,
            "unit-mismatch",
            f"It counts {claim.unit}, but its whole counts {parent.unit}.",
        )
    elif (parent.originator, parent.edition) != (claim.originator, claim.edition):
        # Tellers share no tally: what one of them counts takes no scope from another's whole, and
        # says no more of its own than that there are so many.
        done[claim.id] = replace(claim, part_of=None, role=None, pins="lo")
        issues[claim.id] = Issue(
            code="reckoning.part-of-another",
            weight="note",
            where=claim.id,
            says=f"Its whole is counted by {parent.originator[:40]}; it stands by itself.",
            then="Correct part_of if one teller counted both.",
        )
    else:
        done[claim.id] = _inherited(claim, parent)


def _inherited(claim: Claim, parent: Claim) -> Claim:
    is_new = parent.pins == "lo" or (parent.pins is None and parent.pinned == "lo")
    filled = replace(
        claim,
        where=claim.where or parent.where,
        to=claim.to or parent.to,
        during=claim.during or parent.during,
        counted=parent.counted if claim.counted in (Counted(), _default(claim)) else claim.counted,
        whom=Whom({**parent.whom, **claim.whom}),
        by=claim.by or parent.by,
        incident=claim.incident or parent.incident,
    )
    if claim.pins is None and is_new and not filled.incident:
        filled = replace(filled, pins="lo")
    elif claim.pins is None and not is_new and not filled.incident:
        filled = replace(filled, pins="both")
    return filled


def _default(claim: Claim) -> Counted:
    """Return the window of counting that was filled in from the day of publication."""
    return Counted(None, Mark(claim.published)) if claim.published else Counted()


def _issue(where: str, code: str, says: str) -> Issue:
    return Issue(
        code=f"reckoning.{code}",
        weight="fault",
        where=where,
        says=says,
        then="Correct part_of, or leave the claim to stand by itself.",
    )
