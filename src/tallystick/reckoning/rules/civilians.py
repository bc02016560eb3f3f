"""Tell civilians from combatants as the claims describe them; silence describes nobody."""

from __future__ import annotations

from tallystick.reckoning.rules.axes import FIGHTING
from tallystick.reckoning.rules.inside import is_wider
from tallystick.reckoning.rules.named import Named, Reading, Unread
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.totals import total, without
from tallystick.records import Claim
from tallystick.terms import vocabulary

__all__ = ["is_civilian", "is_combatant", "not_combatants"]

_PROTECTED = ("civilian", "other-protected")


def is_civilian(claim: Claim) -> bool:
    """Say whether the claim says that its people are civilians, or protected like them."""
    return _is_one_of(claim, _PROTECTED)


def is_combatant(claim: Claim) -> bool:
    """Say whether the claim says that its people were of armed forces or took part in fighting."""
    return _is_one_of(claim, FIGHTING)


def _is_one_of(claim: Claim, terms: tuple[str, ...]) -> bool:
    status = claim.whom.get("status")
    if status is None:
        return False
    return any(vocabulary("status").contains(term, status) for term in terms)


def not_combatants(claims: tuple[Claim, ...], read: Reading, setting: Setting) -> Named | None:
    """Return the numbers that one account's claims name without those whom it calls combatants.

    Combatants are taken out of the very numbers that include them: a total of an earlier day
    loses them, a later number of civilians does not.
    """
    fighting = [claim for claim in claims if is_combatant(claim)]

    def read_others(claim: Claim) -> Named | Unread:
        named = read(claim)
        if isinstance(named, Unread):
            return named
        inside = [other for other in fighting if is_wider(claim, other, setting)]
        return without(named, total(inside, read, setting))

    return total((claim for claim in claims if not is_combatant(claim)), read_others, setting)
