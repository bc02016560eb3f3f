import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.linking.cells import Unclear, date_of, date_orders, number_of, sex_of

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(
        ["{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%d.%m.%Y}", "{0:%d/%m/%Y}", "{0:%d %B %Y}"]
    ),
    st.booleans(),
)
def test_a_day_survives_every_way_to_write_it(day, form, eastern):
    written = form.format(day)

    assert date_of(written.translate(EASTERN) if eastern else written) == day.isoformat()


@given(st.text(max_size=20) | st.text("0123456789٣²/-.: Tmary", max_size=14))
def test_a_cell_is_read_or_unclear_but_nothing_else(text):
    with suppress(Unclear):
        assert re.fullmatch(r"|\d{4}(-\d\d){0,2}", date_of(text))
    with suppress(Unclear):
        assert sex_of(text) in {"", "female", "male"}
    with suppress(Unclear):
        assert number_of(text, 0, 120) in {None, *range(121)}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("3/2025", "2025-03"),
        ("آذار 2025", "2025-03"),
        ("7 آذار 2025", "2025-03-07"),
        ("٧ كانون الثاني ٢٠٢٤", "2024-01-07"),
        ("12 تشرين الثاني 2024", "2024-11-12"),
        ("March 7, 2025", "2025-03-07"),
        ("2025-03-07 14:30:00", "2025-03-07"),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_a_date_is_never_more_precise_than_its_cell(written, read):
    assert date_of(written) == read


@pytest.mark.parametrize("written", ["soon", "31-02-2024", "7/8", "2024-13-45", "12345"])
def test_what_is_no_date_is_unclear(written):
    with pytest.raises(Unclear):
        date_of(written)


def test_a_column_tells_which_comes_first():
    assert (1, 0) == date_orders(["07/03/2025", "25/03/2025"])
    assert (0, 1) == date_orders(["03/07/2025", "03/25/2025"])
    assert (1, 1) == date_orders(["25/03/2025", "٠٣/٢٥/٢٠٢٥"])
    assert (0, 0) == date_orders(["03/07/2025"])


@pytest.mark.parametrize(
    ("written", "age"),
    [("٣٤", 34), ("5 سنوات", 5), ("8 months", 0), (12.0, 12), ("", None), ("-", None)],
)
def test_ages(written, age):
    assert number_of(written, 0, 120) == age


@pytest.mark.parametrize("written", ["around 40", "250", "-3"])
def test_ages_that_are_not(written):
    with pytest.raises(Unclear):
        number_of(written, 0, 120)


@pytest.mark.parametrize(
    ("written", "sex"),
    [("ذكر", "male"), ("أنثى", "female"), ("F", "female"), ("M", "male"), ("", "")],
)
def test_sexes(written, sex):
    assert sex_of(written) == sex
