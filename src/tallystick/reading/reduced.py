"""Find the victims of a participle without “was”: headlines, lists, clauses left short.

“Six killed in a strike”, “was ambushed and shot dead”, “four people, possibly civilians, killed”.
"""

from __future__ import annotations

from itertools import pairwise

from tallystick.reading.clauses import Verb, verb_at
from tallystick.reading.items import Item
from tallystick.reading.lists import list_until
from tallystick.reading.subjects import subject_of
from tallystick.reading.victims import Finding

__all__ = ["group_left", "reduced", "shared"]

# Prepositions after which a counted group may still be the one that was harmed.
_OUTSIDE = frozenset({"for", "with", "among", "amongst", "after"})


def reduced(items: list[Item], verb: Verb, before: list[Finding]) -> Finding | None:
    """Read “six killed in a strike”: a participle right after its group."""
    if not items[verb.at].entry.forms & {"part", "state"} or verb.is_perfect:
        return None
    if _is_counted_elsewhere(items, verb.start):
        return None
    left = group_left(items, verb.start)
    left = _before_commas(items, verb) if left is None else left
    if left is None:
        return shared(items, verb, before) or _coordinated(items, verb)
    group = items[left].group
    if group is not None and group.number is None and not group.is_person and not group.names:
        left = _counted_before(items, left)
        group = items[left].group if left is not None else None
    if left is None or group is None or not (group.is_counted or group.is_person):
        return None
    if group.lo is None and not _reads_as_headline(items, verb):
        return None
    return Finding(items[verb.at], verb, list_until(items, left), "reduced", by_list=True)


def _is_counted_elsewhere(items: list[Item], start: int) -> bool:
    """Say whether “the number of civilians killed” stands here: its figure follows later."""
    before = items[max(0, start - 4) : start]
    return any("total" in one.tags and two.word == "of" for one, two in pairwise(before))


def _before_commas(items: list[Item], verb: Verb) -> int | None:
    """Read “four people, possibly all civilians, killed in an attack”."""
    here = verb.start - 1
    if here < 2 or "comma" not in items[here].tags or not _reads_as_headline(items, verb):
        return None
    found = subject_of(items, verb.start)
    if found is None or not any("comma" in item.tags for item in items[found:here]):
        return None
    group = items[found].group
    return found if group is not None and group.number is not None else None


def _coordinated(items: list[Item], verb: Verb) -> Finding | None:
    """Read “was ambushed and shot dead”: the subject of the passive before it."""
    here = verb.start - 1
    if here < 0 or not items[here].tags & {"and", "comma"}:
        return None
    if here > 1 and items[here - 1].word.endswith("ed") and _is_plain_count(items, here - 2):
        return Finding(items[verb.at], verb, [here - 2], "reduced", by_list=True)
    for at in range(here, max(here - 9, -1), -1):
        tags = items[at].tags
        if tags & {"semi", "sub"} and "adverb" not in tags:
            return None
        if "be" in tags:
            found = subject_of(items, verb_at(items, at + 1).start)
            if found is None or "group" not in items[found].tags:
                return (
                    Finding(items[verb.at], verb, [found], "passive") if found is not None else None
                )
            return Finding(items[verb.at], verb, list_until(items, found), "passive", by_list=True)
    return None


def _counted_before(items: list[Item], left: int) -> int | None:
    """Return the counted people before an unknown group: “2 nurses running a clinic killed”."""
    for at in range(left - 1, max(left - 6, -1), -1):
        if items[at].tags & {"semi", "sub", "comma"}:
            return None
        group = items[at].group
        if group is not None and group.is_counted and group.is_person:
            return at
    return None


def _reads_as_headline(items: list[Item], verb: Verb) -> bool:
    return verb.at + 1 >= len(items) or bool(
        items[verb.at + 1].tags & {"prep", "comma", "by", "and", "date", "sub"}
    )


def group_left(items: list[Item], start: int) -> int | None:
    here = start - 1
    while here >= 0 and items[here].tags & {"adverb", "tick", "quote"}:
        here -= 1
    if here >= 0 and "close" in items[here].tags:
        while here >= 0 and "open" not in items[here].tags:
            here -= 1
        here -= 1
    if here >= 0 and _is_plain_count(items, here):
        return here
    if here >= 1 and "rel" in items[here].tags:
        return group_left(items, here)
    if here < 0 or "group" not in items[here].tags:
        return None
    return subject_of(items, here + 1)


def _is_plain_count(items: list[Item], at: int) -> bool:
    """Say whether a number of people stands here that hangs on nothing: “the seven students”."""
    group = items[at].group
    if group is None or group.number is None or group.is_thing or not group.is_counted:
        return False
    if at > 0 and "of" in items[at - 1].tags:
        # “is aware of 300 people displaced”, but “the bodies of three men killed”.
        return group.det == "the" or (at > 1 and items[at - 2].group is None)
    if (
        at > 0
        and items[at - 1].tags & {"subset", "identify", "prep"}
        and items[at - 1].word not in _OUTSIDE
    ):
        return False
    return at == 0 or not items[at - 1].tags & {"by", "and"}


def shared(items: list[Item], verb: Verb, before: list[Finding]) -> Finding | None:
    """Take the victims of the verb before: “were abducted and later killed”."""
    if not before:
        return None
    last = before[-1]
    between = items[last.verb.at + 1 : verb.start]
    joint = [
        item for item in between if item.tags & {"and", "comma", "adverb", "date", "sub", "slash"}
    ]
    if not between or len(joint) != len(between) or last.rule == "nominal":
        return None
    if last.rule == "active" and items[verb.at].entry.frame != "object":
        return None
    finding = Finding(items[verb.at], verb, last.victims, last.rule, by_list=last.by_list)
    finding.shared_with = last
    finding.joint = between[-1].word if between[-1].tags & {"and", "slash"} else between[0].word
    return finding
