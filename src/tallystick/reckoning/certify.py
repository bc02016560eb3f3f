"""Write the proof of a bound so that it can be checked without us.

The lower half: each teller's own claims, with multipliers, prove how many people it counts, with
what weight in which cell; no cell is weighed more than once over all tellers, so the parts add
up. The upper half: an allocation of people that keeps every claim and reaches the bound. What
the fields mean is in docs/look-up/certificate.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Shared, Side
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.marks import END, START, Moment, precedes
from tallystick.reckoning.match import units_of
from tallystick.reckoning.options import METHOD
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import Asked, Scope, days_of
from tallystick.reckoning.tally import Cell
from tallystick.records import Certificate, Query

__all__ = ["certificate_of", "marks_mixed", "name_of"]


def certificate_of(desk: Desk, query: Query, asked: Asked, shared: Shared) -> Certificate:
    """Return the certificate of a documented bound."""
    value = shared.value
    sides = [side for side in shared.sides if side.tally.rows]
    content: dict[str, object] = {
        "method": METHOD,
        "query": query.as_json(),
        "lo": -(-value.numerator // value.denominator),
        "value": _said(value),
        "premises": _premises(desk),
        "asked": _scope(asked.scope, [Scope.of(None, {k: (n,)}) for k, n in asked.outside]),
        "inside": _forests(desk, sides, asked),
        "units": _units(desk, sides, asked),
        "incidents": list(desk.incidents),
        "cuts": [first for first, _ in (days_of(*days) for days in desk.groups) if first],
        "tellers": [_teller(desk, side) for side in sides],
        "cover": {
            name_of(cell): _said(number) for cell, number in sorted(shared.cover.items(), key=repr)
        },
    }
    return Certificate(content=content)


def marks_mixed(shared: Shared) -> bool:
    """Say whether a share adds figures of one teller that were closed at different marks."""
    return any(_mixes(side) for side in shared.sides)


def _mixes(side: Side) -> bool:
    regions = [row.region for r, row in enumerate(side.tally.rows) if side.prices[r] > 0]
    return any(
        one.until != other.until
        and not precedes(one.until, other.after)
        and not precedes(other.until, one.after)
        for i, one in enumerate(regions)
        for other in regions[:i]
    )


def _said(number: Number) -> str:
    return str(number)


def _premises(desk: Desk) -> dict[str, object]:
    options = desk.options
    apart = desk.apart()
    says = {
        "single": "One teller alone: it invents nobody and counts nobody twice.",
        "place-day": "No teller invents anybody or counts anybody twice; nobody is misplaced "
        f"beyond a unit of place, nor misdated by more than {_days(options.near_days)}.",
        "labels": "Every teller's description of everybody is right.",
    }
    return {
        "apart": apart,
        "near_days": options.near_days,
        "labels_from": list(options.labels_from),
        "estimated": options.estimated,
        "soft": options.soft,
        "says": says[apart],
    }


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _forests(desk: Desk, sides: Iterable[Side], asked: Asked) -> dict[str, dict[str, list[str]]]:
    """Return, by dimension, each node named here with all that it stands in."""
    named = {
        (key, node)
        for side in sides
        for scope, _, _ in side.tally.boxes
        for key, ids in scope.nodes
        for node in ids
    }
    named |= {pair for tile in asked.tiles() for pair in tile}
    named |= {("incident", name) for name in desk.incidents}
    named |= {pair for side in sides for kind in side.kinds for pair in kind.tile}
    found: dict[str, dict[str, list[str]]] = {}
    for key, node in sorted(named):
        found.setdefault(key, {})[node] = sorted(desk.ground.above(key, node))
    return found


def _units(desk: Desk, sides: list[Side], asked: Asked) -> dict[str, list[str]]:
    if desk.apart() != "place-day":
        return {}
    places = {place for side in sides for scope, _, _ in side.tally.boxes for place in scope.places}
    places |= {node for tile in asked.tiles() for key, node in tile if key == "where"}
    return {place: list(units) for place, units in sorted(units_of(places, desk.ground).items())}


def name_of(cell: Cell) -> str:
    """Return the name of a match cell: unit or labels, then days."""
    if not cell:
        return "all"
    where, days = cell
    assert isinstance(days, tuple), "the second half of a cell is a stretch of days"
    if isinstance(where, tuple):
        where = "&".join(f"{key}={node}" for key, node in where)
    first, last = days_of(*days)
    return f"{where} {first or ''}..{last or ''}"


def _scope(scope: Scope, less: Iterable[Scope] = ()) -> dict[str, object]:
    return scope.as_json() | {"less": [_scope(inner) for inner in less]}


def _teller(desk: Desk, side: Side) -> dict[str, object]:
    teller = side.tally.teller
    marks = _mark_names(side)
    told: dict[str, object] = {
        "originator": teller.originator,
        "edition": teller.edition,
        "window": teller.window,
        "stretch": _said(side.stretch),
        "gives_way": _said(side.gives_way),
        "claims": [
            {
                "claim": row.claim,
                "within": _scope(row.region.scope, row.region.less),
                "after": marks.get(row.region.after),
                "until": marks.get(row.region.until),
                "lo": row.lo,
                "hi": row.hi,
                "hard": row.hard,
                "at_least": _said(max(number, 0)),
                "at_most": _said(max(-number, 0)),
                **_about(desk, row),
            }
            for row, number in zip(teller.rows, side.prices, strict=True)
        ],
        "weights": {
            name_of(cell): _said(weight) for cell, weight in sorted(side.weights.items(), key=repr)
        },
        "proves": _said(side.proves),
        "people": _people(side, marks),
    }
    if side.stretch:
        told["must_give_way"] = [
            [_said(max(number, 0)), _said(max(-number, 0))] for number in desk.stretch_proof(side)
        ]
    return told


def _about(desk: Desk, row: Row) -> dict[str, object]:
    """Return the numbers as said, where "about" made them wider."""
    claim = desk.book.claims[row.claim]
    if claim.hedge != "approx" or desk.options.soft != "tolerant" or row.hard:
        return {}
    return {"about": [claim.lo, claim.hi]}


def _people(side: Side, marks: Mapping[Moment, str]) -> list[dict[str, object]]:
    return [
        {
            "as": dict(kind.tile),
            "days": days_of(*kind.days),
            "counted_at": sorted(marks[m] for m in kind.counted_at if m in marks),
            "cell": name_of(kind.cell) if kind.cell is not None else None,
            "number": _said(number),
        }
        for kind, number in zip(side.kinds, side.numbers, strict=True)
        if number
    ]


def _mark_names(side: Side) -> dict[Moment, str]:
    moments = {
        mark
        for row in side.tally.rows
        for mark in (row.region.after, row.region.until)
        if mark not in (START, END)
    }
    return {mark: str(mark) for mark in sorted(moments)}
