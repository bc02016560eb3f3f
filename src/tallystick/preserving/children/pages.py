"""Read the text of a web page, with what the page says of itself. Runs in the child alone."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree, html
from trafilatura import __version__ as version
from trafilatura import bare_extraction

__all__ = ["read_page"]

# The page's own statement only: no search through the text for something like a date.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
# What the parser notes when it gave up in the middle; half a page must not pass for the whole.
_GAVE_UP = {"ERR_NO_MEMORY", "ERR_RESOURCE_LIMIT"}


def read_page(data: bytes, _said: Mapping[str, str]) -> dict[str, object]:
    """Return the text of a page that was decoded and encoded anew as UTF-8."""
    parser = html.HTMLParser(encoding="utf-8")
    try:
        data.decode("utf-8")
        page = html.document_fromstring(data, parser=parser)
    except etree.XMLSyntaxError:
        return {"trouble": "too-much" if _gave_up(parser) else "damaged"}
    except etree.ParserError:
        page = None
    if page is not None and _gave_up(parser):
        return {"trouble": "too-much"}
    return {"tool": f"trafilatura-{version}"} | (_text_of(page) if page is not None else {})


def _gave_up(parser: html.HTMLParser) -> bool:
    return any(note.type_name in _GAVE_UP for note in parser.error_log)


def _text_of(page: html.HtmlElement) -> dict[str, object]:
    found = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params=_DATES,
    )
    if found is None or isinstance(found, dict):
        return {}
    text = (found.text or "").strip()
    title = " ".join((found.title or "").split())
    # The headline makes claims of its own, so it is a part of the text.
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}".strip()
    return {
        "text": text,
        "title": title,
        "outlet": found.sitename or "",
        "published": found.date or "",
        "lang": found.language or "",
    }
