"""Keep the bytes of sources, each file under the SHA-256 of what it holds.

Order of writing: temp file, fsync, rename, fsync of the folder. When ``put`` returns, the bytes
are durable; only then may a journal entry name them. A crash leaves temp files at most, which
``sweep`` takes away.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from tallystick.errors import BrokenSeal, Refused
from tallystick.records import digest

__all__ = ["AlteredBlob", "MissingBlob", "NoRoom", "Vault"]

_CHUNK = 1 << 20
_RESTORE = "restore this file from the last backup; the journal says which bytes it must hold."


class MissingBlob(BrokenSeal):
    """A preserved file is gone."""

    code = "missing-blob"

    def __init__(self, sha256: str) -> None:
        super().__init__(
            "A preserved file is not there.", where=f"blobs/{sha256[:2]}/{sha256}", then=_RESTORE
        )


class AlteredBlob(BrokenSeal):
    """A preserved file is not what it was."""

    code = "altered-blob"

    def __init__(self, sha256: str, found: str) -> None:
        super().__init__(
            f"A preserved file has other bytes now: their SHA-256 begins {found[:12]}.",
            where=f"blobs/{sha256[:2]}/{sha256}",
            then=_RESTORE,
        )


class NoRoom(Refused):
    """The vault cannot be written to."""

    code = "no-room"

    def __init__(self, says: str) -> None:
        super().__init__(
            f"The bytes could not be kept: {says}.",
            then="free the disk or its permissions and run it again; what was kept stays.",
        )


class Vault:
    """Hold preserved bytes in one folder, two letters deep."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._temp = folder / "tmp"

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this digest lie, whether or not they do."""
        return self._folder / sha256[:2] / sha256

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def put(self, data: bytes) -> str:
        """Keep bytes; return their SHA-256 once they are durable.

        Raises:
            NoRoom: The disk is full or may not be written to; nothing was kept.
        """
        return self.put_all([data])[0]

    def put_all(self, pieces: Iterable[bytes]) -> list[str]:
        """Keep several pieces with one fsync for each folder; return their digests in order.

        Raises:
            NoRoom: The disk is full or may not be written to.
        """
        try:
            kept = [(digest(piece), piece) for piece in pieces]
            written = {
                name: self._write(piece)
                for name, piece in dict(kept).items()
                if not self._holds(name, len(piece))
            }
            self._settle(written)
        except OSError as trouble:
            raise NoRoom(trouble.strerror or "the disk refuses") from trouble
        return [name for name, _ in kept]

    def _holds(self, sha256: str, size: int) -> bool:
        # A file of that name was durable when it was named; only its length is looked at here.
        path = self.path(sha256)
        return path.is_file() and path.stat().st_size == size

    def _write(self, piece: bytes) -> Path:
        self._make(self._temp)
        temp = self._temp / secrets.token_hex(8)
        descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(descriptor, "wb") as file:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return temp

    def _settle(self, written: dict[str, Path]) -> None:
        folders = set()
        for name, temp in written.items():
            target = self.path(name)
            self._make(target.parent)
            temp.replace(target)
            folders.add(target.parent)
        for folder in sorted(folders):
            _sync(folder)

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync(folder.parent)

    def get(self, sha256: str) -> bytes:
        """Return the bytes with this digest.

        Raises:
            MissingBlob: They are not there.
            AlteredBlob: The file holds other bytes.
        """
        try:
            data = self.path(sha256).read_bytes()
        except OSError as trouble:
            raise MissingBlob(sha256) from trouble
        found = digest(data)
        if found != sha256:
            raise AlteredBlob(sha256, found)
        return data

    def broken(self, wanted: Iterable[str]) -> Iterator[BrokenSeal]:
        """Hash each wanted file anew; yield one trouble for each that is not what it was."""
        for sha256 in wanted:
            running = hashlib.sha256()
            try:
                with self.path(sha256).open("rb") as file:
                    while chunk := file.read(_CHUNK):
                        running.update(chunk)
            except OSError:
                yield MissingBlob(sha256)
                continue
            if running.hexdigest() != sha256:
                yield AlteredBlob(sha256, running.hexdigest())

    def strays(self, wanted: Iterable[str]) -> list[Path]:
        """Return the files that no entry rests on: a crash may leave some."""
        named = {self.path(sha256) for sha256 in wanted}
        return sorted(
            path for path in self._folder.glob("*/*") if path.is_file() and path not in named
        )

    def sweep(self, wanted: Iterable[str]) -> int:
        """Take away what no entry rests on; only while nobody else writes. Return how many."""
        strays = self.strays(wanted)
        for path in strays:
            path.unlink()
        return len(strays)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
