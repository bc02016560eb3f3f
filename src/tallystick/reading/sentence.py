"""Read one sentence: run the frames in order, each on what the ones before left."""

from __future__ import annotations

from itertools import pairwise

from tallystick.reading.drafts import Draft
from tallystick.reading.frames import harms_of
from tallystick.reading.items import Group, Item
from tallystick.reading.modes import judged
from tallystick.reading.parts import bodies_of, driven_of, ellipses_of, sheltered_of, subsets_of
from tallystick.reading.tolls import refuted_of, tolls_of, zeros_of

__all__ = ["TELLING", "drafts_in"]

# A sentence without any of these tells of no harm, and is not searched for it.
TELLING = frozenset({"harm", "toll", "claim-lives", "drive", "subset-among", "body", "shelter"})


def drafts_in(items: list[Item], sentence: int) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts of a sentence, and those that were rejected with the reason."""
    drafts = harms_of(items, sentence)
    drafts += driven_of(items, drafts)
    drafts += sheltered_of(items, drafts)
    drafts += bodies_of(items, drafts)
    drafts += tolls_of(items, drafts)
    drafts += zeros_of(items, drafts)
    drafts += refuted_of(items, drafts)
    drafts += subsets_of(items, drafts)
    drafts += ellipses_of(items, drafts)
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
