"""Read those whom Arabic counts by what was done to them: “340 قتيلاً”, “سقوط جرحى”, bodies.

A counted noun says the harm itself; without a number it counts only where an event left it.
"""

from __future__ import annotations

from tallystick.reading.ar.found import ENDS, Found
from tallystick.reading.items import Item

__all__ = ["bodies_of", "counted_nouns", "is_body"]


def is_body(item: Item) -> bool:
    return item.group is not None and item.group.mark == "body"


def bodies_of(items: list[Item], at: int) -> list[Found]:
    """Read “عُثر على 13 جثة”, “جثث خمسة مدنيين”."""
    group = items[at].group
    if group is not None:
        after = items[at + 1].group if at + 1 < len(items) else None
        if group.number is None and after is not None and after.lo is not None and after.is_person:
            return [Found("killed", at, [at + 1], "bodies")]
        is_found = any("found" in item.tags for item in items[max(0, at - 5) : at])
        counted = group.lo and (is_found or group.number is not None)
        return [Found("killed", at, [at], "bodies")] if counted else []
    return []


def counted_nouns(items: list[Item], found: list[Found]) -> list[Found]:
    taken = {at for one in found for at in one.victims}
    more: list[Found] = []
    for at, item in enumerate(items):
        group = item.group
        if group is None or group.state is None or at in taken:
            continue
        counts = group.lo is not None and (group.number is not None or _is_fallen(items, at))
        counts = counts or (group.det == "bare" and bool(group.is_plural) and _is_fallen(items, at))
        if counts:
            more.append(Found(group.state.kind, at, [at], "count"))
        elif group.number is None and group.det == "bare":
            more += _predicate(items, at, taken)
    return _between(items, _killed_and_hurt(items, more))


def _killed_and_hurt(items: list[Item], found: list[Found]) -> list[Found]:
    """Read “عشرات القتلى والجرحى”: one number for both."""
    for one in found:
        at = one.victims[0]
        after = items[at + 2].group if at + 2 < len(items) else None
        head = items[at].parts[-1]
        if (
            after is None
            or after.state is None
            or "the" not in head.tags
            or "and" not in items[at + 1].tags
        ):
            continue
        if (
            after.det == "the"
            and after.lo is None
            and {one.kind, after.state.kind} == {"killed", "injured"}
        ):
            one.kind = "killed+injured"
    return found


def _predicate(items: list[Item], at: int, taken: set[int]) -> list[Found]:
    """Read “20 شخصاً ما زالوا مفقودين”: the state of those counted before."""
    named = items[at].group
    state = named.state if named is not None else None
    here = at - 1
    while (
        here >= 0
        and at - here < 5
        and not items[here].tags & (ENDS | {"comma", "and", "prep", "group"})
    ):
        here -= 1
    group = items[here].group if here >= 0 else None
    if state is None or group is None or group.number is None or group.is_thing or here in taken:
        return []
    return [Found(state.kind, at, [here], "predicate")]


def _is_fallen(items: list[Item], at: int) -> bool:
    """Say whether “قتلى” without a number is what an event left: “سقوط قتلى وجرحى”."""
    here = at - 1
    while here >= 0 and (items[here].tags & {"and", "comma", "adverb"} or _is_state(items[here])):
        here -= 1
    if here < 0:
        return at == 0 or _is_state(items[0])
    return bool(items[here].tags & {"fall", "colon", "say"}) or (
        items[here].word == "عن"
        and any("fall" in item.tags for item in items[max(0, here - 6) : here])
    )


def _is_state(item: Item) -> bool:
    return item.group is not None and item.group.state is not None


def _between(items: list[Item], found: list[Found]) -> list[Found]:
    """Read “40 شخصاً بين قتيل وجريح”: one joint count of those told before."""
    for at in range(1, len(items) - 3):
        states = [items[at + 1].group, items[at + 3].group]
        if items[at].word != "بين" or "and" not in items[at + 2].tags:
            continue
        if all(group is not None and group.state is not None for group in states):
            whole = items[at - 1].group
            found = [one for one in found if not set(one.victims) & {at + 1, at + 3}]
            if whole is not None and whole.lo is not None:
                found.append(Found("killed+injured", at, [at - 1], "between"))
    return found
