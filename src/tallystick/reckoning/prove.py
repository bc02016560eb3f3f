"""Prove a certificate anew from what stands in it, and nothing else.

``tools/check_certificate.py`` does the same without a line of ours; this file answers
``tallystick prove``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar, get_args

from tallystick.errors import Unreadable
from tallystick.reckoning.book import Region, Row, Teller
from tallystick.reckoning.certify import name_of
from tallystick.reckoning.choices import Group, groups_of
from tallystick.reckoning.ground import Forests
from tallystick.reckoning.marks import END, START, Moment, precedes
from tallystick.reckoning.match import Calendar, Matching, Premise, matching_of
from tallystick.reckoning.options import Apart
from tallystick.reckoning.scope import EVER, NEVER, Asked, Scope, Tile
from tallystick.reckoning.tally import Cell, Tally, bits
from tallystick.records import short_id

__all__ = ["NoCertificate", "Proof", "prove"]

Told = Mapping[str, object]
Made = TypeVar("Made")


class NoCertificate(Unreadable):
    """What was given to prove has not the form of a certificate."""

    code = "no-certificate"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This is no certificate of tally-2: {why[:80]}.",
            then="give the file that `tallystick reckon --certificates DIR` wrote.",
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold the outcome: proved, or the first condition that fails.

    Args:
        certificate: Id that it gives itself.
        lo: The bound.
        fails: Empty if it is proved.
    """

    certificate: str
    lo: int
    fails: str

    @property
    def holds(self) -> bool:
        return not self.fails


class _Fails(Exception):
    """A condition does not hold."""


def prove(told: Told) -> Proof:
    """Check every number of a certificate in exact arithmetic.

    Raises:
        NoCertificate: A field is missing or has no such form.
    """
    try:
        lo = _whole(told["lo"])
        try:
            _check(told)
        except _Fails as trouble:
            return Proof(str(told["id"]), lo, str(trouble))
    except (KeyError, ValueError, TypeError, AssertionError, ZeroDivisionError) as trouble:
        raise NoCertificate(f"{type(trouble).__name__} {trouble}") from trouble
    return Proof(str(told["id"]), lo, "")


def _apart(told: object) -> Apart:
    """Return what tells people of two tellers apart; another word is no certificate's."""
    apart: Apart
    for apart in get_args(Apart):
        if apart == told:
            return apart
    raise ValueError(f"{told} is no way to tell people apart")


def _need(condition: bool, fails: str) -> None:
    if not condition:
        raise _Fails(fails)


def _check(told: Told) -> None:
    body = {name: value for name, value in told.items() if name not in ("id", "type")}
    _need(told["id"] == short_id("p", body), "the id is not that of these words")
    sides = [_Side(told, each) for each in _list(told["tellers"])]
    asked = _asked(_map(told["asked"]))
    premises = _map(told["premises"])
    units = {place: tuple(map(str, _list(ids))) for place, ids in _map(told["units"]).items()}
    incidents = tuple(map(str, _list(told["incidents"])))
    near_days = _whole(premises["near_days"])
    premise = Premise(_apart(premises["apart"]), near_days, incidents=incidents)
    base = _groups(told, sides)
    tallies = [side.tally for side in sides]
    calendar = Calendar(base, premise.near_days)
    matching = matching_of(tallies, asked, premise, units=lambda _places: units, calendar=calendar)
    cover = {name: Fraction(str(number)) for name, number in _map(told["cover"]).items()}
    weights: dict[str, Fraction] = {}
    for side in sides:
        side.check_lower(asked, matching)
        side.check_people(asked, matching, cover)
        for name, weight in side.weights.items():
            _need(weight >= 0, "a weight is negative")
            weights[name] = weights.get(name, Fraction(0)) + weight
    _need(all(weight <= 1 for weight in weights.values()), "a cell is weighed more than once")
    total = sum((side.proves for side in sides), Fraction(0))
    _need(total == Fraction(str(told["value"])), "the parts do not add up")
    _need(total == sum(cover.values(), Fraction(0)), "the people need more than the bound")
    _need(-(-total // 1) == told["lo"], "the bound is not the sum rounded up")


def _groups(told: Told, sides: Sequence[_Side]) -> list[Group]:
    spans = [(s.first, s.last) for side in sides for s, _, _ in side.tally.boxes]
    cuts = [dt.date.fromisoformat(str(day)).toordinal() for day in _list(told["cuts"])]
    return groups_of([*spans, *((cut, EVER) for cut in cuts)])


class _Inside(Forests):
    """Answer from the forests that stand in the certificate."""

    def __init__(self, told: Told) -> None:
        self._above = {
            (key, node): frozenset(map(str, _list(above)))
            for key, tree in told.items()
            for node, above in _map(tree).items()
        }

    def above(self, key: str, node: str) -> frozenset[str]:
        return self._above[key, node]


class _Side:
    """Hold one teller of a certificate."""

    def __init__(self, told: Told, mine: object) -> None:
        self.told = _map(mine)
        claims = [_map(claim) for claim in _list(self.told["claims"])]
        rows = tuple(_row(claim) for claim in claims)
        name = str(self.told["originator"])
        self.tally = Tally(Teller(name, None, "", name, rows), _Inside(_map(told["inside"])))
        self.up = [Fraction(str(claim["at_least"])) for claim in claims]
        self.down = [Fraction(str(claim["at_most"])) for claim in claims]
        self.stretch = Fraction(str(self.told["stretch"]))
        self.gives_way = Fraction(str(self.told["gives_way"]))
        self.proves = Fraction(str(self.told["proves"]))
        self.weights = {
            name: Fraction(str(weight)) for name, weight in _map(self.told["weights"]).items()
        }

    def check_lower(self, asked: Asked, matching: Matching) -> None:
        """Check that nobody is counted more often than the teller's weight of a cell."""
        _need(min([*self.up, *self.down, self.stretch, self.gives_way]) >= 0, "a negative number")
        proved = self._value(self.up, self.down) - self.gives_way * self.stretch
        _need(proved == self.proves, "the multipliers do not prove the teller's part")
        if self.stretch:
            self._check_stretch()
        for rows, cell in self._kinds(asked, matching):
            room = self.weights.get(name_of(cell), Fraction(0)) if cell is not None else 0
            often = sum((self.up[r] - self.down[r] for r in bits(rows)), Fraction(0))
            _need(often <= room, "a person is counted too often")

    def _kinds(self, asked: Asked, matching: Matching) -> Iterable[tuple[int, Cell | None]]:
        kinds = self.tally.kinds(
            asked,
            tiles=matching.tiles,
            keys=matching.keys,
            groups=matching.groups or None,
            cells=matching.cells,
        )
        return ((kind.rows, kind.cell) for kind in kinds)

    def _value(self, up: Sequence[Fraction], down: Sequence[Fraction]) -> Fraction:
        value = Fraction(0)
        for row, least, most in zip(self.tally.rows, up, down, strict=True):
            _need(not most or row.hi is not None, "a claim without an upper end is used as one")
            value += least * row.lo - most * (row.hi or 0)
        return value

    def _check_stretch(self) -> None:
        pairs = [_list(pair) for pair in _list(self.told["must_give_way"])]
        up = [Fraction(str(pair[0])) for pair in pairs]
        down = [Fraction(str(pair[1])) for pair in pairs]
        for r, row in enumerate(self.tally.rows):
            free = row.hard or max(self.up[r], self.down[r]) <= self.gives_way
            _need(
                free and (row.hard or 0 <= max(up[r], down[r]) <= 1), "a claim gives way for free"
            )
        _need(min([*up, *down]) >= 0, "a negative number")
        _need(self._value(up, down) == self.stretch, "the stretch is not the least")
        for kind in self.tally.kinds(Asked.nobody()):
            often = sum((up[r] - down[r] for r in bits(kind.rows)), Fraction(0))
            _need(often <= 0, "the stretch is not the least")

    def check_people(
        self,
        asked: Asked,
        matching: Matching,
        cover: Mapping[str, Fraction],
    ) -> None:
        """Check that the listed people keep every claim, and stand where they may."""
        held = [Fraction(0)] * len(self.tally.rows)
        used: dict[str, Fraction] = {}
        for person in map(_map, _list(self.told["people"])):
            number = Fraction(str(person["number"]))
            _need(number >= 0, "a negative number of people")
            tile, days, rows = self._place(person)
            for r in bits(rows):
                held[r] += number
            first, last = asked.scope.first, asked.scope.last
            if asked.holds(tile, self.tally.ground) and first <= days[0] and days[1] <= last:
                name = str(person["cell"])
                standing = [name_of(cell) for cell in matching.cells(tile, days)]
                _need(name in standing, "people stand where they cannot")
                used[name] = used.get(name, Fraction(0)) + number
        _need(all(n <= cover.get(cell, 0) for cell, n in used.items()), "a cell is not covered")
        self._check_held(held)

    def _place(self, person: Told) -> tuple[Tile, tuple[int, int], int]:
        tile = tuple(sorted((key, str(node)) for key, node in _map(person["as"]).items()))
        days = _days(person["days"])
        history = frozenset(Moment.parse(str(mark)) for mark in _list(person["counted_at"]))
        marks = {m for _, after, until in self.tally.boxes for m in (after, until)} - {START, END}
        later = all(b in history for a in history for b in marks if precedes(a, b))
        _need(history <= marks and later, "somebody is counted, and then not")
        return tile, days, self.tally.rows_at(tile, days, history)

    def _check_held(self, held: Sequence[Fraction]) -> None:
        given = Fraction(0)
        for row, number in zip(self.tally.rows, held, strict=True):
            off = max(row.lo - number, number - row.hi if row.hi is not None else 0, Fraction(0))
            _need(not (off and row.hard), "a breakdown is not complete")
            given += off
        _need(given <= self.stretch, "the listed people do not keep the claims")


def _row(told: Told) -> Row:
    after, until = told["after"], told["until"]
    within = _map(told["within"])
    region = Region(
        _scope(within),
        Moment.parse(str(after)) if after else START,
        Moment.parse(str(until)) if until else END,
        tuple(_scope(_map(scope)) for scope in _list(within["less"])),
    )
    hi = None if told["hi"] is None else _whole(told["hi"])
    return Row(str(told["claim"]), region, _whole(told["lo"]), hi, bool(told["hard"]))


def _asked(told: Told) -> Asked:
    outside = [_scope(_map(scope)).nodes[0] for scope in _list(told["less"])]
    return Asked(_scope(told), tuple((key, ids[0]) for key, ids in outside))


def _scope(told: Told) -> Scope:
    nodes = tuple(
        (key, tuple(str(node) for node in _list(ids)))
        for key, ids in sorted(told.items())
        if key not in ("during", "less")
    )
    return Scope(*_days(told["during"]), nodes)


def _days(told: object) -> tuple[int, int]:
    first, last = _list(told)
    return (
        dt.date.fromisoformat(str(first)).toordinal() if first else NEVER,
        dt.date.fromisoformat(str(last)).toordinal() if last else EVER,
    )


def _read(kind: Callable[..., Made], value: object, is_one: bool) -> Made:
    if not is_one:
        raise TypeError(str(value)[:40])
    return kind(value)


def _map(value: object) -> dict[str, object]:
    return _read(dict, value, isinstance(value, dict))


def _list(value: object) -> list[object]:
    return _read(list, value, isinstance(value, list | tuple))


def _whole(value: object) -> int:
    return _read(int, value, isinstance(value, int) and not isinstance(value, bool))
