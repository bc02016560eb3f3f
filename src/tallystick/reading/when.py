"""Give each figure the date of its event: the nearest in its clause, never the day of saying.

A list's or an article's date of publication is never taken for a date of death: a figure without
a date in its own words has none.
"""

from __future__ import annotations

from tallystick.reading.clauses import segment_of
from tallystick.reading.dates import iso_of
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item

__all__ = ["date_drafts"]

_AS_OF = ("as of", "as at", "by", "until", "up to", "al", "au")
_FAR = 8


def date_drafts(items: list[Item], drafts: list[Draft]) -> None:
    """Set the days of each draft of a sentence."""
    dates = [at for at, item in enumerate(items) if item.days is not None]
    if not dates:
        return
    as_of = [at for at in dates if _is_as_of(items, at)]
    said = [at for at in dates if at not in as_of and _is_of_saying(items, at)]
    events = [at for at in dates if at not in as_of and at not in said]
    as_of = as_of or said
    for draft in drafts:
        for at in as_of:
            window = items[at].days
            if window is not None and window[0] == window[1]:
                draft.as_of = window[0]
        chosen = _choose(items, draft, events, drafts)
        if chosen is not None:
            draft.days = items[chosen].days
            if draft.days is not None:
                draft.date_words = iso_of(draft.days)
        if chosen is not None and items[chosen].word == "since" and not draft.role:
            draft.notes.append("since")


def _is_as_of(items: list[Item], at: int) -> bool:
    before = items[at - 1] if at > 0 else None
    return before is not None and before.word in ("as of", "as at", "as on")


def _is_of_saying(items: list[Item], at: int) -> bool:
    """Say whether the date says when somebody spoke: “said on Tuesday”."""
    here = at - 1
    while (
        here >= 0
        and items[here].tags & {"prep", "prep-place", "adverb", "the"}
        and "say" not in items[here].tags
    ):
        here -= 1
    if here < 0 or "say" not in items[here].tags or "group" in items[here].tags:
        return False
    return not any("be" in item.tags for item in items[max(0, here - 2) : here])


def _choose(items: list[Item], draft: Draft, events: list[int], drafts: list[Draft]) -> int | None:
    if draft.is_total or draft.rule.startswith("toll"):
        near = [at for at in events if 0 < at - draft.at <= 3]
        if near and not _another_between(items, draft.at, near[0]):
            return near[0]
        scope = [at for at in events if 0 <= draft.verb < at < draft.at]
        return scope[-1] if scope and draft.role == "cumulative" else None
    if not events:
        return None
    segment = segment_of(items, draft.at)
    same = [at for at in events if segment_of(items, at) == segment]
    after = [at for at in same if at > draft.at]
    before = [at for at in same if at < draft.at]
    if (
        after
        and not _another_between(items, draft.at, after[0])
        and not _other_draft(drafts, draft, after[0])
    ):
        return after[0]
    if before:
        return before[-1]
    return after[0] if after else None


def _another_between(items: list[Item], start: int, end: int) -> bool:
    return any("semi" in item.tags for item in items[start:end])


def _other_draft(drafts: list[Draft], draft: Draft, end: int) -> bool:
    return any(
        draft.at < other.at < end
        and other.sentence == draft.sentence
        and other.role in ("cumulative", "previous")
        for other in drafts
    )
