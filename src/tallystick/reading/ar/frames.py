"""Find who was harmed in Arabic: the verb before its victims, the nominal, the counted noun.

“قُتل 18 شخصاً”, “مقتل طفلين”, “340 قتيلاً”, “لقي خمسة مصرعهم”: the victims follow the word for the
harm. What stands between the verb and a counted group is who did it, never a victim.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.reading.drafts import Draft
from tallystick.reading.items import Entry, Group, Item

__all__ = ["count_of", "drafts_of_harms", "list_from"]

_FAR = 12
_REACHES = frozenset({"طالت", "شملت", "طاولت", "طال", "شمل"})
_ENDS = frozenset(
    {"semi", "colon", "sub", "say", "deny", "toll", "according", "subset", "relative"}
)


@dataclass(slots=True)
class _Found:
    """Hold a harm, the groups that suffer it, and who did it (items start:end)."""

    kind: str
    at: int
    victims: list[int]
    rule: str
    doer: tuple[int, int] | None = None
    is_weak: bool = False
    spans_word: bool = False


def drafts_of_harms(items: list[Item], sentence: int) -> list[Draft]:
    """Return the drafts of the harm words and counted nouns of one sentence."""
    found: list[_Found] = []
    for at, item in enumerate(items):
        if "harm" in item.tags and "group" not in item.tags:
            one = _harm(items, at)
            if one is not None:
                found.append(one)
        elif item.tags & {"undergo", "force"}:
            found += _undergone(items, at)
        elif "found" in item.tags or _is_body_group(item):
            found += _bodies(items, at)
    found = _shared(found)
    found += _counted_nouns(items, found)
    drafts = [draft for one in found for draft in _drafts(items, one)]
    for draft in drafts:
        draft.sentence = sentence
    return sorted(drafts, key=lambda draft: (draft.at, draft.verb))


def _harm(items: list[Item], at: int) -> _Found | None:
    entry = items[at].entry
    if "noun-of" in entry.forms:
        return _of_those_before(items, at)
    is_verb = entry.forms & {"past"} and not (
        at and items[at - 1].tags & {"prep", "prep-place", "to", "other", "unreal", "background"}
    )
    if entry.forms & {"noun"} and not is_verb:
        nominal = _nominal(items, at)
        if nominal is not None or not entry.forms & {"past"}:
            return nominal
    if entry.forms & {"past", "present"} and not _is_particle(items, at):
        if items[at].word.endswith("وا"):
            return _verb_last(items, at) or _verbal(items, at)
        return _verbal(items, at) or _verb_last(items, at)
    return None


def _of_those_before(items: list[Item], at: int) -> _Found | None:
    """Read “93 مدنياً وُثّق مقتلهم”: the pronoun means those counted before."""
    here = at - 1
    while (
        here >= 0
        and at - here < 6
        and not items[here].tags & (_ENDS - {"say"} | {"comma", "group"})
    ):
        here -= 1
    group = items[here].group if here >= 0 else None
    if group is None or group.number is None or group.is_thing or group.state is not None:
        return None
    return _found(items[at].entry, at, [here], "relative")


def _is_particle(items: list[Item], at: int) -> bool:
    """Say whether “فقد” is no loss but “so … has”: a verb follows it."""
    after = items[at + 1] if at + 1 < len(items) else None
    return (
        items[at].word == "فقد" and after is not None and bool(after.tags & {"harm", "say", "rise"})
    )


def _found(entry: Entry, at: int, victims: list[int], rule: str) -> _Found:
    return _Found(entry.kind, at, victims, rule, is_weak=entry.is_weak)


def _nominal(items: list[Item], at: int) -> _Found | None:
    """Read “مقتل طفلين” and “مقتل وإصابة 12”."""
    here = at + 1
    while here < len(items) and (
        items[here].tags & {"adverb", "date", "and"}
        or items[here].word in _REACHES
        or ("harm" in items[here].tags and "noun" in items[here].entry.forms
        and "group" not in items[here].tags and "and" in items[here - 1].tags)
    ):  # fmt: skip
        here += 1
    if here >= len(items) or not _may_suffer(items[here].group):
        return None
    one = _found(items[at].entry, at, list_from(items, here), "nominal")
    one.spans_word = here == at + 1
    one.doer = _doer_after(items, one.victims[-1])
    return one


def _may_suffer(group: Group | None) -> bool:
    if group is None or group.is_thing or group.det == "nobody":
        return False
    return group.lo is not None or group.is_person


def _verbal(items: list[Item], at: int) -> _Found | None:
    """Read the verb before its victims; who did it may stand between."""
    entry = items[at].entry
    first = at + 1
    plain: int | None = None
    for here in range(at + 1, min(at + 1 + _FAR, len(items))):
        item = items[here]
        if item.tags & _ENDS or ("comma" in item.tags and here == at + 1):
            break
        if ("harm" in item.tags and "group" not in item.tags) or (
            "and" in item.tags and here > at + 1
        ):
            break
        if not _may_suffer(item.group) or _is_governed(items, here):
            continue
        group = item.group
        assert group is not None
        if plain is None and group.lo is None and _counted_next(items, here):
            continue
        if group.number is None and not _is_near(items, at, here):
            continue
        if group.lo is not None or plain is None:
            plain = here if plain is None or group.lo is not None else plain
            if group.lo is not None or not _counted_later(items, here):
                break
    if plain is None:
        return None
    one = _found(entry, at, list_from(items, plain), "verb")
    if entry.frame == "object":
        one.doer = _doer_between(items, first, plain) or _doer_after(items, one.victims[-1])
    if entry.kind == "missing" and any("life" in item.tags for item in items[plain : plain + 6]):
        one.kind = "killed"
    return one


def _is_near(items: list[Item], at: int, here: int) -> bool:
    """Say whether only days and manner stand between a verb and a group without a number."""
    between = items[at + 1 : here]
    return all(item.tags & {"date", "adverb", "be", "hedge"} for item in between)


def _counted_next(items: list[Item], at: int) -> bool:
    """Say whether a counted group follows at once, so that this one is who did it."""
    after = items[at + 1].group if at + 1 < len(items) else None
    return after is not None and after.lo is not None and not after.is_thing


def _counted_later(items: list[Item], at: int) -> bool:
    for here in range(at + 1, min(at + 6, len(items))):
        if items[here].tags & (_ENDS | {"and", "comma", "harm", "prep"}):
            return False
        if items[here].group is not None:
            return items[here].lo is not None
    return False


def _is_governed(items: list[Item], at: int) -> bool:
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


def _doer_between(items: list[Item], first: int, last: int) -> tuple[int, int] | None:
    """Return the words between a verb and its victims that are no date, place or manner."""
    end = first
    while end < last and not items[end].tags & {
        "date",
        "adverb",
        "prep",
        "prep-place",
        "comma",
        "by",
    }:
        end += 1
    return (first, end) if end > first else None


def _doer_after(items: list[Item], at: int) -> tuple[int, int] | None:
    """Read “على يد X”, “برصاص X”, “من قبل X” after the victims."""
    for here in range(at + 1, min(at + 7, len(items) - 1)):
        if "by" in items[here].tags:
            end = here + 1
            while end < len(items) and end - here < 6 and not items[end].tags & {
                "prep", "prep-place", "comma", "date", "and", "subset", "according", "say",
            }:  # fmt: skip
                end += 1
            return (here + 1, end) if end > here + 1 else None
        if items[here].tags & {"comma", "semi", "harm"}:
            return None
    return None


def _verb_last(items: list[Item], at: int) -> _Found | None:
    """Read “12 شخصاً قُتلوا”, “ثلاثة مدنيين أُصيبوا”: the victims stand before."""
    here = at - 1
    while here >= 0 and items[here].tags & {"adverb", "relative", "be", "date"}:
        here -= 1
    if here < 0 or items[here].group is None or items[here].lo is None:
        return None
    group = items[here].group
    if group is None or group.is_thing or group.number is None or _is_governed(items, here):
        return None
    return _found(items[at].entry, at, [here], "subject")


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
        if not _may_suffer(group) or group is None or (group.lo is None and group.det != "bare"):
            break
        if group.state is not None or (_has_place(items, here) and not group.head):
            break
        found.append(here)
        here += 1
    return found


def _has_place(items: list[Item], at: int) -> bool:
    return at + 1 < len(items) and "prep-place" in items[at + 1].tags


def _undergone(items: list[Item], at: int) -> list[_Found]:
    """Read “تعرض خمسة أشخاص للاعتقال”, “أجبر القتال 4300 شخص على النزوح”."""
    groups = [i for i in range(at + 1, min(at + 6, len(items))) if _may_suffer(items[i].group)]
    for here in range(at + 1, min(at + 9, len(items))):
        item = items[here]
        told = item.tags & {"harm"} and item.entry.forms & {"noun", "noun-of"}
        if groups and told and here > groups[0]:
            return [_found(item.entry, here, list_from(items, groups[0]), "undergone")]
    return []


def _is_body_group(item: Item) -> bool:
    return item.group is not None and item.group.mark == "body"


def _bodies(items: list[Item], at: int) -> list[_Found]:
    """Read “عُثر على 13 جثة”, “جثث خمسة مدنيين”."""
    group = items[at].group
    if group is not None:
        after = items[at + 1].group if at + 1 < len(items) else None
        if group.number is None and after is not None and after.lo is not None and after.is_person:
            return [_Found("killed", at, [at + 1], "bodies")]
        is_found = any("found" in item.tags for item in items[max(0, at - 5) : at])
        counted = group.lo and (is_found or group.number is not None)
        return [_Found("killed", at, [at], "bodies")] if counted else []
    return []


def _shared(found: list[_Found]) -> list[_Found]:
    """Make one joint count of “مقتل وإصابة 12”; one harm told twice of the same is one."""
    kept: list[_Found] = []
    for one in found:
        other = next((it for it in kept if it.victims == one.victims), None)
        if other is None:
            kept.append(one)
        elif {other.kind, one.kind} == {"killed", "injured"} and one.rule == other.rule:
            other.kind = "killed+injured"
    return kept


def _counted_nouns(items: list[Item], found: list[_Found]) -> list[_Found]:
    taken = {at for one in found for at in one.victims}
    more: list[_Found] = []
    for at, item in enumerate(items):
        group = item.group
        if group is None or group.state is None or at in taken:
            continue
        counts = group.lo is not None and (group.number is not None or _is_fallen(items, at))
        counts = counts or (group.det == "bare" and bool(group.is_plural) and _is_fallen(items, at))
        if counts:
            more.append(_Found(group.state.kind, at, [at], "count"))
        elif group.number is None and group.det == "bare":
            more += _predicate(items, at, taken)
    return _between(items, _killed_and_hurt(items, more))


def _killed_and_hurt(items: list[Item], found: list[_Found]) -> list[_Found]:
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


def _predicate(items: list[Item], at: int, taken: set[int]) -> list[_Found]:
    """Read “20 شخصاً ما زالوا مفقودين”: the state of those counted before."""
    state = items[at].group.state if items[at].group else None
    here = at - 1
    while (
        here >= 0
        and at - here < 5
        and not items[here].tags & (_ENDS | {"comma", "and", "prep", "group"})
    ):
        here -= 1
    group = items[here].group if here >= 0 else None
    if state is None or group is None or group.number is None or group.is_thing or here in taken:
        return []
    return [_Found(state.kind, at, [here], "predicate")]


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


def _between(items: list[Item], found: list[_Found]) -> list[_Found]:
    """Read “40 شخصاً بين قتيل وجريح”: one joint count of those told before."""
    for at in range(1, len(items) - 3):
        states = [items[at + 1].group, items[at + 3].group]
        if items[at].word != "بين" or "and" not in items[at + 2].tags:
            continue
        if all(group is not None and group.state is not None for group in states):
            whole = items[at - 1].group
            found = [one for one in found if not set(one.victims) & {at + 1, at + 3}]
            if whole is not None and whole.lo is not None:
                found.append(_Found("killed+injured", at, [at - 1], "between"))
    return found


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


def _drafts(items: list[Item], one: _Found) -> list[Draft]:
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
