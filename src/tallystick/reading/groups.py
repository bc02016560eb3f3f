"""Find the groups of people that a sentence names, with their number, category and determiner.

A group is (determiner | number | adjectives)* modifiers* head. A head that is no person vetoes
the number: fourteen years and sixty houses are groups of things and are never counted.
"""

from __future__ import annotations

from tallystick.reading.items import NOTHING, Group, Item
from tallystick.text import is_arabic

__all__ = ["with_groups"]

_GROUP = frozenset({"group"})
_OPENERS = frozenset(
    {
        "num",
        "the",
        "a",
        "no",
        "possessive",
        "more",
        "person",
        "adj",
        "nobody",
        "name",
        "collective",
        "dual",
    }
)
_DETERMINERS = frozenset({"the", "a", "no", "possessive", "more"})
_LOOSE = frozenset(
    {"word", "name", "place-kind", "direction", "measure", "age", "ordinal", "community"}
)
_FAMILY = "family"
_LONGEST = 14


def with_groups(items: list[Item]) -> list[Item]:
    """Return the items with each group of people as one item tagged group."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        made = _group_at(items, at) if items[at].tags & _OPENERS else None
        if made is None:
            out.append(items[at])
            at += 1
        else:
            group, at = made
            out.append(group)
            _join_family(out)
    return out


def _join_family(out: list[Item]) -> None:
    """Read “a family of seven”: seven persons of one family."""
    if len(out) < 3 or out[-2].word not in ("of", "de", "d'"):
        return
    family, size = out[-3].group, out[-1].group
    if family is None or size is None or family.mark != _FAMILY or family.lo != 1:
        return
    if size.number is None or size.head or family.head.endswith("ies"):
        return
    family.lo, family.hi, family.hedge, family.unit = size.lo, size.hi, size.hedge, "persons"
    family.category, family.mark = "family", ""
    out[-3].end = out[-1].end
    out[-3].lo, out[-3].hi = size.lo, size.hi
    del out[-2:]


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
    head, end, run = _body(items, here, group)
    if head is not None:
        _take_head(group, items[head])
        return _made(group, items, at, _with_names(items, head + 1, group))
    return _without_head(items, at, here, end, run, group)


def _is_only_glue(item: Item) -> bool:
    # “that”, “all”, “no” may also be conjunctions; they open a group only with a head, so cheap
    # ones are let through and those that never do are kept out here.
    return "rel" in item.tags and item.word == "that"


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
            _take_adjective(group, item)
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


def _take_adjective(group: Group, item: Item) -> None:
    if (
        item.entry.mark and "adj" in item.entry.tags and item.entry.mark.islower() is not False
    ) or item.entry.mark:
        group.adjectives += (item.entry.mark,)
    if "more" in item.tags:
        group.is_more = True


def _body(items: list[Item], here: int, group: Group) -> tuple[int | None, int, list[int]]:
    """Walk modifiers; return the index of the head (or None), the end, and loose words passed."""
    head: int | None = None
    run: list[int] = []
    at = here
    while at < len(items) and at - here < _LONGEST:
        item = items[at]
        step = _step(items, at, group, head is not None)
        if step == "head":
            if (head is not None and item.entry.category == "" and items[head].entry.category) or (
                head is not None and items[head].entry.category
            ):
                group.adjectives += (items[head].entry.category,)
            head = at
        elif step == "thing":
            group.is_thing = True
            group.head = item.word
            group.mark = item.entry.mark
            return None, at + 1, run
        elif step == "count":
            group.state, group.is_person, group.head = item.entry, True, item.word
            _take_dual(group, item)
            return at, at + 1, run
        elif step == "reset":
            head = None
            group.category = ""
            group.adjectives = ()
            group.lo = group.hi = None if group.det in ("a", "the") else group.lo
        elif step == "brackets":
            while "close" not in items[at].tags:
                at += 1
        elif step == "stop":
            break
        elif step == "loose":
            run.append(at)
        at += 1
    return head, at, run


def _take_dual(group: Group, item: Item) -> None:
    """Let an Arabic dual say the number two, unless a number stands before it."""
    if "dual" not in item.tags or group.number is not None:
        return
    group.lo = group.hi = 2
    group.number = (item.start, item.end)
    group.det = "the" if group.det == "the" else "num"
    group.is_plural = True


def _step(items: list[Item], at: int, group: Group, has_head: bool) -> str:
    item, tags = items[at], items[at].tags
    follows = items[at + 1] if at + 1 < len(items) else None
    if "harm" in tags:
        return _harm_step(item, follows, group, has_head)
    if "person" in tags:
        return "head"
    if "gen" in tags:
        return "reset" if follows is not None and (has_head or at > 0) else "stop"
    if has_head and _goes_on_as_adjective(items, at):
        _take_adjective(group, item)
        return "pass"
    if has_head and _is_body_of(items, at):
        return "thing"
    if has_head:
        opens_quote = (
            bool(tags & {"tick", "quote"}) and follows is not None and "person" in follows.tags
        )
        return "pass" if opens_quote else "stop"
    if "adj" in tags:
        _take_adjective(group, item)
        return "pass"
    if "thing" in tags and "say" in tags and group.number is None and "name" in items[at - 1].tags:
        return "stop"
    if "thing" in tags:
        is_modifier = follows is not None and follows.tags & {"person"} and group.number is None
        is_modifier = (
            is_modifier
            or _person_after_tick(items, at)
            or (follows is not None and "person" in follows.tags and item.entry.mark == "objects")
        )
        return "loose" if is_modifier else "thing"
    if "the" in tags and group.number is not None and follows is not None:
        return "pass" if follows.tags & {"person", "harm"} else "stop"
    if "open" in tags and group.det in ("num", "a"):
        return "brackets" if _person_after_brackets(items, at) else "stop"
    if tags & {"tick", "quote"}:
        return (
            "pass"
            if follows is not None and follows.tags & {"word", "person", "adj", "name"}
            else "stop"
        )
    return "loose" if tags & _LOOSE and not tags & {"prep", "sub", "rel", "be", "have"} else "stop"


def _person_after_tick(items: list[Item], at: int) -> bool:
    after = items[at + 1 : at + 3]
    return len(after) == 2 and "tick" in after[0].tags and "person" in after[1].tags


def _is_body_of(items: list[Item], at: int) -> bool:
    """Say whether the words name a body, not a person: “a national NGO”."""
    item, before = items[at], items[at - 1]
    return (
        "adj" in before.tags
        and "adj" in item.tags
        and "person" not in item.tags
        and item.entry.mark in ("aid_workers", "security_forces")
    )


def _person_after_brackets(items: list[Item], at: int) -> bool:
    """Say whether the head stands after a bracket: “2 international (Kenyan) staff”."""
    for here in range(at + 1, min(at + 10, len(items) - 1)):
        if "close" in items[here].tags:
            return "person" in items[here + 1].tags
    return False


def _goes_on_as_adjective(items: list[Item], at: int) -> bool:
    """Say whether what looked like the head only describes: “one female UN staff member”."""
    if "adj" not in items[at - 1].tags or "adj" not in items[at].tags:
        return False
    return any("person" in item.tags for item in items[at + 1 : at + 3])


def _harm_step(item: Item, follows: Item | None, group: Group, has_head: bool) -> str:
    if has_head:
        return "stop"
    forms = item.entry.forms
    if forms & {"state", "part"} and follows is not None and follows.tags & {"person"}:
        group.state = item.entry
        return "pass"
    if "count" in forms and (group.number is not None or group.lo == 0 or "dual" in item.tags):
        return "count"
    return "head" if "person" in item.tags else "stop"


def _take_head(group: Group, item: Item) -> None:
    entry = item.entry
    group.head = item.word
    group.is_person = True
    _take_dual(group, item)
    group.is_more |= item.word in ("other", "others")
    if "harm" in entry.tags and "person" not in entry.tags:
        group.is_plural = True
        group.category = group.adjectives[-1] if group.adjectives else ""
        return
    group.mark = entry.mark if entry.mark in (_FAMILY, "body", "death", "hostage") else ""
    if group.is_plural is None or entry.is_plural is not None:
        group.is_plural = entry.is_plural if entry.is_plural is not None else group.is_plural
    specific = [mark for mark in group.adjectives if mark]
    group.category = entry.category or (specific[-1] if specific else "")
    if "former" in group.adjectives:
        group.adjectives = tuple(mark for mark in group.adjectives if mark != "former")
        if group.category in ("officials", "security_forces", "fighters"):
            group.category = "civilians"
    if group.mark == _FAMILY:
        group.unit = "families"
    if group.det == "bare" and group.is_plural is False:
        group.lo = group.hi = None


def _with_names(items: list[Item], end: int, group: Group) -> int:
    """Take what stands right after a head: a name (“leader X Y”), “others” in Arabic."""
    if end < len(items) and "more" in items[end].tags and is_arabic(items[end].word):
        group.is_more = True
        end += 1
    while end < len(items) and "name" in items[end].tags and items[end].is_capital:
        group.names = 1
        end += 1
    return end


def _without_head(
    items: list[Item], at: int, here: int, end: int, run: list[int], group: Group
) -> tuple[Item, int] | None:
    if group.is_thing:
        return _made(group, items, at, end)
    if group.number is not None:
        return _number_alone(items, at, here, run, group)
    if "collective" in items[at].tags or (
        run == [] and here < len(items) and "collective" in items[here].tags
    ):
        return _collective(items, at, here, group)
    if group.is_more and group.det == "a" and not run:
        return _made(group, items, at, here)
    if not run and group.adjectives and here > at:
        return _body_alone(items, at, here, group)
    if group.det in ("a", "the", "possessive", "no") and run:
        group.head = items[run[-1]].word
        return _made(group, items, at, run[-1] + 1)
    if group.det == "bare" and run and run[0] == at and "name" in items[at].tags:
        return _name(items, at, run, group)
    return None


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
    if run and run[0] == here and is_arabic(items[here].word):
        # In Arabic the counted noun follows its number at once.
        group.head = items[here].word
        return _made(group, items, at, here + 1)
    if group.adjectives:
        group.category = group.adjectives[-1]
    return _made(group, items, at, here)


def _name(items: list[Item], at: int, run: list[int], group: Group) -> tuple[Item, int]:
    end = at
    while end < len(items) and end - at < 6 and items[end].tags & {"name", "direction"}:
        end += 1
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
