"""Put side by side what each account names, and say where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tallystick.reckoning.rules.accounts import Account
from tallystick.reckoning.rules.inside import holds_whom, is_within
from tallystick.reckoning.rules.named import Named, Reading, Unread, range_of
from tallystick.reckoning.rules.rule_figure import Step
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.totals import total
from tallystick.records import Claim, Whom

__all__ = ["PART_STEP", "Told", "disputes", "parts_marked", "told_by", "unread", "wholes"]

PART_STEP = Step(
    "A report that names one group of people alone says nothing of the others: it may raise the"
    " most, never lower the least.",
    "ours",
)


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what one account names in all, and the claims it names it by.

    Args:
        originator: Whose account.
        named: The numbers for all its people.
        claims: By which it names them.
        is_part: Whether it names one group alone, which another account's people include.
    """

    originator: str
    named: Named
    claims: tuple[Claim, ...]
    is_part: bool = False


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


def parts_marked(
    told: Sequence[Told], setting: Setting, *, ignoring: Sequence[str] = ()
) -> tuple[Told, ...]:
    """Mark the accounts that name one group of people alone, within another account's people.

    Args:
        told: What accounts name.
        setting: Places, actors.
        ignoring: Keys of whom that do not narrow what the rule counts.
    """
    outer = [(one, _outermost(one.claims, setting)) for one in told]
    terms = {
        one.originator: [_without(claim.whom, ignoring) for claim in tops] for one, tops in outer
    }
    return tuple(replace(one, is_part=_is_part(one.originator, terms)) for one in told)


def wholes(told: Sequence[Told]) -> tuple[Told, ...]:
    """Return the accounts that are no part of another."""
    return tuple(one for one in told if not one.is_part)


def _outermost(claims: Sequence[Claim], setting: Setting) -> list[Claim]:
    return [c for c in claims if not any(is_within(c, other, setting) for other in claims)]


def _without(whom: Mapping[str, str], ignoring: Sequence[str]) -> Whom:
    return Whom({key: term for key, term in whom.items() if key not in ignoring})


def _is_part(originator: str, terms: Mapping[str, Sequence[Whom]]) -> bool:
    mine = set(terms[originator])
    if len(mine) != 1:
        return False
    narrow = next(iter(mine))
    return any(
        holds_whom(wide, narrow) and not holds_whom(narrow, wide)
        for name, others in terms.items()
        if name != originator
        for wide in others
    )


def disputes(told: Sequence[Told]) -> tuple[str, ...]:
    """Return one note that says who gives which number, where they differ."""
    rivals = wholes(told)
    if len({(one.named.lo, one.named.hi) for one in rivals}) < 2:
        return ()
    each = "; ".join(f"{one.originator} {range_of(one.named)}" for one in rivals)
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
