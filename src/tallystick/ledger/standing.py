"""Say how each claim stands: what the machine read, what people decided, what holds now.

The machine's reading and the reviewer's correction are two fields; neither overwrites the other.
A decision follows the claim's id, so it survives a newer reader that reads the same claim again.
If the newer reader no longer reads it, an accepted or corrected claim still holds, by the
reviewer's word. A claim that the newer reader reads from the same words in its place is
``overtaken``: it is shown for review and does not hold, or one number would be told twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tallystick.records import Claim, Review, Statement

__all__ = ["Reviewed", "Standing", "State", "standings_of", "statements_that_hold"]

State = Literal["unreviewed", "accepted", "corrected", "rejected", "added", "overtaken"]
Reviewed = tuple[Review, Mapping[str, object] | None]
_BY_VERDICT: dict[str, State] = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "add": "added",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Hold how one claim stands.

    Args:
        id: The claim's id, as the machine or the reviewer who added it gave it.
        read: What the machine read; None for an added claim.
        is_current: Whether the newest reading of the source reads it.
        reviews: Every decision on it, oldest first; the last one holds.
        state: What follows from both.
        claim: What holds now, under the same id; None if rejected or overtaken.
    """

    id: str
    read: Claim | None
    is_current: bool
    reviews: tuple[Review, ...]
    state: State
    claim: Claim | None


def standings_of(read: Iterable[Claim], reviewed: Iterable[Reviewed]) -> list[Standing]:
    """Return how the claims of a case stand: those read, in order, then the others reviewed.

    Args:
        read: The claims of the current reading of each source.
        reviewed: Every decision on a claim, oldest first, with the reading its reviewer saw.
    """
    decisions: dict[str, list[Reviewed]] = defaultdict(list)
    for item in reviewed:
        decisions[item[0].claim].append(item)
    current = {claim.id: claim for claim in read}
    gone = [_without_reading(name, decisions[name]) for name in decisions if name not in current]
    taken = defaultdict(list)
    for standing in gone:
        if standing.claim and standing.read:
            taken[standing.read.source].append(standing.read)
    here = [_stand(claim, decisions.get(claim.id, ()), taken) for claim in current.values()]
    return here + gone


def _stand(
    claim: Claim, decided: Sequence[Reviewed], taken: Mapping[str, Sequence[Claim]]
) -> Standing:
    reviews = tuple(review for review, _ in decided)
    state: State = "unreviewed"
    holds: Claim | None = claim
    if reviews:
        state, holds = _BY_VERDICT[reviews[-1].verdict], _decided(claim, reviews[-1])
    elif any(_same_words(claim, older) for older in taken.get(claim.source, ())):
        state, holds = "overtaken", None
    return Standing(
        id=claim.id, read=claim, is_current=True, reviews=reviews, state=state, claim=holds
    )


def _without_reading(name: str, decided: Sequence[Reviewed]) -> Standing:
    reviews = tuple(review for review, _ in decided)
    seen = next((told for _, told in reversed(decided) if told), None)
    read = Claim.from_json(seen) if seen else None
    return Standing(
        id=name,
        read=read,
        is_current=False,
        reviews=reviews,
        state=_BY_VERDICT[reviews[-1].verdict],
        claim=_decided(read, reviews[-1]),
    )


def _decided(read: Claim | None, review: Review) -> Claim | None:
    if review.verdict == "reject":
        return None
    if review.verdict == "accept":
        return read
    told = read.as_json() if read else {}
    return Claim.from_json({**told, **_kept(review.fields), "id": review.claim})


def _kept(fields: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in fields.items() if name != "id"}


def _same_words(new: Claim, old: Claim) -> bool:
    if new.span is None or old.span is None or new.kind != old.kind:
        return False
    overlaps = new.span[0] < old.span[1] and old.span[0] < new.span[1]
    # A part may lie inside the words of its whole: other numbers need the very same span.
    return overlaps and (new.span == old.span or (new.lo, new.hi) == (old.lo, old.hi))


def statements_that_hold(
    read: Iterable[Statement], reviewed: Iterable[Reviewed]
) -> list[Statement]:
    """Return the sayings that hold: those read or accepted, less those rejected, as corrected."""
    holding: dict[str, Statement | None] = {item.id: item for item in read}
    seen: dict[str, Mapping[str, object]] = {}
    for review, told in reviewed:
        base = told or seen.get(review.claim) or {}
        seen[review.claim] = base
        changed = {**base, **_kept(review.fields), "id": review.claim}
        holding[review.claim] = None if review.verdict == "reject" else Statement.from_json(changed)
    return [item for item in holding.values() if item is not None]
