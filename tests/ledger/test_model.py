"""The ledger against a model of a few dictionaries, through any order of deeds and restarts."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.ledger.samples import WHO, claim, review, source

from tallystick.ledger import (
    Ledger,
    UnknownAct,
    claim_reviewed,
    consistency_holds,
    custody_taken,
    source_added,
    source_described,
    source_read,
)
from tallystick.ledger.acts import Draft

NUMBERS = st.integers(0, 3)


class Book(RuleBasedStateMachine):
    """Write into a ledger file what the model writes into dictionaries."""

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.sqlite3"
        self.ledger = Ledger.create(self.path, {}, **WHO)
        self.entries = 1
        self.sources, self.custody = {}, {}
        self.read, self.verdicts = {}, {}
        self.heads = [self.ledger.head]

    def teardown(self):
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()

    def write(self, *drafts):
        self.ledger.append(*drafts, **WHO)
        self.entries += len(drafts)
        self.heads.append(self.ledger.head)

    @rule(number=NUMBERS, title=st.sampled_from(["", "A", "B"]))
    def add_or_describe(self, number, title):
        told = source(number, title=title)
        write = source_described if number in self.sources else source_added
        self.write(write(told), custody_taken(told.id, {"title": title}, [told.sha256]))
        self.sources[number] = told
        self.custody.setdefault(number, []).append(title)

    @rule(number=NUMBERS, counts=st.lists(st.integers(1, 4), unique=True, max_size=3))
    def read_anew(self, number, counts):
        # Claims far apart, so that no decision overtakes a claim of other words.
        read = [claim(source(number), lo=lo, span=(100 * lo, 100 * lo + 9)) for lo in counts]
        self.write(source_read(source(number).id, method="m", claims=read))
        self.read[number] = {made.id: made for made in read}

    @precondition(lambda self: any(self.read.values()))
    @rule(data=st.data(), verdict=st.sampled_from(["accept", "reject", "correct"]))
    def decide(self, data, verdict):
        every = [made for read in self.read.values() for made in read.values()]
        chosen = data.draw(st.sampled_from(every))
        fields = {"lo": 50, "hi": 50} if verdict == "correct" else {}
        self.write(claim_reviewed(review(chosen, verdict, fields=fields), chosen))
        self.verdicts[chosen.id] = (verdict, chosen)

    @rule()
    def close_and_open(self):
        self.ledger.close()
        self.ledger = Ledger.open(self.path)

    @rule()
    def replay(self):
        assert self.entries == self.ledger.replay()

    @rule(number=NUMBERS)
    def fail_in_the_middle(self, number):
        try:
            self.ledger.append(
                source_added(source(number, title="never")), Draft(act="no.act", obj="x"), **WHO
            )
        except UnknownAct:
            return
        raise AssertionError("An unknown act was written.")

    @invariant()
    def the_sources_are_those_of_the_model(self):
        assert {s.id: s for s in self.sources.values()} == {s.id: s for s in self.ledger.sources()}
        for number, titles in self.custody.items():
            told = self.ledger.custody(source(number).id)
            assert titles == [way["title"] for way in told]

    @invariant()
    def the_claims_that_hold_are_those_of_the_model(self):
        holding = {}
        for read in self.read.values():
            holding |= {name: made.lo for name, made in read.items()}
        for name, (verdict, chosen) in self.verdicts.items():
            if verdict == "reject":
                holding.pop(name, None)
            else:
                holding[name] = 50 if verdict == "correct" else chosen.lo

        assert holding == {made.id: made.lo for made in self.ledger.claims()}

    @invariant()
    def nothing_is_broken_and_the_journal_only_grew(self):
        audit, head = self.ledger.verify(), self.ledger.head
        old = self.heads[len(self.heads) // 2]

        assert ((), self.entries, head.root) == (audit.broken, head.size, audit.root)
        assert consistency_holds(
            old.size,
            head.size,
            old_root=bytes.fromhex(old.root),
            new_root=bytes.fromhex(head.root),
            proof=self.ledger.consistency(old.size),
        )


Book.TestCase.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
TestBook = pytest.mark.slow(Book.TestCase)
