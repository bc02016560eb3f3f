"""Find where it happened: the locative phrase of the event, never where a speaker stands.

Order: a place after the verb, a place before it in the sentence, what heads a table row. Nested
places are joined (“Saltivka, Kharkiv”), places joined by “and” are a list.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.reading.clauses import segment_of
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item
from tallystick.text import Folded

__all__ = ["Locative", "locate", "locatives_of", "spread_places"]


@dataclass(slots=True)
class Locative:
    """Hold one phrase of place: “in the Saltivka district of Kharkiv”.

    Args:
        names: The names, the most specific first.
        at: Index of its preposition.
        word: Its preposition.
        is_list: Whether the names are joined by “and”.
        of_speaker: Whether it says where somebody speaks.
    """

    names: tuple[str, ...]
    at: int
    word: str
    is_list: bool = False
    of_speaker: bool = False
    is_refuge: bool = False
    segment: int = 0


_TOWARDS = frozenset({"to", "into", "vers", "hacia", "towards", "toward", "الي", "نحو", "باتجاه"})


def locatives_of(items: list[Item], folded: Folded) -> list[Locative]:
    """Return the phrases of place of one sentence, in order."""
    found: list[Locative] = []
    at = 0
    while at < len(items):
        if "prep-place" in items[at].tags and at + 1 < len(items):
            made = _phrase(items, at, folded)
            if made is not None:
                locative, end = made
                locative.segment = segment_of(items, at)
                if (
                    locative.word == "of"
                    and found
                    and found[-1].at + 2 >= at - 1
                    and _touches(items, found[-1], at)
                ):
                    found[-1].names += locative.names
                else:
                    found.append(locative)
                at = end
                continue
        at += 1
    row = _row_head(items, folded)
    return [row, *found] if row is not None else found


def _touches(items: list[Item], before: Locative, at: int) -> bool:
    return all(
        "group" in item.tags or item.tags & {"the", "place-kind", "direction"}
        for item in items[before.at + 1 : at]
    )


def _row_head(items: list[Item], folded: Folded) -> Locative | None:
    if len(items) > 2 and "colon" in items[1].tags:
        name = _name_of(items[0], folded)
        if name:
            return Locative((name,), 0, ":")
    return None


def _phrase(items: list[Item], at: int, folded: Folded) -> tuple[Locative, int] | None:
    names: list[str] = []
    is_list = False
    here = at + 1
    while here < len(items):
        name = _name_of(items[here], folded)
        if name:
            kind = items[here - 1]
            if "place-kind" in kind.tags and kind.is_capital and not names:
                name = folded.quote(kind.start, items[here].end)
            names.append(name)
            here += 1
        elif _introduces_names(items[here]):
            here += 1
            continue
        else:
            break
        end = here
        step, joined = _joint(items, here, folded, is_list=len(names) > 1)
        is_list |= joined
        if step == 0:
            here = end
            break
        here += step
    if not names:
        return None
    refuge = any("destination" in item.tags for item in items[max(0, at - 4) : at])
    made = Locative(tuple(names), at, items[at].word, is_list, _is_of_speaker(items, at), refuge)
    return made, here


def _introduces_names(item: Item) -> bool:
    """Say whether “the”, “northern”, “provinces”, “such as” stand here: names may follow."""
    group = item.group
    if group is not None:
        return not group.is_person and any("place-kind" in part.tags for part in item.parts)
    if item.word in ("like", "neighbouring", "neighboring"):
        return True
    return bool(item.tags & {"the", "direction", "place-kind", "such_as"})


def _joint(items: list[Item], here: int, folded: Folded, *, is_list: bool) -> tuple[int, bool]:
    """Return how many items join the next name, and whether they say “and”."""
    step = 0
    joined = False
    while here + step < len(items) and step < 3:
        item = items[here + step]
        if item.tags & {"comma"}:
            step += 1
        elif "and" in item.tags and item.word in ("and", "y", "et", "e"):
            joined = True
            step += 1
        else:
            break
    if step and here + step < len(items) and "prep-place" in items[here + step].tags:
        step += 1
    if not step or here + step >= len(items) or not _name_of(items[here + step], folded):
        return 0, False
    after = items[here + step + 1] if here + step + 1 < len(items) else None
    if (
        not is_list
        and after is not None
        and after.tags & {"say", "be", "have", "harm", "told", "citing"}
    ):
        return 0, False
    return step, joined


def _name_of(item: Item, folded: Folded) -> str:
    """Return the place name that a group holds: its names without kind and direction."""
    group = item.group
    if group is None:
        return ""
    if group.det == "name":
        return folded.quote(item.start, item.end)
    if group.is_person or group.number is not None:
        return ""
    names = [part for part in item.parts if "name" in part.tags and part.is_capital]
    kinds = any("place-kind" in part.tags or "thing" in part.tags for part in item.parts)
    if names and (kinds or group.det == "the"):
        return folded.quote(names[0].start, names[-1].end)
    return ""


def _is_of_speaker(items: list[Item], at: int) -> bool:
    before = items[at - 1] if at > 0 else None
    if before is None or not before.tags & {"say", "told"} or "harm" in before.tags:
        return False
    return at < 2 or "be" not in items[at - 2].tags  # “were recorded in Latakia” is no speaker's


def locate(
    items: list[Item], drafts: list[Draft], locatives: list[Locative], folded: Folded
) -> None:
    """Set the place of each draft, and the destination of those who fled."""
    for draft in drafts:
        if draft.role == "previous" and draft.rule.startswith("toll"):
            continue
        segment = segment_of(items, draft.at)
        near = [one for one in locatives if one.segment == segment and not one.of_speaker]
        if draft.kind == "displaced":
            _take_destination(draft, near)
            near = [one for one in near if one.word not in _TOWARDS and not one.is_refuge]
        chosen = _choose(items, draft, near)
        fled = _fled_from(items, draft, folded) if draft.kind == "displaced" else ""
        if fled:
            draft.place = fled
        elif chosen is not None:
            draft.place = ", ".join(chosen.names)
            draft.notes.append("places" if chosen.is_list else "place")


def _fled_from(items: list[Item], draft: Draft, folded: Folded) -> str:
    """Read “have fled Zamfara”: the object of fleeing is the place left."""
    after = draft.verb + 1
    if not 0 < after < len(items) or items[draft.verb].entry.frame != "subject":
        return ""
    group = items[after].group
    return (
        folded.quote(items[after].start, items[after].end)
        if group is not None and group.det == "name"
        else ""
    )


def _take_destination(draft: Draft, near: list[Locative]) -> None:
    to = [one for one in near if (one.word in _TOWARDS or one.is_refuge) and one.at > draft.at]
    if to:
        draft.to = ", ".join(to[0].names)


def spread_places(items: list[Item], folded: Folded, drafts: list[Draft], sentence: int) -> None:
    """Give figures the places that a later sentence tells: “The deaths were in A and B”."""
    told = [at for at, item in enumerate(items) if _is_of_the_harmed(items, at)]
    if not told:
        return
    near = [one for one in locatives_of(items, folded) if one.at > told[0] and not one.of_speaker]
    names = dict.fromkeys(name for one in near for name in one.names)
    kind = items[told[0]].entry.kind
    for draft in drafts if len(names) > 1 else ():
        if draft.kind == kind and not draft.place and 0 < sentence - draft.sentence <= _NEAR:
            draft.place = ", ".join(names)
            draft.notes.append("places")


_NEAR = 5


def _is_of_the_harmed(items: list[Item], at: int) -> bool:
    """Say whether “the deaths” stand here, beside a verb of recording."""
    item = items[at]
    if "harm" not in item.tags or "count" not in item.entry.forms or at == 0:
        return False
    beside = items[max(0, at - 3) : at + 4]
    return "the" in items[at - 1].tags and any("say" in one.tags for one in beside)


def _choose(items: list[Item], draft: Draft, near: list[Locative]) -> Locative | None:
    if draft.rule.startswith("toll") and draft.role == "cumulative":
        near = [
            one
            for one in near
            if abs(one.at - draft.at) <= 8 or 0 <= draft.verb < one.at < draft.at
        ]
    if not near:
        return None
    start = max(draft.at, draft.verb)
    events = [one for one in near if one.word not in ("of", "from", "من")] or near
    after = [one for one in events if one.at > start]
    before = [one for one in events if one.at <= start]
    if after and not _other_between(items, start, after[0].at):
        return after[0]
    if before:
        return before[-1]
    return after[0] if after else near[0]


def _other_between(items: list[Item], start: int, end: int) -> bool:
    return any(
        items[i].tags & {"semi", "sub"} and "prep" not in items[i].tags
        for i in range(start + 1, end)
    )
