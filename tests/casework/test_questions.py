"""A report asks what its settings say, split by what the claims speak of."""

from __future__ import annotations

import pytest

from tallystick.casework.questions import BadQuestion, questions_of
from tallystick.records import parse_claims
from tallystick.terms import Places

PLACES, _ = Places.empty().with_csv(
    "id,name,parent,lat,lon,aliases,unit\n"
    "XX,Exland,,,,,\nXX-A,Arda,XX,,,,\nXX-B,Borda,XX,,,,\nXX-A1,Aleth,XX-A,,,,\n"
)
CLAIMS = parse_claims(
    """
    who     | counted      | what               | whom              | where | during                 | by     | how many
    council | ..2031-03-05 | killed             | civilian          | XX-A1 | 2031-03-01..2031-03-02 | ?      | = 5
    council | ..2031-03-05 | killed             | fighter & sex=male | XX-B | 2031-03-02             | rebels | = 7
    council | ..2031-03-05 | displaced families | ?                 | XX-A > XX-B | ?                | ?      | > 30
    """
)


def lines(queries):
    return [" | ".join(query.cells()) for query in queries]


def test_without_settings_each_kind_is_asked_and_nothing_else():
    asked = questions_of((), CLAIMS, PLACES)

    assert ["killed", "displaced families"] == lines(asked.headline)


def test_tables_split_by_place_day_whom_by_and_destination():
    asked = questions_of((), CLAIMS, PLACES)
    tables = [(table.axis, lines(table.rows)) for table in asked.tables]

    assert [
        ("where", ["killed | XX-A", "killed | XX-B"]),
        ("whom", ["killed | sex=male", "killed | status=civilian", "killed | status=fighter"]),
        ("by", ["killed | by rebels"]),
        ("to", ["displaced families | ? > XX-B"]),
    ] == tables


def test_time_is_split_no_finer_than_the_claims_state_it():
    days = parse_claims(
        """
        who | counted | what   | whom | where | during                 | by | how many
        a   | ?       | killed | ?    | ?     | 2031-01-20             | ?  | = 5
        a   | ?       | killed | ?    | ?     | 2031-01-22             | ?  | = 5
        a   | ?       | killed | ?    | ?     | 2031-01-20..2031-02-03 | ?  | = 9
        """
    )
    months = parse_claims(
        """
        who | counted | what   | whom | where | during                 | by | how many
        a   | ?       | killed | ?    | ?     | 2031-01-20..2031-01-22 | ?  | = 5
        a   | ?       | killed | ?    | ?     | 2031-02                | ?  | = 5
        """
    )

    assert ["killed | 2031-01-20", "killed | 2031-01-22"] == lines(
        questions_of((), days, PLACES).tables[0].rows
    )
    assert ["killed | 2031-01-01..2031-01-31", "killed | 2031-02-01..2031-02-28"] == lines(
        questions_of((), months, PLACES).tables[0].rows
    )


def test_settings_say_what_is_asked():
    table = {"kind": "killed", "where": "XX-A", "as_of": "2031-03-05", "tables": False}
    asked = questions_of((table,), CLAIMS, PLACES)

    assert ["killed | XX-A | as of 2031-03-05"] == lines(asked.every())


@pytest.mark.parametrize(
    "wrong", [{"kind": "lost"}, {"colour": "red"}, {"whom": ["=x"]}, {"as_of": "soon"}]
)
def test_a_question_that_cannot_be_read_is_refused_with_its_number(wrong):
    with pytest.raises(BadQuestion, match="Question 1"):
        questions_of((wrong,), CLAIMS, PLACES)
