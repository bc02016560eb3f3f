"""Draw the findings of an estimate as SVG, from their values alone.

Plain shapes in one ink and one accent, with a title for those who cannot see them; each stands by
itself as a file and inside a page. A finding without the values that its picture needs has none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.publishing.markup import Content, Html, joined, tag
from tallystick.publishing.wording import Words

__all__ = ["pictures_of_estimate"]

WIDE, ROW, LABEL, EDGE = 700, 22, 220, 24
INK, SOFT, FAINT, ACCENT = "#222222", "#6b716d", "#d5d0c4", "#7a1f1f"
MOST_ROWS = 30
FAR_APART = 15.0  # from this ratio on, figures are set on a logarithmic scale
Values = Mapping[str, Any]  # JSON values of a finding


@dataclass(frozen=True, slots=True)
class _Row:
    """Hold one line of a comparison: a name, its figure and its limits."""

    name: str
    point: float
    lo: float
    hi: float
    is_ours: bool = False


def pictures_of_estimate(told: Values, words: Words | None = None) -> dict[str, Html]:
    """Return a drawing for each finding that has one, by its check.

    Args:
        told: An estimate as ``estimate --json`` prints it.
        words: Of the titles; None = English.
    """
    words = words or Words("en")
    found: dict[str, Html] = {}
    for finding in told.get("diagnostics") or ():
        check, values = str(finding.get("check", "")), finding.get("values") or {}
        needs, draw = _PICTURES.get(check, ((), None))
        if draw is not None and all(values.get(name) for name in needs):
            drawing = draw(words, values, told)
            if drawing:
                found[check] = drawing
    return found


def _svg(title: str, height: float, parts: Sequence[Html]) -> Html:
    return tag(
        "svg",
        tag("title", title),
        joined(parts, "\n"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE} {height:.0f}",
        role="img",
        direction="ltr",
        font_family="sans-serif",
        font_size="12",
    )


def _text(x: float, y: float, words: Content, anchor: str = "start", ink: str = INK) -> Html:
    return tag("text", words, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, fill=ink)


def _line(x1: float, y1: float, x2: float, y2: float, ink: str = INK, width: float = 1.0) -> Html:
    d = f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    return tag("path", d=d, stroke=ink, stroke_width=f"{width:g}", fill="none")


def _path(points: Sequence[tuple[float, float]], ink: str) -> Html:
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return tag("path", d=d, stroke=ink, fill="none")


def _dot(x: float, y: float, ink: str = INK) -> Html:
    return tag("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="4", fill=ink)


def _bar(x: float, y: float, wide: float, high: float, ink: str = FAINT) -> Html:
    size = {"width": f"{max(wide, 0.0):.1f}", "height": f"{max(high, 0.0):.1f}"}
    return tag("rect", x=f"{x:.1f}", y=f"{y:.1f}", fill=ink, **size)


def _scale(
    ends: Sequence[float], left: float = LABEL, right: float = WIDE - EDGE
) -> Callable[[float], float]:
    """Return where a figure stands along the page; figures far apart stand by their logarithm."""
    low, high = min(ends), max(ends)
    is_log = low > 0.0 and high / low > FAR_APART
    turned = math.log if is_log else float
    span = (turned(high) - turned(low)) or 1.0
    return lambda value: left + (right - left) * (turned(value) - turned(low)) / span


def _comparison(title: str, rows: Sequence[_Row], told: Values, marks: Sequence[float]) -> Html:
    """Draw figures with their limits below each other, documented people as a line at the left."""
    ends = [x for row in rows for x in (row.point, row.lo, row.hi)] + list(marks)
    at, bottom = _scale(ends), (len(rows) + 0.6) * ROW
    parts = [_line(at(mark), 6, at(mark), bottom, SOFT) for mark in marks]
    if told.get("lo") is not None and min(ends) <= told["lo"] <= told["hi"] <= max(ends):
        lo, hi = at(float(told["lo"])), at(float(told["hi"]))
        parts.insert(0, _bar(lo, 6, hi - lo, bottom - 6, "#f2efe6"))
    for number, row in enumerate(rows):
        y, ink = (number + 1.0) * ROW, ACCENT if row.is_ours else INK
        parts += [
            _text(LABEL - 10, y + 4, row.name[:34], "end"),
            _line(at(row.lo), y, at(row.hi), y, ink, 1.5),
            _dot(at(row.point), y, ink),
        ]
    parts += [
        _text(LABEL, bottom + 14, f"{min(ends):,.0f}", ink=SOFT),
        _text(WIDE - EDGE, bottom + 14, f"{max(ends):,.0f}", "end", SOFT),
    ]
    return _svg(title, bottom + 24, parts)


def _row_of(name: str, told: Values, point: str = "median") -> _Row | None:
    if told.get(point) is None:
        return None
    middle = float(told[point])
    lo, hi = (middle if told.get(end) is None else float(told[end]) for end in ("lo", "hi"))
    return _Row(name, middle, min(lo, middle), max(hi, middle))


def _ours(told: Values) -> list[_Row]:
    row = _row_of(str(told.get("method", "")), told)
    return [] if row is None else [_Row(row.name, row.point, row.lo, row.hi, is_ours=True)]


def _compared(words: Words, key: str, told: Values, rows: Sequence[_Row | None]) -> Html:
    shown = [*_ours(told), *(row for row in rows if row is not None)][:MOST_ROWS]
    documented = [float(told["n_observed"])] if told.get("n_observed") else []
    if not shown:
        return Html("")
    return _comparison(words.plain(f"estimate-picture.{key}"), shown, told, documented)


def _methods(words: Words, values: Values, told: Values) -> Html:
    rows = [_row_of(str(one["method"]), one, "point") for one in values["methods"]]
    return _compared(words, "methods", told, rows)


def _without(words: Words, values: Values, told: Values) -> Html:
    rows = [_row_of(f"− {one['without']}", one) for one in values["figures"]]
    return _compared(words, "leave-one-out", told, rows)


def _merged(words: Words, values: Values, told: Values) -> Html:
    rows = [_row_of(" + ".join(one["merged"]), one) for one in values["figures"]]
    return _compared(words, "merge-two", told, rows)


def _linkages(words: Words, values: Values, told: Values) -> Html:
    made = enumerate(values["by_linkage"], start=1)
    return _compared(words, "linkage", told, [_row_of(str(at), one) for at, one in made])


def _known(words: Words, values: Values, told: Values) -> Html:
    del told  # lists whose size is known say nothing of the estimate itself
    rows = []
    for one in values["lists"]:
        rows += [_row_of(str(one["list"]), one)]
        rows += [_Row("", float(one["size"]), float(one["size"]), float(one["size"]), is_ours=True)]
    shown = [row for row in rows if row is not None]
    return _comparison(words.plain("estimate-picture.consistency"), shown, {}, [])


def _overlap(words: Words, values: Values, told: Values) -> Html:
    """Draw people per combination of lists, most first: dots say which lists, bars how many."""
    del told
    lists, sizes = list(values["lists"]), values.get("sizes") or ()
    expected = values.get("expected") or ()
    rows = sorted(zip(values["counts"], range(len(values["counts"])), strict=True), reverse=True)
    rows, left = rows[:MOST_ROWS], 20.0 + 16 * len(lists)
    most = max([*values["counts"], *(expected or (1,))])
    at = _scale([0.0, float(most)], left + 8, WIDE - EDGE)
    top = 18.0 * len(lists) + 10
    parts = [
        _text(14 + 16 * j, 14 + 18 * j, f"{name}{f' ({sizes[j]:,})' if sizes else ''}")
        for j, name in enumerate(lists)
    ]
    parts += [_line(10 + 16 * j, 18 + 18 * j, 10 + 16 * j, top, FAINT) for j in range(len(lists))]
    for number, (count, place) in enumerate(rows):
        y = top + (number + 0.6) * ROW
        bits = values["patterns"][place]
        parts += [_dot(10 + 16 * j, y, INK if bit else FAINT) for j, bit in enumerate(bits)]
        parts.append(_bar(at(0.0), y - 7, at(count) - at(0.0), 14))
        parts.append(_text(at(0.0) + 4, y + 4, f"{count:,}"))
        if expected:
            reach = 2.0 * float((values.get("spread") or [0.0] * len(bits))[place])
            low, high = max(expected[place] - reach, 0.0), min(expected[place] + reach, most)
            parts.append(_line(at(low), y, at(high), y, ACCENT))
            parts.append(_line(at(expected[place]), y - 9, at(expected[place]), y + 9, ACCENT, 2))
    key = "fit" if expected else "overlap"
    return _svg(words.plain(f"estimate-picture.{key}"), top + len(rows) * ROW + 12, parts)


def _chains(words: Words, values: Values, told: Values) -> Html:
    """Draw every chain's figures in the order drawn, and beside them how their ranks spread."""
    del told
    chains, tall = values["trace"], 60.0
    ends = [float(x) for chain in chains for x in chain]
    up = _scale(ends, 0.0, tall)
    parts: list[Html] = []
    for number, chain in enumerate(chains):
        base = (number + 1) * (tall + 12)
        along = _scale([0.0, float(max(len(chain) - 1, 1))])
        parts.append(_path([(along(i), base - up(x)) for i, x in enumerate(chain)], INK))
        parts.append(_text(8, base - tall / 2, str(number + 1)))
        ranks = values["ranks"][number]
        most = max(*ranks, 1)
        parts += [
            _bar(30 + 15 * i, base - 40.0 * n / most, 13, 40.0 * n / most)
            for i, n in enumerate(ranks)
        ]
    bottom = len(chains) * (tall + 12)
    parts.append(_text(WIDE - EDGE, bottom + 16, f"{min(ends):,.0f}–{max(ends):,.0f}", "end", SOFT))
    return _svg(words.plain("estimate-picture.chains"), bottom + 24, parts)


def _prior(words: Words, values: Values, told: Values) -> Html:
    """Draw the law of people per documented person before and after the data."""
    del told
    edges, tall, base = values["edges"], 120.0, 140.0
    at = _scale([float(edges[0]), float(edges[-1])], 40, WIDE - EDGE)
    most = max(*values["before"], *values["after"])
    parts: list[Html] = []
    for shares, ink in ((values["after"], FAINT), (values["before"], ACCENT)):
        high = [tall * share / most for share in shares]
        if ink == FAINT:
            parts += [
                _bar(at(a), base - h, at(b) - at(a), h)
                for a, b, h in zip(edges[:-1], edges[1:], high, strict=True)
            ]
        else:
            steps = zip(edges[:-1], edges[1:], high, strict=True)
            points = [(at(x), base - h) for a, b, h in steps for x in (a, b)]
            parts.append(_path(points, ink))
    parts += [
        _line(40, base, WIDE - EDGE, base, SOFT),
        *(
            _text(at(x), base + 16, f"{x:.3g}", "middle", SOFT)
            for x in edges[:: max(1, len(edges) // 6)]
        ),
        _text(WIDE - EDGE, 16, words.plain("estimate-picture.before"), "end", ACCENT),
        _text(WIDE - EDGE, 32, words.plain("estimate-picture.after"), "end", SOFT),
    ]
    return _svg(words.plain("estimate-picture.prior"), base + 28, parts)


def _curves(words: Words, values: Values, told: Values) -> Html:
    """Draw the figure against how wrong either assumption may be; the limits are a band."""
    curves = [c for c in (values["people"], values.get("two_lists")) if c]
    band = [float(told[end]) for end in ("lo", "hi") if told.get(end) is not None]
    ends = [float(x) for curve in curves for x in curve] + band
    xi, tall = [float(x) for x in values["xi"]], 180.0
    up, along = _scale(ends, 0.0, tall), _scale(xi, 90, WIDE - EDGE)
    parts = []
    if band:
        high, low = 20 + tall - up(band[-1]), 20 + tall - up(band[0])
        parts.append(_bar(90, high, WIDE - EDGE - 90, low - high, "#f2efe6"))
    parts.append(_line(along(1.0), 20, along(1.0), 20 + tall, SOFT))
    for curve, ink in zip(curves, (ACCENT, INK), strict=False):
        parts.append(
            _path([(along(x), 20 + tall - up(y)) for x, y in zip(xi, curve, strict=True)], ink)
        )
    parts += [
        _text(84, 26, f"{max(ends):,.0f}", "end"),
        _text(84, 20 + tall, f"{min(ends):,.0f}", "end"),
    ]
    parts += [_text(along(x), 40 + tall, f"{x:g}", "middle", SOFT) for x in (xi[0], 1.0, xi[-1])]
    names = [words.plain("estimate-picture.all-lists")]
    if values.get("lists"):
        names.append(" × ".join(str(name) for name in values["lists"]))
    parts += [
        _text(WIDE - EDGE, 16 + 16 * i, name, "end", ink)
        for i, (name, ink) in enumerate(zip(names, (ACCENT, INK), strict=False))
    ]
    return _svg(words.plain("estimate-picture.assumption-curve"), tall + 52, parts)


Draw = Callable[[Words, Values, Values], Html]
# By check: the values that a picture cannot do without, and who draws it.
_PICTURES: Mapping[str, tuple[tuple[str, ...], Draw | None]] = {
    "overlap": (("lists", "patterns", "counts"), _overlap),
    "thin-overlap": (("lists", "patterns", "counts"), _overlap),
    "fit": (("lists", "patterns", "counts", "expected"), _overlap),
    "chains": (("trace", "ranks"), _chains),
    "prior": (("edges", "before", "after"), _prior),
    "methods": (("methods",), _methods),
    "assumption-curve": (("xi", "people"), _curves),
    "leave-one-out": (("figures",), _without),
    "merge-two": (("figures",), _merged),
    "consistency": (("lists",), _known),
    "linkage": (("by_linkage",), _linkages),
}
