"""Link the lists of a case to persons, and keep persons, households and draws in its journal.

What an earlier linking weighed lies in ``cache/``. It saves time and changes nothing: the journal
names its digest, a file that is not that one is passed over, and it may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tallystick.casework.case import Case, now
from tallystick.casework.histories import Draws
from tallystick.casework.link import SEED, Linking
from tallystick.casework.lists_case import Lists, held_lists, lists_of_case
from tallystick.errors import NotFound
from tallystick.ledger import people_linked
from tallystick.linking import Linked, Means, Memory, link
from tallystick.records import LinkVerdict, digest

__all__ = ["CaseLinked", "NoLists", "link_case", "linked_now"]

CACHE, SCORES = "cache", "link-scores.npz"


class NoLists(NotFound):
    """A case has no list of victims."""

    code = "no-lists"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "The case has no list of victims that was linked.",
            where=str(folder),
            then="preserve a .csv or .xlsx of kind list, then run `tallystick link -C CASE`.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLinked(Linking):
    """Hold the outcome of linking a case.

    Args:
        lists: The lists that were linked.
        memory: What was weighed, and how much of it was known from before.
        is_new: Whether the journal did not hold this outcome yet.
    """

    lists: Lists
    memory: Memory
    is_new: bool = True

    def as_json(self) -> dict[str, object]:
        # Two-argument super: slots make a new class, and the short form would miss it.
        told = super(CaseLinked, self).as_json()
        scores = {"reused": self.memory.reused, "weighed": self.memory.weighed}
        return told | {"lists": list(self.lists.sources), "new": self.is_new, "scores": scores}


def link_case(
    case: Case,
    *,
    mapping: Mapping[str, str] | None = None,
    actor: str = "local",
    at: str | None = None,
    is_dry: bool = False,
    means: Means | None = None,
) -> CaseLinked:
    """Link every list of a case; ids of persons live on, and readers' verdicts bind.

    Args:
        case: Its preserved tables of victims are linked.
        mapping: Field → header; given, every list is read anew with it.
        actor: Opaque id of who lets link.
        at: RFC 3339 time; None = now.
        is_dry: Keep nothing.
        means: Who is told each step, and which engine runs.
    """
    at, means = at or now(), means or Means()
    if not is_dry:
        case.settle(actor=actor, at=at)
    lists = lists_of_case(case, mapping, tell=means.tell)
    verdicts = case.ledger.verdicts()
    linked, memory = _linked(case, lists, verdicts, means)
    done = CaseLinked(
        linked=linked,
        entries=lists.entries,
        issues=(*lists.issues, *linked.issues),
        lists=lists,
        memory=memory,
    )
    if is_dry:
        return done
    return _kept(case, done, verdicts, actor=actor, at=at)


def linked_now(case: Case) -> Linked:
    """Link the lists that the journal holds, to ask about them; nothing is kept.

    Raises:
        NoLists: It holds none.
    """
    lists = held_lists(case)
    if not lists.sources:
        raise NoLists(case.folder)
    return _linked(case, lists, case.ledger.verdicts(), Means())[0]


def _linked(
    case: Case, lists: Lists, verdicts: list[LinkVerdict], means: Means
) -> tuple[Linked, Memory]:
    run = case.ledger.linking() or {}
    memory = _remembered(case.folder / CACHE / SCORES, str(run.get("scores", "")))
    linked = link(
        lists.entries,
        rng=np.random.default_rng(SEED),
        verdicts=verdicts,
        before=case.ledger.persons(),
        means=replace(means, weigh=memory.weigh),
    )
    return linked, memory


def _remembered(path: Path, sha256: str) -> Memory:
    """Read the scores of the last linking; a file that is not the one it left is passed over."""
    data = path.read_bytes() if sha256 and path.is_file() else b""
    return Memory.from_bytes(data) if digest(data) == sha256 else Memory()


def _kept(
    case: Case, done: CaseLinked, verdicts: list[LinkVerdict], *, actor: str, at: str
) -> CaseLinked:
    """Write what the journal does not hold yet: rows first, then persons; bytes before entries."""
    linked, scores = done.linked, done.memory.as_bytes()
    draws = case.vault.put(Draws(linked.entries, linked.draws).as_bytes())
    run: dict[str, object] = {
        "method": linked.count.method,
        "lists": list(done.lists.sources),
        "entries": len(done.entries),
        "persons": linked.count.as_json(),
        "unnamed": linked.unnamed,
        "verdicts": len(verdicts),
        "draws": draws,
        "scores": digest(scores),
    }
    ledger = case.ledger
    is_new = (run, list(linked.persons)) != (ledger.linking(), ledger.persons())
    drafts = list(done.lists.drafts)
    if is_new:
        drafts.append(
            people_linked(
                linked.persons,
                run=run,
                tool=linked.count.method.partition(",")[0],
                households=linked.households,
                issues=(*linked.issues, *linked.alarms),
                blobs=[draws],
            )
        )
    if drafts:
        ledger.append(*drafts, actor=actor, at=at)
    (case.folder / CACHE).mkdir(exist_ok=True)
    (case.folder / CACHE / SCORES).write_bytes(scores)
    return replace(done, is_new=is_new)
