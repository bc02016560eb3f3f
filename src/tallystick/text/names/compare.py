"""Say how alike two words of a name are, across scripts, vowels heard.

The plain reference: an ordered alignment of sound units. The compiled scorer of ``linking``
must agree with it to the last digit that matters (its tests say so).
"""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.text.names.skeleton import skeletons
from tallystick.text.names.units import COST, DROP, SWAP, units_of

__all__ = ["Token", "alike", "likeness", "token_of"]


@dataclass(frozen=True, slots=True)
class Token:
    """Hold one folded word ready to be compared.

    Args:
        text: The folded word.
        units: Its sound units.
        keys: Its consonant skeletons.
        mass: What dropping all of it would cost, in consonants.
    """

    text: str
    units: tuple[int, ...]
    keys: tuple[str, ...]
    mass: float


_DROP_OF = DROP.__getitem__
_MUHAMMAD = frozenset({"mhd", "mohd", "md", "muhd", "mohmd", "mhmd"})


def token_of(word: str) -> Token:
    """Prepare a folded word; the common short forms of Muhammad are spelled out."""
    spelled = "muhammad" if word in _MUHAMMAD else word
    units = units_of(spelled)
    return Token(word, units, skeletons(word), sum(map(_DROP_OF, units)))


def alike(a: str, b: str) -> float:
    """Say how alike two folded words are: 1 the same, 0 nothing in common."""
    return likeness(token_of(a), token_of(b))


def likeness(a: Token, b: Token) -> float:
    """Give 1 − the alignment's cost over the mean mass of the two words, at least 0.

    Method:
        Damerau–Levenshtein with unit costs (``units.COST``), order kept.
    """
    mass = (a.mass + b.mass) / 2
    if mass <= 0.0:
        return 1.0 if a.units == b.units else 0.0
    return max(0.0, 1.0 - _distance(a.units, b.units) / mass)


def _distance(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    before: list[float] = []
    above = [0.0]
    for unit in b:
        above.append(above[-1] + DROP[unit])
    for i, u in enumerate(a, 1):
        row = [above[0] + DROP[u]]
        for j, v in enumerate(b, 1):
            best = min(above[j - 1] + COST[u][v], above[j] + DROP[u], row[j - 1] + DROP[v])
            if i > 1 and j > 1 and u == b[j - 2] and a[i - 2] == v and u != v:
                best = min(best, before[j - 2] + SWAP)
            row.append(best)
        before, above = above, row
    return above[-1]
