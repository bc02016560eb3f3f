"""Make a case with lists of invented victims, for the tests of linking in a case."""

from __future__ import annotations

import csv

from tests.invented_names import person
from tests.ledger.samples import WHO
from tests.linking.invented_lists import entry, lists

from tallystick.casework.case import Settings
from tallystick.casework.link_case import link_case
from tallystick.casework.new import new
from tallystick.casework.preserve import preserve
from tallystick.casework.verdicts import decide_links

HEADER = ["record_id", "name", "sex", "age", "date of death", "place", "governorate"]
LISTS = ("a", "b", "c")


def new_case(folder):
    return new(folder, Settings(title="T"), **WHO)


def write_list(path, entries, kind="list", outlet=None):
    """Write entries as a list, with a note beside it that says what it is."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows([e.id, e.name, e.sex, e.age, e.died, e.place, e.region] for e in entries)
    told = f'kind = "{kind}"\npublished = 2021-12-31\n'
    told += f'outlet = "{outlet}"\n' if outlet else ""
    path.with_name(path.name + ".toml").write_text(told)
    return path


def keep(case, *paths):
    return [kept.source for kept in preserve(case, paths, **WHO)]


def add_lists(case, folder, people=25, names=LISTS):
    """Preserve invented lists in the case; return who each of their record ids is."""
    entries, truth = lists(people)
    for name in names:
        mine = [entry for entry in entries if entry.list == name]
        keep(case, write_list(folder / f"{name}.csv", mine, outlet=f"Committee {name}"))
    return truth


def add_doubtful(case, folder):
    """Preserve a list that names some of the same people by two words, and little else."""
    rows = [
        entry(n, "d", name=person(n).name("ar", father=False), died="2021", age=None, place="")
        for n in range(0, 25, 2)
    ]
    keep(case, write_list(folder / "d.csv", rows, outlet="Committee d"))


def linked(case, **more):
    return link_case(case, **(WHO | more))


def decide(case, page, reader="r1", **more):
    return decide_links(case, page, reader=reader, at=WHO["at"], **more)


def partition(persons):
    return {frozenset(person.entries) for person in persons}


def two_of_one(case):
    """Return the entries of a person of exactly two, the smaller id first."""
    return sorted(next(p.entries for p in case.ledger.persons() if len(p.entries) == 2))
