"""Keep the journal: append, give back, replay.

Invariants: ``seq`` is gapless from 0; an entry, its opening, the head that covers it and its
changes to the tables are one transaction, so what was acknowledged is under the head's root.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import cast

from sqlalchemy import Connection, Engine, Executable, select

from tallystick.errors import NotFound, Refused
from tallystick.ledger import rows
from tallystick.ledger.acts import Draft, case_opened
from tallystick.ledger.audit import Audit, audit
from tallystick.ledger.engine import engine_for, in_words
from tallystick.ledger.fold import Opened, changes
from tallystick.ledger.merkle import consistency_proof, inclusion_proof, leaf_hash
from tallystick.ledger.opening import SALT_SIZE, sealed
from tallystick.ledger.projections import Projections
from tallystick.ledger.tables import deed, ledger, opening
from tallystick.records import JournalEntry

__all__ = ["Head", "Ledger", "LedgerExists", "NoLedger", "Page"]

Salts = Callable[[int], bytes]


class NoLedger(NotFound):
    """There is no ledger at this place."""

    code = "no-ledger"

    def __init__(self, path: Path) -> None:
        super().__init__(
            "There is no ledger here.", where=str(path), then="open a case with `tallystick new`."
        )


class LedgerExists(Refused):
    """A ledger is already there."""

    code = "ledger-exists"

    def __init__(self, path: Path) -> None:
        super().__init__(
            "A ledger is already here.", where=str(path), then="choose another folder."
        )


@dataclass(frozen=True, slots=True)
class Head:
    """Hold what one must remember to recognise the journal later: its size and its root."""

    origin: str
    size: int
    root: str

    def as_json(self) -> dict[str, object]:
        return {"origin": self.origin, "size": self.size, "root": self.root}


class Page(Projections):
    """Write entries while holding the write lock, and ask what the case holds at this moment."""

    def __init__(self, connection: Connection, *, actor: str, at: str, salts: Salts) -> None:
        self._connection = connection
        self._actor = actor
        self._at = at
        self._salts = salts
        self.written: list[Opened] = []

    def _rows(self, question: Executable) -> Sequence[Sequence[object]]:
        return self._connection.execute(question).all()

    def append(self, *drafts: Draft) -> list[Opened]:
        """Write drafts as the next entries; they are durable when the page is turned.

        Raises:
            UnknownAct: An act that is not on the closed list.
            BadEntry: A value that no entry can hold.
            NotCanonical: A body that JSON cannot hold.
        """
        edge = rows.edge(self._connection)
        origin = rows.origin(self._connection)
        latest = rows.last_leaves(self._connection, {draft.obj for draft in drafts})
        added: list[rows.Bound] = []
        for place, draft in enumerate(drafts):
            bound = self._bind(draft, edge.size + place, origin=origin, prev=latest.get(draft.obj))
            latest[draft.obj] = bound.opened.leaf.hex()
            added.append(bound)
        rows.keep(self._connection, added, edge.grown(item.opened.leaf for item in added))
        opened = [item.opened for item in added]
        self.written += opened
        return opened

    def _bind(self, draft: Draft, seq: int, *, origin: str, prev: str | None) -> rows.Bound:
        beside, commitment = sealed(draft.body, self._salts(SALT_SIZE))
        entry = JournalEntry(
            origin=origin,
            seq=seq,
            ts=self._at,
            actor=self._actor,
            act=draft.act,
            obj=draft.obj,
            prev=prev,
            body=commitment,
            blobs=draft.blobs,
            tool=draft.tool,
            why=draft.why,
        )
        data = entry.as_bytes()
        opened = Opened(entry, json.loads(beside.body), leaf_hash(data))
        return rows.Bound(opened, data, beside, tuple(changes(opened)))


class Ledger(Projections):
    """Hold one case's journal and its tables; one SQLite file, or one in memory."""

    def __init__(self, engine: Engine, *, where: str, salts: Salts = secrets.token_bytes) -> None:
        self._engine = engine
        self._where = where
        self._salts = salts

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """Open a ledger that is there.

        Raises:
            NoLedger: There is none.
            UnsafeDatabase: It cannot promise durability here.
            NotALedger: The file is damaged.
        """
        if not path.is_file():
            raise NoLedger(path)
        found = cls(engine_for(path), where=path.name)
        with found._reading() as connection:
            rows.origin(connection)
        return found

    @classmethod
    def create(cls, path: Path, settings: dict[str, object], *, actor: str, at: str) -> Ledger:
        """Make a new ledger whose first entry opens the case.

        Raises:
            LedgerExists: A file is already there.
        """
        if path.exists():
            raise LedgerExists(path)
        return cls(engine_for(path), where=path.name)._opened(settings, actor=actor, at=at)

    @classmethod
    def in_memory(
        cls,
        settings: dict[str, object] | None = None,
        *,
        actor: str = "tester",
        at: str = "2025-03-18T00:00:00Z",
        salts: Salts = secrets.token_bytes,
    ) -> Ledger:
        """Make a ledger that ends with the process: for tests and dry runs."""
        made = cls(engine_for(None), where="memory", salts=salts)
        return made._opened(settings or {}, actor=actor, at=at)

    def _opened(self, settings: dict[str, object], *, actor: str, at: str) -> Ledger:
        with in_words(self._where), self._engine.execution_options(writes=True).begin() as conn:
            rows.start(conn, origin=f"tallystick/{self._salts(8).hex()}")
            page = Page(conn, actor=actor, at=at, salts=self._salts)
            page.append(case_opened(settings))
        return self

    def close(self) -> None:
        """Close every connection; the database folds its log into the file."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with in_words(self._where), self._engine.begin() as connection:
            yield connection

    def _rows(self, question: Executable) -> Sequence[Sequence[object]]:
        with self._reading() as connection:
            return connection.execute(question).all()

    @contextmanager
    def page(self, *, actor: str, at: str) -> Iterator[Page]:
        """Hold the write lock: ask and append; when the block ends, all of it is durable.

        If the block raises, nothing of it was written.
        """
        with in_words(self._where), self._engine.execution_options(writes=True).begin() as conn:
            yield Page(conn, actor=actor, at=at, salts=self._salts)

    def append(self, *drafts: Draft, actor: str, at: str) -> list[Opened]:
        """Write drafts as one transaction; when this returns, they are durable.

        Args:
            drafts: What to write, in order; see the functions beside ``Draft``.
            actor: Opaque id of the user who acts.
            at: RFC 3339 time in UTC (``2025-03-18T09:30:00Z``).

        Raises:
            UnknownAct, BadEntry, NotCanonical: A draft that cannot be an entry; none is written.
            LedgerBusy: The disk is full, or another writer held on too long; none is written.
        """
        with self.page(actor=actor, at=at) as page:
            page.append(*drafts)
        return page.written

    @property
    def head(self) -> Head:
        """The journal's size and root as they stand."""
        with self._reading() as connection:
            edge, origin = rows.edge(connection), rows.origin(connection)
        return Head(origin, edge.size, edge.root.hex())

    def entries(
        self, *, after: int = -1, obj: str | None = None, act: str | None = None
    ) -> Iterator[Opened]:
        """Yield entries with their opened bodies, in order."""
        wanted = select(ledger.c.entry, ledger.c.leaf, opening.c.body).select_from(
            ledger.join(opening, ledger.c.seq == opening.c.seq)
        )
        if obj is not None or act is not None:
            wanted = wanted.join(deed, ledger.c.seq == deed.c.seq)
        if obj is not None:
            wanted = wanted.where(deed.c.obj == obj)
        if act is not None:
            wanted = wanted.where(deed.c.act == act)
        wanted = wanted.where(ledger.c.seq > after).order_by(ledger.c.seq)
        with self._reading() as connection:
            for entry, leaf, body in connection.execute(wanted):
                yield rows.opened_of(entry, leaf, body)

    def history(self, obj: str) -> list[Opened]:
        """Return every entry on one object, oldest first; ``prev`` shows that none is missing."""
        return list(self.entries(obj=obj))

    def blobs(self) -> dict[str, int]:
        """Return the SHA-256 of each preserved file, with the first entry that rests on it."""
        named: dict[str, int] = {}
        for opened in self.entries():
            for blob in opened.entry.blobs:
                named.setdefault(blob, opened.entry.seq)
        return named

    def inclusion(self, seq: int) -> tuple[bytes, ...]:
        """Return the proof that entry ``seq`` is under the head's root."""
        return inclusion_proof(self._leaves(), seq)

    def consistency(self, old_size: int) -> tuple[bytes, ...]:
        """Return the proof that the first ``old_size`` entries are unchanged under the head."""
        return consistency_proof(self._leaves(), old_size)

    def _leaves(self) -> list[bytes]:
        leaves = self._rows(select(ledger.c.leaf).order_by(ledger.c.seq))
        return [cast("bytes", row[0]) for row in leaves]

    def replay(self) -> int:
        """Drop every table but the journal and fold it anew; return how many entries it took."""
        with in_words(self._where), self._engine.execution_options(writes=True).begin() as conn:
            return rows.refold(conn, conn)

    def verify(self, *, old_size: int = 0, old_root: str = "") -> Audit:
        """Check all that the database holds: see ``Audit``. Blobs are checked by their keeper.

        Args:
            old_size: Size of a head somebody remembered; 0 = none.
            old_root: Root of that head, in hexadecimal.
        """
        with self._reading() as connection:
            return audit(connection, old_size=old_size, old_root=old_root)
