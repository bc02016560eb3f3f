"""Find Arabic sayings without a count: who accuses, denies, admits, promises, finds, appeals.

The verb stands first and its speaker follows; whom he accuses follows the speaker. A statement is
never a figure and enters no bound.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tallystick.reading.ar.lexicon import Words
from tallystick.reading.ar.sayings import Saying, sayings_of
from tallystick.reading.items import Item
from tallystick.reading.resolve import Resolver
from tallystick.records import Statement
from tallystick.text import Folded

__all__ = ["dated", "statements_in"]

_KINDS = {"accuse": "accusation", "disown": "denial", "admit": "admission", "promise": "commitment",
          "finding": "finding", "appeal": "appeal"}  # fmt: skip
_REACH = 16


def statements_in(
    items: list[Item], folded: Folded, words: Words, last: Saying | None, resolver: Resolver
) -> list[Statement]:
    """Return the statements of one sentence, in order."""
    found: list[Statement] = []
    for at, item in enumerate(items):
        tag = next((tag for tag in _KINDS if tag in item.tags), "")
        if at and items[at - 1].tags & {"prep", "to"}:
            continue
        if not tag or "group" in item.tags or (at and "not" in items[at - 1].tags):
            continue
        if tag == "promise" and not _promises_inquiry(items, at):
            continue
        said = _speaker(items, at, folded, words) or _spoken_last(last, at)
        made = _made(items, at, tag, folded, said, resolver) if said is not None else None
        if made is not None:
            found.append(made)
    return list({statement.id: statement for statement in found}.values())


def _promises_inquiry(items: list[Item], at: int) -> bool:
    return any("inquiry" in item.tags for item in items[at + 1 : at + _REACH])


def _spoken_last(last: Saying | None, at: int) -> Saying | None:
    return Saying(last.speaker, at, at + 1) if last is not None and last.speaker else None


def _made(
    items: list[Item], at: int, tag: str, folded: Folded, said: Saying, resolver: Resolver
) -> Statement | None:
    speaker, accused, first = said.speaker, said.accused, said.end
    if tag == "accuse" and not accused:
        return None
    end = _end(items, max(first, at + 1))
    start, stop = folded.span(items[at].start, items[end - 1].end)
    about = (
        folded.quote(items[min(first, end - 1)].start, items[end - 1].end) if first < end else ""
    )
    return Statement(
        source=resolver.source,
        span=(start, stop),
        quote=folded.text[start:stop],
        kind=_KINDS[tag],  # type: ignore[arg-type]  # one of those above
        speaker_words=speaker,
        speaker=resolver.teller(speaker, is_anonymous=False),
        about=" ".join(about.split()),
        against_words=accused,
        against=resolver.actor(accused),
    )


def _speaker(items: list[Item], at: int, folded: Folded, words: Words) -> Saying | None:
    """Return the saying of this verb, read as every verb of saying is."""
    verb = items[at]
    as_said = Item(verb.start, verb.end, verb.word, verb.entry, verb.tags | {"say"})
    found = sayings_of([*items[:at], as_said, *items[at + 1 :]], folded, words)
    return next((one for one in found if one.at == at and one.speaker), None)


def _end(items: list[Item], start: int) -> int:
    for here in range(start, len(items)):
        if "semi" in items[here].tags or ("comma" in items[here].tags and here > start + 2):
            return here
    return len(items)


def dated(statements: list[Statement], published: date | None, method: str) -> list[Statement]:
    """Return the statements with the day of their source and the method that read them."""
    return [
        replace(one, id="", published=published, method=f"{method}:ar-statement")
        for one in statements
    ]
