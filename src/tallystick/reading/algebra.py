"""Settle what the figures of one document are to one another.

The same victims told twice are one claim with two spans; a smaller definite figure is a part of
the one before; running totals and replaced figures keep their roles. What is separated by the
text itself (“another three”, another place or day, another teller) stays apart.
"""

from __future__ import annotations

from tallystick.reading.drafts import Draft

__all__ = ["settled"]


def settled(drafts: list[Draft]) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts that are claims of their own, and the others with the reason."""
    kept: list[Draft] = []
    merged: list[tuple[Draft, str]] = []
    for draft in drafts:
        if "plural" in draft.notes and not _resolve_plural(draft, kept):
            is_told = any(other.kind == draft.kind for other in kept)
            if draft.group is None or draft.is_weak or is_told:
                merged.append((draft, "“they” or “the …” stand for nobody whose number is told"))
                continue
            draft.lo, draft.hi, draft.hedge = 2, None, "vague"
            draft.is_definite = draft.is_anaphor = False
        if draft.is_weak and _plain_harm_of(draft, drafts):
            merged.append((draft, "a plainer harm is told of the same people"))
            continue
        if _is_unnumbered(draft) and _numbered(draft, drafts):
            merged.append((draft, "a number of the same people is told elsewhere"))
            continue
        again = _told_before(draft, kept)
        if again is not None:
            _join(again, draft)
            merged.append((draft, "the same people were told of before"))
        elif draft.is_anaphor and _whole_of(draft, kept) is not None:
            merged.append((draft, "a pronoun or “the …” for people told of before"))
        else:
            kept.append(draft)
    _set_roles(kept)
    _mark_those_who_died(kept)
    return kept, merged


def _is_unnumbered(draft: Draft) -> bool:
    """Say whether only a bare plural stands there: “people fled”, “others were displaced”."""
    if draft.hi is not None or draft.group is None:
        return False
    is_some = draft.kind == "displaced" and draft.lo == 2
    return is_some or (draft.hedge == "vague" and draft.group.number is None)


def _numbered(draft: Draft, drafts: list[Draft]) -> bool:
    return any(
        other.kind == draft.kind
        and other.sentence <= draft.sentence
        and other.group is not None
        and other.group.number is not None
        and other.lo != 0
        and (draft.unit == other.unit or draft.kind == "displaced")
        and (not draft.is_more or draft.sentence != other.sentence)
        and (not draft.category or draft.category == other.category or not other.category)
        for other in drafts
    )


def _resolve_plural(draft: Draft, kept: list[Draft]) -> bool:
    """Give “they” the number of the people told of last; False if none is told."""
    for other in reversed(kept):
        is_near = other.lo > 1 and other.unit == "persons" and draft.sentence - other.sentence <= 3
        if is_near and other.role in ("new", "") and not other.is_background:
            draft.lo, draft.hi, draft.hedge = other.lo, other.hi, other.hedge
            draft.category = other.category
            return True
    return False


def _plain_harm_of(draft: Draft, drafts: list[Draft]) -> bool:
    return any(
        other is not draft
        and not other.is_weak
        and other.kind in ("killed", "injured", "abducted")
        and other.lo == draft.lo
        and abs(other.sentence - draft.sentence) <= 3
        for other in drafts
    )


def _told_before(draft: Draft, kept: list[Draft]) -> Draft | None:
    for other in reversed(kept):
        if _is_same(draft, other):
            return other
    return None


def _is_same(draft: Draft, other: Draft) -> bool:
    if (draft.kind, draft.unit, draft.polarity) != (other.kind, other.unit, other.polarity):
        return False
    if draft.is_more or other.role == "previous" or draft.role == "previous":
        return False
    if (draft.role == "subset") != (other.role == "subset") or draft.lo != other.lo:
        return False
    if draft.hi != other.hi and not (draft.is_definite or "at_least" in (draft.hedge, other.hedge)):
        return False
    same_sentence = draft.sentence == other.sentence
    if same_sentence and (not draft.is_definite or draft.verb == other.verb >= 0):
        return False
    return _may_agree(draft, other)


def _may_agree(draft: Draft, other: Draft) -> bool:
    if draft.is_anaphor:
        return True
    told = (
        (draft.category, other.category),
        (draft.place, other.place),
        (draft.date_words, other.date_words),
        (draft.speaker, other.speaker),
    )
    return all(mine in theirs or theirs in mine for mine, theirs in told)


def _join(kept: Draft, again: Draft) -> None:
    kept.also.append(again.span)
    kept.retold.append(again.sentence)
    kept.to = kept.to or again.to
    kept.category = kept.category or again.category
    kept.place = kept.place or again.place
    if not kept.date_words:
        kept.days, kept.date_words = again.days, again.date_words
    if not kept.speaker:
        kept.speaker, kept.via = again.speaker, again.via
        kept.notes += [note for note in again.notes if note == "anonymous"]
    kept.role = kept.role or again.role


def _whole_of(draft: Draft, kept: list[Draft]) -> Draft | None:
    for other in reversed(kept):
        is_same = (other.kind, other.unit) == (draft.kind, draft.unit) and other.role != "previous"
        if is_same and other.lo > 0 and (other.hi is None or other.hi >= draft.lo):
            return other
    return None


def _mark_those_who_died(kept: list[Draft]) -> None:
    """Note the injured of whom the text says next that they died: they are counted once."""
    for draft in kept:
        if draft.kind == "injured" and any(
            other.kind == "killed"
            and other.rule.startswith("subject")
            and other.lo == draft.lo
            and 0 <= other.sentence - draft.sentence <= 1
            and (other.is_definite or other.is_anaphor or other.sentence == draft.sentence)
            for other in kept
        ):
            draft.notes.append("died")


def _set_roles(kept: list[Draft]) -> None:
    for draft in kept:
        if draft.part_of is not None and draft.part_of not in kept:
            draft.part_of = next(
                (one for one in kept if one.kind == draft.kind and draft.part_of.span in one.also),
                None,
            )
        if draft.role:
            continue
        draft.role = "cumulative" if _is_running_total(draft) else "new"


def _is_running_total(draft: Draft) -> bool:
    days = draft.days
    is_stock = days is not None and "counted" in draft.notes and (days[1] - days[0]).days > 1
    is_since = "since" in draft.notes and draft.kind != "displaced"
    return "so_far" in draft.notes or is_since or is_stock
