"""Put a page's body into its frame. No page loads anything but the report's own style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.publishing.desk import Desk
from tallystick.publishing.markup import Content, Html, joined, tag

__all__ = ["Section", "framed", "section", "table", "row"]

# Nothing may be fetched, run or sent, even if something slipped through the escaping.
_POLICY = "default-src 'none'; style-src 'self' file:; form-action 'none'; base-uri 'none'"


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one part of a page: its anchor, its heading, what stands in it."""

    id: str
    title: Html
    body: Html


def framed(desk: Desk, title: str, body: Content, kind: str) -> bytes:
    """Return a whole page.

    Args:
        desk: Of the page's folder.
        title: For the browser's tab; never holds a person's name.
        body: What stands in the page.
        kind: Class of the page, for the style sheet.
    """
    words = desk.words
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content=f"Tallystick {desk.dossier.version}".strip()),
        tag("title", title),
        tag("link", rel="stylesheet", href=f"{desk.root}report.css"),
    )
    page = tag(
        "html",
        head,
        "\n",
        tag(
            "body",
            tag("a", words("page.skip"), href="#main", class_="skip"),
            "\n",
            _top(desk, kind),
            tag("main", body, id="main"),
            _foot(desk),
            class_=kind,
        ),
        lang=words.lang,
        dir=words.direction,
    )
    return f"<!doctype html>\n{page}\n".encode()


def _top(desk: Desk, kind: str) -> Html:
    if kind == "report":
        return Html("")
    home = tag("a", desk.words("page.home"), href=f"{desk.root}index.html", class_="home")
    return tag("header", tag("nav", home, aria_label=desk.words.plain("page.way")), class_="top")


def _foot(desk: Desk) -> Html:
    words, dossier = desk.words, desk.dossier
    made = words("page.made", day=words.day(dossier.made)) if dossier.made else ""
    version = words("page.version", version=dossier.version) if dossier.version else ""
    draft = tag("p", words("page.draft")) if words("page.draft") else ""
    return tag("footer", tag("p", joined([made, version], " ")), draft)


def section(part: Section) -> Html:
    """Return a part of a page under its heading."""
    heading = f"{part.id}-h"
    return joined(
        [
            "\n",
            tag(
                "section",
                tag("h2", part.title, id=heading),
                part.body,
                id=part.id,
                aria_labelledby=heading,
            ),
        ]
    )


def table(
    caption: Content, head: Sequence[Content], rows: Sequence[Html], *, class_: str = ""
) -> Html:
    """Return a table that scrolls in itself on a narrow page."""
    # Roles said outright: a narrow page sets rows out as cards, and would lose them.
    columns = [tag("th", cell, scope="col", role="columnheader") for cell in head]
    whole = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", columns, role="row"), role="rowgroup"),
        "\n",
        tag("tbody", joined(rows, "\n"), role="rowgroup"),
        role="table",
        class_=class_ or None,
    )
    return tag("div", whole, class_="scroll")


def row(heading: Content, cells: list[tuple[str, Content]], *, class_: str = "") -> Html:
    """Return a row; each cell carries its column's name, for pages too narrow for columns."""
    written = [
        tag("td", tag("span", content, class_="v"), data_label=label, role="cell")
        for label, content in cells
    ]
    first = tag("th", heading, scope="row", role="rowheader")
    return tag("tr", first, written, class_=class_ or None, role="row")
