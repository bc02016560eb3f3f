"""Show a preserved text with every claim and statement marked at its own words.

The words of the page, without the reference numbers, are the words of the text, line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tallystick.publishing.markup import Html, joined, safe, tag

__all__ = ["Mark", "marked_text"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold one stretch of text to be marked.

    Args:
        id: Anchor; links from figures lead here.
        start: First code point.
        end: Code point after the last.
        number: Shown behind the words; leads to the card beside the text.
        kind: claim or statement; also for a place that tells the claim again.
    """

    id: str
    start: int
    end: int
    number: int
    kind: str = "claim"


def marked_text(text: str, marks: Iterable[Mark]) -> Html:
    """Return the text as one paragraph for each line, each in its own direction."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
    placed: set[str] = set()
    paragraphs: list[Html] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        here = [mark for mark in ordered if mark.start < end and mark.end > start]
        paragraphs.append(_paragraph(text, (start, end), here, placed))
        start = end + 1
    return joined(paragraphs, "\n")


def _paragraph(text: str, line: tuple[int, int], marks: Sequence[Mark], placed: set[str]) -> Html:
    start, end = line
    if start == end:
        return tag("p", class_="empty")
    edges = {start, end}
    edges |= {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    cuts = sorted(edges)
    return tag(
        "p",
        [
            _stretch(text[first:last], (first, last), marks, placed)
            for first, last in pairwise(cuts)
        ],
        dir="auto",
    )


def _stretch(words: str, span: tuple[int, int], marks: Sequence[Mark], placed: set[str]) -> Html:
    """Return one stretch inside all the marks that cover it; each anchor is placed once."""
    shown = safe(words)
    covering = [mark for mark in marks if mark.start <= span[0] and mark.end >= span[1]]
    for mark in reversed(covering):
        is_first = mark.kind != "also" and mark.id not in placed
        if is_first:
            placed.add(mark.id)
        shown = tag("mark", shown, id=mark.id if is_first else None, class_=mark.kind)
    ends = [mark for mark in covering if mark.end == span[1]]
    return joined([shown, *(_reference(mark) for mark in ends)])


def _reference(mark: Mark) -> Html:
    return tag("a", str(mark.number), href=f"#card-{mark.id}", class_="ref")
