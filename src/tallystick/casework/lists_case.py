"""Take the lists of victims of a case: rows of preserved tables become entries in its journal.

A list is a preserved table of kind ``list``, or of no stated kind with names of which some have a
sex, an age, a year of birth or a parent: hospitals and villages have names too. Its rows are read
once; a mapping of headers reads them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tallystick.casework.case import Case
from tallystick.casework.lists import Rows, apart_for_lists, rows_of
from tallystick.ledger import Draft, list_read
from tallystick.preserving import Apart, is_table
from tallystick.records import Entry, Issue, Source, short_id

__all__ = ["Lists", "held_lists", "lists_of_case"]

METHOD = "rows-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Hold the lists of a case.

    Args:
        sources: Ids of the sources that are lists, in the order in which they came.
        entries: All their rows, each with the order of its list as its batch.
        issues: What is odd about lists that were read now.
        drafts: What the journal does not hold yet.
    """

    sources: tuple[str, ...]
    entries: tuple[Entry, ...]
    issues: tuple[Issue, ...]
    drafts: tuple[Draft, ...]


def lists_of_case(
    case: Case,
    mapping: Mapping[str, str] | None = None,
    *,
    tell: Callable[[str], None] = lambda _: None,
) -> Lists:
    """Return the lists of a case; nothing is written.

    Args:
        case: Its preserved tables are looked through.
        mapping: Field → header; given, every list is read anew with it, beside the mapping that
            was given for that list before.
        tell: Is told of each list that is read.

    Raises:
        MissingBlob, AlteredBlob: The bytes of a list are not those that were kept.
    """
    read = case.ledger.listings()
    tables = [s for s in case.ledger.sources() if s.kind in ("list", "other") and is_table(s.name)]
    taken: dict[str, tuple[Draft, Rows]] = {}
    with apart_for_lists() as apart:
        for source in tables:
            before = read.get(source.id)
            if before and before["method"] == METHOD and not mapping:
                continue
            tell(f"reading {source.name}")
            headers = _headers(before) | dict(mapping or {})
            rows = _rows(case, source, headers, apart)
            if source.kind == "list" or before or any(map(_is_of_a_person, rows[0])):
                taken[source.id] = _draft(source, headers, rows), rows
    held = tuple(source.id for source in tables if source.id in taken or source.id in read)
    return Lists(
        sources=held,
        entries=_in_order(case, held, {id_: rows[0] for id_, (_, rows) in taken.items()}),
        issues=tuple(issue for _, (_, issues) in taken.values() for issue in issues),
        drafts=tuple(draft for draft, _ in taken.values()),
    )


def _is_of_a_person(entry: Entry) -> bool:
    told = (entry.sex, entry.age is not None, entry.birth_year, entry.father, entry.mother)
    return bool(entry.name) and any(told)


def _draft(source: Source, headers: Mapping[str, str], rows: Rows) -> Draft:
    entries, issues = rows
    return list_read(source.id, method=METHOD, mapping=headers, entries=entries, issues=issues)


def held_lists(case: Case) -> Lists:
    """Return the lists whose rows the journal holds; no table is opened."""
    read = case.ledger.listings()
    held = tuple(source.id for source in case.ledger.sources() if source.id in read)
    return Lists(sources=held, entries=_in_order(case, held, {}), issues=(), drafts=())


def _in_order(
    case: Case, held: Sequence[str], taken: Mapping[str, list[Entry]]
) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, batch=order)
        for order, id_ in enumerate(held)
        for entry in (taken[id_] if id_ in taken else case.ledger.entries_of_lists(id_))
    )


def _headers(listing: Mapping[str, object] | None) -> dict[str, str]:
    told = listing["mapping"] if listing else {}
    assert isinstance(told, Mapping)
    return {str(field): str(header) for field, header in told.items()}


def _rows(case: Case, source: Source, headers: dict[str, str], apart: Apart) -> Rows:
    """Read the rows of one list; each entry is named after its source and its place in it."""
    data = case.vault.get(source.sha256)
    entries, issues = rows_of(data, source.name, headers, apart)
    ids = [entry.id for entry in entries]
    by_row = len(set(ids)) < len(ids)
    named = [
        replace(
            entry,
            id=short_id("n", [source.id, entry.where if by_row else entry.id]),
            list=_list_of(entry, source),
            where=f"{source.id} {entry.where}",
        )
        for entry in entries
    ]
    return named, [replace(issue, where=f"{source.id} {issue.where}") for issue in issues]


def _list_of(entry: Entry, source: Source) -> str:
    """Name the list: as its own column does, else after its publisher, else after its file."""
    says_itself = not entry.where.startswith(f"{entry.list} row ")
    return entry.list if says_itself else source.outlet or entry.list
