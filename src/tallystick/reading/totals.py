"""Add up a document's figures by kind, and show how.

Parts are not added to their whole, running totals and replaced figures not to the figures of an
incident, background not to either. A category limits the totals to those people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import get_args

from tallystick.reading.drafts import Draft
from tallystick.reading.lexicon import Lexicon
from tallystick.records import Kind

__all__ = ["KINDS", "totals_of"]

KINDS = tuple(kind for kind in get_args(Kind) if "+" not in kind)
# People of whom a text says nothing else (“three persons”, a name) are told under this category.
PLAIN = "civilians"
Totals = dict[str, list[int]]


def totals_of(
    drafts: list[Draft], lexicon: Lexicon, category: str = ""
) -> tuple[Totals, list[str]]:
    """Return totals by kind and ``kind@category``, and a line for each figure that was added.

    Args:
        drafts: The settled drafts of one document.
        lexicon: Whose filters say which people a category takes in.
        category: Count only these people in the plain kinds.
    """
    told = [draft for draft in drafts if _counts(draft)]
    if any("after" not in draft.notes for draft in told):
        told = [draft for draft in told if "after" not in draft.notes]
    totals: Totals = {}
    shown: list[str] = []
    for kind in KINDS:
        of_kind = [draft for draft in told if draft.kind == kind]
        if not of_kind:
            totals[kind] = [0, 0]
            continue
        wanted = [d for d in of_kind if _is_wanted(d, category, lexicon)] if category else of_kind
        used = _used(wanted, keep_parts=bool(category))
        totals[kind] = _added(used)
        shown += [f"{kind}: {d.lo}..{'' if d.hi is None else d.hi} ({d.rule})" for d in used]
        for name in sorted({name for draft in of_kind for name in _names_of(draft)}):
            same = [draft for draft in of_kind if name in _names_of(draft)]
            if name == PLAIN:
                same = [_rest_of(draft, of_kind) for draft in same]
            totals[f"{kind}@{name}"] = _added(_used(same, keep_parts=True))
    return totals, shown


def _names_of(draft: Draft) -> tuple[str, ...]:
    """Return the categories whose totals a figure enters; sex and age say nothing of status."""
    if draft.category not in _ANYBODY:
        return (draft.category or PLAIN,)
    whole = draft.part_of.category if draft.part_of is not None else ""
    return (draft.category, PLAIN) if whole in ("", PLAIN, *_ANYBODY) else (draft.category,)


def _rest_of(draft: Draft, told: list[Draft]) -> Draft:
    """Return a figure without its parts of another status: “four persons, including two police”."""
    if draft.category == PLAIN:
        return draft
    parts = [
        part.lo
        for part in told
        if part.part_of is draft and part.category not in ("", PLAIN, *_ANYBODY)
    ]
    rest = sum(parts)
    if not 0 < rest <= draft.lo:
        return draft
    hi = None if draft.hi is None else draft.hi - rest
    return replace(draft, lo=draft.lo - rest, hi=hi)


def _counts(draft: Draft) -> bool:
    return (
        draft.polarity == "asserted"
        and draft.unit == "persons"
        and draft.role != "previous"
        and not draft.is_background
        and "died" not in draft.notes
    )


def _is_wanted(draft: Draft, category: str, lexicon: Lexicon) -> bool:
    name = category.strip().replace(" ", "_")
    if draft.category == name or (draft.group is not None and name in draft.group.adjectives):
        return True
    rule = lexicon.tables.get("filters", {}).get(name)
    if not isinstance(rule, dict):
        return False
    if draft.category in rule.get("without", ()):
        return False
    if draft.category in ("", *_ANYBODY) and rule.get("unsaid"):
        return _is_plain(draft, rule)
    is_with = draft.category in rule.get("with", ())
    return is_with or (draft.category != "" and bool(rule.get("all_others")))


# Sex and age say nothing of what somebody does.
_ANYBODY = ("men", "women", "children", "elderly", "family")


def _is_plain(draft: Draft, rule: Mapping[str, object]) -> bool:
    head = draft.group.head if draft.group is not None else ""
    listed = rule.get("without_heads", ())
    return not isinstance(listed, list) or head not in listed


def _used(drafts: list[Draft], *, keep_parts: bool) -> list[Draft]:
    """Leave out parts of figures that are themselves used, and what a larger figure includes."""
    used: list[Draft] = []
    for draft in drafts:
        if draft.role in ("subset", "part"):
            inside = draft.part_of is not None and any(draft.part_of is one for one in drafts)
            if not keep_parts or inside:
                continue
        used.append(draft)
    new = [draft for draft in used if draft.role != "cumulative"]
    if not new:
        return sorted(used, key=lambda draft: draft.lo)[-1:]
    return _without_included(new)


def _without_included(drafts: list[Draft]) -> list[Draft]:
    """Leave out a smaller figure of a later sentence that only retells part of an earlier one."""
    kept: list[Draft] = []
    rest = drafts[1:]
    if len(rest) > 1 and sum(draft.lo for draft in rest) == drafts[0].lo:
        # “Eight were arrested. … five in X … three in Y”: the rest tells the first again.
        return drafts[:1]
    for draft in drafts:
        if any(_includes(other, draft) for other in kept):
            continue
        kept.append(draft)
    return kept


def _includes(whole: Draft, draft: Draft) -> bool:
    if whole.sentence == draft.sentence:
        return False
    if draft.is_definite and draft.lo <= whole.lo:
        return True
    if draft.is_more or "separate" in draft.notes:
        return False
    if whole.is_more or draft.lo > whole.lo:
        return False
    told = {draft.category, whole.category} - {""}
    return len(told) < 2 or (PLAIN in told and not told.isdisjoint(_ANYBODY))


def _added(drafts: Iterable[Draft]) -> list[int]:
    lo = hi = 0
    for draft in drafts:
        lo += draft.lo
        hi += draft.lo if draft.hi is None else draft.hi
    return [lo, max(lo, hi)]
