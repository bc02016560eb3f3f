"""Tell slot by slot why a text was read so: the rule, the words, what was passed over and why.

Runs only when it is asked for, on the settled drafts; changes nothing of what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from tallystick.reading.clauses import verb_at
from tallystick.reading.drafts import Draft, Seen
from tallystick.reading.items import Item
from tallystick.records import Claim
from tallystick.text import Folded

__all__ = ["Explanation", "explained"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """Hold one thing that a claim says, and the words it was read from.

    Args:
        name: kind, number, whom, place, date, teller, relay, actor or role.
        value: What was read, terms and ids behind the words.
        words: The words; empty if the rule itself says it.
        span: Their offsets in the text.
    """

    name: str
    value: str
    words: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Hold what the sentence also offered for a slot, and why it was not taken."""

    name: str
    words: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Why:
    """Hold why one claim was read as it was."""

    claim: str
    rule: str
    slots: tuple[Slot, ...]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Hold a figure that is no claim of its own, and why."""

    kind: str
    lo: int
    hi: int | None
    rule: str
    words: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold the reasons of one reading.

    Args:
        claims: Why each claim was read so, in the order of the claims.
        left_out: The figures that became no claim.
        totals: A line for each figure that was added up.
    """

    claims: tuple[Why, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    totals: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return asdict(self)

    def lines(self, claim: str) -> Iterator[str]:
        """Yield the lines that tell one claim's reasons to a person."""
        for why in self.claims:
            if why.claim != claim:
                continue
            yield f"rule    {why.rule}"
            for slot in why.slots:
                yield f"{slot.name:<7} {slot.value}" + (f"  “{slot.words}”" if slot.words else "")
            for one in why.passed_over:
                yield f"not     {one.name} “{one.words}”: {one.why}"


def explained(
    pairs: Iterable[tuple[Draft, Claim]],
    rejected: Iterable[tuple[Draft, str]],
    totals: Iterable[str],
    folded: Folded,
) -> Explanation:
    """Explain a reading.

    Args:
        pairs: Each settled draft with its claim.
        rejected: Drafts that became no claim, with the reason.
        totals: Lines that tell how the totals were added.
        folded: The text.
    """
    told = list(pairs)
    part_of = _parts_played(draft for draft, _ in told)
    return Explanation(
        tuple(_why(draft, claim, folded, part_of) for draft, claim in told),
        tuple(_left_out(draft, why, folded) for draft, why in rejected),
        tuple(totals),
    )


# What the groups of a sentence, by index, are to its figures: victims or doers.
Parts = dict[int, str]


def _parts_played(drafts: Iterable[Draft]) -> Mapping[int, Parts]:
    """Return the parts by sentence."""
    found: dict[int, Parts] = {}
    for draft in drafts:
        parts = found.setdefault(id(draft.seen), {})
        parts[draft.at] = "victims"
        for note in draft.notes:
            if note.startswith("actor:"):
                parts.setdefault(int(note.removeprefix("actor:")), "doers")
    return found


def _why(draft: Draft, claim: Claim, folded: Folded, part_of: Mapping[int, Parts]) -> Why:
    passed: list[PassedOver] = []
    if draft.seen is not None:
        passed += _numbers_passed(draft.seen, folded, part_of[id(draft.seen)])
        passed += _places_passed(draft, draft.seen, folded)
        passed += _days_passed(draft, draft.seen, folded)
        passed += _tellers_passed(draft, draft.seen, folded)
    return Why(claim.id, claim.method, tuple(_slots(draft, claim, folded)), tuple(passed))


def _slots(draft: Draft, claim: Claim, folded: Folded) -> Iterator[Slot]:
    yield Slot("kind", claim.kind, *_harm_words(draft, folded))
    hi = "or more" if claim.hi is None else "" if claim.hi == claim.lo else f"to {claim.hi}"
    number = " ".join(filter(None, (str(claim.lo), hi, claim.unit, f"({claim.hedge})")))
    yield Slot("number", number, claim.quote, claim.span)
    if claim.category:
        yield Slot("whom", f"{claim.category} ({claim.whom})")
    if claim.place:
        where = " + ".join(claim.where) or "in no gazetteer"
        yield Slot("place", f"{claim.place} ({where})", *_place_words(draft, folded))
    if claim.during is not None:
        yield Slot("date", str(claim.during), *_day_words(draft, folded))
    yield Slot("teller", claim.originator, *_teller_words(draft, folded))
    if claim.via:
        yield Slot("relay", claim.via)
    if claim.actor:
        yield Slot("actor", f"{claim.actor} ({claim.by or 'no known side'})")
    part = f" of {claim.part_of}" if claim.part_of else ""
    yield Slot("role", f"{claim.role}{part}, {claim.polarity}, pins {claim.pinned}")


Words = tuple[str, Span] | tuple[()]


def _quoted(folded: Folded, start: int, end: int) -> tuple[str, Span]:
    return " ".join(folded.quote(start, end).split()), folded.span(start, end)


def _harm_words(draft: Draft, folded: Folded) -> Words:
    if draft.seen is None or not 0 <= draft.verb < len(draft.seen.items):
        return ()
    items = draft.seen.items
    return _quoted(folded, items[verb_at(items, draft.verb).start].start, items[draft.verb].end)


def _place_words(draft: Draft, folded: Folded) -> Words:
    if draft.seen is None:
        return ()
    for one in draft.seen.places:
        if ", ".join(one.names) == draft.place:
            return _around(draft.seen.items, one.at, folded)
    return ()


def _around(items: list[Item], at: int, folded: Folded) -> tuple[str, Span]:
    """Return a preposition with what follows it."""
    return _quoted(folded, items[at].start, items[min(at + 1, len(items) - 1)].end)


def _day_words(draft: Draft, folded: Folded) -> Words:
    items = draft.seen.items if draft.seen is not None else []
    found = (item for item in items if item.days is not None and item.days == draft.days)
    item = next(found, None)
    return _quoted(folded, item.start, item.end) if item is not None else ()


def _teller_words(draft: Draft, folded: Folded) -> Words:
    for one in draft.seen.tellers if draft.seen is not None else ():
        if draft.seen is not None and draft.speaker and one.speaker == draft.speaker:
            item = draft.seen.items[one.at]
            return f"{one.speaker} … {folded.quote(item.start, item.end)}", folded.span(
                item.start, item.end
            )
    return ()


def _numbers_passed(seen: Seen, folded: Folded, parts: Parts) -> Iterator[PassedOver]:
    for at, item in enumerate(seen.items):
        if item.lo is None or "date" in item.tags or parts.get(at) == "victims":
            continue
        why = _why_no_victims(item, is_doer=at in parts)
        yield PassedOver("number", *_quoted(folded, item.start, item.end), why)


def _why_no_victims(item: Item, *, is_doer: bool) -> str:
    if item.group is None or "quantity" in item.tags:
        return "it is a date, an age, a measure or a place in an order"
    if item.group.is_thing:
        return f"“{item.group.head}” is no word for people"
    return "who did it is never counted" if is_doer else "no word of harm takes them"


def _places_passed(draft: Draft, seen: Seen, folded: Folded) -> Iterator[PassedOver]:
    for one in seen.places:
        if ", ".join(one.names) in (draft.place, draft.to):
            continue
        why = "another place stands nearer to the harm" if draft.place else "it is not of the harm"
        if getattr(one, "of_speaker", False):
            why = "it says where somebody spoke"
        yield PassedOver("place", *_around(seen.items, one.at, folded), why)


def _days_passed(draft: Draft, seen: Seen, folded: Folded) -> Iterator[PassedOver]:
    for item in seen.items:
        if item.days is not None and item.days != draft.days:
            why = "another day stands nearer to the harm"
            if draft.days is None:
                why = "it says when somebody spoke or counted, not when it happened"
            yield PassedOver("date", *_quoted(folded, item.start, item.end), why)


def _tellers_passed(draft: Draft, seen: Seen, folded: Folded) -> Iterator[PassedOver]:
    for one in seen.tellers:
        if one.speaker and one.speaker not in (draft.speaker, draft.via):
            item = seen.items[one.at]
            words, span = _quoted(folded, item.start, item.end)
            why = "another teller stands nearer to the figure"
            yield PassedOver("teller", f"{one.speaker} … {words}", span, why)


def _left_out(draft: Draft, why: str, folded: Folded) -> LeftOut:
    words, span = _quoted(folded, *draft.span)
    return LeftOut(draft.kind, draft.lo, draft.hi, draft.rule, words, span, why)
