"""Find the victims of a state: “nine missing”, “left 8 soldiers dead”, “12 deaths”."""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.reading.clauses import Verb, following, verb_at
from tallystick.reading.items import Item
from tallystick.reading.lists import list_until
from tallystick.reading.reduced import group_left, shared
from tallystick.reading.subjects import subject_of
from tallystick.reading.victims import Finding

__all__ = ["lives_at", "state_at", "states_in_groups"]


def state_at(items: list[Item], verb: Verb, before: list[Finding]) -> Finding | None:
    """Read “N dead”, “were missing”, “left 8 soldiers and 21 rebels dead”."""
    left = group_left(items, verb.start)
    if left is not None:
        cause = _causative_before(items, left)
        if cause is not None:
            return Finding(items[verb.at], verb, list_until(items, left), "causative")
        group = items[left].group
        if group is None or not (group.is_counted or verb.is_passive):
            return None
        return Finding(items[verb.at], verb, list_until(items, left), "state", by_list=True)
    return _found_so(items, verb) or shared(items, verb, before)


def _causative_before(items: list[Item], left: int) -> int | None:
    first = list_until(items, left)[0]
    for here in range(first - 1, max(first - 3, -1), -1):
        if items[here].tags & {"leave", "found"}:
            return first
        if not items[here].tags & {"adverb", "prep"}:
            return None
    return None


def _found_so(items: list[Item], verb: Verb) -> Finding | None:
    """Read “were found dead”, “was left dead”, “went missing”, “are feared dead”."""
    here = verb.start - 1
    while here >= 0 and items[here].tags & {"found", "leave", "say", "word", "unreal"}:
        here -= 1
    if here == verb.start - 1 or here < 0:
        return None
    outer = verb_at(items, here + 1)
    found = subject_of(items, outer.start)
    if found is None or "group" not in items[found].tags:
        return None
    verb.is_negated |= outer.is_negated
    return Finding(items[verb.at], verb, list_until(items, found), "state", by_list=True)


def lives_at(items: list[Item], at: int) -> list[Finding]:
    """Read “claimed 12 lives”; the group’s head says what was lost."""
    found = following(items, at)
    if found is None:
        return []
    group = items[found].group
    if group is None or group.state is None or "li" not in group.head[:2] or not group.is_counted:
        return []
    finding = Finding(Item(0, 0, "", group.state), verb_at(items, at), [found], "lives")
    return [finding]


def states_in_groups(items: list[Item], findings: list[Finding]) -> Iterator[Finding]:
    """Read “12 deaths”, “22 injured”, “three abducted policemen” that no verb has taken."""
    taken = {at for finding in findings for at in finding.victims}
    for at, item in enumerate(items):
        group = item.group
        if group is None or group.state is None or not group.is_counted:
            continue
        if at in taken and any(
            at in finding.victims and finding.word.entry.kind == group.state.kind
            for finding in findings
        ):
            continue
        verb = Verb(at, at)
        yield Finding(Item(item.start, item.end, "", group.state), verb, [at], "count")
