"""Hold what was preserved: a source, and the text dump to which every span refers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

__all__ = ["Access", "Dump", "Source", "SourceKind"]

SourceKind = Literal["news", "statement", "tally", "list", "testimony", "video", "other"]
Access = Literal["public", "restricted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """Hold where the text of a source lies and what made it.

    Args:
        sha256: Digest of the UTF-8 bytes of the text.
        size: Bytes.
        tool: Name and version of what made the text from the source's bytes.
    """

    sha256: str
    size: int
    tool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Hold what is known of one preserved source. Its bytes lie in the vault by ``sha256``.

    Args:
        id: ``s-`` and 12 hexadecimal digits of the SHA-256 of its bytes.
        title: Its headline or title.
        outlet: Who published it.
        url: Where it was published.
        published: Day of publication; None if it states none.
        retrieved: RFC 3339 time at which it was taken in.
        media_type: Of the bytes.
        sha256: Digest of the bytes as received.
        size: Bytes.
        lang: BCP 47 tag; empty if not known.
        kind: What sort of source it is.
        access: Restricted sources never leave the case.
        name: File name as received, without folders.
        text: The dump that spans count in; None if no text could be had.
    """

    id: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: date | None = None
    retrieved: str = ""
    media_type: str
    sha256: str
    size: int
    lang: str = ""
    kind: SourceKind = "other"
    access: Access = "public"
    name: str = ""
    text: Dump | None = None

    def as_json(self) -> dict[str, object]:
        told: dict[str, object] = {"type": "source"}
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, date):
                value = value.isoformat()
            if isinstance(value, Dump):
                value = {"sha256": value.sha256, "size": value.size, "tool": value.tool}
            told[part.name] = value
        return told

    @classmethod
    def from_json(cls, told: dict[str, object]) -> Source:
        """Read a source back from its JSON object, as the journal holds it."""
        values = {name: value for name, value in told.items() if name != "type"}
        if values.get("published"):
            values["published"] = date.fromisoformat(str(values["published"]))
        if isinstance(values.get("text"), dict):
            values["text"] = Dump(**values["text"])  # type: ignore[arg-type]  # as written by as_json
        return cls(**values)  # type: ignore[arg-type]  # as written by as_json
