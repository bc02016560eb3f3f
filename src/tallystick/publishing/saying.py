"""Say in sentences what a figure answers and what a claim tells. The wording is fixed.

A figure that depends on a description always names who so describes people (“1,676 people counted
as civilians by SOHR”), and nobody is said to have done what is only attributed to them.
"""

from __future__ import annotations

from collections.abc import Iterable

from tallystick.publishing.desk import Desk
from tallystick.publishing.figures import ReadFigure
from tallystick.publishing.markup import Content, Html, joined
from tallystick.records import Claim, Counted, Days, Query, WhomTest

__all__ = [
    "as_said",
    "as_said_of",
    "counted_when",
    "figure_sentence",
    "of_whom",
    "people",
    "scope",
    "scope_of",
]

_CASES = ("injured", "abducted")


def people(desk: Desk, query: Query, n: int) -> Html:
    """Return “12 people”, “12 families” or, where a person may count twice, “12 cases of …”."""
    if query.unit == "families":
        return desk.words.counted("people.families", n)
    key = query.kind if query.kind in _CASES else "persons"
    return desk.words.counted(f"people.{key}", n)


def figure_sentence(desk: Desk, figure: ReadFigure, n: int, tellers: Iterable[str]) -> Html:
    """Return the whole sentence of a bound: how many, so described by whom, harmed where, when."""
    words, query = desk.words, figure.query
    by = desk.labels.tellers_listed(tellers)
    count = people(desk, query, n)
    parts: list[Content] = [count]
    if query.whom:
        whom = desk.labels.whom(query.whom)
        parts = [words("say.counted-as", people=count, whom=whom, tellers=by)]
        if not by:
            parts = [words("say.counted-as-by-nobody", people=count, whom=whom)]
    parts += [_harmed(desk, query), _days(desk, query)]
    if query.by:
        actor = desk.labels.tellers_listed(query.by)
        parts.append(words("say.attributed", actor=actor, tellers=by) if by else "")
    elif by and not query.whom:
        parts.append(words("say.as-counted", tellers=by))
    if query.as_of:
        parts.append(words("say.as-of", day=words.day(query.as_of)))
    whole = joined(parts, words("list.comma"))
    return words("say.at-least" if n else "say.nobody", parts=whole)


def scope(desk: Desk, query: Query) -> Html:
    """Return what a figure answers, without a number: for a heading."""
    words = desk.words
    whom = desk.labels.whom(query.whom) if query.whom else ""
    actor = desk.labels.tellers_listed(query.by) if query.by else ""
    parts = [
        words("scope.counted-as", whom=whom) if whom else words(f"scope.all-{query.unit}"),
        _harmed(desk, query),
        _days(desk, query),
        words("scope.attributed", actor=actor) if actor else "",
        words("say.as-of", day=words.day(query.as_of)) if query.as_of else "",
    ]
    return joined(parts, words("list.comma"))


def _harmed(desk: Desk, query: Query) -> Html:
    return _harm(desk, query.kind, query.where, query.to)


def _harm(desk: Desk, kind: str, where: tuple[str, ...], to: tuple[str, ...]) -> Html:
    words, place = desk.words, desk.labels.places_listed(where)
    harm = words(f"harm.{kind}.in", where=place) if where else words(f"harm.{kind}.anywhere")
    return joined([harm, words("harm.to", to=desk.labels.places_listed(to)) if to else ""], " ")


def _days(desk: Desk, query: Query) -> Html:
    return desk.words.days(query.during) if query.during else Html("")


def as_said(desk: Desk, claim: Claim) -> Html:
    """Return a claim's number with its hedge: “more than 1,200”."""
    words = desk.words
    hi = claim.lo if claim.hi is None else claim.hi
    if claim.hedge == "range" or (claim.hedge in ("exact", "approx") and hi != claim.lo):
        said = words.between(claim.lo, claim.hi)
    else:
        n = hi if claim.hedge == "at_most" else claim.lo
        said = words(f"hedge.{claim.hedge}", n=words.number(n))
    if claim.unit == "families":
        said = words.counted("claim.families", claim.lo, said=said)
    return words("claim.denied", said=said) if claim.polarity == "denied" else said


def as_said_of(desk: Desk, claim: Claim) -> Html:
    """Return a claim's number with whom it counts: “about 230 security forces”, “12 families”."""
    words, said = desk.words, as_said(desk, claim)
    if not claim.whom:
        return (
            said if claim.unit == "families" else words.counted("claim.people", claim.lo, said=said)
        )
    plural = desk.labels.category(claim.whom)
    if plural and claim.unit == "persons":
        return words("claim.category", said=said, whom=plural)
    people = (
        said if claim.unit == "families" else words.counted("claim.people", claim.lo, said=said)
    )
    return words("claim.counted-as", people=people, whom=of_whom(desk, claim))


def of_whom(desk: Desk, claim: Claim) -> Html:
    """Return whom a claim counts, in terms; “people” where it says nothing."""
    if not claim.whom:
        return desk.words(f"unit.{claim.unit}")
    return desk.labels.whom(WhomTest(key, term) for key, term in claim.whom.items())


def scope_of(desk: Desk, claim: Claim) -> Html:
    """Return what happened to them, where, when, and to whom it is attributed."""
    words = desk.words
    parts = [
        _harm(desk, claim.kind, claim.where, claim.to),
        words.days(claim.during) if claim.during else "",
        words("scope.attributed", actor=desk.labels.teller(claim.by)) if claim.by else "",
    ]
    return joined(parts, words("list.comma"))


def counted_when(desk: Desk, counted: Counted) -> Html:
    """Return the window of documentation: a total until a day, or what a day added."""
    words = desk.words
    if counted.until is None:
        return words("counted.unknown")
    until = words.day(counted.until.day)
    if counted.after is None:
        return words("counted.total", until=until)
    days = words.days(Days(counted.after.day, counted.until.day))
    return words("counted.added", days=days)
