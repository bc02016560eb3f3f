"""``tallystick reckon`` and ``prove`` keep their contracts on plain files."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tallystick.cli.prove import prove
from tallystick.cli.reckon import reckon

CLAIMS = [
    {"originator": "A", "kind": "killed", "lo": 40, "hi": 40, "where": "SY-LA",
     "during": ["2030-01-01", "2030-01-02"], "counted": [None, "2030-01-03"]},
    {"originator": "B", "kind": "killed", "lo": 30, "hi": None, "where": ["SY-LA", "SY-TA"],
     "during": ["2030-01-01", "2030-01-02"], "counted": [None, "2030-01-04"]},
    {"originator": "A", "kind": "killed", "lo": 9, "hi": 9, "where": "SY-TA",
     "during": ["2030-01-01", "2030-01-02"], "counted": [None, "2030-01-03"]},
]  # fmt: skip
KEYS = {
    "id", "query", "documented", "single", "believed", "corroborated", "withstands", "otherwise",
    "flags", "claimed", "highest", "named", "contested", "method",
}  # fmt: skip


def run(command, *words, claims=CLAIMS, extra=""):
    lines = "\n".join(json.dumps(claim) for claim in claims) + f"\n{extra}"
    return CliRunner().invoke(command, list(words), input=lines)


def figures(*words, **given):
    return json.loads(run(reckon, "-", "--json", *words, **given).stdout)


def test_a_claim_needs_only_four_fields():
    (figure,) = figures(claims=[{"originator": "A", "kind": "killed", "lo": 3, "hi": 3}])

    assert KEYS <= figure.keys()
    assert figure["documented"]["lo"] == 3
    assert figure["single"] == {"lo": 3, "originator": "A"}
    assert figure["corroborated"] == {"k": 1, "lo": 0}
    assert figure["method"] == "tally-2"


def test_the_ladder_of_two_tellers():
    (figure,) = figures("--where", "SY-LA", "--where", "SY-TA")

    assert figure["documented"]["lo"] == 49
    assert figure["withstands"] == {"k": 1, "lo": 30}
    assert figure["corroborated"] == {"k": 1, "lo": 30}
    assert figure["claimed"] == [
        {"originator": "A", "lo": 49, "hi": 49},
        {"originator": "B", "lo": 30, "hi": None},
    ]
    assert figure["highest"] == {"originator": "A", "hi": 49}


def test_k_voices_are_listed():
    (figure,) = figures("--k", "2")

    assert [bound["k"] for bound in figure["withstands_k"]] == [1, 2]
    assert [bound["k"] for bound in figure["corroborated_k"]] == [1, 2]


@pytest.mark.parametrize(
    ("each", "wheres"),
    [("where", [[], ["SY-LA"], ["SY-TA"]]), ("where:country", [[], ["SY"]])],
)
def test_one_figure_for_each_place(each, wheres):
    assert [figure["query"]["where"] for figure in figures("--each", each)] == wheres


def test_one_figure_for_each_day_and_teller():
    days = figures("--each", "during:day", "--each", "originator")

    assert [figure["query"]["during"] for figure in days[1:3]] == [
        ["2030-01-01", "2030-01-01"], ["2030-01-02", "2030-01-02"]
    ]  # fmt: skip
    assert [figure["documented"]["lo"] for figure in days[3:]] == [49, 30]


def test_a_bad_line_an_unknown_place_and_an_unknown_term_are_named_and_the_rest_is_reckoned():
    bad = [
        {"originator": "A", "kind": "killed", "lo": 5, "hi": 3},
        {"originator": "A", "kind": "killed", "lo": 500, "hi": 500, "where": "NOWHERE"},
        {"originator": "A", "kind": "killed", "lo": 500, "hi": 500, "whom": {"status": "female"}},
        {"originator": "A", "kind": "killed", "lo": 500, "hi": 500, "counted": ["2030-01-09", "2030-01-02"]},
    ]  # fmt: skip
    outcome = run(reckon, "-", "--json", claims=[*CLAIMS, *bad], extra="no json\n")

    assert outcome.exit_code == 0
    assert json.loads(outcome.stdout)[0]["documented"]["lo"] == 49
    for words in ("line 4", "line 7", "line 8", "NOWHERE", "“female” is no known status"):
        assert words in outcome.stderr


def test_an_unknown_place_asked_for_is_refused_in_words():
    outcome = run(reckon, "-", "--where", "NOWHERE")

    assert outcome.exit_code != 0
    assert "NOWHERE" in str(outcome.exception)


@pytest.mark.parametrize(
    "words", [("--kind", "lost"), ("--during", "May"), ("--whom", "status="), ("--as-of", "soon")]
)
def test_an_option_that_cannot_be_read_is_a_matter_of_usage(words):
    assert run(reckon, "-", *words).exit_code == 2


def test_strict_tells_contested_figures_by_the_exit_code():
    twice = [*CLAIMS, CLAIMS[0] | {"lo": 50, "hi": 50}]

    assert run(reckon, "-", claims=twice).exit_code == 0
    assert run(reckon, "-", "--strict", claims=twice).exit_code == 3
    assert "contested within" in run(reckon, "-", claims=twice).stdout


def test_certificates_are_written_and_proved(tmp_path):
    run(reckon, "-", "--certificates", str(tmp_path))
    (path,) = tmp_path.glob("p-*.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(told | {"lo": 48}), encoding="utf-8")

    good, bad = (CliRunner().invoke(prove, [str(p)]) for p in (path, broken))

    assert (good.exit_code, bad.exit_code) == (0, 4)
    assert "at least 49  proved" in good.stdout
    assert "NOT proved" in bad.stdout


def test_a_figure_is_proved_by_the_certificate_beside_it(tmp_path):
    told = run(reckon, "-", "--json", "--certificates", str(tmp_path)).stdout
    path = tmp_path / "figures.json"
    path.write_text(told, encoding="utf-8")

    assert CliRunner().invoke(prove, [str(path)]).exit_code == 0


def test_places_of_the_case_are_laid_over_the_gazetteer(tmp_path):
    table = tmp_path / "places.csv"
    table.write_text("id,name,parent\nZQ,Land,\nZQ-1,North,ZQ\n", encoding="utf-8")
    claim = {"originator": "A", "kind": "killed", "lo": 7, "hi": 7, "where": "ZQ-1"}
    (figure,) = figures("--places", str(table), "--where", "ZQ", claims=[claim])

    assert figure["documented"]["lo"] == 7


FLED = [{"originator": "A", "kind": "displaced", "unit": "families", "lo": 350, "hi": 350}]


def test_a_size_of_family_is_for_the_displaced_alone():
    (figure,) = figures("--kind", "displaced", "--family-size", "4.2", claims=FLED)
    refused = [
        run(reckon, "-", "--family-size", "6", claims=FLED),
        run(reckon, "-", "--kind", "displaced", "--family-size", "six", claims=FLED),
        run(reckon, "-", "--kind", "displaced", "--family-size", "1/2", claims=FLED),
    ]
    told = run(reckon, "-", "--kind", "displaced", "--family-size", "6", claims=FLED).stdout

    assert [("family-of-one", 350), ("family-size", 1470)] == [
        (derived["rule"], derived["lo"]) for derived in figure["derived"]
    ]
    assert [2, 2, 2] == [result.exit_code for result in refused]
    assert "2,100  350 families × 6: family-size, in no bound" in told
