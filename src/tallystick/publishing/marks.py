"""Show what may be read of a text with every claim and statement marked at its own words.

The words of the page, without the reference numbers, are the words of the text, line by line;
where some are left out, the page says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tallystick.publishing.excerpts import Excerpts
from tallystick.publishing.markup import Html, joined, safe, tag

__all__ = ["Mark", "marked_excerpts", "marked_text"]


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


def marked_excerpts(
    shown: Excerpts, marks: Iterable[Mark], gap: Callable[[int, int], Html]
) -> Html:
    """Return each passage with its marks, and what ``gap`` says of each stretch left out.

    Args:
        shown: What may be read.
        marks: In the offsets of the whole text.
        gap: Is told where a stretch that is left out begins and ends.
    """
    given, parts, at = tuple(marks), list[Html](), 0
    for passage in shown.passages:
        parts.append(gap(at, passage.start) if at < passage.start else Html(""))
        here = (
            replace(mark, start=mark.start - passage.start, end=mark.end - passage.start)
            for mark in given
            if passage.holds(mark.start, mark.end)
        )
        parts.append(marked_text(passage.words, here))
        at = passage.end
    parts.append(gap(at, shown.length) if at < shown.length else Html(""))
    return joined(parts, "\n")


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
