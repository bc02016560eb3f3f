"""Make claims of settled drafts: offsets into the text, quotes, ids, windows of counting."""

from __future__ import annotations

from datetime import date

from tallystick.reading.drafts import Draft
from tallystick.reading.resolve import Resolver
from tallystick.records import Claim, Counted, Days, Mark, Pins
from tallystick.text import Folded

__all__ = ["claims_of"]


def claims_of(
    drafts: list[Draft], folded: Folded, resolver: Resolver, *, published: date | None, method: str
) -> list[tuple[Draft, Claim]]:
    """Return the figures of a document with their claims, in the order of the text.

    A whole is made before its parts, since they carry its id. Two figures may be one claim.
    """
    made: dict[int, Claim] = {}
    for draft in sorted(drafts, key=lambda draft: draft.part_of is not None):
        whole = made.get(id(draft.part_of)) if draft.part_of is not None else None
        made[id(draft)] = _claim(draft, folded, resolver, published, method, whole)
    return [(draft, made[id(draft)]) for draft in drafts]


def _claim(
    draft: Draft,
    folded: Folded,
    resolver: Resolver,
    published: date | None,
    method: str,
    whole: Claim | None,
) -> Claim:
    span = folded.span(*draft.span)
    originator = resolver.teller(draft.speaker, is_anonymous="anonymous" in draft.notes)
    via, edition = _relay(draft, resolver, originator)
    is_part = whole is not None and draft.role in ("subset", "part")
    place, where, to = _places(draft, resolver, span, whole if is_part else None)
    days = Days(*draft.days) if draft.days else (whole.during if is_part and whole else None)
    until = draft.as_of or published
    return Claim(
        source=resolver.source,
        published=published,
        span=span,
        quote=folded.text[span[0] : span[1]],
        also=tuple(sorted({folded.span(*again) for again in draft.also} - {span})),
        kind=draft.kind,  # type: ignore[arg-type]  # a kind of the lexicon; Claim checks it
        unit=draft.unit,  # type: ignore[arg-type]  # as above
        lo=draft.lo,
        hi=draft.hi,
        hedge=draft.hedge,  # type: ignore[arg-type]  # as above
        polarity=draft.polarity,  # type: ignore[arg-type]  # as above
        role=draft.role or "new",  # type: ignore[arg-type]  # as above
        part_of=whole.id if is_part and whole else None,
        pins=_pins(draft, where, days),
        category=draft.category,
        whom=resolver.whom(draft.category, draft.group.adjectives if draft.group else ()),
        place=place,
        where=where,
        to=to,
        date=draft.date_words or (whole.date if is_part and whole else ""),
        during=days,
        counted=Counted(None, Mark(until)) if until else Counted(),
        attributed_to=draft.speaker,
        originator=originator,
        via=via,
        edition=edition,
        actor=draft.actor,
        by=resolver.actor(draft.actor),
        standard=draft.standard,  # type: ignore[arg-type]  # as above
        method=f"{method}:{draft.rule}",
    )


def _places(
    draft: Draft, resolver: Resolver, span: tuple[int, int], whole: Claim | None
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    is_list = "places" in draft.notes
    where = resolver.place_ids(draft.place, is_list, span)
    place = draft.place
    if whole is not None and not place:
        place, where = whole.place, whole.where
    return place, where, resolver.place_ids(draft.to, False, span)


def _relay(draft: Draft, resolver: Resolver, originator: str) -> tuple[str, str | None]:
    """Return who relays a figure, and the edition: the source, unless the text says as of when."""
    via = draft.via
    if not via and draft.speaker and resolver.outlet and resolver.outlet_id != originator:
        known = resolver.actors.resolve(resolver.outlet)
        via = known or resolver.outlet
    relayed = bool(draft.speaker) and originator not in (resolver.outlet_id, resolver.source)
    return via, resolver.source if relayed and draft.as_of is None and resolver.source else None


def _pins(draft: Draft, where: tuple[str, ...], days: Days | None) -> Pins:
    """Pin only the lower end of what is half read: a place or day that the text leaves open."""
    if draft.hedge == "vague" or not where or draft.role in ("new", "", "previous"):
        return "lo"
    if draft.role == "cumulative":
        return "both"
    return "both" if days is not None or draft.as_of is not None else "lo"
