"""Show figures that cannot all be right: both sides, and the arithmetic between them."""

from __future__ import annotations

from tallystick.publishing.desk import Desk
from tallystick.publishing.dossier import Told
from tallystick.publishing.figures import Disagreement, ReadFigure
from tallystick.publishing.markup import Content, Html, joined, tag, verbatim
from tallystick.publishing.relays import Line
from tallystick.publishing.saying import scope
from tallystick.publishing.tellers import claims_table

__all__ = ["contested_figures", "disagreement"]

# A disagreement touches many rows of tables; the first figures stand for them.
MOST_FIGURES = 6


def contested_figures(desk: Desk) -> Html:
    """Return each disagreement once, under the figures that it touches."""
    touched: dict[tuple[str, tuple[str, ...]], tuple[Disagreement, list[ReadFigure]]] = {}
    for figure in desk.figures.values():
        for found in figure.contested:
            if not found.touches:
                continue
            key = (found.where, tuple(sorted(found.claims)))
            touched.setdefault(key, (found, []))[1].append(figure)
    if not touched:
        return tag("p", desk.words("contested.none"))
    intro = tag("p", desk.words("contested.intro"))
    parts = [_one(desk, found, figures) for found, figures in touched.values()]
    return joined([intro, *parts])


def _one(desk: Desk, found: Disagreement, figures: list[ReadFigure]) -> Html:
    links = [
        desk.figure_link(figure, scope(desk, figure.query)) for figure in figures if figure.believed
    ][:MOST_FIGURES]
    touches = tag("p", desk.words("contested.touches", figures=desk.words.listed(links)))
    return tag(
        "article",
        tag("h3", _title(desk, found)),
        disagreement(desk, found),
        touches if links else "",
        class_="dispute",
    )


def _told(desk: Desk, found: Disagreement) -> list[Told]:
    """Return the claims that texts hold; what a list of names says is in the arithmetic alone."""
    return [desk.told[id_] for id_ in found.claims if id_ in desk.told]


def _title(desk: Desk, found: Disagreement) -> Html:
    tellers = dict.fromkeys(told.claim.originator for told in _told(desk, found))
    named = desk.labels.tellers_listed(tellers)
    return desk.words(f"contested.{found.where}.title", tellers=named)


def disagreement(desk: Desk, found: Disagreement) -> Html:
    """Return the arithmetic in words and the claims that disagree."""
    words = desk.words
    says = _says(desk, found)
    arithmetic: Content = tag("p", verbatim(says), class_="arithmetic") if says else ""
    lines = [Line(told) for told in _told(desk, found)]
    explained = words(f"contested.{found.where}.means")
    stretch = words("contested.stretch", n=tag("bdi", found.stretch)) if found.stretch else ""
    return joined(
        [
            arithmetic,
            claims_table(desk, lines, words("contested.caption")),
            tag("p", joined([explained, stretch], " "), class_="note"),
        ]
    )


def _says(desk: Desk, found: Disagreement) -> str:
    """Return the arithmetic with names for ids, and without the teller whom the title names."""
    says = found.says
    for id_ in dict.fromkeys(told.claim.originator for told in _told(desk, found)):
        says = says.removeprefix(f"{id_}: ")
        says = says.replace(f" {id_} ", f" {desk.labels.teller_text(id_)} ")
    return says
