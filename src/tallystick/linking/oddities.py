"""Find what only all lists together show: one number for two people, rows pasted many times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from tallystick.linking.copies import pasted
from tallystick.records import Entry, Issue
from tallystick.text import likeness, read_name, token_of

__all__ = ["odd_entries"]

_MOST = 50
# Given names less alike than this are two names.
_ALIKE = 0.5
_YEARS_APART = 2


def odd_entries(entries: Sequence[Entry], alike: Sequence[list[int]] | None = None) -> list[Issue]:
    """Return what is odd about entries that each look right alone.

    Args:
        entries: All of them.
        alike: What ``pasted`` says of them, where it was asked already.
    """
    return _shared_numbers(entries) + _pasted(entries, pasted(entries) if alike is None else alike)


def _shared_numbers(entries: Sequence[Entry]) -> list[Issue]:
    by_number: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.number:
            by_number[entry.number].append(entry)
    shared = [group for group in by_number.values() if len(group) > 1 and _are_two(group)]
    issues = [
        _issue(
            "number-shared",
            " and ".join(entry.where or entry.id for entry in group[:4]) + ", official number",
            "one official number stands beside what seem to be two people",
            "compare the rows; the number alone does not join them",
        )
        for group in shared[:_MOST]
    ]
    if len(shared) > _MOST:
        says = f"{len(shared) - _MOST} more official numbers stand beside two people"
        issues.append(_issue("number-shared", "all lists", says, "see those named above"))
    return issues


def _are_two(group: Sequence[Entry]) -> bool:
    """Say whether entries differ in sex, year of birth or given name."""
    sexes = {entry.sex for entry in group if entry.sex}
    born = [entry.birth_year for entry in group if entry.birth_year]
    if len(sexes) > 1 or (born and max(born) - min(born) > _YEARS_APART):
        return True
    readings = [read_name(entry.name)[0] for entry in group if entry.name]
    given = {reading.text("given") for reading in readings if not reading.kin} - {""}
    return any(
        likeness(token_of(one), token_of(other)) < _ALIKE
        for one, other in combinations(sorted(given)[:12], 2)
    )


def _pasted(entries: Sequence[Entry], alike: Sequence[list[int]]) -> list[Issue]:
    groups = [[entries[at] for at in group] for group in alike]
    return [
        _issue(
            "rows-pasted",
            f"{group[0].where or group[0].id} and {len(group) - 1} more",
            f"{len(group)} rows of one list are alike in every column",
            "see whether the row was pasted; with a name, they count as one person",
        )
        for group in groups
    ]


def _issue(code: str, where: str, says: str, then: str) -> Issue:
    return Issue(code=f"linking.{code}", weight="warning", where=where, says=says, then=then)
