"""The batch is kept, whatever one of it is; what is kept is told when it is durable."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ledger.samples import WHO

from tallystick.casework.case import Settings
from tallystick.casework.new import new
from tallystick.casework.preserve import preserve
from tallystick.casework.verify import verify
from tallystick.errors import Refused
from tallystick.preserving import Vault


@pytest.fixture
def case(tmp_path):
    with new(tmp_path / "case", Settings(title="T"), **WHO) as made:
        yield made


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def keep(case, *paths, **more):
    return list(preserve(case, paths, **WHO, **more))


def test_a_source_is_kept_with_bytes_text_and_custody(case, folder):
    (folder / "a.md").write_text("---\ntitle: T\npublished: 2025-03-08\n---\nText.")
    (kept,) = keep(case, folder)
    (source,) = case.ledger.sources()

    assert (source, True, True) == (kept.source, kept.is_new, kept.is_done)
    assert ("T", date(2025, 3, 8)) == (source.title, source.published)
    assert (folder / "a.md").read_bytes() == case.vault.get(source.sha256)
    assert "Text." == case.text_of(source)
    assert ["source.add", "source.custody"] == [
        opened.entry.act for opened in case.ledger.history(source.id)
    ]
    assert ["a.md"] == [told["name"] for told in case.ledger.custody(source.id)]


def test_the_same_bytes_twice_are_one_source_with_two_ways(case, folder):
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("The same.")
    first, second = keep(case, folder)

    assert (first.source, True, False) == (second.source, first.is_new, second.is_new)
    assert ["a.txt", "b.txt"] == [told["name"] for told in case.ledger.custody(first.source.id)]
    assert 1 == len(case.ledger.sources())


def test_what_is_newly_said_is_added_and_nothing_is_taken_away(case, folder):
    (folder / "a.txt").write_text("Text.")
    (folder / "a.txt.toml").write_text('title = "T"\nkind = "tally"')
    keep(case, folder)
    (folder / "a.txt.toml").write_text('outlet = "O"\npublished = 2025-03-08')
    (kept,) = keep(case, folder)
    (folder / "a.txt.toml").unlink()
    keep(case, folder)
    (source,) = case.ledger.sources()

    assert source == kept.source
    assert ("T", "tally", "O", date(2025, 3, 8)) == (
        source.title,
        source.kind,
        source.outlet,
        source.published,
    )
    assert [] == case.ledger.issues()


def test_one_bad_file_stops_no_other(case, folder):
    (folder / "1-empty.txt").write_bytes(b"")
    (folder / "2-broken.xlsx").write_bytes(b"PK\x03\x04 cut")
    (folder / "3-binary.txt").write_bytes(b"\x00\x01" * 50)
    (folder / "4-wrong.txt").write_bytes("مقتل مدنيين في قرية".encode("windows-1256"))
    (folder / "5-no-date.txt").write_text("Text.")
    (folder / "6-lines.jsonl").write_text('{"text": "one"}\n{bad\n{"text": "two"}')
    (folder / "7-good.md").write_text("---\npublished: 2025-03-08\n---\nText of 7.")
    kept = keep(case, folder, folder / "8-none.txt")

    assert [
        ("8-none.txt", ["not-there"], False),
        ("1-empty.txt", ["empty"], False),
        ("2-broken.xlsx", ["damaged"], False),
        ("3-binary.txt", ["binary"], False),
        ("4-wrong.txt", ["encoding-guessed", "no-date"], True),
        ("5-no-date.txt", ["no-date"], True),
        ("6-lines.jsonl line 1", ["no-date"], True),
        ("6-lines.jsonl line 2", ["bad-line"], False),
        ("6-lines.jsonl line 3", ["no-date"], True),
        ("7-good.md", [], True),
    ] == [
        (
            item.name.rpartition("/")[2],
            [i.code.partition(".")[2] for i in item.issues],
            item.is_done,
        )
        for item in kept
    ]
    assert 7 == len(case.ledger.sources())
    assert () == verify(case.folder).broken


def test_a_file_of_bad_lines_alone_is_kept_with_its_issues(case, folder):
    (folder / "a.jsonl").write_text("{bad\n")
    (kept,) = keep(case, folder)

    assert (None, False) == (kept.source, kept.is_done)
    assert ["preserving.bad-line"] == [issue.code for issue in case.ledger.issues()]
    assert (0, ()) == ((found := verify(case.folder)).strays, found.broken)


def test_a_dry_run_says_the_same_and_writes_nothing(case, folder):
    (folder / "a.md").write_text("---\npublished: 2025-03-08\n---\nText.")
    (folder / "b.txt").write_bytes(b"")
    before = case.ledger.head
    told = keep(case, folder, is_dry=True)

    assert before == case.ledger.head
    assert 0 == verify(case.folder).strays
    assert [item.as_json() for item in told] == [item.as_json() for item in keep(case, folder)]
    assert [False] == [item.is_new for item in keep(case, folder, is_dry=True) if item.source]


def test_more_files_than_one_batch_are_all_kept(case, folder):
    for number in range(150):
        (folder / f"{number:03}.txt").write_text(f"Text {number}.")
    seen = []
    kept = keep(case, folder, watch=lambda found: (seen.append(file) or file for file in found))

    assert (150, 150, 150) == (len(kept), len(seen), len(case.ledger.sources()))


def test_a_full_disk_loses_nothing_that_was_told(case, folder, monkeypatch):
    for number in range(130):
        (folder / f"{number:03}.txt").write_text(f"Text {number}.")
    told = []
    real = Vault._write
    left = [70]

    def write(vault, piece):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return real(vault, piece)

    monkeypatch.setattr(Vault, "_write", write)
    with pytest.raises(Refused, match="No space"):
        told.extend(preserve(case, [folder], **WHO))
    monkeypatch.undo()

    assert {item.source.id for item in told} <= {s.id for s in case.ledger.sources()}
    assert () == verify(case.folder).broken
    assert 130 == len(keep(case, folder))
