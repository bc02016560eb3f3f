"""Make every file of a report: its pages, its style sheet, and what lies beside them."""

from __future__ import annotations

from importlib.resources import files as package_files

from tallystick.publishing.desk import Desk
from tallystick.publishing.figure_page import figure_page
from tallystick.publishing.files import data_files
from tallystick.publishing.proof import proof_of
from tallystick.publishing.report import report_page
from tallystick.publishing.source_page import source_page

__all__ = ["pages_of"]


def pages_of(desk: Desk) -> dict[str, bytes]:
    """Return every file of the report but the manifest, by its path in the report's folder."""
    below = desk.below()
    pages = {"index.html": report_page(desk), "report.css": _style()}
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
