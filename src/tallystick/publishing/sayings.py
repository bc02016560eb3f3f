"""Show statements: accusations, denials, admissions, promised inquiries and what followed."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.publishing.desk import Desk
from tallystick.publishing.markup import Content, Html, joined, tag, verbatim
from tallystick.records import Statement

__all__ = ["statements_of", "saying_line"]

LONGEST_NAME = 60
_ORDER = ("accusation", "denial", "admission", "commitment", "finding", "appeal")


def statements_of(desk: Desk) -> Html:
    """Return the statements by kind, in the order of their publication."""
    told = sorted(desk.dossier.statements, key=_by_day)
    if not told:
        return tag("p", desk.words("statements.none"))
    parts: list[Content] = [tag("p", desk.words("statements.intro"))]
    for kind in _ORDER:
        of_kind = [saying for saying in told if saying.kind == kind]
        if of_kind:
            parts += _kind(desk, kind, of_kind, told)
    return joined(parts)


def _by_day(saying: Statement) -> tuple[str, str]:
    return (str(saying.published or "9999"), saying.id)


def _kind(
    desk: Desk, kind: str, of_kind: Sequence[Statement], told: Sequence[Statement]
) -> list[Content]:
    items = [tag("li", saying_line(desk, saying), _due(desk, saying, told)) for saying in of_kind]
    return [tag("h3", desk.words(f"statements.{kind}")), tag("ul", items, class_="sayings")]


def saying_line(desk: Desk, saying: Statement) -> Html:
    """Return who said it of whom, the words, and where they stand."""
    words = desk.words
    speaker = _speaker(desk, saying)
    against = _against(desk, saying)
    who = words(f"statement.{saying.kind}.{'of' if against else 'alone'}", who=speaker, of=against)
    source = desk.sources[saying.source].source
    day = words.day(source.published) if source.published else words("source.undated")
    outlet = tag("bdi", source.outlet or source.title or source.id)
    link = desk.source_link(source.id, words("claims.where", outlet=outlet, day=day), saying.id)
    return joined(
        [
            tag("p", who, class_="who"),
            tag("blockquote", tag("p", saying.quote, dir="auto")),
            tag("p", link, class_="from"),
        ]
    )


def _speaker(desk: Desk, saying: Statement) -> Html:
    """Return who speaks: a known name, else the text's own words if they are a name's length."""
    if not saying.speaker.startswith("x:"):
        return desk.labels.teller(saying.speaker)
    named = saying.speaker_words or desk.labels.teller_text(saying.speaker)
    return verbatim(named) if len(named) <= LONGEST_NAME else desk.words("teller.in-the-words")


def _against(desk: Desk, saying: Statement) -> Html:
    if saying.against:
        return desk.labels.teller(saying.against)
    return verbatim(saying.against_words) if saying.against_words else Html("")


def _due(desk: Desk, saying: Statement, told: Sequence[Statement]) -> Html:
    """Return by when a promise falls due, and the findings published after it."""
    if saying.kind != "commitment":
        return Html("")
    words = desk.words
    due = (
        words("statements.due", day=words.day(saying.due))
        if saying.due
        else words("statements.no-due")
    )
    return tag("p", due, " ", _followed(desk, saying, told), class_="due")


def _followed(desk: Desk, promise: Statement, told: Sequence[Statement]) -> Html:
    later = [
        saying
        for saying in told
        if saying.kind == "finding" and str(saying.published or "") > str(promise.published or "")
    ]
    if not later:
        return desk.words("statements.nothing-followed")
    links = [
        desk.source_link(saying.source, desk.labels.teller(saying.speaker), saying.id)
        for saying in later
    ]
    return desk.words("statements.followed", findings=desk.words.listed(links))
