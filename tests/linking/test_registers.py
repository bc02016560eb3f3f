"""Lists the shipped model does not know, linked by weights learnt from their own columns."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.invented_names import person

from tallystick.linking import Sheet, entries_of, link
from tallystick.linking.edits import DIFFERENT, EQUAL, MISSING, NEAR, RATHER, cells_of, levels_of

HEADER = ["id", "given name", "surname", "date of birth", "street", "post code", "member no"]


def plain_edits(a, b):
    """Count edits by the plain table, neighbours changed places as one."""
    d = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            d[i, j] = min(
                d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + (a[i - 1] != b[j - 1])
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i, j] = min(d[i, j], d[i - 2, j - 2] + 1)
    return d[len(a), len(b)]


@settings(deadline=None)
@given(st.text("abc12", max_size=8), st.text("abc12", max_size=8))
def test_levels_are_those_of_plain_edits(a, b):
    level = levels_of(np.array([0], np.int32), np.array([1], np.int32), cells_of([a, b]))[0]
    if not a or not b:
        assert level == MISSING
    elif a == b:
        assert level == EQUAL
    else:
        alike = 1 - plain_edits(a, b) / max(len(a), len(b))
        assert level == (NEAR if alike >= 0.8 else RATHER if alike >= 0.6 else DIFFERENT)


def register(people=150):
    """Give a register in which half the people stand twice, each time with slips of their own."""
    rng = np.random.default_rng(5)
    rows, who = [], []
    for n in range(people):
        words = person(n).name("lat").split()
        born = f"19{rng.integers(30, 99)}-0{rng.integers(1, 9)}-1{rng.integers(0, 9)}"
        cells = [words[0], words[-1], born, f"{rng.integers(1, 60)} Hill St {n % 40}",
                 str(rng.integers(1000, 1060)), str(rng.integers(10**6, 10**7))]  # fmt: skip
        for copy in range(1 + n % 2):
            told = list(cells)
            for at in range(len(told)) if copy else ():
                if rng.random() < 0.25:
                    told[at] = told[at][:-1] + str(rng.integers(10))
            rows.append([f"r{len(rows):04d}", *told])
            who.append(n)
    return rows, who


@cache
def linked_register():
    rows, who = register()
    entries, issues = entries_of(Sheet("members.csv", [HEADER, *rows]))
    return (
        link(entries, rng=np.random.default_rng(1)),
        dict(zip((r[0] for r in rows), who, strict=True)),
        issues,
    )


def test_a_register_is_linked_by_its_own_columns():
    linked, who, _ = linked_register()
    persons = {frozenset(p.entries) for p in linked.persons}
    truth = {frozenset(e for e, n in who.items() if n == one) for one in set(who.values())}

    assert len(persons & truth) >= 0.98 * len(truth)
    assert linked.count.lo <= len(truth) <= linked.count.hi


def test_it_is_told_that_weights_were_learnt_and_over_which_columns():
    linked = linked_register()[0]
    told = [issue for issue in linked.issues if issue.code == "linking.weights-learnt"]

    assert len(told) == 1
    assert "member no" in told[0].says
    assert "street" in told[0].says


def test_reasons_name_the_columns_and_add_up():
    linked = linked_register()[0]
    together = next(p for p in linked.persons if len(p.entries) > 1)
    reasons = linked.why(*together.entries[:2])

    assert reasons.log_odds > 0
    assert {"street", "member no", "birth"} <= {step.field for step in reasons.steps}
    assert reasons.start + sum(s.moves for s in reasons.steps) == pytest.approx(reasons.log_odds)


def test_lists_of_the_dead_keep_the_shipped_model():
    entries, issues = entries_of(
        Sheet(
            "l.csv",
            [["name", "died", "a", "b", "c"], ["Samer Barduq", "2020-01-02", "x", "y", "z"]],
        )
    )
    linked = link(entries, rng=np.random.default_rng(1))

    assert "linking.column-left-out" in {issue.code for issue in issues}
    assert "linking.weights-learnt" not in {issue.code for issue in linked.issues}


def test_remarks_make_no_register():
    rows = [[person(n).name("ar"), "killed", "seen", "x"] for n in range(60)]
    entries, _ = entries_of(Sheet("l.csv", [["name", "status", "note", "kind"], *rows]))
    linked = link(entries, rng=np.random.default_rng(1))

    assert "linking.weights-learnt" not in {issue.code for issue in linked.issues}
