"""Every verb speaks the same way: JSON, dry runs, exit codes, troubles in three parts."""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tallystick.cli.door import VERBS, main, tallystick

WRITERS = ("preserve", "read", "review", "publish")
CONTEXT = click.Context(tallystick)
DOCUMENT = """---
title: Fire on the bridge
outlet: Varda Herald
published: 2031-03-05
kind: news
lang: en
---

At least 12 people were killed in Varda on 3 March, the Council of Varda said.
"""
PLACES = "id,name,parent,lat,lon,aliases,unit\nXX,Exland,,,,,\nXX-V,Varda,XX,,,,\n"


@dataclass
class Ran:
    returncode: int
    stdout: str
    stderr: str


def run(*words: str, stdin: str = "") -> Ran:
    """Run the command line in this process, as a person would in a shell."""
    out, err = io.StringIO(), io.StringIO()
    old_in, old_argv = sys.stdin, sys.argv
    sys.stdin, sys.argv = io.StringIO(stdin), ["tallystick", *words]
    code = 0
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdin, sys.argv = old_in, old_argv
    return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exland")
    (folder / "fire.md").write_text(DOCUMENT, "utf-8")
    path = str(folder / "case")
    assert 0 == run("new", path, "--title", "Exland").returncode
    (folder / "case" / "places.csv").write_text(PLACES, "utf-8")
    assert 0 == run("preserve", "-C", path, str(folder / "fire.md")).returncode
    assert 0 == run("read", "-C", path).returncode
    return path


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_answers_in_json(verb):
    options = {
        name for option in tallystick.get_command(CONTEXT, verb).params for name in option.opts
    }

    assert "--json" in options


@pytest.mark.parametrize("verb", WRITERS)
def test_every_verb_that_writes_into_a_case_has_a_dry_run(verb):
    options = {
        name for option in tallystick.get_command(CONTEXT, verb).params for name in option.opts
    }

    assert "--dry-run" in options


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb):
    told = CliRunner().invoke(tallystick, [verb, "--help"])

    assert 0 == told.exit_code
    assert "Usage:" in told.output


def test_an_unknown_option_is_a_matter_of_usage():
    assert 2 == run("reckon", "--colour", "red").returncode


def test_what_cannot_be_done_says_what_where_and_what_next(tmp_path):
    told = run("status", str(tmp_path))

    assert 1 == told.returncode
    assert "There is no case here." in told.stderr
    assert "where:" in told.stderr
    assert "next:" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_case_is_read_reckoned_and_asked_why(case):
    figure = json.loads(run("reckon", "-C", case, "--where", "XX-V", "--json").stdout)[0]
    why = run("why", "-C", case, "--where", "XX-V")

    assert 12 == figure["documented"]["lo"]
    assert "12" in why.stdout


def test_a_kept_figure_can_be_looked_at_and_asked_why(case):
    kept = json.loads(run("reckon", "-C", case, "--json").stdout)[0]["id"]

    assert kept in run("look", "-C", case, kept).stdout
    assert 0 == run("why", "-C", case, kept).returncode


def test_a_claim_shows_its_words_in_their_context(case):
    status = json.loads(run("review", "-C", case, "--export", f"{case}/r.csv", "--json").stdout)
    claim = Path(f"{case}/r.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    looked = json.loads(run("look", "-C", case, claim, "--json").stdout)

    assert 1 == status["waiting"]
    assert "[[" in looked["quote"]
    assert looked["line"].endswith(">= 12")


def test_a_dry_run_writes_nothing(case, tmp_path):
    before = json.loads(run("status", case, "--json").stdout)["head"]
    assert 0 == run("read", "-C", case, "--again", "--dry-run").returncode
    assert 0 == run("publish", "-C", case, "-o", str(tmp_path / "r"), "--dry-run").returncode

    assert before == json.loads(run("status", case, "--json").stdout)["head"]
    assert not (tmp_path / "r").exists()


def test_strict_exits_3_while_claims_wait(case):
    assert 3 == run("review", "-C", case, "--export", f"{case}/r.csv", "--strict").returncode


def test_a_report_is_the_same_bytes_when_it_is_published_again(case, tmp_path):
    for name in ("one", "two"):
        assert 0 == run("publish", "-C", case, "-o", str(tmp_path / name)).returncode
    one, two = (
        {
            p.relative_to(tmp_path / n): p.read_bytes()
            for p in (tmp_path / n).rglob("*")
            if p.is_file()
        }
        for n in ("one", "two")
    )

    assert one == two


def test_read_pipes_into_reckon_without_a_case(tmp_path):
    text = tmp_path / "a.txt"
    text.write_text(
        "At least 40 people were killed in Homs on 3 March 2025, officials said.", "utf-8"
    )
    lines = run("read", str(text), "--published", "2025-03-05", "--jsonl").stdout
    figures = json.loads(run("reckon", "-", "--where", "SY-HI", "--json", stdin=lines).stdout)

    assert 40 == figures[0]["documented"]["lo"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"originator": "a", "kind": "killed", "lo": 5, "hi": 3}', "lo 5 is above hi 3"),
        ('{"originator": "a", "kind": "killed", "lo": 5, "where": "nowhere"}', "nowhere"),
        ('{"originator": "a", "kind": "killed", "lo": 5, "whom": {"status": "elf"}}', "elf"),
        ("no json", "no JSON"),
    ],
)
def test_a_bad_claim_is_named_and_the_rest_is_reckoned(line, what):
    good = '{"originator": "b", "kind": "killed", "lo": 7, "hi": 7}'
    told = run("reckon", "-", "--json", stdin=f"{line}\n{good}\n")

    assert 7 == json.loads(told.stdout)[0]["documented"]["lo"]
    assert what in told.stderr


def test_a_whole_text_goes_out_only_where_its_source_is_named(case, tmp_path):
    out = tmp_path / "report"
    assert 0 == run("publish", "-C", case, "-o", str(out)).returncode
    assert [] == list(out.rglob("*.txt"))
    (page,) = (out / "sources").glob("*.html")
    told = run("publish", "-C", case, "-o", str(out), "--whole-text", page.stem)
    (text,) = out.rglob("*.txt")

    assert page.stem == text.stem
    assert f"The whole text of {page.stem} is in it, with all names, as you asked." in told.stdout


def test_a_whole_text_that_the_report_does_not_hold_is_an_error(case, tmp_path):
    told = run("publish", "-C", case, "-o", str(tmp_path / "r"), "--whole-text", "s-none")

    assert 1 == told.returncode
    assert "no source s-none" in told.stderr
    assert not (tmp_path / "r").exists()


def test_a_dry_run_of_publish_says_ids_and_no_names(case, tmp_path):
    told = run("publish", "-C", case, "-o", str(tmp_path / "r"), "--dry-run").stdout

    assert "perhaps a witness" in told
    assert re.search(r"^  c-[0-9a-f]{12}$", told, re.MULTILINE)
    assert "Council" not in told
