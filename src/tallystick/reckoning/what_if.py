"""Ask what figures would be if claims were left out, added or said otherwise; nothing is kept.

The claims that are handed in stay as they are. A change is a claim under the id of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tallystick.errors import NotFound
from tallystick.reckoning.crew import in_order
from tallystick.reckoning.options import Options
from tallystick.reckoning.reckon import reckon
from tallystick.records import Claim, Figure, Issue, Listed, Query
from tallystick.terms import Actors, Places

__all__ = ["Compared", "NoSuchClaim", "changed", "compare", "what_if"]


class NoSuchClaim(NotFound):
    """A claim or originator that should be left out or changed is not there."""

    code = "no-such-claim"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No claim and no originator has the id “{name[:60]}”.",
            then="`tallystick why` shows the ids of the claims that carry a figure.",
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """Hold one figure as it is and as it would be."""

    before: Figure
    after: Figure

    @property
    def is_changed(self) -> bool:
        """Say whether anything but the question is another."""
        return self.before.id != self.after.id

    def as_json(self) -> dict[str, object]:
        return {
            "type": "what-if",
            "query": self.before.query.as_json(),
            "changed": self.is_changed,
            "before": self.before.as_json(),
            "after": self.after.as_json(),
        }


def what_if(
    claims: Iterable[Claim], *, leave_out: Iterable[str] = (), add: Iterable[Claim] = ()
) -> tuple[Claim, ...]:
    """Return the claims with some left out and some added; an added id replaces the old claim.

    Args:
        claims: As they are.
        leave_out: Ids of claims, or of originators, whose claims are all left out.
        add: Further claims.

    Raises:
        NoSuchClaim: Nothing of what should be left out is there.
    """
    dropped = set(leave_out)
    listed = tuple(claims)
    known = {claim.id for claim in listed} | {claim.originator for claim in listed}
    for name in sorted(dropped - known):
        raise NoSuchClaim(name)
    kept = {c.id: c for c in listed if dropped.isdisjoint((c.id, c.originator))}
    return tuple((kept | {claim.id: claim for claim in add}).values())


def changed(claims: Iterable[Claim], id_: str, fields: Mapping[str, object]) -> Claim:
    """Return one of the claims as it would be with other fields, under its own id.

    Raises:
        NoSuchClaim: No claim has the id.
        BadClaim: A field that a claim does not have, or a value it cannot hold.
    """
    for claim in claims:
        if claim.id == id_:
            return Claim.from_json({**claim.as_json(), "hedge": None, **fields})
    raise NoSuchClaim(id_)


def compare(  # noqa: PLR0913 - what reckon takes, and the claims as they would be
    before: Sequence[Claim],
    after: Sequence[Claim],
    queries: Sequence[Query],
    *,
    places: Places,
    actors: Actors,
    options: Options | None = None,
    listed: Sequence[Listed] = (),
) -> tuple[tuple[Compared, ...], tuple[Issue, ...]]:
    """Return each figure as it is and as it would be, and the issues of the claims as they would.

    Raises:
        UnknownAsked: A question names a place or term that is not known.
    """

    def figures_of(claims: Sequence[Claim]) -> tuple[tuple[Figure, ...], tuple[Issue, ...]]:
        figures, _, issues = reckon(
            claims, queries, places=places, actors=actors, options=options, listed=listed
        )
        return figures, issues

    cores = options.cores if options else 1
    (figures, _), (others, issues) = in_order(figures_of, (before, after), cores, are_large=True)
    return tuple(map(Compared, figures, others)), issues
