"""Say what counts of families tell of persons: beside a figure, and in none of its bounds.

A family is at least one person; that much is proved with the families. Where a teller says that
entire families were killed, the rule ``entire-families`` takes two persons of each. Those driven
out may be multiplied by a size of family that somebody gives; deaths never are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil

from tallystick.reckoning.certify import certificate_of
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.options import Options
from tallystick.reckoning.scope import Asked
from tallystick.records import Certificate, Claim, Derived, Query

__all__ = ["derived_of", "says_entire"]

_ENTIRE = re.compile(
    r"\b(entire|whole|complete)\s+famil|\bfamil\w+\s+(was|were)\s+wiped\s+out"
    r"|(عائلات|عائلة|عوائل|أسرة|أسر)\s+(بأكملها|كاملة|بكاملها)",
    re.IGNORECASE,
)

Open = Callable[[Mapping[str, Claim], Query], Desk]


def says_entire(claim: Claim) -> bool:
    """Say whether the words are of entire families."""
    return claim.unit == "families" and bool(_ENTIRE.search(f"{claim.quote} {claim.category}"))


def derived_of(
    query: Query, admitted: Mapping[str, Claim], options: Options, desk_of: Open
) -> tuple[tuple[Derived, ...], tuple[Certificate, ...]]:
    """Return what families tell of the persons asked for, and the proofs of the families.

    Args:
        query: A question about persons; another gets nothing.
        admitted: All claims that can be used.
        options: With the size of a family, and whether entire families count for two.
        desk_of: Opens a desk for claims and a question.
    """
    mine = {i: c for i, c in admitted.items() if (c.kind, c.unit) == (query.kind, "families")}
    if query.unit != "persons" or not mine:
        return (), ()
    asked = replace(query, unit="families")
    found = [_found("family-of-one", Fraction(1), asked, desk_of(mine, asked))]
    if options.family_size is not None and query.kind == "displaced":
        found.append(_found("family-size", options.family_size, asked, desk_of(mine, asked)))
    entire = {i: claim for i, claim in mine.items() if says_entire(claim)}
    if options.entire_families and query.kind == "killed" and entire:
        found.append(_found("entire-families", Fraction(2), asked, desk_of(entire, asked)))
    return _told(found)


def _told(
    found: Iterable[tuple[Derived, Certificate | None]],
) -> tuple[tuple[Derived, ...], tuple[Certificate, ...]]:
    kept = [(derived, proof) for derived, proof in found if derived.lo]
    proofs = {proof.id: proof for _, proof in kept if proof}
    return tuple(derived for derived, _ in kept), tuple(proofs.values())


def _found(
    rule: str, each: Fraction, asked: Query, desk: Desk
) -> tuple[Derived, Certificate | None]:
    question = Asked.by(asked, desk.ground, joint=desk.book.joint)
    shared = desk.fewest(question)
    families = ceil(shared.value)
    proof = None
    if desk.options.certificates and families:
        proof = certificate_of(desk, asked, question, shared)
    derived = Derived(
        rule=rule,
        lo=ceil(families * each),
        families=families,
        each=each,
        certificate=proof.id if proof else None,
    )
    return derived, proof
