"""Judge whether a figure is asserted, denied, only feared or planned, or told as background."""

from __future__ import annotations

from tallystick.reading.clauses import Verb, verb_at
from tallystick.reading.drafts import Draft
from tallystick.reading.items import Item

__all__ = ["judged"]

_BREAKS = frozenset({"semi"})


def judged(items: list[Item], drafts: list[Draft]) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts that are said to have happened, and the others with the reason."""
    kept: list[Draft] = []
    rejected: list[tuple[Draft, str]] = []
    for draft in drafts:
        reason = _why_unreal(items, draft)
        if reason:
            rejected.append((draft, reason))
            continue
        if _is_denied(items, draft):
            draft.polarity = "denied"
        draft.is_background |= _is_background(items, draft)
        kept.append(draft)
    return kept, rejected


def _why_unreal(items: list[Item], draft: Draft) -> str:
    """Say why a figure did not happen by the text's own word; empty if it did."""
    if draft.verb < 0 or (draft.lo == 0 and draft.hi == 0):
        return ""
    verb = verb_at(items, draft.verb)
    tests = (
        (verb.is_negated, "the verb is negated"),
        (verb.is_modal and not verb.is_hedged, "the verb says what could or will be"),
        (_is_intended(items, draft, verb), "the verb says what was planned, tried or threatened"),
        (_is_only_taken_along(items, draft), "they were brought to help, not taken away"),
        (_is_condition(items, min(verb.start, draft.at)), "the clause is a condition"),
    )
    return next((why for is_so, why in tests if is_so), "")


def _is_intended(items: list[Item], draft: Draft, verb: Verb) -> bool:
    before = items[max(0, verb.start - 2) : verb.start]
    unreal = any("unreal" in item.tags and "hedge" not in item.tags for item in before)
    forms = items[draft.verb].entry.forms
    if verb.is_infinitive and verb.is_perfect and not unreal:
        return False  # “claimed to have killed five”
    if verb.is_infinitive and (unreal or draft.rule == "active"):
        return True
    right_before = bool(before) and "unreal" in before[-1].tags
    return ("base" in forms and right_before and draft.rule != "count") or (
        "ing" in forms and unreal
    )


def _is_condition(items: list[Item], first: int) -> bool:
    before = items[max(0, first - 8) : first]
    return any(item.word in ("if", "unless", "whoever", "si", "s'il") for item in before)


def _is_only_taken_along(items: list[Item], draft: Draft) -> bool:
    """Say whether “taken” means brought: “taken to the hospital”."""
    if items[draft.verb].entry.mark != "take":
        return False
    for item in items[draft.verb + 1 : draft.verb + 6]:
        if item.word in ("to", "into", "aboard", "part", "place", "for"):
            return not any(
                one.word in ("unknown", "undisclosed") for one in items[draft.verb : draft.verb + 9]
            )
        if item.tags & {"semi", "sub", "comma"}:
            break
    return False


def _is_denied(items: list[Item], draft: Draft) -> bool:
    start = min(draft.at, draft.verb) if draft.verb >= 0 else draft.at
    for here in range(start - 1, -1, -1):
        item = items[here]
        if "deny" in item.tags and not _is_negated(items, here):
            return True
        if item.tags & _BREAKS or item.word in ("but", "pero", "mais"):
            return False
    return False


def _is_negated(items: list[Item], at: int) -> bool:
    return at > 0 and "not" in items[at - 1].tags


_OUTER = frozenset(
    {"after", "over", "since", "following", "about", "against", "por", "tras", "après"}
)


def _is_background(items: list[Item], draft: Draft) -> bool:
    """Say whether a figure is told as the cause of something else: “wanted for killing 13”."""
    start = min(draft.at, draft.verb) if draft.verb >= 0 else draft.at
    for here in range(start - 1, -1, -1):
        item = items[here]
        if "background" in item.tags:
            return True
        if item.tags & _BREAKS or ("sub" in item.tags and "prep" not in item.tags):
            break
    return draft.rule.startswith("nominal") and _hangs_on_preposition(items, draft)


def _hangs_on_preposition(items: list[Item], draft: Draft) -> bool:
    here = draft.verb - 1
    while (
        here >= 0
        and items[here].tags & {"the", "adj", "a", "word"}
        and "prep" not in items[here].tags
    ):
        here -= 1
    if here >= 0 and items[here].word in _OUTER:
        draft.notes.append("after")
    return False
