"""Tell who says what: for each who counted, their claims, with relays folded into them."""

from __future__ import annotations

from tallystick.publishing.desk import Desk
from tallystick.publishing.dossier import Told
from tallystick.publishing.markup import Content, Html, joined, tag
from tallystick.publishing.page import row, table
from tallystick.publishing.relays import Line, lines_of
from tallystick.publishing.saying import as_said, counted_when, of_whom, scope_of

__all__ = ["claims_table", "where_said", "who_says_what"]


def who_says_what(desk: Desk) -> Html:
    """Return a part for each teller, those with the most to say first."""
    by_teller: dict[str, list[Told]] = {}
    for told in desk.dossier.claims:
        if not told.set_aside:
            by_teller.setdefault(told.claim.originator, []).append(told)
    if not by_teller:
        return tag("p", desk.words("tellers.none"))
    order = sorted(by_teller, key=lambda id_: (_rank(desk, by_teller[id_]), id_))
    return joined(_teller(desk, id_, by_teller[id_]) for id_ in order)


def _rank(desk: Desk, told: list[Told]) -> tuple[bool, int]:
    """Put those first who speak of what the report asks first, the highest figure before others."""
    first = desk.first()
    kind = first.query.kind if first else "killed"
    same = [one.claim.lo for one in told if one.claim.kind == kind]
    return (not same, -max(same or [one.claim.lo for one in told]))


def _teller(desk: Desk, id_: str, told: list[Told]) -> Html:
    heading = tag("h3", desk.labels.full_name(id_))
    lines = sorted(lines_of(told), key=_in_order)
    return joined(
        [
            heading,
            claims_table(desk, lines, tag("span", desk.words("tellers.caption"), class_="unseen")),
        ]
    )


def _in_order(line: Line) -> tuple[str, str, int, str]:
    claim = line.told.claim
    until = claim.counted.until
    return (claim.kind, str(until.day) if until else "9999", -claim.lo, claim.id)


def claims_table(desk: Desk, lines: list[Line], caption: Content) -> Html:
    """Return claims as rows: how many, of whom, where and when, counted when, where it is said."""
    names = ("how-many", "of-whom", "scope", "counted", "said")
    head: list[Content] = [desk.words(f"claims.{name}") for name in names]
    return table(caption, head, [_row(desk, line) for line in lines], class_="claims")


def _row(desk: Desk, line: Line) -> Html:
    claim, plain = line.told.claim, desk.words.plain
    number = desk.claim_link(claim.id, as_said(desk, claim))
    return row(
        joined([number, _reviewed(desk, line.told)], " "),
        [
            (plain("claims.of-whom"), of_whom(desk, claim)),
            (plain("claims.scope"), scope_of(desk, claim)),
            (plain("claims.counted"), counted_when(desk, claim.counted)),
            (plain("claims.said"), _said(desk, line)),
        ],
    )


def _reviewed(desk: Desk, told: Told) -> Html:
    if told.verdict in ("correct", "add"):
        return tag("span", desk.words(f"review.{told.verdict}"), class_="badge")
    return Html("")


def _said(desk: Desk, line: Line) -> Html:
    first = where_said(desk, line.told)
    if not line.again:
        return first
    again = desk.words.listed(where_said(desk, told) for told in line.again)
    relays = desk.words.counted("claims.also", len(line.again), where=again)
    return joined([first, tag("span", relays, class_="also")], " ")


def where_said(desk: Desk, told: Told) -> Html:
    """Return a link to the words: the outlet and the day it was published."""
    source = desk.sources[told.claim.source].source
    if desk.is_restricted(source.id):
        return desk.claim_link(told.claim.id, desk.words("source.restricted-short"))
    outlet = tag("bdi", source.outlet or source.title or source.id)
    day = desk.words.day(source.published) if source.published else desk.words("source.undated")
    return desk.claim_link(told.claim.id, desk.words("claims.where", outlet=outlet, day=day))
