"""Write the first page of a report: the figures, what they rest on, who disputes them."""

from __future__ import annotations

from collections.abc import Callable

from tallystick.publishing.atlas import map_of
from tallystick.publishing.desk import Desk
from tallystick.publishing.disputes import contested_figures
from tallystick.publishing.dossier import Table
from tallystick.publishing.estimates import estimates_of
from tallystick.publishing.figures import ReadFigure
from tallystick.publishing.ladder import badges, ladder
from tallystick.publishing.markup import Content, Html, joined, tag
from tallystick.publishing.method import files_of, method_of, sources_of
from tallystick.publishing.page import Section, framed, section
from tallystick.publishing.proof import proof_of
from tallystick.publishing.saying import figure_sentence, scope
from tallystick.publishing.sayings import statements_of
from tallystick.publishing.tables import figures_table, others_say, table_title
from tallystick.publishing.tellers import who_says_what
from tallystick.publishing.timeline import timeline

__all__ = ["report_page"]


def report_page(desk: Desk) -> bytes:
    """Return ``index.html``."""
    makers: dict[str, Callable[[Desk], Html]] = {
        "figures": _figures,
        "tables": _tables,
        "map": _map,
        "timeline": timeline,
        "contested": contested_figures,
        "displacement": _displaced,
        "tellers": who_says_what,
        "statements": statements_of,
        "estimates": estimates_of,
        "sources": sources_of,
        "method": method_of,
        "files": files_of,
    }
    made = {name: make(desk) for name, make in makers.items()}
    parts = [Section(name, desk.words(f"part.{name}"), body) for name, body in made.items() if body]
    body = joined([_heading(desk), _contents(desk, parts), *(section(part) for part in parts)])
    return framed(desk, desk.dossier.title, body, "report")


def _heading(desk: Desk) -> Html:
    words, dossier = desk.words, desk.dossier
    window, first = desk.window(), desk.first()
    when = words.days(window) if window else ""
    as_of = words("report.as-of", day=words.day(dossier.as_of)) if dossier.as_of else ""
    where = desk.labels.places_listed(first.query.where) if first else ""
    line = joined([where, when, as_of], tag("span", " · ", aria_hidden="true"))
    return tag(
        "header",
        tag("p", words("report.eyebrow"), class_="eyebrow"),
        tag("h1", dossier.title, dir="auto"),
        tag("p", line, class_="when") if line else "",
        tag("p", words("report.promise"), class_="promise"),
        tag("p", words("page.draft"), class_="note") if words("page.draft") else "",
        class_="masthead",
    )


def _contents(desk: Desk, parts: list[Section]) -> Html:
    items = [tag("li", tag("a", part.title, href=f"#{part.id}")) for part in parts]
    return tag(
        "nav", tag("ol", items), class_="contents", aria_label=desk.words.plain("page.contents")
    )


def _figures(desk: Desk) -> Html:
    shown = [
        figure
        for figure in map(desk.figure, desk.dossier.headline)
        if figure.query.kind != "displaced"
    ]
    if not shown:
        return tag("p", desk.words("figures.none"))
    return joined([*(_headline(desk, figure) for figure in shown), _footnote(desk)])


def _footnote(desk: Desk) -> Html:
    return tag("p", desk.words("figures.note"), class_="note")


def _headline(desk: Desk, figure: ReadFigure) -> Html:
    """Return one figure: its scope, its documented bound as a sentence, its ladder."""
    tellers = proof_of(desk, figure).tellers or figure.tellers[:1]
    sentence = figure_sentence(desk, figure, figure.documented, tellers)
    lead = tag("p", desk.figure_link(figure, sentence), " ", badges(desk, figure), class_="lead")
    parts: list[Content] = [
        tag("h3", scope(desk, figure.query)),
        lead,
        ladder(desk, figure, desk.words("ladder.caption")),
    ]
    if figure.query.names_a_label:
        others = desk.words("otherwise.lead", others=others_say(desk, figure))
        parts.append(tag("p", others, class_="note"))
    return tag("article", parts, class_="headline")


def _tables(desk: Desk) -> Html:
    """Return the tables of each question; those of the first are open."""
    by_whole: dict[str, list[Table]] = {}
    for given in desk.dossier.tables:
        if given.rows and desk.figure(given.whole).query.kind != "displaced":
            by_whole.setdefault(given.whole, []).append(given)
    return joined(
        _tables_of(desk, desk.figure(whole), tables, is_open=not number)
        for number, (whole, tables) in enumerate(by_whole.items())
    )


def _tables_of(desk: Desk, whole: ReadFigure, tables: list[Table], *, is_open: bool) -> Html:
    title = tag("h3", scope(desk, whole.query))
    parts = [
        joined([tag("h4", table_title(desk, given)), figures_table(desk, given)])
        for given in tables
    ]
    if is_open:
        return joined([title, *parts])
    summary = tag("summary", desk.words.counted("table.open", len(parts)))
    return joined([title, tag("details", summary, parts)])


def _map(desk: Desk) -> Html:
    drawn = (map_of(desk, given) for given in desk.dossier.tables if given.axis == "where")
    return next((drawing for drawing in drawn if drawing), Html(""))


def _displaced(desk: Desk) -> Html:
    shown = [
        figure
        for figure in map(desk.figure, desk.dossier.headline)
        if figure.query.kind == "displaced"
    ]
    if not shown:
        return Html("")
    parts: list[Content] = [tag("p", desk.words("displacement.intro"))]
    parts += [_headline(desk, figure) for figure in shown]
    for given in desk.dossier.tables:
        if given.rows and desk.figure(given.whole).query.kind == "displaced":
            parts += [tag("h4", table_title(desk, given)), figures_table(desk, given)]
    return joined(parts)
