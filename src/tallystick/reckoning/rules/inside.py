"""Say which claims of one account are inside one another, and which speak of others."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.reckoning.rules.setting import Setting
from tallystick.records import Claim
from tallystick.terms import WHOM_KEYS, excludes, vocabulary

__all__ = ["are_apart", "holds_whom", "is_wider", "is_within"]


def is_wider(outer: Claim, inner: Claim, setting: Setting) -> bool:
    """Say whether the people of ``inner`` are among those of ``outer``, as far as they state it.

    Within one account of one incident, an unstated place or day is the account's own.
    """
    if inner.part_of == outer.id:
        return True
    return (
        holds_whom(outer.whom, inner.whom)
        and _holds_where(outer, inner, setting)
        and (outer.during is None or inner.during is None or outer.during.contains(inner.during))
        and (outer.by is None or _holds_by(outer.by, inner.by, setting))
        and (outer.incident is None or outer.incident == inner.incident)
    )


def is_within(inner: Claim, outer: Claim, setting: Setting) -> bool:
    """Say whether ``inner`` is a part of ``outer`` and not the same people told again."""
    if inner.part_of == outer.id:
        return True
    if inner.id in (outer.id, outer.part_of) or not is_wider(outer, inner, setting):
        return False
    is_subset = inner.role in ("subset", "part") and outer.role not in ("subset", "part")
    return is_subset or not is_wider(inner, outer, setting)


def are_apart(one: Claim, other: Claim, setting: Setting) -> bool:
    """Say whether nobody can be counted by both, in their one teller's own description."""
    return (
        any(_excludes(key, one, other) for key in WHOM_KEYS)
        or _elsewhere(one, other, setting)
        or (
            one.during is not None
            and other.during is not None
            and not one.during.overlaps(other.during)
        )
        or _by_others(one, other, setting)
        or (None not in (one.incident, other.incident) and one.incident != other.incident)
        or _added_apart(one, other)
    )


def holds_whom(outer: Mapping[str, str], inner: Mapping[str, str]) -> bool:
    """Say whether a description of people contains another; what it leaves out is everybody."""
    return all(key in inner and _contains(key, term, inner[key]) for key, term in outer.items())


def _contains(key: str, outer: str, inner: str) -> bool:
    return outer == inner or (key in WHOM_KEYS and vocabulary(key).contains(outer, inner))


def _excludes(key: str, one: Claim, other: Claim) -> bool:
    return key in one.whom and key in other.whom and excludes(key, one.whom[key], other.whom[key])


def _holds_where(outer: Claim, inner: Claim, setting: Setting) -> bool:
    if not outer.where or not inner.where:
        return True
    return all(
        any(setting.places.contains(wide, narrow) for wide in outer.where) for narrow in inner.where
    )


def _elsewhere(one: Claim, other: Claim, setting: Setting) -> bool:
    if not one.where or not other.where:
        return False
    contains = setting.places.contains
    return not any(contains(a, b) or contains(b, a) for a in one.where for b in other.where)


def _holds_by(outer: str, inner: str | None, setting: Setting) -> bool:
    return inner is not None and setting.actors.contains(outer, inner)


def _by_others(one: Claim, other: Claim, setting: Setting) -> bool:
    if one.by is None or other.by is None:
        return False
    contains = setting.actors.contains
    return not (contains(one.by, other.by) or contains(other.by, one.by))


def _added_apart(one: Claim, other: Claim) -> bool:
    first, second = sorted((one.counted, other.counted), key=lambda c: str(c.after))
    if first.after is None or second.after is None or first.until is None:
        return False
    return first.until.day <= second.after.day
