"""What figures would be, asked on the command line; the files stay as they are."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tallystick.cli.reckon import reckon
from tallystick.cli.why import why

CLAIMS = [
    {"id": "c-a", "originator": "A", "kind": "killed", "lo": 40, "hi": 40, "where": "SY-LA",
     "during": ["2030-01-01", "2030-01-02"], "published": "2030-01-03"},
    {"id": "c-b", "originator": "B", "kind": "killed", "lo": 30, "hi": 30, "where": "SY-TA",
     "during": ["2030-01-01", "2030-01-02"], "published": "2030-02-04", "hedge": "approx"},
]  # fmt: skip


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(json.dumps(claim) for claim in CLAIMS), "utf-8")
    return path


def ask(page, *words, command=reckon):
    return CliRunner().invoke(command, [str(page), *words])


def compared(page, *words):
    return json.loads(ask(page, "--json", *words).stdout)


def bounds(told):
    return [(one["before"]["documented"]["lo"], one["after"]["documented"]["lo"]) for one in told]


def test_a_claim_or_an_originator_left_out(page):
    before = page.read_bytes()

    assert [(65, 25)] == bounds(compared(page, "--leave-out", "c-a"))
    assert [(65, 40), (40, 40), (25, 0)] == bounds(
        compared(page, "--leave-out", "B", "--each", "where")
    )
    assert before == page.read_bytes()


def test_a_claim_said_otherwise(page):
    told = compared(
        page, "--change", "c-a:lo=45", "--change", "c-a:hi=50", "--change", "c-b:where=SY-LA"
    )

    assert [(65, 45)] == bounds(told)
    assert [True] == [one["changed"] for one in told]


def test_claims_added_of_which_one_takes_the_place_of_another(page, tmp_path):
    more = tmp_path / "more.jsonl"
    fresh = {**CLAIMS[1], "id": "c-c", "where": "SY-HM", "hedge": "exact"}
    more.write_text("\n".join(map(json.dumps, [{**CLAIMS[0], "lo": 1, "hi": 1}, fresh])), "utf-8")

    assert [(65, 56)] == bounds(compared(page, "--add", str(more)))


def test_the_table_shows_what_changes_and_counts_what_does_not(page):
    told = ask(page, "--leave-out", "c-a", "--each", "where").stdout

    assert "documented          65 → 25  (-40)" in told
    assert "2 of 3 figures would change; nothing was kept." in told


def test_a_contradiction_that_would_come_or_go_is_told(page, tmp_path):
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({**CLAIMS[0], "id": "c-x", "lo": 42, "hi": 42}), "utf-8")
    both = tmp_path / "both.jsonl"
    both.write_text(f"{page.read_text('utf-8')}\n{more.read_text('utf-8')}", "utf-8")

    assert "  contested: A: 42 do not fit into 40" in ask(page, "--add", str(more)).stdout
    gone = ask(both, "--leave-out", "c-x").stdout
    assert "no longer contested: A: 42 do not fit into 40" in gone


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--leave-out", "c-q"], 1, "No claim and no originator has the id “c-q”."),
        (["--change", "c-q:lo=4"], 1, "No claim and no originator has the id “c-q”."),
        (["--change", "c-a"], 1, "changes no claim"),
        (["--change", "c-a:colour=red"], 1, "no field “colour”"),
        (["--change", "c-a:lo=many"], 1, "no whole number"),
        (["--add", "nowhere.jsonl"], 1, "No claims could be read"),
        (["--leave-out", "A", "--certificates", "x"], 2, "no certificates"),
        (["--leave-out", "A", "--rule", "ibc"], 2, "one incident alone"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(page, words, code, says):
    result = ask(page, *words)

    told = f"{result.output} {getattr(result.exception, 'what', '')}"
    assert says in told
    assert code == 2 or isinstance(result.exception, Exception)
    if code == 2:
        assert 2 == result.exit_code


def test_what_cannot_be_asked_is_refused_from_whichever_process_asks_it(page, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    answer = ask(page, "--leave-out", "c-a", "--where", "XX-NOWHERE")

    assert "“XX-NOWHERE” is no known place." == getattr(answer.exception, "what", None)


def test_why_prints_each_bound_without_each_teller_and_what_vague_words_carry(page):
    told = ask(page, command=why).stdout

    assert "At least 65 people were killed. A alone proves 40; B alone proves 25." in told
    assert "corroborated  withstands  single  documented  believed" in told
    assert (
        "  A                                             0           0      25          25        25"
        in told
    )
    assert "if “about” and vague words were exact: 70" in told
    assert "if they were left out: 40" in told


def test_why_tells_the_sums_behind_what_a_teller_never_said(tmp_path):
    page = tmp_path / "claims.jsonl"
    scope = {"originator": "A", "kind": "killed", "where": "SY-LA", "during": "2030-01-01"}
    claims = [
        {**scope, "lo": 4, "hi": 6},
        {**scope, "lo": 2, "hi": 2, "whom": {"status": "civilian"}},
        {**scope, "lo": 1, "hi": 2, "whom": {"status": "fighter"}},
    ]
    page.write_text("\n".join(map(json.dumps, claims)), "utf-8")
    rest = ["--where", "SY-LA", "--whom", "status!=civilian", "--whom", "status!=fighter"]
    told = ask(page, *rest, command=why).stdout

    assert "A itself: 0 to 3" in told
    assert "at most  6 - 2 - 1 = 3" in told
