"""Check that the journal says what it always said, and that the tables say what it says.

It names every place that is broken instead of stopping at the first. What it cannot see: a whole
journal rewritten by someone who also rewrote its head. For that, compare with a head that was
written down elsewhere (``old_size``, ``old_root``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, text

from tallystick.errors import Trouble
from tallystick.ledger import rows
from tallystick.ledger.engine import Tampered, engine_for
from tallystick.ledger.merkle import HASH_SIZE, Edge, leaf_hash
from tallystick.ledger.opening import Opening
from tallystick.ledger.tables import FOLDS, head, ledger, opening, schema
from tallystick.records import JournalEntry

__all__ = ["Audit", "audit"]

Line = tuple[Any, ...]
_STEP = 1024
_REPLAY = "rebuild the tables from the journal with `tallystick verify --replay`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Hold what a check found.

    Args:
        origin: The journal's own name.
        entries: Entries looked at.
        root: Root over the entries as they are, in hexadecimal.
        blobs: SHA-256 of each preserved file that entries rest on, with the first such seq.
        broken: Each place that is not as it was sealed; empty if all is well.
    """

    origin: str
    entries: int
    root: str
    blobs: dict[str, int] = field(default_factory=dict)
    broken: tuple[Tampered, ...] = ()


@dataclass(slots=True)
class _Walk:
    """Hold what a walk along the journal has seen so far."""

    origin: str
    old_size: int
    old_root: str
    edge: Edge = field(default_factory=Edge)
    last: dict[str, str] = field(default_factory=dict)
    blobs: dict[str, int] = field(default_factory=dict)
    broken: list[Tampered] = field(default_factory=list)
    fresh: list[bytes] = field(default_factory=list)

    def pass_leaf(self, leaf: bytes) -> None:
        """Add a leaf; the tree grows in steps, and stands still at the head that was remembered."""
        self.fresh.append(leaf)
        size = self.edge.size + len(self.fresh)
        if len(self.fresh) == _STEP or size == self.old_size:
            self.grow()
        if size == self.old_size and self.edge.root.hex() != self.old_root:
            self.blame(f"The first {size} entries have another root now.", "head")

    def grow(self) -> None:
        self.edge = self.edge.grown(self.fresh)
        self.fresh = []

    def blame(self, what: str, where: str) -> None:
        self.broken.append(Tampered(what, where))


def audit(connection: Connection, *, old_size: int = 0, old_root: str = "") -> Audit:
    """Check entries, leaves, chains, openings, head and tables of a ledger."""
    origin = rows.origin(connection)
    walk = _Walk(origin, old_size, old_root)
    for says in _database_says(connection):
        walk.blame(f"The database reports damage: {says}.", "ledger")
    if not rows.has_guards(connection):
        walk.blame("A guard against changes of the journal is gone.", "ledger")
    _walk_entries(connection, walk)
    _check_head(connection, walk)
    # A fold of entries that are broken themselves would only repeat their trouble.
    if not walk.broken:
        walk.broken += _different_folds(connection)
    return Audit(
        origin=origin,
        entries=walk.edge.size,
        root=walk.edge.root.hex(),
        blobs=walk.blobs,
        broken=tuple(walk.broken),
    )


def _database_says(connection: Connection) -> list[str]:
    told = connection.execute(text("PRAGMA integrity_check(20)")).scalars().all()
    return [] if told == ["ok"] else [str(line)[:80] for line in told]


def _walk_entries(connection: Connection, walk: _Walk) -> None:
    question = (
        select(ledger.c.seq, ledger.c.entry, ledger.c.leaf, opening.c.salt, opening.c.body)
        .join(opening, ledger.c.seq == opening.c.seq, isouter=True)
        .order_by(ledger.c.seq)
    )
    expected = 0
    for seq, data, leaf, salt, body in connection.execute(question):
        where = f"entry {seq}"
        if seq != expected:
            walk.blame(f"Entry {expected} is not there; {seq} follows.", f"entry {expected}")
        expected = seq + 1
        computed = leaf_hash(bytes(data))
        if computed != leaf:
            walk.blame("Its bytes are not those of its leaf hash.", where)
        walk.pass_leaf(leaf if len(leaf) == HASH_SIZE else computed)
        entry = _checked_entry(bytes(data), walk, seq=seq, where=where)
        _check_opening(entry, salt, body, walk=walk, where=where)
    walk.grow()
    if walk.edge.size < walk.old_size:
        walk.blame(f"There were {walk.old_size} entries; {walk.edge.size} are left.", "head")


def _checked_entry(data: bytes, walk: _Walk, *, seq: int, where: str) -> JournalEntry | None:
    try:
        entry = JournalEntry.from_bytes(data)
    except Trouble as trouble:
        walk.blame(f"Its bytes are no entry: {trouble.what}", where)
        return None
    if entry.seq != seq:
        walk.blame(f"It says that it is entry {entry.seq}.", where)
    if entry.origin != walk.origin:
        walk.blame("It belongs to another journal.", where)
    if entry.prev != walk.last.get(entry.obj):
        walk.blame(f"Its chain to the last entry on {entry.obj} is broken.", where)
    walk.last[entry.obj] = leaf_hash(data).hex()
    for blob in entry.blobs:
        walk.blobs.setdefault(blob, seq)
    return entry


def _check_opening(
    entry: JournalEntry | None, salt: bytes | None, body: bytes | None, *, walk: _Walk, where: str
) -> None:
    if salt is None or body is None:
        walk.blame("Its body is not there.", where)
        return
    try:
        commitment = Opening(salt, body).commitment()
    except Trouble:
        commitment = ""
    if entry is None or entry.body != commitment:
        walk.blame("Its body is not the one that it commits to.", where)


def _check_head(connection: Connection, walk: _Walk) -> None:
    size, root, edge = connection.execute(select(head.c.size, head.c.root, head.c.edge)).one()
    if size != walk.edge.size:
        walk.blame(f"The head counts {size} entries; {walk.edge.size} are there.", "head")
    elif root != walk.edge.root or edge != walk.edge.as_bytes():
        walk.blame("The head is not the root of the entries.", "head")


def _different_folds(connection: Connection) -> Iterator[Tampered]:
    engine = engine_for(None)
    with engine.begin() as anew:
        schema.create_all(anew)
        rows.refold(connection, anew)
        for table in FOLDS:
            keys = len(table.primary_key.columns)
            question = select(table).order_by(*table.primary_key.columns)
            now = (tuple(row) for row in connection.execute(question))
            then = (tuple(row) for row in anew.execute(question))
            for key in _unlike(now, then, keys):
                where = f"{table.name} {' '.join(str(part) for part in key)}"
                yield Tampered("It is not what the journal says.", where, then=_REPLAY)
    engine.dispose()


def _unlike(now: Iterator[Line], then: Iterator[Line], keys: int) -> Iterator[Line]:
    """Yield the key of each line that is in one table alone, or differs; both are in key order."""
    left, right = next(now, None), next(then, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(now, None), next(then, None)
            continue
        first = min(line[:keys] for line in (left, right) if line is not None)
        yield first
        if left is not None and left[:keys] == first:
            left = next(now, None)
        if right is not None and right[:keys] == first:
            right = next(then, None)
