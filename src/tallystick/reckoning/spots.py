"""Say how people found may be described further where labels tell people apart.

Two tellers speak of one person there only if they describe that person alike. So whoever stands
in one match cell, a spot, is described further for all tellers at once; only what a text calls
its own incidents is its teller's alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tallystick.reckoning.audit import Placed
from tallystick.reckoning.book import Row
from tallystick.reckoning.bounds import Side
from tallystick.reckoning.choices import Choices
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.marks import END
from tallystick.reckoning.match import is_shared
from tallystick.reckoning.program import Number
from tallystick.reckoning.scope import EVER, NEVER, Asked, Nodes, Scope, Tile
from tallystick.reckoning.tally import Cell, Kindred

__all__ = ["Conditions", "Spot", "Standing", "Teller", "Way"]

_NOBODY = Asked.nobody()
# For each kind the boxes that hold it, and the conditions that may still be met.
_State = tuple[tuple[int, ...], int]
# So many descriptions of one spot are tried: were there more, a row might be entered in vain.
_MOST = 2048


class Conditions:
    """Hold the conditions that rows set on how people are described, apart from their place.

    Args:
        rows: The rows.
        ground: What lies in what.
    """

    def __init__(self, rows: Iterable[Row], ground: Ground) -> None:
        self.ground = ground
        named = list(dict.fromkeys(nodes for row in rows if (nodes := _labels(row))))
        self._bit = {nodes: 1 << n for n, nodes in enumerate(named)}
        self._choices = Choices([Scope(NEVER, EVER, nodes) for nodes in named], _NOBODY, ground)
        self.all = self._choices.of_boxes
        self._terms: dict[str, list[str]] = {}
        for key, term in sorted({(key, i) for nodes in named for key, ids in nodes for i in ids}):
            self._terms.setdefault(key, []).append(term)
        self.shared = [key for key in self._terms if is_shared(key)]
        self.own = [key for key in self._terms if not is_shared(key)]
        self._met: dict[Tile, int] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._terms

    def of_row(self, row: Row) -> int:
        """Return the bit of a row's condition; 0 = none."""
        return self._bit.get(_labels(row), 0)

    def met_by(self, tile: Tile) -> int:
        """Return the bits of the conditions that people so described meet."""
        if tile not in self._met:
            self._met[tile] = self._choices.admits(self._terms, tile) & self.all
        return self._met[tile]

    def left_by(self, key: str, term: str | None) -> int:
        """Return the bits of the conditions that may be met where a term is said, or none."""
        return self._choices.choice(key, term)

    def terms(self, key: str, said: str | None) -> list[str | None]:
        """Return what may be said of people: nothing new, or a term that says more."""
        more = (
            term
            for term in self._terms[key]
            if said is None or (term != said and self.ground.contains(key, said, term))
        )
        return [None, *more]


class Way(NamedTuple):
    """Hold one description of a spot.

    Args:
        met: The conditions that people of whom nothing else is said meet so.
        of_each: For each kind that stands there, the conditions that it may meet so.
    """

    met: int
    of_each: tuple[frozenset[int], ...]


def _labels(row: Row) -> Nodes:
    return tuple(pair for pair in row.region.scope.nodes if pair[0] != "where")


class Teller:
    """Hold what one teller's rows in one answer say of people, as bits of boxes.

    Args:
        index: Of the teller.
        side: Its side of the answer.
    """

    def __init__(self, index: int, side: Side) -> None:
        self.index, self.tally = index, side.tally

    @cached_property
    def choices(self) -> Choices:
        return self.tally.choices(_NOBODY)

    def boxes_of(self, kind: Kindred, without: Conditions) -> int:
        """Return the boxes that hold people of a kind, whatever is said of them in some keys."""
        first, last = kind.days
        held = 0
        for i, (scope, after, until) in enumerate(self.tally.boxes):
            is_counted = (until == END or until in kind.counted_at) and after not in kind.counted_at
            if is_counted and scope.first <= first and last <= scope.last:
                held |= 1 << i
        keys = [key for key in self.choices.keys if key not in without]
        return held & self.choices.admits(keys, kind.pairs)


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold people of one kind of one teller.

    Args:
        teller: Whose.
        kind: How they are described so far.
        number: How many.
        place: Their place among all people of that teller.
    """

    teller: Teller
    kind: Kindred
    number: Number
    place: int

    def said(self, key: str) -> str | None:
        return next((term for other, term in self.kind.pairs if other == key), None)

    def left_by(self, key: str, term: str | None) -> int:
        """Return the boxes that may hold them if a term is said; None = what was said before."""
        return self.teller.choices.choice(key, term or self.said(key))

    def is_as_before(self, boxes: int) -> bool:
        """Say whether the rows that count them stay the same in these boxes."""
        return self.teller.tally.rows_of(boxes) == self.kind.rows


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold who stands in one match cell of one answer.

    Args:
        cell: Which; None if the question does not ask for them.
        number: How many people they are, all tellers together.
        here: Whom each teller counts among them.
    """

    cell: Cell | None
    number: Number
    here: list[Standing]

    @property
    def placed(self) -> Placed | None:
        """Return where its people stand, whoever else counts them; None if they cost nothing."""
        if self.cell is None:
            return None
        kind = self.here[0].kind
        first, last = kind.days
        return Placed(self.here[0].said("where"), last if first == NEVER else first, frozenset())

    def ways(self, conditions: Conditions, asked: Asked) -> list[Way]:
        """Return the ways in which all may be described further, each once.

        The rows that count them stay the same, what was said of them stays true, and whom
        nobody asked for is not asked for after.
        """
        start = tuple(each.teller.boxes_of(each.kind, conditions) for each in self.here)
        states: dict[_State, Tile] = {(start, conditions.all): ()}
        for key in conditions.shared:
            said = self.here[0].said(key)
            more: dict[_State, Tile] = {}
            for (boxes, met), tile in states.items():
                for term in conditions.terms(key, said) if len(more) < _MOST else (None,):
                    left = tuple(
                        b & each.left_by(key, term)
                        for b, each in zip(boxes, self.here, strict=True)
                    )
                    met_so = met & conditions.left_by(key, term or said)
                    more.setdefault((left, met_so), (*tile, (key, term)) if term else tile)
            states = more
        found: dict[Way, None] = {}
        bare = conditions.all
        for key in conditions.own:
            bare &= conditions.left_by(key, None)
        for (boxes, met), tile in states.items():
            if self.cell is None and tile and self._is_asked(tile, asked, conditions.ground):
                continue
            ways = [
                _own(each, b, met, conditions) for b, each in zip(boxes, self.here, strict=True)
            ]
            if all(ways):
                found[Way(met & bare, tuple(ways))] = None
        assert found, "as they are they may stay"
        return list(found)

    def _is_asked(self, more: Tile, asked: Asked, ground: Ground) -> bool:
        kind = self.here[0].kind
        tile = tuple(sorted((dict(kind.pairs) | dict(more)).items()))
        days = asked.scope.first <= kind.days[0] and kind.days[1] <= asked.scope.last
        return days and asked.holds(tile, ground)


def _own(each: Standing, boxes: int, met: int, conditions: Conditions) -> frozenset[int]:
    """Return the conditions met with each choice of an incident that a text calls its own.

    Empty if they cannot be left as they are in this.
    """
    states = {(boxes, met)}
    for key in conditions.own:
        said = each.said(key)
        states = {
            (b & each.left_by(key, term), m & conditions.left_by(key, term or said))
            for b, m in states
            for term in conditions.terms(key, said)
        }
    plain, so_met = boxes, met
    for key in conditions.own:
        plain &= each.left_by(key, None)
        so_met &= conditions.left_by(key, each.said(key))
    if not each.is_as_before(plain):
        return frozenset()
    return frozenset(m for b, m in states if each.is_as_before(b))
