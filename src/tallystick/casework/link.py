"""Link lists in plain files to persons: open the files, call the workshop, write the answer."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tallystick.casework.histories import histories_table
from tallystick.casework.lists import mapping_of, read_lists
from tallystick.errors import NotFound, Unreadable
from tallystick.linking import Linked, Means, Scorer, link
from tallystick.records import Entry, Issue, LinkVerdict, Person

__all__ = [
    "SEED",
    "BadPersons",
    "BadVerdicts",
    "Linking",
    "NoPersons",
    "NoVerdicts",
    "link_files",
    "persons_of",
    "written",
]

SEED = 1


class NoPersons(NotFound):
    """An earlier answer that was named is not there."""

    code = "no-persons"

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path.name}.", where=str(path), then="check its path.")


class NoVerdicts(NotFound):
    """A file of verdicts that was named is not there."""

    code = "no-verdicts"

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file {path.name}.", where=str(path), then="check its path.")


class BadPersons(Unreadable):
    """A file is no earlier answer of linking."""

    code = "bad-persons"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} has no columns record_id and person_id.",
            where=str(path),
            then="give the persons.csv that an earlier linking wrote.",
        )


class BadVerdicts(Unreadable):
    """A line of a file of verdicts is no verdict."""

    code = "bad-verdicts"

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"Line {line} of {path.name} is no verdict.",
            where=f"{path} line {line}",
            then='write {"left", "right", "says", "reason", "author", "at"} as JSON, one a line.',
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """Hold the outcome over files: the linked persons, the entries, and every issue."""

    linked: Linked
    entries: tuple[Entry, ...]
    issues: tuple[Issue, ...]

    @property
    def is_done(self) -> bool:
        """Say whether every list could be read."""
        return not any(issue.weight == "fault" for issue in self.issues)

    def as_json(self) -> dict[str, object]:
        linked = self.linked
        return {
            "persons": linked.count.as_json(),
            "unnamed": linked.unnamed,
            "blocking_recall_at_most": round(linked.blocking, 4),
            "households": [household.as_json() for household in linked.households],
            "changes": [
                _changed(person) for person in linked.persons if person.merged or person.split_from
            ],
            "alarms": [alarm.as_json() for alarm in linked.alarms],
            "issues": [issue.as_json() for issue in self.issues],
        }


def _changed(person: Person) -> dict[str, object]:
    return {
        "person": person.id,
        "merged": list(person.merged),
        "split_from": person.split_from,
    }


def link_files(
    paths: Sequence[Path],
    *,
    mapping: Path | None = None,
    verdicts: Path | None = None,
    before: Path | None = None,
    model: Scorer | None = None,
    means: Means | None = None,
) -> Linking:
    """Link the lists in these files.

    Args:
        paths: CSV or TSV, also packed as ``.gz``, or workbooks; each sheet of a workbook is a list.
        mapping: TOML of field = "its header", for headers that are not known.
        verdicts: JSON lines of link verdicts.
        before: A ``persons.csv`` of an earlier linking, whose person ids go on living.
        model: What scores the pairs instead of the shipped model.
        means: Who is told each step, and which engine runs.

    Raises:
        NoList, NoPersons, NoVerdicts: A file is not there.
        BadMapping, BadVerdicts, BadPersons: A file that lists are linked by cannot be read.
    """
    means = means or Means()
    entries, issues = read_lists(paths, mapping_of(mapping), tell=means.tell)
    linked = link(
        entries,
        rng=np.random.default_rng(SEED),
        verdicts=_verdicts(verdicts) if verdicts else (),
        before=persons_of(before) if before else (),
        model=model,
        means=means,
    )
    return Linking(linked=linked, entries=tuple(entries), issues=(*issues, *linked.issues))


def written(linking: Linking, out: Path | None, histories: Path | None = None) -> None:
    """Write ``record_id,person_id,p_match``, and the capture histories of each draw, if asked."""
    if out:
        _write_persons(linking, out)
    if histories:
        _write_histories(linking, histories)


def _write_persons(linking: Linking, out: Path) -> None:
    rows = {
        entry: (person.id, p)
        for person in linking.linked.persons
        for entry, p in zip(person.entries, person.p_match, strict=True)
    }
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["record_id", "person_id", "p_match"])
        for entry in linking.entries:
            person, p = rows[entry.id]
            writer.writerow([entry.id, person, f"{p:.4f}"])


def _write_histories(linking: Linking, out: Path) -> None:
    list_of = {entry.id: entry.list for entry in linking.entries}
    named = {e for person in linking.linked.persons if person.named for e in person.entries}
    entries = linking.linked.entries
    table = histories_table(
        [list_of[entry] for entry in entries],
        np.array([entry in named for entry in entries], bool),
        linking.linked.draws,
    )
    out.write_text(table, encoding="utf-8")


def _verdicts(path: Path) -> list[LinkVerdict]:
    if not path.is_file():
        raise NoVerdicts(path)
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            out.append(LinkVerdict.from_json(json.loads(line)))
        except (TypeError, ValueError, AttributeError) as trouble:
            raise BadVerdicts(path, number) from trouble
    return out


def persons_of(path: Path) -> list[Person]:
    """Read persons back from the CSV that linking wrote.

    Raises:
        NoPersons: There is no such file.
        BadPersons: It has no columns record_id and person_id.
    """
    if not path.is_file():
        raise NoPersons(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    members: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for row in rows:
        if "record_id" not in row or "person_id" not in row:
            raise BadPersons(path)
        members.setdefault(row["person_id"], []).append(row["record_id"])
        told = (row.get("undecided") or "").split("|")
        others.setdefault(row["person_id"], []).extend(id_.strip() for id_ in told if id_.strip())
    return [
        Person(
            id=person,
            entries=tuple(entries),
            p_match=(1.0,) * len(entries),
            undecided=tuple(sorted(set(others[person]))),
        )
        for person, entries in members.items()
    ]
