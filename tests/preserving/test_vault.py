from __future__ import annotations

import errno
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import BrokenSeal, Refused
from tallystick.preserving import AlteredBlob, MissingBlob, NoRoom, Vault
from tallystick.records import digest


@given(st.lists(st.binary(max_size=200), max_size=8))
def test_bytes_come_back_as_they_went_in(tmp_path_factory, pieces):
    vault = Vault(tmp_path_factory.mktemp("vault"))
    names = vault.put_all(pieces)

    assert [digest(piece) for piece in pieces] == names
    assert pieces == [vault.get(name) for name in names]
    assert [] == list(vault.broken(names))
    assert [] == vault.strays(names)


def test_the_same_bytes_twice_are_one_file(tmp_path):
    vault = Vault(tmp_path)
    first, second = vault.put(b"a"), vault.put(b"a")

    assert first == second
    assert 1 == len(vault.strays([]))
    assert first in vault


def test_a_kept_file_may_not_be_written_to(tmp_path):
    vault = Vault(tmp_path)
    mode = vault.path(vault.put(b"a")).stat().st_mode

    assert not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_bytes_are_durable_before_they_are_named(tmp_path, monkeypatch):
    """R2: write, fsync of the file, rename, fsync of the folder; in this order."""
    steps = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(descriptor):
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        steps.append("fsync folder" if is_folder else "fsync file")
        real_sync(descriptor)

    def replace(source, target, **more):
        steps.append("rename")
        real_replace(source, target, **more)

    vault = Vault(tmp_path)
    vault.put(b"other")
    (tmp_path / digest(b"a")[:2]).mkdir(exist_ok=True)
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    vault.put(b"a")

    assert ["fsync file", "rename", "fsync folder"] == steps


def test_a_missing_file_is_a_broken_seal(tmp_path):
    vault = Vault(tmp_path)
    with pytest.raises(MissingBlob):
        vault.get("0" * 64)
    (trouble,) = vault.broken(["0" * 64])

    assert isinstance(trouble, MissingBlob)
    assert isinstance(trouble, BrokenSeal)


@given(st.binary(min_size=1, max_size=60), st.data())
def test_one_flipped_bit_is_named(tmp_path_factory, piece, data):
    vault = Vault(tmp_path_factory.mktemp("vault"))
    name = vault.put(piece)
    place = data.draw(st.integers(0, len(piece) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    path = vault.path(name)
    path.chmod(0o600)
    path.write_bytes(piece[:place] + bytes([piece[place] ^ bit]) + piece[place + 1 :])
    (trouble,) = vault.broken([name])

    assert isinstance(trouble, AlteredBlob)
    assert name in trouble.where
    with pytest.raises(AlteredBlob):
        vault.get(name)


def test_what_nobody_names_is_swept(tmp_path):
    vault = Vault(tmp_path)
    kept, stray = vault.put(b"kept"), vault.put(b"stray")
    (tmp_path / "tmp" / "half").write_bytes(b"ha")

    assert 2 == vault.sweep([kept])
    assert kept in vault
    assert stray not in vault
    assert 0 == vault.sweep([kept])


def test_a_full_disk_is_told_and_nothing_is_named(tmp_path, monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    vault = Vault(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom) as caught:
        vault.put(b"a")

    assert "No space left" in caught.value.what
    assert isinstance(caught.value, Refused)
    assert digest(b"a") not in vault


def test_a_file_cut_short_by_a_crash_is_written_again(tmp_path):
    vault = Vault(tmp_path)
    name = vault.put(b"whole")
    vault.path(name).chmod(0o600)
    vault.path(name).write_bytes(b"")
    vault.put(b"whole")

    assert b"whole" == vault.get(name)
