"""Draw the findings of an estimate as SVG, from their values alone; no clock, no fonts, no files.

Plain shapes in one ink and one accent, with a title for those who cannot see them. The report and
the workbench set them into pages as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

__all__ = ["PICTURES", "picture_of_methods", "picture_of_overlap"]

WIDE, ROW, LABEL = 640, 22, 190
INK, FAINT, ACCENT = "#222", "#bbb", "#7a1f1f"
Values = Mapping[str, Any]  # JSON values of a finding


def _page(height: float, title: str, body: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height:.0f}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>'
    )
    return "\n".join([head, *body, "</svg>"])


def _text(x: float, y: float, words: str, *, end: bool = False, ink: str = INK) -> str:
    anchor = ' text-anchor="end"' if end else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}"{anchor}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, ink: str = INK) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{ink}"/>'


def _dot(x: float, y: float, ink: str = INK) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{ink}"/>'


def _scale(low: float, high: float) -> Callable[[float], float]:
    room = WIDE - LABEL - 20
    span = (high - low) or 1.0
    return lambda value: LABEL + room * (value - low) / span


def picture_of_overlap(values: Values) -> str:
    """Draw people per pattern, most first: dots say which lists, bars how many (the fit check)."""
    lists = list(values["lists"])
    rows = sorted(zip(values["counts"], values["expected"], values["patterns"], strict=True))[::-1]
    rows = rows[:30]
    top, body = 24.0, []
    for at, name in enumerate(lists):
        body.append(_text(8 + at * 18, 16, name[:2]))
    scale = _scale(0.0, float(max(max(count, due) for count, due, _ in rows)))
    for number, (count, due, pattern) in enumerate(rows):
        y = top + (number + 0.5) * ROW
        body += [_dot(14 + at * 18, y, INK if bit else FAINT) for at, bit in enumerate(pattern)]
        width = scale(count) - LABEL
        body.append(
            f'<rect x="{LABEL}" y="{y - 7:.1f}" width="{width:.1f}" height="14" fill="{FAINT}"/>'
        )
        body.append(_line(scale(due), y - 9, scale(due), y + 9, ACCENT))
        body.append(_text(LABEL + 4, y + 4, f"{count:,}"))
    title = "People by the lists that name them; the line is what the model expects"
    return _page(top + len(rows) * ROW + 8, title, body)


def picture_of_methods(values: Values) -> str:
    """Draw each method's figure and limits side by side."""
    rows = [m for m in values["methods"] if m["point"] is not None]
    ends = [m[key] for m in rows for key in ("lo", "hi", "point") if m[key] is not None]
    scale = _scale(min(ends), max(ends))
    body = []
    for number, row in enumerate(rows):
        y = (number + 1.0) * ROW
        body.append(_text(LABEL - 8, y + 4, row["method"], end=True))
        if row["lo"] is not None and row["hi"] is not None:
            body.append(_line(scale(row["lo"]), y, scale(row["hi"]), y))
        body.append(_dot(scale(row["point"]), y, ACCENT))
    y = (len(rows) + 1.5) * ROW
    body += [
        _text(LABEL, y, f"{min(ends):,.0f}"),
        _text(WIDE - 20, y, f"{max(ends):,.0f}", end=True),
    ]
    return _page(y + 8, "The same table by several methods, with 95 % limits", body)


def _picture_of_trace(values: Values) -> str:
    """Draw every chain's figures in the order drawn."""
    chains = values["trace"]
    ends = [x for chain in chains for x in chain]
    low, high, tall = min(ends), max(ends), 60.0
    span = (high - low) or 1
    body = []
    for number, chain in enumerate(chains):
        base = (number + 1) * (tall + 10)
        scale = _scale(0.0, float(max(len(chain) - 1, 1)))
        dots = " ".join(
            f"{scale(at):.1f},{base - tall * (x - low) / span:.1f}" for at, x in enumerate(chain)
        )
        body.append(_text(8, base - tall / 2, f"chain {number + 1}"))
        body.append(f'<polyline points="{dots}" fill="none" stroke="{INK}"/>')
        most = max(values["ranks"][number]) or 1
        for at, count in enumerate(values["ranks"][number]):
            height = 30.0 * count / most
            body.append(
                f'<rect x="{70 + at * 11}" y="{base - height:.1f}" width="9" '
                f'height="{height:.1f}" fill="{FAINT}"/>'
            )
    title = "Draws of each chain, and how their ranks spread (level bars: the chains agree)"
    return _page(len(chains) * (tall + 10) + 10, title, body)


def _picture_of_prior(values: Values) -> str:
    """Draw people per documented person before and after the data."""
    scale = _scale(1.0, max(values["prior"][-1], values["posterior"][-1]))
    body = []
    for number, (name, key) in enumerate((("before the data", "prior"), ("after", "posterior"))):
        y = (number + 1) * ROW
        points = values[key]
        body.append(_text(LABEL - 8, y + 4, name, end=True))
        body.append(_line(scale(points[0]), y, scale(points[-1]), y))
        body.append(_dot(scale(points[len(points) // 2]), y, ACCENT))
        body.append(_text(scale(points[-1]) - 30, y - 5, f"{points[-1]:.1f}"))
    return _page(3.2 * ROW, "All people per documented person, with 95 % limits", body)


def _picture_of_curve(values: Values) -> str:
    """Draw the figure against how wrong the assumption may be."""
    people = values["people"]
    scale = _scale(0.0, float(len(people) - 1))
    low, high, tall = min(people), max(people), 160.0
    dots = " ".join(
        f"{scale(at):.1f},{20 + tall - tall * (x - low) / ((high - low) or 1):.1f}"
        for at, x in enumerate(people)
    )
    body = [f'<polyline points="{dots}" fill="none" stroke="{ACCENT}"/>']
    body += [_text(8, 30, f"{high:,.0f}"), _text(8, 20 + tall, f"{low:,.0f}")]
    first, last = values["xi"][0], values["xi"][-1]
    body += [
        _text(LABEL, 36 + tall, f"xi {first:g}"),
        _text(WIDE - 20, 36 + tall, f"{last:g}", end=True),
    ]
    return _page(
        tall + 50, "The figure if the interaction of all lists is xi instead of none", body
    )


PICTURES: Mapping[str, Callable[[Values], str]] = {
    "fit": picture_of_overlap,
    "methods": picture_of_methods,
    "chains": _picture_of_trace,
    "prior": _picture_of_prior,
    "assumption-curve": _picture_of_curve,
}
"""The picture of a finding, by its check."""
