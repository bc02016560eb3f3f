from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.samples import WHO, claim, issue, review, source, statement

from tallystick.ledger import (
    Ledger,
    NoSuchRecord,
    claim_reviewed,
    custody_taken,
    estimated,
    exported,
    figure_reckoned,
    incidents_decided,
    link_decided,
    list_read,
    people_linked,
    published,
    reckoned,
    settings_changed,
    source_added,
    source_described,
    source_read,
    withdrawn,
)
from tallystick.records import Entry, Household, LinkVerdict, Person


@pytest.fixture
def ledger():
    with Ledger.in_memory({"title": "A case"}) as made:
        yield made
        before = made.counts()
        made.replay()

        # Whatever a test wrote: the tables are the fold of the journal.
        assert (before, ()) == (made.counts(), made.verify().broken)


def write(ledger, *drafts):
    return ledger.append(*drafts, **WHO)


def test_settings_are_those_last_set(ledger):
    write(ledger, settings_changed({"title": "B", "window": ["2025-03-01", None]}))

    assert {"title": "B", "window": ["2025-03-01", None]} == ledger.settings()


def test_a_source_is_as_last_described_with_the_issues_of_that_time(ledger):
    one = source(1)
    write(ledger, source_added(one, [issue(one.id, "preserving.no-date")]))
    write(ledger, source_described(source(1, title="T")))

    assert "T" == ledger.source(one.id).title
    assert [source(1, title="T")] == ledger.sources()
    assert [] == ledger.issues()


def test_an_unknown_id_is_said_to_be_unknown(ledger):
    for ask in (ledger.source, ledger.figure, ledger.certificate, ledger.look):
        with pytest.raises(NoSuchRecord):
            ask("x-1")


def test_the_way_of_a_source_is_kept_for_each_time_it_came(ledger):
    one = source(1)
    write(ledger, source_added(one), custody_taken(one.id, {"name": "a.txt"}, [one.sha256]))
    write(ledger, custody_taken(one.id, {"name": "b.txt"}, [one.sha256], issues=[issue("b.txt")]))

    assert ["a.txt", "b.txt"] == [told["name"] for told in ledger.custody(one.id)]
    assert ["b.txt"] == [told.where for told in ledger.issues(one.id)]


def test_claims_of_one_source_leave_out_those_of_others(ledger):
    one, two = source(1), source(2)
    added = claim(two, lo=7, span=(1, 2))
    write(ledger, source_read(one.id, method="m", claims=[claim(one)]))
    write(ledger, source_read(two.id, method="m", claims=[claim(two, lo=9)]))
    write(ledger, claim_reviewed(review(added, "add", fields=added.as_json()), None))

    assert [12] == [told.lo for told in ledger.claims(one.id)]
    assert [9, 7] == [told.lo for told in ledger.claims(two.id)]
    assert [12, 9, 7] == [told.lo for told in ledger.claims()]


def test_a_rejected_saying_does_not_hold(ledger):
    one = source(1)
    told = statement(one)
    write(ledger, source_read(one.id, method="m", statements=[told]))
    write(ledger, claim_reviewed(review(told, "reject"), told))

    assert [] == ledger.statements()
    assert [] == ledger.statements(one.id)
    assert ["reject"] == [made.verdict for made in ledger.reviews()]
    assert [] == ledger.standings()


def test_victims_whom_a_text_names_come_with_the_reading(ledger):
    one = source(1)
    write(ledger, source_read(one.id, method="m", entries=[{"id": "e-1", "age": 31}]))

    assert [{"id": "e-1", "age": 31}] == ledger.named_in_texts(one.id)


def listed(one, *names, mapping=None):
    entries = [Entry(id=f"n-{name}", list="a", name=name) for name in names]
    told = {"method": "rows-1", "mapping": mapping or {}, "entries": entries}
    return list_read(one.id, issues=[issue(one.id, "linking.column-left-out")], **told)


def test_rows_of_a_list_take_the_place_of_those_read_before(ledger):
    one, two = source(1), source(2)
    write(ledger, listed(one, "x", "y"), listed(two, "z"), listed(one, "v", mapping={"name": "n"}))

    assert ["n-v"] == [entry.id for entry in ledger.entries_of_lists(one.id)]
    assert ["n-z", "n-v"] == [entry.id for entry in ledger.entries_of_lists()]
    assert {"name": "n"} == ledger.listings()[one.id]["mapping"]
    assert ["linking.column-left-out"] == [told.code for told in ledger.issues(one.id)]


def test_rows_of_a_list_stay_when_its_text_is_read(ledger):
    one = source(1)
    write(ledger, listed(one, "x"), source_read(one.id, method="m"))

    assert ["n-x"] == [entry.id for entry in ledger.entries_of_lists(one.id)]
    assert 1 == len(ledger.issues(one.id))


def test_persons_and_incidents_take_the_place_of_those_before(ledger):
    person = Person(id="p-2", entries=("e-1", "e-2"), p_match=(0.75, 1.0))
    household = Household(id="h-1", persons=("p-2", "p-3"), says="same day")
    write(ledger, people_linked([{"id": "p-1"}], run={"lists": 2}, tool="link-1"))
    odd = [issue("p-2", "linking.alarm-two-sexes")]
    told = {"households": [household], "issues": odd, "run": {"lists": 3}, "tool": "link-1"}
    write(ledger, people_linked([person], **told))
    write(ledger, incidents_decided([{"id": "i-1"}, {"id": "i-2"}]), incidents_decided([]))

    assert [person] == ledger.persons()
    assert [household] == ledger.households()
    assert {"lists": 3} == ledger.linking()
    assert ["linking.alarm-two-sexes"] == [told.code for told in ledger.issues()]
    assert [] == ledger.incidents()


def test_the_latest_verdict_on_two_entries_holds(ledger):
    told = {"left": "n-1", "right": "n-2", "reason": "two ages", "author": "u-1", "at": "2025"}
    first, later = (LinkVerdict(says=says, **told) for says in ("same", "different"))
    write(ledger, link_decided(first), link_decided(later))

    assert [later] == ledger.verdicts()
    assert ["same", "different"] == [
        opened.body["link"]["says"] for opened in ledger.history(first.id)
    ]


def test_figures_are_those_of_the_last_complete_reckoning_in_its_order(ledger):
    assert (None, []) == (ledger.reckoning(), ledger.figures())
    for name in ("f-1", "f-2", "f-3"):
        certificate = {"id": f"p-{name}", "shares": ["1/3"]}
        write(ledger, figure_reckoned({"id": name, "lo": 1}, [certificate]))
    write(ledger, reckoned({}, ["f-1", "f-2"], tool="tally-2"))
    write(ledger, reckoned({"as_of": "2025-03-11"}, ["f-3", "f-1"], tool="tally-2"))

    assert ["f-3", "f-1"] == [told["id"] for told in ledger.figures()]
    assert {"as_of": "2025-03-11"} == ledger.reckoning()["asked"]
    assert {"id": "f-2", "lo": 1} == ledger.figure("f-2")
    assert ["p-f-2"] == [told["id"] for told in ledger.certificates("f-2")]
    assert 3 == len(ledger.certificates())
    assert ["1/3"] == ledger.certificate("p-f-1")["shares"]


def test_estimates_take_the_place_of_those_before(ledger):
    write(ledger, estimated([{"median": 1}], asked={}, tool="lcmcr-1"))
    write(ledger, estimated([{"median": 2}, {"p": (0.5, {3, 1})}], asked={}, tool="lcmcr-1"))

    assert [{"median": 2}, {"p": [0.5, [1, 3]]}] == ledger.estimates()


@settings(max_examples=20)
@given(st.floats(allow_nan=False))
def test_a_decimal_comes_back_to_its_last_digit(value):
    with Ledger.in_memory() as made:
        write(made, estimated([{"p": value}], asked={}, tool="m"))

        assert [{"p": value}] == made.estimates()


def test_a_withdrawn_report_is_still_told_of(ledger):
    digest = "ab" * 32
    write(ledger, published("r-1", {"files": {"index.html": digest}}, blobs=[digest]))
    write(ledger, published("r-2", {"files": {}}), withdrawn("r-1", why="mistake"))
    write(ledger, exported("x-1", {"profile": "public"}))

    assert [("r-1", "mistake"), ("r-2", None)] == [
        (told["id"], told["withdrawn"] and told["withdrawn"]["why"])
        for told in ledger.publications()
    ]
    assert [{"profile": "public"}] == ledger.exports()


def test_look_finds_a_record_of_any_kind(ledger):
    one = source(1)
    write(ledger, source_added(one), source_read(one.id, method="m", claims=[claim(one)]))

    assert ["claim"] == [kind for kind, _ in ledger.look(claim(one).id)]
    assert ["reading", "source"] == [kind for kind, _ in ledger.look(one.id)]
    assert {"claim": 1, "reading": 1, "setting": 1, "source": 1} == ledger.counts()
