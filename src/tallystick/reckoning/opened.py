"""Open a desk for a question: the book of its claims, with what lists of named persons say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tallystick.reckoning.admit import admit, book_of
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.lists import lists_of
from tallystick.reckoning.options import Options
from tallystick.records import Claim, Issue, Listed, Query

__all__ = ["desk_of", "key_of"]


def key_of(query: Query) -> object:
    """Return what questions must share to be asked of one desk."""
    return query.kind, query.unit, query.as_of, query.tellers


def desk_of(
    admitted: Mapping[str, Claim],
    query: Query,
    ground: Ground,
    options: Options,
    listed: Iterable[Listed] = (),
) -> Desk:
    """Return the desk at which a question is answered.

    Args:
        admitted: Claims that can be used, by id.
        query: The question.
        ground: Places, actors and terms.
        options: The premises.
        listed: Persons on lists.
    """
    persons = tuple(listed)
    lists = lists_of(persons, query, ground)
    undated = _undated(persons, query)
    if not lists.listed:
        book = book_of(admitted, query, ground, options)
        return Desk(replace(book, issues=(*book.issues, *undated)), ground, options)
    told, issues = admit(lists.claims(options.k), ground)
    book = book_of({**admitted, **told}, query, ground, options)
    whole = replace(book, lists=lists, issues=(*book.issues, *issues, *undated))
    return Desk(whole, ground, options)


def _undated(listed: Sequence[Listed], query: Query) -> list[Issue]:
    """Return a note for each list of which nothing says when it was known."""
    if query.as_of is None:
        return []
    return [
        Issue(
            code="reckoning.undated",
            weight="note",
            where=name,
            says=f"Nothing says when this list was known; left out as of {query.as_of}.",
            then="Give the day on which its source was published.",
        )
        for name in sorted({each.list for each in listed if each.known is None})
    ]
