"""A newer reader never loses what a person decided."""

from __future__ import annotations

from dataclasses import replace

from tests.ledger.samples import claim, review, source, statement

from tallystick.ledger import standings_of, statements_that_hold

ONE = source(1)


def stand(read, *decided):
    seen = [(made, seen.as_json() if seen else None) for made, seen in decided]
    return standings_of(read, seen)


def states(standings):
    return [(item.id, item.state, item.claim and item.claim.lo) for item in standings]


def test_a_claim_that_nobody_looked_at_holds_as_read():
    read = claim(ONE)
    (standing,) = stand([read])

    assert ("unreviewed", read, read, True) == (
        standing.state,
        standing.claim,
        standing.read,
        standing.is_current,
    )


def test_the_reading_and_the_correction_both_stay():
    read = claim(ONE, lo=12)
    (standing,) = stand([read], (review(read, "correct", fields={"lo": 13, "hi": 13}), read))

    assert ("corrected", 12, 13) == (standing.state, standing.read.lo, standing.claim.lo)
    assert read.id == standing.claim.id


def test_a_rejected_claim_does_not_hold():
    read = claim(ONE)

    assert [(read.id, "rejected", None)] == states(stand([read], (review(read, "reject"), read)))


def test_the_last_decision_holds_and_all_are_kept():
    read = claim(ONE)
    (standing,) = stand([read], (review(read, "reject"), read), (review(read), read))

    assert ("accepted", read) == (standing.state, standing.claim)
    assert ["reject", "accept"] == [made.verdict for made in standing.reviews]


def test_an_added_claim_holds_without_a_reading():
    added = claim(ONE, lo=5, span=(50, 60))
    made = review(added, "add", fields=added.as_json())
    (standing,) = stand([], (made, None))

    assert ("added", None, 5) == (standing.state, standing.read, standing.claim.lo)


def test_a_decision_follows_a_claim_that_a_newer_reader_reads_again():
    read = claim(ONE)
    newer = replace(read, method="reader-2", id="")

    assert [(newer.id, "accepted", 12)] == states(stand([newer], (review(read), read)))


def test_an_accepted_claim_that_is_no_longer_read_still_holds():
    read = claim(ONE)
    (standing,) = stand([], (review(read), read))

    assert (read, "accepted", False) == (standing.claim, standing.state, standing.is_current)


def test_the_newer_reading_of_the_same_words_is_overtaken_by_the_decision():
    read = claim(ONE)
    newer = claim(ONE, place="Latakia", where=("SY-LA",), span=(2, 20))

    assert [(newer.id, "overtaken", None), (read.id, "accepted", 12)] == states(
        stand([newer], (review(read), read))
    )


def test_the_same_span_with_another_number_is_overtaken_too():
    read = claim(ONE)
    newer = claim(ONE, lo=99)

    assert ["overtaken", "corrected"] == [
        item.state
        for item in stand([newer], (review(read, "correct", fields={"lo": 99, "hi": 99}), read))
    ]


def test_a_part_inside_the_words_of_a_decided_whole_is_not_overtaken():
    read = claim(ONE)
    part = claim(ONE, lo=3, span=(10, 15))

    assert ["unreviewed", "accepted"] == [
        item.state for item in stand([part], (review(read), read))
    ]


def test_a_claim_of_another_kind_source_or_place_in_the_text_is_not_overtaken():
    read = claim(ONE)
    others = [
        claim(ONE, kind="injured"),
        claim(source(2)),
        claim(ONE, span=(20, 30)),
        claim(ONE, span=None),
    ]

    assert ["unreviewed"] * 4 == [item.state for item in stand(others, (review(read), read))][:4]


def test_a_rejection_does_not_overtake_what_a_newer_reader_reads():
    read = claim(ONE)
    newer = claim(ONE, lo=13)

    assert ["unreviewed", "rejected"] == [
        item.state for item in stand([newer], (review(read, "reject"), read))
    ]


def test_sayings_hold_as_read_as_corrected_and_not_when_rejected():
    first, second, third = (statement(ONE, span=(n, n + 5)) for n in (0, 10, 20))
    decided = [
        (review(second, "reject"), second.as_json()),
        (review(third, "correct", fields={"kind": "accusation"}), third.as_json()),
    ]
    holding = statements_that_hold([first, second, third], decided)

    assert [(first.id, "denial"), (third.id, "accusation")] == [
        (item.id, item.kind) for item in holding
    ]


def test_an_accepted_saying_that_is_no_longer_read_still_holds():
    told = statement(ONE)
    decided = [(review(told, "correct", fields={"kind": "finding"}), told.as_json())]
    decided += [(review(told), None)]

    assert ["denial"] == [item.kind for item in statements_that_hold([], decided)]
