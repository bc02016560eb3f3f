from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.samples import WHO, claim, issue, review, source, statement

from tallystick.ledger import (
    ACTS,
    Draft,
    Ledger,
    LedgerExists,
    NoLedger,
    StrayRecord,
    UnknownAct,
    claim_reviewed,
    consistency_holds,
    custody_taken,
    inclusion_holds,
    leaf_hash,
    root_of,
    source_added,
    source_described,
    source_read,
)
from tallystick.records import BadEntry, JournalEntry, NotCanonical


@pytest.fixture
def ledger():
    with Ledger.in_memory({"title": "A case"}) as made:
        yield made


def test_a_journal_begins_with_the_opening_of_its_case(ledger):
    (first,) = ledger.entries()

    assert (0, "case.open", "case", None) == (
        first.entry.seq,
        first.entry.act,
        first.entry.obj,
        first.entry.prev,
    )
    assert {"title": "A case"} == ledger.settings()


def test_an_entry_comes_back_as_it_was_written(ledger):
    (written,) = ledger.append(source_added(source(), tool="t-1"), **WHO)
    (read,) = ledger.history(source().id)

    assert written == read
    assert ("u-1", "2025-03-18T09:30:00Z", "t-1") == (
        read.entry.actor,
        read.entry.ts,
        read.entry.tool,
    )
    assert source().as_json() == read.as_json()["body"]["source"]


def test_the_leaf_is_the_hash_of_the_exact_bytes_of_the_entry(ledger):
    (written,) = ledger.append(source_added(source()), **WHO)

    assert leaf_hash(written.entry.as_bytes()) == written.leaf


@settings(max_examples=25)
@given(st.lists(st.integers(1, 4), max_size=6))
def test_the_head_is_the_root_of_all_leaves_however_they_came(batches):
    with Ledger.in_memory() as ledger:
        for number, size in enumerate(batches):
            drafts = [source_added(source(10 * number + place)) for place in range(size)]
            ledger.append(*drafts, **WHO)
        leaves = [opened.leaf for opened in ledger.entries()]

        assert (1 + sum(batches), root_of(leaves).hex()) == (ledger.head.size, ledger.head.root)
        assert list(range(len(leaves))) == [opened.entry.seq for opened in ledger.entries()]


def test_each_entry_names_the_last_one_on_the_same_object(ledger):
    ledger.append(source_added(source(1)), source_added(source(2)), **WHO)
    ledger.append(source_described(source(1, title="T")), **WHO)
    one = source(1)
    ledger.append(custody_taken(one.id, {}, []), custody_taken(one.id, {}, []), **WHO)
    history = ledger.history(one.id)

    assert [None, *(opened.leaf.hex() for opened in history[:-1])] == [
        opened.entry.prev for opened in history
    ]
    assert 4 == len(history)


def test_entries_can_be_asked_for_by_place_object_and_act(ledger):
    ledger.append(source_added(source(1)), source_added(source(2)), **WHO)

    assert [2] == [opened.entry.seq for opened in ledger.entries(after=1)]
    assert [1] == [opened.entry.seq for opened in ledger.entries(obj=source(1).id)]
    assert [1, 2] == [opened.entry.seq for opened in ledger.entries(act="source.add")]
    assert [] == list(ledger.entries(act="source.read", obj=source(1).id))


def test_a_head_tells_what_one_must_remember(ledger):
    head = ledger.head

    assert {"origin": head.origin, "size": 1, "root": head.root} == head.as_json()
    assert head.origin.startswith("tallystick/")


def test_proofs_hold_under_the_head(ledger):
    old = ledger.head
    opened = ledger.append(*(source_added(source(n)) for n in range(6)), **WHO)[3]
    head = ledger.head

    assert inclusion_holds(
        opened.leaf,
        opened.entry.seq,
        head.size,
        proof=ledger.inclusion(opened.entry.seq),
        root=bytes.fromhex(head.root),
    )
    assert consistency_holds(
        old.size,
        head.size,
        old_root=bytes.fromhex(old.root),
        new_root=bytes.fromhex(head.root),
        proof=ledger.consistency(old.size),
    )


@pytest.mark.parametrize(
    ("bad", "trouble"),
    [
        (Draft(act="source.burn", obj="x"), UnknownAct),
        (Draft(act="source.custody", obj="", body={"custody": {}, "issues": []}), BadEntry),
        (Draft(act="config.set", obj="case", body={"settings": {"n": 0.5}}), NotCanonical),
        (Draft(act="config.set", obj="case", body={}), KeyError),
        (Draft(act="number.withdraw", obj="p-1", blobs=("ab" * 32,) * 300), BadEntry),
        (Draft(act="number.withdraw", obj="p-1", blobs=("no hash",)), BadEntry),
    ],
)
def test_a_draft_that_cannot_be_an_entry_leaves_nothing_behind(ledger, bad, trouble):
    before = ledger.head
    with pytest.raises(trouble):
        ledger.append(source_added(source()), bad, **WHO)

    assert before == ledger.head
    assert [] == ledger.sources()


def test_a_page_that_fails_is_not_turned(ledger):
    before = ledger.head

    def write_and_fail():
        with ledger.page(**WHO) as page:
            page.append(source_added(source()))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert before == ledger.head


def test_a_page_sees_what_it_has_written(ledger):
    with ledger.page(**WHO) as page:
        page.append()
        page.append(source_added(source()))

        assert page.has("source", source().id)
        assert not page.has("source", source(1).id)
    assert 1 == len(page.written)


def test_a_time_that_is_no_time_in_utc_is_refused(ledger):
    with pytest.raises(BadEntry):
        ledger.append(source_added(source()), actor="u-1", at="yesterday")


def test_a_reading_takes_the_place_of_the_one_before_and_reviews_stay(ledger):
    one = source()
    first, second = claim(one, lo=12), claim(one, lo=30, span=(40, 60))
    ledger.append(
        source_added(one, [issue(one.id, "preserving.no-date")]),
        source_read(one.id, method="reader-1", claims=[first, second], issues=[issue(one.id)]),
        claim_reviewed(review(first, "correct", fields={"lo": 13, "hi": 13}), first),
        **WHO,
    )
    ledger.append(
        source_read(one.id, method="reader-2", claims=[first], statements=[statement(one)]), **WHO
    )

    assert [13] == [item.lo for item in ledger.claims()]
    assert [12] == [item.lo for item in ledger.claims_read(one.id)]
    assert {one.id: "reader-2"} == ledger.readings()
    assert ["preserving.no-date"] == [item.code for item in ledger.issues(one.id)]
    assert ["correct"] == [item.verdict for item in ledger.reviews(first.id)]
    assert [statement(one)] == ledger.statements(one.id)


def test_a_reading_of_another_source_is_refused():
    with pytest.raises(StrayRecord):
        source_read(source(1).id, method="reader-1", claims=[claim(source(2))])


def test_an_existing_file_is_not_made_anew(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    Ledger.create(path, {}, **WHO).close()
    with pytest.raises(LedgerExists):
        Ledger.create(path, {}, **WHO)


def test_a_file_that_is_not_there_is_not_opened(tmp_path):
    with pytest.raises(NoLedger):
        Ledger.open(tmp_path / "ledger.sqlite3")


def test_what_was_written_is_there_after_opening_again(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.create(path, {"title": "T"}, **WHO) as ledger:
        ledger.append(source_added(source()), **WHO)
        head = ledger.head

    with Ledger.open(path) as again:
        assert (head, [source()]) == (again.head, again.sources())
        assert {source().sha256: 1, source().text.sha256: 1} == again.blobs()


@pytest.mark.slow
def test_many_writers_at_once_leave_no_gap(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    Ledger.create(path, {}, **WHO).close()

    def write(first):
        with Ledger.open(path) as ledger:
            for number in range(10):
                ledger.append(source_added(source(100 * first + number)), **WHO)

    threads = [threading.Thread(target=write, args=(first,)) for first in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with Ledger.open(path) as ledger:
        assert (61, ()) == (ledger.head.size, ledger.verify().broken)
        assert 60 == len(ledger.sources())


def test_every_act_has_an_entry_name_that_an_entry_can_hold():
    for act in ACTS:
        JournalEntry(
            origin="tallystick/a", seq=0, ts=WHO["at"], actor="u", act=act, obj="x", body="0" * 64
        )
