"""Set aside the figures whose digits cannot be trusted as they are shown."""

from __future__ import annotations

from tallystick.reading.drafts import Draft
from tallystick.reading.resolve import Resolver
from tallystick.text import Folded, doubtful_numbers

__all__ = ["without_doubtful"]


def without_doubtful(drafts: list[Draft], folded: Folded, resolver: Resolver) -> list[Draft]:
    """Return the drafts that touch no doubtful number; say each such number as an issue."""
    doubtful = doubtful_numbers(folded.text)
    for span in doubtful:
        resolver.say(
            "reading.number-doubtful",
            span,
            "a number mixes digits of two scripts or hides a character; it was not read",
            "look at the source and add the claim by review",
        )
    if not doubtful:
        return drafts
    return [draft for draft in drafts if not _touches(folded.span(*draft.span), doubtful)]


def _touches(span: tuple[int, int], doubtful: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in doubtful)
