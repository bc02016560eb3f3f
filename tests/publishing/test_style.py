from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = files("tallystick.publishing").joinpath("report.css").read_text("utf-8")
COLOURS = dict(re.findall(r"--(\w+(?:-\w+)*): (#[0-9a-f]{6});", STYLE))


def light(colour):
    """Return relative luminance.

    Method:
        WCAG 2.2, "relative luminance".
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", ["paper", "card", "faint", "mark", "saying"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link", "alarm"])
def test_words_stand_out_from_their_ground(ink, ground):
    dark, bright = sorted((light(COLOURS[ink]), light(COLOURS[ground])))

    assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_one_sheet_serves_both_directions():
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|text-align: (?:left|right)"
        r"|float:|[{;]\s*(?:left|right|top|bottom):|(?<![\w-])(?:min-|max-)?(?:width|height):",
        re.sub(r"@media[^{]*", "", STYLE),
    )

    assert [] == physical


def test_the_sheet_loads_nothing():
    assert not re.search(r"url\(|@import|@font-face|https?:", STYLE)


def test_there_is_a_sheet_for_paper():
    assert "@media print" in STYLE
