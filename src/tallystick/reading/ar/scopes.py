"""Judge Arabic figures: asserted, denied, only feared, told as background; and give them days."""

from __future__ import annotations

from tallystick.reading.ar.sayings import Saying
from tallystick.reading.dates import iso_of
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item
from tallystick.text import Folded

__all__ = ["date_drafts", "judged", "name_actors"]


def judged(items: list[Item], drafts: list[Draft]) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts that are said to have happened, and the others with the reason."""
    kept: list[Draft] = []
    rejected: list[tuple[Draft, str]] = []
    for draft in drafts:
        reason = _why_unreal(items, draft)
        if reason:
            rejected.append((draft, reason))
            continue
        if draft.lo or draft.hi:
            draft.polarity = "denied" if _is_denied(items, draft) else draft.polarity
        draft.is_background |= _has_before(items, draft, "background", 6)
        kept.append(draft)
    return kept, rejected


def _why_unreal(items: list[Item], draft: Draft) -> str:
    if draft.rule == "ar-zero":
        return ""
    start = _start(draft)
    if start and "not" in items[start - 1].tags and draft.hi != 0:
        return "the verb is negated"
    if _is_unconfirmed(items, start):
        return "it is not confirmed"
    if _has_before(items, draft, "unreal", 5) and not _only_has(items, draft):
        return "it is only feared, planned or threatened"
    is_state = draft.group is not None and draft.group.state is not None
    if (is_state or draft.verb == draft.at) and _has_before(items, draft, "return", 4):
        return "they came back or were set free"
    return ""


def _is_unconfirmed(items: list[Item], start: int) -> bool:
    """Read “لم تؤكد السلطات مقتل 50”."""
    says = [at for at in range(start) if items[at].tags & {"say"} and "group" not in items[at].tags]
    return (
        bool(says)
        and says[-1] > 0
        and "not" in items[says[-1] - 1].tags
        and ("deny" not in items[says[-1]].tags)
    )


def _start(draft: Draft) -> int:
    return min(draft.at, draft.verb) if draft.verb >= 0 else draft.at


def _only_has(items: list[Item], draft: Draft) -> bool:
    """Say whether “قد” stands before a past verb: it has happened."""
    start = _start(draft)
    cues = [item for item in items[max(0, start - 5) : start] if "unreal" in item.tags]
    is_past = draft.verb >= 0 and "past" in items[draft.verb].entry.forms
    return all(item.word == "قد" for item in cues) and is_past


def _has_before(items: list[Item], draft: Draft, tag: str, reach: int) -> bool:
    start = _start(draft)
    for here in range(start - 1, max(start - 1 - reach, -1), -1):
        item = items[here]
        if tag in item.tags and "group" not in item.tags:
            return True
        if item.tags & {"semi", "comma", "group"} or ("and" in item.tags and tag == "return"):
            return False
    return False


def _is_denied(items: list[Item], draft: Draft) -> bool:
    for here in range(_start(draft) - 1, -1, -1):
        item = items[here]
        if "deny" in item.tags:
            return here == 0 or "not" not in items[here - 1].tags
        if item.tags & {"semi"} or item.word in (
            "لكن",
            "ولكن",
            "بل",
            "غير ان",
            "الا ان",
            "فيما",
            "بينما",
        ):
            return False
        if "say" in item.tags and here > 0 and "and" in items[here - 1].tags:
            return False
    after = items[draft.at + 1 : draft.at + 8]
    return any(item.word in ("عاريه عن الصحه", "لا صحه ل", "لا صحه") for item in after)


def date_drafts(items: list[Item], drafts: list[Draft], sayings: list[Saying]) -> None:
    """Set the days of each draft of a sentence: of the event, never of the saying."""
    dates = [at for at, item in enumerate(items) if item.days is not None]
    as_of = [at for at in dates if items[at].word == "as-of"]
    events = [at for at in dates if at not in as_of and not _is_of_saying(items, at, sayings)]
    for draft in drafts:
        for at in as_of:
            window = items[at].days
            draft.as_of = window[1] if window is not None else None
        chosen = _choose(items, draft, events)
        if chosen is None:
            continue
        draft.days = items[chosen].days
        draft.date_words = iso_of(draft.days) if draft.days else ""
        if items[chosen].word.startswith("since"):
            draft.notes.append("since")


def _is_of_saying(items: list[Item], at: int, sayings: list[Saying]) -> bool:
    """Say whether a date stands between who says and what is said."""
    for saying in sayings:
        if saying.at < at and all(
            not item.tags & {"harm", "toll", "fall", "group"} for item in items[saying.end : at]
        ):
            follows = items[at + 1] if at + 1 < len(items) else None
            told_before = any(
                item.group is not None and item.group.number is not None
                for item in items[: saying.at]
            )
            if follows is None or (saying.is_according and told_before):
                return True
            return (
                bool(follows.tags & {"that", "harm", "toll", "num", "quote"})
                or follows.group is not None
            )
    return False


def _choose(items: list[Item], draft: Draft, events: list[int]) -> int | None:
    segment = _segment(items, draft.at)
    near = [at for at in events if _segment(items, at) == segment]
    if draft.is_total:
        near = [at for at in near if abs(at - draft.at) <= 8 or items[at].word == "since"]
    if draft.role == "previous":
        return None
    start = _start(draft)
    between = [at for at in near if start < at < draft.at]
    after = [at for at in near if at > draft.at]
    before = [at for at in near if at < start]
    if between:
        return between[-1]
    if after and not any(item.tags & {"sub", "say"} for item in items[draft.at : after[0]]):
        return after[0]
    return before[-1] if before else None


def _segment(items: list[Item], at: int) -> int:
    return sum("semi" in item.tags for item in items[:at])


def name_actors(items: list[Item], folded: Folded, drafts: list[Draft]) -> None:
    """Give each draft the words for who did it, where its frame names people or a body."""
    for draft in drafts:
        for note in draft.notes:
            if note.startswith("doer:"):
                start, end = (int(part) for part in note.split(":")[1:])
                first = items[start]
                known = first.group is not None or first.tags & {"body", "the", "thing"}
                is_name = first.tags == frozenset({"word"}) and not first.word.endswith("ا")
                if (known or (is_name and len(first.word) > 3)) and end - start < 6:
                    draft.actor = folded.quote(first.start, items[end - 1].end)
