"""Recognise a figure that lies inside an earlier one, and carry a destination onwards.

“1,200 killed in Syria … in Latakia and Tartus 132 were killed”: the second lies in a part of the
place of the first, so it is a part of it and never added to it. What the text sets beside the
first (“have also lost their lives”, “another 40”) stays a figure of its own.
"""

from __future__ import annotations

from tallystick.reading.drafts import Draft
from tallystick.reading.resolve import Resolver
from tallystick.text import Folded

__all__ = ["nest"]

_NEAR = 3


def nest(drafts: list[Draft], folded: Folded, resolver: Resolver) -> None:
    """Set role and whole of the figures that lie in a part of an earlier figure's place."""
    placed = [draft for draft in drafts if draft.place and draft.role in ("new", "cumulative")]
    where = {
        id(draft): resolver.place_ids(
            draft.place, "places" in draft.notes, folded.span(*draft.span)
        )
        for draft in placed
    }
    for number, draft in enumerate(placed):
        for whole in placed[:number]:
            if _lies_in(draft, whole, where[id(draft)], where[id(whole)], resolver):
                draft.role, draft.part_of = "subset", whole
                break
    _carry_destinations(drafts)


def _lies_in(
    draft: Draft, whole: Draft, inner: tuple[str, ...], outer: tuple[str, ...], resolver: Resolver
) -> bool:
    if not inner or not outer or inner == outer or draft.hi is None:
        return False
    if (draft.kind, draft.unit, draft.polarity) != (whole.kind, whole.unit, whole.polarity):
        return False
    if draft.is_more or "separate" in draft.notes or draft.hi >= whole.lo or draft.lo == 0:
        return False
    if whole.role == "subset" or not _categories_nest(draft, whole):
        return False
    contains = resolver.places.contains
    return all(any(contains(big, small) for big in outer) for small in inner)


def _categories_nest(draft: Draft, whole: Draft) -> bool:
    """Say whether the one's people may be of the other's; status against status may not."""
    if not whole.category or draft.category == whole.category:
        return True
    return draft.category.startswith("community:") != whole.category.startswith("community:")


def _carry_destinations(drafts: list[Draft]) -> None:
    """Let “Families flee to Lebanon. Over 350 have escaped” keep where they went."""
    to, told = "", ()  # type: str, tuple[int, ...]
    for draft in drafts:
        if draft.kind != "displaced":
            continue
        if (
            not draft.to
            and not draft.place
            and any(0 <= draft.sentence - at <= _NEAR for at in told)
        ):
            draft.to = to
        if draft.to:
            to, told = draft.to, (draft.sentence, *draft.retold)
