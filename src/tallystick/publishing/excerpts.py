"""Hold what may be read of a text, and cut it out: the words that are cited, in their sentences.

A passage lies where it lies in the whole text, so that every span resolves in it as it does
there. Cutting comes with redaction, before any page is written; nothing here links or marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from tallystick.publishing.context import around, sentence

__all__ = ["NAME", "Excerpts", "Passage", "Stretch", "excerpts_of", "mentions", "whole_text"]

Stretch = tuple[int, int]
NAME = "███"
"""Stands in a sentence for a name that is left out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold words of a text.

    Args:
        start: Code point of the text at which they begin.
        words: As they stand there.
        runs_on: They go on in the sentence of the passage before, after a name left out.
    """

    start: int
    words: str
    runs_on: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start <= end <= self.end


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Hold what may be read of a text.

    Args:
        length: Code points of the whole text.
        passages: In the order of the text; between two of them something is left out.
        is_whole: All of it is shown, because the one who publishes asked for it by name.
    """

    length: int
    passages: tuple[Passage, ...] = ()
    is_whole: bool = False

    def holding(self, start: int, end: int) -> Passage | None:
        """Return the passage in which a span lies; None if some of it is left out."""
        return next((one for one in self.passages if one.holds(start, end)), None)

    def words_at(self, start: int, end: int) -> str | None:
        """Return the words of a span; None if some of them are left out."""
        found = self.holding(start, end)
        return found.words[start - found.start : end - found.start] if found else None

    def around(self, start: int, end: int) -> tuple[str, str]:
        """Return what may be read in the sentence before and after a span."""
        for run in self.runs():
            before = ""
            for one in run:
                if one.holds(start, end):
                    words = NAME.join(each.words for each in run)
                    at = len(before) + start - one.start
                    return around(words, at, at + end - start)
                before += one.words + NAME
        return "", ""

    def runs(self) -> Iterator[list[Passage]]:
        """Yield the passages that stand together, with nothing but names left out in between."""
        run: list[Passage] = []
        for one in self.passages:
            if run and not one.runs_on:
                yield run
                run = []
            run.append(one)
        if run:
            yield run

    @property
    def left_out(self) -> int:
        """Return how many code points are left out."""
        return self.length - sum(len(one.words) for one in self.passages)

    def as_json(self) -> dict[str, object]:
        return {
            "characters": self.length,
            "whole": self.is_whole,
            "passages": [
                {"start": one.start, "end": one.end, "words": one.words} for one in self.passages
            ],
        }


def whole_text(text: str) -> Excerpts:
    """Return all of a text as one passage."""
    return Excerpts(len(text), (Passage(0, text),), is_whole=True)


def excerpts_of(
    text: str, spans: Iterable[Stretch], *, bare: bool = False, names: Iterable[Stretch] = ()
) -> Excerpts:
    """Return the passages in which spans lie; what has only blanks between is one passage.

    Args:
        text: The whole text.
        spans: What is cited.
        bare: Leave the sentences around them out: each stands with nothing but its own words.
        names: Where people are named. Each is left out, unless its name is cited itself.
    """
    cited = [span for span in spans if 0 <= span[0] < span[1] <= len(text)]
    wanted = cited if bare else [sentence(text, *span) for span in cited]
    hidden = _uncited(text, sorted(names), cited)
    passages: list[Passage] = []
    for stretch in _joined(text, wanted):
        parts = enumerate(reduce(_without, hidden, [stretch]))
        passages += [Passage(start, text[start:end], runs_on=at > 0) for at, (start, end) in parts]
    return Excerpts(len(text), tuple(passages))


def mentions(text: str, named: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield every place at which a text gives a name that it gives at one of these places."""
    names = {text[start:end] for start, end in named} - {""}
    if not names:
        return
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    wanted = "|".join(re.escape(name) for name in longest_first)
    yield from (found.span() for found in re.finditer(rf"(?<!\w)(?:{wanted})(?!\w)", text))


def _uncited(text: str, names: Sequence[Stretch], cited: Sequence[Stretch]) -> list[Stretch]:
    """Return where people are named whose names stand in nothing that is cited."""
    told = {text[slice(*name)] for name in names if any(_touch(name, span) for span in cited)}
    return [name for name in names if text[slice(*name)] not in told]


def _touch(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _without(parts: Iterable[Stretch], hidden: Stretch) -> Iterable[Stretch]:
    """Return what is left of some stretches once one is taken out."""
    left: list[Stretch] = []
    for start, end in parts:
        left += [(start, min(end, hidden[0])), (max(start, hidden[1]), end)]
    return [(start, end) for start, end in left if start < end]


def _joined(text: str, wanted: Iterable[Stretch]) -> Iterable[Stretch]:
    """Yield stretches that neither touch nor have only blanks between, nor beside them."""
    at: Stretch | None = None
    for start, end in sorted(wanted):
        if at is None:
            at = (0 if _is_blank(text[:start]) else start, end)
        elif start <= at[1] or _is_blank(text[at[1] : start]):
            at = (at[0], max(at[1], end))
        else:
            yield at
            at = (start, end)
    if at is not None:
        yield at[0], len(text) if _is_blank(text[at[1] :]) else at[1]


def _is_blank(words: str) -> bool:
    return not words.strip()
