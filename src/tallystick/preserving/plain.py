"""Dump plain text and Markdown: the text after its front matter, as it stands."""

from __future__ import annotations

from tallystick.preserving.dumped import Dumped, trouble
from tallystick.preserving.encoding import Decoded, decode, is_binary
from tallystick.preserving.notes import front_matter
from tallystick.records import Issue

__all__ = ["binary", "dump_plain", "encoding_issues"]

TOOL = "plain-1"


def dump_plain(data: bytes, where: str) -> Dumped:
    """Return the text of a ``.txt`` or ``.md`` file."""
    if is_binary(data):
        return binary(where, "text/plain")
    decoded = decode(data)
    notes, text, issues = front_matter(decoded.text, where)
    return Dumped(
        text=text,
        tool=f"{TOOL} {decoded.encoding}",
        media_type="text/plain",
        notes=notes,
        issues=(*encoding_issues(decoded, where), *issues),
    )


def binary(where: str, media_type: str) -> Dumped:
    """Return what can be said of bytes that are no text though their name says so."""
    says = "This is no text: it holds bytes that no text has. The bytes were kept, unread."
    then = "preserve it under the name of its true format, or as text."
    return Dumped(
        text=None, media_type=media_type, issues=(trouble("preserving.binary", where, says, then),)
    )


def encoding_issues(decoded: Decoded, where: str) -> list[Issue]:
    """Say where the encoding was guessed, or is another than the file says."""
    if decoded.is_guess:
        says = f"The text does not say its encoding; it was read as {decoded.encoding}."
        then = "compare the text with the original; if letters are wrong, save it as UTF-8."
        return [trouble("preserving.encoding-guessed", where, says, then, weight="warning")]
    if decoded.wrongly_said:
        says = (
            f"It says {decoded.wrongly_said[:20]} and is {decoded.encoding}; the latter was used."
        )
        then = "nothing, if the text reads well."
        return [trouble("preserving.encoding-wrong", where, says, then, weight="note")]
    return []
