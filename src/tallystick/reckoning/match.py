"""Say where people of two tellers may be the same: the match cells.

No claim decides what tells people apart; claims only decide which cells are worth a name. A
cell of place and day is a unit of place and a slot: days that lie at most τ apart share a slot.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tallystick.reckoning.choices import Group, groups_of
from tallystick.reckoning.ground import Forests, Ground
from tallystick.reckoning.options import Apart
from tallystick.reckoning.scope import EVER, Asked, Scope, Tile, meet_of_tiles
from tallystick.reckoning.tally import Cell, Tally

__all__ = [
    "Calendar",
    "Matching",
    "Premise",
    "Units",
    "is_shared",
    "matching_of",
    "slots_of",
    "units_of",
]

Units = Callable[[Iterable[str]], dict[str, tuple[str, ...]]]


def slots_of(groups: Sequence[Group], near_days: int) -> dict[Group, list[Group]]:
    """Return for each stretch of days the widest slots in which its people may be records.

    People of two stretches may be the same if some day of one is within τ of some day of the
    other: then a slot spans both. A slot inside another tells nobody apart and is left out.
    """
    runs: list[tuple[int, int]] = []
    for i, start in enumerate(groups):
        j = i
        while j + 1 < len(groups) and groups[j + 1][0] - start[1] <= near_days:
            j += 1
        if not runs or j > runs[-1][1]:
            runs.append((i, j))
    found: dict[Group, list[Group]] = {group: [] for group in groups}
    for i, j in runs:
        for group in groups[i : j + 1]:
            found[group].append((groups[i][0], groups[j][1]))
    return found


class Calendar:
    """Hold all days, cut wherever a claim cuts them, and the slots of each stretch."""

    def __init__(self, groups: Sequence[Group], near_days: int) -> None:
        self.groups = groups
        self._slots = slots_of(groups, near_days)

    def place(self, day: int) -> int:
        """Return the number of the stretch in which a day lies."""
        return bisect_right(self.groups, (day, EVER)) - 1

    def between(self, first: int, last: int, scope: Scope) -> dict[Group, list[Group]]:
        """Return the stretches that touch some days, cut also at a scope's ends, with slots.

        The question's own ends tell nobody apart, for whoever lies beyond them is not asked for.
        """
        found: dict[Group, list[Group]] = {}
        for group in self.groups[self.place(first) : self.place(last) + 1]:
            cuts = [cut for cut in (scope.first, scope.last + 1) if group[0] < cut <= group[1]]
            starts = [group[0], *sorted(set(cuts))]
            for start, following in zip(starts, [*starts[1:], group[1] + 1], strict=True):
                found[start, following - 1] = self._slots[group]
        return found


def _beyond(near: Iterable[Group], spans: Iterable[tuple[int, int]]) -> list[Group]:
    """Return the stretches outside some days, cut only where the spans are."""
    ordered = sorted(near)
    first, last = ordered[0][0], ordered[-1][1]
    cut = groups_of([*spans, (first, last)])
    return [group for group in cut if group[1] < first or last < group[0]]


@dataclass(frozen=True, slots=True)
class Premise:
    """Hold what tells people of two tellers apart.

    Args:
        apart: Unit of place and day, nothing, or every label.
        near_days: τ.
        is_proved: Make every cell that a certificate names, also those that change no bound.
        incidents: What reviewers call incidents: nobody is in two of them. Whose incident is not
            told may be in any of them, or in none.
    """

    apart: Apart
    near_days: int
    is_proved: bool = True
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Hold the cells of one question: what to tell apart, and the cells of each.

    Args:
        tiles: Descriptions to tell apart, closed under meeting; ``()`` is everybody else.
        keys: The dimensions that the tiles describe.
        groups: Stretches of days; none where days do not matter.
        slots: The widest stretches of days in which people of a group may be records.
        units: The units in which people of each place may truly be.
        incidents: What reviewers call incidents.
        left_out: Dimensions that tell nobody apart, where labels do.
        among: Tiles with stretches of days that stand for all others too; None = each for itself.
    """

    tiles: tuple[Tile, ...]
    keys: tuple[str, ...]
    groups: tuple[Group, ...]
    slots: dict[Group, list[Group]] | None
    units: dict[str, tuple[str, ...]]
    incidents: tuple[str, ...] = ()
    left_out: frozenset[str] | None = None
    among: frozenset[tuple[Tile, Group]] | None = None
    known: dict[tuple[str | None, str | None, Group], list[Cell]] = field(default_factory=dict)

    def cells(self, tile: Tile, days: Group) -> Iterable[Cell]:
        """Return the match cells where people of a tile and a stretch of days may stand.

        There is no cell where other days, or another tile, stand for them.
        """
        if self.among is not None and (tile, days) not in self.among:
            return ()
        if self.left_out is not None:
            return ((_plain(tile, self.left_out), days),)
        if self.slots is None:
            return ((),)
        given = dict(tile)
        place, incident = given.get("where"), given.get("incident")
        known = self.known.get((place, incident, days))
        if known is None:
            units = self.units.get(place, (place,)) if place else ("",)
            names = (incident,) if incident else ("", *self.incidents)
            sites = [f"{unit} #{name}" if name else unit for unit in units for name in names]
            known = [(site, slot) for site in sites for slot in self.slots[days]]
            self.known[place, incident, days] = known
        return known


def matching_of(
    tallies: Sequence[Tally],
    asked: Asked,
    premise: Premise,
    *,
    units: Units,
    calendar: Calendar,
    window: Group | None = None,
) -> Matching:
    """Return the match cells for a question asked of some tellers.

    Args:
        tallies: Of the tellers.
        asked: The question.
        premise: What tells people of two tellers apart.
        units: Returns the units in which people of each place may truly be.
        calendar: All days, cut wherever a claim cuts them.
        window: Days beyond which all days are as one; by default none are.
    """
    scopes = [scope for tally in tallies for scope, _, _ in tally.boxes]
    tiles = {tile for scope in scopes for tile in scope.tiles()}
    first = min((scope.first for scope in scopes), default=0)
    last = max((scope.last for scope in scopes), default=0)
    slots = calendar.between(*(window or (first, last)), asked.scope)
    if window is not None:
        spans = [(scope.first, scope.last) for scope in (*scopes, asked.scope)]
        slots |= {group: [group] for group in _beyond(slots, spans)}
    here = tuple(sorted(slots))
    if premise.apart == "single":
        return Matching(((),), (), here, None, {})
    if premise.apart == "labels":
        # What one teller alone says of a few days, wide rows of others may say too.
        is_whole = window is None
        left_out = _used_once(tallies) if is_whole and not premise.is_proved else frozenset()
        plain = {_plain(tile, left_out) for tile in [*tiles, *asked.tiles()]}
        if not premise.is_proved:
            spans = [(scope.first, scope.last) for scope in scopes]
            here = tuple(groups_of([*spans, (asked.scope.first, asked.scope.last)]))
        closed = tuple(sorted(_closed(plain, tallies[0].ground))) if tallies else ((),)
        keys = tuple(sorted({key for tile in plain for key, _ in tile}))
        among = None if premise.is_proved else _told_apart(tallies, asked, closed, keys, here)
        return Matching(closed, keys, here, None, {}, left_out=left_out, among=among)
    places = {node for tile in [*tiles, *asked.tiles()] for key, node in tile if key == "where"}
    at = [(), *((("where", place),) for place in sorted(places))]
    of = [(), *((("incident", name),) for name in premise.incidents)]
    sites = tuple((*name, *place) for name in of for place in at)
    keys = ("incident", "where") if premise.incidents else ("where",)
    return Matching(sites, keys, here, slots, units(places), premise.incidents)


def _told_apart(
    tallies: Sequence[Tally],
    asked: Asked,
    tiles: Iterable[Tile],
    keys: Sequence[str],
    groups: Sequence[Group],
) -> frozenset[tuple[Tile, Group]]:
    """Return one tile and stretch of days for each set of boxes in which people may stand."""
    of_tile, of_group, width = dict.fromkeys(tiles, 0), dict.fromkeys(groups, 0), 0
    for tally in tallies:
        choices = tally.choices(asked)
        for tile in of_tile:
            of_tile[tile] |= choices.admits(keys, tile) << width
        for group, mask in choices.of_days(groups):
            of_group[group] |= mask << width
        width += len(choices.scopes)
    found: dict[int, tuple[Tile, Group]] = {}
    for tile, here in of_tile.items():
        for group, there in of_group.items():
            found.setdefault(here & there, (tile, group))
    return frozenset(found.values())


def _closed(tiles: Iterable[Tile], ground: Forests) -> set[Tile]:
    """Return tiles, and where they meet."""
    found: set[Tile] = {()}
    for tile in sorted(tiles):
        if tile not in found:
            met = {meet_of_tiles(tile, other, ground) for other in found}
            found |= {each for each in met if each is not None}
    return found


def _plain(tile: Tile, left_out: frozenset[str]) -> Tile:
    """Return the labels that tellers share, and more than one uses."""
    return tuple(p for p in tile if p[0] not in left_out and is_shared(p[0]))


def is_shared(key: str) -> bool:
    """Say whether tellers share a dimension; a text's own label of an incident is not shared."""
    return not key.startswith("incident ")


def _used_once(tallies: Sequence[Tally]) -> frozenset[str]:
    """Return the dimensions that one teller alone uses.

    They make no difference: nobody else's people are hindered from standing, along such a
    dimension, where that teller puts its own.
    """
    users: dict[str, int] = {}
    for tally in tallies:
        for key in {key for scope, _, _ in tally.boxes for key, _ in scope.nodes}:
            users[key] = users.get(key, 0) + 1
    return frozenset(key for key, number in users.items() if number == 1)


def units_of(places: Iterable[str], ground: Ground) -> dict[str, tuple[str, ...]]:
    """Return the units in which people of each place may truly be.

    Where a place is known only to lie in a unit that itself holds smaller units, its people may
    be in any of them.
    """
    units = {place: ground.unit(place) for place in places}
    found = {}
    for place, unit in units.items():
        finer = {
            other
            for other in units.values()
            if unit not in (place, other) and ground.contains("where", unit, other)
        }
        found[place] = (unit, *sorted(finer))
    return found
