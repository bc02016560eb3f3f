"""Verdicts are entries of the journal: they bind, outlive every linking, and say who said what."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations

import pytest
from click.testing import CliRunner
from tests.casework.listed_case import (
    add_doubtful,
    add_lists,
    decide,
    linked,
    new_case,
    partition,
    two_of_one,
)

from tallystick.casework.disputed import disputed_links
from tallystick.casework.link_case import LinkAsked
from tallystick.casework.look import look
from tallystick.casework.verdict_table import HEADER
from tallystick.casework.verdicts import questions_of_case, questions_page
from tallystick.casework.verify import verify
from tallystick.cli.review import review
from tallystick.linking import TooFewVerdicts


@pytest.fixture
def case(tmp_path):
    with new_case(tmp_path / "case") as made:
        add_lists(made, tmp_path / "lists")
        add_doubtful(made, tmp_path / "lists")
        linked(made)
        yield made
        made.ledger.replay()

        assert () == verify(tmp_path / "case").broken


def line(left, right, says, **more):
    told = {"left": left, "right": right, "says": says, "reason": "two ages"}
    return json.dumps(told | more) + "\n"


def say(case, left, right, says, reader="r1", **more):
    return decide(case, line(left, right, says, **more), reader=reader, is_lines=True)


def codes(decided):
    return [issue.code.removeprefix("casework.") for issue in decided.issues]


def test_a_verdict_binds_and_outlives_every_linking(case):
    left, right = two_of_one(case)
    before = partition(case.ledger.persons())
    say(case, left, right, "different")
    for _ in range(2):
        linked(case)
        after = partition(case.ledger.persons())

        assert {frozenset({left}), frozenset({right})} == after - before
        assert {frozenset({left, right})} == before - after


def test_a_verdict_changes_nothing_about_anybody_else(case):
    left, right = two_of_one(case)
    before = linked(case).linked
    say(case, left, right, "different")
    after = linked(case).linked
    # Whoever shares a draw with one of the two is related to them.
    own = [at for at, id_ in enumerate(before.entries) if id_ in (left, right)]
    related = {
        at
        for linking in (before, after)
        for groups in linking.draws
        for at in range(len(groups))
        if groups[at] in {groups[one] for one in own}
    }
    others = [at for at in range(len(before.entries)) if at not in related]

    assert before.draws[:, others].tolist() == after.draws[:, others].tolist()
    assert len(others) > 40


def test_not_enough_binds_nobody_and_is_not_asked_again(case):
    asked = questions_of_case(case, 50)
    question = asked[0].question
    before = partition(case.ledger.persons())
    for a in question.left:
        for b in question.right:
            say(case, min(a, b), max(a, b), "not-enough")
    linked(case)

    assert before == partition(case.ledger.persons())
    assert (question.left, question.right) not in {
        (one.question.left, one.question.right) for one in questions_of_case(case, 50)
    }


def test_a_second_reader_who_says_the_same_confirms(case):
    left, right = two_of_one(case)
    say(case, left, right, "same")
    say(case, left, right, "same", reader="r2", reason="one father")
    (verdict,) = case.ledger.verdicts()

    assert ("r1", "r2") == (verdict.author, verdict.second_reader)
    assert "two ages; one father" == verdict.reason
    assert ["r1", "r2"] == [entry["actor"] for entry in look(case, verdict.id).history]


def test_readers_who_differ_are_told_until_one_of_them_is_confirmed(case):
    left, right = two_of_one(case)
    say(case, left, right, "same")
    decided = say(case, left, right, "different", reader="r2")
    (verdict,) = case.ledger.verdicts()

    assert ["readers-disagree"] == codes(decided)
    assert "different" == verdict.says
    assert [verdict.id] == disputed_links(case.ledger)
    say(case, left, right, "different", reader="r3")
    assert [] == disputed_links(case.ledger)


def test_a_reader_may_change_their_mind(case):
    left, right = two_of_one(case)
    say(case, left, right, "same")
    decided = say(case, left, right, "different")

    assert ([], []) == (codes(decided), disputed_links(case.ledger))


def test_the_same_verdict_again_is_known_already(case):
    left, right = two_of_one(case)
    say(case, left, right, "same")
    size = case.ledger.head.size
    decided = say(case, left, right, "same")

    assert (0, 1, size) == (len(decided.verdicts), decided.repeated, case.ledger.head.size)


def test_a_dry_run_keeps_no_verdict(case):
    decided = say(case, *two_of_one(case), "same")
    left, right = two_of_one(case)
    dry = decide(case, line(left, right, "different"), is_lines=True, is_dry=True)

    assert (1, 1) == (len(decided.verdicts), len(dry.verdicts))
    assert ["same"] == [verdict.says for verdict in case.ledger.verdicts()]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("no json\n", "verdict-unclear"),
        ("[]\n", "verdict-unclear"),
        (line("n-1", "n-2", "perhaps"), "verdict-unclear"),
        (line("n-2", "n-1", "same"), "verdict-unclear"),
        (line("n-1", "n-2", "same", reason=""), "verdict-unclear"),
        (line("n-1", "n-2", "same", mood="sure"), "verdict-unclear"),
        (line("n-1", "n-2", "same"), "no-such-entry"),
    ],
)
def test_a_bad_line_is_named_and_stops_no_other(case, page, code):
    decided = decide(case, page + line(*two_of_one(case), "same"), is_lines=True)

    assert [code] == codes(decided)
    assert 1 == len(decided.verdicts)


def table(case, most=20):
    page, _ = questions_page(case, most)
    return list(csv.DictReader(io.StringIO(page)))


def filled(rows, **cells):
    """Fill cells into the first row of the first question."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows([rows[0] | cells, *rows[1:]])
    return out.getvalue()


def test_questions_stand_in_the_order_of_what_they_may_change(case):
    changes = [float(row["changes"]) for row in table(case) if row["changes"]]

    assert changes
    assert sorted(changes, reverse=True) == changes


def test_both_sides_of_a_question_stand_side_by_side(case):
    first = [row for row in table(case) if row["question"] == "1"]
    question = questions_of_case(case, 1)[0].question

    assert [*question.left] == [row["entry"] for row in first if row["side"] == "left"]
    assert [*question.right] == [row["entry"] for row in first if row["side"] == "right"]
    assert all(row["name"] for row in first)
    assert "together: probability" in first[0]["why"]


def test_a_filled_table_is_kept_as_verdicts(case):
    question = questions_of_case(case, 1)[0].question
    page = filled(table(case), verdict="Different", reason="two fathers", reader="r7")
    decided = decide(case, page)
    pairs = {(min(a, b), max(a, b)) for a in question.left for b in question.right}

    assert pairs == {(verdict.left, verdict.right) for verdict in decided.verdicts}
    assert {("different", "two fathers", "r7")} == {
        (verdict.says, verdict.reason, verdict.author) for verdict in case.ledger.verdicts()
    }


@pytest.mark.parametrize(
    "cells",
    [
        {"verdict": "perhaps", "reason": "r"},
        {"verdict": "same"},
        {"verdict": "same", "reason": "r", "reader": "r1", "second reader": "r1"},
    ],
)
def test_a_question_filled_in_badly_is_named(case, cells):
    decided = decide(case, filled(table(case), **cells))

    assert ["verdict-unclear"] == codes(decided)
    assert "row 2" == decided.issues[0].where


def test_another_table_is_named(case):
    assert ["verdict-unclear"] == codes(decide(case, "a,b\n1,2\n"))


def test_the_journal_says_that_questions_left_the_case(case):
    _, many = questions_page(case, 3)
    (export,) = case.ledger.exports()

    assert ("link-questions", many) == (export["profile"], export["questions"])


def test_verdicts_teach_where_that_is_asked(case):
    pairs = [
        sorted(pair) for person in case.ledger.persons() for pair in combinations(person.entries, 2)
    ]
    page = "".join(line(*pair, "same") for pair in pairs[:-5])
    page += "".join(line(*pair, "different") for pair in pairs[-5:])
    decide(case, page, is_lines=True)
    plain, taught = linked(case), linked(case, asked=LinkAsked(learns=True))

    assert "+verdicts" not in plain.linked.count.method
    assert "+verdicts" in taught.linked.count.method


def test_few_verdicts_teach_nothing(case):
    say(case, *two_of_one(case), "same")
    with pytest.raises(TooFewVerdicts):
        linked(case, asked=LinkAsked(learns=True))


def test_the_table_comes_back_as_a_spreadsheet_wrote_it(case, tmp_path):
    out, back = tmp_path / "q.csv", tmp_path / "back.csv"
    words = ["-C", str(case.folder), "--links"]
    assert 0 == CliRunner().invoke(review, [*words, "--export", str(out), "--most", "5"]).exit_code
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    rows[0] |= {"verdict": "same", "reason": "أب واحد"}
    with back.open("w", encoding="cp1256", newline="") as file:
        writer = csv.DictWriter(file, HEADER, delimiter=";")
        writer.writeheader()
        writer.writerows([{k: v for k, v in row.items() if k != "why"} for row in rows])
    told = CliRunner().invoke(review, [*words, "--import", str(back), "--reviewer", "r9", "--json"])

    assert {("r9", "أب واحد")} == {(v.author, v.reason) for v in case.ledger.verdicts()}
    assert [] == json.loads(told.stdout)["issues"]


def test_questions_may_be_json_lines(case, tmp_path):
    out = tmp_path / "q.jsonl"
    CliRunner().invoke(review, ["-C", str(case.folder), "--links", "--export", str(out)])
    asked = [json.loads(told) for told in out.read_text("utf-8").splitlines()]

    assert asked[0]["left"] == [
        shown["entry"]["id"] for shown in asked[0]["shown"] if shown["side"] == "left"
    ]


def test_disputed_links_are_told_with_strict(case, tmp_path):
    left, right = two_of_one(case)
    (tmp_path / "v.jsonl").write_text(line(left, right, "same"))
    (tmp_path / "w.jsonl").write_text(line(left, right, "different"))
    words = ["-C", str(case.folder), "--links", "--strict", "--import"]
    first = CliRunner().invoke(review, [*words, str(tmp_path / "v.jsonl"), "--reviewer", "r1"])
    second = CliRunner().invoke(review, [*words, str(tmp_path / "w.jsonl"), "--reviewer", "r2"])

    assert (0, 3) == (first.exit_code, second.exit_code)
    assert "1 links are disputed." in second.stdout
