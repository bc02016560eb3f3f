"""Estimate for a case, from a file or from its own persons, and keep it in the journal.

Documented and estimated stay apart: estimates are records of their own, and no bound reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallystick import __version__
from tallystick.casework.capture_histories import (
    CaptureHistories,
    histories_drawn,
    histories_of_persons,
    read_histories,
)
from tallystick.casework.case import Case, now
from tallystick.casework.estimate import Asked, Estimated, Pace, estimate_table
from tallystick.casework.histories import histories_of_case
from tallystick.ledger import estimated

__all__ = ["Keep", "estimate_case"]

TOOL = f"tallystick-estimate {__version__}"


@dataclass(frozen=True, slots=True)
class Keep:
    """Say how a run enters the journal.

    Args:
        actor: Opaque id of who lets estimate.
        at: RFC 3339 time; None = now.
        is_dry: Keep nothing.
    """

    actor: str = "local"
    at: str | None = None
    is_dry: bool = False


def estimate_case(
    case: Case,
    histories_path: Path | None = None,
    asked: Asked | None = None,
    *,
    pace: Pace | None = None,
    keep: Keep | None = None,
) -> Estimated:
    """Estimate, and keep the table, what was asked and every estimate; they replace earlier ones.

    Args:
        case: Whose journal keeps it.
        histories_path: The table; None = the case's own persons, by the lists that name them.
        asked: By which method, for which strata; None = lcmcr for the whole.
        pace: Threads, file of answers, who watches.
        keep: Who lets estimate, and when; None = the local user, now.

    Raises:
        NoHistories, NotATable: The table cannot be read, or no person is linked yet.
        NoSuchColumn, NoListColumn: It lacks the columns that are asked for.
    """
    asked, keep = asked or Asked(), keep or Keep()
    table = _table(case, histories_path, asked.draws)
    made = estimate_table(table, asked, pace=pace)
    if keep.is_dry:
        return made
    kept = case.vault.put(table.data)
    name = histories_path.name if histories_path else "persons"
    told = asked.as_json() | {"table": {"name": name, "sha256": kept}}
    draft = estimated(made.estimates, asked=told, tool=TOOL, blobs=[kept])
    case.ledger.append(draft, actor=keep.actor, at=keep.at or now())
    return made


def _table(case: Case, path: Path | None, draws: int) -> CaptureHistories:
    if path is not None:
        return read_histories(path)
    drawn = histories_of_case(case, draws) if draws else None
    if drawn is not None:
        return histories_drawn(drawn)
    return histories_of_persons(case.ledger.persons())
