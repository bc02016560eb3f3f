"""What each list of a case says of each person, for the reckoning of named persons."""

from __future__ import annotations

from datetime import date

import pytest
from tests.casework.listed_case import add_lists, keep, linked, new_case
from tests.invented_names import full_name, person
from tests.ledger.samples import WHO

from tallystick.casework.case import Case
from tallystick.casework.evidence import evidence_of_case
from tallystick.casework.grounds import grounds_of_case
from tallystick.casework.listed import listed_of_case
from tallystick.casework.publish import publish
from tallystick.casework.reckon_case import reckon_case
from tallystick.records import Days

HEADER = "record_id,source,name,sex,age,date of death,place,governorate\n"


@pytest.fixture
def case(tmp_path):
    with new_case(tmp_path / "case") as made:
        yield made


def listed(case, path, *rows):
    path.write_text(HEADER + "\n".join(rows) + "\n")
    path.with_name(path.name + ".toml").write_text(
        'kind = "list"\noutlet = "Committee"\npublished = 2025-04-01\n'
    )
    keep(case, path)
    linked(case)
    return listed_of_case(case, grounds_of_case(case.folder))


def test_a_person_stands_once_for_each_list_that_names_them(case, tmp_path):
    add_lists(case, tmp_path / "lists")
    linked(case)
    found = listed_of_case(case, grounds_of_case(case.folder))
    lists = {entry.id: entry.list for entry in case.ledger.entries_of_lists()}

    assert {
        (person.id, lists[entry]) for person in case.ledger.persons() for entry in person.entries
    } == {(each.person, each.list) for each in found}
    assert len(found) == len({(each.person, each.list) for each in found})


def test_place_day_and_description_come_with_the_list(case, tmp_path):
    (one,) = listed(case, tmp_path / "l.csv", "1,,Samer Barduq,male,31,2025-03-07,Jableh,Latakia")

    assert ("Committee", date(2025, 4, 1)) == (one.originator, one.published)
    assert ({"sex": "male", "age": "adult"}, "killed") == (dict(one.whom), one.kind)
    assert Days(date(2025, 3, 7), date(2025, 3, 7)) == one.during
    assert 1 == len(one.where)


def test_a_partial_date_stays_as_wide_as_it_is(case, tmp_path):
    (one,) = listed(case, tmp_path / "l.csv", "1,,Samer Barduq,,,2025-03,,")

    assert Days(date(2025, 3, 1), date(2025, 3, 31)) == one.during
    assert ((), {}) == (one.where, dict(one.whom))


def test_a_list_named_in_its_own_column_is_its_own_teller(case, tmp_path):
    (one,) = listed(case, tmp_path / "l.csv", "1,SOHR,Samer Barduq,male,31,2025-03-07,,Latakia")

    assert "SOHR" == one.originator


def test_the_nameless_are_on_no_list(case, tmp_path):
    assert () == listed(case, tmp_path / "l.csv", "1,,Unknown,male,31,2025-03-07,,Latakia")


def test_a_place_that_nobody_knows_leaves_the_region(case, tmp_path):
    (one,) = listed(case, tmp_path / "l.csv", "1,,Samer Barduq,,,,Qqzzxx,Latakia")

    assert 1 == len(one.where)


def test_persons_on_lists_are_reckoned_as_named(case, tmp_path):
    rows = [
        f"{n},,{full_name(n)},{person(n).sex},{20 + n},2025-03-07,Jableh,Latakia" for n in range(9)
    ]
    listed(case, tmp_path / "l.csv", *rows)
    done = reckon_case(case, **WHO)
    (figure,) = done.headline()

    assert (9, 9) == figure.named
    assert 9 == figure.documented.lo


def test_a_list_that_is_not_admitted_names_nobody(case, tmp_path):
    listed(case, tmp_path / "l.csv", "1,,Samer Barduq,male,31,2025-03-07,,Latakia")
    settings = case.folder / "tallystick.toml"
    settings.write_text(settings.read_text() + '[admission]\nleave_out = ["Committee"]\n')
    with Case.open(case.folder) as again:
        assert () == evidence_of_case(again).listed


def test_the_proof_of_a_figure_says_how_many_are_named_and_never_who(case, tmp_path):
    add_lists(case, tmp_path / "lists")
    linked(case)
    _, done = publish(case, tmp_path / "report", **WHO)
    report = tmp_path / "report"
    # A list that is public is itself a source of the report, as every text that was preserved.
    pages = [page for page in report.rglob("*.*") if page.parent.name != "sources"]
    told = "".join(page.read_text("utf-8") for page in pages if page.suffix in (".html", ".json"))

    assert done.figures[0].named is not None
    assert "The proof also rests on lists of named persons." in told
    assert not [n for n in range(25) if full_name(n) in told]
