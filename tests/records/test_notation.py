"""For the fields of its columns, parse∘print is the identity."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.records.making import claims, ids, names

from tallystick.records import (
    BadClaim,
    BadNotation,
    Claim,
    Whom,
    how_many,
    parse_claims,
    parse_how_many,
    parse_line,
    parse_whom,
    print_claims,
    print_line,
    print_whom,
)

SHOWN = (
    "originator", "via", "counted", "kind", "unit", "polarity", "whom", "where", "to", "during",
    "by", "lo", "hi", "hedge",
)  # fmt: skip
EXTRA = ("role", "incident", "part_of", "pins", "published", "standard", "edition", "source")


def fields(claim, *which):
    return [getattr(claim, name) for name in which]


@settings(max_examples=50)
@given(claims() | claims(ids))
def test_a_printed_line_parses_to_the_same_fields(claim):
    assert fields(claim, *SHOWN) == fields(parse_line(print_line(claim)), *SHOWN)


@settings(max_examples=30)
@given(st.lists(claims() | claims(ids), max_size=4))
def test_a_printed_page_parses_to_the_same_fields_with_the_extra_columns(listed):
    parsed = parse_claims(print_claims(listed))

    assert [fields(claim, *SHOWN, *EXTRA) for claim in listed] == [
        fields(claim, *SHOWN, *EXTRA) for claim in parsed
    ]


@settings(max_examples=30)
@given(st.lists(claims(ids), max_size=3))
def test_printing_what_was_parsed_changes_nothing(listed):
    page = print_claims(listed)

    assert page == print_claims(parse_claims(page))


@given(st.dictionaries(names, names, min_size=1, max_size=3))
def test_whom_comes_back(terms):
    assert terms == parse_whom(print_whom(Whom(terms)))


def test_the_page_of_the_design_reads_as_the_design_says():
    page = """
    # the coast
    who         | counted                | what               | whom     | where         | during                 | by | how many
    SOHR        | ..2025-03-11           | killed             | civilian | SY-LA + SY-TA | 2025-03-06..2025-03-11 | ?  | = 1225
    OHCHR < AFP | 2025-03-10..2025-03-11 | not killed         | sex=male |               | ?                      | X  | >= 111
    article     | ..2025-03-17           | displaced families | ?        | SY > LB       | ?                      | ?  | > 350
    a           | ?                      | injured            | ?        | ? > LB        | 2025                   | ?  | few>=2
    """
    first, second, third, fourth = parse_claims(page)

    assert ("SOHR", {"status": "civilian"}, ("SY-LA", "SY-TA"), 1225, 1225, "exact") == (
        first.originator,
        first.whom,
        first.where,
        first.lo,
        first.hi,
        first.hedge,
    )
    assert ("OHCHR", "AFP", "denied", {"sex": "male"}, (), "X") == (
        second.originator,
        second.via,
        second.polarity,
        second.whom,
        second.where,
        second.by,
    )
    assert ("families", ("SY",), ("LB",), 350, None, "more_than") == (
        third.unit,
        third.where,
        third.to,
        third.lo,
        third.hi,
        third.hedge,
    )
    assert ((), ("LB",), "vague", 2) == (fourth.where, fourth.to, fourth.hedge, fourth.lo)


def test_a_missing_column_has_its_default():
    (claim,) = parse_claims("who | how many\nSOHR | ~ 1400")

    assert Claim(originator="SOHR", kind="killed", lo=1400, hi=1400, hedge="approx") == claim


def test_a_line_without_a_header_has_all_columns():
    line = "SOHR | ? | killed | ? | ? | ? | ? | <= 5"

    assert (0, 5, "at_most") == tuple(fields(parse_claims(line)[0], "lo", "hi", "hedge"))


@pytest.mark.parametrize(
    ("cell", "lo", "hi", "hedge"),
    [
        ("= 3", 3, 3, "exact"),
        (">= 3", 3, None, "at_least"),
        ("> 3", 3, None, "more_than"),
        ("<= 3", 0, 3, "at_most"),
        ("~ 3", 3, 3, "approx"),
        ("3..5", 3, 5, "range"),
        ("few>=2", 2, None, "vague"),
        ("vague 2..9", 2, 9, "vague"),
        ("range 5..", 5, None, "range"),
    ],
)
def test_each_way_to_say_a_number_reads_and_prints(cell, lo, hi, hedge):
    told = parse_how_many(cell)

    assert (lo, hi, hedge) == (told.lo, told.hi, told.hedge)
    assert cell == how_many(lo, hi, hedge)


@pytest.mark.parametrize("sign", [*"|<>+&=%#?\n\u2028 ", "who"])
def test_signs_of_the_notation_inside_an_id_are_written_apart(sign):
    claim = Claim(originator=sign, via=sign, kind="killed", lo=1, hi=1, where=(sign,), by=sign)
    (parsed,) = parse_claims(print_claims([claim]))

    assert fields(claim, *SHOWN) == fields(parsed, *SHOWN)


@pytest.mark.parametrize(
    "page",
    [
        "who | colour | how many\na | red | = 1",
        "who | how many\na | many",
        "who | how many\na | = 1 | x",
        "who | how many\na | ?",
        "who | what | how many\na | killed very much | = 1",
        "who | what | how many\na | not | = 1",
        "who | whom | how many\na | sex= | = 1",
    ],
)
def test_what_cannot_be_read_is_named_by_its_column(page):
    with pytest.raises(BadNotation) as caught:
        parse_claims(page)

    assert "column" in caught.value.what


def test_a_column_that_no_page_has_cannot_be_read():
    with pytest.raises(BadNotation):
        parse_line("red | = 1", columns=("colour", "how many"))


def test_a_line_that_no_claim_can_say_is_refused():
    with pytest.raises(BadClaim):
        parse_claims("who | how many\na | maybe 1..2")
