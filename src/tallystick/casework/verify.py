"""Verify a case: the journal, the tables that are folds of it, and every preserved byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tallystick.casework.case import BLOBS, LEDGER, NoCase
from tallystick.errors import BrokenSeal, Unreadable
from tallystick.ledger import Head, Ledger
from tallystick.preserving import Vault

__all__ = ["BadHead", "Verified", "head_of", "verify"]

Watch = Callable[[list[str]], Iterable[str]]


class BadHead(Unreadable):
    """A remembered head cannot be read."""

    code = "bad-head"

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words[:80]}” is no head of a journal.",
            then="write SIZE:ROOT as `tallystick verify` printed it.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Hold what was checked and what was found.

    Args:
        head: Size and root of the journal now; remember them to see a rewritten journal later.
        entries: Entries checked.
        blobs: Preserved files hashed anew.
        strays: Files in the vault that no entry rests on; a crash may leave some, and they harm
            nothing.
        broken: Each place that is not as it was sealed.
        replayed: Entries folded anew into the tables before the check; None = not asked.
    """

    head: Head
    entries: int
    blobs: int
    strays: int
    broken: tuple[BrokenSeal, ...]
    replayed: int | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "ok": not self.broken,
            "head": self.head.as_json(),
            "entries": self.entries,
            "blobs": self.blobs,
            "strays": self.strays,
            "replayed": self.replayed,
            "broken": [trouble.as_json() for trouble in self.broken],
        }


def head_of(words: str) -> tuple[int, str]:
    """Read ``SIZE:ROOT``.

    Raises:
        BadHead: Anything else.
    """
    size, _, root = words.partition(":")
    if not size.isdecimal() or len(root) != 64 or set(root) - set("0123456789abcdef"):
        raise BadHead(words)
    return int(size), root


def verify(
    folder: Path,
    *,
    old_head: tuple[int, str] = (0, ""),
    replay: bool = False,
    watch: Watch = iter,
) -> Verified:
    """Check a case; a broken place is returned, not raised, so that all of them are named.

    Args:
        folder: The case; its settings are not needed.
        old_head: A head that somebody remembered; (0, "") = none.
        replay: Fold the journal anew into the tables first.
        watch: Is handed the digests to check and hands them on; for a progress bar.

    Raises:
        NoCase: There is no ledger in this folder.
        NotALedger: The database cannot be opened at all.
    """
    if not (folder / LEDGER).is_file():
        raise NoCase(folder)
    vault = Vault(folder / BLOBS)
    with Ledger.open(folder / LEDGER) as ledger:
        replayed = ledger.replay() if replay else None
        audit = ledger.verify(old_size=old_head[0], old_root=old_head[1])
    named = sorted(audit.blobs)
    broken = (*audit.broken, *vault.broken(watch(named)))
    return Verified(
        head=Head(audit.origin, audit.entries, audit.root),
        entries=audit.entries,
        blobs=len(named),
        strays=len(vault.strays(named)),
        broken=broken,
        replayed=replayed,
    )
