"""``reckon --rule``: the same claims under the rules of other organisations."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tallystick.cli.door import tallystick
from tallystick.records import Statement, parse_claims

PAGE = """
who | what   | whom     | where | by  | published  | how many
A   | killed | civilian | SY-LA | air | 2025-03-07 | = 7
B   | killed | civilian | SY-LA | air | 2025-03-08 | = 4
C   | killed | civilian | SY-TA | air | 2025-03-08 | = 90
"""


@pytest.fixture
def lines():
    told = [claim.as_json() for claim in parse_claims(PAGE)]
    told.append(Statement(span=(0, 1), quote="we did", kind="admission", speaker="air").as_json())
    return "\n".join(json.dumps(line) for line in told)


def ask(lines, *words):
    return CliRunner().invoke(tallystick, ["reckon", "-", *words], input=lines)


def test_all_rules_stand_in_one_table(lines):
    told = ask(lines, "--rule", "all", "--where", "SY-LA")

    assert 0 == told.exit_code, told.output
    assert [
        "rule     killed     best  injured  grade      unverified",
        "acled    4          4",
        "airwars  4–7                       Confirmed",
        "ibc      4–7                                  yes",
        "ohchr    no figure",
        "ucdp     4–7        4                         yes",
    ] == told.output.splitlines()[:6]


def test_one_rule_as_json_says_its_reason_and_what_it_set_aside(lines):
    told = ask(lines, "--rule", "ucdp", "--where", "SY-LA", "--given", "reliable=A:1", "--json")

    (figure,) = json.loads(told.output)
    assert {"lo": 4, "hi": 7, "best": 7} == figure["killed"]
    assert figure["unverified_rule"]
    assert ["published", "memory"] == [step["mark"] for step in figure["reason"]]
    assert 1 == len(figure["set_aside"])


def test_a_rule_answers_as_of_a_day(lines):
    told = ask(lines, "--rule", "acled", "--where", "SY-LA", "--as-of", "2025-03-07", "--json")

    assert 7 == json.loads(told.output)[0]["killed"]["best"]


@pytest.mark.parametrize(
    "words",
    [
        ["--rule", "best"],
        ["--rule", "ibc", "--whom", "status=civilian"],
        ["--rule", "ibc", "--given", "mood=good"],
        ["--rule", "ibc", "--given", "reliable=A:most"],
        ["--rule", "ibc", "--each", "where"],
    ],
)
def test_what_no_rule_knows_is_refused_and_not_passed_over(lines, words):
    assert ask(lines, *words).exit_code != 0
