"""Read one sentence: run the frames in order, each on what the ones before left."""

from __future__ import annotations

from itertools import pairwise

from tallystick.reading.drafts import Draft
from tallystick.reading.frames import harms_of
from tallystick.reading.items import Group, Item
from tallystick.reading.modes import judged
from tallystick.reading.parts import (
    bodies_of,
    departed_of,
    driven_of,
    ellipses_of,
    sheltered_of,
    subsets_of,
)
from tallystick.reading.tolls import refuted_of, tolls_of, zeros_of

__all__ = ["TELLING", "drafts_in"]

# A sentence without any of these tells of no harm, and is not searched for it.
TELLING = frozenset(
    {"harm", "leave", "toll", "claim-lives", "drive", "subset-among", "body", "shelter"}
)


# What is read after the frames, in order, and the tags without which there is nothing to read.
_STEPS = (
    (driven_of, frozenset({"drive"})),
    (departed_of, frozenset({"leave"})),
    (sheltered_of, frozenset({"shelter"})),
    (bodies_of, frozenset({"body"})),
    (tolls_of, frozenset({"toll", "rise", "withdraw", "say"})),
    (zeros_of, frozenset({"not"})),
)
# These read only beside a figure of the sentence, but for “three were among the dead”.
_STEPS_BESIDE = (refuted_of, subsets_of, ellipses_of)
_NO_GROUP = frozenset({"subset-among", "subset"})


def drafts_in(
    items: list[Item], sentence: int, said: frozenset[str]
) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts of a sentence, and those that were rejected with the reason.

    Args:
        items: The sentence, its groups found.
        sentence: Its number.
        said: The tags of all its words.
    """
    drafts = harms_of(items, sentence)
    for read, tags in _STEPS:
        if not tags.isdisjoint(said):
            drafts += read(items, drafts)
    if drafts or not _NO_GROUP.isdisjoint(said):
        for read in _STEPS_BESIDE:
            drafts += read(items, drafts)
    for draft in drafts:
        draft.sentence = sentence
    _lend_categories(items, drafts)
    kept, rejected = judged(items, drafts)
    return sorted(kept, key=lambda draft: (draft.span, draft.kind)), rejected


def _lend_categories(items: list[Item], drafts: list[Draft]) -> None:
    """Let “nine farmers were killed and four abducted” say that the four are farmers too."""
    told = sorted(drafts, key=lambda draft: draft.at)
    for before, draft in pairwise(told):
        group = draft.group
        if draft.category or group is None or draft.role or not _is_headless(group):
            continue
        if before.group is None or not before.group.head or before.unit != draft.unit:
            continue
        between = items[before.at + 1 : draft.at]
        if before.kind != draft.kind and any("and" in item.tags for item in between[-2:]):
            draft.category = before.category


def _is_headless(group: Group) -> bool:
    """Say whether only a number or “three others” stands there."""
    return group.head in ("", "others", "other") and (group.number is not None or group.is_more)
