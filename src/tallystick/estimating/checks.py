"""Look at the overlap of the lists before anything is estimated from it.

Each check says in one sentence what it saw. Some end the matter: from such a table no method can
say how many people are missing, and a number would only look like one.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations

import numpy as np

from tallystick.estimating.overlap import Histories, histories_of
from tallystick.records import Finding, Refusal

__all__ = ["check_before"]

FEWEST_LISTS = 3
MOST_LISTS = 24
FEW_PEOPLE = 30
MANY_SINGLES = 0.75
REFERRED = 0.9

Checked = Refusal | Finding | None


def check_before(
    histories: Histories,
) -> tuple[Histories, Refusal | None, tuple[Finding, ...]]:
    """Return the table without lists that say nothing, a refusal if any, and all findings."""
    table, findings = _without_idle_lists(histories)
    refused: Refusal | None = None
    for check in CHECKS:
        found = check(table)
        if isinstance(found, Refusal):
            findings.append(Finding(found.check, "fault", found.says))
            refused = refused or found
            break
        if found is not None:
            findings.append(found)
    findings.append(CONFIRM)
    return table, refused, tuple(findings)


CONFIRM = Finding(
    "confirm-assumptions",
    "note",
    "Nobody can test from the lists alone that the population did not change, that links between "
    "records are right, and that every person could have been listed: confirm these in writing.",
)


def _without_idle_lists(histories: Histories) -> tuple[Histories, list[Finding]]:
    """Leave out empty lists and copies of others, and say so."""
    findings: list[Finding] = []
    kept: list[int] = []
    columns = histories.patterns
    for at, name in enumerate(histories.lists):
        twin = next((k for k in kept if np.array_equal(columns[:, k], columns[:, at])), None)
        if not columns[:, at].any():
            says = f"List “{name}” names nobody and is left out."
            findings.append(Finding("empty-list", "warning", says, {"list": name}))
        elif twin is not None:
            other = histories.lists[twin]
            says = f"List “{name}” names exactly the people of “{other}”; it is left out as a copy."
            findings.append(Finding("duplicate-lists", "warning", says, {"lists": [other, name]}))
        else:
            kept.append(at)
    names = [histories.lists[at] for at in kept]
    table = histories_of(names, columns[:, kept], histories.counts)
    return Histories(table.lists, table.patterns, table.counts, histories.set_aside), findings


def _bad_rows(table: Histories) -> Checked:
    if not table.set_aside:
        return None
    return Refusal(
        "bad-rows",
        f"{table.set_aside} rows of the table could not be read (see the issues).",
        "correct the rows: 0 or 1 for each list, and a whole count of people, zero or more.",
    )


def _few_lists(table: Histories) -> Checked:
    if len(table.lists) >= FEWEST_LISTS:
        return None
    return Refusal(
        "few-lists",
        f"{len(table.lists)} lists say something of their own; at least {FEWEST_LISTS} are needed "
        "to see whether lists depend on each other.",
        "add a list made independently of these, or report the documented figure alone.",
    )


def _many_lists(table: Histories) -> Checked:
    if len(table.lists) <= MOST_LISTS:
        return None
    return Refusal(
        "many-lists",
        f"{len(table.lists)} lists are more than the {MOST_LISTS} that can be told apart.",
        "merge lists made by the same people or in the same way, then estimate again.",
    )


def _parts_of(joined: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[list[int]]:
    """Return the sets of lists that reach each other through shared people."""
    left = set(range(len(joined)))
    parts: list[list[int]] = []
    while left:
        part = {min(left)}
        while True:
            wider = {b for a in part for b in left if joined[a, b]} | part
            if wider == part:
                break
            part = wider
        parts.append(sorted(part))
        left -= part
    return parts


def _disconnected(table: Histories) -> Checked:
    """Refuse groups that share nobody; a single list apart from the rest is a warning.

    A small list may miss all others by chance, so it still tells something; of two groups of lists
    nothing says that they speak of the same people.
    """
    parts = _parts_of(table.pairs > 0)
    if len(parts) == 1:
        return None
    named = "; ".join(", ".join(table.lists[a] for a in part) for part in parts)
    if sum(len(part) > 1 for part in parts) == 1:
        alone = [table.lists[part[0]] for part in parts if len(part) == 1]
        says = f"List “{alone[0]}” shares nobody with any other: it may speak of other people."
        return Finding("disconnected", "warning", says, {"lists": alone})
    return Refusal(
        "disconnected",
        f"The lists fall into {len(parts)} groups that share nobody ({named}).",
        "check the linkage between these lists, or estimate each group where it stands for itself.",
    )


def _full_list(table: Histories) -> Checked:
    at = next((a for a, size in enumerate(table.sizes) if size == table.people), None)
    if at is None:
        return None
    return Refusal(
        "list-holds-all",
        f"List “{table.lists[at]}” names everybody whom any list names, so nothing shows whom it "
        "missed.",
        "check whether the other lists were drawn from it; add a list that was not.",
    )


def _no_overlap(table: Histories) -> Checked:
    pairs = [
        [table.lists[a], table.lists[b]]
        for a, b in combinations(range(len(table.lists)), 2)
        if table.pairs[a, b] == 0
    ]
    if not pairs:
        return None
    first = " and ".join(f"“{name}”" for name in pairs[0])
    more = f", and {len(pairs) - 1} pairs more" if len(pairs) > 1 else ""
    says = f"Lists {first} share nobody{more}; how they depend on each other cannot be seen."
    return Finding("no-overlap", "warning", says, {"pairs": pairs})


def _list_inside(table: Histories) -> Checked:
    inside = [
        [table.lists[a], table.lists[b]]
        for a, b in permutations(range(len(table.lists)), 2)
        if table.pairs[a, b] == table.sizes[a]
    ]
    if not inside:
        return None
    small, large = inside[0]
    says = f"Everybody on list “{small}” is also on “{large}”: it may have been drawn from it."
    return Finding("list-inside", "warning", says, {"pairs": inside})


def _referral(table: Histories) -> Checked:
    alone = table.counts @ (table.patterns * (table.patterns.sum(axis=1) == 1)[:, None])
    shared = 1.0 - alone / np.maximum(table.sizes, 1)
    named = [table.lists[a] for a in np.flatnonzero(shared >= REFERRED)]
    if not named:
        return None
    says = f"At least nine in ten people on “{named[0]}” are on other lists too: a referral list?"
    return Finding("referral", "warning", says, {"lists": named})


def _few_people(table: Histories) -> Checked:
    if table.people >= FEW_PEOPLE:
        return None
    says = f"Only {table.people} people are documented; every method is weak below {FEW_PEOPLE}."
    return Finding("few-people", "warning", says, {"people": table.people})


def _thin_overlap(table: Histories) -> Checked:
    seen = table.captures
    share = float(seen[0] / max(table.people, 1))
    depth = int(np.flatnonzero(seen)[-1]) + 1 if seen.any() else 0
    says = (
        f"{share:.0%} of the documented people are on one list only; nobody is on more than "
        f"{depth} of {len(table.lists)} lists."
    )
    values: dict[str, object] = {
        "captures": [int(x) for x in seen],
        "on_one_list": share,
        "lists": list(table.lists),
        "sizes": [int(x) for x in table.sizes],
        "patterns": table.patterns.tolist(),
        "counts": table.counts.tolist(),
    }
    if share >= MANY_SINGLES:
        says += " On lists this thin all methods tend to fall short: read it as a lower bound."
        return Finding("thin-overlap", "warning", says, values)
    return Finding("overlap", "note", says, values)


CHECKS: tuple[Callable[[Histories], Checked], ...] = (
    _bad_rows,
    _few_lists,
    _many_lists,
    _disconnected,
    _full_list,
    _no_overlap,
    _list_inside,
    _referral,
    _few_people,
    _thin_overlap,
)
