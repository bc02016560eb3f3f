"""Write HTML in which nothing from outside can become markup.

Text is escaped unless it is ``Html`` already, and only this file makes ``Html`` out of text. No
attribute that runs a script or carries a style can be written, and a link leads to a page of the
report or to ``http(s)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

__all__ = ["Content", "Html", "UnsafeMarkup", "joined", "outside_link", "safe", "tag", "verbatim"]

_VOID = frozenset({"br", "hr", "link", "meta", "wbr"})
_SHAPES = frozenset({"circle", "line", "path", "rect"})
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_LEADS_SOMEWHERE = ("href", "src")
_INSIDE = re.compile(r"(?:\.\./)?(?:[a-z]+/)?[a-z][a-zA-Z0-9-]*(?:\.[a-z]+)?(?:#[^\s]+)?|#[^\s]*")
_OUTSIDE = re.compile(r"https?://[^\s\"'<>`\\]+", re.IGNORECASE)
# Control characters have no meaning in HTML, and the two overrides can make a number read
# backwards; each is shown as one replacement character, so that offsets stay.
_OVERRIDES = (0x202D, 0x202E)
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(13, 32), *range(127, 160)), "\ufffd")
_CONTROLS |= dict.fromkeys((*range(0xD800, 0xE000), *_OVERRIDES), "\ufffd")


class Html(str):
    """Hold markup that is safe as it stands."""

    __slots__ = ()


Content = Html | str | int | None | Iterable["Content"]


class UnsafeMarkup(ValueError):
    """Code asked for markup that could run or load something."""


def safe(content: Content) -> Html:
    """Return content as markup: ``Html`` as it is, everything else escaped; None is nothing."""
    if isinstance(content, Html):
        return content
    if content is None:
        return Html("")
    if isinstance(content, str | int):
        return Html(escape(str(content).translate(_CONTROLS), quote=True))
    return Html("".join(safe(part) for part in content))


def joined(parts: Iterable[Content], between: Content = "") -> Html:
    """Return the parts as markup with something between them; empty parts are left out."""
    written = [part for part in map(safe, parts) if part]
    return Html(safe(between).join(written))


def tag(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Html:
    """Return one element.

    Args:
        name: The element's name.
        content: What stands in it.
        attributes: ``class_`` is written ``class``, ``aria_label`` as ``aria-label``; None and
            False are left out, True is written without a value.

    Raises:
        UnsafeMarkup: An attribute or address that could run or load something.
    """
    start = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    if name in _VOID:
        return Html(start)
    if name in _SHAPES:
        return Html(f"{start[:-1]}/>")
    return Html(f"{start}{safe(content)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.startswith("on") or name in ("style", "srcset"):
        raise UnsafeMarkup(f"The attribute {name} may not be written.")
    if name in _LEADS_SOMEWHERE and not _may_lead_to(str(value)):
        raise UnsafeMarkup(f"The {name} leads outside the report.")
    return f" {name}" if value is True else f' {name}="{safe(str(value))}"'


def _may_lead_to(address: str) -> bool:
    return bool(_INSIDE.fullmatch(address) or _OUTSIDE.fullmatch(address))


def outside_link(url: str) -> Html:
    """Return a link to where a source was published; anything but ``http(s)`` stays plain text."""
    shown = tag("bdi", url, dir="ltr", class_="url")
    if not _OUTSIDE.fullmatch(url):
        return shown
    return tag("a", shown, href=url, rel="external noopener noreferrer nofollow")


def verbatim(words: str) -> Html:
    """Return words from outside, set apart in their own direction."""
    return tag("bdi", words)
