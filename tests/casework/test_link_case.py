"""The lists of a case are linked once, kept in its journal, and go on living."""

from __future__ import annotations

import json

import pytest
from tests.casework.listed_case import (
    LISTS,
    add_doubtful,
    add_lists,
    decide,
    keep,
    linked,
    new_case,
    partition,
    two_of_one,
    write_list,
)
from tests.invented_names import full_name
from tests.ledger.samples import WHO
from tests.linking.invented_lists import lists

from tallystick.casework.estimate import Asked
from tallystick.casework.estimate_case import estimate_case
from tallystick.casework.histories import draws_of_case, histories_of_case
from tallystick.casework.link import written
from tallystick.casework.link_case import LinkAsked, NoLists, linked_now
from tallystick.casework.look import look
from tallystick.casework.read_case import read_case
from tallystick.casework.status import status
from tallystick.casework.verify import verify


@pytest.fixture
def case(tmp_path):
    with new_case(tmp_path / "case") as made:
        yield made
        made.ledger.replay()

        assert () == verify(tmp_path / "case").broken


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "lists"


def acts(case):
    return [opened.entry.act for opened in case.ledger.entries()]


def verdict(left, right, says):
    told = {"left": left, "right": right, "says": says, "reason": "two ages"}
    return json.dumps(told) + "\n"


def test_lists_become_entries_and_persons_in_the_journal(case, folder):
    truth = add_lists(case, folder)
    done = linked(case)
    entries, persons = case.ledger.entries_of_lists(), case.ledger.persons()

    assert len(truth) == len(entries) == sum(len(person.entries) for person in persons)
    assert {"Committee a", "Committee b", "Committee c"} == {entry.list for entry in entries}
    assert list(done.linked.persons) == persons
    assert list(done.linked.households) == case.ledger.households()
    assert done.linked.count.as_json() == case.ledger.linking()["persons"]
    assert ["list.read"] * 3 + ["people.link"] == acts(case)[-4:]


def test_the_same_again_writes_nothing(case, folder):
    add_lists(case, folder)
    linked(case)
    before = case.ledger.head
    again = linked(case)

    assert (False, before) == (again.is_new, case.ledger.head)


def test_a_dry_run_keeps_nothing(case, folder):
    add_lists(case, folder)
    before = case.ledger.head
    done = linked(case, is_dry=True)

    assert before == case.ledger.head
    assert len(done.entries) > 25


def test_batches_in_order_end_where_one_shot_does(case, tmp_path):
    entries, _ = lists(30)
    for at in range(6):
        keep(case, write_list(tmp_path / "lists" / f"l{at}.csv", entries[at::6]))
        last = linked(case)
    with new_case(tmp_path / "other") as other:
        keep(other, *(tmp_path / "lists" / f"l{at}.csv" for at in range(6)))
        shot = linked(other)

    assert partition(shot.linked.persons) == partition(last.linked.persons)
    assert shot.linked.count == last.linked.count


def test_ids_live_on_when_a_list_comes(case, folder):
    add_lists(case, folder, names="ab")
    linked(case)
    before = case.ledger.persons()
    add_lists(case, folder)
    linked(case)
    living = {person.id: person for person in case.ledger.persons()}
    heirs = {id_: person for person in living.values() for id_ in person.merged}

    assert all(person.id in living or person.id in heirs for person in before)


def test_a_list_of_strangers_leaves_every_person_as_it_was(case, folder):
    add_lists(case, folder)
    before = linked(case).linked.persons
    strangers = [
        f"x{n},{full_name(n, 'lat')},f,{n},2015-06-{n % 28 + 1:02d},Elsewhere,Far"
        for n in range(200, 215)
    ]
    path = folder / "x.csv"
    path.write_text(
        "record_id,name,sex,age,date of death,place,governorate\n" + "\n".join(strangers)
    )
    keep(case, path)
    after = {person.id: person.entries for person in linked(case).linked.persons}

    assert {person.id: person.entries for person in before}.items() <= after.items()


def test_an_id_that_was_merged_away_is_found_as_its_heir(case, folder):
    add_lists(case, folder)
    linked(case)
    left, right = two_of_one(case)
    decide(case, verdict(left, right, "different"), is_lines=True)
    linked(case)
    apart = {person.id for person in case.ledger.persons() if {left, right} & {*person.entries}}
    decide(case, verdict(left, right, "same"), is_lines=True)
    linked(case)
    together = next(person for person in case.ledger.persons() if left in person.entries)

    assert apart == {together.id, *together.merged}
    assert together.id == look(case, together.merged[0]).records[0][1]["id"]


def test_an_entry_is_looked_up_with_its_person(case, folder):
    add_lists(case, folder)
    linked(case)
    entry = case.ledger.entries_of_lists()[0]
    kinds = dict(look(case, entry.id).records)

    assert entry.as_json() == kinds["row"]
    assert entry.id in kinds["person"]["entries"]


def test_status_knows_lists_persons_and_verdicts(case, folder):
    add_lists(case, folder)
    assert (0, None) == (status(case).lists, status(case).persons)
    linked(case)
    left, right = two_of_one(case)
    decide(case, verdict(left, right, "not-enough"), is_lines=True)
    found = status(case)

    assert (3, {"not-enough": 1}, 0) == (found.lists, found.links, found.disputed)
    assert case.ledger.linking()["persons"] == found.persons


def test_the_draws_are_kept_as_they_were(case, folder):
    assert draws_of_case(case) is None
    add_lists(case, folder)
    done = linked(case)
    draws = draws_of_case(case)

    assert done.linked.entries == draws.entries
    assert done.linked.draws.tolist() == draws.groups.tolist()


def test_histories_of_a_case_are_those_of_its_linking(case, folder, tmp_path):
    assert histories_of_case(case) is None
    add_lists(case, folder)
    written(linked(case), None, tmp_path / "h.csv")

    assert (tmp_path / "h.csv").read_text() == histories_of_case(case)


def test_few_draws_of_a_case_show_the_spread_of_all(case, folder):
    add_lists(case, folder)
    linked(case)
    rows = histories_of_case(case, 5).splitlines()

    assert {"0", "1", "2", "3", "4"} == {row.rpartition(",")[2] for row in rows[1:]}


def test_an_estimate_pools_over_the_draws_of_its_case(case, folder):
    add_lists(case, folder, people=60, names="bc")
    add_doubtful(case, folder)
    linked(case)
    (made,) = estimate_case(case, asked=Asked("dga", draws=12)).estimates

    assert "linkage" in {finding.check for finding in made.findings}


def test_a_person_says_which_lists_name_it(case, folder):
    add_lists(case, folder)
    linked(case)
    list_of = {entry.id: entry.list for entry in case.ledger.entries_of_lists()}

    assert all(
        sorted({list_of[entry] for entry in person.entries}) == [*person.lists]
        for person in case.ledger.persons()
    )


def test_what_is_wrong_with_a_list_is_kept_with_source_row_and_column(case, folder):
    (source,) = keep(case, write_list(folder / "a.csv", []))
    folder.joinpath("b.csv").write_text("name,age\nSamer Barduq,many\nHuda Barduq,30\n")
    (other,) = keep(case, folder / "b.csv")
    linked(case)
    found = {issue.code: issue.where for issue in case.ledger.issues()}

    assert f"{other.id} b.csv row 2 column age" == found["linking.age-unclear"]
    assert source.id in case.ledger.listings()


def test_a_table_that_is_no_list_is_left_alone(case, folder):
    folder.mkdir()
    (folder / "toll.csv").write_text("place,killed\nMarzuqa,12\n")
    (folder / "hospitals.csv").write_text("name,place,date\nMarzuqa Hospital,Marzuqa,2024-03-01\n")
    keep(case, folder)
    done = linked(case)

    assert (True, ()) == (done.is_done, done.lists.sources)
    assert {} == case.ledger.listings()
    assert (0, 2) == (status(case).lists, len(status(case).unread))


def test_a_list_without_names_is_a_fault(case, folder):
    folder.mkdir()
    (folder / "l.csv").write_text("colour,shape\nred,round\n")
    (folder / "l.csv.toml").write_text('kind = "list"\n')
    keep(case, folder / "l.csv")
    done = linked(case)

    assert not done.is_done
    assert ["linking.no-name-column"] == [issue.code for issue in done.issues]


def test_a_mapping_reads_lists_anew(case, folder):
    folder.mkdir()
    (folder / "l.csv").write_text("who it was,shape\nSamer Barduq,round\n")
    (folder / "l.csv.toml").write_text('kind = "list"\n')
    keep(case, folder / "l.csv")
    linked(case)
    done = linked(case, asked=LinkAsked({"name": "who it was"}))

    assert ["Samer Barduq"] == [entry.name for entry in done.entries]
    assert done.entries == linked(case).entries


def test_a_list_is_linked_and_not_read(case, folder):
    add_lists(case, folder, names="a")

    assert [] == list(read_case(case, **WHO))


def test_asking_about_a_case_without_lists_is_refused(case):
    with pytest.raises(NoLists):
        linked_now(case)


def test_workbooks_of_a_case_are_lists_too(case, folder):
    openpyxl = pytest.importorskip("openpyxl")
    folder.mkdir()
    book = openpyxl.Workbook()
    for row in (["List"], ["name", "place"], ["Samer Barduq", "Marzuqa"], ["Huda Barduq", None]):
        book.active.append(row)
    book.active.merge_cells("B3:B4")
    book.save(folder / "l.xlsx")
    (folder / "l.xlsx.toml").write_text('kind = "list"\n')
    (source,) = keep(case, folder / "l.xlsx")
    done = linked(case)

    assert ["Marzuqa", "Marzuqa"] == [entry.place for entry in done.entries]
    assert f"{source.id} l.xlsx row 3" == done.entries[0].where
    assert "linking.merged-cells" in {issue.code for issue in done.issues}


def test_every_list_is_named(case, folder):
    add_lists(case, folder)

    assert len(LISTS) == len(linked(case).lists.sources)
