"""Range the bands that organisations print: children, women, men."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tallystick.reckoning.rules.accounts import Account
from tallystick.reckoning.rules.named import Named, Reading, hull, range_of
from tallystick.reckoning.rules.numbers import told_by
from tallystick.reckoning.rules.rule_figure import Range, Step
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.totals import total
from tallystick.records import Claim
from tallystick.terms import vocabulary

__all__ = ["BANDS", "band_of", "band_ranges", "stretched"]

BANDS = ("children", "women", "men")
_STRETCH = Step(
    "One account names the whole without its parts, so its difference lies in the largest part.",
    "read-off",
)


def band_of(claim: Claim) -> str | None:
    """Return the band of a claim's people; None where age and sex do not say one."""
    age, sex = claim.whom.get("age"), claim.whom.get("sex")
    if age == "child":
        return "children"
    if age is None or not vocabulary("age").contains("adult", age):
        return None
    return {"female": "women", "male": "men"}.get(sex or "")


def band_ranges(
    accounts: Sequence[Account], read: Reading, setting: Setting
) -> tuple[tuple[str, Range], ...]:
    """Return the range of each band of killed that some account names."""
    return tuple((band, range_of(named)) for band, named in _hulls(accounts, read, setting).items())


def stretched(
    accounts: Sequence[Account], killed: Range, read: Reading, setting: Setting
) -> tuple[tuple[tuple[str, Range], ...], tuple[Step, ...]]:
    """Return the bands, the largest widened where accounts of the whole leave it no choice.

    Where one account breaks all its dead down into bands and another names a whole alone, the
    bands must be able to add up to both wholes. Seen in Airwars CI272: 45 children and a woman
    by one, 42 by another, printed as 41–45 children and 1 woman.
    """
    bands = {band: range_of(named) for band, named in _hulls(accounts, read, setting).items()}
    if not any(_is_complete(account, read, setting) for account in accounts):
        return tuple(bands.items()), ()
    widest = max(bands, key=lambda band: (bands[band].hi or bands[band].lo, band))
    others = [bands[band] for band in bands if band != widest]
    at_most = sum(one.lo if one.hi is None else one.hi for one in others)
    at_least = sum(one.lo for one in others)
    before = bands[widest]
    lo = min(before.lo, max(0, killed.lo - at_most))
    hi = None if before.hi is None or killed.hi is None else max(before.hi, killed.hi - at_least)
    bands[widest] = Range(lo, hi)
    return tuple(bands.items()), (_STRETCH,) if bands[widest] != before else ()


def _hulls(accounts: Sequence[Account], read: Reading, setting: Setting) -> dict[str, Named]:
    found = {}
    for band in BANDS:
        told = told_by(accounts, partial(_of, band), read, setting)
        if told:
            found[band] = hull(one.named for one in told)
    return found


def _of(band: str, account: Account) -> tuple[Claim, ...]:
    return tuple(claim for claim in account.of("killed") if band_of(claim) == band)


def _is_complete(account: Account, read: Reading, setting: Setting) -> bool:
    """Say whether the bands of an account add up to all whom it counts, to the person.

    One band alone breaks nothing down: "two children" says nothing of the others.
    """
    killed = account.of("killed")
    if len({band_of(claim) for claim in killed} - {None}) < 2:
        return False
    whole = total(killed, read, setting)
    parts = total((claim for claim in killed if band_of(claim)), read, setting)
    if whole is None or parts is None:
        return False
    return (parts.lo, parts.hi) == (whole.lo, whole.hi) and parts.lo == parts.hi
