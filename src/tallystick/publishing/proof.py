"""Read from a certificate what a reader wants to know: whose shares, which claims, what premises.

The certificate itself is written by reckoning and checked by ``tallystick prove``; nothing here
proves anything. What its fields mean is in ``docs/look-up/certificate.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tallystick.publishing.desk import Desk
from tallystick.publishing.figures import ReadFigure
from tallystick.records import Days

__all__ = ["Proof", "Share", "proof_of"]


@dataclass(frozen=True, slots=True)
class Share:
    """Hold what one teller proves alone: how many, in which units of place and which days.

    Args:
        teller: Who counts.
        number: How many it proves; a fraction where tellers share a place.
        units: Units of place; none = places are not told apart.
        days: From the first to the last day; None = any day.
    """

    teller: str
    number: Fraction
    units: tuple[str, ...] = ()
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold the parts of a certificate that are said in words.

    Args:
        shares: One for each teller that proves anybody, the largest first.
        claims: Ids of the claims that the proof uses, in its order.
        premises: What is taken for granted, by name.
        has_lists: It uses what lists of names say, too; they are no claims of a text.
    """

    shares: tuple[Share, ...] = ()
    claims: tuple[str, ...] = ()
    premises: tuple[tuple[str, object], ...] = ()
    has_lists: bool = False

    @property
    def tellers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(share.teller for share in self.shares))


def proof_of(desk: Desk, figure: ReadFigure) -> Proof:
    """Return the proof of a figure; without a certificate, an empty one."""
    content = desk.dossier.certificates.get(figure.certificate)
    if content is None:
        return Proof()
    tellers = list(_objects(content.get("tellers")))
    shares = [share for told in tellers if (share := _share(told)).number > 0]
    used = [id_ for told in tellers for id_ in _used(told)]
    return Proof(
        shares=tuple(sorted(shares, key=lambda share: (-share.number, share.teller))),
        claims=tuple(dict.fromkeys(id_ for id_ in used if id_ in desk.told)),
        has_lists=any(id_ not in desk.told for id_ in used),
        premises=tuple(_object(content.get("premises")).items()),
    )


def _share(told: Mapping[str, object]) -> Share:
    weights = _object(told.get("weights"))
    cells = [_cell(name) for name, weight in weights.items() if weight != "0"]
    return Share(
        teller=str(told["originator"]),
        number=Fraction(str(told.get("proves", "0"))),
        units=tuple(sorted({unit for unit, _ in cells if unit})),
        days=_days([days for _, days in cells]),
    )


def _cell(name: str) -> tuple[str, str]:
    """Return the unit of place and the days of a match cell, by its name; empty = not told apart.

    A name is ``all``, ``UNIT first..last``, ``UNIT #INCIDENT first..last``, or
    ``key=term&where=PLACE first..last``.
    """
    site, _, days = name.rpartition(" ")
    where = site.partition(" #")[0]
    labels = dict(part.partition("=")[::2] for part in where.split("&") if "=" in part)
    return (labels.get("where", "") if labels else where), days


def _days(windows: list[str]) -> Days | None:
    """Return the days from the first to the last; None as soon as one end is open."""
    pairs = [window.partition("..")[::2] for window in windows]
    if not pairs or not all(first and last for first, last in pairs):
        return None
    return Days.from_json([min(first for first, _ in pairs), max(last for _, last in pairs)])


def _used(told: Mapping[str, object]) -> Iterable[str]:
    """Yield the claims of a teller that carry weight in the proof."""
    for claim in _objects(told.get("claims")):
        if (claim.get("at_least"), claim.get("at_most")) != ("0", "0"):
            yield str(claim["claim"])


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _objects(value: object) -> Iterable[Mapping[str, object]]:
    return (_object(item) for item in value) if isinstance(value, list | tuple) else ()
