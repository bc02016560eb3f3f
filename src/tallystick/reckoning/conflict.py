"""Tell contradictions in words, with their arithmetic, and what they touch.

Within one tally: claims without a solution. Between tellers: what is documented passes what
somebody denies; a denial is shown, and enters no bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from tallystick.reckoning.book import Ceiling
from tallystick.reckoning.contradict import Contradiction
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.scope import Asked, meet_of_tiles
from tallystick.records import Contest

__all__ = ["contests", "says_within"]


def contests(desk: Desk, asked: Asked) -> tuple[Contest, ...]:
    """Return all contradictions of a book, and whether each touches the people asked for."""
    within = [
        Contest(
            claims=each.claims,
            says=says_within(each, tally.teller.originator),
            where="within",
            stretch=each.stretch,
            touches=any(_touches(desk, row.region.scope.tiles(), asked) for row in each.rows),
        )
        for tally in desk.tallies
        for each in desk.contradictions(tally)
    ]
    between = [_between(desk, ceiling, asked) for ceiling in desk.book.ceilings]
    return tuple(within + [contest for contest in between if contest])


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
        for side in shared.sides
        for r, row in enumerate(side.tally.rows)
        if side.prices[r]
    }
    denies = "denies it" if ceiling.claim.polarity == "denied" else f"says at most {ceiling.most:,}"
    return Contest(
        claims=(ceiling.claim.id, *sorted(used)),
        says=f"At least {documented:,} are documented, but {ceiling.claim.originator} {denies}.",
        where="between",
        stretch=Fraction(documented - ceiling.most),
        touches=_touches(desk, ceiling.scope.tiles(), asked),
    )


def says_within(contradiction: Contradiction, originator: str) -> str:
    """Return one sentence with the sums on both sides."""
    least, most = _sides(contradiction)
    if not least or not most:
        return f"{originator}: these figures of one tally exclude each other."
    low, high = _sum(least), _sum(most)
    hint = "; they differ by one, which may be a misprint" if low[0] - high[0] == 1 else ""
    if len(least) == 1:
        return f"{originator}: {high[1]}, but the total says {_number(low[0])}{hint}."
    if len(most) == 1:
        return f"{originator}: {low[1]}, but the whole says {_number(high[0])}{hint}."
    return f"{originator}: {low[1]}, which do not fit into {high[1]}{hint}."


def _sides(contradiction: Contradiction) -> tuple[list[Fraction], list[Fraction]]:
    least: list[Fraction] = []
    most: list[Fraction] = []
    for row, number in zip(contradiction.rows, contradiction.multipliers, strict=True):
        if number > 0 and row.lo:
            least.append(Fraction(number) * row.lo)
        if number < 0 and row.hi:
            most.append(-Fraction(number) * row.hi)
    return sorted(least), sorted(most) or [Fraction(0)]


def _sum(parts: Sequence[Fraction]) -> tuple[Fraction, str]:
    total = sum(parts, Fraction(0))
    words = " + ".join(_number(part) for part in parts)
    return total, words if len(parts) == 1 else f"{words} = {_number(total)}"


def _number(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else str(number)
