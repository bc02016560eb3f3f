"""Read one sentence: run the frames in order, each on what the ones before left."""

from __future__ import annotations

from tallystick.reading.drafts import Draft
from tallystick.reading.frames import harms_of
from tallystick.reading.items import Item
from tallystick.reading.modes import judged
from tallystick.reading.parts import bodies_of, driven_of, ellipses_of, subsets_of
from tallystick.reading.tolls import tolls_of, zeros_of

__all__ = ["TELLING", "drafts_in"]

# A sentence without any of these tells of no harm, and is not searched for it.
TELLING = frozenset(
    {"harm", "toll", "claim-lives", "drive", "subset-after", "subset-among", "rise", "say"}
)


def drafts_in(items: list[Item], sentence: int) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts of a sentence, and those that were rejected with the reason."""
    drafts = harms_of(items, sentence)
    drafts += driven_of(items, drafts)
    drafts += bodies_of(items, drafts)
    drafts += tolls_of(items, drafts)
    drafts += zeros_of(items, drafts)
    drafts += subsets_of(items, drafts)
    drafts += ellipses_of(items, drafts)
    for draft in drafts:
        draft.sentence = sentence
    kept, rejected = judged(items, drafts)
    return sorted(kept, key=lambda draft: (draft.span, draft.kind)), rejected
