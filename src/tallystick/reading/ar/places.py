"""Find where it happened, in Arabic: no capital letter marks a name, its preposition does.

A name is what the gazetteer knows, what stands after “مدينة” or “قرية”, or an unknown word right
after a preposition of place. “ريف” is part of the name; “مدينة” is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item
from tallystick.text import Folded

__all__ = ["Locative", "locate", "locatives_of"]

_LONGEST = 3
_UNKNOWN = frozenset({"word"})
Knows = Callable[[str], bool]


@dataclass(slots=True)
class Locative:
    """Hold one phrase of place: names (the most specific first), its preposition, its reach."""

    names: list[str]
    at: int
    end: int
    word: str
    is_list: bool = False


def locatives_of(items: list[Item], folded: Folded, knows: Knows) -> list[Locative]:
    """Return the phrases of place of one sentence, in order."""
    found: list[Locative] = []
    at = 0
    while at < len(items):
        tags = items[at].tags
        if tags & {"prep-place", "from", "to", "and"} and "group" not in tags:
            made = _phrase(items, at, folded, knows)
            if made is not None and _adds(made, found, items):
                found.append(made)
                at = made.end
                continue
            at = made.end if made is not None else at + 1
            continue
        at += 1
    return found


def _adds(made: Locative, found: list[Locative], items: list[Item]) -> bool:
    """Join nested places and lists to the phrase before; say whether this one stands alone."""
    last = found[-1] if found else None
    touches = last is not None and (
        last.end == made.at or (last.end + 1 == made.at and "comma" in items[last.end].tags)
    )
    if "and" in items[made.at].tags:
        if last is not None and touches and last.word not in ("ل",):
            last.names += made.names
            last.end, last.is_list = made.end, True
        return False
    if last is not None and touches and made.word in ("ب", "في") and last.word != "من":
        last.names += made.names
        last.end = made.end
        return False
    return True


def _phrase(items: list[Item], at: int, folded: Folded, knows: Knows) -> Locative | None:
    here, is_marked = _over_kinds(items, at + 1, folded, knows)
    start = here
    if here < len(items) and "countryside" in items[here].tags:
        here, is_marked = here + 1, True
        while here < len(items) and "direction" in items[here].tags:
            here += 1
    end = _end_of_name(items, here, folded, knows, is_marked)
    if end is None and here == start and here < len(items):
        end = _after_thing(items, here, folded, knows)
        start = here + 1
    if end is None:
        return None
    name = folded.quote(items[start].start, items[end - 1].end)
    while (
        end < len(items)
        and items[end].tags & {"direction", "closer"}
        and "prep" not in items[end].tags
    ):
        end += 1
    return Locative([name], at, end, items[at].word)


def _over_kinds(items: list[Item], here: int, folded: Folded, knows: Knows) -> tuple[int, bool]:
    """Step over “مدينة”, “شمال” before a name; say whether a kind of place was among them."""
    is_marked = False
    while here < len(items) and items[here].tags & {"place-kind", "direction", "prep-place"}:
        named = items[here].tags & {"place-kind", "direction"}
        if named and _begins_name(items, here, folded, knows):
            break
        is_marked |= "place-kind" in items[here].tags
        if "direction" in items[here].tags and is_marked and _starts_region(items, here):
            break
        here += 1
    return here, is_marked


def _begins_name(items: list[Item], at: int, folded: Folded, knows: Knows) -> bool:
    """Say whether the gazetteer knows a name that begins with this word (“مركز …”)."""
    return at + 1 < len(items) and knows(folded.quote(items[at].start, items[at + 1].end))


def _starts_region(items: list[Item], at: int) -> bool:
    """Read “ولاية شمال دارفور”: after a kind of place a direction begins a name."""
    return (
        at + 1 < len(items)
        and items[at + 1].tags <= _UNKNOWN | {"opener", "the"}
        and "place-kind" in items[at - 1].tags
    )


def _end_of_name(
    items: list[Item], start: int, folded: Folded, knows: Knows, is_marked: bool
) -> int | None:
    if start >= len(items) or items[start].tags & {"num", "quantity", "date", "comma", "mark"}:
        return None
    known = _known_name(items, start, folded, knows, is_marked)
    if known is not None:
        return known
    item = items[start]
    follows = items[start + 1] if start + 1 < len(items) else None
    if "opener" in item.tags or ("direction" in item.tags and is_marked):
        return start + 2 if follows is not None and _may_name(follows) else None
    is_definite = is_marked and "the" in item.tags and "group" not in item.tags
    if not (is_definite or _may_name(item)) or (len(item.word) < 3 and follows is None):
        return None
    short = len(item.word) < 3 or item.word in ("بور", "اديس", "بورت", "ابي", "سان", "لوس", "نيو")
    if short and follows is not None and _may_name(follows):
        return start + 2
    return start + 1


def _known_name(
    items: list[Item], start: int, folded: Folded, knows: Knows, is_marked: bool
) -> int | None:
    """Return the end of the longest name here that the gazetteer knows."""
    first = items[start]
    for size in range(min(_LONGEST, len(items) - start), 1, -1):
        words = items[start : start + size]
        if any(item.tags & {"comma", "num", "and", "date"} for item in words[1:]):
            continue
        if knows(folded.quote(first.start, words[-1].end)):
            return start + size
    if first.tags & {"opener", "direction"} and _named_on(items, start):
        return None
    if not is_marked and first.tags & {"harm", "say", "person", "thing", "other"}:
        return None
    return start + 1 if knows(folded.quote(first.start, first.end)) else None


def _named_on(items: list[Item], at: int) -> bool:
    return at + 1 < len(items) and _may_name(items[at + 1])


def _may_name(item: Item) -> bool:
    return item.tags <= _UNKNOWN | {"the", "opener", "closer"} and "group" not in item.tags


def _after_thing(items: list[Item], at: int, folded: Folded, knows: Knows) -> int | None:
    """Read “في سوق نيالا”, “في قصف الفاشر”: the known or definite name that a noun governs."""
    if not items[at].tags & {"thing", "other"} or "the" in items[at].tags or at + 1 >= len(items):
        return None
    end = _end_of_name(items, at + 1, folded, knows, False)
    if end is None:
        return None
    name = folded.quote(items[at + 1].start, items[end - 1].end)
    is_definite = name.startswith("ال") and not name.endswith(("ية", "ي"))
    return end if knows(name) or is_definite or "opener" in items[at + 1].tags else None


def locate(items: list[Item], drafts: list[Draft], locatives: list[Locative]) -> None:
    """Set the place of each draft, and from and to of those who fled."""
    owned = {
        draft.at + 1: draft.at for draft in drafts if _is_bare(draft) and draft.role == "subset"
    }
    for draft in drafts:
        if draft.role == "previous":
            continue
        near = [one for one in locatives if _segment(items, one.at) == _segment(items, draft.at)]
        if draft.kind == "displaced":
            to = [one for one in near if items[one.at].tags & {"to"} and one.at > draft.at]
            draft.to = _words(to[0]) if to else draft.to
            near = [one for one in near if "to" not in items[one.at].tags]
        else:
            is_spread = "spread" in draft.notes
            near = [
                one for one in near
                if "prep-place" in items[one.at].tags or (is_spread and one.at == draft.at + 1)
            ]  # fmt: skip
        near = [one for one in near if owned.get(one.at, draft.at) == draft.at]
        chosen = _choose(items, draft, near)
        if chosen is not None:
            draft.place = _words(chosen)
            draft.notes.append("places" if chosen.is_list else "place")


def _is_bare(draft: Draft) -> bool:
    return draft.group is not None and not draft.group.head


def _words(locative: Locative) -> str:
    return ", ".join(locative.names)


def _segment(items: list[Item], at: int) -> int:
    return sum("semi" in item.tags for item in items[:at])


def _choose(items: list[Item], draft: Draft, near: list[Locative]) -> Locative | None:
    start = max(draft.at, draft.verb)
    after = [one for one in near if one.at >= start]
    before = [one for one in near if one.at < start]
    between = [one for one in before if one.at > draft.verb >= 0]
    if between:
        return between[-1]
    if draft.is_total:
        after = [one for one in after if one.at - start <= 6]
    if after and not _another_clause(items, start, after[0].at):
        return after[0]
    return before[-1] if before else None


def _another_clause(items: list[Item], start: int, end: int) -> bool:
    return any(item.tags & {"sub", "say"} for item in items[start:end])
