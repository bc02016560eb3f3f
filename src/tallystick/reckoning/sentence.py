"""Say a figure as one sentence: at least so many people, what was done to them, where and when.

Labels belong to whoever describes people so: a bound on a label says "counted as".
"""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.records import Query
from tallystick.terms import Actors, Places, UnknownVocabulary, vocabulary

__all__ = ["listed", "sentence_of"]

_DONE = {
    "killed": "were killed",
    "injured": "were injured (cases)",
    "abducted": "were abducted (cases)",
    "missing": "were missing at one time",
    "detained": "were detained at one time",
    "displaced": "were displaced at one time",
    "killed+injured": "were killed or injured",
}


def sentence_of(query: Query, lo: int, places: Places, actors: Actors) -> str:
    """Return the documented bound of a question as a sentence."""
    people = "people" if query.unit == "persons" else "families"
    parts = [f"At least {lo:,} {people}", _whom(query), _DONE[query.kind]]
    parts += [f"in {_places(query.where, places)}"] if query.where else []
    parts += [f"to {_places(query.to, places)}"] if query.to else []
    parts += [_during(query)] if query.during else []
    parts += [f"by {listed([_actor(by, actors) for by in query.by], 'or')}, as alleged"] * bool(
        query.by
    )
    told = " ".join(part for part in parts if part)
    if query.tellers:
        told += f", as {listed([_actor(name, actors) for name in query.tellers])} count"
    if query.as_of:
        told += f", as far as was published by {query.as_of.isoformat()}"
    return f"{told}."


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list: “A, B and C”."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _whom(query: Query) -> str:
    inside = [_term(test.key, test.term) for test in query.whom if test.inside]
    outside = [_term(test.key, test.term) for test in query.whom if not test.inside]
    told = [f"counted as {listed(inside)}"] * bool(inside)
    told += [f"not counted as {listed(outside, 'or')}"] * bool(outside)
    return listed(told) if told else ""


def _term(key: str, term: str) -> str:
    try:
        known = vocabulary(key).get(term)
    except UnknownVocabulary:
        known = None
    return known.label().lower() if known else term


def _places(ids: Sequence[str], places: Places) -> str:
    known = [places.get(id_) for id_ in ids]
    return listed([place.label() if place else id_ for place, id_ in zip(known, ids, strict=True)])


def _actor(id_: str, actors: Actors) -> str:
    return actors.label(id_) if id_ in actors else id_


def _during(query: Query) -> str:
    days = query.during
    assert days is not None, "only asked where the question names days"
    if days.first == days.last:
        return f"on {days.first.isoformat()}"
    return f"from {days.first.isoformat()} to {days.last.isoformat()}"
