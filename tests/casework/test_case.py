from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.samples import WHO, source
from tests.records.making import days

from tallystick.casework.case import BadSettings, Case, NoCase, Settings
from tallystick.casework.new import CaseExists, new
from tallystick.errors import BrokenSeal
from tallystick.records import Days

TOML = b"""title = "The coast"
lang = "ar"
window = ["2025-03", "2025-04-30"]
timezone = "Asia/Damascus"

[admission]
standards = ["reported", "documented"]
weight = 0.5
nested = { "a key" = ["x", true] }

[[question]]
kind = "killed"
where = ["SY-LA"]
tables = false

[[question]]
kind = "displaced"
"""

texts = st.text(st.characters(codec="utf-8"), max_size=5)
plain = st.booleans() | st.integers(-9, 9) | texts | st.floats(-1, 1)
tables = st.dictionaries(texts, plain | st.lists(plain) | st.dictionaries(texts, plain), max_size=3)


def test_settings_are_read_as_written():
    settings = Settings.read(TOML)

    assert ("The coast", "ar", Days.parse("2025-03-01/2025-04-30"), "Asia/Damascus") == (
        settings.title,
        settings.lang,
        settings.window,
        settings.timezone,
    )
    assert {
        "standards": ["reported", "documented"],
        "weight": 0.5,
        "nested": {"a key": ["x", True]},
    } == settings.admission
    assert ["killed", "displaced"] == [question["kind"] for question in settings.question]


@given(
    st.builds(
        Settings,
        title=texts,
        lang=texts,
        window=st.none() | days,
        admission=tables,
        question=st.lists(tables, max_size=2).map(tuple),
    )
    | st.just(Settings.read(TOML))
)
def test_settings_come_back_from_their_file_and_their_json(settings):
    assert settings == Settings.read(settings.as_toml().encode())
    assert settings == Settings.from_json(settings.as_json())


@pytest.mark.parametrize(
    "data",
    [
        b"title = ",
        b"\xff",
        b"title = 3",
        b'colour = "red"',
        b'window = "soon"',
        b'timezone = "Moon/Sea"',
        b'timezone = "../../etc/passwd"',
        b"admission = 3",
        b"question = 3",
    ],
)
def test_settings_that_say_nothing_known_are_refused(data):
    with pytest.raises(BadSettings) as caught:
        Settings.read(data)

    assert ("tallystick.toml", True) == (caught.value.where, bool(caught.value.then))


def test_a_new_case_is_a_folder_with_all_its_parts(tmp_path):
    new(tmp_path / "coast", Settings(title="T"), **WHO).close()

    assert {
        "tallystick.toml", "ledger.sqlite3", "blobs", "keys", "places.csv", "actors.csv",
    } == {path.name for path in (tmp_path / "coast").iterdir()}  # fmt: skip


def test_a_case_opens_as_it_was_made(tmp_path):
    settings = Settings.read(TOML)
    new(tmp_path / "coast", settings, **WHO).close()
    with Case.open(tmp_path / "coast") as case:
        assert settings == case.settings
        assert ["case.open", "config.set"] == [o.entry.act for o in case.ledger.entries()]
        assert (tmp_path / "coast" / "places.csv", tmp_path / "coast" / "actors.csv") == (
            case.places,
            case.actors,
        )


def test_what_lies_in_the_folder_is_taken_over(tmp_path):
    (tmp_path / "tallystick.toml").write_bytes(TOML)
    (tmp_path / "places.csv").write_text("id,name\nX,Y\n")
    with new(tmp_path, **WHO) as case:
        assert "The coast" == case.settings.title
    assert "id,name\nX,Y\n" == (tmp_path / "places.csv").read_text()


def test_a_case_without_settings_has_the_name_of_its_folder(tmp_path):
    with new(tmp_path / "coast", **WHO) as case:
        assert "coast" == case.settings.title


def test_a_second_case_in_a_folder_is_refused(tmp_path):
    new(tmp_path, **WHO).close()
    with pytest.raises(CaseExists):
        new(tmp_path, **WHO)


def test_other_settings_than_those_in_the_folder_are_refused(tmp_path):
    (tmp_path / "tallystick.toml").write_bytes(TOML)
    with pytest.raises(BadSettings):
        new(tmp_path, Settings(title="Other"), **WHO)


def test_a_folder_without_a_case_is_not_opened(tmp_path):
    with pytest.raises(NoCase):
        Case.open(tmp_path)


def test_a_case_without_its_settings_is_not_opened(tmp_path):
    new(tmp_path, **WHO).close()
    (tmp_path / "tallystick.toml").unlink()
    with pytest.raises(BadSettings):
        Case.open(tmp_path)


def test_settings_and_places_enter_the_journal_when_they_change(tmp_path):
    (tmp_path / "tallystick.toml").write_bytes(TOML)
    with new(tmp_path, **WHO) as case:
        assert not case.settle(**WHO)

        case.places.write_text("id,name\nX,Y\n")

        assert case.settle(**WHO)
        assert not case.settle(**WHO)
        kept = case.ledger.settings()["files"]["places.csv"]

        assert b"id,name\nX,Y\n" == case.vault.get(kept)
        case.actors.unlink()
        assert case.settle(**WHO)
        assert {"places.csv"} == case.ledger.settings()["files"].keys()


def test_a_dump_that_was_changed_is_a_broken_seal(tmp_path):
    with new(tmp_path, **WHO) as case:
        with pytest.raises(BrokenSeal):
            case.text_of(source(published=date(2025, 3, 8)))
        assert "" == case.text_of(source(text=None))
