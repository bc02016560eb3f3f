"""The deed and the command over plain files."""

import csv
import gzip
import json

import pytest
from click.testing import CliRunner
from tests.invented_names import full_name
from tests.linking.invented_lists import lists

from tallystick.casework.engine import NoSpark, NoSplink, UnknownEngine
from tallystick.casework.link import BadVerdicts, NoPersons, NoVerdicts, link_files, written
from tallystick.casework.lists import BadMapping, NoList
from tallystick.cli.link import link as command

HEADER = ["record_id", "source", "name", "sex", "age", "date of death", "place", "governorate"]


def write(path, entries):
    rows = [[e.id, e.list, e.name, e.sex, e.age, e.died, e.place, e.region] for e in entries]
    text = "\n".join(",".join("" if c is None else str(c) for c in row) for row in [HEADER, *rows])
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.fixture
def a_list(tmp_path):
    return write(tmp_path / "l.csv", lists(25)[0])


def test_persons_are_written_one_line_an_entry(a_list, tmp_path):
    out = tmp_path / "persons.csv"
    written(link_files([a_list]), out)
    rows = list(csv.DictReader(out.read_text().splitlines()))

    assert [*rows[0]] == ["record_id", "person_id", "p_match"]
    assert {row["record_id"] for row in rows} == {e.id for e in lists(25)[0]}
    assert all(0.0 <= float(row["p_match"]) <= 1.0 for row in rows)


def test_ids_live_on_from_an_earlier_answer(a_list, tmp_path):
    out = tmp_path / "persons.csv"
    first = link_files([a_list])
    written(first, out)
    again = link_files([a_list], before=out)

    assert [p.id for p in again.linked.persons] == [p.id for p in first.linked.persons]


def test_a_compressed_list_is_the_same_list(a_list, tmp_path):
    zipped = write(tmp_path / "l.csv.gz", lists(25)[0])

    assert link_files([zipped]).linked.persons == link_files([a_list]).linked.persons


def test_a_list_in_an_old_code_page_is_read(tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes("الاسم,الجنس\nسامر بردوق,ذكر\n".encode("cp1256"))

    assert link_files([path]).entries[0].name == "سامر بردوق"


def test_merged_cells_of_a_workbook_are_told(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["name", "place"], ["Samer Barduq", "Marzuqa"], ["Huda Barduq", None]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "l.xlsx")
    linking = link_files([tmp_path / "l.xlsx"])

    assert [entry.place for entry in linking.entries] == ["Marzuqa", "Marzuqa"]
    assert "linking.merged-cells" in {issue.code for issue in linking.issues}


def test_a_list_without_names_does_not_stop_the_others(a_list, tmp_path):
    (tmp_path / "shapes.csv").write_text("colour,shape\nred,round\n")
    linking = link_files([tmp_path / "shapes.csv", a_list])

    assert not linking.is_done
    assert len(linking.entries) == len(lists(25)[0])


def test_a_missing_list_is_said_to_be_missing(tmp_path):
    with pytest.raises(NoList):
        link_files([tmp_path / "nowhere.csv"])


@pytest.mark.parametrize(("beside", "trouble"), [("verdicts", NoVerdicts), ("before", NoPersons)])
def test_a_missing_file_beside_the_lists_is_said_to_be_missing(a_list, tmp_path, beside, trouble):
    with pytest.raises(trouble):
        link_files([a_list], **{beside: tmp_path / "nowhere"})


def test_a_bad_line_of_verdicts_is_named(a_list, tmp_path):
    (tmp_path / "v.jsonl").write_text('{"left": "a"}\n')

    with pytest.raises(BadVerdicts, match="Line 1"):
        link_files([a_list], verdicts=tmp_path / "v.jsonl")


def test_histories_of_every_draw_hold_all_persons(a_list, tmp_path):
    written(link_files([a_list]), tmp_path / "p.csv", tmp_path / "h.csv")
    rows = list(csv.DictReader((tmp_path / "h.csv").read_text().splitlines()))
    counts = {}
    for row in rows:
        counts[row["draw"]] = counts.get(row["draw"], 0) + int(row["count"])

    assert set(rows[0]) == {"a", "b", "c", "count", "draw"}
    assert len(counts) == 100
    assert all(20 <= count <= 35 for count in counts.values())


def test_the_command_answers_in_one_json_document(a_list):
    result = CliRunner().invoke(command, [str(a_list), "--json"])
    told = json.loads(result.stdout)

    assert result.exit_code == 0
    assert set(told["persons"]) == {"n", "lo", "hi", "method"}
    assert {"households", "alarms", "issues"} <= set(told)


def test_a_dry_run_writes_nothing(a_list, tmp_path):
    out = tmp_path / "persons.csv"
    result = CliRunner().invoke(command, [str(a_list), "-o", str(out), "--dry-run"])

    assert result.exit_code == 0
    assert not out.exists()


def test_a_list_that_could_not_be_read_gives_exit_one(tmp_path):
    (tmp_path / "shapes.csv").write_text("colour,shape\nred,round\n")

    assert CliRunner().invoke(command, [str(tmp_path / "shapes.csv")]).exit_code == 1


@pytest.mark.parametrize("words", ["hadoop", "local[", ""])
def test_an_engine_that_nobody_knows_is_refused(a_list, words):
    with pytest.raises(UnknownEngine):
        CliRunner().invoke(command, [str(a_list), "--engine", words], catch_exceptions=False)


def test_the_command_links_on_duckdb(a_list):
    told = [
        json.loads(CliRunner().invoke(command, [str(a_list), "--json", *more]).stdout)
        for more in ([], ["--engine", "duckdb"])
    ]

    assert told[0] == told[1]


@pytest.mark.spark
@pytest.mark.slow
def test_the_command_links_on_spark(a_list, spark):
    result = CliRunner().invoke(command, [str(a_list), "--json", "--engine", "local[2]"])

    assert json.loads(result.stdout) == json.loads(
        CliRunner().invoke(command, [str(a_list), "--json"]).stdout
    )


def test_lists_of_one_name_in_two_folders_are_two_lists(tmp_path):
    for at, folder in enumerate(("north", "south")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "l.csv").write_text(f"name,age\n{full_name(at)},{30 + at}\n")
    linking = link_files([tmp_path / "north" / "l.csv", tmp_path / "south" / "l.csv"])

    assert 2 == len({entry.id for entry in linking.entries})
    assert 2 == len({entry.list for entry in linking.entries})


def test_a_list_named_twice_is_one_list(a_list):
    assert link_files([a_list, a_list]).entries == link_files([a_list]).entries


@pytest.mark.parametrize("words", ["name = 3", 'shoe_size = "x"', "no toml", ""])
def test_a_mapping_that_says_nothing_we_know_is_refused(a_list, tmp_path, words):
    (tmp_path / "m.toml").write_text(words)
    if not words:
        assert link_files([a_list], mapping=tmp_path / "m.toml").is_done
        return
    with pytest.raises(BadMapping):
        link_files([a_list], mapping=tmp_path / "m.toml")


def test_a_broken_workbook_does_not_stop_the_others(a_list, tmp_path):
    (tmp_path / "l.xlsx").write_bytes(b"PK\x03\x04 cut short")
    linking = link_files([tmp_path / "l.xlsx", a_list])

    assert not linking.is_done
    assert "preserving.damaged" in {issue.code for issue in linking.issues}
    assert len(linking.entries) == len(lists(25)[0])


def test_a_broken_archive_does_not_stop_the_others(a_list, tmp_path):
    whole = gzip.compress(b"name\nSamer Barduq\n")
    (tmp_path / "l.csv.gz").write_bytes(whole[:-6])
    linking = link_files([tmp_path / "l.csv.gz", a_list])

    assert {"preserving.damaged"} == {i.code for i in linking.issues if i.weight == "fault"}


def test_a_cell_that_never_ends_leaves_the_rows_above_it(tmp_path):
    (tmp_path / "l.csv").write_text('name,age\nSamer Barduq,30\nHuda Barduq,"' + "x" * 200_000)
    linking = link_files([tmp_path / "l.csv"])

    assert ["Samer Barduq"] == [entry.name for entry in linking.entries]
    assert ("preserving.damaged", "l.csv row 3") in {(i.code, i.where) for i in linking.issues}


def test_the_command_links_by_the_scores_of_splink(a_list):
    pytest.importorskip("splink")
    result = CliRunner().invoke(command, [str(a_list), "--json", "--splink"])

    assert json.loads(result.stdout)["persons"]["method"].startswith("splink-")


@pytest.mark.parametrize("words", [["--splink"], ["--before", "p.csv"], ["--verdicts", "v.jsonl"]])
def test_what_a_case_keeps_itself_is_not_given_with_it(tmp_path, words):
    result = CliRunner().invoke(command, ["-C", str(tmp_path), *words])

    assert (2, True) == (result.exit_code, words[0] in result.stderr)


def test_spark_without_java_is_said_to_be_missing(a_list, monkeypatch):
    monkeypatch.setattr("tallystick.casework.engine.shutil.which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)

    with pytest.raises(NoSpark):
        CliRunner().invoke(command, [str(a_list), "--engine", "local[2]"], catch_exceptions=False)


def test_splink_is_said_to_be_missing(a_list, monkeypatch):
    monkeypatch.setattr("tallystick.casework.engine.find_spec", lambda _: None)

    with pytest.raises(NoSplink):
        CliRunner().invoke(command, [str(a_list), "--splink"], catch_exceptions=False)
