"""Tell civilians from combatants as the claims describe them; silence describes nobody."""

from __future__ import annotations

from tallystick.reckoning.rules.inside import is_wider
from tallystick.reckoning.rules.named import Named, Reading
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.totals import total, without
from tallystick.records import Claim
from tallystick.terms import vocabulary

__all__ = ["is_civilian", "is_combatant", "not_combatants"]

_PROTECTED = ("civilian", "other-protected")
_FIGHTING = ("armed-forces", "fighter")


def is_civilian(claim: Claim) -> bool:
    """Say whether the claim says that its people are civilians, or protected like them."""
    return _is_one_of(claim, _PROTECTED)


def is_combatant(claim: Claim) -> bool:
    """Say whether the claim says that its people were of armed forces or took part in fighting."""
    return _is_one_of(claim, _FIGHTING)


def _is_one_of(claim: Claim, terms: tuple[str, ...]) -> bool:
    status = claim.whom.get("status")
    if status is None:
        return False
    return any(vocabulary("status").contains(term, status) for term in terms)


def not_combatants(claims: tuple[Claim, ...], read: Reading, setting: Setting) -> Named | None:
    """Return the numbers that one account's claims name without those whom it calls combatants."""
    others = tuple(claim for claim in claims if not is_combatant(claim))
    whole = total(others, read, setting)
    if whole is None:
        return None
    inside = [
        claim
        for claim in claims
        if is_combatant(claim) and any(is_wider(other, claim, setting) for other in others)
    ]
    return without(whole, total(inside, read, setting))
