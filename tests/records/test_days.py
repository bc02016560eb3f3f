from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from tests.records.making import counted, days, marks

from tallystick.records import Counted, Days, Mark, UnclearDate


@given(days)
def test_days_come_back_from_their_text_and_their_json(window):
    assert window == Days.parse(str(window)) == Days.from_json(window.as_json())


@given(marks)
def test_a_mark_comes_back_from_its_text(mark):
    assert mark == Mark.parse(str(mark))


@given(counted)
def test_counted_comes_back_from_its_text_and_its_json(window):
    assert window == Counted.parse(str(window)) == Counted.from_json(window.as_json())
    assert window == Counted.from_json(str(window))


@given(days, days)
def test_a_window_holds_another_only_if_it_holds_each_of_its_days(one, other):
    assert one.contains(other) == (one.first <= other.first and other.last <= one.last)
    assert not one.contains(other) or one.overlaps(other)
    assert one.overlaps(other) == other.overlaps(one)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-03-06", date(2025, 3, 6), date(2025, 3, 6)),
        ("2025-03-06/2025-03-11", date(2025, 3, 6), date(2025, 3, 11)),
        ("2025-02..2025-03", date(2025, 2, 1), date(2025, 3, 31)),
        (" 2024 / 2025-01 ", date(2024, 1, 1), date(2025, 1, 31)),
    ],
)
def test_a_partial_date_is_its_whole_window(words, first, last):
    assert Days(first, last) == Days.parse(words) == Days.from_json(words)


def test_a_pair_of_partial_dates_runs_from_the_first_to_the_last_day():
    assert Days(date(2025, 2, 1), date(2025, 3, 31)) == Days.from_json(["2025-02", "2025-03"])


@pytest.mark.parametrize(
    "words", ["", "last week", "2025-13", "2025-02-30", "25-03-06", "2025-03-11/2025-03-06", "0000"]
)
def test_what_is_no_window_is_refused(words):
    with pytest.raises(UnclearDate):
        Days.parse(words)


@pytest.mark.parametrize("value", [7, None, ["2025"], {"first": "2025"}])
def test_json_that_is_no_window_is_refused(value):
    with pytest.raises(UnclearDate):
        Days.from_json(value)
    with pytest.raises(UnclearDate):
        Counted.from_json(value)


@pytest.mark.parametrize("words", ["", "2025-03", "2025-02-30", "2025-03-08T6", "noon"])
def test_what_is_no_mark_is_refused(words):
    with pytest.raises(UnclearDate):
        Mark.parse(words)


@pytest.mark.parametrize("words", ["2025-03-08", "", "2025-03-11..2025-03-10"])
def test_what_is_no_window_of_documentation_is_refused(words):
    with pytest.raises(UnclearDate):
        Counted.parse(words)


def test_days_are_in_order_of_their_first_day():
    assert Days.parse("2025-01") < Days.parse("2025-02")
