"""Fold what outlets relay into the claim of the one who counted. For display; no bound uses it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.publishing.dossier import Told
from tallystick.records import Claim

__all__ = ["Line", "lines_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one claim as its originator makes it, and those that tell it again."""

    told: Told
    again: tuple[Told, ...] = ()


def lines_of(claims: Iterable[Told]) -> tuple[Line, ...]:
    """Return one line for each thing said; claims of the same number and scope are one line.

    A relay that states no day of its own joins the line of its originator's figure with the same
    number, people and harm. The originator's own publication leads a line, else the earliest.
    """
    lines: dict[tuple[object, ...], list[Told]] = {}
    homes: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    loose: list[Told] = []
    for told in sorted(claims, key=_by_day):
        if told.claim.edition:
            loose.append(told)
            continue
        key = _whole_key(told.claim)
        if key not in lines:
            homes.setdefault(_number_key(told.claim), []).append(key)
        lines.setdefault(key, []).append(told)
    for told in loose:
        near = homes.get(_number_key(told.claim), ())
        home = next((key for key in near if _is_earlier(lines[key][0], told)), None)
        lines.setdefault(home or _whole_key(told.claim), []).append(told)
    return tuple(_line(told) for told in lines.values())


def _line(told: list[Told]) -> Line:
    lead = min(told, key=lambda one: (bool(one.claim.via), _by_day(one)))
    return Line(lead, tuple(sorted((one for one in told if one is not lead), key=_by_day)))


def _by_day(told: Told) -> tuple[str, str]:
    return (str(told.claim.published or "9999"), told.claim.id)


def _is_earlier(own: Told, relay: Told) -> bool:
    return _by_day(own)[0] <= _by_day(relay)[0]


def _number_key(claim: Claim) -> tuple[object, ...]:
    return (
        claim.originator,
        claim.kind,
        claim.unit,
        claim.polarity,
        claim.lo,
        claim.hi,
        claim.whom,
    )


def _whole_key(claim: Claim) -> tuple[object, ...]:
    scope = (claim.where, claim.to, claim.by, claim.during, claim.counted, claim.role == "new")
    incident = claim.incident or (claim.id if claim.role == "new" else None)
    return (*_number_key(claim), *scope, incident)
