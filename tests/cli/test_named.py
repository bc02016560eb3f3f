"""Named persons from plain files: what linking wrote, and the lists that it linked."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.invented_names import full_name

from tallystick.cli.reckon import reckon
from tallystick.cli.why import why

HEADER = "record_id,source,name,sex,age,date of death,place\n"


def row(number, name, **told):
    cells = {"list": "A", "sex": "male", "age": "31", "died": "2030-01-01", "place": "Latakia"}
    cells |= told
    return f"{number},{cells['list']},{name},{cells['sex']},{cells['age']},{cells['died']},{cells['place']}"


@pytest.fixture
def files(tmp_path):
    names = [full_name(n) for n in range(5)]
    one = [row(1, names[0]), row(2, names[1]), row(3, names[2], place="Tartus"), row(4, "Unknown")]
    two = [row(11, names[0], list="B"), row(12, names[3], list="B", age="7", died="")]
    (tmp_path / "one.csv").write_text(HEADER + "\n".join(one) + "\n", "utf-8")
    (tmp_path / "two.csv").write_text(HEADER + "\n".join(two) + "\n", "utf-8")
    (tmp_path / "persons.csv").write_text(
        "record_id,person_id,p_match,undecided\n"
        "1,p-1,1,\n11,p-1,1,\n2,p-2,1,p-4\n3,p-3,1,\n4,p-9,1,\n12,p-4,1,\n",
        "utf-8",
    )
    claim = {"originator": "A", "kind": "killed", "lo": 2, "hi": 2, "where": "SY-LA",
             "during": "2030-01-01", "id": "c-a"}  # fmt: skip
    (tmp_path / "claims.jsonl").write_text(json.dumps(claim), "utf-8")
    return tmp_path


def ask(files, *words, command=reckon, lists=("one.csv", "two.csv")):
    given = ["--persons", str(files / "persons.csv")]
    given += [word for name in lists for word in ("--list", str(files / name))]
    return CliRunner().invoke(command, [str(files / "claims.jsonl"), *given, *words])


def figure(files, *words, **given):
    return json.loads(ask(files, "--json", *words, **given).stdout)[0]


def test_the_persons_of_all_lists_are_reckoned_with_the_claims(files):
    whole = figure(files)

    assert {"lo": 3, "hi": 4} == whole["named"]
    assert 3 == whole["documented"]["lo"]
    assert {"lo": 1, "hi": 1} == figure(files, "--where", "SY-TA")["named"]
    assert 1 == figure(files, "--where", "SY-LA", "--during", "2030-01-01")["corroborated"]["lo"]


def test_the_ladder_and_the_reason_show_them(files):
    assert "named                3  to 4 persons on lists" in ask(files).stdout
    told = ask(files, command=why)
    assert 0 == told.exit_code, told.output
    assert told.stdout.startswith("At least 3 people were killed.")
    # Latakia's two are counted by A, by B and by the lists: which of them is named is open.
    shares = json.loads(ask(files, "--json", command=why).stdout)["shares"]
    assert ["2", "1"] == [share["people"] for share in shares]
    assert ["SY-LA ..", "SY-TA .."] == [cell for share in shares for cell in share["cells"]]
    assert (
        "documented" in ask(files, "--leave-out", "c-a").stdout
        or "0 of 1" in ask(files, "--leave-out", "c-a").stdout
    )


def test_a_list_that_was_linked_and_is_not_given_is_told(files):
    told = ask(files, lists=("one.csv",))

    assert "2 records stand on none of the lists that were given." in told.stderr


def test_lists_of_which_nothing_says_when_they_were_known_are_left_out_as_of_a_day(files):
    told = ask(files, "--as-of", "2030-02-01")

    assert "Nothing says when this list was known" in told.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--persons", "p.csv"], "--persons and --list go together."),
        (["--list", "l.csv"], "--persons and --list go together."),
        (["-C", "nowhere", "--persons", "p.csv", "--list", "l.csv"], "persons of its own"),
    ],
)
def test_persons_without_lists_are_refused(files, words, says):
    result = CliRunner().invoke(reckon, [str(files / "claims.jsonl"), "--where", "SY", *words])

    assert 2 == result.exit_code
    assert says in result.output
