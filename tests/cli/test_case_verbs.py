"""`new`, `preserve`, `verify` and `status` as a person meets them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tallystick.cli.new import new
from tallystick.cli.preserve import preserve
from tallystick.cli.status import status
from tallystick.cli.verify import verify


def run(command, *words):
    told = CliRunner().invoke(command, [str(word) for word in words])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told


def process(*words):
    """Run the whole command line, where troubles become words and exit codes."""
    return subprocess.run(
        [sys.executable, "-m", "tallystick", *(str(word) for word in words)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def case(tmp_path):
    assert 0 == run(new, tmp_path / "case", "--title", "T", "--timezone", "Asia/Damascus").exit_code
    return tmp_path / "case"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\npublished: 2025-03-08\n---\nText.")
    return path


def test_new_writes_the_settings_it_was_given(tmp_path):
    told = run(new, tmp_path / "c", "--title", "T", "--window", "2025-03..2025-04", "--json")

    assert 0 == told.exit_code
    assert ["2025-03-01", "2025-04-30"] == json.loads(told.stdout)["settings"]["window"]
    assert 'title = "T"' in (tmp_path / "c" / "tallystick.toml").read_text()


def test_new_takes_over_the_settings_that_lie_there(tmp_path):
    (tmp_path / "tallystick.toml").write_text('title = "Mine"\n')
    told = run(new, tmp_path, "--json")

    assert "Mine" == json.loads(told.stdout)["settings"]["title"]


def test_a_dry_run_of_new_makes_nothing(tmp_path):
    told = run(new, tmp_path / "c", "--dry-run")

    assert (0, False) == (told.exit_code, (tmp_path / "c").exists())


def test_preserve_says_each_thing_that_is_durable(case, document):
    first, second = run(preserve, "-C", case, document), run(preserve, "-C", case, document)

    assert (0, True) == (first.exit_code, first.stdout.startswith("kept  s-"))
    assert (0, True) == (second.exit_code, second.stdout.startswith("again s-"))


def test_preserve_in_json_tells_the_same(case, document):
    told = json.loads(run(preserve, "-C", case, document, "--dry-run", "--json").stdout)

    assert (True, True, "a.md") == (
        told["dry_run"],
        told["preserved"][0]["new"],
        told["preserved"][0]["name"],
    )


def test_a_dry_run_of_preserve_writes_nothing(case, document):
    told = run(preserve, "-C", case, document, "--dry-run")

    assert "Nothing was written." in told.stdout
    assert run(preserve, "-C", case, document).stdout.startswith("kept ")


def test_one_bad_file_gives_exit_code_1_and_the_rest_is_kept(case, document, tmp_path):
    (tmp_path / "b.txt").write_bytes(b"")
    told = run(preserve, "-C", case, tmp_path / "b.txt", document)

    assert 1 == told.exit_code
    assert "kept  s-" in told.stdout
    assert "preserving.empty" in told.stderr
    assert "where: b.txt" in told.stderr
    assert "next:  " in told.stderr


def test_verify_gives_a_head_that_it_takes_back(case, document):
    run(preserve, "-C", case, document)
    told = json.loads(run(verify, case, "--json").stdout)
    head = f"{told['head']['size']}:{told['head']['root']}"

    assert 0 == run(verify, "-C", case, "--head", head).exit_code
    assert 0 == run(verify, case, "--replay").exit_code


def test_verify_names_a_changed_byte_with_exit_code_4(case, document):
    run(preserve, "-C", case, document)
    (path,) = (p for p in (case / "blobs").glob("??/*") if p.read_bytes() == b"Text.")
    path.chmod(0o600)
    path.write_bytes(b"Next.")
    told = process("verify", case)

    assert 4 == told.returncode
    assert path.name in told.stderr
    assert "1 broken" in told.stdout


def test_verify_of_a_damaged_database_gives_exit_code_4(case):
    (case / "ledger.sqlite3").write_bytes(b"no database" * 500)
    told = process("verify", case)

    assert (4, "") == (told.returncode, told.stdout)
    assert "where: ledger.sqlite3" in told.stderr


@pytest.mark.parametrize("words", [["verify"], ["status"], ["preserve", "a.md", "-C"]])
def test_a_folder_without_a_case_gives_exit_code_1_and_the_next_step(tmp_path, words):
    told = process(*words, tmp_path)

    assert 1 == told.returncode
    assert "tallystick new" in told.stderr
    assert "Traceback" not in told.stderr


def test_verify_tells_of_files_that_belong_to_no_entry(case):
    (case / "blobs" / "tmp").mkdir(exist_ok=True)
    (case / "blobs" / "tmp" / "half").write_bytes(b"ha")

    assert "1 files in the vault belong to no entry" in run(verify, case).stdout


def test_status_says_where_the_case_stands(case, document, tmp_path):
    (tmp_path / "b.txt").write_text("No date.")
    run(preserve, "-C", case, document, tmp_path / "b.txt")
    told = run(status, "-C", case)

    assert "2, of which 2 unread" in told.stdout
    assert "1 × preserving.no-date" in told.stdout
    assert 2 == json.loads(run(status, case, "--json").stdout)["sources"]
    assert 0 == run(status, case, "--strict").exit_code
