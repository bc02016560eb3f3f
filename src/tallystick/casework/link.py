"""Link lists in plain files to persons: open the files, call the workshop, write the answer."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tallystick.errors import NotFound, Unreadable
from tallystick.linking import Linked, Sheet, entries_of, histories_of, link, sheets_of
from tallystick.records import Entry, Issue, LinkVerdict, Person

__all__ = ["BadVerdicts", "Linking", "NoList", "NotAList", "link_files", "written"]

SEED = 1


class NoList(NotFound):
    """A list that was named is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no file {path.name}.", where=str(path), then="check the path of the list."
        )


class NotAList(Unreadable):
    """A file is no table."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path.name} cannot be read as a table: {why[:90]}.",
            where=str(path),
            then="save it as .csv (UTF-8) or .xlsx.",
        )


class BadVerdicts(Unreadable):
    """A line of a file of verdicts is no verdict."""

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
            "households": [household.as_json() for household in linked.households],
            "alarms": [alarm.as_json() for alarm in linked.alarms],
            "issues": [issue.as_json() for issue in self.issues],
        }


def link_files(
    paths: Sequence[Path],
    *,
    mapping: Path | None = None,
    verdicts: Path | None = None,
    before: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Linking:
    """Link the lists in these files.

    Args:
        paths: ``.csv``, ``.csv.gz``, ``.tsv`` or ``.xlsx``; each sheet of a workbook is a list.
        mapping: TOML of field = "its header", for headers that are not known.
        verdicts: JSON lines of link verdicts.
        before: A ``persons.csv`` of an earlier linking, whose person ids go on living.
        tell: Is told each step.
    """
    tell("reading lists")
    headers = _mapping(mapping) if mapping else {}
    entries: list[Entry] = []
    issues: list[Issue] = []
    for path in paths:
        for sheet in _sheets(path):
            read, odd = entries_of(sheet, headers)
            entries += read
            issues += odd
    entries, clashes = _unique(entries)
    linked = link(
        entries,
        rng=np.random.default_rng(SEED),
        verdicts=_verdicts(verdicts) if verdicts else (),
        before=_before(before) if before else (),
        tell=tell,
    )
    return Linking(
        linked=linked, entries=tuple(entries), issues=(*issues, *clashes, *linked.issues)
    )


def written(linking: Linking, out: Path, histories: Path | None = None) -> None:
    """Write ``record_id,person_id,p_match``, and the capture histories of each draw if asked."""
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
    if histories:
        _write_histories(linking, histories)


def _write_histories(linking: Linking, out: Path) -> None:
    list_of = {entry.id: entry.list for entry in linking.entries}
    named = {e for person in linking.linked.persons if person.named for e in person.entries}
    lists = [list_of[entry] for entry in linking.linked.entries]
    names = sorted(set(lists))
    has_name = np.array([entry in named for entry in linking.linked.entries], bool)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*names, "count", "draw"])
        for draw, groups in enumerate(linking.linked.draws):
            for seen_by, count in histories_of(groups, lists, has_name).items():
                writer.writerow([*(int(name in seen_by) for name in names), count, draw])


def _mapping(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            return {str(field): str(header) for field, header in tomllib.load(file).items()}
    except (OSError, tomllib.TOMLDecodeError) as trouble:
        raise NotAList(path, str(trouble)) from trouble


def _sheets(path: Path) -> Iterable[Sheet]:
    if not path.is_file():
        raise NoList(path)
    if path.suffix.lower() in {".xlsx", ".xls", ".ods", ".xlsb"}:
        return sheets_of(path)
    return [Sheet(path.name, _table(path))]


def _table(path: Path) -> list[list[object]]:
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = _text(data)
        head = text[:20_000]
        mark = max(",;\t|", key=head.count) if head else ","
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except (OSError, EOFError, csv.Error) as trouble:
        raise NotAList(path, str(trouble)) from trouble


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    # Older spreadsheets in Arabic offices write Windows code page 1256.
    return data.decode("cp1256", errors="replace")


def _unique(entries: list[Entry]) -> tuple[list[Entry], list[Issue]]:
    """Name entries whose id stands in two lists after list and row instead."""
    times: dict[str, int] = {}
    for entry in entries:
        times[entry.id] = times.get(entry.id, 0) + 1
    twice = {id_ for id_, count in times.items() if count > 1}
    if not twice:
        return entries, []
    clash = Issue(
        code="linking.id-not-unique",
        weight="warning",
        where=next(entry.where for entry in entries if entry.id in twice),
        says=f"{len(twice)} record ids stand in more than one list; file and row were used instead",
        then="give each record an id that no other list uses",
    )
    return [_renamed(e) if e.id in twice else e for e in entries], [clash]


def _renamed(entry: Entry) -> Entry:
    held = {name: getattr(entry, name) for name in Entry.__slots__}
    return Entry(**(held | {"id": entry.where.replace(" row ", ":")}))


def _verdicts(path: Path) -> list[LinkVerdict]:
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            held = {key: value for key, value in json.loads(line).items() if key != "type"}
            out.append(LinkVerdict(**held))
        except (TypeError, ValueError, AttributeError) as trouble:
            raise BadVerdicts(path, number) from trouble
    return out


def _before(path: Path) -> list[Person]:
    if not path.is_file():
        raise NoList(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    members: dict[str, list[str]] = {}
    for row in rows:
        if "record_id" not in row or "person_id" not in row:
            raise NotAList(path, "it has no columns record_id and person_id")
        members.setdefault(row["person_id"], []).append(row["record_id"])
    return [
        Person(id=person, entries=tuple(entries), p_match=(1.0,) * len(entries))
        for person, entries in members.items()
    ]
