"""The deed and the command on plain files."""

import csv
import json
import sys

import numpy as np
import pytest
from click.testing import CliRunner
from tests.estimating.tables import drawn_table, rows_of, table_of

from tallystick.casework.capture_histories import NoHistories, NotATable
from tallystick.casework.estimate import Asked, Pace
from tallystick.casework.estimate import estimate as answer
from tallystick.cli.estimate import ExtraNotInstalled
from tallystick.cli.estimate import estimate as command
from tallystick.estimating import LatentPlan, Settings
from tallystick.records import Estimate

QUICK = Settings(brief=True, latent=LatentPlan(ess_wanted=100.0, ess_least=50.0))


def write(path, *tables, column="year"):
    with path.open("w", newline="", encoding="utf-8") as handle:
        out = csv.writer(handle)
        for number, table in enumerate(tables):
            header, rows = rows_of(table)
            if number == 0:
                out.writerow([column, *header])
            out.writerows([str(2000 + number), *row] for row in rows)
    return path


def run(*words):
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)


KEYS = {"stratum", "method", "n_observed", "median", "lo", "hi", "diagnostics", "refused"}


def test_the_contract_of_the_command(tmp_path):
    two_lists = drawn_table(rates=(0.3, 0.3, 0.0, 0.0))
    path = write(tmp_path / "h.csv", drawn_table(), two_lists)

    told = run(path, "--method", "dga", "--by", "year", "--json")

    first, second, whole = json.loads(told.stdout)
    assert set(first) >= KEYS
    assert {"year": "2000"} == first["stratum"]
    assert first["refused"] is None
    assert {"check", "says", "then"} == set(second["refused"])
    assert second["median"] is None
    assert "strata-refused" == whole["refused"]["check"]
    assert 0 == told.exit_code


def test_latent_classes_and_all_their_findings_print_as_json(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table(n=250, rates=(0.4, 0.5, 0.45)))

    once, again = (run(path, "--json", "--seed", 4, "--jobs", jobs).stdout for jobs in (1, 2))

    assert once == again
    assert "lcmcr-1" == json.loads(once)[0]["method"]


def test_strict_tells_refusals_by_the_exit_code(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table(rates=(0.3, 0.3)))

    assert 3 == run(path, "--method", "dga", "--strict").exit_code
    assert 0 == run(path, "--method", "dga").exit_code


def test_documented_and_estimated_are_told_apart(tmp_path):
    told = run(write(tmp_path / "h.csv", drawn_table()), "--method", "dga").stdout

    assert "documented" in told
    assert "estimated" in told


def test_delta_and_most_missing_are_heard(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table())

    told = run(path, "--method", "dga", "--delta", "0.5", "--max-missing", "30", "--json")

    made = json.loads(told.stdout)[0]
    assert made["hi"] <= made["n_observed"] + 30
    assert 2 == run(path, "--delta", "none").exit_code
    assert 2 == run(path, "--max-missing", "-3").exit_code


def test_what_nobody_can_test_is_recorded_as_it_was_answered(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table())
    words = ["--confirm", "closed=the siege lasted four days", "--confirm", "reach=yes"]

    (made,) = json.loads(run(path, "--method", "dga", *words, "--json").stdout)

    (found,) = [f for f in made["diagnostics"] if f["check"] == "confirm-assumptions"]
    assert "“the siege lasted four days”" in found["says"]
    assert "Not answered: links between records are right" in found["says"]
    assert "warning" == found["weight"]
    assert 2 == run(path, "--confirm", "weather=fine").exit_code


def test_all_methods_answer_in_order(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table(n=300))

    made = answer(path, Asked("all"))

    assert ["lcmcr-1", "dga-1", "loglinear-1"] == [one.method for one in made.estimates][:3]


def test_strata_have_a_sum(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table(seed=1), drawn_table(seed=2))

    made = answer(path, Asked("dga", ["year"])).estimates

    assert 3 == len(made)
    assert (("*", "*"),) == made[-1].stratum


@pytest.mark.parametrize("count", ["-1", "1.5"])
def test_a_bad_count_refuses_its_stratum(tmp_path, count):
    path = tmp_path / "h.csv"
    path.write_text(f"A,B,C,count\n1,1,0,5\n0,1,1,4\n1,0,1,3\n1,0,0,{count}\n", "utf-8")

    made = answer(path, Asked("dga"))

    assert "bad-rows" == made.estimates[0].refused.check
    assert ["estimating.bad-count"] == [issue.code for issue in made.issues]


def with_draws(path, tables):
    """The histories of several draws of one linkage, as ``link --histories`` writes them."""
    return write(path, *tables, column="draw")


def test_draws_of_the_linkage_are_pooled_and_never_added(tmp_path):
    tables = [drawn_table(n=700, seed=seed) for seed in range(10)]
    path = with_draws(tmp_path / "h.csv", tables)

    (made,) = answer(path, Asked("dga")).estimates

    assert made.n_observed == min(table.people for table in tables)
    assert 0.0 < made.findings[0].values["share"] < 1.0
    assert "linkage" == made.findings[0].check
    assert 500 < made.median < 900


@pytest.mark.parametrize("method", ["lcmcr", "loglinear", "drpop"])
def test_every_method_that_draws_is_pooled_over_the_linkage(tmp_path, method):
    rng = np.random.default_rng(1)
    rows = ["A,B,C,age,draw"]
    for draw in range(2):
        listed = rng.random((200, 3)) < 0.4
        rows += [
            ",".join([*(str(int(bit)) for bit in row), str(int(rng.integers(1, 80))), str(draw)])
            for row in listed
            if row.any()
        ]
    (tmp_path / "h.csv").write_text("\n".join(rows) + "\n", "utf-8")

    (made,) = answer(tmp_path / "h.csv", Asked(method, settings=QUICK)).estimates

    assert made.refused is None
    assert made.n_observed <= made.lo
    assert 2 == made.findings[0].values["linkages"]


def test_a_batch_stops_at_fewer_draws_unless_more_are_asked_for(tmp_path):
    strata = [drawn_table(n=150, seed=seed) for seed in range(13)]
    path = write(tmp_path / "h.csv", *strata)
    seen = answer(path, Asked("lcmcr", ["year"])).estimates

    assert all(one.refused is None for one in seen)
    assert not [f for one in seen for f in one.findings if f.check == "leave-one-out"]


def test_chains_run_as_long_as_they_are_let(tmp_path):
    path, worth = write(tmp_path / "h.csv", drawn_table(n=200)), []
    for rounds in (1_000, 3_000):
        told = run(path, "--ess", 1_000_000, "--rounds", rounds, "--json")
        (made,) = json.loads(told.stdout)
        (chains,) = [one for one in made["diagnostics"] if one["check"] == "chains"]
        worth.append(chains["values"]["ess_bulk"])

    assert worth[1] > 2 * worth[0]


def test_an_interrupted_batch_goes_on_where_it_stopped(tmp_path):
    path = write(tmp_path / "h.csv", drawn_table(seed=1), drawn_table(seed=2))
    kept, seen = tmp_path / "kept.jsonl", []
    pace = Pace(resume=kept, watch=lambda *at: seen.append(at))
    first = answer(path, Asked("dga", ["year"]), pace=pace)
    kept.write_text(kept.read_text("utf-8").splitlines()[0] + '\n{"key": [', "utf-8")
    seen.clear()

    again = answer(path, Asked("dga", ["year"]), pace=pace)

    assert [(1, 1)] == seen
    assert first.as_json() == again.as_json()


def test_a_missing_extra_is_named_with_its_cure(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tallystick.casework.estimate", None)
    path = write(tmp_path / "h.csv", drawn_table())

    with pytest.raises(ExtraNotInstalled) as told:
        run(path)

    assert "tallystick[estimate]" in told.value.then


def test_what_is_no_table_is_said(tmp_path):
    with pytest.raises(NoHistories):
        answer(tmp_path / "none.csv")
    empty, twice = tmp_path / "empty.csv", tmp_path / "twice.csv"
    empty.write_text("A,B,C\n", "utf-8")
    twice.write_text("A,A,C\n1,0,1\n", "utf-8")
    for path in (empty, twice):
        with pytest.raises(NotATable):
            answer(path)


def test_an_estimate_reads_back():
    from tallystick.estimating import Settings, estimate

    for table in (drawn_table(), table_of({"110": 5, "011": 3})):
        made = estimate(table, "dga", Settings()).estimate

        assert made == Estimate.from_json(json.loads(json.dumps(made.as_json())))


def test_no_estimate_reaches_below_the_documented():
    with pytest.raises(ValueError, match="in order"):
        Estimate(stratum=(), method="x-1", n_observed=10, median=11, lo=9, hi=12)
    with pytest.raises(ValueError, match="says why not"):
        Estimate(stratum=(), method="x-1", n_observed=10)
