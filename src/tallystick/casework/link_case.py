"""Link the lists of a case to persons, and keep persons, households and draws in its journal.

What an earlier linking weighed lies in ``cache/``. It saves time and changes nothing: the journal
names its digest, a file that is not that one is passed over, and it may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tallystick.casework.case import Case, now
from tallystick.casework.histories import Draws
from tallystick.casework.link import SEED, Linking
from tallystick.casework.lists_case import Lists, held_lists, lists_of_case
from tallystick.errors import NotFound
from tallystick.ledger import people_linked
from tallystick.linking import Linked, Means, Memory, Model, link
from tallystick.records import LinkVerdict, digest

__all__ = ["CaseLinked", "LinkAsked", "NoLists", "link_case", "linked_now"]

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


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """Say how a case is linked.

    Args:
        mapping: Field → header; given, every list is read anew with it.
        learns: Fit the scale of the model to the verdicts of readers, before they bind.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    learns: bool = False


def link_case(
    case: Case,
    *,
    asked: LinkAsked | None = None,
    actor: str = "local",
    at: str | None = None,
    is_dry: bool = False,
    means: Means | None = None,
) -> CaseLinked:
    """Link every list of a case; ids of persons live on, and readers' verdicts bind.

    Args:
        case: Its preserved tables of victims are linked.
        asked: Which headers are which fields, and whether verdicts teach; None = as usual.
        actor: Opaque id of who lets link.
        at: RFC 3339 time; None = now.
        is_dry: Keep nothing.
        means: Who is told each step, and which engine runs.
    """
    at, means = at or now(), means or Means()
    if not is_dry:
        case.settle(actor=actor, at=at)
    asked = asked or LinkAsked()
    lists = lists_of_case(case, asked.mapping, tell=means.tell)
    verdicts = case.ledger.verdicts()
    linked, memory = _linked(case, lists, means, learns=asked.learns)
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
    run = case.ledger.linking() or {}
    return _linked(case, lists, Means(), learns=bool(run.get("learns")))[0]


def _linked(case: Case, lists: Lists, means: Means, *, learns: bool) -> tuple[Linked, Memory]:
    run = case.ledger.linking() or {}
    memory = _remembered(case.folder / CACHE / SCORES, str(run.get("scores", "")))
    means = replace(means, weigh=memory.weigh)
    verdicts, before = case.ledger.verdicts(), case.ledger.persons()

    def linked(model: Model | None, verdicts: Sequence[LinkVerdict]) -> Linked:
        rng = np.random.default_rng(SEED)
        return link(
            lists.entries, rng=rng, verdicts=verdicts, before=before, model=model, means=means
        )

    model = linked(None, ()).taught(verdicts) if learns else None
    return linked(model, verdicts), memory


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
        "learns": "+verdicts" in linked.count.method,
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
