"""Hold one line of the journal: who did what to what, when, and what came before.

An entry is stored as its exact RFC 8785 bytes and never written again. What was said in the deed
(its body) lies beside it; the entry holds only a salted commitment to it, so that the journal
itself names nobody (see ``docs/why/decisions/0002-bodies-lie-beside-their-entries.md``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from tallystick.errors import Unreadable
from tallystick.records.canonical import canonical, parse_canonical

__all__ = ["LONGEST_ENTRY", "BadEntry", "JournalEntry"]

LONGEST_ENTRY = 16 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z")
_ACT = re.compile(r"[a-z]+\.[a-z]+")
_WORDS = re.compile(r"[^\x00-\x1f\x7f]{0,200}")


class BadEntry(Unreadable):
    """Bytes are no entry of a journal."""

    code = "bad-entry"

    def __init__(self, why: str) -> None:
        super().__init__(f"No journal entry: {why}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """Hold one entry.

    Args:
        v: Version of the form of entries.
        origin: The journal's own name, ``tallystick/`` and a random part.
        seq: Place in the journal, from 0, without gaps.
        ts: RFC 3339 time in UTC, as claimed by the machine that wrote it.
        actor: Opaque id of the user who acted.
        act: What was done, one of the ledger's closed list.
        obj: Opaque id of what it was done to.
        prev: Leaf hash of the last entry on the same ``obj``; None = this is its first.
        body: Root of the salted commitments to the body's fields.
        blobs: SHA-256 of each preserved file that the entry rests on.
        tool: Name and version of what did the work.
        why: A code for the reason, not prose; empty if none was given.

    Raises:
        BadEntry: A value that no entry can hold, or more than 16 KiB in all.
    """

    v: int = 1
    origin: str
    seq: int
    ts: str
    actor: str
    act: str
    obj: str
    prev: str | None = None
    body: str
    blobs: tuple[str, ...] = ()
    tool: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        if self.v != 1:
            raise BadEntry(f"version {self.v} is not known")
        if isinstance(self.seq, bool) or not isinstance(self.seq, int) or self.seq < 0:
            raise BadEntry("seq is no place in a journal")
        for name, form in _FORMS.items():
            value = getattr(self, name)
            if not isinstance(value, str) or not form.fullmatch(value):
                raise BadEntry(f"{name} is not in its form")
        hashes = (*self.blobs, self.body, *((self.prev,) if self.prev is not None else ()))
        if not all(isinstance(item, str) and _HASH.fullmatch(item) for item in hashes):
            raise BadEntry("a hash is not 64 lowercase hexadecimal digits")

    def as_bytes(self) -> bytes:
        """Return the exact bytes that are hashed and kept.

        Raises:
            BadEntry: More than 16 KiB.
        """
        told = {part.name: getattr(self, part.name) for part in fields(self)}
        data = canonical(told)
        if len(data) > LONGEST_ENTRY:
            raise BadEntry(f"{len(data)} bytes are more than {LONGEST_ENTRY}")
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> JournalEntry:
        """Read an entry from its exact bytes.

        Raises:
            NotCanonical: The bytes are not canonical JSON.
            BadEntry: They hold no entry.
        """
        if len(data) > LONGEST_ENTRY:
            raise BadEntry(f"{len(data)} bytes are more than {LONGEST_ENTRY}")
        told = parse_canonical(data)
        if not isinstance(told, Mapping) or set(told) != _NAMES:
            raise BadEntry("the fields are not those of an entry")
        if not isinstance(told["blobs"], list):
            raise BadEntry("blobs is no list")
        return cls(**{**told, "blobs": tuple(told["blobs"])})


_FORMS = {
    "origin": re.compile(r"tallystick/[0-9a-z-]{1,64}"),
    "ts": _TIME,
    "actor": re.compile(r"[^\x00-\x1f\x7f]{1,200}"),
    "act": _ACT,
    "obj": re.compile(r"[^\x00-\x1f\x7f]{1,200}"),
    "tool": _WORDS,
    "why": _WORDS,
}
_NAMES = frozenset(part.name for part in fields(JournalEntry))
