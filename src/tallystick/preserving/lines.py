"""Take a ``.jsonl`` file apart: each line is a document of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tallystick.preserving.dumped import Dumped, trouble
from tallystick.preserving.notes import notes_of
from tallystick.records import Issue

__all__ = ["Line", "documents_of"]

TOOL = "jsonl-1 utf-8"
MEDIA_TYPE = "application/json"
# `category` and the like belong to the contract of `read`; they say nothing of the source.
_BESIDE = frozenset({"id", "text", "category", "level"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Hold one line of a file: its bytes, its number from 1, the id it gives, and its dump."""

    data: bytes
    number: int
    id: str
    dumped: Dumped


def documents_of(data: bytes, where: str) -> Iterator[Line]:
    """Yield each line that is not empty, in order, also those that hold no document."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        bare = line.strip()
        if bare:
            yield _document(bare, number, f"{where} line {number}")


def _document(line: bytes, number: int, where: str) -> Line:
    told, why = _object(line)
    if told is None:
        issue = _bad_line(where, why)
        dumped = Dumped(text=None, media_type=MEDIA_TYPE, issues=(issue,))
        return Line(data=line, number=number, id="", dumped=dumped)
    notes, issues = notes_of(told, where, beside=_BESIDE)
    dumped = Dumped(
        text=str(told["text"]),
        tool=TOOL,
        media_type=MEDIA_TYPE,
        notes=notes,
        issues=tuple(issues),
    )
    return Line(data=line, number=number, id=str(told.get("id", "")), dumped=dumped)


def _object(line: bytes) -> tuple[dict[str, object] | None, str]:
    try:
        told = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return None, "is not UTF-8"
    except (ValueError, RecursionError):
        return None, "is no JSON"
    if not isinstance(told, dict):
        return None, "is no JSON object"
    if not isinstance(told.get("text"), str):
        return None, "has no “text”"
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in told["text"]):
        return None, "has half a letter (a lone surrogate) in its text"
    return told, ""


def _bad_line(where: str, why: str) -> Issue:
    says = f"The line {why}; no document was made of it. The file as a whole was kept."
    then = 'write one object {"id", "text", "published"} a line, and preserve the corrected file.'
    return trouble("preserving.bad-line", where, says, then)
