"""Hold what a reader of one format gives: a text to which spans refer, and what it found beside."""

from __future__ import annotations

from dataclasses import dataclass, field

from tallystick.preserving.notes import Notes
from tallystick.records import Issue, Weight

__all__ = ["Dumped", "trouble"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dumped:
    """Hold a text dump.

    Args:
        text: The dump; None if no text could be had.
        tool: Name and version of what made it, with the encoding.
        media_type: Of the bytes.
        notes: What the file says of itself.
        issues: What is wrong with it.
    """

    text: str | None
    tool: str = ""
    media_type: str
    notes: Notes = field(default_factory=Notes)
    issues: tuple[Issue, ...] = ()


def trouble(code: str, where: str, says: str, then: str, weight: Weight = "fault") -> Issue:
    """Return an issue of this room."""
    return Issue(code=code, weight=weight, where=where, says=says, then=then)
