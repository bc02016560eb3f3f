"""Gather the claims of an incident into accounts: what each originator says in the end.

A relay is its originator's account, not one more. A teller's later total replaces its earlier
one; a day's additions lie inside a running total that closes no earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tallystick.reckoning.rules.axes import Axes, axes_of
from tallystick.reckoning.rules.inside import is_wider
from tallystick.reckoning.rules.setting import Setting
from tallystick.records import Claim

__all__ = ["Account", "Evidence", "evidence_of"]


@dataclass(frozen=True, slots=True)
class Account:
    """Hold what one originator says of an incident in the end."""

    originator: str
    claims: tuple[Claim, ...]

    def of(self, *kinds: str) -> tuple[Claim, ...]:
        """Return its claims of these kinds of harm."""
        return tuple(claim for claim in self.claims if claim.kind in kinds)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold an incident as every rule begins with it.

    Args:
        accounts: By originator, sorted.
        axes: Of all claims, also those set aside.
        set_aside: Pairs of claim id and reason, by id.
    """

    accounts: tuple[Account, ...]
    axes: Axes
    set_aside: tuple[tuple[str, str], ...]


def evidence_of(claims: Iterable[Claim], setting: Setting) -> Evidence:
    """Return accounts, axes, and what was set aside, whatever the order of the claims."""
    listed = tuple(sorted(set(claims), key=lambda claim: claim.id))
    aside: dict[str, str] = {}
    looks = (_not_counted, _taken_back, _beyond(setting), _relayed, _replaced)
    for look in (*looks, _inside_a_stock(setting)):
        standing = tuple(claim for claim in listed if claim.id not in aside)
        aside |= look(standing)
    accounts: dict[str, list[Claim]] = defaultdict(list)
    for claim in listed:
        if claim.id not in aside:
            accounts[claim.originator].append(claim)
    return Evidence(
        tuple(Account(name, tuple(accounts[name])) for name in sorted(accounts)),
        axes_of(listed, setting),
        tuple(sorted(aside.items())),
    )


def _not_counted(claims: tuple[Claim, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for claim in claims:
        if claim.kind not in ("killed", "injured", "killed+injured"):
            found[claim.id] = f"{claim.kind}: no count of killed or injured"
        elif claim.polarity == "denied":
            found[claim.id] = "a denial counts nobody; it is kept as a dispute"
        elif claim.standard == "estimated":
            found[claim.id] = "an estimate, not a report of people counted"
        elif claim.role == "previous":
            found[claim.id] = "its own text replaces it"
    return found


def _taken_back(claims: tuple[Claim, ...]) -> dict[str, str]:
    gone = {claim.retracts for claim in claims} | {claim.supersedes for claim in claims}
    return {
        claim.id: "its teller took it back or replaced it" for claim in claims if claim.id in gone
    }


def _beyond(setting: Setting) -> Callable[[tuple[Claim, ...]], dict[str, str]]:
    """Set aside claims that state other places or days than the incident's, or more of them."""

    def look(claims: tuple[Claim, ...]) -> dict[str, str]:
        return {
            claim.id: "it speaks of other places or days, or of more than these"
            for claim in claims
            if not _is_here(claim, setting)
        }

    return look


def _is_here(claim: Claim, setting: Setting) -> bool:
    if setting.during and claim.during and not setting.during.contains(claim.during):
        return False
    if not setting.where or not claim.where:
        return True
    holds = setting.places.contains
    return all(any(holds(wide, place) for wide in setting.where) for place in claim.where)


def _relayed(claims: tuple[Claim, ...]) -> dict[str, str]:
    own = {(claim.originator, claim.kind) for claim in claims if claim.edition is None}
    return {
        claim.id: "a relay; its originator's own figures are here"
        for claim in claims
        if claim.edition is not None and (claim.originator, claim.kind) in own
    }


def _replaced(claims: tuple[Claim, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    scopes: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.counted.after is None and claim.counted.until is not None:
            key = (claim.originator, claim.kind, claim.unit, claim.whom, claim.where, claim.by)
            scopes[(*key, claim.incident, claim.role in ("subset", "part"))].append(claim)
    for series in scopes.values():
        for claim in series:
            if any(_follows(later, claim) for later in series):
                found[claim.id] = "its teller's later total replaces it"
    return found


def _follows(later: Claim, earlier: Claim) -> bool:
    last, first = later.counted.until, earlier.counted.until
    if last is None or first is None or last.day < first.day:
        return False
    if last.day == first.day and not (first.time and last.time and first.time < last.time):
        return False
    if later.during is None or earlier.during is None:
        return True
    return later.during.overlaps(earlier.during)


def _inside_a_stock(setting: Setting) -> Callable[[tuple[Claim, ...]], dict[str, str]]:
    def look(claims: tuple[Claim, ...]) -> dict[str, str]:
        stocks = [claim for claim in claims if claim.counted.after is None and claim.counted.until]
        return {
            claim.id: "a day's additions, inside its teller's running total"
            for claim in claims
            if claim.counted.after is not None
            and any(_holds(stock, claim, setting) for stock in stocks)
        }

    return look


def _holds(stock: Claim, added: Claim, setting: Setting) -> bool:
    if (stock.originator, stock.kind, stock.unit) != (added.originator, added.kind, added.unit):
        return False
    closes, until = stock.counted.until, added.counted.until
    return (
        closes is not None
        and until is not None
        and until.day <= closes.day
        and is_wider(stock, added, setting)
    )
