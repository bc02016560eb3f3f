"""Read figures that are parts of others: “including 29 children”, “four of them minors”.

Also the shortened clauses that lend their verb from the one before (“four in Dnipro and one in
Sumy”), fractions of a stated total, bodies, and people driven from their homes.
"""

from __future__ import annotations

from tallystick.reading.categories import category_of
from tallystick.reading.clauses import is_name, verb_at
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Group, Item
from tallystick.reading.lists import list_from
from tallystick.reading.quantities import fraction_of
from tallystick.reading.subjects import subject_of

__all__ = ["bodies_of", "departed_of", "driven_of", "ellipses_of", "sheltered_of", "subsets_of"]


_PARTS = frozenset({"subset", "subset-after", "subset-among"})
_JOINS = frozenset({"of", "de", "among", "amongst"})


def subsets_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the subsets of a sentence, each with the draft that it is part of."""
    found: list[Draft] = []
    for at, item in enumerate(items):
        if item.word not in _JOINS and _PARTS.isdisjoint(item.tags):
            continue
        if "subset" in item.tags and "subset-after" not in item.tags:
            found += _included(items, at, drafts)
        elif "subset-after" in item.tags:
            found += _of_them(items, at, drafts)
        elif item.word in ("of", "de") and at > 0:
            found += _of_the(items, at, drafts)
        elif "subset-among" in item.tags:
            found += _among(items, at, drafts)
        elif item.word in ("among", "amongst"):
            _mark_among(at, drafts)
    found += _after_colon(items, drafts)
    _mark_parts_of_first(items, drafts + found)
    return found


def _after_colon(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Read “213 combatants have lost their lives: 93 members of … and 120 armed supporters”."""
    colon = next((at for at, item in enumerate(items) if "colon" in item.tags and at > 1), None)
    if colon is None or colon + 1 >= len(items) or items[colon + 1].group is None:
        return []
    found: list[Draft] = []
    for whole in _whole_before(drafts, colon):
        for place in list_from(items, colon + 1):
            group = items[place].group
            if whole.lo > 1 and group is not None and group.number is not None:
                part = _subset(items, place, whole, drafts)
                found += [part] if part is not None else []
    return found


def _whole_before(drafts: list[Draft], at: int) -> list[Draft]:
    """Return the drafts on the group nearest before an index; several where kinds share it."""
    before = [draft for draft in drafts if draft.at < at and draft.role != "subset"]
    if not before:
        return []
    nearest = max(draft.at for draft in before)
    return [draft for draft in before if draft.at == nearest]


def _included(items: list[Item], at: int, drafts: list[Draft]) -> list[Draft]:
    first = next(
        (i for i in range(at + 1, min(at + 3, len(items))) if "group" in items[i].tags), None
    )
    if first is None:
        return []
    found: list[Draft] = []
    if at > 0 and items[at - 1].tags & {"harm"} and items[at - 1].entry.frame == "state":
        # “The dead included 830 civilians”: part of a whole that stands elsewhere.
        for place in list_from(items, first):
            group = items[place].group
            if group is not None and group.is_counted and group.number is not None:
                draft = Draft.of_group(items[place], items[at - 1].entry.kind, "included")
                draft.at, draft.role = place, "subset"
                found.append(draft)
        return found
    for whole in _whole_before(drafts, at):
        for place in list_from(items, first):
            part = _subset(items, place, whole, drafts)
            found += [part] if part is not None else []
    return found


def _subset(items: list[Item], at: int, whole: Draft, drafts: list[Draft]) -> Draft | None:
    group = items[at].group
    if group is None or not group.is_counted or (group.lo == 0 and group.hi == 0):
        return None
    if not (group.is_person or group.number is not None):
        return None
    if whole.hi is not None and (group.lo or 0) > whole.hi:
        return None
    for known in drafts:
        if known.at == at and known.kind == whole.kind:
            known.role, known.part_of = "subset", whole
            return None
    draft = Draft.of_group(items[at], whole.kind, "subset")
    draft.at, draft.role, draft.part_of, draft.is_definite = at, "subset", whole, False
    draft.unit = group.unit if group.unit != "persons" or group.head else whole.unit
    draft.category = category_of(items, at)
    return draft


def _of_them(items: list[Item], at: int, drafts: list[Draft]) -> list[Draft]:
    """Read “four of them minors”, “of whom 33 were children”."""
    before, after = _counted(items, at - 1), _counted(items, at + 1)
    place = at - 1 if before else at + 1 if after else None
    if place is None or (place > 0 and "return" in items[place - 1].tags):
        return []
    wholes = [draft for draft in _whole_before(drafts, place) if draft.at != place]
    found = [draft for whole in wholes if (draft := _subset(items, place, whole, drafts))]
    for draft in found:
        _take_predicate(items, at + 1 if before else place + 1, draft)
    for known in drafts:
        if known.at == place and not known.role:
            known.role = "subset" if wholes else known.role
            known.is_definite = True
            _take_predicate(items, at + 1 if before else place + 1, known)
    return found


def _counted(items: list[Item], at: int) -> bool:
    if not 0 <= at < len(items):
        return False
    group = items[at].group
    return group is not None and group.number is not None and not group.is_thing


def _take_predicate(items: list[Item], at: int, draft: Draft) -> None:
    """Take the category of “were students”, “minors” right after a subset."""
    while at < len(items) and items[at].tags & {"be", "adverb"}:
        at += 1
    if at >= len(items):
        return
    group = items[at].group
    if group is not None and group.is_person and group.number is None:
        draft.category = draft.category or group.category
        draft.span = (draft.span[0], max(draft.span[1], items[at].end)) if at else draft.span
    elif group is not None and group.hedge == "at_most" and not group.head:
        draft.category = "children" if 0 < (group.hi or 99) <= 18 else draft.category


def _of_the(items: list[Item], at: int, drafts: list[Draft]) -> list[Draft]:
    """Read “fourteen of the 22 injured”, “a third of the 90 dead”."""
    wholes = [draft for draft in drafts if draft.at == at + 1 and draft.is_definite]
    part = items[at - 1]
    found: list[Draft] = []
    for whole in wholes:
        if "fraction" in part.tags and whole.lo == whole.hi:
            share = whole.lo * fraction_of(part)
            if share.denominator == 1:
                draft = Draft(whole.kind, int(share), int(share), "exact", (0, 0), "fraction")
            else:
                continue
        elif _counted(items, at - 1):
            draft = Draft.of_group(part, whole.kind, "partitive")
        else:
            continue
        draft.at, draft.role, draft.part_of = at - 1, "subset", whole
        draft.span = (part.start, whole.span[1])
        draft.group = part.group or Group()
        draft.is_definite = False
        _take_predicate(items, _after(items, whole), draft)
        draft.span = (part.start, whole.span[1])
        found.append(draft)
    return found


def _after(items: list[Item], whole: Draft) -> int:
    at = whole.at + 1
    while at < len(items) and items[at].end <= whole.span[1]:
        at += 1
    return at


def _among(items: list[Item], at: int, drafts: list[Draft]) -> list[Draft]:
    """Read “three women were among the dead”."""
    before = [i for i in range(at) if items[i].group is not None]
    if not before:
        return []
    group = items[before[-1]].group
    kind = _KIND_OF.get(items[at].word.rsplit(" ", 1)[-1], "killed")
    if group is None or not group.is_counted or group.is_thing:
        return []
    if any(draft.at == before[-1] for draft in drafts):
        return []
    draft = Draft.of_group(items[before[-1]], kind, "among")
    draft.at, draft.role, draft.is_definite = before[-1], "subset", False
    return [draft]


def _mark_among(at: int, drafts: list[Draft]) -> None:
    """Read “three civilians among 5-8 killed”: the three are part of the 5-8."""
    whole = next((draft for draft in drafts if draft.at == at + 1), None)
    for draft in drafts:
        if whole is not None and draft.at < at and draft.kind == whole.kind and not draft.role:
            draft.role, draft.part_of = "subset", whole


_KIND_OF = {
    "injured": "injured",
    "wounded": "injured",
    "arrested": "detained",
    "detained": "detained",
}


def _mark_parts_of_first(items: list[Item], drafts: list[Draft]) -> None:
    """Make the rest of “Of the 212 killed, 140 died in …” subsets of the first."""
    if not items or items[0].word not in ("of", "out of", "de"):
        return
    whole = next((draft for draft in drafts if draft.at <= 1), None)
    for draft in drafts:
        if whole is not None and draft is not whole and draft.kind == whole.kind and not draft.role:
            draft.role, draft.part_of = "subset", whole


def ellipses_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the counts that lend their verb: “…, four in Dnipro and one in Sumy”."""
    found: list[Draft] = []
    taken = {draft.at for draft in drafts}
    for at in range(1, len(items) - 2):
        group = items[at].group
        if group is None or group.number is None or group.head or at in taken or group.is_thing:
            continue
        if (
            not items[at - 1].tags & {"comma", "and", "semi"}
            or "prep-place" not in items[at + 1].tags
        ):
            continue
        place = items[at + 2].group
        if place is None or place.det != "name" or items[at + 1].word in ("of", "to"):
            continue
        before = [draft for draft in drafts + found if draft.at < at and draft.rule != "toll"]
        if not before:
            continue
        model = before[-1]
        draft = Draft.of_group(items[at], model.kind, "ellipsis")
        draft.at, draft.role, draft.part_of = at, model.role, model.part_of
        draft.unit, draft.category = model.unit, model.category
        draft.span = (items[at].start, items[at + 2].end)
        found.append(draft)
    return found


def bodies_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the dead that are told of as bodies: “the bodies of 13 fishermen”."""
    found: list[Draft] = []
    taken = {draft.at for draft in drafts if draft.kind == "killed"}
    for at, item in enumerate(items):
        group = item.group
        if group is None or group.mark != "body" or at in taken:
            continue
        owner = items[at + 2].group if at + 2 < len(items) and items[at + 1].word == "of" else None
        if owner is not None and owner.is_counted and at + 2 not in taken:
            draft = Draft.of_group(items[at + 2], "killed", "bodies")
            draft.at, draft.span = at + 2, (item.parts[-1].start, items[at + 2].end)
            draft.category = category_of(items, at + 2)
            found.append(draft)
        elif group.is_counted and (group.lo or 0) > 0 and _is_recovered(items, at):
            draft = Draft.of_group(item, "killed", "bodies")
            draft.at, draft.is_definite = at, draft.is_definite or owner is not None
            found.append(draft)
        elif group.det in ("possessive", "the") and group.is_plural is False:
            draft = Draft("killed", 1, 1, "exact", (item.start, item.end), "bodies", at=at)
            draft.group, draft.is_definite, draft.is_anaphor = group, True, True
            draft.category = category_of(items, at + 2) if owner is not None else ""
            found.append(draft)
    return found


def _is_recovered(items: list[Item], at: int) -> bool:
    near = items[max(0, at - 4) : at + 5]
    return any("found" in item.tags or "say" in item.tags for item in near)


def driven_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return people driven out: “drove 4,300 people from their homes”."""
    found: list[Draft] = []
    for at, item in enumerate(items):
        if "drive" not in item.tags or at + 2 >= len(items):
            continue
        group = items[at + 1].group
        if group is None or group.lo is None or group.is_thing:
            continue
        for here in range(at + 2, min(at + 5, len(items))):
            after = items[here]
            if "drive_to" in after.tags or after.entry.kind == "displaced":
                draft = Draft.of_group(items[at + 1], "displaced", "driven")
                draft.at = at + 1
                if not any(known.at == at + 1 and known.kind == "displaced" for known in drafts):
                    found.append(draft)
                break
    return found


def departed_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return people who left a place that is named: “4,500 people left eastern Aleppo”."""
    found: list[Draft] = []
    taken = {draft.at for draft in drafts}
    for at, item in enumerate(items):
        if item.word not in ("left", "leave") or "harm" in item.tags:
            continue
        after = at + 1
        while after < len(items) and "direction" in items[after].tags:
            after += 1
        subject = subject_of(items, verb_at(items, at).start)
        if after >= len(items) or not is_name(items[after]) or subject is None:
            continue
        group = items[subject].group
        if subject in taken or group is None:
            continue
        if group.number is not None and group.head in _ANYBODY:
            draft = Draft.of_group(items[subject], "displaced", "departed")
            draft.at, draft.verb = subject, at
            found.append(draft)
    return found


_ANYBODY = frozenset({"people", "persons", "civilians", "residents", "villagers", "families"})


def sheltered_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return people who live in camps or shelters: “12,800 people are living in camps”."""
    found: list[Draft] = []
    for at, item in enumerate(items):
        group = item.group
        if group is None or group.number is None or not (group.is_person or not group.head):
            continue
        if any(draft.at == at and draft.kind == "displaced" for draft in drafts):
            continue
        if _dwells(items, at + 1):
            draft = Draft.of_group(item, "displaced", "sheltered")
            draft.at = at
            found.append(draft)
    return found


def _dwells(items: list[Item], start: int) -> bool:
    """Say whether “(are) living in … camps” follows at once."""
    here = start
    while here < len(items) and items[here].tags & {"be", "have", "adverb", "rel"}:
        here += 1
    if here >= len(items) or not (items[here].can("dwell") or here > start):
        return False
    here += items[here].can("dwell")
    if here >= len(items) or items[here].word not in ("in", "at", "inside", "into"):
        return False
    return any(_holds(item, "shelter") for item in items[here + 1 : here + 6])


def _holds(item: Item, tag: str) -> bool:
    return tag in item.tags or any(tag in part.tags for part in item.parts)
