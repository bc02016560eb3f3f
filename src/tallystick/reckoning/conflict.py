"""Tell contradictions in words, with their arithmetic, and what they touch.

Within one tally: claims without a solution. Between tellers: what is documented passes what
somebody denies; a denial is shown, and enters no bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from tallystick.reckoning.arithmetic import says_within
from tallystick.reckoning.book import Ceiling
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.scope import Asked, meet_of_tiles
from tallystick.records import Contest

__all__ = ["contests", "has_more_sets"]


def contests(desk: Desk, asked: Asked) -> tuple[Contest, ...]:
    """Return all contradictions of a book, and whether each touches the people asked for."""
    within = [
        Contest(
            claims=each.claims,
            says=says_within(each, tally.teller.originator, desk.book.claims),
            where="within",
            stretch=each.stretch,
            touches=any(_touches(desk, row.region.scope.tiles(), asked) for row in each.rows),
        )
        for tally in desk.tallies
        for each in desk.contradictions(tally).sets[: desk.options.sets]
    ]
    between = [_between(desk, ceiling, asked) for ceiling in desk.book.ceilings]
    return tuple(within + [contest for contest in between if contest])


def has_more_sets(desk: Desk) -> bool:
    """Say whether some tally has, or may have, more contradictory sets than are named."""
    found = map(desk.contradictions, desk.tallies)
    return any(len(each.sets) > desk.options.sets or not each.is_whole for each in found)


def _touches(desk: Desk, tiles: Sequence[tuple[tuple[str, str], ...]], asked: Asked) -> bool:
    return any(
        meet_of_tiles(one, other, desk.ground) is not None
        for one in tiles
        for other in asked.scope.tiles()
    )


def _between(desk: Desk, ceiling: Ceiling, asked: Asked) -> Contest | None:
    if not ceiling.claim.where or (ceiling.claim.role == "new" and not ceiling.claim.incident):
        return None
    shared = desk.fewest(Asked(ceiling.scope))
    documented = ceil(shared.value)
    if documented <= ceiling.most:
        return None
    used = {
        row.claim
        for side in shared.used()
        for r, row in enumerate(side.tally.rows)
        if side.prices[r]
    }
    shares = " + ".join(str(side.proves) for side in shared.used())
    sums = f" ({shares})" if "+" in shares else ""
    denies = "denies it" if ceiling.claim.polarity == "denied" else f"says at most {ceiling.most:,}"
    return Contest(
        claims=(ceiling.claim.id, *sorted(used)),
        says=f"At least {documented:,}{sums} are documented, but "
        f"{ceiling.claim.originator} {denies}.",
        where="between",
        stretch=Fraction(documented - ceiling.most),
        touches=_touches(desk, ceiling.scope.tiles(), asked),
    )
