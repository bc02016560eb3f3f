"""Draw the tables. The journal is the truth; the tables below the line are folds of it.

Invariant: ``record`` and ``deed`` are pure functions of ``ledger`` and ``opening``. They can be
dropped and replayed, so they need no migrations.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, MetaData, Table, Text

__all__ = ["APPEND_ONLY", "FOLDS", "deed", "head", "ledger", "opening", "record", "schema"]

schema = MetaData()

ledger = Table(
    "ledger",
    schema,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("entry", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    CheckConstraint("length(leaf) = 32"),
)
opening = Table(
    "opening",
    schema,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
head = Table(
    "log_head",
    schema,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("origin", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("edge", LargeBinary, nullable=False),
)
# ---- folds of the journal -----------------------------------------------------------------------
deed = Table(
    "deed",
    schema,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("act", Text, nullable=False),
    Column("obj", Text, nullable=False),
    Index("deed_by_object", "obj", "seq"),
    Index("deed_by_act", "act", "seq"),
)
record = Table(
    "record",
    schema,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("told", LargeBinary, nullable=False),
    Index("record_by_owner", "kind", "owner"),
    Index("record_in_order", "kind", "seq", "place"),
)
FOLDS = (deed, record)
APPEND_ONLY = (ledger, opening)
