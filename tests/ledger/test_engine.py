from __future__ import annotations

import sqlite3

import pytest
from tests.ledger.samples import WHO, source

from tallystick.errors import Refused
from tallystick.ledger import Ledger, LedgerBusy, UnsafeDatabase, source_added
from tallystick.ledger.engine import PRAGMAS, check_safe, engine_for, in_words


def test_every_connection_of_a_ledger_is_safe(tmp_path):
    with engine_for(tmp_path / "a.sqlite3").connect() as connection:
        raw = connection.connection.dbapi_connection
        found = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
        version = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()

    assert {name: wanted for name, (_, wanted) in PRAGMAS.items()} == found
    assert 2 == version


@pytest.mark.parametrize("name", sorted(PRAGMAS))
def test_a_connection_with_one_other_setting_is_refused(tmp_path, name):
    engine = engine_for(tmp_path / "a.sqlite3")
    other = {"journal_mode": "DELETE", "busy_timeout": 1}.get(name)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        check_safe(raw)
        was = raw.execute(f"PRAGMA {name}").fetchone()[0]
        raw.execute(f"PRAGMA {name} = {other or (0 if was else 1)}")
        with pytest.raises(UnsafeDatabase) as caught:
            check_safe(raw)
        connection.invalidate()
    engine.dispose()

    assert name in caught.value.what
    assert isinstance(caught.value, Refused)


def test_a_database_that_another_process_holds_is_busy(tmp_path, monkeypatch):
    path = tmp_path / "ledger.sqlite3"
    Ledger.create(path, {}, **WHO).close()
    settings = dict(PRAGMAS) | {"busy_timeout": (50, 50)}
    monkeypatch.setattr("tallystick.ledger.engine.PRAGMAS", settings)
    holder = sqlite3.connect(path)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger.open(path) as ledger, pytest.raises(LedgerBusy) as caught:
        ledger.append(source_added(source()), **WHO)
    holder.close()

    assert "locked" in caught.value.what


def test_what_is_no_trouble_of_the_database_passes_through():
    with pytest.raises(ZeroDivisionError), in_words("ledger"):
        _ = 1 / 0
