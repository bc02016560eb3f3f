"""Read running totals, corrections and zeros: “the toll rose from 31 to 38”, “no casualties”.

A toll names no victims of its own: its kind comes from the toll word, else from the harm that was
told before it in the sentence.
"""

from __future__ import annotations

from tallystick.reading.drafts import Draft
from tallystick.reading.items import Group, Item

__all__ = ["refuted_of", "tolls_of", "zeros_of"]

_KINDS = {
    "nouns": "killed", "injured": "injured", "displaced": "displaced", "detained": "detained",
    "missing": "missing", "abducted": "abducted", "losses": "killed",
}  # fmt: skip
_TO = frozenset({"to", "at", "of", "a", "en", "de", "الي", "عند", "ال"})
_TELLS = frozenset({"toll", "harm", "rise", "say", "withdraw"})
_REACH = 9


def tolls_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the running totals and replaced figures of a sentence."""
    found: list[Draft] = []
    taken = {draft.at for draft in drafts}
    for at in [at for at, item in enumerate(items) if not _TELLS.isdisjoint(item.tags)]:
        if "withdraw" in items[at].tags:
            for draft in drafts:
                draft.role = "previous" if draft.at > at and not draft.role else draft.role
        kind = _toll_kind(items, at, drafts + found)
        if kind:
            found += _numbers_after(items, at, kind, taken)
            taken |= {draft.at for draft in found}
    return found


def _toll_kind(items: list[Item], at: int, drafts: list[Draft]) -> str:
    item = items[at]
    if "toll" in item.tags:
        return _KINDS.get(item.entry.mark, "killed")
    if "harm" in item.tags and "count" in item.entry.forms and "group" not in item.tags:
        return item.entry.kind if _rises(items, at) else ""
    if "rise" in item.tags and _total_after(items, at):
        before = [draft for draft in drafts if draft.at < at]
        return before[-1].kind if before else ""
    if item.entry.mark in ("speak", "withdraw", "revise", "lower") and drafts:
        return drafts[-1].kind if any(draft.at < at for draft in drafts) else ""
    return ""


def _rises(items: list[Item], at: int) -> bool:
    return any(
        "rise" in item.tags and item.word not in ("was", "is") for item in items[at + 1 : at + 3]
    )


def _total_after(items: list[Item], at: int) -> bool:
    return any(
        "total" in item.tags or (item.group is not None and item.group.head in _TOTALS)
        for item in items[at + 1 : at + 4]
    )


_TOTALS = frozenset({"total", "toll", "tally", "number", "figure", "count"})


def _numbers_after(items: list[Item], at: int, kind: str, taken: set[int]) -> list[Draft]:
    found: list[Draft] = []
    # In Arabic the verb comes first: “بلغ عدد القتلى 12”.
    cue = "cumulative" if at > 0 and "rise" in items[at - 1].tags else ""
    rose = False
    for here in range(at + 1, min(at + 1 + _REACH, len(items))):
        item = items[here]
        rose |= "rise" in item.tags
        if item.tags & {"semi", "sub"} and "prep" not in item.tags:
            break
        from_ = item.word in ("from", "desde", "من") or (rose and item.word == "de")
        if "previous" in item.tags or from_:
            cue = "previous"
        elif item.word in _TO or "rise" in item.tags or item.entry.mark in ("put", "speak", "say"):
            cue = cue if item.word in ("of", "de") and cue == "previous" else "cumulative"
        elif "group" in item.tags and here not in taken and cue:
            draft = _total(items, here, kind, cue, items[at].entry.mark)
            if draft is not None:
                found.append(draft)
                cue = ""
        elif "by" in item.tags:
            cue = ""
    return found


def _total(items: list[Item], at: int, kind: str, role: str, kind_word: str) -> Draft | None:
    group = items[at].group
    if group is None or group.number is None or not group.is_counted:
        return None
    follows = items[at + 1] if at + 1 < len(items) else None
    if follows is not None and follows.word in ("percent", "%"):
        return None
    draft = Draft.of_group(items[at], kind, f"toll-{role}")
    draft.at, draft.role, draft.is_definite = at, role, False
    if any("previous" in part.tags for part in items[at].parts):
        draft.role = "previous"
    if not group.head:
        draft.span = group.number
    draft.is_total = True
    if role == "cumulative" and kind_word == "losses":
        draft.role = "new"
    return draft


def zeros_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the zeros that are said by “without any casualties”, “did not claim any lives”."""
    found: list[Draft] = []
    for at, item in enumerate(items):
        if "not" not in item.tags or any(
            abs(draft.at - at) < 2 for draft in drafts if draft.lo == 0
        ):
            continue
        for here in range(at + 1, min(at + 6, len(items))):
            entry = _count_noun(items[here])
            if entry is None:
                continue
            kind, start = entry, item.start
            draft = Draft(kind, 0, 0, "exact", (start, items[here].end), "zero", at=here)
            draft.group = items[here].group or Group()
            found.append(draft)
            break
    return found


def _count_noun(item: Item) -> str | None:
    if item.group is not None and item.group.state is not None and item.group.lo in (None, 0, 2):
        return item.group.state.kind
    if "harm" in item.tags and "count" in item.entry.forms and "group" not in item.tags:
        return item.entry.kind
    return None


def refuted_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the figure that is set aside in “Not 300, as rebels claim, but 30 people died”."""
    found: list[Draft] = []
    for at in range(len(items) - 1):
        group = items[at + 1].group
        if items[at].word not in ("not", "no", "pas") or group is None or group.number is None:
            continue
        after = [draft for draft in drafts if draft.at > at + 1]
        if not after or not any(
            item.word in ("but", "sino", "mais") for item in items[at : after[0].at]
        ):
            continue
        draft = Draft.of_group(items[at + 1], after[0].kind, "refuted")
        draft.at, draft.polarity, draft.unit = at + 1, "denied", after[0].unit
        found.append(draft)
    return found
