"""Hold a harm with those who suffer it, and make drafts: one a group, one a list of singles."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.reading.drafts import Draft
from tallystick.reading.items import Group, Item
from tallystick.reading.lexicon import Entry

__all__ = [
    "ENDS",
    "Found",
    "count_of",
    "drafts_of",
    "found_of",
    "is_governed",
    "list_from",
    "may_suffer",
]

ENDS = frozenset({"semi", "colon", "sub", "say", "deny", "toll", "according", "subset", "relative"})


@dataclass(slots=True)
class Found:
    """Hold a harm, the groups that suffer it, and who did it (items start:end)."""

    kind: str
    at: int
    victims: list[int]
    rule: str
    doer: tuple[int, int] | None = None
    is_weak: bool = False
    spans_word: bool = False


def found_of(entry: Entry, at: int, victims: list[int], rule: str) -> Found:
    return Found(entry.kind, at, victims, rule, is_weak=entry.is_weak)


def may_suffer(group: Group | None) -> bool:
    if group is None or group.is_thing or group.det == "nobody":
        return False
    return group.lo is not None or group.is_person


def is_governed(items: list[Item], at: int) -> bool:
    """Say whether a preposition right before, or the noun it governs, takes this group."""
    if at == 0:
        return False
    before = items[at - 1]
    if before.tags & {"prep", "prep-place", "by", "from", "to"} and "group" not in before.tags:
        return True
    if (
        at > 1
        and before.tags & {"thing", "other", "word", "body"}
        and items[at - 2].tags & {"prep", "prep-place", "by"}
    ):
        group = items[at].group
        return group is not None and group.number is None
    return False


def list_from(items: list[Item], at: int) -> list[int]:
    """Return the groups that begin here and are joined by commas and “and”."""
    found = [at]
    here = at + 1
    while here < len(items):
        start = here
        while (
            here < len(items)
            and items[here].tags & {"comma", "and"}
            and "group" not in items[here].tags
        ):
            here += 1
        if here == start or here >= len(items) or "and" not in items[here - 1].tags:
            break
        group = items[here].group
        if not may_suffer(group) or group is None or (group.lo is None and group.det != "bare"):
            break
        if group.state is not None or (_has_place(items, here) and not group.head):
            break
        found.append(here)
        here += 1
    return found


def _has_place(items: list[Item], at: int) -> bool:
    return at + 1 < len(items) and "prep-place" in items[at + 1].tags


def count_of(group: Group) -> tuple[int, int | None, str] | None:
    """Return what a group counts and how it is said; None if it names no number of people."""
    if group.is_thing:
        return None
    if group.lo is not None:
        return group.lo, group.hi, group.hedge
    if group.is_person and group.is_plural and group.det == "bare":
        return 2, None, "vague"
    if group.is_person and not group.is_plural:
        return 1, 1, "exact"
    return None


def drafts_of(items: list[Item], one: Found) -> list[Draft]:
    counted = [(at, group, count_of(group)) for at in one.victims if (group := items[at].group)]
    made: list[Draft] = []
    for at, group, count in counted:
        if count is None:
            continue
        lo, hi, hedge = count
        draft = Draft(one.kind, lo, hi, hedge, (items[at].start, items[at].end), f"ar-{one.rule}")
        draft.at, draft.verb, draft.group = at, one.at, group
        draft.unit, draft.category = group.unit, group.category
        draft.is_definite = group.det == "the"
        draft.is_more, draft.is_weak = group.is_more, one.is_weak
        if one.doer is not None:
            draft.notes.append(f"doer:{one.doer[0]}:{one.doer[1]}")
        made.append(draft)
    if len(made) > 1 and _is_sum(made):
        made = [_sum(made)]
    if (
        made
        and one.spans_word
        and made[0].group is not None
        and made[0].group.det in ("dual", "a", "bare")
    ):
        made[0].span = (items[one.at].start, made[0].span[1])
    return made


def _is_sum(drafts: list[Draft]) -> bool:
    """Say whether a list has singles of one category: “a driver and two guards” are three."""
    singles = any((draft.lo, draft.hi) == (1, 1) for draft in drafts)
    return singles and len({draft.category for draft in drafts}) == 1


def _sum(drafts: list[Draft]) -> Draft:
    first = drafts[0]
    first.lo = sum(draft.lo for draft in drafts)
    highs = [draft.hi for draft in drafts]
    first.hi = None if None in highs else sum(hi for hi in highs if hi is not None)
    first.span = (first.span[0], drafts[-1].span[1])
    first.rule += "+list"
    return first
