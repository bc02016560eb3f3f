"""Say in one sentence why figures exclude each other, with the sums on both sides.

Where one number, changed as a typist changes numbers, would make the sums agree, the sentence
says so. That is a hint to look at the page again, never a correction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from tallystick.reckoning.contradict import Contradiction
from tallystick.records import Claim

__all__ = ["hints", "says_within"]

_MOST_HINTS = 3


@dataclass(frozen=True, slots=True)
class _Term:
    """Hold one number of a sum, and how often it counts."""

    number: int
    times: int
    claim: Claim | None

    @property
    def value(self) -> int:
        return self.times * self.number

    @property
    def is_said(self) -> bool:
        """Say whether the text prints this very number, and the sum takes it once."""
        claim = self.claim
        return self.times == 1 and claim is not None and self.number in (claim.lo, claim.hi)


def says_within(
    contradiction: Contradiction, originator: str, claims: Mapping[str, Claim] | None = None
) -> str:
    """Return one sentence with the sums on both sides.

    Args:
        contradiction: Of one tally.
        originator: Whose tally.
        claims: By id; for whether one text says all, and for who is on a list.
    """
    least, most = _sides(contradiction, claims or {})
    who = f"{originator}: {'in one text, ' if _in_one_text(contradiction, claims or {}) else ''}"
    low, high = _sum(least), _sum(most)
    said = _listed(least) or low[1]
    hint = "".join(f"; {words}" for words in hints(least, most))
    if len(least) == len(most) == 1 and not _listed(least):
        return f"{who}{low[1]} do not fit into {high[1]}{hint}."
    if len(least) == 1 and not _listed(least):
        return f"{who}{high[1]}, but the total says {low[1]}{hint}."
    if len(most) == 1:
        return f"{who}{said}, but the whole says {high[1]}{hint}."
    return f"{who}{said}, which do not fit into {high[1]}{hint}."


def hints(least: Sequence[_Term], most: Sequence[_Term]) -> list[str]:
    """Return how one number, mistyped, would explain the gap between two sums."""
    gap = sum(t.value for t in least) - sum(t.value for t in most)
    changed = [(t.number, t.number - gap) for t in least if t.is_said]
    changed += [(t.number, t.number + gap) for t in most if t.is_said]
    found: dict[str, list[str]] = {}
    for said, meant in sorted(changed):
        how = _how_mistyped(said, meant)
        if how:
            found.setdefault(how, []).append(f"{said:,} for {meant:,}")
    if gap == 1 and not found:
        return ["they differ by one, which may be a misprint"]
    return [f"{how} ({', or '.join(pairs[:_MOST_HINTS])})" for how, pairs in found.items()]


def _how_mistyped(said: int, meant: int) -> str:
    """Say how ``meant`` may have become ``said``; empty if in none of the usual ways."""
    if meant <= 0 or said <= 0:
        return ""
    if abs(said - meant) == 1:
        return "they differ by one, which may be a misprint"
    if meant == 10 * said:
        return "a misprint may have dropped a zero"
    if said == 10 * meant:
        return "a misprint may have added a zero"
    one, other = str(said), str(meant)
    places = [i for i in range(len(one)) if one[i : i + 1] != other[i : i + 1]]
    if len(one) == len(other) and len(places) == 2 and places[1] == places[0] + 1:
        i = places[0]
        if one[i] == other[i + 1] and one[i + 1] == other[i]:
            return "a misprint may have exchanged two digits"
    return ""


def _sides(
    contradiction: Contradiction, claims: Mapping[str, Claim]
) -> tuple[list[_Term], list[_Term]]:
    """Return the lower and the upper ends that exclude each other, in whole multiples.

    More is demanded than allowed, so at least one lower end is above nought.
    """
    least: list[_Term] = []
    most: list[_Term] = []
    scale = lcm(*(Fraction(number).denominator for number in contradiction.multipliers))
    for row, number in zip(contradiction.rows, contradiction.multipliers, strict=True):
        claim, times = claims.get(row.claim), int(number * scale)
        if times > 0 and row.lo:
            least.append(_Term(row.lo, times, claim))
        if times < 0 and row.hi:
            most.append(_Term(row.hi, -times, claim))
    return sorted(least, key=_order), sorted(most, key=_order) or [_Term(0, 1, None)]


def _order(term: _Term) -> tuple[int, int]:
    return term.value, term.number


def _listed(least: Sequence[_Term]) -> str:
    """Return how many persons a list names, if that is what stands on the lower side."""
    if not all(term.claim and term.claim.method == "names" and term.times == 1 for term in least):
        return ""
    return f"its list names {sum(term.value for term in least):,} persons"


def _in_one_text(contradiction: Contradiction, claims: Mapping[str, Claim]) -> bool:
    told = [claims[id_].source for id_ in contradiction.claims if id_ in claims]
    return len(told) == len(contradiction.claims) > 1 and bool(told[0]) and len(set(told)) == 1


def _sum(terms: Sequence[_Term]) -> tuple[int, str]:
    total = sum(term.value for term in terms)
    words = " + ".join(
        f"{term.number:,}" if term.times == 1 else f"{term.times:,} × {term.number:,}"
        for term in terms
    )
    is_plain = len(terms) == 1 and terms[0].times == 1
    return total, words if is_plain else f"{words} = {total:,}"
