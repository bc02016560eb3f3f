"""Make drafts of the victims that a frame found: one for each group, one for a list of singles.

“A driver, two guards and an interpreter” is one claim of four; “8 soldiers and 21 rebels” are two
claims. A name counts one, and a name in apposition to a group counts nothing of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tallystick.reading.categories import category_of
from tallystick.reading.clauses import Verb
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Group, Item

__all__ = ["Finding", "drafts_of"]


@dataclass(slots=True)
class Finding:
    """Hold one harm word and the groups that suffer it.

    Args:
        word: The harm word.
        verb: It with its auxiliaries.
        victims: Indexes of the groups.
        rule: The frame that found them.
        by_list: Whether the list was read from its end.
        actor: Index of the group that did it, as the frame says; None = not said.
        span_from: Index at which the words of a nominal begin.
        shared_with: The finding before it that has the same victims.
        joint: The word that joins the two.
        companions: Indexes of those who suffered it “along with” the victims.
    """

    word: Item
    verb: Verb
    victims: list[int]
    rule: str
    by_list: bool = False
    actor: int | None = None
    span_from: int | None = None
    shared_with: Finding | None = None
    joint: str = ""
    companions: list[int] = field(default_factory=list)
    kind: str = field(init=False)
    is_weak: bool = field(init=False)

    def __post_init__(self) -> None:
        self.kind = self.word.entry.kind
        self.is_weak = self.word.entry.is_weak


def drafts_of(items: list[Item], finding: Finding) -> list[Draft]:
    """Return the drafts of one finding."""
    victims = _without_apposition(items, finding)
    victims += [at for at in finding.companions if at not in victims]
    drafts: list[Draft] = []
    if _is_sum(items, victims):
        drafts = [_sum(items, victims, finding)]
    else:
        for at in victims:
            draft = _draft(items, at, finding)
            if draft is not None:
                draft.is_definite &= at not in finding.companions
                _share_about(drafts, draft)
                drafts.append(draft)
    for draft in drafts:
        _take_verb(draft, items, finding)
    return drafts


def _share_about(drafts: list[Draft], draft: Draft) -> None:
    """Let “about 230 soldiers and 250 fighters” be about 250 too; “about 30 and 17” is 17."""
    is_round = draft.hedge == "exact" and draft.lo >= 20 and draft.lo % 10 == 0
    if drafts and drafts[-1].hedge == "approx" and is_round:
        draft.hedge = "approx"


def _take_verb(draft: Draft, items: list[Item], finding: Finding) -> None:
    draft.verb = finding.verb.at
    draft.is_weak = finding.is_weak
    if finding.actor is not None and "group" in items[finding.actor].tags:
        draft.notes.append(f"actor:{finding.actor}")
    if finding.span_from is not None:
        draft.span = (min(items[finding.span_from].start, draft.span[0]), draft.span[1])
    elif (
        draft.group is not None
        and not draft.group.head
        and finding.rule != "count"
        and ("whole-words" not in draft.notes)
    ):
        _widen(draft, items, finding)


def _widen(draft: Draft, items: list[Item], finding: Finding) -> None:
    """Let a bare number take its verb into its span, if they stand together."""
    verb = finding.verb
    first, last = items[verb.start], items[verb.at]
    if draft.at < verb.start and verb.start - draft.at <= 2:
        draft.span = (draft.span[0], last.end)
    elif draft.at > verb.at and draft.at - verb.at <= 2:
        draft.span = (first.start if finding.rule != "active" else last.start, draft.span[1])


def _group(items: list[Item], at: int) -> Group | None:
    return items[at].group


def _without_apposition(items: list[Item], finding: Finding) -> list[int]:
    """Leave out names and descriptions that say again who a group is."""
    victims = [_members(items, at) for at in finding.victims if at < len(items)]
    if finding.by_list:
        victims = _real_subject(items, victims)
    kept: list[int] = []
    last, last_told_again = -1, False
    for at in victims:
        group = _group(items, at)
        if kept and _is_told_again(items, kept[-1], last, at, last_told_again):
            last_told_again = True
        elif (group is not None and not _may_be_harmed(group, finding)) or (
            kept and group is not None and _shares_number(items, kept[-1], at)
        ):
            pass
        else:
            kept.append(at)
            last_told_again = False
        last = at
    return kept


_BODIES_OF_PEOPLE = frozenset(
    {"community", "group", "team", "convoy", "crowd", "party", "batch", "total", "number",
     "village", "squad", "unit"}
)  # fmt: skip


def _members(items: list[Item], at: int) -> int:
    """Go from “a community of 85 people” to the 85 people."""
    group = items[at].group
    if group is None or group.number is not None or at + 2 >= len(items):
        return at
    counted = items[at + 2].group
    is_body = group.head in (*_BODIES_OF_PEOPLE, "family") and items[at + 1].word == "of"
    if is_body and counted is not None and counted.number is not None and counted.is_person:
        return at + 2
    return at


def _shares_number(items: list[Item], before: int, at: int) -> bool:
    """Say whether the number before counts this group too: “2,100 fighters and relatives”."""
    group, first = items[at].group, items[before].group
    if group is None or first is None or group.number is not None:
        return False
    if _or_before(items, at):
        return True
    is_bare = group.det == "bare" and group.is_plural is True and group.names == 0
    return is_bare and first.number is not None and (first.lo or 0) > 1 and at == before + 2


def _or_before(items: list[Item], at: int) -> bool:
    return items[at - 1].word in ("or", "o", "ou")


_NEEDS_PEOPLE = frozenset({"abducted", "detained", "displaced", "missing"})


def _may_be_harmed(group: Group, finding: Finding) -> bool:
    """Veto what cannot suffer this harm: a seized cache, fleeing gunmen."""
    if finding.word.word.startswith(("neutrali", "eliminat")) and not group.is_person:
        return False
    if finding.kind not in _NEEDS_PEOPLE or finding.rule == "count":
        return True
    if finding.word.entry.mark == "take" and group.det == "name" and finding.rule == "active":
        return False  # “rebels took Damascus”
    unknown = group.head and not group.is_person and group.det != "name"
    if unknown and (group.lo == 1 or group.det in ("the", "possessive")):
        return False
    return finding.kind != "displaced" or _may_flee(group, finding)


def _may_flee(group: Group, finding: Finding) -> bool:
    is_force = group.category in ("fighters", "security_forces") and group.number is None
    if group.det == "name" or is_force:
        return False
    if finding.word.entry.frame == "subject":
        if group.lo == 1 or group.category in ("fighters", "security_forces"):
            return False
        if finding.is_weak and group.unit != "families":
            return group.category == "civilians" or group.head in ("people", "refugees")
    return True


def _real_subject(items: list[Item], victims: list[int]) -> list[int]:
    """Go from “X and Y” in “two men, X and Y, were …” to “two men”."""
    first = victims[0]
    group = _group(items, first)
    if group is None or first < 2 or "comma" not in items[first - 1].tags:
        return victims
    before = _group(items, first - 2)
    if before is None or not (before.is_person or before.names):
        return victims
    names = all((_group(items, at) or Group()).det == "name" for at in victims)
    described = before.det == "name" and group.det in ("a", "bare", "the") and group.is_person
    if (names and before.is_counted) or (described and len(victims) == 1):
        return [first - 2]
    return victims


def _is_told_again(
    items: list[Item], first: int, last: int, second: int, last_told_again: bool
) -> bool:
    """Say whether a group of a list only describes the first: “X, a farmer”, “two men, X and Y”."""
    one, two = _group(items, first), _group(items, second)
    if one is None or two is None:
        return False
    if any("and" in items[at].tags for at in range(last + 1, second)) and not last_told_again:
        return False
    if two.det == "name" and one.is_counted and one.is_person:
        return True
    if one.det == "name" and two.is_person and two.det in ("a", "the", "bare"):
        return two.lo in (None, 1)
    return False


def _is_sum(items: list[Item], victims: list[int]) -> bool:
    groups = [_group(items, at) for at in victims]
    if len(groups) < 2 or any(group is None or group.is_thing for group in groups):
        return False
    told = [group for group in groups if group is not None]
    counts = [_count(group) for group in told]
    if any(count is None for count in counts):
        return False
    singles = any(count == (1, 1) for count in counts)
    categories = {group.category for group in told}
    return (singles and len(categories) == 1) or all(g.det == "name" for g in told)


def _sum(items: list[Item], victims: list[int], finding: Finding) -> Draft:
    groups = [group for at in victims if (group := _group(items, at)) is not None]
    counts = [count for group in groups if (count := _count(group)) is not None]
    highs = [hi for _, hi in counts]
    draft = Draft(
        kind=finding.kind,
        lo=sum(lo for lo, _ in counts),
        hi=None if None in highs else sum(hi for hi in highs if hi is not None),
        hedge=next((g.hedge for g in groups if g.hedge != "exact"), "exact"),
        span=(items[victims[0]].start, items[victims[-1]].end),
        rule=f"{finding.rule}+list",
        at=victims[0],
        group=groups[0],
        category=category_of(items, victims[0]) or category_of(items, victims[-1]),
    )
    draft.is_more = groups[0].is_more
    return draft


def _count(group: Group) -> tuple[int, int | None] | None:
    """Return what a group counts: its number, one for a name or a single person."""
    if group.is_thing or (group.head in _BODIES_OF_PEOPLE and group.number is None):
        return None
    if group.lo is not None:
        return group.lo, group.hi
    is_known = group.is_person and group.det in ("the", "possessive", "bare")
    if group.det == "name" or (group.names and group.is_plural is not True):
        return 1, 1
    if is_known and group.is_plural is False:
        return 1, 1
    return (2, None) if group.is_person and group.is_plural and group.det == "bare" else None


def _draft(items: list[Item], at: int, finding: Finding) -> Draft | None:
    item = items[at]
    group = item.group
    if group is None:
        return _anaphor(items, at, finding)
    count = _count(group)
    if count is None:
        if not (group.is_person and group.is_plural and group.det == "the"):
            return None
        again = _plural_anaphor(items, at, finding)
        again.group, again.category = group, category_of(items, at)
        return again
    draft = Draft(
        kind=finding.kind,
        lo=count[0],
        hi=count[1],
        hedge=group.hedge if group.lo is not None or group.det == "name" else _plain(count),
        span=(item.start, item.end),
        rule=finding.rule,
        at=at,
        group=group,
        unit=group.unit,
        category=category_of(items, at),
    )
    draft.is_definite = group.det in ("the", "possessive")
    draft.is_more = group.is_more
    _take_whole(draft, items, at)
    if group.mark == "family" and group.category == "family":
        draft.category = ""
    return draft


def _take_whole(draft: Draft, items: list[Item], at: int) -> None:
    """Let “14 of our sons” take the words and category of those of whom they are 14."""
    group, whole = items[at].group, items[at + 2].group if at + 2 < len(items) else None
    if group is None or group.head or whole is None or items[at + 1].word != "of":
        return
    if whole.number is None and whole.is_person and whole.det in ("the", "possessive", "bare"):
        draft.span = (draft.span[0], items[at + 2].end)
        draft.category = draft.category or whole.category
        draft.notes.append("whole-words")


def _plain(count: tuple[int, int | None]) -> str:
    return "vague" if count[1] is None else "exact"


def _anaphor(items: list[Item], at: int, finding: Finding) -> Draft | None:
    """Read “he was killed”: one person, told of before or not."""
    word = items[at].word
    if word in ("they", "them"):
        return _plural_anaphor(items, at, finding)
    if word not in ("he", "she", "him", "her", "himself", "who"):
        return None
    draft = Draft(
        kind=finding.kind,
        lo=1,
        hi=1,
        hedge="exact",
        span=_from_to(items[at], items[finding.verb.at]),
        rule=f"{finding.rule}+pronoun",
        at=at,
    )
    draft.is_definite = draft.is_anaphor = True
    draft.category = _category_meant(items, at)
    return draft


def _group_meant(items: list[Item], at: int) -> int | None:
    """Return the people of “four officials went there when they were abducted”."""
    if at == 0 or items[at].word != "they" or items[at - 1].word not in ("when", "where", "while"):
        return None
    for here in range(at - 1, -1, -1):
        group = items[here].group
        if here and "open" in items[here - 1].tags:
            continue
        if group is not None and group.is_person and group.number is not None:
            return here if (group.lo or 0) > 1 else None
    return None


def _category_meant(items: list[Item], at: int) -> str:
    """Return whom “stopped a constable and shot him” means: the nearest single person before."""
    for here in range(at - 1, -1, -1):
        group = items[here].group
        if group is not None and group.is_person and group.lo == 1 and group.hi == 1:
            return category_of(items, here)
    return ""


def _from_to(one: Item, other: Item) -> tuple[int, int]:
    return min(one.start, other.start), max(one.end, other.end)


def _plural_anaphor(items: list[Item], at: int, finding: Finding) -> Draft:
    """Read “they were abducted”: as many as were told of last, if that is known."""
    span = _from_to(items[at], items[finding.verb.at])
    meant = _group_meant(items, at)
    if meant is not None:
        draft = Draft.of_group(items[meant], finding.kind, f"{finding.rule}+pronoun")
        draft.at, draft.category = meant, category_of(items, meant)
        draft.is_definite = draft.is_anaphor = True
        return draft
    draft = Draft(finding.kind, 0, None, "exact", span, f"{finding.rule}+pronoun", at=at)
    draft.is_definite = draft.is_anaphor = True
    draft.notes.append("plural")
    return draft
