"""The founding article, read as its own words say."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import Page

from tallystick.reading import Reading, read_text

DATA = os.environ.get("TALLYSTICK_DATA")
pytestmark = pytest.mark.skipif(
    not DATA, reason="TALLYSTICK_DATA IS NOT SET: the founding article was NOT read"
)
COAST = ("SY-HI", "SY-HM", "SY-LA", "SY-TA")


@pytest.fixture(scope="module")
def text() -> str:
    return (Path(DATA or "") / "story" / "article.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reading(text: str) -> Reading:
    return read_text(text, source="s-article", published=date(2025, 3, 17))


def test_every_figure_of_the_article_is_read_and_nothing_else(reading: Reading) -> None:
    found = {
        (c.kind, c.unit, c.lo, c.hi, c.hedge, c.where, c.to, c.attributed_to)
        for c in reading.claims
    }

    assert {
        ("killed", "persons", 1200, None, "more_than", ("SY",), (), ""),
        ("killed", "persons", 132, 132, "exact", COAST, (), "Syrian Observatory for Human Rights"),
        ("killed", "persons", 230, 230, "approx", (), (), ""),
        ("killed", "persons", 250, 250, "approx", (), (), ""),
        ("displaced", "families", 350, None, "more_than", (), ("LB",), "Reports"),
        ("killed", "families", 2, None, "vague", (), (), "Reports"),
        ("displaced", "families", 2, None, "vague", (), ("LB",), ""),
    } == found


def test_both_mentions_of_the_1200_are_one_claim_told_twice(reading: Reading, text: str) -> None:
    (claim,) = [claim for claim in reading.claims if claim.lo == 1200]
    (again,) = claim.also

    assert "over 1,200 deaths" == text[slice(*again)]
    assert {"group": "alawite"} == claim.whom


def test_the_132_are_a_part_and_never_added(reading: Reading) -> None:
    by_number = {claim.lo: claim for claim in reading.claims}

    assert "subset" == by_number[132].role
    assert by_number[1200].id == by_number[132].part_of
    assert [1680, 1680] == reading.totals["killed"]


def test_whom_the_others_are_is_as_worded(reading: Reading) -> None:
    whom = {claim.lo: dict(claim.whom) for claim in reading.claims}

    assert {"status": "civilian"} == whom[132]
    assert {"status": "armed-forces"} == whom[230]
    assert {"status": "fighter"} == whom[250]


def test_every_quote_is_verbatim_and_no_day_or_perpetrator_is_inferred(
    reading: Reading, text: str
) -> None:
    for claim in reading.claims:
        assert claim.span is not None
        assert claim.quote == text[slice(*claim.span)]
        assert claim.during is None
        assert claim.by is None
        assert "lo" == claim.pinned


def test_accusations_on_both_sides_and_the_promise_are_statements(reading: Reading) -> None:
    told = {(s.kind, s.speaker, s.against_words) for s in reading.statements}

    assert {
        ("accusation", "x:sharaa", "leader Bashar al-Assad"),
        ("accusation", "OHCHR", "armed groups loyal to the interim government"),
        ("accusation", "OHCHR", "Assad’s loyalists"),
        ("commitment", "x:mr sharaa", ""),
    } == told


def test_the_article_alone_reckons_to_no_sum_of_a_total_and_its_part(reading: Reading) -> None:
    page = Page(tuple(reading.claims))
    everybody, civilians = page.reckon(where="SY"), page.reckon(where="SY", whom="civilian")

    assert 1200 == everybody.documented.lo == everybody.believed
    assert (132, "SOHR") == (civilians.documented.lo, civilians.single.originator)
    assert 350 == page.reckon(kind="displaced", unit="families", to="LB").documented.lo
    assert [(2, "family-of-one")] == [(d.lo, d.rule) for d in page.reckon().derived]
