"""Dump web pages: the text and what the page says of itself, had by the child."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tallystick.preserving.apart import Answer, Apart
from tallystick.preserving.dumped import Dumped, trouble
from tallystick.preserving.encoding import decode, is_binary
from tallystick.preserving.notes import notes_of
from tallystick.preserving.plain import binary, encoding_issues
from tallystick.records import Issue

__all__ = ["dump_page", "trouble_of"]

MEDIA_TYPE = "text/html"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_HEAD_AT_MOST = 1 << 16
_NAMES = ("title", "outlet", "published")
_OWN_NAMES = ("title", "outlet", "published", "url", "kind", "lang", "access")
_SAYS = {
    "preserving.damaged": (
        "The file is damaged or is not what its name says; it was kept, unread.",
        "open it with the program that made it, save it anew, and preserve that file too.",
    ),
    "preserving.declared": (
        "The file declares a document type, as attacks do; it was kept, unread.",
        "open it in a safe place, save its text, and preserve that file too.",
    ),
    "preserving.too-much": (
        "Reading the file needs more memory than a document may; it was kept, unread.",
        "part it into smaller files, and preserve those too.",
    ),
    "preserving.too-slow": (
        "Reading the file took longer than a document may; it was kept, unread.",
        "save its text, and preserve that file too.",
    ),
}


def trouble_of(answer: Answer, where: str) -> Issue:
    """Return the issue for a document that the child could not read."""
    code = f"preserving.{answer.trouble}"
    says, then = _SAYS[code]
    return trouble(code, where, says, then)


def dump_page(data: bytes, where: str, apart: Apart) -> Dumped:
    """Return the text of a web page: headline first, then the main text, without its menus."""
    if is_binary(data):
        return binary(where, MEDIA_TYPE)
    said = _CHARSET.search(data[:4096])
    decoded = decode(data, said[1].decode("ascii") if said else "")
    issues = encoding_issues(decoded, where)
    answer = apart.read("page", decoded.text.encode("utf-8"))
    if answer.trouble:
        issues.append(trouble_of(answer, where))
        return Dumped(text=None, media_type=MEDIA_TYPE, issues=tuple(issues))
    own, unknown = notes_of(_said_in(decoded.text), where)
    told = {name: answer.told[name] for name in _NAMES if answer.told.get(name)}
    had, unclear = notes_of(told, where)
    notes = own.over(had)
    if notes.published and not own.published:
        says = f"The day of publication {notes.published} was had from the page's own data."
        then = "compare it with the page; front matter or a sidecar file says it better."
        issues.append(trouble("preserving.date-from-page", where, says, then, weight="note"))
    return Dumped(
        text=str(answer.told.get("text", "")) or None,
        tool=f"page-1 {answer.told['tool']} {decoded.encoding}",
        media_type=MEDIA_TYPE,
        notes=notes,
        issues=(*issues, *unknown, *unclear),
    )


class _Head(HTMLParser):
    """Find what the head of a page says in our own names: ``<meta name="outlet" content="…">``."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, object] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "html" and told.get("lang"):
            self.said.setdefault("lang", told["lang"])
        if tag == "meta" and told.get("name") in _OWN_NAMES:
            self.said[told["name"]] = told.get("content", "")


def _said_in(text: str) -> dict[str, object]:
    head = _Head()
    head.feed(text[:_HEAD_AT_MOST].partition("<body")[0])
    return head.said
