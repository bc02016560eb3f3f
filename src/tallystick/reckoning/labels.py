"""Say in which ways people already found may be described further, and which conditions they meet.

Who stands in which row of their own tally stays as it is, and so does their match cell; nobody is
described so that a question asks for who was not asked for before.
"""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.reckoning.book import Row
from tallystick.reckoning.choices import Choices
from tallystick.reckoning.ground import Forests
from tallystick.reckoning.scope import EVER, NEVER, Asked, Nodes, Scope, Tile
from tallystick.reckoning.tally import SITE, Kindred, Tally

__all__ = ["Labels", "Ways"]

# The ways in which people may be described: for each, the bits of the conditions that it meets.
Ways = frozenset[int]
_NOBODY = Asked.nobody()


class Labels:
    """Hold the conditions that rows set on how people are described, apart from their place.

    Args:
        rows: The rows.
        ground: What lies in what.
        asked: The question for which the people were found.
    """

    def __init__(self, rows: Sequence[Row], ground: Forests, asked: Asked) -> None:
        self.ground, self.asked = ground, asked
        labels = [
            tuple(pair for pair in row.region.scope.nodes if pair[0] != "where") for row in rows
        ]
        conditions = list(dict.fromkeys(nodes for nodes in labels if nodes))
        self.scopes = [Scope(NEVER, EVER, nodes) for nodes in conditions]
        bit = {nodes: 1 << n for n, nodes in enumerate(conditions)}
        self.of_row = [bit.get(nodes, 0) for nodes in labels]
        self._names_incidents = any(key in SITE for nodes in conditions for key, _ in nodes)
        self._known: dict[tuple[Nodes, ...], _Described] = {}

    def of_anybody(self) -> Ways:
        """Return the ways in which people may be described of whom nothing is said."""
        choices = Choices(self.scopes, _NOBODY, self.ground)
        left, keys = choices.admits(SITE, ()), [key for key in choices.keys if key not in SITE]
        ends = choices.left_of(left, keys, choices.everything) if left else {0: ()}
        return frozenset(left & choices.of_boxes for left in ends)

    def of_kinds(self, tally: Tally, kinds: Sequence[Kindred]) -> list[Ways]:
        """Return the ways in which people of each kind of a tally may be described.

        The rows that count them stay the same, and whom nobody asked for is not asked for after;
        what decides in which match cell they stand is not described anew.
        """
        if not self.scopes:
            return [frozenset({0})] * len(kinds)
        boxes_of: dict[Nodes, int] = {}
        for i, (scope, _, _) in enumerate(tally.boxes):
            nodes = tuple(pair for pair in scope.nodes if pair[0] not in SITE)
            boxes_of[nodes] = boxes_of.get(nodes, 0) | 1 << i
        parts = tuple(sorted(boxes_of))
        if parts not in self._known:
            self._known[parts] = _Described(parts, self.scopes, self.asked, self.ground)
        described, size = self._known[parts], len(tally.boxes)
        ends = [
            (sum(boxes_of[nodes] for nodes in here), way, asked)
            for here, way, asked in described.ends
        ]
        known: dict[tuple[int, int, bool, Tile], Ways] = {}
        found = []
        for kind in kinds:
            site = kind.pairs if self._names_incidents else ()
            key = (kind.near, kind.rows, kind.cell is None, site)
            if key not in known:
                here, asked_for = described.at(site), kind.near >> size
                known[key] = frozenset(
                    way & here
                    for boxes, way, asked in ends
                    if tally.rows_of(kind.near & boxes) == kind.rows
                    and not (kind.cell is None and described.is_asked(asked & asked_for))
                )
            found.append(known[key])
        return found


class _Described:
    """Hold what is left of labels, conditions and a question when people are described in full.

    Args:
        parts: What boxes of one tally say of people beside place, days and marks, each once.
        conditions: Of rows.
        asked: The question.
        ground: What lies in what.
    """

    def __init__(
        self, parts: Sequence[Nodes], conditions: Sequence[Scope], asked: Asked, ground: Forests
    ) -> None:
        self._first, self._before = len(parts), len(parts) + len(conditions)
        self._conditions = (1 << len(conditions)) - 1
        scopes = [Scope(NEVER, EVER, nodes) for nodes in parts]
        self._choices = choices = Choices([*scopes, *conditions], asked, ground)
        keys = [key for key in choices.keys if key not in SITE]
        self.ends = [
            (
                [nodes for i, nodes in enumerate(parts) if left >> i & 1],
                left >> self._first & self._conditions,
                left >> self._before,
            )
            for left in choices.left_of(choices.everything, keys, choices.everything)
        ]

    def at(self, site: Tile) -> int:
        """Return the conditions that may be met at a site."""
        return self._choices.admits(SITE, site) >> self._first & self._conditions

    def is_asked(self, left: int) -> bool:
        """Say whether people are asked for of whom these parts of the question hold."""
        return self._choices.is_asked(left << self._before)
