"""Write the page of one source: its words with the claims marked, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable

from tallystick.publishing.desk import Desk
from tallystick.publishing.dossier import Preserved, Told
from tallystick.publishing.marks import Mark
from tallystick.publishing.markup import Content, Html, joined, outside_link, tag, verbatim
from tallystick.publishing.page import Section, framed, section
from tallystick.publishing.saying import as_said_of, counted_when, scope_of
from tallystick.publishing.sayings import saying_line
from tallystick.publishing.source_text import copies_of, how_much, how_to_check, is_marked, text_of
from tallystick.records import Claim, Source, Statement

__all__ = ["source_page"]


def source_page(desk: Desk, kept: Preserved, used_in: dict[str, list[str]]) -> bytes:
    """Return the page.

    Args:
        desk: Of the folder ``sources/``.
        kept: The source; of a restricted one only its id and digest are shown.
        used_in: Ids of the figures whose proof uses a claim, by claim id.
    """
    words, source = desk.words, kept.source
    claims = sorted(desk.told_in.get(source.id, ()), key=_by_place_in_text)
    sayings = sorted(desk.said_in.get(source.id, ()), key=lambda saying: (saying.span, saying.id))
    parts = [
        _heading(desk, source),
        section(
            Section("words", words("source.words"), _words(desk, kept, claims, sayings, used_in))
        ),
        section(Section("kept", words("source.kept"), _kept(desk, kept))),
    ]
    return framed(desk, f"{words.plain('source.title')} {source.id}", joined(parts), "source")


def _by_place_in_text(told: Told) -> tuple[tuple[int, int], str]:
    return (told.claim.span or (-1, -1), told.claim.id)


def _heading(desk: Desk, source: Source) -> Html:
    words = desk.words
    if source.access != "public":
        return tag("h1", words("source.restricted-title", id=verbatim(source.id)))
    day = words.day(source.published) if source.published else words("source.undated")
    line = joined([verbatim(source.outlet) if source.outlet else "", day], " · ")
    return joined(
        [
            tag("p", words("source.title"), class_="eyebrow"),
            tag("h1", source.title or source.id, dir="auto", lang=source.lang or None),
            tag("p", line, class_="when"),
        ]
    )


def _words(
    desk: Desk,
    kept: Preserved,
    claims: list[Told],
    sayings: list[Statement],
    used_in: dict[str, list[str]],
) -> Html:
    cards = [
        *(_card(desk, number, told, used_in) for number, told in enumerate(claims, start=1)),
        *(
            _saying_card(desk, number, saying)
            for number, saying in enumerate(sayings, start=len(claims) + 1)
        ),
    ]
    heading = tag("h3", desk.words("source.cards"))
    beside = tag("div", heading, cards or tag("p", desk.words("source.no-claims")), class_="cards")
    if kept.shown is None:
        key = "source.no-text" if kept.source.access == "public" else "source.restricted"
        return joined([tag("p", desk.words(key), class_="note"), beside])
    marks = [*_claim_marks(claims), *_saying_marks(sayings, len(claims) + 1)]
    text = tag(
        "div", text_of(desk, kept.shown, marks), class_="text", lang=kept.source.lang or None
    )
    return joined([how_much(desk, kept.shown), tag("div", text, beside, class_="side-by-side")])


def _claim_marks(claims: list[Told]) -> Iterable[Mark]:
    for number, told in enumerate(claims, start=1):
        claim = told.claim
        if claim.span:
            yield Mark(claim.id, *claim.span, number)
            for again in claim.also:
                yield Mark(claim.id, *again, number, "also")


def _saying_marks(sayings: list[Statement], first: int) -> Iterable[Mark]:
    for number, saying in enumerate(sayings, start=first):
        yield Mark(saying.id, *saying.span, number, "statement")


def _card(desk: Desk, number: int, told: Told, used_in: dict[str, list[str]]) -> Html:
    words, claim = desk.words, told.claim
    marked = is_marked(desk, claim.source, claim.span)
    back: Content = tag("a", str(number), href=f"#{claim.id}", class_="ref")
    if not marked:
        back = tag("span", str(number), class_="ref")
    scope = [scope_of(desk, claim), counted_when(desk, claim.counted)]
    who = words("card.who", teller=desk.labels.teller(claim.originator))
    how = [*_by_the_way(desk, claim), (words("card.id"), tag("code", claim.id))]
    uses = [
        desk.figure_link(desk.figures[id_], words.number(desk.figures[id_].documented))
        for id_ in used_in.get(claim.id, [])[:8]
    ]
    return tag(
        "article",
        # A claim without words in a shown text is its own anchor.
        "" if marked else tag("span", id=claim.id),
        tag("p", back, " ", as_said_of(desk, claim), class_="said"),
        tag("p", joined([*scope, who], words("list.comma"))),
        _listed(_review(desk, told)),
        tag("p", words("card.used-in", figures=words.listed(uses)), class_="from") if uses else "",
        tag("details", tag("summary", words("card.how")), _listed(how)),
        id=f"card-{claim.id}",
        class_="card aside" if told.set_aside else "card",
    )


def _by_the_way(desk: Desk, claim: Claim) -> Iterable[tuple[Content, Content]]:
    words = desk.words
    if claim.via:
        yield words("card.via"), desk.labels.teller(claim.via)
    if claim.standard:
        yield words("card.standard"), desk.labels.term("standard", claim.standard)
    if claim.role:
        yield words("card.role"), desk.labels.term("role", claim.role)
    yield words("card.pins"), words(f"pins.{claim.pinned}")
    if claim.method:
        yield words("card.method"), tag("code", claim.method)


def _review(desk: Desk, told: Told) -> Iterable[tuple[Content, Content]]:
    words = desk.words
    yield words("card.review"), words(f"review.{told.verdict or 'none'}")
    if told.reason:
        yield words("card.reason"), verbatim(told.reason)
    if told.set_aside:
        yield words("card.set-aside"), verbatim(told.set_aside)
    if told.read and told.read != told.claim:
        changes = _changes(told.read, told.claim)
        yield words("card.machine"), tag("span", words.listed(changes), class_="machine")


def _changes(read: Claim, used: Claim) -> Iterable[Html]:
    """Return each field that the reviewer changed, as the machine read it."""
    before, after = read.as_json(), used.as_json()
    for name, value in before.items():
        if value != after[name] and name not in ("id", "method"):
            yield joined([tag("code", name), verbatim(_plain(value))], " ")


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return " & ".join(f"{key}={term}" for key, term in value.items()) or "?"
    if isinstance(value, list):
        return " ".join(_plain(item) for item in value) or "?"
    return "?" if value in (None, "") else str(value)


def _saying_card(desk: Desk, number: int, saying: Statement) -> Html:
    marked = is_marked(desk, saying.source, saying.span)
    back: Content = tag("a", str(number), href=f"#{saying.id}", class_="ref")
    return tag(
        "article",
        "" if marked else tag("span", id=saying.id),
        tag("p", back if marked else str(number), class_="said"),
        saying_line(desk, saying),
        id=f"card-{saying.id}",
        class_="card saying",
    )


def _kept(desk: Desk, kept: Preserved) -> Html:
    words, source = desk.words, kept.source
    rows: list[tuple[Content, Content]] = [
        (words("kept.id"), tag("code", source.id)),
        (words("kept.sha256"), tag("code", source.sha256, class_="digest")),
        (words("kept.size"), words.counted("kept.bytes", source.size)),
        (words("kept.type"), tag("code", source.media_type)),
    ]
    if source.access == "public":
        rows += _where_from(desk, source)
    if source.text and kept.shown:
        rows += [
            (words("kept.copy"), copies_of(kept)),
            (words("kept.dump"), tag("code", source.text.sha256, class_="digest")),
            (words("kept.tool"), verbatim(source.text.tool)),
        ]
    return joined([_listed(rows), how_to_check(desk, kept)])


def _where_from(desk: Desk, source: Source) -> Iterable[tuple[Content, Content]]:
    words = desk.words
    if source.outlet:
        yield words("kept.outlet"), verbatim(source.outlet)
    if source.published:
        yield words("kept.published"), words.day(source.published)
    if source.url:
        yield words("kept.url"), outside_link(source.url)
    if source.retrieved:
        yield words("kept.retrieved"), tag("bdi", source.retrieved, dir="ltr")
    yield words("kept.kind"), desk.labels.term("source-kind", source.kind)
    if source.lang:
        yield words("kept.lang"), tag("bdi", source.lang)


def _listed(rows: Iterable[tuple[Content, Content]]) -> Html:
    return tag("dl", [tag("div", tag("dt", name), tag("dd", value)) for name, value in rows])
