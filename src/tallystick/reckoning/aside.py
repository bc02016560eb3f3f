"""Say of each claim that does not carry a bound why it does not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tallystick.reckoning.book import Book
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.scope import Asked, Scope, meet_of_tiles
from tallystick.records import Claim, Query

__all__ = ["Aside", "asides_of"]


@dataclass(frozen=True, slots=True)
class Aside:
    """Hold a claim that does not carry the bound, and the reason."""

    claim: str
    reason: str

    def as_json(self) -> dict[str, object]:
        return {"claim": self.claim, "reason": self.reason}


def asides_of(
    book: Book,
    admitted: Mapping[str, Claim],
    query: Query,
    ground: Ground,
    carrying: Collection[str],
) -> tuple[Aside, ...]:
    """Return the claims of a question's kind and unit that do not carry it, each with a reason."""
    asked = Asked.by(query, ground, joint=book.joint)
    out = _not_counted(book, admitted)
    told = {row.claim: row.region.scope for t in book.tellers for row in t.rows}
    forces = (
        "others in the same units and days count as many or more"
        if carrying
        else "it forces nobody whom the question asks for"
    )
    return tuple(
        Aside(
            id_,
            out.get(id_)
            or (
                forces
                if _may_touch(told[id_], asked, ground)
                else "it speaks of other places, days or people"
            ),
        )
        for id_, claim in admitted.items()
        if id_ not in carrying and (claim.kind, claim.unit) == (query.kind, query.unit)
    )


def _not_counted(book: Book, admitted: Mapping[str, Claim]) -> dict[str, str]:
    """Return the claims that pin nothing in the book, each with the reason."""
    told = {row.claim for teller in book.tellers for row in teller.rows}
    found = dict.fromkeys(
        admitted.keys() - book.claims.keys(),
        "not known by the day asked for, withdrawn, or not admitted",
    )
    found |= dict.fromkeys(
        admitted.keys() & book.claims.keys() - told,
        "told again by another source in the same words and numbers",
    )
    for teller in book.tellers:
        found |= dict.fromkeys(
            teller.revised, "a later total of the same teller and scope is lower and replaced it"
        )
    for ceiling in book.ceilings:
        found[ceiling.claim.id] = "a denial or ceiling; it is shown and enters no bound"
    return found


def _may_touch(scope: Scope, asked: Asked, ground: Ground) -> bool:
    """Say whether somebody in a scope may be asked for."""
    if scope.last < asked.scope.first or asked.scope.last < scope.first:
        return False
    return any(
        meet_of_tiles(one, other, ground) is not None
        for one in scope.tiles()
        for other in asked.scope.tiles()
    )
