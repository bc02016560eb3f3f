"""Find speakers and places in Arabic, where no capital letter marks a name.

The speaker follows the verb of saying (“قالت المنظمة”) or “بحسب”; a place follows its preposition,
may carry it (“بأم درمان”), and is surest where the gazetteer or a word such as “مدينة” knows it.
"""

from __future__ import annotations

from collections.abc import Callable

from tallystick.reading.items import Item
from tallystick.reading.places import Locative
from tallystick.reading.sayings import Saying
from tallystick.text import Folded

__all__ = ["arabic_locatives", "arabic_sayings"]

_ENDS = frozenset(
    {"comma", "semi", "colon", "quote", "sub", "harm", "say", "date", "and", "rel", "be", "subset",
     "according", "citing", "rise", "toll", "adverb", "deny"}
)  # fmt: skip
_STOP_WORDS = frozenset(
    ["في", "علي", "الي", "عن", "من", "بعد", "قبل", "خلال", "ان", "بان", "انه", "انها"]
)
_LONGEST = 8
Knows = Callable[[str], bool]


def arabic_sayings(items: list[Item], folded: Folded) -> list[Saying]:
    """Return the speakers of one sentence."""
    found: list[Saying] = []
    for at, item in enumerate(items):
        if item.tags & {"according"}:
            made = _speaker(items, at + 1, at, folded)
        elif "citing" in item.tags and item.word != "عن":
            made = _speaker(items, at + 1, at, folded)
            if made is not None and found:
                made.via = found.pop().speaker
        elif "say" in item.tags and "group" not in item.tags:
            made = _speaker(items, at + 1, at, folded) or _before(items, at, folded)
            if made is not None:
                made.verb = item.entry.mark
        elif "colon" in item.tags and 0 < at <= _LONGEST:
            made = _speaker(items, 0, at, folded, end=at)
        else:
            continue
        if made is not None:
            found.append(made)
    return found


def _speaker(
    items: list[Item], start: int, at: int, folded: Folded, end: int | None = None
) -> Saying | None:
    while start < len(items) and items[start].tags & {"date", "adverb"}:
        start += 1
    stop = start
    limit = len(items) if end is None else end
    while stop < limit and stop - start < _LONGEST and not _ends(items[stop]):
        stop += 1
    if stop == start:
        return None
    words = folded.quote(items[start].start, items[stop - 1].end)
    anonymous = "anon" in items[start].tags or "ال" not in words
    return Saying(words, at, start, is_anonymous=anonymous)


def _ends(item: Item) -> bool:
    group = item.group
    if group is not None and (group.lo is not None or group.state is not None):
        return True
    return bool(item.tags & _ENDS) or item.word in _STOP_WORDS or "num" in item.tags


def _before(items: list[Item], at: int, folded: Folded) -> Saying | None:
    """Read “وزارة الصحة أعلنت …”: the speaker stands first."""
    start = at
    while start > 0 and at - start < _LONGEST and not _ends(items[start - 1]):
        start -= 1
    return _speaker(items, start, at, folded, end=at) if start < at else None


def arabic_locatives(items: list[Item], folded: Folded, knows: Knows) -> list[Locative]:
    """Return the phrases of place of one sentence, the surest first among equals."""
    found: list[tuple[int, Locative]] = []
    for at, item in enumerate(items):
        if "prep-place" not in item.tags or at + 1 >= len(items):
            continue
        made = _phrase(items, at, folded, knows)
        if made is not None:
            made[1].segment = sum("semi" in one.tags for one in items[:at])
            found.append(made)
    best = min((rank for rank, _ in found), default=0)
    return [locative for rank, locative in found if rank == best]


def _phrase(
    items: list[Item], at: int, folded: Folded, knows: Knows
) -> tuple[int, Locative] | None:
    here, introduced = at + 1, False
    while here < len(items) and _introduces(items[here]):
        introduced |= _is_kind(items[here])
        here += 1
    name, here = _name(items, here, folded, knows)
    if not name:
        return None
    names, is_list = [name], False
    while here + 1 < len(items) and "and" in items[here].tags:
        further, after = _name(items, here + 1, folded, knows)
        if not further or not (knows(further) or introduced):
            break
        names.append(further)
        here, is_list = after, True
    rank = 0 if knows(name) else 1 if introduced else 2
    return rank, Locative(tuple(names), at, items[at].word, is_list)


def _introduces(item: Item) -> bool:
    group = item.group
    if group is not None:
        return group.is_thing and _is_kind(item)
    return bool(item.tags & {"place-kind", "direction", "the"}) and "prep-place" not in item.tags


def _is_kind(item: Item) -> bool:
    return "place-kind" in item.tags or any("place-kind" in part.tags for part in item.parts)


def _name(items: list[Item], at: int, folded: Folded, knows: Knows) -> tuple[str, int]:
    """Return the name that begins here and the index after it; the longest the gazetteer knows."""
    end = at
    while end < len(items) and end - at < 3 and _may_name(items[end]):
        end += 1
    for stop in range(end, at, -1):
        words = folded.quote(items[at].start, items[stop - 1].end)
        if knows(words):
            return words, stop
    if end == at or items[at].tags & {"events"}:
        return "", at
    stop = at + 2 if "names" in items[at].tags and at + 1 < end else at + 1
    return folded.quote(items[at].start, items[stop - 1].end), stop


def _may_name(item: Item) -> bool:
    group = item.group
    if group is not None:
        return group.lo is None and not group.is_thing and not group.is_person
    return bool(item.tags & {"word", "names"}) and not item.tags & {
        "harm",
        "say",
        "and",
        "num",
        "events",
        "date",
    }
