"""Find the subject of a verb to its left.

Appositions, brackets, relative clauses and prepositional phrases are stepped over; what stands
after “by” is never a victim. Where several groups might do, number decides.
"""

from __future__ import annotations

from tallystick.reading.items import Item
from tallystick.reading.lists import back_over_brackets

__all__ = ["subject_of"]

_FINITE = frozenset({"be", "have", "harm", "say", "modal", "do", "told", "rise", "leave", "found"})
_BARRIER = frozenset({"semi", "colon"})


def subject_of(items: list[Item], start: int) -> int | None:
    """Return the index of the group (or pronoun) that is the subject of the verb starting here.

    “Was” asks for one, “were” for several: where the nearest group does not agree, one further
    left that does is taken.
    """
    found = _subject(items, start)
    if found is None or "group" not in items[found].tags:
        return found
    wants = _number_wanted(items, start)
    if wants is None or _agrees(items, found, wants):
        return found
    last = _joined_last(items, start)
    if last is not None and last > found and _agrees_alone(items, last, wants):
        return last
    limit = _clause_start(items, found)
    for here in range(found - 1, limit - 1, -1):
        group = items[here].group
        if group is None or group.number is None or group.is_thing or not group.is_person:
            continue
        if _owner(items, here) == here and _agrees(items, here, wants):
            return here
    return found


def _joined_last(items: list[Item], start: int) -> int | None:
    """Return the counted group right before the verb that “and” joins to what stands before."""
    here = start - 1
    group = items[here].group if here > 0 else None
    if group is None or group.is_thing or not (group.is_person or group.number is not None):
        return None
    return here if "and" in items[here - 1].tags else None


def _agrees_alone(items: list[Item], at: int, wants: str) -> bool:
    group = items[at].group
    if group is None or group.lo is None:
        return False
    return (group.lo == 1 and group.hi == 1) == (wants == "one")


def _number_wanted(items: list[Item], start: int) -> str | None:
    for item in items[start : start + 2]:
        if item.word in ("was", "is", "has"):
            return "one"
        if item.word in ("were", "are"):
            return "many"
    return None


def _agrees(items: list[Item], at: int, wants: str) -> bool:
    group = items[at].group
    joined = at > 0 and bool(items[at - 1].tags & {"and"})
    if group is None or group.lo is None:
        # “were” after a name alone: “four men working for the Water Utility were …”.
        if wants != "many" or group is None or joined:
            return True
        return group.is_person and (group.is_plural is not False or group.det == "name")
    if wants == "many":
        return group.lo != 1 or group.hi != 1 or joined
    return group.lo == 1 or group.mark == "family" or joined


def _subject(items: list[Item], start: int) -> int | None:
    """Return the subject as it is found without asking whether it agrees.

    What is set in commas, brackets, or after “identified as” and “including” is stepped over
    first; then the nearest group to the left that no preposition governs is the subject.
    """
    here = start - 1
    if here < 0:
        return None
    limit = _clause_start(items, here)
    opener = _last_opener(items, here, limit)
    if opener is not None:
        while opener is not None:
            here = opener - 1
            while here > limit and items[here].tags & {"comma", "tick", "quote", "dash", "open"}:
                here -= 1
            opener = _last_opener(items, here, limit)
        return _nearest(items, here, limit, start)
    if "comma" in items[here].tags:
        outer = _before_parenthesis(items, here, limit)
        if outer is not None:
            return outer
    return _nearest(items, here, limit, start)


def _clause_start(items: list[Item], here: int) -> int:
    """Return the index before which nothing can be the subject: a barrier or another clause."""
    at = here
    while at >= 0:
        tags = items[at].tags
        if tags & _BARRIER or ("sub" in tags and not tags & {"adverb", "rel", "prep"}):
            return at + 1
        at -= 1
    return 0


def _last_opener(items: list[Item], here: int, limit: int) -> int | None:
    """Return the “identified as” or “including” whose members reach up to the verb."""
    for at in range(here, limit - 1, -1):
        tags = items[at].tags
        if tags & {"identify", "subset"} and "subset-after" not in tags:
            return at if at > limit and not _follows_verb(items, at) else None
        if "subset-after" in tags and _comma_before(items, at, limit) is not None:
            return _comma_before(items, at, limit)
        if _is_finite(items, at):
            return None
    return None


def _follows_verb(items: list[Item], at: int) -> bool:
    """Say whether “were killed, including …” stands here: the list goes with that verb."""
    here = at - 1
    while here > 0 and "comma" in items[here].tags:
        here -= 1
    return _is_finite(items, here) and "subset" in items[at].tags


def _comma_before(items: list[Item], at: int, limit: int) -> int | None:
    """Return the comma that opens “, most of them children,”."""
    found = (here for here in range(at - 1, max(at - 4, limit), -1) if "comma" in items[here].tags)
    return next(found, None)


def _is_finite(items: list[Item], at: int) -> bool:
    """Say whether a verb of a clause stands here, not a noun such as “murder”."""
    item = items[at]
    if not item.tags & _FINITE or item.tags & {"adverb", "adj"}:
        return False
    if "harm" not in item.tags or item.tags & {"be", "have"}:
        return True
    if not item.entry.forms & {"past", "third", "base"}:
        return False
    before = items[at - 1] if at else None
    return before is None or not before.tags & {"prep", "of", "the", "adj", "by", "identify"}


def _before_parenthesis(items: list[Item], comma: int, limit: int) -> int | None:
    """Return the subject before “, a faction of the party, were …”; None if there is none."""
    for at in range(limit + 1, comma):
        if "comma" not in items[at].tags:
            continue
        found = _nearest(items, at - 1, limit, at)
        if found is None or "group" not in items[found].tags:
            continue
        group = items[found].group
        if group is None or not (group.is_counted or group.is_person or group.names):
            continue
        follows = items[at + 1]
        if follows.word in ("or", "o", "ou"):
            return found
        if follows.tags & {
            "group",
            "rel",
            "prep",
            "identify",
            "subset",
            "quantity",
            "adverb",
            "word",
            "harm",
            "background",
            "adj",
            "age",
            "hedge",
        }:
            return found
    return None


def _nearest(items: list[Item], here: int, limit: int, start: int) -> int | None:
    """Walk left to the nearest group that no preposition governs and no verb has taken."""
    joint = start - 1
    while joint > limit and "adverb" in items[joint].tags:
        joint -= 1
    joins = joint >= 0 and "and" in items[joint].tags
    crossed = False
    while here >= limit:
        tags = items[here].tags
        if "group" in tags:
            found, here = _settle(items, here, crossed or (joins and here == joint - 1))
            if found is not None:
                return found
        elif "pron" in tags and "rel" not in tags and not crossed:
            return here
        elif "close" in tags:
            here = back_over_brackets(items, here)
        else:
            crossed |= _is_finite(items, here)
            here -= 1
    return None


def _settle(items: list[Item], here: int, is_taken: bool) -> tuple[int | None, int]:
    """Return the group if it may be the subject, and where to go on if it may not."""
    owner = _owner(items, here)
    if owner is None:
        return None, here - 2
    if owner != here:
        return None, owner
    if not is_taken or _is_start(items, here) or _before_relative(items, here):
        return here, here
    return None, here - 1


# What may stand between a preposition and a name: “of western Mizoram”, “in the Homs area”.
_BEFORE_NAME = frozenset({"direction"})


def _owner(items: list[Item], here: int) -> int | None:
    """Return the group itself if no preposition governs it, the group it hangs on, or None."""
    if here + 1 < len(items) and "subset-after" in items[here + 1].tags and here > 1:
        return None if "comma" in items[here - 1].tags else here
    first = here
    while first > 0 and items[first - 1].tags & _BEFORE_NAME:
        first -= 1
    if first == 0:
        return here
    tags = items[first - 1].tags
    if {"sub", "prep"} <= tags or tags.isdisjoint(_GOVERNS):
        return here  # “after an activist, identified as X, was arrested”
    hangs = first >= 2 and tags.isdisjoint(_OPENS_PARTS) and "group" in items[first - 2].tags
    return first - 2 if hangs else None


_OPENS_PARTS = frozenset({"subset", "subset-after"})
_GOVERNS = _OPENS_PARTS | {"prep", "of", "identify", "according", "citing", "by", "background"}


def _is_start(items: list[Item], here: int) -> bool:
    return here == 0 or bool(items[here - 1].tags & {"comma", "sub", "semi", "colon"})


def _before_relative(items: list[Item], here: int) -> bool:
    after = here + 1
    if after < len(items) and "comma" in items[after].tags:
        after += 1
    return after < len(items) and "rel" in items[after].tags
