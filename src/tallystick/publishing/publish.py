"""Publish a case: take what may be shown, make its pages, seal them in a manifest, write them."""

from __future__ import annotations

from pathlib import Path

from tallystick.publishing.desk import desk_for
from tallystick.publishing.dossier import Dossier, known_then
from tallystick.publishing.files import earlier_files, manifest
from tallystick.publishing.pages import pages_of
from tallystick.publishing.profiles import Release
from tallystick.publishing.redact import redact
from tallystick.records import Publication, PublishedFile, digest

__all__ = ["publish"]


def publish(dossier: Dossier, out: Path, release: Release | None = None) -> Publication:
    """Write a report into a folder and return what was written.

    The folder is created. Files that an earlier report left there and this one does not have are
    removed, since they may show what may no longer be shown; files of others are left alone.

    Args:
        dossier: All of the case that the report is made of; redacted here before anything else.
        out: The folder.
        release: What the one who publishes lets out; None = what anybody may see.

    Raises:
        UnknownProfile: There is no such profile.
        NoSuchText: A whole text is asked for that the report does not hold.
        RestrictedText: A whole text is asked for that is restricted.
        UnknownLanguage: There are no sentences in the dossier's language.
        BadFigure: A figure has not the form that reckoning gives it.
        LooseEnd: The dossier names something that it does not hold.
        UnusableId: An id cannot be the name of a page.
        MisplacedQuote: The words of a claim are not at their place in the preserved text.
    """
    release = release or Release()
    desk = desk_for(redact(known_then(dossier), release))
    files = pages_of(desk)
    files["manifest.json"] = manifest(files, dossier.version, release.whole_texts)
    for path in earlier_files(out):
        if path not in files:
            (out / path).unlink(missing_ok=True)
    for path, data in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return Publication(
        profile=release.profile,
        version=dossier.version,
        whole_texts=tuple(sorted(release.whole_texts)),
        manifest=digest(files["manifest.json"]),
        files=tuple(
            PublishedFile(path=path, sha256=digest(data), size=len(data))
            for path, data in sorted(files.items())
        ),
    )
