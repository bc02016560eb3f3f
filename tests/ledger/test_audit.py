"""Whatever is changed behind the journal's back is named.

The changes are made by somebody with full access to the database: the triggers are taken away
first.
"""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.samples import WHO, claim, issue, review, source

from tallystick.errors import BrokenSeal
from tallystick.ledger import (
    Ledger,
    NotALedger,
    Tampered,
    claim_reviewed,
    figure_reckoned,
    reckoned,
    source_added,
    source_read,
    withdrawn,
)


def written(path):
    one, two = source(1), source(2)
    told = claim(one)
    with Ledger.create(path, {"title": "T"}, **WHO) as ledger:
        ledger.append(source_added(one), source_added(two, [issue(two.id)]), **WHO)
        ledger.append(source_read(one.id, method="reader-1", claims=[told]), **WHO)
        ledger.append(claim_reviewed(review(told), told), **WHO)
        ledger.append(
            figure_reckoned({"id": "f-1", "documented": {"lo": 12}}, [{"id": "p-1"}]),
            reckoned({"each": ["where"]}, ["f-1"], tool="tally-2"),
            withdrawn("r-1", why="mistake"),
            **WHO,
        )
        return ledger.head


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    written(path)
    return path


def change(path, *statements, guards_stay=True):
    """Change the database as its owner can, and put the guards back so that nobody notices."""
    with sqlite3.connect(path) as raw:
        guards = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(*statement) if isinstance(statement, tuple) else raw.execute(statement)
        for _, sql in guards if guards_stay else ():
            raw.execute(sql)
    raw.close()


def broken(path, **old):
    with Ledger.open(path) as ledger:
        return [(trouble.where, trouble.what) for trouble in ledger.verify(**old).broken]


def test_an_honest_ledger_has_nothing_broken(path):
    with Ledger.open(path) as ledger:
        audit = ledger.verify()

        assert ((), 8, ledger.head.root) == (audit.broken, audit.entries, audit.root)
        assert ledger.blobs() == audit.blobs


@pytest.mark.parametrize("table", ["ledger", "opening"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET seq = seq + 100", "DELETE FROM {}"])
def test_the_journal_refuses_every_change(path, table, statement):
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        raw.execute(statement.format(table))
    raw.close()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 7), st.sampled_from(["entry", "leaf"]), st.data())
def test_one_flipped_bit_in_an_entry_or_leaf_names_the_entry(tmp_path_factory, seq, column, data):
    path = tmp_path_factory.mktemp("flip") / "ledger.sqlite3"
    written(path)
    raw = sqlite3.connect(path)
    ((kept,),) = raw.execute(f"SELECT {column} FROM ledger WHERE seq = {seq}").fetchall()
    raw.close()
    change(path, (f"UPDATE ledger SET {column} = ? WHERE seq = ?", (flip(kept, data), seq)))

    assert (f"entry {seq}", "Its bytes are not those of its leaf hash.") in broken(path)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 7), st.sampled_from(["salt", "body"]), st.data())
def test_one_flipped_bit_beside_an_entry_names_the_entry(tmp_path_factory, seq, column, data):
    path = tmp_path_factory.mktemp("flip") / "ledger.sqlite3"
    written(path)
    raw = sqlite3.connect(path)
    ((kept,),) = raw.execute(f"SELECT {column} FROM opening WHERE seq = {seq}").fetchall()
    raw.close()
    change(path, (f"UPDATE opening SET {column} = ? WHERE seq = ?", (flip(kept, data), seq)))

    assert [(f"entry {seq}", "Its body is not the one that it commits to.")] == broken(path)


def flip(kept, data):
    place = data.draw(st.integers(0, len(kept) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    return kept[:place] + bytes([kept[place] ^ bit]) + kept[place + 1 :]


def test_a_byte_flipped_in_the_file_itself_is_named(path):
    raw = path.read_bytes()
    place = raw.index(b'"act":"source.read"')
    path.write_bytes(raw[:place] + raw[place:].replace(b"source.read", b"source.reaD", 1))

    assert "entry 3" in {where for where, _ in broken(path)}


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("DELETE FROM ledger WHERE seq = 7", "head"),
        ("DELETE FROM ledger WHERE seq = 4", "entry 4"),
        ("DELETE FROM opening WHERE seq = 4", "entry 4"),
        ("UPDATE log_head SET size = 7", "head"),
        ("UPDATE log_head SET root = zeroblob(32)", "head"),
        ("UPDATE log_head SET edge = zeroblob(32)", "head"),
        ("UPDATE log_head SET origin = 'tallystick/other'", "entry 0"),
        ("UPDATE ledger SET leaf = zeroblob(32) WHERE seq = 2", "entry 2"),
        ("UPDATE record SET told = '{}' WHERE kind = 'figure'", "record figure f-1"),
        ("DELETE FROM record WHERE kind = 'review'", "record review 4"),
        ("INSERT INTO record VALUES ('claim','c-0','s-0',9,9,'{}')", "record claim c-0"),
        ("INSERT INTO record VALUES ('zzz','c-0','s-0',9,9,'{}')", "record zzz c-0"),
        ("UPDATE deed SET obj = 'x' WHERE seq = 3", "deed 3"),
    ],
)
def test_each_change_is_named_by_its_place(path, statement, where):
    change(path, statement)

    assert where in {place for place, _ in broken(path)}


def test_a_journal_without_its_guards_is_named(path):
    change(path, guards_stay=False)

    assert [("ledger", "A guard against changes of the journal is gone.")] == broken(path)


def test_an_entry_put_in_the_place_of_another_is_named(path):
    change(
        path,
        "UPDATE ledger SET entry = (SELECT entry FROM ledger WHERE seq = 1), "
        "leaf = (SELECT leaf FROM ledger WHERE seq = 1) WHERE seq = 2",
    )
    found = broken(path)

    assert ("entry 2", "It says that it is entry 1.") in found
    assert any("chain" in what for where, what in found if where == "entry 2")


def test_a_journal_rewritten_with_its_head_is_seen_by_whoever_remembers_the_old_head(tmp_path):
    old = written(tmp_path / "one.sqlite3")
    written(tmp_path / "two.sqlite3")
    Ledger.create(tmp_path / "three.sqlite3", {}, **WHO).close()
    remembered = {"old_size": old.size, "old_root": old.root}

    assert [] == broken(tmp_path / "one.sqlite3", **remembered)
    assert [("head", "The first 8 entries have another root now.")] == broken(
        tmp_path / "two.sqlite3", **remembered
    )
    assert [("head", "There were 8 entries; 1 are left.")] == broken(
        tmp_path / "three.sqlite3", **remembered
    )


def test_replay_rebuilds_the_tables_byte_for_byte(path):
    raw = sqlite3.connect(path)
    before = [raw.execute(f"SELECT * FROM {name}").fetchall() for name in ("record", "deed")]
    raw.execute("DELETE FROM record")
    raw.execute("DELETE FROM deed")
    raw.commit()
    with Ledger.open(path) as ledger:
        assert 8 == ledger.replay()
        assert () == ledger.verify().broken

    assert before == [
        raw.execute(f"SELECT * FROM {name}").fetchall() for name in ("record", "deed")
    ]
    raw.close()


@pytest.mark.parametrize("batch", [1, 2, 3, 8, 100])
def test_the_size_of_a_batch_changes_no_byte_of_a_replay(path, monkeypatch, batch):
    monkeypatch.setattr("tallystick.ledger.rows._BATCH", batch)
    with Ledger.open(path) as ledger:
        assert 8 == ledger.replay()
        assert () == ledger.verify().broken


def test_damage_that_the_database_sees_is_told(path):
    other = "CREATE INDEX deed_by_act ON deed (obj, seq)"
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'deed_by_act'", (other,))
    raw.close()
    found = broken(path)

    assert ("ledger", True) == (found[0][0], found[0][1].startswith("The database reports damage"))


def test_a_file_that_is_no_database_is_a_broken_seal(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(b"This is no database. " * 100)
    with pytest.raises(NotALedger) as caught:
        Ledger.open(path)

    assert isinstance(caught.value, BrokenSeal)
    assert "backup" in caught.value.then


def test_a_damaged_page_is_a_broken_seal_or_is_named(path):
    raw = bytearray(path.read_bytes())
    raw[4096 : 4096 + 64] = bytes(64)
    path.write_bytes(raw)
    try:
        found = broken(path)
    except BrokenSeal as trouble:
        found = [(trouble.where, trouble.what)]

    assert found


def test_writing_after_a_head_that_is_none_is_refused(path):
    change(path, "UPDATE log_head SET edge = x'00'")
    with Ledger.open(path) as ledger, pytest.raises(Tampered):
        ledger.append(source_added(source(3)), **WHO)


def test_reading_an_entry_whose_bytes_are_none_is_a_broken_seal(path):
    change(path, "UPDATE ledger SET entry = x'7b' WHERE seq = 1")
    with Ledger.open(path) as ledger, pytest.raises(Tampered):
        list(ledger.entries())


@pytest.mark.slow
def test_more_entries_than_one_batch_replay_to_the_same_tables(tmp_path):
    with Ledger.create(tmp_path / "ledger.sqlite3", {}, **WHO) as ledger:
        ledger.append(*(source_added(source(number)) for number in range(1203)), **WHO)

        assert 1204 == ledger.replay()
        assert () == ledger.verify().broken
