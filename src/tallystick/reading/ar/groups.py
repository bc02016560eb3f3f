"""Find the groups of people in an Arabic sentence: number, dual, single or several.

A number governs the noun right after it; a dual says two by its ending; “القتلى الثلاثة” has its
number behind. A head that is no person vetoes the number.
"""

from __future__ import annotations

from tallystick.reading.ar.numbers import apply_hedge
from tallystick.reading.items import NOTHING, Group, Item

__all__ = ["with_groups"]

_GROUP = frozenset({"group"})
_PEOPLE = frozenset({"person", "state"})
_BODY_JOINTS = frozenset({"من", "في", "ل"})
_OTHERS = frozenset({"more"})


def with_groups(items: list[Item]) -> list[Item]:
    """Return the items with each group of people as one item tagged group."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        made = _group_at(items, at)
        if made is None:
            out.append(items[at])
            at += 1
        else:
            group, at = made
            out.append(group)
    return out


def _group_at(items: list[Item], at: int) -> tuple[Item, int] | None:
    item = items[at]
    if "num" in item.tags and item.lo is not None:
        return _counted(items, at)
    if item.word in ("احد", "احدي") and "num" not in item.tags:
        return _one_of(items, at)
    if item.tags & _PEOPLE and not _is_no_noun(items, at):
        return _named_by_noun(items, at)
    return None


def _is_no_noun(items: list[Item], at: int) -> bool:
    """Say whether what may be people is here a verb, a verbal noun, or part of a name."""
    item = items[at]
    follows = items[at + 1].tags if at + 1 < len(items) else frozenset()
    if item.tags & {"fraction", "subset", "say", "relay"} or _opens_name(items, at):
        return True
    if "past" in item.entry.forms and follows & {"num", "person"}:
        return True
    return "noun" in item.entry.forms and item.entry.value == "1"


def _opens_name(items: list[Item], at: int) -> bool:
    """Say whether “أم”, “الشيخ” begin the name of a place here: an unknown word follows."""
    if "opener" not in items[at].tags or at + 1 >= len(items):
        return False
    return items[at + 1].tags <= frozenset({"word", "the"})


def _counted(items: list[Item], at: int) -> tuple[Item, int]:
    number = items[at]
    group = Group(lo=number.lo, hi=number.hi, hedge=number.hedge, det="num")
    group.number = (number.start, number.end)
    group.is_plural = True
    if "the" in number.tags:
        group.det = "the"
    here = at + 1
    if here < len(items) and items[here].word == "من" and here + 1 < len(items):
        head = items[here + 1]
        if head.tags & _PEOPLE and (head.tags & {"the"} or head.entry.value == "many"):
            group.names = int("state" in head.tags)  # “four of the injured”: a part of them
            here += 1
    here = _over_modifiers(items, here)
    end = _take_head(group, items, here) if here < len(items) and _may_head(items, here) else at + 1
    return _made(group, items, at, end)


def _over_modifiers(items: list[Item], here: int) -> int:
    """Step over quotes and “من” before “ال…” nouns; the noun follows its number at once."""
    while here < len(items) and items[here].tags & {"quote"}:
        here += 1
    return here


def _may_head(items: list[Item], here: int) -> bool:
    item = items[here]
    if item.tags & _PEOPLE or ("thing" in item.tags and "prep" not in item.tags):
        return not item.tags & {"subset"}
    # An unknown noun right after a number is what is counted, as grammar has it.
    return item.tags == frozenset({"word"}) and len(item.word) > 2


def _take_head(group: Group, items: list[Item], here: int) -> int:
    item = items[here]
    group.head = item.word
    end = here + 1
    if "state" in item.tags:
        group.state, group.is_person = item.entry, True
        group.category = item.entry.category if "person" in item.tags else ""
    elif "person" in item.tags:
        _take_person(group, item)
    elif "thing" in item.tags:
        group.is_thing, group.mark = True, item.entry.mark
        return end
    return _after_head(group, items, end)


def _take_person(group: Group, item: Item) -> None:
    group.is_person = True
    group.category = item.entry.category
    group.mark = item.entry.mark
    group.is_more |= item.entry.mark == "more"
    if item.entry.mark == "family":
        group.unit, group.category = "families", ""


def _after_head(group: Group, items: list[Item], end: int) -> int:
    """Take what says more of the head: its category, “others”, a hedge, “of the police”."""
    while end < len(items) and (
        _take_number(group, items[end]) or _take_description(group, items[end])
    ):
        end += 1
    return _body_after(group, items, end)


def _take_number(group: Group, item: Item) -> bool:
    """Take “على الأقل”, “واحدة”, “الثلاثة” behind a head; say whether one stands here."""
    if "hedge-after" in item.tags and group.number is not None:
        number = Item(0, 0, "", lo=group.lo, hi=group.hi, hedge=group.hedge)
        apply_hedge(number, item.entry.mark)
        group.lo, group.hi, group.hedge = number.lo, number.hi, number.hedge
    elif item.word in ("واحد", "واحده", "اثنين", "اثنان", "اثنتين", "اثنتان"):
        _take_small(group, item.word)
    elif "num" in item.tags and "the" in item.tags and group.number is None:
        group.lo, group.hi, group.hedge = item.lo, item.hi, item.hedge
        group.number = (item.start, item.end)
    else:
        return False
    return True


def _take_description(group: Group, item: Item) -> bool:
    """Take “آخرين”, “مدنياً”, “مفقودين” behind a head; say whether one stands here."""
    if "person" in item.tags and item.entry.mark == "more":
        group.is_more = True
    elif "person" in item.tags and "state" not in item.tags and _agrees(item):
        group.category = group.category or item.entry.category
    elif "state" in item.tags and group.number is not None and group.state is None:
        if "the" in item.tags:
            return False
        group.state = item.entry
    else:
        return False
    return True


def _agrees(item: Item) -> bool:
    """Say whether a noun stands as an adjective: “18 شخصاً مدنياً”, not “طفل رجل”."""
    return item.entry.category in (
        "civilians",
        "security_forces",
        "fighters",
        "elderly",
        "aid_workers",
    ) or (item.entry.category.startswith("community:") or not item.entry.category)


def _take_small(group: Group, word: str) -> None:
    count = 1 if word.startswith("واحد") else 2
    if group.number is None or group.hedge == "vague":
        group.lo = group.hi = count
        group.hedge = "exact"


def _body_after(group: Group, items: list[Item], end: int) -> int:
    """Take “من قوات الأمن”, “الشرطة”, “من عائلة واحدة” as the category of members."""
    here = end
    if here < len(items) and items[here].word in _BODY_JOINTS:
        here += 1
    if here >= len(items) or "body" not in items[here].tags:
        return end
    category = items[here].entry.category if "person" not in items[here].tags else "family"
    is_direct = here == end
    if is_direct and group.mark != "member" and group.category:
        return end
    if category == "family" and "person" in items[here].tags and items[here].entry.mark == "family":
        category = "family"
    if not group.category:
        group.category = category
    return here + 1 if group.mark == "member" or is_direct or items[end].word == "من" else end


def _one_of(items: list[Item], at: int) -> tuple[Item, int] | None:
    """Read “أحد المدنيين” as one; “أحد” alone as nobody or anybody."""
    if at + 1 < len(items) and items[at + 1].tags & _PEOPLE:
        group = Group(lo=1, hi=1, det="a", number=None)
        end = _take_head(group, items, at + 1)
        return _made(group, items, at, end)
    return _made(Group(lo=None, det="nobody", is_person=False, head="احد"), items, at, at + 1)


def _named_by_noun(items: list[Item], at: int) -> tuple[Item, int]:
    item = items[at]
    group = Group(det="the" if "the" in item.tags or _is_construct(items, at) else "bare")
    number = item.entry.value
    if item.tags & {"person"} and "state" not in item.tags:
        _take_person(group, item)
    else:
        group.state, group.is_person = item.entry, True
    group.head = item.word
    group.is_plural = number in ("2", "many", "either")
    if number == "2":
        group.lo = group.hi = 2
        group.number = (item.start, item.end)
        group.det = "the" if group.det == "the" else "dual"
    elif number == "1" and group.det == "bare":
        group.lo = group.hi = 1
        group.det = "a"
    return _made(group, items, at, _after_head(group, items, at + 1))


def _is_construct(items: list[Item], at: int) -> bool:
    """Say whether a noun is made definite by what follows: “سكان القرية”."""
    follows = items[at + 1] if at + 1 < len(items) else None
    return follows is not None and "the" in follows.tags and not follows.tags & {"num"}


def _made(group: Group, items: list[Item], start: int, end: int) -> tuple[Item, int]:
    taken = items[start:end]
    item = Item(taken[0].start, taken[-1].end, "group", NOTHING, _GROUP)
    item.group = group
    item.lo, item.hi, item.hedge = group.lo, group.hi, group.hedge
    item.parts = taken
    return item, end
