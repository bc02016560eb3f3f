"""Read a report back as a browser would: elements, links, anchors, text. Standard library only."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

VOID = {"meta", "link", "br", "hr", "wbr", "img", "input"}


class Element:
    """Hold one element: name, attributes, what it stands in, and what stands in it."""

    def __init__(self, name, attributes, parent):
        self.name, self.attributes, self.parent = name, dict(attributes), parent
        self.children: list[Element | str] = []

    def all(self, name=None):
        for child in self.children:
            if isinstance(child, Element):
                if name is None or child.name == name:
                    yield child
                yield from child.all(name)

    def with_class(self, word):
        return [e for e in self.all() if word in (e.attributes.get("class") or "").split()]

    def ancestors(self):
        step = self.parent
        while step is not None:
            yield step
            step = step.parent

    def text(self, *, without=()):
        parts = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif not set((child.attributes.get("class") or "").split()) & set(without):
                parts.append(child.text(without=without))
        return "".join(parts)


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("root", (), None)
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, attrs, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Element(tag, attrs, self.at))

    def handle_endtag(self, tag):
        if self.at.name != tag:
            self.wrong.append(f"</{tag}> closes <{self.at.name}>")
        if self.at.parent is not None:
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def parsed(markup):
    """Return the root of a page; every element must be closed where it was opened."""
    builder = _Builder()
    builder.feed(markup)
    builder.close()
    assert [] == builder.wrong
    assert builder.at is builder.root
    return builder.root


@lru_cache(maxsize=4)
def pages_in(folder):
    """Return the root of every page of a report, by path; a report does not change."""
    return {
        path.relative_to(folder).as_posix(): parsed(path.read_text("utf-8"))
        for path in sorted(Path(folder).rglob("*.html"))
    }


def target_of(page, href):
    """Return (path, fragment) of a link inside the report."""
    path, _, fragment = href.partition("#")
    if not path:
        return page, fragment
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / path).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts), fragment


def files_in(folder):
    """Return the bytes of every file of a report, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def loose_links(folder):
    """Return the links of a report that lead to no file or no anchor of it."""
    pages, known, loose = pages_in(folder), set(files_in(folder)), []
    for path, root in pages.items():
        for link in (e for e in root.all() if "href" in e.attributes):
            href = link.attributes["href"]
            if href.startswith(("http://", "https://")):
                continue
            target, fragment = target_of(path, href)
            if target not in known or (fragment and fragment not in anchors(pages[target])):
                loose.append(f"{path}: {href}")
    return loose


def anchors(root):
    return [e.attributes["id"] for e in root.all() if e.attributes.get("id")]
