"""Follow a list of groups, forwards from its first or backwards from its last.

Prepositional phrases, brackets and ages are stepped over; a group that heads a clause of its own,
and a name that goes on a list of places, end the list.
"""

from __future__ import annotations

from tallystick.reading.clauses import is_name
from tallystick.reading.items import Item

__all__ = ["back_over_brackets", "list_from", "list_until"]

_PASS = frozenset({"adverb", "tick", "quote", "quantity", "date"})


def list_from(items: list[Item], at: int) -> list[int]:
    """Return the indexes of the groups that begin here and are joined by commas and “and”."""
    found = [at]
    here = at
    while True:
        after = here + 1
        here, is_named = _over_identity(items, _over_details(items, here + 1))
        joint = here
        if here < len(items) and "dash" in items[here].tags and _is_many(items[found[-1]]):
            return found  # “three civilians – a mother and her sons –”
        while here < len(items) and items[here].tags & {"comma", "and", "adverb"}:
            here += 1
        if here == joint or here >= len(items) or "group" not in items[here].tags:
            return found
        joined = any("and" in items[i].tags for i in range(joint, here))
        if joint > after and is_name(items[here]) and is_name(items[joint - 1]):
            return found
        if _heads_clause(items, here) or not (joined or _goes_on(items, here)):
            return found
        if is_named and (_is_many(items[at]) or is_name(items[here])):
            return found  # “two men, identified as X and Y”
        found.append(here)


def _over_identity(items: list[Item], here: int) -> tuple[int, bool]:
    """Step over “, identified as X (26)”; say whether it stands there."""
    opens = here + 2 < len(items) and "comma" in items[here].tags
    if opens and "identify" in items[here + 1].tags and _group_next(items, here + 1):
        return _over_details(items, here + 3), True
    named = any("identify" in item.tags for item in items[max(0, here - 3) : here])
    return here, named


def _is_many(item: Item) -> bool:
    return item.group is not None and (item.group.lo or 0) > 1


def _over_details(items: list[Item], here: int) -> int:
    """Step over “of the village”, “(26)”, “identified as X”, “from Y” after a group."""
    while here < len(items):
        tags = items[here].tags
        if "open" in tags:
            here = _after_brackets(items, here)
        elif tags & {"prep", "prep-place", "of", "identify"} and _group_next(items, here):
            here += 2
        elif tags & {"quantity", "tick", "quote"}:
            here += 1
        else:
            return here
    return here


def _after_brackets(items: list[Item], here: int) -> int:
    for at in range(here, min(here + 12, len(items))):
        if "close" in items[at].tags:
            return at + 1
    return here + 1


def _group_next(items: list[Item], here: int) -> bool:
    return here + 1 < len(items) and "group" in items[here + 1].tags


def _heads_clause(items: list[Item], at: int) -> bool:
    """Say whether the group is the subject of a verb of its own."""
    here = at + 1
    while here < len(items) and items[here].tags & _PASS:
        here += 1
    if here >= len(items):
        return False
    item = items[here]
    if item.tags & {"be", "have", "say", "modal", "do", "rise"} and "adj" not in item.tags:
        return True
    return "harm" in item.tags and bool(item.entry.forms & {"past", "third", "part", "state"})


def _goes_on(items: list[Item], at: int) -> bool:
    """Say whether the list goes on to an “and” after this group."""
    here = _over_details(items, at + 1)
    steps = 0
    while here < len(items) and steps < 12:
        is_comma = "comma" in items[here].tags
        if is_comma and here + 1 < len(items) and "and" in items[here + 1].tags:
            return _group_next(items, here + 1)
        if "and" in items[here].tags:
            return _group_next(items, here)
        if not is_comma or not _group_next(items, here):
            return False
        here = _over_details(items, here + 2)
        steps += 1
    return False


def list_until(items: list[Item], at: int) -> list[int]:
    """Return the groups of the list that ends here, in order."""
    found = [at]
    here = at - 1
    saw_and = False
    while here >= 0:
        end = here
        while here >= 0 and items[here].tags & {"comma", "and"}:
            saw_and |= "and" in items[here].tags
            here -= 1
        here = back_over_brackets(items, here)
        if here == end or here < 0 or not saw_and or "group" not in items[here].tags:
            return found
        owner = _back_over_of(items, here)
        if owner is None:
            return [at] if "subset" in items[here - 1].tags else found
        found.insert(0, owner)
        here = owner - 1
    return found


def back_over_brackets(items: list[Item], here: int) -> int:
    if here >= 0 and "close" in items[here].tags:
        while here >= 0 and "open" not in items[here].tags:
            here -= 1
        return here - 1
    return here


def _back_over_of(items: list[Item], here: int) -> int | None:
    """Return the group that heads “X of Y” or “X from Y”; None if Y hangs on no group."""
    while here >= 1 and items[here - 1].tags & {
        "prep",
        "of",
        "according",
        "citing",
        "by",
        "rel",
        "subset",
        "identify",
    }:
        if items[here - 1].tags & {"by", "according", "citing", "rel", "subset"}:
            return None
        here -= 2
        if here < 0 or "group" not in items[here].tags:
            return None
    return here
