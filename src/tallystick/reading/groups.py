"""Find the groups of people that a sentence names, with their number, category and determiner.

A group is (determiner | number | adjectives)* modifiers* head. A head that is no person vetoes
the number: fourteen years and sixty houses are groups of things and are never counted.
"""

from __future__ import annotations

from tallystick.reading.heads import FAMILY, HeadWalk, take_adjective, take_head
from tallystick.reading.items import NOTHING, Group, Item

__all__ = ["with_groups"]

_GROUP = frozenset({"group"})
_OPENERS = frozenset(
    {"num", "the", "a", "no", "possessive", "more", "person", "adj", "nobody", "name", "collective"}
)
_OF = frozenset({"of", "de", "d'"})
_DETERMINERS = frozenset({"the", "a", "no", "possessive", "more"})


def with_groups(items: list[Item]) -> list[Item]:
    """Return the items with each group of people as one item tagged group."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        made = None if _OPENERS.isdisjoint(item.tags) else _group_or_name_at(items, at)
        if made is None:
            out.append(item)
            at += 1
        else:
            group, at = made
            out.append(group)
            if out[-2:-1] and out[-2].word in _OF:
                _join_family(out)
    return out


def _join_family(out: list[Item]) -> None:
    """Read “a family of seven”: seven persons of one family."""
    if len(out) < 3:
        return
    family, size = out[-3].group, out[-1].group
    if family is None or size is None or family.mark != FAMILY or family.lo != 1:
        return
    if size.number is None or size.head or family.head.endswith("ies"):
        return
    family.lo, family.hi, family.hedge, family.unit = size.lo, size.hi, size.hedge, "persons"
    family.category, family.mark = "family", ""
    out[-3].end = out[-1].end
    out[-3].lo, out[-3].hi = size.lo, size.hi
    del out[-2:]


def _group_or_name_at(items: list[Item], at: int) -> tuple[Item, int] | None:
    is_name = items[at].tags == _NAME and _ends_name(items, at)
    return _name(items, at, Group()) if is_name or _is_initial(items, at) else _group_at(items, at)


def _group_at(items: list[Item], at: int) -> tuple[Item, int] | None:
    item = items[at]
    if "pron" in item.tags and "person" not in item.tags:
        return None
    if "nobody" in item.tags:
        return _made(Group(lo=0, hi=0, det="no", is_person=True), items, at, at + 1)
    if _is_only_glue(item):
        return None
    group = Group()
    here = _introduction(items, at, group)
    walk = HeadWalk(items, here, group).walk()
    if walk.head is not None:
        take_head(group, items[walk.head])
        return _made(group, items, at, _with_names(items, walk.head + 1, group))
    return _without_head(items, at, walk)


def _is_only_glue(item: Item) -> bool:
    # “that”, “all”, “no” may also be conjunctions; they open a group only with a head, so cheap
    # ones are let through and those that never do are kept out here.
    return "rel" in item.tags and item.word == "that"


_NAME = frozenset({"word", "name"})
# What may go on a group that begins with a name: anything else ends the name.
_GOES_ON = frozenset(
    {"word", "name", "place-kind", "direction", "measure", "age", "ordinal", "community", "harm",
     "person", "gen", "adj", "thing", "open", "tick", "quote", "drive", "collective"}
)  # fmt: skip


def _ends_name(items: list[Item], at: int) -> bool:
    """Say whether only names stand here, and no head follows them: most groups are such names."""
    here = at + 1
    while here < len(items) and items[here].tags == _NAME:
        here += 1
    return here >= len(items) or _GOES_ON.isdisjoint(items[here].tags)


def _is_initial(items: list[Item], at: int) -> bool:
    """Tell the initial of “arrested A. Deka” from an article."""
    if items[at].word != "a" or not items[at].is_capital or at == 0 or at + 1 >= len(items):
        return False
    after = items[at + 1]
    return "name" in after.tags and after.is_capital and "gen" not in items[at - 1].tags


def _introduction(items: list[Item], at: int, group: Group) -> int:
    """Take determiners, the number and leading adjectives; return where the rest begins."""
    here = at
    while here < len(items):
        item, tags = items[here], items[here].tags
        if "num" in tags and (item.lo is not None):
            if group.number is not None:
                break
            _take_number(group, item)
        elif tags & _DETERMINERS and not (
            group.number is not None and tags & {"the", "a", "possessive"}
        ):
            _take_determiner(group, tags)
        elif "adj" in tags and "person" not in tags:
            take_adjective(group, item)
        elif "hedge" in tags and item.entry.mark == "silent" and here > at:
            pass
        else:
            break
        here += 1
    return here


def _take_number(group: Group, item: Item) -> None:
    if group.det in ("the", "no", "possessive") and group.det != "no":
        group.is_more = group.is_more
    else:
        group.det = "num"
    group.lo, group.hi, group.hedge = item.lo, item.hi, item.hedge
    group.number = (item.start, item.end)
    group.is_more |= any("more" in part.entry.tags for part in item.parts)
    if item.lo != 1 or item.hi != 1:
        group.is_plural = True


def _take_determiner(group: Group, tags: frozenset[str]) -> None:
    if "more" in tags:
        group.is_more = True
    if group.number is not None:
        return
    if "no" in tags:
        group.det, group.lo, group.hi = "no", 0, 0
    elif "a" in tags:
        group.det, group.lo, group.hi = "a", 1, 1
    elif "the" in tags:
        group.det, group.lo, group.hi = "the", None, None
    elif "possessive" in tags:
        group.det, group.lo, group.hi = "possessive", None, None


def _with_names(items: list[Item], end: int, group: Group) -> int:
    """Take the name that stands right after a head: “leader X Y”."""
    while end < len(items) and "name" in items[end].tags and items[end].is_capital:
        group.names = 1
        end += 1
    return end


def _without_head(items: list[Item], at: int, walk: HeadWalk) -> tuple[Item, int] | None:
    group, run, here = walk.group, walk.run, walk.first
    if group.is_thing:
        return _made(group, items, at, walk.at)
    if group.number is not None:
        return _number_alone(items, at, here, run, group)
    if _is_collective(items, at) or (not run and _is_collective(items, here)):
        return _collective(items, at, here, group)
    if not run:
        return _determiner_alone(items, at, here, group)
    if group.det in ("a", "the", "possessive", "no"):
        # “the defence ministry”: a body may end the group that otherwise describes its people.
        is_body = walk.at - 1 > run[-1] and "adj" in items[walk.at - 1].tags
        end = walk.at if is_body else run[-1] + 1
        group.head = items[end - 1].word
        return _made(group, items, at, end)
    is_name = group.det == "bare" and run[0] == at and "name" in items[at].tags
    return _name(items, at, group) if is_name else None


def _is_collective(items: list[Item], at: int) -> bool:
    return at < len(items) and "collective" in items[at].tags


def _determiner_alone(
    items: list[Item], at: int, here: int, group: Group
) -> tuple[Item, int] | None:
    """Read “another” alone, and “the ministry” or “OCHA”."""
    if group.is_more and group.det == "a":
        return _made(group, items, at, here)
    return _body_alone(items, at, here, group) if group.adjectives and here > at else None


def _body_alone(items: list[Item], at: int, here: int, group: Group) -> tuple[Item, int] | None:
    """Read “the ministry” and “OCHA”: a body that otherwise describes its people."""
    if group.det == "bare":
        if not items[here - 1].is_capital:
            return None
        group.det, group.names = "name", 1
    group.head = items[here - 1].word
    group.lo = group.hi = None
    return _made(group, items, at, here)


def _collective(items: list[Item], at: int, here: int, group: Group) -> tuple[Item, int]:
    here = at if "collective" in items[at].tags else here
    value = int(items[here].entry.value)
    if group.det in ("bare", "a"):
        group.det = "num"
    group.lo = group.hi = value
    group.is_person, group.is_plural, group.head = True, True, items[here].word
    group.number = (items[here].start, items[here].end)
    return _made(group, items, at, here + 1)


def _number_alone(
    items: list[Item], at: int, here: int, run: list[int], group: Group
) -> tuple[Item, int]:
    """Choose the head among unknown words after a number, or leave the number bare."""
    for place in run[:3]:
        if place > here + 2:
            break
        word = items[place].word
        if (word.endswith("s") and not word.endswith("ss") and len(word) > 3) or (
            place == here and items[place].is_capital
        ):
            group.head = word
            while place + 1 in run and items[place].is_capital and items[place + 1].is_capital:
                place += 1
            return _made(group, items, at, place + 1)
    if group.adjectives:
        group.category = group.adjectives[-1]
    return _made(group, items, at, here)


_PARTICLES = frozenset(
    {"de", "la", "del", "los", "las", "el", "al", "da", "do", "dos", "du", "ibn"}
)


def _over_particles(items: list[Item], at: int) -> int:
    """Step over “de la” inside a name: “Pital de la Conta”; where none is, stay."""
    here = at
    while here < len(items) and here - at < 2 and items[here].word in _PARTICLES:
        here += 1
    is_inside = here < len(items) and "name" in items[here].tags and items[here].is_capital
    return here if is_inside else at


def _name(items: list[Item], at: int, group: Group) -> tuple[Item, int]:
    end = at + 1
    while end < len(items) and end - at < 8:
        if items[end].tags & {"name", "direction"}:
            end += 1
        elif (step := _over_particles(items, end)) > end:
            end = step + 1
        else:
            break
    group.det, group.names, group.head = "name", 1, items[end - 1].word
    return _made(group, items, at, end)


def _made(group: Group, items: list[Item], start: int, end: int) -> tuple[Item, int]:
    taken = items[start:end]
    first = taken[0].start
    # The determiner is no part of the words that carry the number.
    if group.number is not None and group.det in ("num", "the", "possessive"):
        first = group.number[0]
    elif taken[0].tags & {"the", "possessive"} and len(taken) > 1:
        first = taken[1].start
    item = Item(first, taken[-1].end, "group", NOTHING, _GROUP, taken[0].is_capital)
    item.group = group
    item.lo, item.hi, item.hedge = group.lo, group.hi, group.hedge
    item.parts = taken
    return item, end
