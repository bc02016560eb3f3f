"""Laws that every rule keeps, whoever published it."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.reckoning.rules import RULES, Range, Setting, airwars_totals, by_every_rule, by_rule
from tallystick.reckoning.rules.acled import spread
from tallystick.records import Claim, Whom
from tallystick.terms import Actors, Places

# Small worlds of their own: no law may depend on the built-in ones.
SETTING = Setting(actors=Actors.empty(), places=Places.empty())
WHOM = [
    {},
    {"status": "civilian"},
    {"status": "armed-forces"},
    {"status": "fighter"},
    {"status": "civilian", "age": "child"},
    {"age": "adult", "sex": "female"},
]


@st.composite
def claims(draw):
    lo = draw(st.integers(0, 40))
    hedge = draw(st.sampled_from(["exact", "at_least", "at_most", "approx", "range", "vague"]))
    hi = {"at_least": None, "vague": None, "range": lo + draw(st.integers(0, 20))}.get(hedge, lo)
    return Claim(
        originator=draw(st.sampled_from("ABC")),
        kind=draw(st.sampled_from(["killed", "killed", "injured", "killed+injured", "missing"])),
        unit=draw(st.sampled_from(["persons", "persons", "persons", "families"])),
        lo=0 if hedge == "at_most" else lo,
        hi=hi,
        hedge=hedge,
        whom=Whom(draw(st.sampled_from(WHOM))),
        by=draw(st.sampled_from([None, None, "A", "X", "Y"])),
        polarity=draw(st.sampled_from(["asserted", "asserted", "asserted", "denied"])),
        standard=draw(st.sampled_from([None, "reported", "verified", "estimated"])),
        role=draw(st.sampled_from([None, "new", "cumulative", "subset", "previous"])),
    )


books = st.lists(claims(), max_size=6)
law = settings(max_examples=40, deadline=None)
long_law = settings(max_examples=400, deadline=None)


@law
@given(books, st.randoms(use_true_random=False))
def test_the_order_of_claims_and_their_copies_change_nothing(book, rng: random.Random):
    shuffled = [*book, *book[:2]]
    rng.shuffle(shuffled)

    assert by_every_rule(book, SETTING) == by_every_rule(shuffled, SETTING)


@law
@given(books)
def test_every_claim_is_used_or_set_aside_with_a_reason_and_never_both(book):
    for figure in by_every_rule(book, SETTING):
        aside = [id_ for id_, why in figure.set_aside if why]

        assert sorted({claim.id for claim in book}) == sorted([*figure.used, *aside]), figure.rule


@pytest.mark.slow
@long_law
@given(books, st.lists(books, max_size=3))
def test_no_book_is_too_odd_for_a_rule(book, incidents):
    figures = by_every_rule(book, SETTING)
    airwars_totals([by_rule("airwars", claims, SETTING) for claims in incidents])

    assert list(RULES) == [figure.rule for figure in figures]


@law
@given(books)
def test_ends_are_in_order_and_best_lies_between(book):
    for figure in by_every_rule(book, SETTING):
        bands = [band for _, band in figure.bands]
        for ends in (figure.killed, figure.injured, *bands):
            assert ends is None or (0 <= ends.lo and (ends.hi is None or ends.lo <= ends.hi))
        if figure.best is not None:
            assert figure.killed.lo <= figure.best
            assert figure.killed.hi is None or figure.best <= figure.killed.hi


@law
@given(books)
def test_w25_ucdp_best_is_the_sum_of_its_columns(book):
    figure = by_rule("ucdp", book, SETTING)

    assert (figure.best or 0) == sum(people for _, people in figure.columns)
    assert all(people >= 0 for _, people in figure.columns)


@law
@given(books, st.integers(2, 5))
def test_relays_of_one_originator_are_no_further_source(book, copies):
    """Five hundred outlets that repeat one count are one voice, and one number."""
    told = [claim for claim in book if claim.edition is None]
    relayed = [
        Claim.from_json({**claim.as_json(), "id": None, "edition": f"s-{i}", "via": "outlet"})
        for claim in told
        for i in range(copies)
    ]

    for alone, with_relays in zip(
        by_every_rule(told, SETTING), by_every_rule([*told, *relayed], SETTING), strict=True
    ):
        assert (alone.killed, alone.best, alone.injured, alone.grade, alone.bands) == (
            with_relays.killed,
            with_relays.best,
            with_relays.injured,
            with_relays.grade,
            with_relays.bands,
        )
        assert alone.axes == with_relays.axes


@law
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_a_divided_total_keeps_its_sum_and_is_even_to_one_person(people, events):
    shares = spread(people, events)

    assert people == sum(shares)
    assert max(shares) - min(shares) <= 1
    assert list(shares) == sorted(shares, reverse=True)


@law
@given(st.lists(books, max_size=4))
def test_airwars_totals_of_all_grades_hold_those_of_some(incidents):
    figures = [by_rule("airwars", book, SETTING) for book in incidents]
    wide, narrow = airwars_totals(figures), airwars_totals(figures, ("Confirmed", "Fair"))

    assert narrow.lo <= wide.lo
    assert wide.hi is None or (narrow.hi is not None and narrow.hi <= wide.hi)


@law
@given(books)
def test_a_gap_that_we_filled_is_said_in_the_reason(book):
    for figure in by_every_rule(book, SETTING):
        assert figure.unverified_rule is ("(Unverified:" in figure.reason)
        json.dumps(figure.as_json())


@pytest.mark.parametrize("rule", RULES)
def test_without_claims_no_rule_gives_a_figure(rule):
    figure = by_rule(rule, [])

    assert (None, None, None) == (figure.killed, figure.best, figure.injured)
    assert figure.reason


def test_no_incidents_add_up_to_nobody():
    assert Range(0, 0) == airwars_totals([])


def test_a_breakdown_of_nobody_is_a_breakdown():
    figure = by_rule(
        "airwars", [Claim(originator="A", kind="killed", lo=0, hi=0, whom=Whom({"age": "child"}))]
    )

    assert (("children", Range(0, 0)),) == figure.bands
