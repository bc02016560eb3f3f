"""Hold what a report was when it was published: its files and their digests."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Publication", "PublishedFile"]


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """Hold one file of a report.

    Args:
        path: Inside the report's folder, parted by ``/``.
        sha256: Digest of its bytes.
        size: Bytes.
    """

    path: str
    sha256: str
    size: int

    def as_json(self) -> dict[str, object]:
        return {"path": self.path, "sha256": self.sha256, "size": self.size}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Hold one report as it went out.

    Args:
        profile: The redaction profile.
        version: Of Tallystick.
        manifest: Digest of ``manifest.json``, which lists every other file with its digest.
        files: All files, by path.
        whole_texts: Ids of the sources whose whole text was let out, because it was asked for.
    """

    profile: str
    version: str
    manifest: str
    files: tuple[PublishedFile, ...]
    whole_texts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "type": "publication",
            "profile": self.profile,
            "version": self.version,
            "manifest": self.manifest,
            "whole_texts": list(self.whole_texts),
            "files": [file.as_json() for file in self.files],
        }
