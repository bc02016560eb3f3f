import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.estimating.tables import drawn_table, rows_of, table_of

from tallystick.estimating import (
    NoListColumn,
    NoSuchColumn,
    histories_by_stratum,
    histories_of,
)

CELLS = st.lists(
    st.tuples(st.tuples(*[st.integers(0, 1)] * 4), st.integers(0, 50)), min_size=1, max_size=20
)


@given(CELLS, st.permutations(range(4)), st.randoms())
def test_order_of_rows_and_lists_changes_no_byte(cells, order, random):
    """The canonical table is the same whatever order the evidence came in."""
    patterns = np.array([pattern for pattern, _ in cells])
    counts = np.array([count for _, count in cells])
    names = np.array(["a", "b", "c", "d"])
    shuffled = list(range(len(cells)))
    random.shuffle(shuffled)

    first = histories_of(list(names), patterns, counts)
    second = histories_of(list(names[order]), patterns[shuffled][:, order], counts[shuffled])

    assert first.lists == second.lists
    assert first.digest == second.digest


@given(CELLS)
def test_nobody_is_lost_or_invented(cells):
    patterns = np.array([pattern for pattern, _ in cells])
    counts = np.array([count for _, count in cells])

    histories = histories_of(["a", "b", "c", "d"], patterns, counts)

    listed = counts[patterns.sum(axis=1) > 0].sum()
    assert histories.people == listed == histories.captures.sum() == histories.cells()[1:].sum()
    assert (np.diag(histories.pairs) == histories.sizes).all()


def test_a_table_round_trips_through_words():
    histories = drawn_table()

    again, issues = histories_by_stratum(*rows_of(histories))

    assert histories.digest == again[()].digest
    assert issues == []


def test_strata_are_kept_apart_and_other_columns_named():
    header = ["A", "B", "place", "sex", "count"]
    rows = [["1", "0", "x", "f", "3"], ["1", "1", "x", "m", "2"], ["0", "1", "y", "f", "5"]]

    strata, issues = histories_by_stratum(header, rows, by=["place"])

    assert [(("place", "x"),), (("place", "y"),)] == list(strata)
    assert 5 == strata[(("place", "x"),)].people
    assert ["estimating.column-not-used"] == [issue.code for issue in issues]


@pytest.mark.parametrize("count", ["-3", "2.5", "", "many", "٣"])
def test_a_count_that_is_no_whole_number_sets_the_row_aside(count):
    strata, issues = histories_by_stratum(["A", "B", "count"], [["1", "0", "4"], ["0", "1", count]])

    assert 1 == strata[()].set_aside
    assert 4 == strata[()].people
    assert "estimating.bad-count" in [issue.code for issue in issues]


def test_a_value_that_is_neither_0_nor_1_sets_the_row_aside():
    rows = [["1", "0"], ["1", "1"], ["0", "2"]]

    strata, issues = histories_by_stratum(["A", "B"], rows)

    assert (1, 2) == (strata[()].set_aside, strata[()].people)
    assert ["estimating.not-zero-or-one"] == [issue.code for issue in issues]


def test_people_on_no_list_are_named_and_not_counted():
    strata, issues = histories_by_stratum(["A", "B", "count"], [["1", "0", "4"], ["0", "0", "9"]])

    assert 4 == strata[()].people
    assert ["estimating.nobody-listed"] == [issue.code for issue in issues]


def test_a_row_of_the_wrong_length_is_set_aside():
    strata, issues = histories_by_stratum(["A", "B"], [["1", "0"], ["0", "1"], ["1"]])

    assert 1 == strata[()].set_aside
    assert ["estimating.row-length"] == [issue.code for issue in issues]


def test_no_list_and_no_such_column_are_said():
    with pytest.raises(NoListColumn):
        histories_by_stratum(["place"], [["x"]])
    with pytest.raises(NoSuchColumn, match="place"):
        histories_by_stratum(["A"], [["1"]], by=["place"])


def test_without_a_list_its_own_people_are_forgotten():
    histories = table_of({"100": 4, "110": 3, "001": 2})

    left = histories.without(histories.lists.index("A"))

    assert 5 == left.people
