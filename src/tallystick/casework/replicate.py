"""Run a published estimate of a table of capture histories again: a deed on plain files."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tallystick.casework.capture_histories import read_histories
from tallystick.errors import Refused
from tallystick.estimating import PublishedRun, Replication
from tallystick.estimating import replicate as drawn_again

__all__ = ["DrawsOfLinkage", "replicate"]


class DrawsOfLinkage(Refused):
    """A table with draws of the linkage was given, where a published run had one table."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "The table holds draws of a linkage; a published run was of one table.",
            where=str(path),
            then="leave the column draw out, with the rows of one draw.",
        )


def replicate(
    histories_path: Path,
    run: PublishedRun,
    *,
    published: Sequence[float] | None = None,
    seed: int = 1,
    workers: int = 1,
) -> Replication:
    """Draw the published estimate of a file again, and look into it; nothing is recorded.

    Raises:
        NoHistories, NotATable: The file cannot be read.
        NoListColumn: No column holds 0 and 1.
        DrawsOfLinkage: It holds more than one table.
    """
    table = read_histories(histories_path)
    if table.has_draws:
        raise DrawsOfLinkage(histories_path)
    (histories,) = table.strata(())[0].values()
    with ThreadPoolExecutor(workers) as pool:
        return drawn_again(histories, run, published=published, seed=seed, pool=pool)
