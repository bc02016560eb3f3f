"""Say how much of each bound hangs on each originator: the bounds without it.

A figure that falls to nothing without one teller is that teller's figure. Who first spoke in the
last days is left out together once: a flood of new tellers should not carry a figure unseen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tallystick.reckoning.ground import Ground
from tallystick.reckoning.ladder import figure_of
from tallystick.reckoning.opened import desk_of
from tallystick.reckoning.options import Options
from tallystick.reckoning.scope import Asked
from tallystick.records import Claim, Figure, Listed, Query
from tallystick.terms import NAMES

__all__ = ["LATE", "Influence", "influence_of"]

LATE = "first heard of in the last 7 days"
_LATE_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """Hold the bounds of a figure without one originator.

    Args:
        without: The originator, or ``first heard of in the last 7 days``.
        corroborated: For k = 1, as all bounds here.
        withstands: Stands if one more voice is struck out.
        single: By one source alone.
        documented: The fewest people whom somebody counts.
        believed: If every description is believed.
    """

    without: str
    corroborated: int
    withstands: int
    single: int
    documented: int
    believed: int

    @classmethod
    def of(cls, without: str, figure: Figure) -> Influence:
        return cls(
            without=without,
            corroborated=figure.corroborated[0].lo,
            withstands=figure.withstands[0].lo,
            single=figure.single.lo,
            documented=figure.documented.lo,
            believed=figure.believed,
        )

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


def influence_of(
    admitted: Mapping[str, Claim],
    query: Query,
    ground: Ground,
    options: Options,
    listed: Sequence[Listed] = (),
) -> tuple[Influence, ...]:
    """Return the bounds of a question without each originator, and without the late ones.

    Args:
        admitted: Claims that can be used, by id.
        query: The question.
        ground: Places, actors and terms.
        options: The premises.
        listed: Persons on lists; without an originator its lists are gone too.
    """
    quick = replace(options, certificates=False, sets=1)
    desk = desk_of(admitted, query, ground, quick, listed)
    asked = Asked.by(query, ground, joint=desk.book.joint)
    whole, _ = figure_of(desk, query)
    names = {tally.teller.originator for tally in desk.tallies} - {NAMES}
    speaking = {tally.teller.originator for tally in desk.speaking(asked)}

    def without(gone: Collection[str]) -> Figure:
        # Whoever holds nobody within the question changes no bound of it.
        if speaking.isdisjoint(gone):
            return whole
        kept = {id_: c for id_, c in admitted.items() if c.originator not in gone}
        persons = [each for each in listed if each.originator not in gone]
        return figure_of(desk_of(kept, query, ground, quick, persons), query)[0]

    found = [Influence.of(name, without({name})) for name in sorted(names)]
    late = _late(admitted.values(), query)
    return (*found, *([Influence.of(LATE, without(late))] if late else []))


def _late(claims: Iterable[Claim], query: Query) -> set[str]:
    """Return originators whose first claim was published in the last days, of all that count."""
    said = [(c.published, c.originator) for c in claims if c.published is not None]
    if query.as_of is not None:
        said = [(day, name) for day, name in said if day <= query.as_of]
    latest = query.as_of or max((day for day, _ in said), default=dt.date.min)
    first = {name: day for day, name in sorted(said, reverse=True)}
    return {name for name, day in first.items() if (latest - day).days < _LATE_DAYS}
