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
_TELLS = frozenset({"toll", "total", "harm", "rise", "say", "withdraw"})
_FROM = ("from", "desde", "من")
_REACH = 9
# Days and places may stand between: “the number killed since Monday in A, B and C has reached 9”.
_FURTHEST = 26


def tolls_of(items: list[Item], drafts: list[Draft]) -> list[Draft]:
    """Return the running totals and replaced figures of a sentence."""
    found: list[Draft] = []
    taken = {draft.at for draft in drafts}
    for at in [at for at, item in enumerate(items) if not _TELLS.isdisjoint(item.tags)]:
        if "withdraw" in items[at].tags:
            for draft in drafts:
                draft.role = "previous" if draft.at > at and not draft.role else draft.role
        counted = _counted_harm(items, at)
        kind, category, end = counted or (_toll_kind(items, at, drafts + found), "", at)
        if kind:
            told = _numbers_after(items, end, kind, taken)
            for draft in told:
                draft.category = draft.category or category
                draft.verb = at if counted or "toll" in items[at].tags else draft.verb
            found += told
            taken |= {draft.at for draft in found}
    return found


def _counted_harm(items: list[Item], at: int) -> tuple[str, str, int] | None:
    """Read “the number of civilians killed”: kind, whom, and the index of the harm."""
    if "total" not in items[at].tags or at + 3 >= len(items) or items[at + 1].word != "of":
        return None
    category = ""
    for here in range(at + 2, min(at + 6, len(items))):
        item = items[here]
        if "harm" in item.tags and "group" not in item.tags and "part" in item.entry.forms:
            return item.entry.kind, category, here
        if item.group is not None and item.group.number is None and item.group.is_person:
            category = item.group.category
        elif not item.tags & {"adverb", "the", "hedge"}:
            return None
    return None


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
    for here, item in enumerate(items[at + 1 : at + 1 + _FURTHEST], at + 1):
        rose |= "rise" in item.tags
        if here > at + _REACH and not (cue or rose or _is_put_at(items, here)):
            continue
        if item.tags & {"semi", "sub"} and "prep" not in item.tags:
            break
        if "group" in item.tags and here not in taken and cue:
            draft = _total(items, here, kind, cue, items[at].entry.mark)
            if draft is not None:
                found.append(draft)
                cue = ""
        else:
            cue = _cue(item, cue, rose)
    return found


def _cue(item: Item, cue: str, rose: bool) -> str:
    """Return what the number that follows is: the total now, the one before, or nothing."""
    if "previous" in item.tags or item.word in _FROM or (rose and item.word == "de"):
        return "previous"
    if item.word in _TO or "rise" in item.tags or item.entry.mark in ("put", "speak", "say"):
        return cue if item.word in ("of", "de") and cue == "previous" else "cumulative"
    return "" if "by" in item.tags else cue


def _is_put_at(items: list[Item], here: int) -> bool:
    """Say whether “at 779” stands here."""
    group = items[here + 1].group if here + 1 < len(items) else None
    return items[here].word == "at" and group is not None and group.number is not None


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
