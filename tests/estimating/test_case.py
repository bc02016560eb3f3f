"""Estimates as records of a case: kept, looked up, verified, published, and never mixed in."""

import json

import pytest
from click.testing import CliRunner
from tests.estimating.tables import drawn_table
from tests.estimating.test_command import write

from tallystick.casework.case import Case
from tallystick.casework.estimate import Asked
from tallystick.casework.estimate_case import Keep, estimate_case
from tallystick.casework.look import look
from tallystick.casework.new import new
from tallystick.casework.publish import publish
from tallystick.casework.verify import verify
from tallystick.cli.estimate import estimate as command
from tallystick.ledger import people_linked
from tallystick.records import Estimate, Person

AT = "2031-03-11T10:00:00Z"


@pytest.fixture
def case(tmp_path):
    with new(tmp_path / "case", actor="t", at=AT) as made:
        yield made


def histories(tmp_path):
    return write(tmp_path / "h.csv", drawn_table(n=400, seed=1), drawn_table(n=400, seed=2))


def kept(case, tmp_path, method="dga", by=("year",)):
    return estimate_case(case, histories(tmp_path), Asked(method, by), keep=Keep("t", AT))


def test_an_estimate_is_kept_with_what_was_asked_its_table_and_its_maker(case, tmp_path):
    made = kept(case, tmp_path)

    (run,) = case.ledger.entries(act="estimate.add")
    assert "dga" == run.body["asked"]["method"]
    assert 1 == run.body["asked"]["settings"]["seed"]
    assert run.entry.tool.startswith("tallystick-estimate ")
    assert (tmp_path / "h.csv").read_bytes() == case.vault.get(run.entry.blobs[0])
    assert made.estimates == tuple(Estimate.from_json(told) for told in case.ledger.estimates())


def test_look_finds_an_estimate_with_its_history(case, tmp_path):
    made = kept(case, tmp_path).estimates[0]

    looked = look(case, made.id)

    assert [("estimate", made.median)] == [(k, told["median"]) for k, told in looked.records]
    assert ["estimate.add"] == [entry["act"] for entry in looked.history]


def test_verify_replays_estimates_and_hashes_their_table(case, tmp_path):
    kept(case, tmp_path)
    folder = case.folder

    verified = verify(folder, replay=True)

    assert not verified.broken
    assert verified.blobs >= 1
    next(p for p in (folder / "blobs").rglob("*") if p.is_file()).write_bytes(b"x")
    assert verify(folder).broken


def test_the_same_estimates_again_take_the_place_of_those_before(case, tmp_path):
    first, again = kept(case, tmp_path), kept(case, tmp_path)

    assert first == again
    assert len(first.estimates) == len(case.ledger.estimates())


def test_a_dry_run_keeps_nothing(case, tmp_path):
    estimate_case(case, histories(tmp_path), Asked("dga"), keep=Keep(is_dry=True))

    assert [] == case.ledger.estimates()


def test_a_case_without_a_file_is_estimated_from_its_own_persons(case):
    table = drawn_table(n=300)
    persons, number = [], 0
    for pattern, count in zip(table.patterns, table.counts, strict=True):
        lists = tuple(n for n, bit in zip(table.lists, pattern, strict=True) if bit)
        for _ in range(count):
            number += 1
            persons.append(Person(id=f"p-{number}", entries=("e",), p_match=(1.0,), lists=lists))
    persons.append(Person(id="p-x", entries=("e",), p_match=(1.0,), named=False, lists=("list 0",)))
    case.ledger.append(people_linked(persons, run={}, tool="t"), actor="t", at=AT)

    (made,) = estimate_case(case, asked=Asked("dga")).estimates

    assert table.people == made.n_observed
    assert table.digest == made.table


def test_the_report_shows_documented_and_estimated_apart(case, tmp_path):
    made = kept(case, tmp_path, by=()).estimates[0]

    publish(case, tmp_path / "out", at=AT)

    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    section = page[page.index('id="estimates"') :]
    assert f"{made.n_observed:,}" in section
    assert f"{made.median:,}" in section
    assert made.assumes in section
    assert section.count("<svg") >= 4
    (told,) = json.loads((tmp_path / "out" / "estimates.json").read_text("utf-8"))
    assert made == Estimate.from_json(told)


def test_the_command_keeps_and_draws(tmp_path):
    with new(tmp_path / "case", actor="t", at=AT):
        pass
    words = ["-C", tmp_path / "case", histories(tmp_path), "--method", "dga", "--json"]

    told = CliRunner().invoke(
        command, [str(word) for word in (*words, "--pictures", tmp_path / "drawn")]
    )

    (made,) = json.loads(told.stdout)
    assert (tmp_path / "drawn" / f"{made['id']}-methods.svg").is_file()
    with Case.open(tmp_path / "case") as opened:
        assert [made["id"]] == [one["id"] for one in opened.ledger.estimates()]


def test_neither_a_file_nor_a_case_is_a_matter_of_usage():
    assert 2 == CliRunner().invoke(command, []).exit_code
