"""The cells of a table come as they stand in the file, whatever the file is."""

import gzip

import pytest

from tallystick.preserving import Apart, grids_of, is_table


@pytest.fixture(scope="module")
def apart():
    with Apart() as child:
        yield child


def rows(data, name, apart):
    grids, issues = grids_of(data, name, apart)
    assert [] == issues
    return [list(grid.rows) for grid in grids]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_that_parts_cells_is_found(sign, apart):
    lines = [["name", "place", "age"], ["Samer", "Marzuqa", "30"]]
    data = "\n".join(sign.join(line) for line in lines).encode()

    assert [lines] == rows(data, "l.csv", apart)


def test_a_sign_within_a_cell_parts_nothing(apart):
    told = rows(b'name;place\n"Barduq; Samer";"Marzuqa, Old Town"\n', "l.csv", apart)

    assert [[["name", "place"], ["Barduq; Samer", "Marzuqa, Old Town"]]] == told


@pytest.mark.parametrize("name", ["l.csv.gz", "l.csv"])
def test_a_packed_table_is_known_by_its_bytes(name, apart):
    assert [[["name"], ["Samer"]]] == rows(gzip.compress(b"name\nSamer\n"), name, apart)


def test_what_is_packed_beyond_bounds_is_told(apart, monkeypatch):
    monkeypatch.setattr("tallystick.preserving.grids._UNPACKED", 1000)
    grids, issues = grids_of(gzip.compress(b"x" * 1001), "l.csv.gz", apart)

    assert ([], ["preserving.damaged"]) == (grids, [issue.code for issue in issues])


def test_what_is_no_text_is_told(apart):
    grids, issues = grids_of(b"\x00\x01\x02" * 400, "l.csv", apart)

    assert [] == grids
    assert 1 == len(issues)


def test_each_sheet_is_a_table_whose_cells_are_counted_from_the_corner(apart, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "north"
    book.active["B3"] = "name"
    book.create_sheet("south")["A1"] = "name"
    book.create_sheet("empty")
    book.save(tmp_path / "l.xlsx")
    grids, _ = grids_of((tmp_path / "l.xlsx").read_bytes(), "l.xlsx", apart)

    assert ["l.xlsx sheet north", "l.xlsx sheet south"] == [grid.name for grid in grids]
    assert [[], [], ["", "name"]] == list(grids[0].rows)


@pytest.mark.parametrize(
    ("name", "answer"), [("l.CSV", True), ("l.tsv.gz", True), ("l.pdf", False)]
)
def test_a_table_is_known_by_its_name(name, answer):
    assert answer == is_table(name)
