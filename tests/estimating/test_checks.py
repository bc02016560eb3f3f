import numpy as np
import pytest
from tests.estimating.tables import drawn_table, table_of

from tallystick.estimating import METHODS, Histories, Settings, estimate, histories_of
from tallystick.estimating.checks import check_before


def many_lists(count):
    rng = np.random.default_rng(1)
    listed = (rng.random((300, count)) < 0.3).astype(int)
    return histories_of([f"list {j}" for j in range(count)], listed, np.ones(300))


def with_bad_rows():
    table = drawn_table()
    return Histories(table.lists, table.patterns, table.counts, set_aside=2)


REFUSED = {
    "few-lists": table_of({"10": 5, "01": 6, "11": 3}, lists=("A", "B")),
    "disconnected": table_of({"1100": 5, "1000": 9, "0011": 4, "0001": 8}, lists=tuple("ABCD")),
    "list-holds-all": table_of({"100": 5, "110": 6, "101": 3, "111": 2}),
    "many-lists": many_lists(25),
    "bad-rows": with_bad_rows(),
}


@pytest.mark.parametrize("method", [m for m in METHODS if m != "chapman"])
@pytest.mark.parametrize("check", REFUSED)
def test_what_cannot_carry_a_figure_is_refused_by_name(check, method):
    """Every method refuses alike, names the check and says what would help."""
    made = estimate(REFUSED[check], method, Settings()).estimate

    assert check == made.refused.check
    assert made.refused.then.endswith(".")
    assert (None, None, None) == (made.lo, made.median, made.hi)
    assert check in [finding.check for finding in made.findings]


def test_two_lists_that_share_nobody_are_disconnected_even_for_an_illustration():
    made = estimate(table_of({"10": 5, "01": 6}, lists=("A", "B")), "chapman", Settings()).estimate

    assert "disconnected" == made.refused.check


WARNED = {
    "no-overlap": table_of({"100": 9, "110": 4, "011": 3, "010": 8, "001": 5}),
    "list-inside": table_of({"110": 9, "010": 20, "011": 2, "111": 4, "001": 7}),
    "disconnected": table_of({"110": 9, "010": 20, "100": 2, "001": 7}),
    "few-people": table_of({"110": 3, "100": 5, "011": 2, "101": 2, "010": 3, "001": 4}),
    "thin-overlap": table_of({"100": 300, "010": 200, "001": 250, "110": 9, "011": 8, "101": 7}),
    "referral": table_of({"100": 30, "010": 40, "001": 1, "011": 12, "101": 12, "110": 9}),
}


@pytest.mark.parametrize("check", WARNED)
def test_what_weakens_a_figure_is_said_by_name(check):
    _, refused, findings = check_before(WARNED[check])

    assert refused is None
    assert "warning" in {f.weight for f in findings if f.check == check}


def test_an_empty_list_is_left_out_and_named():
    table = table_of({"1100": 4, "1000": 9, "0110": 3, "1010": 4, "0010": 6}, lists=tuple("ABCD"))

    left, refused, findings = check_before(table)

    assert 3 == len(left.lists)
    assert refused is None
    assert "empty-list" in [f.check for f in findings]


def test_a_copy_of_a_list_counts_once():
    table = table_of({"110": 4, "111": 5, "001": 9, "000": 2})

    left, refused, findings = check_before(table)

    assert 2 == len(left.lists)
    assert "few-lists" == refused.check
    assert "duplicate-lists" in [f.check for f in findings]


def test_what_nobody_can_test_is_asked_for():
    _, _, findings = check_before(drawn_table())

    assert "confirm-assumptions" == findings[-1].check
