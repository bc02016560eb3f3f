"""Link the lists of a case to persons, and keep persons, households and draws in its journal."""

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
from tallystick.linking import Linked, Means, Model, link
from tallystick.records import LinkVerdict

__all__ = ["CaseLinked", "LinkAsked", "NoLists", "link_case", "linked_now"]


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
        is_new: Whether the journal did not hold this outcome yet.
    """

    lists: Lists
    is_new: bool = True

    def as_json(self) -> dict[str, object]:
        # Two-argument super: slots make a new class, and the short form would miss it.
        told = super(CaseLinked, self).as_json()
        return told | {"lists": list(self.lists.sources), "new": self.is_new}


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
    linked = _linked(case, lists, means, learns=asked.learns)
    done = CaseLinked(
        linked=linked,
        entries=lists.entries,
        issues=(*lists.issues, *linked.issues),
        lists=lists,
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
    return _linked(case, lists, Means(), learns=bool(run.get("learns")))


def _linked(case: Case, lists: Lists, means: Means, *, learns: bool) -> Linked:
    verdicts, before = case.ledger.verdicts(), case.ledger.persons()

    def linked(model: Model | None, verdicts: Sequence[LinkVerdict]) -> Linked:
        rng = np.random.default_rng(SEED)
        return link(
            lists.entries, rng=rng, verdicts=verdicts, before=before, model=model, means=means
        )

    model = linked(None, ()).taught(verdicts) if learns else None
    return linked(model, verdicts)


def _kept(
    case: Case, done: CaseLinked, verdicts: list[LinkVerdict], *, actor: str, at: str
) -> CaseLinked:
    """Write what the journal does not hold yet: rows first, then persons; bytes before entries."""
    linked = done.linked
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
    return replace(done, is_new=is_new)
