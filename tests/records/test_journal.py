from __future__ import annotations

from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tallystick.records import LONGEST_ENTRY, BadEntry, JournalEntry, NotCanonical, canonical

HASH = "ab" * 32
ENTRY = JournalEntry(
    origin="tallystick/0a1b",
    seq=3,
    ts="2025-03-18T09:30:00Z",
    actor="u-1",
    act="source.add",
    obj="s-1",
    prev=HASH,
    body=HASH,
    blobs=(HASH,),
    tool="t 1",
    why="code",
)
words = st.text(
    st.characters(codec="utf-8", min_codepoint=0x20, exclude_characters="\x7f"), max_size=200
)


@given(words.filter(bool), words.filter(bool), words, words, st.integers(0, 2**53 - 1))
def test_an_entry_comes_back_from_its_exact_bytes(actor, obj, tool, why, seq):
    entry = replace(ENTRY, actor=actor, obj=obj, tool=tool, why=why, seq=seq)
    data = entry.as_bytes()

    assert entry == JournalEntry.from_bytes(data)
    assert rfc8785.dumps(rfc8785_told(entry)) == data


def rfc8785_told(entry):
    names = ("v", "origin", "seq", "ts", "actor", "act", "obj", "prev", "body", "tool", "why")
    return {name: getattr(entry, name) for name in names} | {"blobs": list(entry.blobs)}


def test_the_first_entry_on_an_object_has_nothing_before_it():
    assert b'"prev":null' in replace(ENTRY, prev=None).as_bytes()


@pytest.mark.parametrize(
    "wrong",
    [
        {"v": 2},
        {"seq": -1},
        {"seq": True},
        {"seq": "3"},
        {"origin": "other/1"},
        {"ts": "2025-03-18"},
        {"ts": "2025-03-18T09:30:00+03:00"},
        {"actor": ""},
        {"actor": "a\nb"},
        {"act": "Source.Add"},
        {"obj": ""},
        {"obj": 3},
        {"obj": "x" * 201},
        {"tool": "t\x00"},
        {"prev": "ab"},
        {"prev": ""},
        {"body": None},
        {"body": HASH.upper()},
        {"blobs": ("x",)},
        {"blobs": (3,)},
    ],
)
def test_what_no_entry_can_hold_is_refused(wrong):
    with pytest.raises(BadEntry):
        replace(ENTRY, **wrong)


def test_an_entry_of_more_than_16_kib_is_refused():
    long = replace(ENTRY, blobs=(HASH,) * 300)
    with pytest.raises(BadEntry):
        long.as_bytes()
    with pytest.raises(BadEntry):
        JournalEntry.from_bytes(b" " * (LONGEST_ENTRY + 1))


@pytest.mark.parametrize("told", [[], {}, {"v": 1}, "entry"])
def test_bytes_that_hold_no_entry_are_refused(told):
    with pytest.raises(BadEntry):
        JournalEntry.from_bytes(canonical(told))


def test_an_entry_with_a_field_more_is_refused():
    with pytest.raises(BadEntry):
        JournalEntry.from_bytes(canonical(rfc8785_told(ENTRY) | {"more": 1}))
    with pytest.raises(BadEntry):
        JournalEntry.from_bytes(canonical(rfc8785_told(ENTRY) | {"blobs": HASH}))


def test_bytes_that_are_not_canonical_are_refused():
    with pytest.raises(NotCanonical):
        JournalEntry.from_bytes(ENTRY.as_bytes() + b" ")
