"""Read the text of a web page, with what the page says of itself. Runs in the child alone."""

from __future__ import annotations

from collections.abc import Mapping

from trafilatura import __version__ as version
from trafilatura import bare_extraction

__all__ = ["read_page"]

# The page's own statement only: no search through the text for something like a date.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}


def read_page(data: bytes, said: Mapping[str, str]) -> dict[str, object]:
    """Return the text of a page that was decoded and encoded anew as UTF-8."""
    found = bare_extraction(
        data.decode("utf-8"),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params=_DATES,
        url=said.get("url") or None,
    )
    told: dict[str, object] = {"tool": f"trafilatura-{version}"}
    if found is None or isinstance(found, dict):
        return told | {"text": ""}
    text = (found.text or "").strip()
    title = " ".join((found.title or "").split())
    # The headline makes claims of its own, so it is a part of the text.
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}".strip()
    return told | {
        "text": text,
        "title": title,
        "outlet": found.sitename or "",
        "published": found.date or "",
        "lang": found.language or "",
    }
