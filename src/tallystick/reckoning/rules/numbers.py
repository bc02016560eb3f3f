"""Put side by side what each account names, and say where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tallystick.reckoning.rules.accounts import Account
from tallystick.reckoning.rules.named import Named, Reading, Unread, range_of
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.totals import total
from tallystick.records import Claim

__all__ = ["Told", "disputes", "told_by", "unread"]


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what one account names in all, and the claims it names it by."""

    originator: str
    named: Named
    claims: tuple[Claim, ...]


def told_by(
    accounts: Iterable[Account],
    pick: Callable[[Account], tuple[Claim, ...]],
    read: Reading,
    setting: Setting,
) -> tuple[Told, ...]:
    """Return, for each account that names a number by the picked claims, that number."""
    found = []
    for account in accounts:
        claims = tuple(claim for claim in pick(account) if isinstance(read(claim), Named))
        named = total(claims, read, setting)
        if named is not None:
            found.append(Told(account.originator, named, claims))
    return tuple(found)


def disputes(told: Sequence[Told]) -> tuple[str, ...]:
    """Return one note that says who gives which number, where they differ."""
    if len({(one.named.lo, one.named.hi) for one in told}) < 2:
        return ()
    each = "; ".join(f"{one.originator} {range_of(one.named)}" for one in told)
    return (f"Disputed: {each}.",)


def unread(accounts: Iterable[Account], kinds: Sequence[str], read: Reading) -> dict[str, str]:
    """Return the claims of these kinds from which the rule takes no number, with the reason."""
    found = {}
    for account in accounts:
        for claim in account.of(*kinds):
            named = read(claim)
            if isinstance(named, Unread):
                found[claim.id] = named.says
    return found
