"""What comes in wrong: named by the check that found it, and never turned into a figure."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.cli.estimate import estimate as command
from tallystick.estimating import (
    METHODS,
    LatentPlan,
    NotWholePeople,
    People,
    Settings,
    estimate,
    estimate_from_people,
    histories_of,
)
from tallystick.estimating.checks import check_before

QUICK = Settings(
    brief=True, resamples=60, latent=LatentPlan(ess_wanted=60.0, ess_least=1.0, most_rhat=9.0)
)
FILES = {
    "few-lists": "A,B,count\n1,0,9\n0,1,7\n1,1,4\n",
    "disconnected": "A,B,C,D,count\n1,1,0,0,5\n1,0,0,0,9\n0,0,1,1,4\n0,0,0,1,8\n",
    "bad-rows": "A,B,C,count\n1,1,0,5\n0,1,1,4\n1,0,1,3\n1,0,0,-2\n0,1,0,1.5\n",
    "many-lists": ",".join(f"L{j}" for j in range(25))
    + "\n"
    + "\n".join(
        ",".join(str(int(b)) for b in row)
        for row in np.random.default_rng(1).random((200, 25)) < 0.3
    )
    + "\n",
}


@pytest.mark.parametrize("check", FILES)
@pytest.mark.parametrize("method", ["lcmcr", "dga", "loglinear"])
def test_a_file_that_can_carry_no_figure_is_refused_by_the_check_that_found_it(
    tmp_path, check, method
):
    (tmp_path / "h.csv").write_text(FILES[check], "utf-8")

    words = [str(tmp_path / "h.csv"), "--method", method, "--json"]
    told = CliRunner().invoke(command, words, catch_exceptions=False)

    (made,) = json.loads(told.stdout)
    assert check == made["refused"]["check"]
    assert (None, None, None) == (made["median"], made["lo"], made["hi"])
    assert 0 == told.exit_code


# One table each in which nothing else is wrong: lists A to D over plenty of people.
SOUND = {"1000": 30, "0100": 40, "0010": 35, "0001": 25, "1100": 9, "0110": 8, "1001": 7,
         "0011": 6, "1010": 5, "0101": 6, "1110": 3}  # fmt: skip


def table_with(patterns, lists="ABCD"):
    words = list(patterns)
    bits = np.array([[int(bit) for bit in word] for word in words])
    return histories_of(tuple(lists), bits, np.array([patterns[word] for word in words]))


WARNED = {
    "empty-list": ({f"{p}0": n for p, n in SOUND.items()}, "ABCDE"),
    "duplicate-lists": ({f"{p}{p[0]}": n for p, n in SOUND.items()}, "ABCDE"),
    "list-inside": ({**{f"{p}0": n for p, n in SOUND.items()}, "10001": 4, "11001": 3}, "ABCDE"),
    "disconnected": ({**{f"{p}0": n for p, n in SOUND.items()}, "00001": 12}, "ABCDE"),
}


@pytest.mark.parametrize("check", WARNED)
def test_lists_that_weaken_a_figure_are_named_in_it(check):
    made = estimate(table_with(*WARNED[check]), "dga", QUICK).estimate

    assert made.refused is None
    assert check in [finding.check for finding in made.warnings]
    assert made.lo >= made.n_observed


def test_a_sound_table_has_none_of_these_warnings():
    _, refused, findings = check_before(table_with(SOUND))

    assert refused is None
    assert not {f.check for f in findings if f.weight != "note"} & set(WARNED)


@pytest.mark.parametrize("counts", [[4, -1], [4, 1.5], [4, np.nan], [4, np.inf]])
def test_arrays_of_no_whole_people_are_not_taken(counts):
    with pytest.raises(NotWholePeople, match="whole number of people"):
        histories_of(("A", "B"), np.array([[1, 0], [0, 1]]), np.array(counts))


def test_arrays_of_other_than_0_and_1_are_not_taken():
    with pytest.raises(NotWholePeople, match="0 and 1"):
        histories_of(("A", "B"), np.array([[1, 0], [0, 2]]), np.array([1, 1]))


COUNTS = st.lists(st.sampled_from([0, 0, 1, 2, 5, 40, 900]), min_size=7, max_size=15)


def told_of(counts):
    n_lists = 3 if len(counts) < 15 else 4
    cells = np.arange(1, len(counts) + 1) % (1 << n_lists)
    bits = (cells[:, None] >> np.arange(n_lists)) & 1
    return histories_of(tuple("ABCD"[:n_lists]), bits, np.array(counts))


@pytest.mark.parametrize("method", [m for m in METHODS if m != "lcmcr"])
@settings(max_examples=60, deadline=None)
@given(counts=COUNTS)
def test_no_limit_ever_reaches_below_the_documented(method, counts):
    """Whatever the table: documented <= lo <= median <= hi, or a refusal with its reason."""
    histories = told_of(counts)

    made = estimate(histories, method, QUICK).estimate

    assert made.refused is not None or made.n_observed == histories.people
    assert made.refused is not None or made.n_observed <= made.lo <= made.median <= made.hi
    json.dumps(made.as_json(), allow_nan=False)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(counts=COUNTS)
def test_no_limit_of_latent_classes_reaches_below_the_documented(counts):
    histories = told_of(counts)

    made = estimate(histories, "lcmcr", QUICK).estimate

    assert made.refused is not None or histories.people <= made.lo <= made.median <= made.hi
    json.dumps(made.as_json(), allow_nan=False)


@settings(max_examples=30, deadline=None)
@given(st.integers(30, 300), st.integers(0, 10**6))
def test_no_limit_of_two_lists_with_covariates_reaches_below_the_documented(n, seed):
    rng = np.random.default_rng(seed)
    listed = (rng.random((n, 2)) < rng.uniform(0.2, 0.95, size=2)).astype(np.uint8)
    listed = listed[listed.any(axis=1)]
    ages = [str(int(age)) for age in rng.integers(1, 90, size=len(listed))]

    made = estimate_from_people(People(("A", "B"), listed, {"age": ages}), QUICK).estimate

    assert made.refused is not None or len(listed) <= made.lo <= made.median <= made.hi
