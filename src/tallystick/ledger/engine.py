"""Open the database as the journal needs it, and turn its troubles into words.

Every connection is set and *checked*: a database that would lose an acknowledged entry in a power
cut (``synchronous`` below FULL) must not open. ``temp_store`` keeps evidence out of temp files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as Raw
from types import MappingProxyType

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from tallystick.errors import BrokenSeal, Refused

__all__ = [
    "PRAGMAS",
    "LedgerBusy",
    "NotALedger",
    "Tampered",
    "UnsafeDatabase",
    "engine_for",
    "in_words",
]

WAIT_SECONDS = 60
_RESTORE = "keep the case as it is, and restore it from its last backup."
# Name, what to set, what must come back. busy_timeout first: the others may have to wait.
PRAGMAS: Mapping[str, tuple[str | int, str | int]] = MappingProxyType(
    {
        "busy_timeout": (WAIT_SECONDS * 1000, WAIT_SECONDS * 1000),
        "journal_mode": ("WAL", "wal"),
        "synchronous": ("FULL", 2),
        "foreign_keys": ("ON", 1),
        "trusted_schema": ("OFF", 0),
        "cell_size_check": ("ON", 1),
        "fullfsync": ("ON", 1),
        "checkpoint_fullfsync": ("ON", 1),
        "temp_store": ("MEMORY", 2),
    }
)


class UnsafeDatabase(Refused):
    """The database cannot promise what the journal promises."""

    code = "unsafe-database"

    def __init__(self, pragma: str, found: object, wanted: object) -> None:
        super().__init__(
            f"The database answers {pragma} = {found}; {wanted} is needed to lose nothing.",
            then="move the case to a local disk (not a network folder) and try again.",
        )


class NotALedger(BrokenSeal):
    """The database file is damaged, or is none."""

    code = "not-a-ledger"

    def __init__(self, where: str, says: str) -> None:
        super().__init__(
            f"The ledger cannot be read: {says}.",
            where=where,
            then="keep this file as it is, and restore the case from its last backup.",
        )


class Tampered(BrokenSeal):
    """One place of the case is not as it was sealed."""

    code = "tampered"

    def __init__(self, what: str, where: str, then: str = _RESTORE) -> None:
        super().__init__(what, where=where, then=then)


class LedgerBusy(Refused):
    """Another process holds the ledger, or there is no room to write."""

    code = "ledger-refuses"

    def __init__(self, where: str, says: str) -> None:
        super().__init__(
            f"Nothing was written: {says}.",
            where=where,
            then="free the disk, or wait until the other process is done; then run it again.",
        )


def engine_for(path: Path | None) -> Engine:
    """Return the engine of a ledger file, or of one in memory.

    Connections asked for with ``execution_options(writes=True)`` take the write lock at once.
    """
    if path is None:
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _set(raw: Raw, _record: object) -> None:
        # SQLAlchemy begins transactions itself, below; the driver must not.
        raw.isolation_level = None
        _make_safe(raw, is_file=path is not None)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make_safe(raw: Raw, *, is_file: bool) -> None:
    for name, (setting, _) in PRAGMAS.items():
        raw.execute(f"PRAGMA {name} = {setting}")
    check_safe(raw, is_file=is_file)


def check_safe(raw: Raw, *, is_file: bool = True) -> None:
    """Ask each setting back.

    Raises:
        UnsafeDatabase: One of them is not as it must be.
    """
    for name, (_, wanted) in PRAGMAS.items():
        found = raw.execute(f"PRAGMA {name}").fetchone()[0]
        is_memory = name == "journal_mode" and not is_file and found == "memory"
        if found != wanted and not is_memory:
            raise UnsafeDatabase(name, found, wanted)


@contextmanager
def in_words(where: str) -> Iterator[None]:
    """Turn what the database says into a typed trouble.

    Raises:
        LedgerBusy: Locked, full or read-only; nothing of the transaction was written.
        NotALedger: Damaged, or no database.
    """
    try:
        yield
    except DatabaseError as trouble:
        says = str(trouble.orig)
        busy = ("locked", "full", "readonly", "unable to open")
        if any(word in says for word in busy):
            raise LedgerBusy(where, says) from trouble
        raise NotALedger(where, says) from trouble
