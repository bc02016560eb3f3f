"""Hold what may be read of a text, and cut it out: the words that are cited, in their sentences.

A passage lies where it lies in the whole text, so that every span resolves in it as it does
there. Cutting comes with redaction, before any page is written; nothing here links or marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.publishing.context import around, sentence

__all__ = ["Excerpts", "Passage", "excerpts_of", "whole_text"]

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold words of a text, and at which code point of it they begin."""

    start: int
    words: str

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
        found = self.holding(start, end)
        return around(found.words, start - found.start, end - found.start) if found else ("", "")

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


def excerpts_of(text: str, spans: Iterable[Stretch], *, bare: bool = False) -> Excerpts:
    """Return the passages in which spans lie; what has only blanks between is one passage.

    Args:
        text: The whole text.
        spans: What is cited.
        bare: Leave the sentences around them out: each stands with nothing but its own words.
    """
    cited = [span for span in spans if 0 <= span[0] < span[1] <= len(text)]
    wanted = cited if bare else [sentence(text, *span) for span in cited]
    return Excerpts(
        len(text), tuple(Passage(start, text[start:end]) for start, end in _joined(text, wanted))
    )


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
