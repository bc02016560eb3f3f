"""Publish a case: take what may be shown, write its pages and files, seal them in a manifest."""

from __future__ import annotations

from importlib.resources import files as package_files
from pathlib import Path

from tallystick.publishing.desk import Desk, desk_for
from tallystick.publishing.dossier import Dossier, known_then
from tallystick.publishing.figure_page import figure_page
from tallystick.publishing.files import data_files, manifest
from tallystick.publishing.proof import proof_of
from tallystick.publishing.redact import redact
from tallystick.publishing.report import report_page
from tallystick.publishing.source_page import source_page
from tallystick.records import Publication, PublishedFile, digest

__all__ = ["pages_of", "publish"]


def publish(dossier: Dossier, out: Path, *, profile: str = "public") -> Publication:
    """Write a report into a folder and return what was written.

    The folder is created. Files of an earlier report that this one does not have are left where
    they are: the manifest says which files belong to the report.

    Args:
        dossier: All of the case that the report is made of; redacted here before anything else.
        out: The folder.
        profile: What may be shown; a name in ``PROFILES``.

    Raises:
        UnknownProfile: There is no such profile.
        LooseEnd: The dossier names something that it does not hold.
        MisplacedQuote: The words of a claim are not at their place in the preserved text.
    """
    desk = desk_for(redact(known_then(dossier), profile))
    pages = pages_of(desk)
    pages["manifest.json"] = manifest(pages, dossier.version)
    for path, data in pages.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return Publication(
        profile=profile,
        version=dossier.version,
        manifest=digest(pages["manifest.json"]),
        files=tuple(
            PublishedFile(path=path, sha256=digest(data), size=len(data))
            for path, data in sorted(pages.items())
        ),
    )


def pages_of(desk: Desk) -> dict[str, bytes]:
    """Return every file of the report but the manifest, by path."""
    pages = {"index.html": report_page(desk), "report.css": _style()}
    below = desk.below()
    used_in: dict[str, list[str]] = {}
    for figure in desk.figures.values():
        for claim in proof_of(desk, figure).claims:
            used_in.setdefault(claim, []).append(figure.id)
        pages[f"figures/{figure.id}.html"] = figure_page(below, figure)
    for id_, kept in desk.sources.items():
        pages[f"sources/{id_}.html"] = source_page(below, kept, used_in)
    pages.update(data_files(desk))
    return pages


def _style() -> bytes:
    return package_files("tallystick.publishing").joinpath("report.css").read_bytes()
