"""Draw figures at their places: circles whose areas are numbers of people. No tiles, no requests.

A solid disc is what two voices count, the shaded disc around it the documented figure, a dashed
ring the highest figure anyone bounds. Areas, not radii, are in proportion.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.publishing.desk import Desk
from tallystick.publishing.dossier import Table
from tallystick.publishing.figures import ReadFigure
from tallystick.publishing.markup import Html, joined, tag

__all__ = ["map_of"]

WIDTH, HEIGHT, MARGIN = 720, 460, 84
LARGEST = 58.0
_KM_PER_DEGREE = 111.32
_SCALE_BARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_LABEL_HEIGHT, _LETTER = 34, 7.4


@dataclass(frozen=True, slots=True)
class _Spot:
    """Hold one circle: where it stands on the page and how large it is."""

    figure: ReadFigure
    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class _View:
    """Turn degrees into places on the page: equirectangular, true to scale at the middle."""

    west: float
    north: float
    scale: float
    squeeze: float

    def x(self, lon: float) -> float:
        return MARGIN + (lon - self.west) * self.squeeze * self.scale

    def y(self, lat: float) -> float:
        return MARGIN + (self.north - lat) * self.scale


Box = tuple[float, float, float, float]


def map_of(desk: Desk, given: Table) -> Html:
    """Return the map of a table by place; empty if fewer than two rows have coordinates."""
    placed = [
        (figure, place)
        for figure in map(desk.figure, given.rows)
        if len(figure.query.where) == 1
        and (place := desk.labels.places.get(figure.query.where[0])) is not None
        and place.lat is not None
        and place.lon is not None
        and figure.documented
    ]
    if len(placed) < 2:
        return Html("")
    view = _view([(place.lat or 0.0, place.lon or 0.0) for _, place in placed])
    most = max(_outermost(figure) for figure, _ in placed)
    spots = [
        _Spot(
            figure,
            desk.labels.place_name(place.id),
            view.x(place.lon or 0.0),
            view.y(place.lat or 0.0),
            _radius(figure.documented, most),
        )
        for figure, place in placed
    ]
    spots.sort(key=lambda spot: (-spot.radius, spot.figure.id))
    drawing = [*_grid(view), *(_circles(spot, most) for spot in spots)]
    drawing += [*_labels(desk, spots), _scale_bar(desk, view)]
    return _framed(desk, drawing)


def _framed(desk: Desk, drawing: Sequence[Html]) -> Html:
    words = desk.words
    svg = tag(
        "svg",
        tag("title", words.plain("map.title")),
        joined(drawing, "\n"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="group",
        aria_label=words.plain("map.title"),
        direction="ltr",
    )
    key = tag(
        "ul",
        [
            tag("li", _swatch(name), words(f"map.key.{name}"))
            for name in ("corroborated", "documented", "highest")
        ],
        class_="key",
    )
    caption = tag("figcaption", words("map.caption"), key)
    return tag("figure", svg, caption, class_="map")


def _swatch(name: str) -> Html:
    shape = tag("circle", cx="10", cy="10", r="8", class_=name)
    return tag("svg", shape, viewBox="0 0 20 20", class_="swatch", aria_hidden="true")


def _outermost(figure: ReadFigure) -> int:
    hi = figure.highest.hi if figure.highest else None
    return max(figure.documented, hi or 0)


def _radius(n: int, most: int) -> float:
    return LARGEST * math.sqrt(n / most)


def _view(points: Sequence[tuple[float, float]]) -> _View:
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 0.05), max(north - south, 0.05)
    scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    # What is left over is shared out on both sides.
    west -= ((WIDTH - 2 * MARGIN) / scale - (east - west) * squeeze) / 2 / squeeze
    north += ((HEIGHT - 2 * MARGIN) / scale - (north - south)) / 2
    return _View(west, north, scale, squeeze)


def _grid(view: _View) -> list[Html]:
    span = HEIGHT / view.scale
    step = next((s for s in (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0) if span / s <= 5), 20.0)
    lines = []
    lat = math.floor((view.north - span) / step) * step
    while lat < view.north + span:
        y = view.y(lat)
        if 0 < y < HEIGHT:
            lines.append(_line((0, y), (WIDTH, y)))
            lines.append(_degree(4, y - 4, lat, "N" if lat >= 0 else "S"))
        lat += step
    lon = math.floor(view.west / step - 10) * step
    while view.x(lon) < WIDTH:
        if view.x(lon) > 0:
            lines.append(_line((view.x(lon), 0), (view.x(lon), HEIGHT)))
            lines.append(_degree(view.x(lon) + 4, HEIGHT - 6, lon, "E" if lon >= 0 else "W"))
        lon += step
    return lines


def _line(start: tuple[float, float], end: tuple[float, float]) -> Html:
    x1, y1, x2, y2 = (f"{value:.1f}" for value in (*start, *end))
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="grid")


def _degree(x: float, y: float, degrees: float, side: str) -> Html:
    words = f"{abs(degrees):g}° {side}"
    return tag("text", words, x=f"{x:.1f}", y=f"{y:.1f}", class_="degree", aria_hidden="true")


def _circles(spot: _Spot, most: int) -> Html:
    figure = spot.figure
    rings = [_circle(spot, spot.radius, "documented")]
    if figure.corroborated:
        rings.append(_circle(spot, _radius(figure.corroborated, most), "corroborated"))
    if figure.highest and figure.highest.hi is not None:
        rings.append(_circle(spot, _radius(figure.highest.hi, most), "highest"))
    return tag("g", rings, aria_hidden="true")


def _circle(spot: _Spot, radius: float, name: str) -> Html:
    return tag(
        "circle", cx=f"{spot.x:.1f}", cy=f"{spot.y:.1f}", r=f"{max(radius, 2):.1f}", class_=name
    )


def _labels(desk: Desk, spots: Sequence[_Spot]) -> list[Html]:
    """Set each name where it covers neither a circle nor another name, if there is such a place."""
    taken = [
        (s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots
    ]  # fmt: skip
    labels = []
    for spot in spots:
        box = _best_box(spot, taken)
        taken.append(box)
        labels.append(_label(desk, spot, box))
    return labels


def _best_box(spot: _Spot, taken: Sequence[Box]) -> Box:
    width = max(len(spot.name) * _LETTER, 40)
    gap = spot.radius + 6
    half = _LABEL_HEIGHT / 2
    corners = [
        (spot.x + gap, spot.y - half),
        (spot.x - gap - width, spot.y - half),
        (spot.x - width / 2, spot.y + gap),
        (spot.x - width / 2, spot.y - gap - _LABEL_HEIGHT),
        (spot.x + gap * 0.8, spot.y + gap * 0.5),
        (spot.x + gap * 0.8, spot.y - gap * 0.5 - _LABEL_HEIGHT),
    ]
    boxes = [(x, y, x + width, y + _LABEL_HEIGHT) for x, y in corners]
    return min(boxes, key=lambda box: (_covered(box, taken), boxes.index(box)))


def _covered(box: Box, taken: Sequence[Box]) -> float:
    outside = max(0.0, -box[0]) + max(0.0, box[2] - WIDTH)
    outside += max(0.0, -box[1]) + max(0.0, box[3] - HEIGHT)
    return outside * 1000 + sum(_overlap(box, other) for other in taken)


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def _label(desk: Desk, spot: _Spot, box: Box) -> Html:
    middle = f"{(box[0] + box[2]) / 2:.1f}"
    name = tag("tspan", spot.name, x=middle, dy="13", class_="name")
    number = tag("tspan", f"{spot.figure.documented:,}", x=middle, dy="17", class_="n")
    text = tag("text", name, number, x=middle, y=f"{box[1]:.1f}", text_anchor="middle")
    return desk.figure_link(spot.figure, text)


def _scale_bar(desk: Desk, view: _View) -> Html:
    per_km = view.scale / _KM_PER_DEGREE
    km = max((bar for bar in _SCALE_BARS if bar * per_km <= 140), default=_SCALE_BARS[0])
    x, y = WIDTH - 20 - km * per_km, HEIGHT - 26
    right = WIDTH - 20
    ticks = f"M{x:.1f} {y - 5}V{y}H{right}V{y - 5}"
    label = desk.words.plain("map.km").replace("{n}", f"{km:,}")
    return tag(
        "g",
        tag("path", d=ticks, class_="scale"),
        tag("text", label, x=f"{(x + right) / 2:.1f}", y=f"{y - 8}", text_anchor="middle"),
        class_="scale-bar",
        aria_hidden="true",
    )
