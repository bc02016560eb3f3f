"""Draw a figure as a ladder: from what stands most firmly to what is widest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.publishing.desk import Desk
from tallystick.publishing.figures import ReadFigure
from tallystick.publishing.markup import Content, Html, joined, tag

__all__ = ["Rung", "badges", "flag_key", "ladder", "rungs_of"]

# People move, return, and pass from one of these states to another.
_NEVER_APART = ("displaced", "detained", "missing")


@dataclass(frozen=True, slots=True)
class Rung:
    """Hold one bound of a figure.

    Args:
        name: named, corroborated, withstands, single, documented, believed or highest.
        lo: The bound.
        hi: Upper end, for names that may be one person; None elsewhere.
        teller: Who gives it, where one teller does; empty elsewhere.
    """

    name: str
    lo: int
    hi: int | None = None
    teller: str = ""


def rungs_of(figure: ReadFigure) -> tuple[Rung, ...]:
    """Return the bounds of a figure in the order shown; those that do not exist are left out."""
    rungs = [
        Rung("corroborated", figure.corroborated),
        Rung("withstands", figure.withstands),
        Rung("single", figure.single, teller=figure.single_originator),
        Rung("documented", figure.documented),
        Rung("believed", figure.believed),
    ]
    if figure.named:
        rungs.insert(0, Rung("named", figure.named[0], figure.named[1]))
    if figure.highest and figure.highest.hi is not None:
        rungs.append(Rung("highest", figure.highest.hi, teller=figure.highest.originator))
    return tuple(rungs)


def ladder(desk: Desk, figure: ReadFigure, caption: Content, *, anchors: bool = False) -> Html:
    """Return the ladder as a table with a bar beside each number.

    Args:
        desk: Of the page.
        figure: Whose bounds are shown.
        caption: What the table is about.
        anchors: True on the figure's own page, where each rung is what links lead to.
    """
    rungs = rungs_of(figure)
    most = max((rung.lo for rung in rungs), default=0) or 1
    rows = [_rung(desk, figure, rung, most, anchors) for rung in rungs]
    return tag(
        "table",
        tag("caption", caption),
        tag("tbody", joined(rows, "\n"), role="rowgroup"),
        class_="ladder",
        role="table",
    )


def _rung(desk: Desk, figure: ReadFigure, rung: Rung, most: int, anchors: bool) -> Html:
    words = desk.words
    number = words.between(rung.lo, rung.hi) if rung.hi is not None else words.number(rung.lo)
    shown = number if anchors else desk.figure_link(figure, number, rung.name)
    teller = tag("span", desk.labels.teller(rung.teller), class_="by") if rung.teller else ""
    name = tag("span", words(f"rung.{rung.name}.name"), class_="name")
    means = tag("span", words(_means(figure, rung)), class_="means")
    return tag(
        "tr",
        tag("th", name, " ", means, scope="row", role="rowheader"),
        tag("td", _bar(rung.lo, most), class_="bar", aria_hidden="true"),
        tag("td", shown, " ", teller, class_="count", role="cell"),
        id=rung.name if anchors else None,
        class_=f"rung {rung.name}",
        role="row",
    )


def _means(figure: ReadFigure, rung: Rung) -> str:
    """Return the message that explains a rung; what is no person once is never told apart."""
    query, key = figure.query, f"rung.{rung.name}.means"
    is_once_per_person = query.unit == "persons" and query.kind not in _NEVER_APART
    if rung.name == "documented" and not is_once_per_person:
        return "rung.documented.means-highest"
    return key


def _bar(n: int, most: int) -> Html:
    width = f"{100 * n // most}"
    return tag(
        "svg",
        tag("rect", width="100", height="8", class_="track"),
        tag("rect", width=width, height="8", class_="full"),
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        focusable="false",
    )


def badges(desk: Desk, figure: ReadFigure) -> Html:
    """Return in words what a reader must know beside the number: contested, mixed marks."""
    flags: Sequence[str] = (*(["contested"] if figure.is_contested else []), *figure.flags)
    return joined((_badge(desk, flag) for flag in dict.fromkeys(flags)), " ")


def flag_key(flag: str) -> str:
    """Return the beginning of a flag's messages: “mixed marks” has ``flag.mixed-marks``."""
    return f"flag.{'-'.join(re.findall('[a-z]+', flag))}"


def _badge(desk: Desk, flag: str) -> Html:
    key = flag_key(flag)
    shown = desk.words(f"{key}.name") if desk.words.has(f"{key}.name") else flag
    title = desk.words.plain(f"{key}.means") if desk.words.has(f"{key}.means") else None
    return tag("span", shown, class_=f"badge {key.partition('.')[2]}", title=title)
