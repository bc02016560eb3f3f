"""The laws L1-L13 of ``docs/why/tally-2.md``, on random books that agree with themselves."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.reckoning.books import (
    IS_ASKED_FOR,
    PLACES,
    SOME,
    UNITS,
    actors,
    places,
    random_book,
)

from tallystick.reckoning import Options, reckon
from tallystick.reckoning.admit import admit, book_of
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.ground import Ground
from tallystick.records import Query, WhomTest
from tallystick.terms import Places

HERE = places()
QUICK = Options(certificates=False)
seeds = st.integers(0, 100_000)
law = settings(
    max_examples=SOME if IS_ASKED_FOR else 15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def figure(claims, query, *, voices=None, options=QUICK, here=HERE):
    names = {claim.originator: claim.originator for claim in claims}
    (found,), _, _ = reckon(
        claims, [query], places=here, actors=actors(voices or names), options=options
    )
    return found


def consistent(seed):
    book = random_book(seed, spoilt=0)
    assume(not figure(book.claims, book.query).contested)
    return book


def rungs(found):
    return (
        found.corroborated[0].lo,
        found.withstands[0].lo,
        found.single.lo,
        found.documented.lo,
        found.believed,
    )


@law
@given(seeds, seeds)
def test_l1_a_further_teller_never_lowers(seed, other):
    book = random_book(seed)
    more = [replace(c, id="", originator=f"{c.originator}2") for c in random_book(other).claims]
    before, after = figure(book.claims, book.query), figure((*book.claims, *more), book.query)

    assert before.documented.lo <= after.documented.lo
    assert before.single.lo <= after.single.lo
    assert before.believed <= after.believed


@law
@given(seeds, st.data())
def test_l1_l2_a_claim_that_agrees_never_lowers_and_striking_it_never_raises(seed, data):
    book = consistent(seed)
    struck = data.draw(st.sampled_from(book.claims))
    fewer = tuple(claim for claim in book.claims if claim is not struck)
    all_told, without = figure(book.claims, book.query), figure(fewer, book.query)

    assert all(less <= more for less, more in zip(rungs(without), rungs(all_told), strict=True))


@law
@given(seeds)
def test_l3_a_part_is_no_more_than_the_whole(seed):
    book = random_book(seed)
    whole = replace(book.query, during=None)
    wider = replace(whole, where=())
    plain = replace(wider, whom=())
    bounds = [figure(book.claims, q).documented.lo for q in (book.query, whole, wider, plain)]

    assert bounds == sorted(bounds)


@law
@given(seeds)
def test_l4_parts_in_different_units_add_up(seed):
    book = random_book(seed)
    north, south = (
        figure(book.claims, replace(book.query, where=(place,))).documented.lo
        for place in ("ZA-N", "ZA-S")
    )

    assert north + south <= figure(book.claims, replace(book.query, where=())).documented.lo


@law
@given(seeds)
def test_l5_labels_of_one_teller_add_up(seed):
    book = random_book(seed)
    own = [claim for claim in book.claims if claim.originator == "A" and not claim.edition]
    parts = [
        figure(own, Query(whom=(WhomTest("status", term),))).documented.lo
        for term in ("civilian", "fighter")
    ]

    assert sum(parts) <= figure(own, Query()).documented.lo


@law
@given(seeds)
def test_l6_to_l8_the_rungs_are_in_order(seed):
    book = random_book(seed)
    found = figure(book.claims, book.query, voices=book.voices)
    looser = figure(book.claims, book.query, options=replace(QUICK, near_days=0))
    corroborated, withstands, single, documented, believed = rungs(found)

    assert single <= documented <= looser.documented.lo <= believed
    assert all(claimed.lo <= single for claimed in found.claimed)
    assert corroborated <= withstands <= documented


@law
@given(seeds, st.data())
def test_l9_one_more_costs_at_most_one(seed, data):
    book = random_book(seed, spoilt=0.5)
    i = data.draw(st.integers(0, len(book.claims) - 1))
    claim = book.claims[i]
    raised = replace(
        claim, id="", lo=claim.lo + 1, hedge="range",
        hi=None if claim.hi is None else max(claim.hi, claim.lo + 1),
    )  # fmt: skip
    told = [*book.claims[:i], raised, *book.claims[i + 1 :]]

    assert abs(stretch(told) - stretch(book.claims)) <= (1 if claim.hi != claim.lo else 2)


def stretch(claims):
    ground = Ground(HERE, actors({}))
    kept = [replace(claim, id=f"c{i}") for i, claim in enumerate(claims)]
    admitted, _ = admit(kept, ground)
    desk = Desk(book_of(admitted, Query(), ground, QUICK), ground, QUICK)
    assume(not any(tally.teller.revised for tally in desk.tallies))
    return sum(desk.stretch(tally) for tally in desk.tallies)


@law
@given(seeds, st.randoms(use_true_random=False))
def test_l10_order_changes_no_byte(seed, shuffle):
    book = random_book(seed, spoilt=0.5)
    other = list(book.claims)
    shuffle.shuffle(other)
    bytes_of = [
        json.dumps([each.as_json() for part in reckon(
            claims, [book.query], places=HERE, actors=actors(book.voices)
        ) for each in part])
        for claims in (book.claims, other, [*other, *other])
    ]  # fmt: skip

    assert bytes_of[0] == bytes_of[1] == bytes_of[2]


@law
@given(seeds)
def test_l10_names_and_places_without_claims_change_no_bound(seed):
    book = random_book(seed)
    renamed = tuple(replace(c, id="", originator=f"z{c.originator}") for c in book.claims)
    rows = [
        {"id": id_, "name": id_, "parent": parent, "unit": UNITS[id_] if id_ != "ZA" else ""}
        for id_, parent in [*PLACES.items(), ("ZA-N3", "ZA-N"), ("ZA-S2", "ZA-S")]
        if id_ in UNITS
    ] + [
        {"id": "ZA-N3", "name": "x", "parent": "ZA-N"},
        {"id": "ZA-S2", "name": "y", "parent": "ZA-S"},
    ]
    finer, _ = Places.empty().with_csv(rows)

    assert rungs(figure(book.claims, book.query)) == rungs(figure(renamed, book.query))
    assert rungs(figure(book.claims, book.query)) == rungs(
        figure(book.claims, book.query, here=finer)
    )


@law
@given(seeds)
def test_l11_a_denial_changes_no_bound(seed):
    book = random_book(seed)
    denials = [replace(claim, id="", originator="army", polarity="denied") for claim in book.claims]
    ceilings = [
        replace(claim, id="", lo=0, hi=1, hedge="at_most", pins=None) for claim in book.claims
    ]

    assert rungs(figure(book.claims, book.query)) == rungs(
        figure((*book.claims, *denials, *ceilings), book.query)
    )


@law
@given(seeds)
def test_l12_joining_voices_never_raises(seed):
    book = random_book(seed)
    apart = {claim.originator: claim.originator for claim in book.claims}
    joined = apart | dict.fromkeys(sorted(apart)[:2], min(apart))
    two, one = (figure(book.claims, book.query, voices=v) for v in (apart, joined))

    assert one.corroborated[0].lo <= two.corroborated[0].lo
    assert one.withstands[0].lo <= two.withstands[0].lo


@law
@given(seeds, st.data())
def test_l13_saying_less_exactly_never_raises(seed, data):
    book = consistent(seed)
    i = data.draw(st.integers(0, len(book.claims) - 1))
    claim = book.claims[i]
    wider = replace(
        claim, id="", lo=max(0, claim.lo - 2), hi=None if claim.hi is None else claim.hi + 2,
        hedge="range" if claim.hi is not None else "at_least",
    )  # fmt: skip
    told = (*book.claims[:i], wider, *book.claims[i + 1 :])

    assert all(
        less <= more
        for less, more in zip(
            rungs(figure(told, book.query)), rungs(figure(book.claims, book.query)), strict=True
        )
    )


@pytest.mark.parametrize("k", [1, 2, 3])
def test_k_voices_are_in_order_too(k):
    for seed in range(6):
        book = random_book(seed)
        found = figure(book.claims, book.query, options=replace(QUICK, k=k))

        assert [bound.k for bound in found.withstands] == list(range(1, k + 1))
        for corroborated, withstands in zip(found.corroborated, found.withstands, strict=True):
            assert corroborated.lo <= withstands.lo <= found.documented.lo
