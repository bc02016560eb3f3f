"""Show what may be read of a source's text; say what is left out, and how to check the rest."""

from __future__ import annotations

from collections.abc import Iterable

from tallystick.publishing.desk import Desk
from tallystick.publishing.dossier import Preserved
from tallystick.publishing.excerpts import NAME, Excerpts
from tallystick.publishing.marks import Mark, marked_excerpts
from tallystick.publishing.markup import Html, joined, safe, tag

__all__ = ["copies_of", "how_much", "how_to_check", "is_marked", "text_of", "with_names_left_out"]


def text_of(desk: Desk, shown: Excerpts, marks: Iterable[Mark]) -> Html:
    """Return the passages with their marks; between them, how much is left out and where."""
    return marked_excerpts(shown, marks, lambda start, end: _gap(desk, start, end), _name(desk))


def with_names_left_out(desk: Desk, words: str) -> Html:
    """Return words of a source in which ``NAME`` stands for a name, as markup."""
    first, *others = words.split(NAME)
    return safe([first, *((_name(desk), part) for part in others)])


def _name(desk: Desk) -> Html:
    said = desk.words.plain("source.name-left-out")
    return tag("span", NAME, class_="left-out", role="img", aria_label=said, title=said)


def _gap(desk: Desk, start: int, end: int) -> Html:
    """Return a line in place of what is left out: how many characters, from where to where."""
    words = desk.words
    span = tag("bdi", f"{start:,}–{end:,}", dir="ltr", class_="n")
    said = words.counted("source.gap", end - start, span=span)
    return tag("p", said, class_="gap", lang=words.lang, dir=words.direction)


def how_much(desk: Desk, shown: Excerpts) -> Html:
    """Return how much of the text is shown, and why."""
    words, n = desk.words, desk.words.number
    if shown.is_whole:
        return tag("p", words("source.whole"), class_="note")
    if not shown.left_out:
        return tag("p", words("source.all-cited"), class_="note")
    return tag(
        "p", words("source.passages", n=n(shown.left_out), of=n(shown.length)), class_="note"
    )


def is_marked(desk: Desk, source: str, span: tuple[int, int] | None) -> bool:
    """Say whether the words of a span stand in the page, and so carry its anchor."""
    shown = desk.sources[source].shown
    words = shown.words_at(*span) if shown and span else ""
    return bool(words and words.strip("\n"))


def copies_of(kept: Preserved) -> Html:
    """Return links to what may be read of the text, for machines; to the text where it is whole."""
    endings = ("json", "txt") if kept.shown and kept.shown.is_whole else ("json",)
    names = [f"{kept.source.id}.{ending}" for ending in endings]
    return joined([tag("a", name, href=name) for name in names], " · ")


def how_to_check(desk: Desk, kept: Preserved) -> Html:
    """Return what the digests prove of the words shown, and to whom."""
    if kept.shown is None or kept.source.text is None:
        return Html("")
    proves = "check.whole" if kept.shown.is_whole else "check.passages"
    text = f"{kept.source.id}.txt" if kept.shown.is_whole else "TEXT"
    command = f"python3 tools/check_quotes.py {kept.source.id}.json {text}"
    return joined(
        [
            tag("h3", desk.words("check.title")),
            tag("p", desk.words(proves)),
            tag("pre", tag("code", command), dir="ltr"),
        ]
    )
