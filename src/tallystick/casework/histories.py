"""Keep the draws of a linking, and count persons by the lists that have them, draw by draw."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.casework.case import Case
from tallystick.linking import histories_of

__all__ = ["Draws", "draws_of_case", "histories_of_case", "histories_table"]


@dataclass(frozen=True, slots=True)
class Draws:
    """Hold partitions of the entries of a case: what an estimate averages over.

    Args:
        entries: Entry ids.
        groups: Shape (s draws, n entries); a group is named by a member's place in ``entries``.
    """

    entries: tuple[str, ...]
    groups: NDArray[np.int32]

    def as_bytes(self) -> bytes:
        """Return the bytes that are preserved; equal draws give equal bytes."""
        out = io.BytesIO()
        first = self.groups[:1]
        np.savez_compressed(
            out, entries=np.array(self.entries, "S14"), first=first, moved=self.groups - first
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Draws:
        """Read draws back."""
        with np.load(io.BytesIO(data), allow_pickle=False) as told:
            entries = tuple(entry.decode() for entry in told["entries"])
            return cls(entries, told["first"] + told["moved"])


def draws_of_case(case: Case) -> Draws | None:
    """Return the draws of the last linking of a case; None if it has not been linked.

    Raises:
        MissingBlob, AlteredBlob: Their bytes are not those that were kept.
    """
    run = case.ledger.linking()
    return Draws.from_bytes(case.vault.get(str(run["draws"]))) if run else None


def histories_of_case(case: Case, most: int | None = None) -> str | None:
    """Return the capture histories of the last linking of a case, as ``link --histories`` would.

    Args:
        case: It need not have been linked: None then.
        most: So many draws at most, evenly spaced: the spread of all shows in few; None = all.

    Raises:
        MissingBlob, AlteredBlob: The bytes of the draws are not those that were kept.
    """
    draws = draws_of_case(case)
    if draws is None:
        return None
    list_of = {entry.id: entry.list for entry in case.ledger.entries_of_lists()}
    named = {entry for one in case.ledger.persons() if one.named for entry in one.entries}
    has_name = np.array([entry in named for entry in draws.entries], bool)
    groups = draws.groups
    if most is not None and most < len(groups):
        groups = groups[np.linspace(0, len(groups) - 1, most).round().astype(int)]
    return histories_table([list_of[entry] for entry in draws.entries], has_name, groups)


def histories_table(
    lists: Sequence[str], named: NDArray[np.bool_], draws: NDArray[np.int32]
) -> str:
    """Return a CSV table: one 0/1 column a list, ``count`` of persons, and the number of the draw.

    Args:
        lists: The list of each entry.
        named: Whether the entry belongs to a person with a name; others are left out.
        draws: Shape (s draws, n entries).
    """
    names = sorted(set(lists))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*names, "count", "draw"])
    for draw, groups in enumerate(draws):
        for seen_by, count in histories_of(groups, lists, named).items():
            writer.writerow([*(int(name in seen_by) for name in names), count, draw])
    return out.getvalue()
