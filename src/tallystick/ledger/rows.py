"""Put entries and their changes into the tables, and take them out again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from tallystick.errors import Trouble
from tallystick.ledger.engine import Tampered
from tallystick.ledger.fold import Change, Drop, Opened, Row, changes
from tallystick.ledger.merkle import Edge
from tallystick.ledger.opening import Opening
from tallystick.ledger.tables import (
    APPEND_ONLY,
    FOLDS,
    deed,
    head,
    ledger,
    opening,
    record,
    schema,
)
from tallystick.records import JournalEntry

__all__ = [
    "Bound",
    "edge",
    "every",
    "has_guards",
    "keep",
    "last_leaves",
    "opened_of",
    "origin",
    "refold",
    "start",
]

Told = dict[str, object]
_BATCH = 500
_GUARDS = tuple(
    f"CREATE TRIGGER {table.name}_no_{change.lower()} BEFORE {change} ON {table.name} "
    "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
    for table in APPEND_ONLY
    for change in ("UPDATE", "DELETE")
)


@dataclass(frozen=True, slots=True)
class Bound:
    """Hold one entry that is ready to be written: its bytes, opening and changes."""

    opened: Opened
    data: bytes
    beside: Opening
    changes: tuple[Change, ...]


def start(connection: Connection, *, origin: str) -> None:
    """Make the tables of an empty journal; what is append-only refuses every other change."""
    schema.create_all(connection)
    for sql in _GUARDS:
        connection.execute(text(sql))
    nothing = Edge()
    told = {"id": 1, "origin": origin, "size": 0, "root": nothing.root, "edge": b""}
    connection.execute(insert(head), [told])


def has_guards(connection: Connection) -> bool:
    """Say whether the database still refuses every change of the journal but growth."""
    kept = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
    return set(_GUARDS) <= set(kept.scalars())


def edge(connection: Connection) -> Edge:
    """Return the edge of the tree as it stands.

    Raises:
        Tampered: It is no edge of that many entries.
    """
    size, data = connection.execute(select(head.c.size, head.c.edge)).one()
    try:
        return Edge.from_bytes(size, data)
    except ValueError as trouble:
        raise Tampered(f"The head's edge is none of {size} entries.", "head") from trouble


def origin(connection: Connection) -> str:
    """Return the journal's own name."""
    return str(connection.execute(select(head.c.origin)).scalar_one())


def last_leaves(connection: Connection, objects: Collection[str]) -> dict[str, str]:
    """Return the leaf hash of the last entry on each object that has one, in hexadecimal."""
    found: dict[str, str] = {}
    asked = sorted(objects)
    for first in range(0, len(asked), _BATCH):
        part = asked[first : first + _BATCH]
        last = select(func.max(deed.c.seq)).where(deed.c.obj.in_(part)).group_by(deed.c.obj)
        question = select(deed.c.obj, ledger.c.leaf).join(ledger, ledger.c.seq == deed.c.seq)
        for name, leaf in connection.execute(question.where(deed.c.seq.in_(last))):
            found[name] = leaf.hex()
    return found


def keep(connection: Connection, added: Sequence[Bound], grown: Edge) -> None:
    """Write entries, their openings, the head that covers them, and what they change."""
    if not added:
        return
    seqs = [item.opened.entry.seq for item in added]
    connection.execute(
        insert(ledger),
        [
            {"seq": seq, "entry": item.data, "leaf": item.opened.leaf}
            for seq, item in zip(seqs, added, strict=True)
        ],
    )
    connection.execute(
        insert(opening),
        [
            {"seq": seq, "salt": item.beside.salt, "body": item.beside.body}
            for seq, item in zip(seqs, added, strict=True)
        ],
    )
    fold_in(connection, [(item.opened, item.changes) for item in added])
    told = {"size": grown.size, "root": grown.root, "edge": grown.as_bytes()}
    connection.execute(update(head).where(head.c.id == 1), told)


def fold_in(connection: Connection, added: Iterable[tuple[Opened, Iterable[Change]]]) -> None:
    """Apply the changes of entries, in order; rows that are put together go in together."""
    deeds: list[Told] = []
    puts: dict[tuple[str, str], Told] = {}
    for opened, changed in added:
        entry = opened.entry
        deeds.append({"seq": entry.seq, "act": entry.act, "obj": entry.obj})
        for place, change in enumerate(changed):
            if isinstance(change, Drop):
                _put(connection, puts)
                puts = {}
                _drop(connection, change)
            else:
                puts[change.kind, change.id] = _as_row(change, entry.seq, place)
    _put(connection, puts)
    connection.execute(insert(deed), deeds)


def _as_row(row: Row, seq: int, place: int) -> Told:
    named: Told = {"kind": row.kind, "id": row.id, "owner": row.owner}
    return named | {"seq": seq, "place": place, "told": row.told}


def _drop(connection: Connection, change: Drop) -> None:
    of_owner = (record.c.kind == change.kind) & (record.c.owner == change.owner)
    connection.execute(delete(record).where(of_owner))


def _put(connection: Connection, puts: dict[tuple[str, str], Told]) -> None:
    if not puts:
        return
    same = (record.c.kind == bindparam("k")) & (record.c.id == bindparam("i"))
    connection.execute(delete(record).where(same), [{"k": kind, "i": name} for kind, name in puts])
    connection.execute(insert(record), list(puts.values()))


def opened_of(data: bytes, leaf: bytes, body: bytes) -> Opened:
    """Return an entry with its opened body.

    Raises:
        Tampered: The bytes are no entry, or the body is no JSON.
    """
    try:
        return Opened(JournalEntry.from_bytes(data), json.loads(body), leaf)
    except (Trouble, ValueError) as trouble:
        where = f"entry with leaf {leaf.hex()[:12]}"
        raise Tampered("Its bytes are no longer an entry.", where) from trouble


def every(connection: Connection) -> Iterator[Opened]:
    """Yield each entry with its opened body, in order."""
    question = (
        select(ledger.c.entry, ledger.c.leaf, opening.c.body)
        .join(opening, ledger.c.seq == opening.c.seq)
        .order_by(ledger.c.seq)
    )
    for data, leaf, body in connection.execute(question):
        yield opened_of(data, leaf, body)


def refold(source: Connection, target: Connection) -> int:
    """Empty the folds of ``target`` and fold the journal of ``source`` into them anew."""
    for table in FOLDS:
        target.execute(delete(table))
    done = 0
    batch: list[tuple[Opened, Iterable[Change]]] = []
    for opened in every(source):
        batch.append((opened, changes(opened)))
        if len(batch) == _BATCH:
            fold_in(target, batch)
            done, batch = done + len(batch), []
    if batch:
        fold_in(target, batch)
    return done + len(batch)
