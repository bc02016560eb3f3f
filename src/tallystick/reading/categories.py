"""Say whom a group counts: by its own words, else by what stands around it.

“X, a constable of …”, “personnel of the army”, “the president of an NGO”, “a commander of the
squad, X”. The category of a body is that of its members; who only stands beside it is none.
"""

from __future__ import annotations

from tallystick.reading.heads import BESIDE
from tallystick.reading.items import Item

__all__ = ["category_of"]


def category_of(items: list[Item], at: int) -> str:
    """Return whom a group counts, by its own words and by what stands around it."""
    group = items[at].group
    own = group.category if group is not None else ""
    if own and own not in ("civilians", "officials", "security_forces"):
        return own
    around = _category_around(items, at)
    # “The president of an NGO”, “two brothers volunteering for the Red Crescent”.
    return around if not own or around == "aid_workers" else own


def _category_around(items: list[Item], at: int) -> str:
    """Return what “X, a constable of …” or “personnel of the army” say of a group."""
    here = _over_names(items, at + 1)
    group = items[at].group
    if group is None:
        return ""
    if here + 1 < len(items) and items[here].word in _EMPLOYED:
        return _category_of_body(items, here + 1)
    if group.head in BESIDE:
        return ""
    if here + 1 < len(items):
        joint, after = items[here], items[here + 1]
        if "of" in joint.tags or joint.word == "from":
            return _category_of_body(items, here + 1)
        is_single = after.group is not None and after.group.lo in (None, 1)
        names = group.det == "name" or group.names > 0
        is_described = names and is_single and bool(joint.tags & {"comma", "dash"})
        if is_described and after.group is not None and after.group.is_person:
            return after.group.category or _category_around(items, here + 1)
    return _category_before(items, at)


_EMPLOYED = frozenset(
    {"belonging to", "working for", "working with", "employed by", "volunteering for",
     "affiliated to", "affiliated with", "contracted by", "who worked for", "who works for"}
)  # fmt: skip


def _over_names(items: list[Item], here: int) -> int:
    """Step over “(26)” and “identified as X” after a group."""
    if here < len(items) and "open" in items[here].tags:
        while here < len(items) and "close" not in items[here].tags:
            here += 1
        here += 1
    return here + 2 if here + 1 < len(items) and "identify" in items[here].tags else here


def _category_before(items: list[Item], at: int) -> str:
    """Return what stands before a name: “a commander of the squad, X, was killed”."""
    group = items[at].group
    if group is None or group.det != "name" or at < 2 or "comma" not in items[at - 1].tags:
        return ""
    here = at - 2
    while here >= 2 and "of" in items[here - 1].tags:
        here -= 2
    before = items[here].group
    if before is None or not before.is_person or before.lo not in (None, 1):
        return ""
    opens = here == 0 or bool(items[here - 1].tags & {"comma", "sub", "and", "harm"})
    return category_of(items, here) if opens else ""


def _category_of_body(items: list[Item], at: int) -> str:
    """Return the category of the members of a body: “of the police”, “of a UN agency”."""
    for here, item in enumerate(items[at : at + 4], at):
        if item.group is not None:
            return _category_of_members(items, here)
        if item.tags & {"comma", "prep", "be", "harm"}:
            return ""
        if item.entry.mark in _BODIES and "adj" in item.tags:
            return item.entry.mark
    return ""


def _category_of_members(items: list[Item], at: int) -> str:
    group = items[at].group
    if group is None:
        return ""
    marks = [group.category, *group.adjectives]
    marks += [part.entry.mark for part in items[at].parts if "adj" in part.tags]
    found = [mark for mark in marks if mark in _BODIES]
    if found:
        return found[0]
    if group.head != "party":
        return ""
    goes_on = at + 2 < len(items) and "of" in items[at + 1].tags
    return (_category_of_members(items, at + 2) if goes_on else "") or "officials"


_BODIES = frozenset({"security_forces", "fighters", "aid_workers", "officials", "peacekeepers"})
