"""Keep what was done: an append-only journal, and tables that are folds of it.

The only room with SQL. It knows records and hashes; the bytes of sources lie in the vault of
``preserving``, and the journal names them by their SHA-256.
"""

from tallystick.ledger.acts import (
    Draft,
    StrayRecord,
    case_opened,
    claim_reviewed,
    custody_taken,
    estimated,
    exported,
    figure_reckoned,
    incidents_decided,
    link_decided,
    list_read,
    people_linked,
    published,
    reckoned,
    settings_changed,
    source_added,
    source_described,
    source_read,
    withdrawn,
)
from tallystick.ledger.audit import Audit
from tallystick.ledger.engine import LedgerBusy, NotALedger, Tampered, UnsafeDatabase
from tallystick.ledger.fold import ACTS, Opened, UnknownAct
from tallystick.ledger.journal import Head, Ledger, LedgerExists, NoLedger, Page
from tallystick.ledger.merkle import (
    Edge,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    root_of,
)
from tallystick.ledger.opening import Opening, sealed
from tallystick.ledger.projections import NoSuchRecord, Projections
from tallystick.ledger.standing import Standing, State, standings_of, statements_that_hold

__all__ = [
    "ACTS",
    "Audit",
    "Draft",
    "Edge",
    "Head",
    "Ledger",
    "LedgerBusy",
    "LedgerExists",
    "NoLedger",
    "NoSuchRecord",
    "NotALedger",
    "Opened",
    "Opening",
    "Page",
    "Projections",
    "Standing",
    "State",
    "StrayRecord",
    "Tampered",
    "UnknownAct",
    "UnsafeDatabase",
    "case_opened",
    "claim_reviewed",
    "consistency_holds",
    "consistency_proof",
    "custody_taken",
    "estimated",
    "exported",
    "figure_reckoned",
    "incidents_decided",
    "inclusion_holds",
    "inclusion_proof",
    "leaf_hash",
    "link_decided",
    "list_read",
    "people_linked",
    "published",
    "reckoned",
    "root_of",
    "sealed",
    "settings_changed",
    "source_added",
    "source_described",
    "source_read",
    "standings_of",
    "statements_that_hold",
    "withdrawn",
]
