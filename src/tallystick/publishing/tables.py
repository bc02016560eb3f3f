"""Set out figures by place, by day, by whom, by alleged perpetrator, by destination."""

from __future__ import annotations

from tallystick.publishing.desk import Desk
from tallystick.publishing.dossier import Axis, Table
from tallystick.publishing.figures import Range, ReadFigure
from tallystick.publishing.ladder import badges
from tallystick.publishing.markup import Content, Html, joined, tag
from tallystick.publishing.page import row, table
from tallystick.records import Query

__all__ = ["axis_label", "figures_table", "others_say", "table_title"]

_COLUMNS = ("corroborated", "withstands", "single", "documented", "believed")


def figures_table(desk: Desk, given: Table) -> Html:
    """Return one table: a row for each figure, the whole last, and the footnote that rows overlap.

    Rows by description also tell how others describe the people there (``otherwise``): by
    perpetrator always, even if nobody does.
    """
    words = desk.words
    whole = desk.figure(given.whole)
    figures = [desk.figure(id_) for id_ in given.rows]
    labelled = given.axis in ("whom", "by")
    names = [*_COLUMNS, "highest", *(["otherwise"] if labelled else [])]
    head = [words(f"axis.{given.axis}"), *(words(f"column.{name}") for name in names)]
    rows = [
        _row(desk, figure, axis_label(desk, given.axis, figure.query), labelled)
        for figure in figures
        if _is_told(figure)
    ]
    rows.append(_row(desk, whole, words("table.whole"), labelled, class_="whole"))
    caption = words(f"table.{given.axis}.caption", unit=words(f"unit.{whole.query.unit}"))
    note = tag("p", words(f"table.{given.axis}.note"), class_="note")
    class_ = "figures labelled" if labelled else "figures"
    shown = table(caption, head, rows, class_=class_)
    return joined([shown, _left_out(desk, given.axis, figures), note])


def _is_told(figure: ReadFigure) -> bool:
    return bool(figure.believed or figure.highest)


def _left_out(desk: Desk, axis: Axis, figures: list[ReadFigure]) -> Html:
    """Return the rows of which nobody tells anything, as links to their empty proofs."""
    empty = [
        desk.figure_link(figure, axis_label(desk, axis, figure.query))
        for figure in figures
        if not _is_told(figure)
    ]
    if not empty:
        return Html("")
    return tag("p", desk.words("table.left-out", rows=desk.words.listed(empty)), class_="note")


def table_title(desk: Desk, given: Table) -> Html:
    """Return what a table splits by; of places the level, where all rows have one."""
    if given.axis == "where":
        places = desk.dossier.places
        rows = [desk.figure(id_).query.where for id_ in given.rows]
        levels = {places.level(id_) for row in rows for id_ in row}
        if len(levels) == 1:
            return desk.words(f"level.{levels.pop()}")
    return desk.words(f"table.{given.axis}.title")


def axis_label(desk: Desk, axis: Axis, query: Query) -> Html:
    """Return what a row stands for."""
    labels = desk.labels
    if axis == "during":
        return desk.words.days(query.during) if query.during else desk.words("table.any-day")
    if axis == "whom":
        return labels.whom(query.whom)
    if axis == "by":
        return labels.tellers_listed(query.by)
    return labels.places_listed(query.where if axis == "where" else query.to)


def _row(
    desk: Desk, figure: ReadFigure, heading: Html, labelled: bool, *, class_: str = ""
) -> Html:
    plain = desk.words.plain
    cells: list[tuple[str, Content]] = []
    for name in _COLUMNS:
        shown: list[Content] = [desk.number(figure, int(getattr(figure, name)), name)]
        if name == "single" and figure.single_originator:
            shown.append(_small(desk.labels.teller(figure.single_originator)))
        if name == "documented":
            shown.append(badges(desk, figure))
        cells.append((plain(f"column.{name}"), joined(shown, " ")))
    cells.append((plain("column.highest"), _highest(desk, figure)))
    if labelled:
        others = others_say(desk, figure) if figure.query.names_a_label else Html("")
        cells.append((plain("column.otherwise"), others))
    return row(heading, cells, class_=class_)


def _highest(desk: Desk, figure: ReadFigure) -> Html:
    if figure.highest is None or figure.highest.hi is None:
        return tag("span", desk.words("table.no-upper-end"), class_="quiet")
    number = desk.number(figure, figure.highest.hi, "highest")
    return joined([number, _small(desk.labels.teller(figure.highest.originator))], " ")


def _small(content: Content) -> Html:
    return tag("span", content, class_="by")


def others_say(desk: Desk, figure: ReadFigure) -> Html:
    """Return how other tellers describe people in the same places and days."""
    told = [other for other in figure.otherwise if other.lo or other.hi]
    if not told:
        return tag("span", desk.words("otherwise.nobody"), class_="quiet")
    return joined((_other(desk, figure, other) for other in told), desk.words("otherwise.between"))


def _other(desk: Desk, figure: ReadFigure, other: Range) -> Html:
    n = desk.figure_link(figure, desk.words.between(other.lo, other.hi), "otherwise")
    return desk.words("otherwise.one", teller=desk.labels.teller(other.originator), n=n)
