"""Read claims out of plain files: texts one by one, or ``.jsonl`` files line by line.

A text gives its claims, statements, persons and issues. A line of a ``.jsonl`` file gives one
answer, in order, also when it cannot be read; lines stream, so a million notes need no more
memory than a few hundred.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from tallystick.preserving import Apart, Found, Taken, files_in
from tallystick.preserving import preserve as take_in
from tallystick.reading import Reading, read_text
from tallystick.records import Issue, Source, short_id
from tallystick.terms import Actors, Places

__all__ = ["Asked", "ReadFile", "read_files", "read_lines", "read_source"]

_LINES_AT_ONCE = 200
_LANGUAGES = ("en", "ar", "es", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what was asked of a reading.

    Args:
        published: Day of publication of files that state none themselves.
        lang: Language of files that state none; None = by script and small words.
        outlet: Outlet of files that state none.
        places: Text of a ``places.csv``; empty = the built-in gazetteer alone.
        actors: Text of an ``actors.csv``; empty = the built-in actors alone.
        explain: Tell rules, slots and rejected figures too.
    """

    published: date | None = None
    lang: str | None = None
    outlet: str = ""
    places: str = ""
    actors: str = ""
    explain: bool = False


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Hold what one file gave; ``reading`` is None if it has no text."""

    name: str
    source: Source | None
    reading: Reading | None
    issues: tuple[Issue, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether all that was asked could be done."""
        return self.reading is not None


@lru_cache(maxsize=4)
def _grounds(places: str, actors: str) -> tuple[Places, Actors, tuple[Issue, ...]]:
    """Build gazetteer and actors once a process."""
    known, bad_places = Places.builtin(), ()  # type: Places, tuple[Issue, ...]
    sides, bad_actors = Actors.builtin(), ()  # type: Actors, tuple[Issue, ...]
    if places:
        known, bad_places = known.with_csv(places)
    if actors:
        sides, bad_actors = sides.with_csv(actors)
    return known, sides, bad_places + bad_actors


def read_files(paths: Iterable[Path], asked: Asked, *, retrieved: str) -> Iterator[ReadFile]:
    """Yield what each file gives, in order; folders are gone through.

    Args:
        paths: Files and folders; ``.jsonl`` files give a reading for each line here.
        asked: What to read with.
        retrieved: RFC 3339 time that the sources are to carry.
    """
    found, missing = files_in(paths)
    for issue in missing:
        yield ReadFile(str(issue.where), None, None, (issue,))
    with Apart() as apart:
        for file in found:
            for taken in take_in(file, retrieved=retrieved, apart=apart):
                if taken.source is not None or taken.issues:
                    yield _read_taken(file, taken, asked)


def _read_taken(file: Found, taken: Taken, asked: Asked) -> ReadFile:
    source = taken.source
    if source is None or taken.text is None:
        return ReadFile(file.name, source, None, taken.issues)
    if source.published is None and asked.published is not None:
        source = replace(source, published=asked.published)
    issues = tuple(
        issue
        for issue in taken.issues
        if not (issue.code == "preserving.no-date" and source.published is not None)
    )
    return ReadFile(file.name, source, read_source(taken.text, source, asked), issues)


def read_source(text: str, source: Source, asked: Asked) -> Reading:
    """Read the text dump of one source."""
    places, actors, issues = _grounds(asked.places, asked.actors)
    reading = read_text(
        text,
        source=source.id,
        published=source.published or asked.published,
        lang=_lang(source.lang) or asked.lang,
        outlet=source.outlet or asked.outlet,
        places=places,
        actors=actors,
        explain=asked.explain,
    )
    return replace(reading, issues=issues + reading.issues) if issues else reading


def _lang(tag: object) -> str | None:
    """Return the language of a BCP 47 tag, if it is one that can be read."""
    lang = str(tag or "").split("-")[0].lower()
    return lang if lang in _LANGUAGES else None


def read_lines(lines: Iterable[str], asked: Asked, *, jobs: int = 1) -> Iterator[str]:
    """Yield one JSON answer for each line that is not empty, in order.

    Args:
        lines: JSON objects ``{"id", "text", "lang"?, "pub_date"?, "category"?}``.
        asked: What to read with.
        jobs: Processes to share the work.
    """
    told = (line for line in lines if line.strip())
    if jobs <= 1:
        for line in told:
            yield _answer(line, asked)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[str]]] = deque()
        for piece in _pieces(told):
            waiting.append(pool.submit(_answers, piece, asked))
            if len(waiting) >= 3 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _pieces(lines: Iterator[str]) -> Iterator[list[str]]:
    while piece := list(islice(lines, _LINES_AT_ONCE)):
        yield piece


def _answers(lines: list[str], asked: Asked) -> list[str]:
    return [_answer(line, asked) for line in lines]


def _answer(line: str, asked: Asked) -> str:
    told, why = _object(line)
    if why:
        return _dumped({"id": told.get("id"), **_empty(_bad_line(told.get("id"), why))})
    places, actors, _ = _grounds(asked.places, asked.actors)
    text = str(told["text"])
    reading = read_text(
        text,
        source=short_id("s", text.encode("utf-8")),
        published=_day(told.get("pub_date")) or asked.published,
        lang=_lang(told.get("lang")) or asked.lang,
        outlet=str(told.get("outlet") or asked.outlet),
        places=places,
        actors=actors,
        category=str(told.get("category") or ""),
        explain=asked.explain,
    )
    answer = {"id": told.get("id")} | as_answer(reading)
    if reading.explanation is not None:
        answer["explained"] = reading.explanation.as_json()
    return _dumped(answer)


def as_answer(reading: Reading) -> dict[str, object]:
    """Return a reading as the answer to one line."""
    return {
        "claims": [claim.as_json() for claim in reading.claims],
        "statements": [statement.as_json() for statement in reading.statements],
        "persons": [dict(person) for person in reading.persons],
        "totals": dict(reading.totals),
        "issues": [issue.as_json() for issue in reading.issues],
    }


def _object(line: str) -> tuple[dict[str, object], str]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}, "is no JSON"
    if not isinstance(told, dict):
        return {}, "is no JSON object"
    text = told.get("text")
    if not isinstance(text, str):
        return told, "has no “text”"
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        return told, "has half a letter (a lone surrogate) in its text"
    return told, ""


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _bad_line(id_: object, why: str) -> Issue:
    return Issue(
        code="reading.bad-line",
        weight="fault",
        where=f"line “{str(id_)[:40]}”" if id_ is not None else "a line without id",
        says=f"The line {why}; nothing was read from it.",
        then='write one object {"id", "text", "pub_date"} a line.',
    )


def _empty(issue: Issue) -> dict[str, object]:
    return as_answer(Reading()) | {
        "issues": [issue.as_json()],
        "totals": dict(read_text("").totals),
    }


def _dumped(answer: dict[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
