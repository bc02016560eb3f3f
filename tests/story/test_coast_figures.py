"""The coast in March 2025: the numbers of the published figures, in the notation.

One line for each number that F01-F11, F15, F17, F18, F20 and F21 state; the column source names
the figure. SOHR's window runs from 6 March to its as-of, from F11 on March 2025. The
committee's 1,426 and Reuters' 1,479 have no stated perpetrator, and none is inferred.
"""

from __future__ import annotations

import pytest
from tests.conftest import Page

from tallystick.records import parse_claims

COAST = "SY-LA + SY-TA + SY-HM + SY-HI"
PAGE = """
who       | counted                | what   | whom          | where                         | during                 | by       | how many | source
SOHR      | ..2025-03-08           | killed | civilian      | SY-HI + SY-LA + SY-TA         | 2025-03-06..2025-03-08 | ?        | = 532    | F01
SOHR      | ..2025-03-08           | killed | fighter       | SY-HI + SY-LA + SY-TA         | 2025-03-06..2025-03-08 | ?        | = 120    | F01
SOHR      | ..2025-03-08           | killed | armed-forces  | SY-HI + SY-LA + SY-TA         | 2025-03-06..2025-03-08 | ?        | = 93     | F01
SOHR      | ..2025-03-08           | killed | ?             | SY-HI + SY-LA + SY-TA         | 2025-03-06..2025-03-08 | ?        | = 745    | F01
SOHR      | ..2025-03-08           | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-08 | ?        | = 745    | F02
SOHR      | ..2025-03-08           | killed | armed-forces  | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-08 | ?        | = 125    | F02
SOHR      | ..2025-03-08           | killed | fighter       | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-08 | ?        | = 148    | F02
SOHR      | ..2025-03-08           | killed | ?             | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-08 | ?        | = 1018   | F02
SOHR      | ..2025-03-09           | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-09 | ?        | = 830    | F03
SOHR      | ..2025-03-09           | killed | armed-forces  | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-09 | ?        | = 231    | F03
SOHR      | ..2025-03-09           | killed | fighter       | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-09 | ?        | = 250    | F03
SOHR      | ..2025-03-09           | killed | ?             | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-09 | ?        | = 1311   | F03
SOHR      | ..2025-03-10           | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-10 | ?        | = 973    | F04
SOHR      | ..2025-03-10           | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-10 | ?        | = 1068   | F05
SOHR      | ..2025-03-11           | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-11 | ?        | = 1225   | F06
SOHR      | ..2025-03-11           | killed | civilian      | SY-LA                         | 2025-03-06..2025-03-11 | ?        | = 658    | F06
SOHR      | ..2025-03-11           | killed | civilian      | SY-TA                         | 2025-03-06..2025-03-11 | ?        | = 384    | F06
SOHR      | ..2025-03-11           | killed | civilian      | SY-HM                         | 2025-03-06..2025-03-11 | ?        | = 171    | F06
SOHR      | ..2025-03-11           | killed | civilian      | SY-HI                         | 2025-03-06..2025-03-11 | ?        | = 12     | F06
SOHR      | 2025-03-10..2025-03-11 | killed | civilian      | SY-LA + SY-TA                 | 2025-03-06..2025-03-11 | ?        | = 132    | F06
SOHR      | 2025-03-10..2025-03-11 | killed | civilian      | SY-TA                         | 2025-03-06..2025-03-11 | ?        | = 72     | F06
SOHR      | 2025-03-10..2025-03-11 | killed | civilian      | SY-LA                         | 2025-03-06..2025-03-11 | ?        | = 60     | F06
SOHR      | ..2025-03-12           | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-12 | ?        | = 1383   | F07
SOHR      | ..2025-03-12           | killed | civilian      | SY-LA                         | 2025-03-06..2025-03-12 | ?        | = 683    | F07
SOHR      | ..2025-03-12           | killed | civilian      | SY-TA                         | 2025-03-06..2025-03-12 | ?        | = 433    | F07
SOHR      | ..2025-03-12           | killed | civilian      | SY-HM                         | 2025-03-06..2025-03-12 | ?        | = 255    | F07
SOHR      | ..2025-03-12           | killed | civilian      | SY-HI                         | 2025-03-06..2025-03-12 | ?        | = 12     | F07
SOHR      | 2025-03-11..2025-03-12 | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-12 | ?        | = 158    | F07
SOHR      | 2025-03-12..2025-03-13 | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-13 | ?        | = 93     | F08a
SOHR      | 2025-03-13..2025-03-14 | killed | civilian      | SY-LA + SY-TA                 | 2025-03-06..2025-03-14 | ?        | = 24     | F08b
SOHR      | ..2025-03-14           | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-14 | ?        | = 1500   | F08b
SOHR      | ..2025-04-09           | killed | civilian      | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-01..2025-03-31 | ?        | = 1676   | F11
SOHR      | ..2025-04-09           | killed | civilian      | SY-LA                         | 2025-03-01..2025-03-31 | ?        | = 866    | F11
SOHR      | ..2025-04-09           | killed | civilian      | SY-TA                         | 2025-03-01..2025-03-31 | ?        | = 525    | F11
SOHR      | ..2025-04-09           | killed | civilian      | SY-HM                         | 2025-03-01..2025-03-31 | ?        | = 272    | F11
SOHR      | ..2025-04-09           | killed | civilian      | SY-HI                         | 2025-03-01..2025-03-31 | ?        | = 13     | F11
SNHR      | ..2025-03-10           | killed | ?             | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-10 | ?        | = 803    | F15
SNHR      | ..2025-03-31           | killed | ?             | SY                            | 2025-03-01..2025-03-31 | ?        | = 1562   | F17
SNHR      | ..2025-03-31           | killed | ?             | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-01..2025-03-31 | ?        | = 1334   | F17
SNHR      | ..2025-03-31           | killed | ?             | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-01..2025-03-31 | gov      | = 889    | F17
SNHR      | ..2025-03-31           | killed | ?             | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-01..2025-03-31 | remnants | = 445    | F17
OHCHR     | ..2025-03-11           | killed | civilian      | SY-HM + SY-LA + SY-TA         | 2025-03-06..2025-03-11 | ?        | >= 111   | F18
committee | ..2025-07-22           | killed | ?             | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-01..2025-03-31 | ?        | = 1426   | F20
committee | ..2025-07-22           | killed | armed-forces  | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-01..2025-03-31 | remnants | = 238    | F20
Reuters   | ..2025-06-30           | killed | group=alawite | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-07..2025-03-09 | ?        | = 1479   | F21
"""


@pytest.fixture(scope="module")
def notated():
    return Page(parse_claims(PAGE))


LADDERS = [
    # asked, (corroborated, withstands, single, documented, believed)
    ({"where": COAST, "whom": "civilian", "as_of": "2025-03-11"}, (111, 111, 1225, 1225, 1225)),
    ({"where": COAST, "as_of": "2025-03-09"}, (0, 0, 1311, 1311, 1311)),
    ({"where": COAST, "as_of": "2025-03-11"}, (803, 803, 1706, 1706, 1706)),
    ({"where": "SY-LA", "whom": "civilian", "as_of": "2025-03-12"}, (0, 0, 683, 683, 683)),
    ({"where": COAST, "whom": "civilian"}, (111, 111, 1676, 1676, 1676)),
    ({"where": COAST, "whom": "armed-forces"}, (231, 231, 238, 238, 238)),
    ({"where": COAST, "whom": "fighter"}, (0, 0, 250, 250, 250)),
    ({"where": COAST, "whom": "group=alawite"}, (0, 0, 1479, 1479, 1479)),
    ({"where": COAST, "by": "gov"}, (0, 0, 889, 889, 889)),
    ({"where": COAST, "by": "remnants"}, (238, 238, 445, 445, 445)),
    ({"where": "SY-HI"}, (0, 0, 13, 13, 13)),
    ({"where": COAST}, (1479, 1479, 2157, 2157, 2164)),
    ({"where": "SY", "during": "2025-03"}, (1562, 1707, 2157, 2385, 2392)),
]


@pytest.mark.parametrize(("asked", "rungs"), LADDERS)
def test_the_ladder_of_the_coast(notated, asked, rungs):
    figure = notated.reckon(**asked)

    assert rungs == (
        figure.corroborated[0].lo,
        figure.withstands[0].lo,
        figure.single.lo,
        figure.documented.lo,
        figure.believed,
    )


def test_the_additions_of_a_day_are_no_further_people(notated):
    figure = notated.reckon(where=COAST, whom="civilian", as_of="2025-03-11")

    assert figure.line() == (
        "killed | status=civilian | SY-HI + SY-HM + SY-LA + SY-TA | as of 2025-03-11 | >= 1225"
    )
    assert ("SOHR", 1225, 1225) in [(c.originator, c.lo, c.hi) for c in figure.claimed]


@pytest.mark.parametrize(
    ("province", "people"), [("SY-LA", 658), ("SY-TA", 384), ("SY-HM", 171), ("SY-HI", 12)]
)
def test_the_provinces_of_the_eleventh(notated, province, people):
    figure = notated.reckon(where=province, whom="civilian", as_of="2025-03-11")

    assert figure.documented.lo == people


def test_the_stock_of_the_tenth_and_the_additions_of_the_eleventh_agree(notated):
    figure = notated.only("F05", "F06").reckon(where=COAST)

    assert figure.documented.lo == 1225
    assert not figure.contested


@pytest.mark.parametrize(
    ("whom", "people"), [("civilian", 830), ("armed-forces", 231), ("fighter", 250)]
)
def test_the_total_of_the_ninth_splits(notated, whom, people):
    assert notated.reckon(where=COAST, as_of="2025-03-09").documented.lo == 1311
    assert notated.reckon(where=COAST, whom=whom, as_of="2025-03-09").documented.lo == people


@pytest.mark.parametrize(("by", "people"), [("gov", 889), ("remnants", 445)])
def test_snhr_splits_by_who_is_accused(notated, by, people):
    only_snhr = notated.only("F17")

    assert only_snhr.reckon(where=COAST, by=by).documented.lo == people
    assert only_snhr.reckon(where=COAST).documented.lo == 1334
    assert only_snhr.reckon(where="SY").documented.lo == 1562


def test_different_standards_of_proof_do_not_contradict(notated):
    for where in (COAST, "SY"):
        assert not notated.reckon(where=where).contested
        assert not notated.reckon(where=where, whom="civilian", as_of="2025-03-11").contested


def test_one_series_of_one_teller_grows(notated):
    march = [f"2025-03-{day:02}" for day in (8, 9, 10, 11, 12, 14)]
    stocks = [
        notated.reckon(where=COAST, whom="civilian", as_of=day, tellers="SOHR").documented.lo
        for day in [*march, "2025-04-09"]
    ]

    assert stocks == [745, 830, 1068, 1225, 1383, 1500, 1676]


@pytest.mark.parametrize(
    ("tellers", "whom", "people"),
    [
        ("SOHR + SNHR + OHCHR + committee + Reuters", "civilian", 1676),
        ("SNHR + OHCHR + committee + Reuters", None, 1479),
        ("SNHR", None, 1334),
        ("OHCHR", "civilian", 111),
    ],
)
def test_the_ladder_by_whom_one_trusts(notated, tellers, whom, people):
    asked = {"whom": whom} if whom else {}

    assert notated.reckon(where=COAST, tellers=tellers, **asked).documented.lo == people


@pytest.mark.parametrize(("tellers", "people"), [("SOHR", 231), ("committee", 238)])
def test_security_forces_killed_are_compatible_lower_bounds(notated, tellers, people):
    figure = notated.reckon(where=COAST, whom="armed-forces", tellers=tellers)

    assert figure.documented.lo == people


def test_a_stretch_of_one_repairs_what_is_off_by_one(book):
    """
    who  | counted      | what   | whom     | where                         | during                 | incident | role | part of | id | how many
    SOHR | ..2025-04-09 | killed | civilian | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03                | march    | ?    | ?       | c1 | = 1676
    SOHR | ..2025-04-14 | killed | civilian | SY-LA + SY-TA + SY-HM + SY-HI | 2024-12-08..2025-04-14 | ?        | ?    | ?       | c2 | = 2161
    SOHR | ..2025-04-14 | killed | ?        | ?                             | ?                      | march    | part | c2      | c3 | >= 0
    SOHR | ..2025-04-14 | killed | ?        | ?                             | ?                      | other    | part | c2      | c4 | = 486
    """
    figure = book.reckon(where=COAST, during="2025-03")

    assert figure.documented.lo == 1675
    assert [(c.where, c.stretch, c.claims) for c in figure.contested] == [
        ("within", 1, ("c1", "c2", "c4"))
    ]


def test_a_complete_breakdown_that_does_not_add_up_is_contested(book):
    """
    who  | counted      | what               | whom           | where | role | part of | id | how many
    unit | ..2025-03-09 | displaced families | ?              | LB-AK | ?    | ?       | c1 | = 1476
    unit | ..2025-03-09 | displaced families | group=lebanese | ?     | part | c1      | c2 | = 40
    unit | ..2025-03-09 | displaced families | group=syrian   | ?     | part | c1      | c3 | = 1184
    """
    figure = book.reckon(where="LB-AK", kind="displaced", unit="families")

    assert [(c.where, c.stretch, c.claims) for c in figure.contested] == [
        ("within", 252, ("c1", "c2", "c3"))
    ]
    assert "40 + 1,184 = 1,224, but the total says 1,476" in figure.contested[0].says


def test_three_outlets_that_relay_one_figure_are_one_teller(book):
    """
    who      | counted      | what   | whom     | where                         | during                 | source | how many
    SOHR < P | ..2025-03-09 | killed | civilian | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-09 | p      | = 830
    SOHR < Q | ..2025-03-09 | killed | civilian | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-09 | q      | = 830
    SOHR < R | ..2025-03-09 | killed | civilian | SY-LA + SY-TA + SY-HM + SY-HI | 2025-03-06..2025-03-09 | r      | = 830
    """
    figure = book.reckon(where=COAST)

    assert (figure.documented.lo, figure.corroborated[0].lo, figure.withstands[0].lo) == (830, 0, 0)
    assert [claimed.originator for claimed in figure.claimed] == ["SOHR"]
