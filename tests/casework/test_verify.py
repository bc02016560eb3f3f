"""One flipped byte anywhere in what was kept is named."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.samples import WHO, claim

from tallystick.casework.case import Case, NoCase, Settings
from tallystick.casework.new import new
from tallystick.casework.preserve import preserve
from tallystick.casework.status import status
from tallystick.casework.verify import BadHead, head_of, verify
from tallystick.ledger import source_read
from tallystick.preserving import AlteredBlob, MissingBlob


def make(folder):
    (folder / "documents").mkdir()
    for number in range(3):
        text = f"---\npublished: 2025-03-0{number + 1}\n---\nText {number}."
        (folder / "documents" / f"{number}.md").write_text(text)
    with new(folder / "case", Settings(title="T"), **WHO) as case:
        list(preserve(case, [folder / "documents"], **WHO))
    return folder / "case"


@pytest.fixture
def case(tmp_path):
    return make(tmp_path)


def blobs_of(case):
    return sorted(path for path in (case / "blobs").glob("??/*"))


def test_a_case_as_it_was_sealed_has_nothing_broken(case):
    found = verify(case)

    assert ((), 8, 8, 0, None) == (
        found.broken,
        found.entries,
        found.blobs,
        found.strays,
        found.replayed,
    )
    assert {"ok": True, "broken": []}.items() <= found.as_json().items()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_one_flipped_byte_in_a_blob_is_named(tmp_path_factory, data):
    case = make(tmp_path_factory.mktemp("flip"))
    path = data.draw(st.sampled_from(blobs_of(case)))
    kept = path.read_bytes()
    place = data.draw(st.integers(0, len(kept) - 1))
    path.chmod(0o600)
    path.write_bytes(kept[:place] + bytes([kept[place] ^ 0x20]) + kept[place + 1 :])
    (trouble,) = verify(case).broken

    assert isinstance(trouble, AlteredBlob)
    assert path.name in trouble.where


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 7), st.data())
def test_one_flipped_byte_in_an_entry_in_the_file_is_named(tmp_path_factory, seq, data):
    case = make(tmp_path_factory.mktemp("flip"))
    path = case / "ledger.sqlite3"
    raw = sqlite3.connect(path)
    ((entry,),) = raw.execute(f"SELECT entry FROM ledger WHERE seq = {seq}").fetchall()
    raw.close()
    file = path.read_bytes()
    place = file.index(entry) + data.draw(st.integers(0, len(entry) - 1))
    path.write_bytes(file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :])

    assert f"entry {seq}" in {trouble.where for trouble in verify(case).broken}


def test_a_blob_that_is_gone_is_named(case):
    path = blobs_of(case)[0]
    path.unlink()
    (trouble,) = verify(case).broken

    assert isinstance(trouble, MissingBlob)
    assert path.name in trouble.where


def test_tables_that_were_changed_are_rebuilt_on_request(case):
    with sqlite3.connect(case / "ledger.sqlite3") as raw:
        raw.execute("DELETE FROM record WHERE kind = 'source'")
    raw.close()
    broken = verify(case).broken

    assert 3 == len(broken)
    assert "--replay" in broken[0].then
    assert (8, ()) == ((found := verify(case, replay=True)).replayed, found.broken)
    assert () == verify(case).broken


def test_a_remembered_head_shows_a_rewritten_case(case, tmp_path):
    head = verify(case).head
    old = head_of(f"{head.size}:{head.root}")
    (tmp_path / "other").mkdir()

    assert () == verify(case, old_head=old).broken
    assert ["head"] == [t.where for t in verify(make(tmp_path / "other"), old_head=old).broken]


@pytest.mark.parametrize("words", ["", "8", "8:abc", "x:" + "0" * 64, "8:" + "G" * 64])
def test_words_that_are_no_head_are_refused(words):
    with pytest.raises(BadHead):
        head_of(words)


def test_a_folder_without_a_case_is_told(tmp_path):
    with pytest.raises(NoCase):
        verify(tmp_path)


def test_files_that_no_entry_rests_on_do_no_harm(case):
    (case / "blobs" / "tmp" / "half").write_bytes(b"ha")

    assert (1, ()) == ((found := verify(case)).strays, found.broken)


def test_status_says_what_the_case_holds_and_what_waits(case):
    with Case.open(case) as opened:
        first = opened.ledger.sources()[0]
        draft = source_read(first.id, method="m", claims=[claim(first)])
        opened.ledger.append(draft, **WHO)
        told = status(opened).as_json()

    assert ("T", 3, 2, {"unreviewed": 1}) == (
        told["title"],
        told["sources"],
        len(told["unread"]),
        told["claims"],
    )
    assert (9, WHO["at"], 0, 0) == (
        told["head"]["size"],
        told["last"],
        told["publications"],
        told["contested"],
    )
