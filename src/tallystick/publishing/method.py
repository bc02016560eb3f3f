"""Say how the figures were made and what they do not say."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.publishing.desk import Desk
from tallystick.publishing.markup import Html, joined, tag, verbatim

__all__ = ["files_of", "limits", "method_of", "premises", "sources_of"]

_LIMITS = (
    "higher",
    "trust",
    "matching",
    "labels",
    "overlap",
    "contested",
    "attribution",
    "reading",
)


def method_of(desk: Desk) -> Html:
    """Return the premises of the reckoning and what the figures do not say."""
    words = desk.words
    methods = sorted({figure.method for figure in desk.figures.values() if figure.method})
    rows = premises(desk, desk.dossier.premises)
    named = words.listed(tag("code", method) for method in methods)
    return joined(
        [
            tag("p", words("method.intro")),
            tag("p", words("method.name", method=named)) if methods else "",
            rows,
            tag("h3", words("method.limits")),
            limits(desk),
        ]
    )


def premises(desk: Desk, told: Mapping[str, object]) -> Html:
    """Return what a reckoning takes for granted, in words where there are words for it."""
    rows = [
        tag("div", tag("dt", _premise_name(desk, name)), tag("dd", _premise(desk, name, value)))
        for name, value in told.items()
        if value not in (None, "", [], ())
    ]
    return tag("dl", rows) if rows else Html("")


def _premise_name(desk: Desk, name: str) -> Html:
    key = f"premise.{name}"
    return desk.words(key) if desk.words.has(key) else verbatim(name.replace("_", " "))


def _premise(desk: Desk, name: str, value: object) -> Html:
    if isinstance(value, list | tuple):
        return desk.words.listed(verbatim(str(item)) for item in value)
    said = str(value).lower() if isinstance(value, bool) else str(value)
    key = f"premise-value.{name}.{said}"
    return desk.words(key) if desk.words.has(key) else verbatim(said)


def limits(desk: Desk) -> Html:
    """Return what a reader must know before repeating a figure."""
    return tag("ul", [tag("li", desk.words(f"limit.{name}")) for name in _LIMITS], class_="limits")


def sources_of(desk: Desk) -> Html:
    """Return every source with what is kept of it."""
    words = desk.words
    items = []
    for kept in sorted(desk.sources.values(), key=lambda k: (str(k.source.published), k.source.id)):
        source = kept.source
        if desk.is_restricted(source.id):
            name = desk.source_link(source.id, words("source.restricted-short"))
            line = tag("code", source.id)
        else:
            name = desk.source_link(source.id, tag("bdi", source.title or source.id))
            day = words.day(source.published) if source.published else words("source.undated")
            line = joined([verbatim(source.outlet) if source.outlet else "", day], " · ")
        digest = tag("code", source.sha256[:12] + "…", title=source.sha256)
        items.append(tag("li", name, tag("span", line, " · ", digest, class_="from")))
    if not items:
        return tag("p", words("sources.none"))
    intro = [tag("p", words(f"sources.{name}")) for name in ("intro", "passages")]
    return joined([*intro, _shown_whole(desk), tag("ol", items, class_="sources")])


def _shown_whole(desk: Desk) -> Html:
    """Return which texts were let out whole, since that was asked for."""
    whole = [kept.source for kept in desk.sources.values() if kept.shown and kept.shown.is_whole]
    if not whole:
        return Html("")
    links = (
        desk.source_link(source.id, tag("bdi", source.title or source.id))
        for source in sorted(whole, key=lambda source: source.id)
    )
    return tag("p", desk.words("sources.whole", listed=desk.words.listed(links)), class_="note")


def files_of(desk: Desk) -> Html:
    """Return what lies beside the pages, for machines and for those who check."""
    words = desk.words
    names = ("figures.json", "claims.jsonl", "statements.jsonl", "manifest.json")
    items = [
        tag(
            "li",
            tag("a", tag("code", name), href=name),
            " ",
            words(f"files.{name.partition('.')[0]}"),
        )
        for name in names
    ]
    items += [
        tag("li", tag("code", f"{name}/"), " ", words(f"files.{name}"))
        for name in ("certificates", "sources")
    ]
    head = desk.dossier.checkpoint
    checkpoint = tag("p", words("files.checkpoint", head=tag("code", head))) if head else ""
    return joined([tag("ul", items, class_="files"), checkpoint])
