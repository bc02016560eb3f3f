"""What one text says, and what it does not: traps first."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.reading import read_text
from tallystick.records import Claim, Mark

DAY = date(2025, 3, 12)


def only(text: str, **told: object) -> Claim:
    (claim,) = read_text(text, source="s-1", published=DAY, **told).claims  # type: ignore[arg-type]
    return claim


def test_the_day_of_a_list_is_never_the_day_of_death() -> None:
    """E3: what was listed on the 12th may have happened on any day before."""
    claim = only("The Observatory published a list of 62 dead from the village of Telqara.")

    assert claim.during is None
    assert Mark(DAY) == claim.counted.until
    assert claim.counted.after is None


def test_a_figure_without_place_pins_only_its_lower_end() -> None:
    """E7: a half-read scope must not pin its teller's whole tally."""
    assert "lo" == only("The Observatory said that 132 civilians were killed.").pinned


def test_an_unknown_place_pins_only_its_lower_end() -> None:
    claim = only("So far 41 people have been killed in Telqara.")

    assert "cumulative" == claim.role
    assert "lo" == claim.pinned


def test_a_running_total_of_a_known_place_pins_both_ends() -> None:
    claim = only("So far 41 people have been killed in Latakia.")

    assert ("SY-LA",) == claim.where
    assert "both" == claim.pinned


@pytest.mark.parametrize(
    "text",
    [
        "Twelve villagers were killed after soldiers entered Latakia.",
        "Twelve villagers were killed in clashes between soldiers and rebels.",
        "The army shelled Latakia. Twelve villagers were killed.",
    ],
)
def test_a_perpetrator_is_never_inferred(text: str) -> None:
    claim = only(text)

    assert "" == claim.actor
    assert claim.by is None


def test_a_perpetrator_is_taken_where_the_clause_names_it() -> None:
    assert "Rebels" == only("Rebels killed twelve villagers in Latakia.").actor
    assert "rebels" == only("Twelve villagers were killed by rebels in Latakia.").actor


def test_who_did_it_is_never_counted_among_the_dead() -> None:
    claim = only("Two farmers were killed by three gunmen.")

    assert (2, 2) == (claim.lo, claim.hi)


def test_what_a_relay_tells_is_an_edition_of_its_own() -> None:
    claim = only("SOHR said that 40 people were killed in Latakia.", outlet="Example Daily")

    assert "SOHR" == claim.originator
    assert "Example Daily" == claim.via
    assert "s-1" == claim.edition


def test_a_figure_with_its_own_as_of_day_is_of_the_tellers_series() -> None:
    claim = only(
        "SOHR said that as of 10 March 40 people were killed in Latakia.", outlet="Example"
    )

    assert claim.edition is None
    assert Mark(date(2025, 3, 10)) == claim.counted.until


def test_who_attributes_to_nobody_counts_himself() -> None:
    assert "x:example daily" == only("Five people died.", outlet="Example Daily").originator
    assert "s-1" == only("Five people died.").originator
    assert "anon:s-1" == only("Local sources said that five people died.").originator


@pytest.mark.parametrize(
    ("text", "lo", "hi", "hedge"),
    [
        ("At least 18 people were killed.", 18, None, "at_least"),
        ("More than 1,200 people were killed.", 1200, None, "more_than"),
        ("Up to 80 people were killed.", 0, 80, "at_most"),
        ("About 60 people were killed.", 60, 60, "approx"),
        ("Between 20 and 35 people were killed.", 20, 35, "range"),
        ("Several people were killed.", 3, None, "vague"),
        ("A hundred and fourteen people were killed.", 114, 114, "exact"),
        ("Half a dozen people were killed.", 6, 6, "exact"),
        ("No one was killed.", 0, 0, "exact"),
    ],
)
def test_numbers_keep_their_hedges(text: str, lo: int, hi: int | None, hedge: str) -> None:
    claim = only(text)

    assert (lo, hi, hedge) == (claim.lo, claim.hi, claim.hedge)


@pytest.mark.parametrize(
    "text",
    [
        "A second wave could kill 5,000 people.",
        "The war has lasted 14 years.",
        "Some 2,500 people marched through the town.",
        "Hail killed 16 cows.",
        "The shell fell 40 metres from a queue of 70 people.",
        "About 900 refugees went home.",
    ],
)
def test_what_harmed_nobody_is_no_claim(text: str) -> None:
    assert () == read_text(text).claims


def test_a_denied_figure_is_kept_as_denied() -> None:
    claim = only("The governor denied that 25 civilians had been killed.")

    assert "denied" == claim.polarity


def test_parts_are_not_added_to_their_whole() -> None:
    reading = read_text("Forty people were killed, including six women and four children.")

    assert [40, 40] == reading.totals["killed"]
    assert [6, 6] == reading.totals["killed@women"]


def test_no_casualties_are_told_as_zeros() -> None:
    reading = read_text("The shell fell without causing any casualties.")

    assert {0} == {claim.lo for claim in reading.claims} == {claim.hi for claim in reading.claims}
    assert reading.claims


def test_a_body_is_a_death_told_once() -> None:
    text = "A teacher was abducted on Monday. His body was found two days later."

    assert [1, 1] == read_text(text).totals["killed"]
