"""Read Arabic subsets, running totals, corrections and zeros.

“بينهم 29 طفلاً” is a part of what stands before; “ارتفعت الحصيلة من 31 إلى 38” replaces the first;
“لم يُصب أحد” and “دون وقوع إصابات” are zeros.
"""

from __future__ import annotations

from tallystick.reading.ar.found import list_from
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Group, Item
from tallystick.reading.quantities import fraction_of

__all__ = ["subsets_of", "tolls_of", "zeros_of"]

_REACH = 14


def tolls_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the running totals of a sentence; those read as plain counts become totals."""
    found: list[Draft] = []
    for at, item in enumerate(items):
        if "toll" not in item.tags:
            continue
        kind = _kind_of_toll(items, at)
        if kind:
            found += _totals(items, at, kind, drafts + found)
    return found


def _kind_of_toll(items: list[Item], at: int) -> str:
    """Return the harm that is counted; a bare “حصيلة” is of the killed, “عدد” of nothing."""
    for item in items[at + 1 : at + _REACH]:
        if item.group is not None and item.group.state is not None:
            return item.group.state.kind
        if "harm" in item.tags and item.entry.kind:
            return item.entry.kind
        if item.group is not None and item.group.number is not None:
            break
        if item.tags & {"semi", "colon"} or (item.group is not None and item.group.is_thing):
            break
    word = items[at].word.removeprefix("ال")
    return "killed" if word in ("حصيله", "محصله") else ""


def _totals(items: list[Item], at: int, kind: str, drafts: list[Draft]) -> list[Draft]:
    found: list[Draft] = []
    cue = "cumulative"
    exceeds = any("exceed" in item.tags for item in items[max(0, at - 2) : at])
    here = at + 1
    while here < min(at + 24, len(items)):
        item = items[here]
        if item.tags & {"semi", "subset"} or ("toll" in item.tags and here > at + 1 and found):
            break
        exceeds |= "exceed" in item.tags
        if (item.word == "من" and _to_follows(items, here)) or "previous" in item.tags:
            cue = "previous"
        elif item.word == "الي":
            cue = "cumulative"
        elif item.group is not None and item.group.number is not None and not item.group.is_thing:
            if item.group.det != "the":
                found += _total(items, here, kind, cue, exceeds, drafts)
                cue = "cumulative" if cue == "cumulative" else ""
            if not _more_follow(items, here):
                break
            cue = cue or "previous"
        here += 1
    return found


def _to_follows(items: list[Item], at: int) -> bool:
    near = items[at + 1 : at + 5]
    return any(item.word == "الي" for item in near) and any(item.group for item in near[:1])


def _more_follow(items: list[Item], at: int) -> bool:
    for item in items[at + 1 : at + 6]:
        if item.tags & {"previous"} or item.word == "الي" or "and" in item.tags:
            return True
    return False


def _total(
    items: list[Item], at: int, kind: str, role: str, exceeds: bool, drafts: list[Draft]
) -> list[Draft]:
    group = items[at].group
    if group is None or group.lo is None:
        return []
    known = next((draft for draft in drafts if draft.at == at), None)
    draft = known or Draft.of_group(items[at], group.state.kind if group.state else kind, "ar-toll")
    draft.at, draft.is_definite, draft.is_total = at, False, True
    draft.role = role or "cumulative"
    if exceeds and draft.hedge == "exact":
        draft.hi, draft.hedge = None, "more_than"
    if not draft.category:
        draft.category = _category_of_toll(items, at)
    return [] if known is not None else [draft]


def _category_of_toll(items: list[Item], at: int) -> str:
    """Return whom “عدد المدنيين الذين قتلوا” counts."""
    for item in reversed(items[:at]):
        if "toll" in item.tags:
            return ""
        if item.group is not None and item.group.number is None and item.group.category:
            return item.group.category
    return ""


def subsets_of(items: list[Item], drafts: list[Draft], told: list[Draft]) -> list[Draft]:
    """Return the subsets of a sentence, each with the draft that it is part of.

    Args:
        items: The sentence.
        drafts: Its drafts so far.
        told: The drafts of the sentences before.
    """
    found: list[Draft] = []
    for at, item in enumerate(items):
        if "fraction" in item.tags:
            found += _fraction(items, at, drafts)
        elif "subset" in item.tags:
            found += _included(items, at, drafts + found)
        elif "among" in item.tags and at + 1 < len(items) and _names_harmed(items[at + 1]):
            found += _among(items, at, drafts + found, told)
    found += _spread(items, drafts + found)
    for draft in drafts:
        _take_partitive(draft, told)
    return found


def _take_partitive(draft: Draft, told: list[Draft]) -> None:
    """Make “four of the injured” a part of the injured told of before."""
    if draft.group is None or not draft.group.names or draft.role:
        return
    wholes = [one for one in told if one.kind == draft.kind and one.lo >= draft.lo]
    if wholes:
        draft.role, draft.part_of = "subset", wholes[-1]


def _names_harmed(item: Item) -> bool:
    return item.group is not None and item.group.state is not None and item.group.lo is None


def _wholes_before(drafts: list[Draft], at: int) -> list[Draft]:
    before = [draft for draft in drafts if draft.at < at and draft.role != "subset"]
    if not before:
        return []
    nearest = max(draft.at for draft in before)
    return [draft for draft in before if draft.at == nearest]


def _included(items: list[Item], at: int, drafts: list[Draft]) -> list[Draft]:
    wholes = _wholes_before(drafts, at)
    before = items[at - 1].group if at else None
    is_behind = before is not None and before.number is not None and not _counts_next(items, at)
    if is_behind and any("return" in item.tags for item in items[max(0, at - 4) : at]):
        return []
    if is_behind and items[at].word.endswith(("منهم", "منهن", "منها")):
        wholes = _wholes_before(drafts, at - 1)
        return [it for whole in wholes if (it := _subset(items, at - 1, whole, drafts, at + 1))]
    if not _counts_next(items, at):
        return []
    found: list[Draft] = []
    first = next(i for i in range(at + 1, at + 4) if items[i].group is not None)
    for whole in wholes:
        for place in list_from(items, first):
            part = _subset(items, place, whole, drafts, 0)
            if part is not None:
                found.append(part)
    return found


def _counts_next(items: list[Item], at: int) -> bool:
    for item in items[at + 1 : at + 4]:
        if item.group is not None:
            return item.group.lo is not None
        if not item.tags & {"adverb", "comma", "colon"}:
            return False
    return False


def _subset(
    items: list[Item], at: int, whole: Draft, drafts: list[Draft], predicate: int
) -> Draft | None:
    group = items[at].group
    if group is None or group.lo is None or group.is_thing:
        return None
    if whole.hi is not None and group.lo > whole.hi:
        return None
    known = next((one for one in drafts if one.at == at and one is not whole), None)
    if known is not None and known.kind == whole.kind:
        known.role, known.part_of, known.is_definite = "subset", whole, False
        return None
    draft = Draft.of_group(items[at], whole.kind, "ar-subset")
    draft.at, draft.role, draft.part_of, draft.is_definite = at, "subset", whole, False
    draft.unit = group.unit if group.head else whole.unit
    follows = items[predicate].group if 0 < predicate < len(items) else None
    if follows is not None and follows.is_person and follows.number is None:
        draft.category = draft.category or follows.category
        draft.span = (draft.span[0], items[predicate].end)
    return draft


def _fraction(items: list[Item], at: int, drafts: list[Draft]) -> list[Draft]:
    """Read “ثلثهم من الأطفال” of a stated total, if it comes out even."""
    found: list[Draft] = []
    for whole in _wholes_before(drafts, at):
        share = whole.lo * fraction_of(items[at])
        if whole.lo == whole.hi and share.denominator == 1:
            draft = Draft(
                whole.kind,
                int(share),
                int(share),
                "exact",
                (items[at].start, items[at].end),
                "ar-fraction",
            )
            draft.at, draft.role, draft.part_of, draft.group = at, "subset", whole, Group()
            for item in items[at + 1 : at + 3]:
                if item.group is not None and item.group.is_person:
                    draft.category = item.group.category
            found.append(draft)
    return found


def _among(items: list[Item], at: int, drafts: list[Draft], told: list[Draft]) -> list[Draft]:
    """Read “بين القتلى 830 مدنياً”: parts of what was told before."""
    named = items[at + 1].group
    state = named.state if named is not None else None
    if state is None:
        return []
    wholes = [
        one
        for one in told + drafts
        if one.kind == state.kind and one.role != "subset" and one.at != at + 2
    ]
    found: list[Draft] = []
    here = at + 2
    while here < len(items) and not items[here].tags & {"semi", "harm", "say"}:
        group = items[here].group
        if group is not None and group.lo is not None and not group.is_thing:
            for place in [here]:
                whole = wholes[-1] if wholes else None
                known = next((one for one in drafts if one.at == place), None)
                draft = known or Draft.of_group(items[place], state.kind, "ar-among")
                draft.at, draft.role, draft.part_of = place, "subset", whole
                draft.is_definite = False
                if known is None:
                    found.append(draft)
        here += 1
    return found


def _spread(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Read “683 في اللاذقية، و433 في طرطوس” after a figure: its parts by place."""
    found: list[Draft] = []
    taken = {draft.at for draft in drafts}
    for at in range(1, len(items) - 1):
        group = items[at].group
        if group is None or group.number is None or at in taken or group.head or group.is_thing:
            continue
        if not items[at - 1].tags & {"comma", "and", "colon", "semi"} or group.det == "the":
            continue
        if "prep-place" not in items[at + 1].tags:
            continue
        before = [draft for draft in drafts + found if draft.at < at]
        if not before:
            continue
        model = before[-1]
        draft = Draft.of_group(items[at], model.kind, "ar-spread")
        draft.at, draft.unit, draft.category = at, model.unit, model.category
        draft.role, draft.part_of = _role_beside(model, draft, items, at)
        draft.notes.append("spread")
        found.append(draft)
    return found


def _role_beside(
    model: Draft, draft: Draft, items: list[Item], at: int
) -> tuple[str, Draft | None]:
    """A part of the figure after a colon or of what that is part of; else one more of its kind."""
    if model.role == "subset":
        return "subset", model.part_of
    is_spread = any("colon" in item.tags for item in items[model.at : at])
    if is_spread and (model.hi is None or draft.lo <= model.hi):
        return "subset", model
    return model.role, None


def zeros_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the zeros: “لم يُقتل أحد”, “دون وقوع إصابات”, “لا قتلى”."""
    found: list[Draft] = []
    for at, item in enumerate(items):
        if "not" not in item.tags:
            continue
        kinds = _nobody(items, at) or _no_casualties(items, at)
        for kind, here in kinds:
            if any(draft.at == here and draft.kind == kind for draft in drafts):
                for draft in drafts:
                    if draft.at == here and draft.kind == kind:
                        draft.lo, draft.hi, draft.hedge, draft.rule = 0, 0, "exact", "ar-zero"
                continue
            draft = Draft(kind, 0, 0, "exact", (item.start, items[here].end), "ar-zero")
            draft.at, draft.group = here, Group()
            found.append(draft)
    return found


def _nobody(items: list[Item], at: int) -> list[tuple[str, int]]:
    """Read “لم يُصب أحد” and “لم يُقتل أي شخص”."""
    harm = next(
        (i for i in range(at + 1, min(at + 3, len(items))) if "harm" in items[i].tags), None
    )
    if harm is None or "group" in items[harm].tags:
        return []
    for here in range(harm + 1, min(harm + 4, len(items))):
        group = items[here].group
        if group is not None and (
            group.det == "nobody" or (group.lo == 1 and group.number is None)
        ):
            return [(items[harm].entry.kind, here)]
    return []


def _no_casualties(items: list[Item], at: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for here in range(at + 1, min(at + 8, len(items))):
        item = items[here]
        group = item.group
        if group is not None and group.state is not None and group.number is None:
            found.append((group.state.kind, here))
        elif group is None and "harm" in item.tags and item.entry.forms & {"count"}:
            found.append((item.entry.kind, here))
        elif (
            item.tags & {"semi", "comma", "sub", "not"}
            or ("say" in item.tags and here > at + 1)
            or (group is not None and group.lo is not None)
        ):
            break
    return found
