"""Show what may be read of a text with every claim and statement marked at its own words.

The words of the page, without the reference numbers, are the words of the text, line by line;
where some are left out, the page says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tallystick.publishing.excerpts import Excerpts, Passage
from tallystick.publishing.markup import Html, joined, safe, tag

__all__ = ["Mark", "marked_excerpts", "marked_text"]

NO_SIGNS: Mapping[int, Html] = {}


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
    shown: Excerpts, marks: Iterable[Mark], gap: Callable[[int, int], Html], name: Html
) -> Html:
    """Return each passage with its marks, and what ``gap`` says of each stretch left out.

    Args:
        shown: What may be read.
        marks: In the offsets of the whole text.
        gap: Is told where a stretch that is left out begins and ends.
        name: Stands inside a sentence for a name that is left out.
    """
    given, parts, at = tuple(marks), list[Html](), 0
    for run in shown.runs():
        parts.append(gap(at, run[0].start) if at < run[0].start else Html(""))
        parts.append(_run(run, given, name))
        at = run[-1].end
    parts.append(gap(at, shown.length) if at < shown.length else Html(""))
    return joined(parts, "\n")


def _run(run: Sequence[Passage], marks: Sequence[Mark], name: Html) -> Html:
    """Return passages that stand together; one sign stands for each name between them."""
    words, here, names = "", list[Mark](), dict[int, Html]()
    for passage in run:
        if words:
            names[len(words)] = name
            words += "\ufffc"
        shift = len(words) - passage.start
        here += [
            replace(mark, start=mark.start + shift, end=mark.end + shift)
            for mark in marks
            if passage.holds(mark.start, mark.end)
        ]
        words += passage.words
    return marked_text(words, here, names)


def marked_text(text: str, marks: Iterable[Mark], signs: Mapping[int, Html] = NO_SIGNS) -> Html:
    """Return the text as one paragraph for each line, each in its own direction.

    Args:
        text: The words.
        marks: In its offsets.
        signs: What is written instead of the character at an offset.
    """
    writer = _Writer(text, sorted(marks, key=_outer_first), signs)
    paragraphs: list[Html] = []
    start = 0
    for line in text.split("\n"):
        paragraphs.append(writer.paragraph(start, start + len(line)))
        start += len(line) + 1
    return joined(paragraphs, "\n")


def _outer_first(mark: Mark) -> tuple[int, int, int]:
    return (mark.start, -mark.end, mark.number)


class _Writer:
    """Write the paragraphs of a text; remember which anchors are placed, each once."""

    def __init__(self, text: str, marks: Sequence[Mark], signs: Mapping[int, Html]) -> None:
        self.text = text
        self.marks = marks
        self.signs = signs
        self.placed: set[str] = set()

    def paragraph(self, start: int, end: int) -> Html:
        if start == end:
            return tag("p", class_="empty")
        here = [mark for mark in self.marks if mark.start < end and mark.end > start]
        edges = {edge for mark in here for edge in (mark.start, mark.end)}
        edges |= {edge for at in self.signs for edge in (at, at + 1)}
        cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
        return tag("p", [self._stretch(cut, here) for cut in pairwise(cuts)], dir="auto")

    def _stretch(self, span: tuple[int, int], marks: Sequence[Mark]) -> Html:
        """Return one stretch inside all the marks that cover it."""
        shown = self.signs.get(span[0]) or safe(self.text[slice(*span)])
        covering = [mark for mark in marks if mark.start <= span[0] and mark.end >= span[1]]
        for mark in reversed(covering):
            is_first = mark.kind != "also" and mark.id not in self.placed
            if is_first:
                self.placed.add(mark.id)
            shown = tag("mark", shown, id=mark.id if is_first else None, class_=mark.kind)
        ends = [mark for mark in covering if mark.end == span[1]]
        return joined([shown, *(_reference(mark) for mark in ends)])


def _reference(mark: Mark) -> Html:
    return tag("a", str(mark.number), href=f"#card-{mark.id}", class_="ref")
