"""What comes in, comes in whole; what is wrong with it is said, with the next step."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from tallystick.preserving import Apart, files_in, preserve
from tallystick.preserving import preserve as take_in
from tallystick.records import digest

AT = "2025-03-18T09:30:00Z"


@pytest.fixture(scope="module")
def apart():
    with Apart() as child:
        yield child


@pytest.fixture
def take(tmp_path, apart):
    """Write a file, take it in, and return all that came of it."""

    def taken(name, data, child=apart, **beside):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        for other, text in beside.items():
            (tmp_path / (name + "." + other)).write_text(text)
        found, issues = files_in([path])
        assert [] == issues
        return list(take_in(found[0], retrieved=AT, apart=child))

    return taken


def codes(taken):
    return [issue.code.removeprefix("preserving.") for issue in taken.issues]


def workbook(sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def zipped(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name.replace("_", "."), content)
    return data.getvalue()


def test_a_text_is_kept_byte_for_byte_and_read_after_its_notes(take):
    data = "---\ntitle: T\noutlet: O\npublished: 2025-03-08\nlang: ar\n---\nقُتل 12.\r\n".encode()
    (taken,) = take("a.md", data)
    source = taken.source

    assert ("قُتل 12.\r\n", []) == (taken.text, codes(taken))
    assert (data, taken.text.encode()) == taken.blobs
    assert (f"s-{digest(data)[:12]}", digest(data), len(data)) == (
        source.id,
        source.sha256,
        source.size,
    )
    assert ("T", "O", date(2025, 3, 8), "ar", AT) == (
        source.title,
        source.outlet,
        source.published,
        source.lang,
        source.retrieved,
    )
    assert (digest(taken.text.encode()), "plain-1 utf-8") == (source.text.sha256, source.text.tool)
    assert ("file", "a.md", len(data), digest(data)) == tuple(
        taken.custody[name] for name in ("how", "name", "size", "sha256")
    )


def test_a_sidecar_says_more_than_the_file_itself(take):
    (taken,) = take("a.txt", "---\ntitle: T\nurl: U\n---\nText.", toml='title = "S"\nlang = "en"')

    assert ("S", "U", "en") == (taken.source.title, taken.source.url, taken.source.lang)


def test_a_document_without_a_date_is_kept_and_told(take):
    (taken,) = take("a.txt", "Text.")

    assert (["no-date"], None) == (codes(taken), taken.source.published)
    assert "published" in taken.issues[0].then


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.xlsx", "a.jsonl", "a.bin"])
def test_an_empty_file_is_set_aside(take, name):
    (taken,) = take(name, b"")

    assert (None, ["empty"], ()) == (taken.source, codes(taken), taken.blobs)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.html"])
def test_a_binary_under_the_name_of_a_text_is_kept_unread(take, name):
    data = b"\x7fELF\x00\x01\x02" * 20
    (taken,) = take(name, data)

    assert (["binary"], None, (data,)) == (codes(taken), taken.text, taken.blobs)
    assert taken.source.text is None


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_a_file_of_blanks_is_kept_and_told(take, name):
    (taken,) = take(name, " \n\n ")

    assert (["no-text"], None) == (codes(taken), taken.source.text)


def test_an_encoding_that_is_guessed_is_told(take):
    (taken,) = take("a.txt", "مقتل مدنيين في قرية".encode("windows-1256"))

    assert ("مقتل مدنيين في قرية", ["encoding-guessed", "no-date"]) == (taken.text, codes(taken))
    assert "plain-1 windows-1256" == taken.source.text.tool


def test_a_format_without_a_reader_is_kept_unread(take):
    (taken,) = take("scan.pdf", b"%PDF-1.7 and so on")

    assert (["no-reader"], None) == (codes(taken), taken.source.text)
    assert (b"%PDF-1.7 and so on",) == taken.blobs


def test_a_table_becomes_lines_of_cells(take):
    (taken,) = take("a.csv", 'place;killed\n"Sanobar; the village";12\n"two\nlines";"3\t4"\n')

    assert "place\tkilled\nSanobar; the village\t12\ntwo lines\t3 4\n" == taken.text


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found(take, sign):
    (taken,) = take("a.csv", f"a{sign}b\n1{sign}2\n")

    assert "a\tb\n1\t2\n" == taken.text


def test_a_table_with_a_cell_that_never_ends_is_kept_unread(take):
    (taken,) = take("a.csv", 'a,b\n1,2\n3,"' + "x" * 200_000)

    assert ["damaged"] == codes(taken)
    assert "a.csv row 3" == taken.issues[0].where


def test_a_workbook_becomes_lines_under_the_names_of_its_sheets(take):
    rows = [["place", "killed", "on"], ["Sanobar", 12.0, date(2025, 3, 7)], ["x", 1.5, True]]
    data = workbook({"Toll": rows, "Empty": [], "More": [["a"]]})
    (taken,) = take("a.xlsx", data)

    assert (
        "# Toll\nplace\tkilled\ton\nSanobar\t12\t2025-03-07\nx\t1.5\tTRUE\n\n# More\na\n"
        == taken.text
    )
    assert taken.source.text.tool.startswith("sheets-1 calamine-")


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 cut short",
        b"no zip at all",
        workbook({"A": [["a"]]})[:-40],
        zipped(a_txt="a zip, but no workbook"),
    ],
)
def test_a_broken_workbook_is_kept_unread(take, data):
    (taken,) = take("a.xlsx", data)

    assert (["damaged"], None, (data,)) == (codes(taken), taken.source.text, taken.blobs)
    assert "a.xlsx" == taken.issues[0].where


def test_a_workbook_that_swells_is_kept_unread(take):
    (taken,) = take("a.xlsx", zipped(a_xml=b"0" * (40 << 20)))

    assert ["too-much"] == codes(taken)


def test_a_workbook_of_too_many_parts_is_kept_unread(take):
    (taken,) = take("a.xlsx", zipped(**{f"m{n}": "" for n in range(10_001)}))

    assert ["too-much"] == codes(taken)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_declares_a_document_type_is_kept_unread(take, encoding):
    attack = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    (taken,) = take("a.xlsx", zipped(a_xml=attack.encode(encoding)))

    assert ["declared"] == codes(taken)


def test_a_workbook_whose_last_cell_is_far_away_is_kept_unread(take):
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    data = io.BytesIO()
    book.save(data)
    (taken,) = take("a.xlsx", data.getvalue())

    assert ["too-much"] == codes(taken)


PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Toll rises on the coast</title>
<meta property="og:site_name" content="Coast Daily">
<meta property="article:published_time" content="2025-03-08T20:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Toll rises on the coast</h1>
<p>At least 12 civilians were killed in the village on Friday, residents said.</p>
<p>The ministry denied that its forces had been there and promised to look into it.</p>
</article><footer>2 million readers</footer></body></html>"""


def test_a_page_gives_its_text_without_menus_and_says_where_its_date_is_from(take):
    (taken,) = take("a.html", PAGE)
    source = taken.source

    assert taken.text.startswith("Toll rises on the coast")
    assert "At least 12 civilians were killed" in taken.text
    assert "Home" not in taken.text
    assert ("Toll rises on the coast", "Coast Daily", date(2025, 3, 8), "en") == (
        source.title,
        source.outlet,
        source.published,
        source.lang,
    )
    assert ["date-from-page"] == codes(taken)


def test_a_page_that_speaks_our_names_needs_no_guess(take):
    own = '<meta name="outlet" content="O"><meta name="published" content="2025-03-09"></head>'
    (taken,) = take("a.htm", PAGE.replace("</head>", own))

    assert ("O", date(2025, 3, 9), []) == (
        taken.source.outlet,
        taken.source.published,
        codes(taken),
    )


def test_a_page_in_the_encoding_it_declares_is_read_by_it(take):
    page = PAGE.replace("utf-8", "windows-1252").replace("the village", "Jablé")
    (taken,) = take("a.html", page.encode("windows-1252"))

    assert "Jablé" in taken.text
    assert taken.source.text.tool.endswith("cp1252")


def test_a_page_that_declares_an_encoding_it_does_not_have_is_told(take):
    page = PAGE.replace("utf-8", "us-ascii").replace("the village", "قرية")
    (taken,) = take("a.html", page)

    assert "قرية" in taken.text
    assert ["encoding-wrong", "date-from-page"] == codes(taken)


def test_a_page_nested_too_deep_is_kept_unread(take):
    (taken,) = take("a.html", PAGE + "<div>" * 5000)

    assert (["too-much"], None) == (codes(taken), taken.source.text)


def test_a_page_whose_title_is_not_in_its_text_gets_it_as_first_line(take):
    page = PAGE.replace("<h1>Toll rises on the coast</h1>", "")
    (taken,) = take("a.html", page)

    assert taken.text.startswith("Toll rises on the coast\n\nAt least 12")


def test_each_line_of_a_file_of_lines_is_a_document(take):
    lines = [
        {"id": "x1", "text": "12 killed.", "pub_date": "2025-03-08", "title": "T"},
        {"id": "x2", "text": "٣ قتلى", "published": "2025-03-09", "lang": "ar", "category": "c"},
    ]
    data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n"
    whole, first, second = take("a.jsonl", data)

    assert (None, (data.encode(),), "container") == (
        whole.source,
        whole.blobs,
        whole.custody["how"],
    )
    assert ("12 killed.", "T", date(2025, 3, 8), []) == (
        first.text,
        first.source.title,
        first.source.published,
        codes(first),
    )
    assert ("٣ قتلى", 2, "x2", digest(data.encode())) == (
        second.text,
        second.custody["line"],
        second.custody["id"],
        second.custody["container"],
    )
    assert json.loads(second.blobs[0]) == lines[1]


@pytest.mark.parametrize(
    "line",
    [b"{", b"[1]", b'{"id": "x"}', b'{"text": 3}', b"\xff", b"[" * 100_000, b'{"text": "\\ud800"}'],
)
def test_a_bad_line_stops_no_other(take, line):
    taken = take("a.jsonl", b'{"text": "one"}\n' + line + b'\n{"text": "three"}')

    assert ["one", None, "three"] == [item.text for item in taken[1:]]
    assert ["bad-line"] == codes(taken[2])
    assert "a.jsonl line 2" == taken[2].issues[0].where


def test_files_are_found_below_folders_and_links_are_not_followed(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/two.txt", "a.txt", "a.txt.toml", ".hidden", "lonely.toml"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link.txt").symlink_to("a.txt")
    found, issues = files_in([tmp_path, tmp_path / "none.txt", tmp_path / "a.txt.toml"])

    assert [("a.txt", True), ("b/two.txt", False), ("lonely.toml", False)] == [
        (file.name, file.notes is not None) for file in found
    ]
    assert ["preserving.link", "preserving.not-there"] == [issue.code for issue in issues]


def test_a_file_that_cannot_be_read_is_told(tmp_path, apart):
    found, _ = files_in([tmp_path / "a.txt"])
    assert [] == found
    (tmp_path / "a.txt").write_text("x")
    found, _ = files_in([tmp_path / "a.txt"])
    (tmp_path / "a.txt").unlink()
    (taken,) = preserve(found[0], retrieved=AT, apart=apart)

    assert ["unreadable"] == codes(taken)


def test_a_file_that_is_too_large_is_told(take, monkeypatch):
    monkeypatch.setattr(sys.modules["tallystick.preserving.preserve"], "LARGEST", 3)
    (taken,) = take("a.txt", "four")

    assert (None, ["too-large"]) == (taken.source, codes(taken))


def test_every_issue_says_what_where_and_what_next(take):
    everything = [
        *take("a.txt", ""),
        *take("b.txt", b"\x00" * 9),
        *take("c.xlsx", b"x"),
        *take("d.jsonl", "{"),
        *take("e.txt", "Jabl\xe9".encode("latin-1")),
        *take("f.txt", "---\nkind: rumour\nx: y\npublished: May\n---\nText."),
    ]
    issues = [issue for taken in everything for issue in taken.issues]

    assert {"empty", "binary", "damaged", "bad-line", "encoding-guessed", "no-date"} <= {
        issue.code.removeprefix("preserving.") for issue in issues
    }
    assert all(issue.says.endswith(".") and issue.then.endswith(".") for issue in issues)
    assert all(str(issue.where)[0] in "abcdef" and len(issue.says) <= 160 for issue in issues)
