"""Draw when who had counted how many: running totals as steps, additions as bars.

The two are never joined: a day's addition is already inside the next total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tallystick.publishing.desk import Desk
from tallystick.publishing.markup import Content, Html, joined, tag
from tallystick.publishing.page import row, table
from tallystick.publishing.saying import as_said, of_whom, scope_of
from tallystick.publishing.series import Point, Series, additions_of, totals_of
from tallystick.records import Query

__all__ = ["timeline"]

WIDTH, LEFT, RIGHT = 760, 64, 36
TOTALS = (24, 292)
BARS = (340, 430)
HEIGHT = 470
MOST_SERIES = 6
# A longer stretch without a figure is drawn this long, and broken, so that busy days have room.
LONGEST_GAP_DAYS = 9
_MARKS = ("circle", "square", "diamond", "triangle", "cross", "ring")


@dataclass(frozen=True, slots=True)
class _Axis:
    """Turn days into places along the page; long empty stretches are cut short and marked."""

    days: tuple[date, ...]
    at: tuple[float, ...]
    breaks: tuple[float, ...]

    def x(self, day: date) -> float:
        return self.at[self.days.index(day)]


def timeline(desk: Desk, kind: str = "killed") -> Html:
    """Return the drawing with its table; empty if no teller gives two days of totals."""
    first = desk.first()
    about = first.query if first else Query()
    totals = totals_of(desk.dossier, kind, about)[:MOST_SERIES]
    added = additions_of(desk.dossier, kind, about)[:MOST_SERIES]
    if not any(len(series.points) > 1 for series in totals):
        return Html("")
    days = {point.day for series in (*totals, *added) for point in series.points}
    axis = _axis(sorted(days | {day - timedelta(days=1) for day in (min(days),)}))
    drawing = [
        *_ticks(desk, axis),
        *_scale(desk, _most(totals), TOTALS, "timeline.totals"),
        *(_steps(desk, axis, series, i, _most(totals)) for i, series in enumerate(totals)),
    ]
    if added:
        drawing += _scale(desk, _most(added), BARS, "timeline.added")
        drawing += _bars(desk, axis, added, _order(totals, added))
    figure = _framed(desk, drawing, totals, added)
    return joined([figure, _table(desk, totals, added)])


def _most(all_series: Sequence[Series]) -> int:
    return max(point.claim.lo for series in all_series for point in series.points) or 1


def _axis(days: Sequence[date]) -> _Axis:
    gaps = [(later - day).days for day, later in pairwise(days)]
    widths = [min(gap, LONGEST_GAP_DAYS) for gap in gaps]
    scale = (WIDTH - LEFT - RIGHT) / max(sum(widths), 1)
    at, breaks = [float(LEFT)], []
    for gap, width in zip(gaps, widths, strict=True):
        if gap > width:
            breaks.append(at[-1] + width * scale / 2)
        at.append(at[-1] + width * scale)
    return _Axis(tuple(days), tuple(at), tuple(breaks))


def _ticks(desk: Desk, axis: _Axis) -> list[Html]:
    drawn: list[Html] = []
    last = -100.0
    for day, x in zip(axis.days, axis.at, strict=True):
        drawn.append(_path(f"M{x:.1f} {TOTALS[0]}V{BARS[1]}", "grid"))
        if x - last >= 52:
            drawn.append(_text(desk.words.short_day(day), x, HEIGHT - 18, "middle", "day"))
            last = x
    for x in axis.breaks:
        y = TOTALS[1]
        drawn.append(_path(f"M{x - 5:.1f} {y + 6}l4 -12M{x + 1:.1f} {y + 6}l4 -12", "break"))
    return drawn


def _scale(desk: Desk, most: int, panel: tuple[int, int], title: str) -> list[Html]:
    top, bottom = panel
    step = _round_step(most, 4 if bottom - top > 150 else 2)
    drawn = [_text(desk.words.plain(title), LEFT, top - 10, "start", "panel")]
    for n in range(0, most + 1, step):
        y = _y(n, most, panel)
        drawn.append(_path(f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}", "grid" if n else "base"))
        drawn.append(_text(f"{n:,}", LEFT - 8, y + 4, "end", "tick"))
    return drawn


def _round_step(most: int, parts: int) -> int:
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if most <= step * parts:
                return step
        power *= 10


def _y(n: int, most: int, panel: tuple[int, int]) -> float:
    top, bottom = panel
    return bottom - (bottom - top) * n / most


def _steps(desk: Desk, axis: _Axis, series: Series, i: int, most: int) -> Html:
    """Draw a total as a step: it holds until the next one is published."""
    path, parts = "", []
    for point in series.points:
        x, y = axis.x(point.day), _y(point.claim.lo, most, TOTALS)
        path += f"H{x:.1f}V{y:.1f}" if path else f"M{x:.1f} {y:.1f}"
        parts.append(desk.claim_link(point.claim.id, _mark(x, y, i, _hint(desk, series, point))))
    line = _path(path, f"line s{i}") if len(series.points) > 1 else Html("")
    return tag("g", line, parts, class_=f"series s{i}")


def _hint(desk: Desk, series: Series, point: Point) -> str:
    return f"{_name(desk, series)}: {point.claim.lo:,}, {desk.words.short_day(point.day)}"


def _name(desk: Desk, series: Series) -> str:
    plural = desk.labels.category(series.whom)
    terms = [desk.labels.term_text(key, term) for key, term in series.whom.items()]
    terms = [plural] if plural else terms
    who = desk.labels.teller_text(series.originator)
    parts = [who, ", ".join(terms) or desk.words.plain("timeline.all")]
    if series.reach == 0:
        parts += [desk.labels.place_name(id_) for id_ in series.points[-1].claim.where[:1]]
    return " · ".join(parts)


def _mark(x: float, y: float, i: int, hint: str = "") -> Html:
    shape = _MARKS[i % len(_MARKS)]
    class_ = f"mark s{i}"
    title = tag("title", hint) if hint else Html("")
    if shape in ("circle", "ring"):
        dot = tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="4.5", class_=f"{class_} {shape}")
        return tag("g", title, dot)
    paths = {
        "square": "m-4.2 -4.2h8.4v8.4h-8.4z",
        "diamond": "m0 -5.8l5.8 5.8l-5.8 5.8l-5.8 -5.8z",
        "triangle": "m0 -5.6l5.4 9.6h-10.8z",
        "cross": "m-4.4 -4.4l8.8 8.8m-8.8 0l8.8 -8.8",
    }
    return tag("g", title, _path(f"M{x:.1f} {y:.1f}{paths[shape]}", f"{class_} {shape}"))


def _order(totals: Sequence[Series], added: Sequence[Series]) -> dict[Series, int]:
    """Give each series its colour; an addition has that of its teller's totals."""
    order = {series: i for i, series in enumerate(totals)}
    for series in added:
        alike = [one for one in totals if _is_alike(one, series)]
        order[series] = order[alike[0]] if alike else len(set(order.values()))
    return order


def _is_alike(one: Series, other: Series) -> bool:
    return (one.originator, one.whom) == (other.originator, other.whom)


def _bars(desk: Desk, axis: _Axis, added: Sequence[Series], order: dict[Series, int]) -> list[Html]:
    most, drawn = _most(added), []
    for beside, series in enumerate(added):
        i = order[series]
        for point in series.points:
            x = axis.x(point.day) - 4 + 9 * beside - 4.5 * (len(added) - 1)
            y = _y(point.claim.lo, most, BARS)
            bar = tag(
                "rect", x=f"{x:.1f}", y=f"{y:.1f}", width="8", height=f"{BARS[1] - y:.1f}",
                class_=f"added s{i}",
            )  # fmt: skip
            label = _text(f"{point.claim.lo:,}", x + 4, y - 4, "middle", "n")
            hint = tag("title", _hint(desk, series, point))
            drawn.append(desk.claim_link(point.claim.id, tag("g", hint, bar, label)))
    return drawn


def _path(d: str, class_: str) -> Html:
    return tag("path", d=d, class_=class_)


def _text(words: Content, x: float, y: float, anchor: str, class_: str) -> Html:
    return tag("text", words, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_=class_)


def _framed(
    desk: Desk, drawing: Sequence[Html], totals: Sequence[Series], added: Sequence[Series]
) -> Html:
    title = desk.words.plain("timeline.title")
    svg = tag(
        "svg",
        tag("title", title),
        joined(drawing, "\n"),
        viewBox=f"0 0 {WIDTH} {HEIGHT if added else TOTALS[1] + 50}",
        role="group",
        aria_label=title,
        direction="ltr",
    )
    items = {i: _name(desk, series) for series, i in reversed(_order(totals, added).items())}
    key = tag("ul", [tag("li", _swatch(i), items[i]) for i in sorted(items)], class_="key")
    return tag(
        "figure", svg, tag("figcaption", desk.words("timeline.caption"), key), class_="timeline"
    )


def _swatch(i: int) -> Html:
    line = _path("M0 10H28", f"line s{i}")
    return tag(
        "svg", line, _mark(14, 10, i), viewBox="0 0 28 20", class_="swatch", aria_hidden="true"
    )


def _table(desk: Desk, totals: Sequence[Series], added: Sequence[Series]) -> Html:
    """Return the same numbers as a table."""
    words, plain = desk.words, desk.words.plain
    points = [("total", s, p) for s in totals for p in s.points]
    points += [("added", s, p) for s in added for p in s.points]
    points.sort(key=lambda one: (one[2].day, one[0], one[1].originator, one[2].claim.id))
    rows = [
        row(
            words.day(point.day),
            [
                (plain("timeline.teller"), desk.labels.teller(series.originator)),
                (plain("claims.of-whom"), of_whom(desk, point.claim)),
                (plain("claims.scope"), scope_of(desk, point.claim)),
                (plain("timeline.what"), words(f"timeline.{what}")),
                (
                    plain("claims.how-many"),
                    desk.claim_link(point.claim.id, as_said(desk, point.claim)),
                ),
            ],
        )
        for what, series, point in points
    ]
    names = (
        "timeline.day", "timeline.teller", "claims.of-whom", "claims.scope", "timeline.what",
        "claims.how-many",
    )  # fmt: skip
    shown = table(words("timeline.table"), [words(name) for name in names], rows, class_="claims")
    return tag("details", tag("summary", words("timeline.open")), shown)
