"""Write the page that proves one figure: its sentence, its bounds, its claims with their words."""

from __future__ import annotations

from tallystick.publishing.desk import Desk
from tallystick.publishing.disputes import disagreement
from tallystick.publishing.dossier import Told
from tallystick.publishing.figures import Range, ReadFigure
from tallystick.publishing.ladder import badges, flag_key, ladder
from tallystick.publishing.markup import Content, Html, joined, tag, verbatim
from tallystick.publishing.method import limits, premises
from tallystick.publishing.page import Section, framed, row, section, table
from tallystick.publishing.proof import Proof, Share, proof_of
from tallystick.publishing.saying import (
    as_said_of,
    counted_when,
    figure_sentence,
    people,
    scope,
    scope_of,
)
from tallystick.publishing.source_text import with_names_left_out
from tallystick.publishing.tables import others_say
from tallystick.publishing.tellers import where_said
from tallystick.records import Claim, Query

__all__ = ["figure_page"]

# More units of place than these are counted, not listed; the certificate lists them all.
MOST_UNITS = 8


def figure_page(desk: Desk, figure: ReadFigure) -> bytes:
    """Return the page of a figure, in the folder ``figures/``."""
    words, proof = desk.words, proof_of(desk, figure)
    parts = [
        Section("bounds", words("figure.bounds"), _bounds(desk, figure)),
        Section("proof", words("figure.proof"), _proof(desk, figure, proof)),
        Section("claims", words("figure.claims"), _binding(desk, proof)),
        Section("tellers", words("figure.tellers"), _claimed(desk, figure)),
        Section("otherwise", words("figure.otherwise"), _otherwise(desk, figure)),
        Section("contested", words("figure.contested"), _contested(desk, figure)),
        Section("aside", words("figure.aside"), _aside(desk, figure)),
        Section("limits", words("method.limits"), limits(desk)),
    ]
    body = joined([_heading(desk, figure, proof), *(section(part) for part in parts if part.body)])
    return framed(desk, f"{words.plain('figure.title')} {figure.id}", body, "figure")


def _heading(desk: Desk, figure: ReadFigure, proof: Proof) -> Html:
    words = desk.words
    sentence = figure_sentence(desk, figure, figure.documented, proof.tellers)
    return joined(
        [
            tag("p", words("figure.eyebrow"), class_="eyebrow"),
            tag("h1", sentence),
            tag("p", badges(desk, figure), class_="badges") if badges(desk, figure) else "",
            tag("p", tag("code", figure.id), " · ", tag("code", figure.method), class_="when"),
        ]
    )


def _bounds(desk: Desk, figure: ReadFigure) -> Html:
    notes = [
        tag("p", desk.words(f"{flag_key(flag)}.means"), class_="note")
        for flag in figure.flags
        if desk.words.has(f"{flag_key(flag)}.means")
    ]
    words = desk.words
    notes += [
        tag(
            "p",
            words(
                f"derived.{told.rule}",
                lo=words.number(told.lo),
                families=words.number(told.families),
                each=tag("bdi", told.each),
            ),
            class_="note",
        )
        for told in figure.derived
        if words.has(f"derived.{told.rule}")
    ]
    shown = ladder(desk, figure, scope(desk, figure.query), anchors=True)
    return joined([shown, *notes, tag("p", desk.words("figures.note"), class_="note")])


def _proof(desk: Desk, figure: ReadFigure, proof: Proof) -> Html:
    words = desk.words
    if not figure.certificate or not figure.documented:
        return tag("p", words("proof.nothing"))
    shares = tag("ul", [_share(desk, figure, share) for share in proof.shares], class_="shares")
    together = tag(
        "p", words("proof.together", n=words.number(figure.documented)), " ", words("proof.apart")
    )
    path = f"{desk.root}certificates/{figure.certificate}.json"
    file = tag("a", tag("code", f"{figure.certificate}.json"), href=path)
    command = f"tallystick prove certificates/{figure.certificate}.json"
    return joined(
        [
            tag("p", words("proof.intro")),
            shares,
            together if len(proof.shares) > 1 else "",
            tag("h3", words("proof.premises")),
            premises(desk, dict(proof.premises)),
            tag("h3", words("proof.again")),
            tag("p", words("proof.check", file=file)),
            tag("pre", tag("code", command), dir="ltr"),
        ]
    )


def _share(desk: Desk, figure: ReadFigure, share: Share) -> Html:
    """Return what one teller proves, where and when; a part of a person is shown as it is."""
    words, query = desk.words, figure.query
    count: Content = people(desk, query, int(share.number))
    if share.number.denominator != 1:
        count = tag("bdi", str(share.number), dir="ltr")
    places = _units(desk, share.units or query.where)
    days = share.days or query.during
    what = joined([count, places, words.days(days) if days else ""], words("list.comma"))
    return tag("li", words("proof.share", teller=desk.labels.teller(share.teller), what=what))


def _units(desk: Desk, units: tuple[str, ...]) -> Html:
    if not units:
        return Html("")
    if len(units) > MOST_UNITS:
        return desk.words("proof.in-units", n=desk.words.number(len(units)))
    return desk.words("proof.in", where=desk.labels.places_listed(units))


def _binding(desk: Desk, proof: Proof) -> Html:
    """Return the claims that the bound rests on, each with its words."""
    told = [desk.told[id_] for id_ in proof.claims]
    # What lists of names say is no quote: how many they name stands in the certificate.
    lists = tag("p", desk.words("figure.lists")) if proof.has_lists else Html("")
    if not told:
        return lists or tag("p", desk.words("figure.no-claims"))
    intro = tag("p", desk.words("figure.claims-intro"))
    return joined([intro, *(_quoted(desk, one) for one in told), lists])


def _quoted(desk: Desk, told: Told) -> Html:
    """Return one claim with its quote, the way to its context, and how it was used."""
    words, claim = desk.words, told.claim
    said = joined(
        [
            desk.labels.teller(claim.originator),
            as_said_of(desk, claim),
            scope_of(desk, claim),
            counted_when(desk, claim.counted),
        ],
        words("list.comma"),
    )
    return tag(
        "article",
        tag("p", said, class_="who"),
        _in_context(desk, claim),
        tag("p", where_said(desk, told), " · ", words(f"pins.{claim.pinned}"), class_="from"),
        class_="quoted",
    )


def _in_context(desk: Desk, claim: Claim) -> Html:
    """Return the sentence in which a claim stands; its own words lead to the text."""
    kept = desk.sources[claim.source]
    if not claim.quote:
        key = "restricted" if desk.is_restricted(claim.source) else "unconfirmed"
        return tag("p", desk.words(f"source.{key}-quote"), class_="quiet")
    around = ("", "")
    if kept.shown is not None and claim.span is not None:
        around = kept.shown.around(*claim.span)
    before, after = (with_names_left_out(desk, half) for half in around)
    quote = desk.claim_link(claim.id, tag("mark", claim.quote))
    sentence = tag("p", before, quote, after, dir="auto", lang=kept.source.lang or None)
    return tag("blockquote", sentence)


def _claimed(desk: Desk, figure: ReadFigure) -> Html:
    """Return what each teller's own tally says of the same question."""
    told = [one for one in figure.claimed if one.lo or one.hi is not None]
    if not told:
        return Html("")
    words = desk.words
    rows = [_range_row(desk, one) for one in sorted(told, key=lambda r: (-r.lo, r.originator))]
    head: list[Content] = [words(f"claimed.{name}") for name in ("teller", "least", "most")]
    return table(words("claimed.caption"), head, rows, class_="claims")


def _range_row(desk: Desk, told: Range) -> Html:
    words, plain = desk.words, desk.words.plain
    most = words.number(told.hi) if told.hi is not None else words("table.no-upper-end")
    cells: list[tuple[str, Content]] = [
        (plain("claimed.least"), words.number(told.lo)),
        (plain("claimed.most"), most),
    ]
    return row(desk.labels.teller(told.originator), cells)


def _otherwise(desk: Desk, figure: ReadFigure) -> Html:
    if not figure.query.names_a_label:
        return Html("")
    explained = tag("p", desk.words("otherwise.means"), class_="note")
    return joined([tag("p", others_say(desk, figure)), explained])


def _contested(desk: Desk, figure: ReadFigure) -> Html:
    found = [one for one in figure.contested if one.touches]
    return joined(tag("article", disagreement(desk, one), class_="dispute") for one in found)


def _aside(desk: Desk, figure: ReadFigure) -> Html:
    """Return the claims about the same harm and places that were set aside, with the reason."""
    aside = [
        told
        for told in desk.dossier.claims
        if told.set_aside and _speaks_to(desk, told.claim, figure.query)
    ]
    if not aside:
        return Html("")
    words, plain = desk.words, desk.words.plain
    rows = [
        row(
            desk.claim_link(told.claim.id, as_said_of(desk, told.claim)),
            [
                (plain("card.originator"), desk.labels.teller(told.claim.originator)),
                (plain("claims.said"), where_said(desk, told)),
                (plain("card.set-aside"), verbatim(told.set_aside)),
            ],
        )
        for told in aside
    ]
    names = ("claims.how-many", "card.originator", "claims.said", "card.set-aside")
    caption = words("aside.caption")
    shown = table(caption, [words(name) for name in names], rows, class_="claims")
    return tag("details", tag("summary", words.counted("aside.open", len(aside))), shown)


def _speaks_to(desk: Desk, claim: Claim, query: Query) -> bool:
    """Say whether a claim is about what a figure answers; without a place it may be."""
    contains = desk.dossier.places.contains
    in_place = any(contains(a, b) or contains(b, a) for a in query.where for b in claim.where)
    same_harm = (claim.kind, claim.unit) == (query.kind, query.unit)
    return same_harm and (in_place or not query.where or not claim.where)
