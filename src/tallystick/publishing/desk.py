"""Hold what every page is written from: the redacted dossier, the words, and the ways to link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tallystick.errors import BrokenSeal, Unreadable
from tallystick.publishing.dossier import LooseEnd, Preserved, Told
from tallystick.publishing.figures import ReadFigure
from tallystick.publishing.labels import Labels
from tallystick.publishing.markup import Content, Html, tag
from tallystick.publishing.redact import Redacted
from tallystick.publishing.wording import Words
from tallystick.records import Days, Statement

__all__ = ["Desk", "MisplacedQuote", "UnusableId", "desk_for"]

T = TypeVar("T")
_FILE_NAME = re.compile(r"[a-z][A-Za-z0-9-]{0,80}")


class UnusableId(Unreadable):
    """An id cannot be the name of a page."""

    code = "unusable-id"

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"The id “{id_[:40]}” cannot be the name of a page.",
            then="use the ids that Tallystick makes.",
        )


class MisplacedQuote(BrokenSeal):
    """The words of a claim or statement are not at their place in the preserved text."""

    code = "misplaced-quote"

    def __init__(self, id_: str, source: str) -> None:
        super().__init__(
            f"The words of {id_[:40]} are not at their place in the preserved text.",
            where=source,
            then="run `tallystick verify` on the case.",
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """Write links and look records up, from a page at a given depth.

    Args:
        dossier: What may be shown.
        words: Sentences of the interface.
        labels: Names of places, tellers and terms.
        figures: By id, in the order of the dossier.
        told: Claims by id.
        sources: By id.
        told_in: Claims by the id of their source.
        said_in: Statements by the id of their source.
        root: What leads from the page to the report's folder: empty, or ``../``.
    """

    dossier: Redacted
    words: Words
    labels: Labels
    figures: Mapping[str, ReadFigure]
    told: Mapping[str, Told]
    sources: Mapping[str, Preserved]
    told_in: Mapping[str, Sequence[Told]]
    said_in: Mapping[str, Sequence[Statement]]
    root: str = ""

    def below(self) -> Desk:
        """Return the same desk for a page one folder down."""
        return replace(self, root="../")

    def figure(self, id_: str, from_id: str = "report") -> ReadFigure:
        if id_ not in self.figures:
            raise LooseEnd(from_id, id_)
        return self.figures[id_]

    def first(self) -> ReadFigure | None:
        """Return the figure that stands first; None if the report has none."""
        return self.figure(self.dossier.headline[0]) if self.dossier.headline else None

    def window(self) -> Days | None:
        """Return the days that the report is about: those of its first figure, else the case's."""
        first = self.first()
        return (first.query.during if first else None) or self.dossier.window

    def figure_link(self, figure: ReadFigure, content: Content, part: str = "") -> Html:
        """Return content as a link to the page that proves a figure."""
        fragment = f"#{part}" if part else ""
        return tag("a", content, href=f"{self.root}figures/{figure.id}.html{fragment}")

    def number(self, figure: ReadFigure, n: int, part: str = "") -> Html:
        """Return a number of a figure as a link to its proof."""
        return self.figure_link(figure, self.words.number(n), part)

    def claim_link(self, id_: str, content: Content) -> Html:
        """Return content as a link to the words of a claim in their context."""
        source = self.told[id_].claim.source
        return tag("a", content, href=f"{self.root}sources/{source}.html#{id_}")

    def source_link(self, id_: str, content: Content, part: str = "") -> Html:
        fragment = f"#{part}" if part else ""
        return tag("a", content, href=f"{self.root}sources/{id_}.html{fragment}")

    def is_restricted(self, source_id: str) -> bool:
        return self.sources[source_id].source.access != "public"


def desk_for(dossier: Redacted) -> Desk:
    """Return the desk of a dossier, once everything that it points to is there.

    Raises:
        LooseEnd: A claim, table or figure names what the dossier does not hold.
        MisplacedQuote: The words of a claim are not at their place in the preserved text.
        UnusableId: An id cannot be the name of a file.
    """
    words = Words(dossier.lang)
    figures = {told.id: told for told in map(ReadFigure.from_json, dossier.figures)}
    desk = Desk(
        dossier=dossier,
        words=words,
        labels=Labels(dossier.places, dossier.actors, words),
        figures=figures,
        told={told.claim.id: told for told in dossier.claims},
        sources={kept.source.id: kept for kept in dossier.sources},
        told_in=_grouped(dossier.claims, lambda told: told.claim.source),
        said_in=_grouped(dossier.statements, lambda saying: saying.source),
    )
    _check_ends(desk)
    _check_names(desk)
    _check_quotes(desk)
    return desk


def _grouped(records: Iterable[T], key: Callable[[T], str]) -> Mapping[str, Sequence[T]]:
    groups: dict[str, list[T]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


def _check_ends(desk: Desk) -> None:
    dossier = desk.dossier
    ends = [
        *((told.claim.id, told.claim.source, desk.sources) for told in dossier.claims),
        *((saying.id, saying.source, desk.sources) for saying in dossier.statements),
        *(("headline", id_, desk.figures) for id_ in dossier.headline),
        *(
            (f"table by {table.axis}", id_, desk.figures)
            for table in dossier.tables
            for id_ in (table.whole, *table.rows)
        ),
        *(
            (figure.id, id_, desk.told)
            for figure in desk.figures.values()
            for disagreement in figure.contested
            for id_ in disagreement.claims
        ),
        *(
            (figure.id, figure.certificate, dossier.certificates)
            for figure in desk.figures.values()
            if figure.certificate
        ),
    ]
    for from_id, to_id, known in ends:
        if to_id not in known:
            raise LooseEnd(from_id, to_id)


def _check_names(desk: Desk) -> None:
    for id_ in (*desk.figures, *desk.sources, *desk.dossier.certificates):
        if not _FILE_NAME.fullmatch(id_):
            raise UnusableId(id_)


def _check_quotes(desk: Desk) -> None:
    quoted = [
        *((one.id, one.source, one.span, one.quote) for one in desk.dossier.statements),
        *(
            (one.id, one.source, one.span, one.quote)
            for one in (told.claim for told in desk.dossier.claims)
        ),
    ]
    for id_, source, span, quote in quoted:
        shown = desk.sources[source].shown
        if shown is not None and span is not None and (shown.words_at(*span) or "") != quote:
            raise MisplacedQuote(id_, source)
