"""Reckon: claims in; figures with their proofs, or contested, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tallystick.reckoning.admit import admit
from tallystick.reckoning.asking import check_query
from tallystick.reckoning.crew import without_collecting
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.families import derived_of
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.ladder import figure_of
from tallystick.reckoning.opened import desk_of, key_of
from tallystick.reckoning.options import Options
from tallystick.reckoning.scope import Asked
from tallystick.records import Certificate, Claim, Figure, Issue, Listed, Query
from tallystick.terms import Actors, Places

__all__ = ["documented", "reckon"]


@without_collecting()
def reckon(
    claims: Iterable[Claim],
    queries: Sequence[Query],
    *,
    places: Places,
    actors: Actors,
    options: Options | None = None,
    listed: Iterable[Listed] = (),
) -> tuple[tuple[Figure, ...], tuple[Certificate, ...], tuple[Issue, ...]]:
    """Answer questions from claims.

    Args:
        claims: In any order; the same claim twice is one.
        queries: What is asked; questions of one book share its work.
        places: The gazetteer with the case's places.
        actors: Who speaks with one voice.
        options: How to reckon.
        listed: Persons whom lists name, linked: they count beside the claims.

    Returns:
        A figure for each query, in order; the certificates of their documented bounds; and the
        issues of all claims that were set aside.

    Raises:
        UnknownAsked: A question names a place or term that is not known.
    """
    chosen = options or Options()
    ground = Ground(places, actors)
    for query in queries:
        check_query(query, ground)
    admitted, issues = admit(claims, ground)
    persons = tuple(listed)
    desks: dict[object, Desk] = {}
    figures, certificates, found = [], [], list(issues)
    for query in queries:
        key = key_of(query)
        if key not in desks:
            desks[key] = desk_of(admitted, query, ground, chosen, persons)
            found += [issue for issue in desks[key].book.issues if issue not in found]
        figure, certificate = figure_of(desks[key], query)
        derived, proofs = derived_of(
            query, admitted, chosen, lambda mine, asked: desk_of(mine, asked, ground, chosen)
        )
        figures.append(replace(figure, derived=derived, id="") if derived else figure)
        certificates += [proof for proof in (certificate, *proofs) if proof is not None]
    return tuple(figures), tuple(certificates), tuple(found)


@without_collecting()
def documented(
    claims: Iterable[Claim],
    queries: Sequence[Query],
    *,
    places: Places,
    actors: Actors,
    options: Options | None = None,
) -> list[int]:
    """Return the documented bounds alone: the same numbers as ``reckon``, without the ladder."""
    chosen = options or Options()
    ground = Ground(places, actors)
    admitted, _ = admit(claims, ground)
    for query in queries:
        check_query(query, ground)
    by_book: dict[object, list[int]] = {}
    for n, query in enumerate(queries):
        by_book.setdefault(key_of(query), []).append(n)
    found = [0] * len(queries)
    for together in by_book.values():
        desk = desk_of(admitted, queries[together[0]], ground, chosen)
        asked = [Asked.by(queries[n], ground, joint=desk.book.joint) for n in together]
        desk.prepare(asked)
        for n, each in zip(together, asked, strict=True):
            found[n] = desk.bound(each)
    return found
