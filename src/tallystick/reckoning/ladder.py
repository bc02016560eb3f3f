"""Set the bounds of one question side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from math import ceil

from tallystick.reckoning.certify import certificate_of, marks_mixed
from tallystick.reckoning.conflict import contests, has_more_sets
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.options import METHOD
from tallystick.reckoning.scope import Asked, Scope
from tallystick.reckoning.tally import Tally
from tallystick.reckoning.voices import corroborated, single, withstands
from tallystick.records import (
    Bound,
    Certificate,
    Claimed,
    Documented,
    Figure,
    Highest,
    Query,
    Single,
)
from tallystick.terms import NAMES

__all__ = ["figure_of"]


def figure_of(desk: Desk, query: Query) -> tuple[Figure, Certificate | None]:
    """Return the figure that answers a query, and the proof of its documented bound."""
    asked = Asked.by(query, desk.ground, joint=desk.book.joint)
    shared = desk.fewest(asked)
    certificate = certificate_of(desk, query, asked, shared) if desk.options.certificates else None
    lo = ceil(shared.value)
    believed = desk.bound(asked, apart="labels")
    claimed = _claimed(desk, asked)
    contested = contests(desk, asked)
    ks = range(1, desk.options.k + 1)
    figure = Figure(
        query=query,
        documented=Documented(lo, certificate.id if certificate else None),
        single=Single(*single(desk, asked)),
        believed=believed,
        corroborated=tuple(Bound(k, corroborated(desk, asked, k)) for k in ks),
        withstands=tuple(Bound(k, withstands(desk, asked, k)) for k in ks),
        otherwise=_otherwise(desk, asked),
        flags=_flags(
            ("contested", any(contest.touches for contest in contested)),
            ("more contradictions", has_more_sets(desk)),
            ("mixed marks", marks_mixed(shared)),
            ("revised", any(tally.teller.revised for tally in desk.speaking(asked))),
            ("cases, not persons", query.kind in ("injured", "abducted")),
        ),
        claimed=claimed,
        highest=_highest(claimed),
        named=_named(desk, asked),
        contested=contested,
        method=METHOD,
    )
    return figure, certificate


def _flags(*flags: tuple[str, bool]) -> tuple[str, ...]:
    return tuple(name for name, is_set in flags if is_set)


def _claimed(desk: Desk, asked: Asked) -> tuple[Claimed, ...]:
    """Return what each originator's own tally says; its editions are its own words relayed."""
    by_originator: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for tally in _told(desk):
        if desk.may_label(tally, asked):
            by_originator[tally.teller.originator].append(desk.claimed(tally, asked))
    found = []
    for originator, bounds in sorted(by_originator.items()):
        lo = max(lo for lo, _ in bounds)
        hi = max((hi for _, hi in bounds if hi is not None), default=None)
        if lo or hi is not None:
            found.append(Claimed(originator, lo, hi if hi is not None and hi >= lo else None))
    return tuple(found)


def _told(desk: Desk) -> list[Tally]:
    return [tally for tally in desk.tallies if tally.teller.originator != NAMES]


def _named(desk: Desk, asked: Asked) -> tuple[int, int] | None:
    """Return the fewest and most distinct persons whom the lists name; None without lists."""
    if desk.book.lists is None:
        return None
    whole = [t for t in desk.speaking(asked) if t.teller.originator == NAMES]
    least = max((ceil(desk.least(tally, asked)) for tally in whole), default=0)
    return least, desk.book.lists.most(asked)


def _highest(claimed: tuple[Claimed, ...]) -> Highest | None:
    bounded = [(each.hi, each.originator) for each in claimed if each.hi is not None]
    if not bounded:
        return None
    most = max(hi for hi, _ in bounded)
    return Highest(min(name for hi, name in bounded if hi == most), most)


def _otherwise(desk: Desk, asked: Asked) -> tuple[Claimed, ...]:
    """Return whom each teller describes in the same places and days, but not as asked for."""
    if not asked.names_a_label:
        return ()
    plain = ("where", "kind")
    nodes = tuple(pair for pair in asked.scope.nodes if pair[0] in plain)
    anybody = Asked(Scope(asked.scope.first, asked.scope.last, nodes))
    others = replace(anybody, less=asked)
    by_originator: dict[str, list[Tally]] = defaultdict(list)
    for tally in _told(desk):
        by_originator[tally.teller.originator].append(tally)
    found = []
    for originator, tallies in sorted(by_originator.items()):
        bounds = [desk.claimed(tally, others) for tally in tallies]
        lo = max(lo for lo, _ in bounds)
        hi = max((hi for _, hi in bounds if hi is not None), default=None)
        if lo or hi:
            found.append(Claimed(originator, lo, hi if hi is not None and hi >= lo else None))
    return tuple(found)
