"""Gather what there is to reckon with: from a case, or from plain files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tallystick.casework.admission import Admission, admission_of, admitted, unreviewed
from tallystick.casework.case import Case
from tallystick.casework.grounds import Grounds, grounds_of, grounds_of_case
from tallystick.casework.listed import listed_of_case, listed_of_files
from tallystick.casework.reckon import NoClaims, claims_of_lines
from tallystick.ledger import Standing
from tallystick.reckoning import Options
from tallystick.records import Claim, Issue, Listed

__all__ = ["Evidence", "NamedIn", "evidence_of_case", "evidence_of_file", "lines_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Hold what there is to reckon with.

    Args:
        claims: That count.
        ground: Places and actors, with the issues of their tables.
        admission: Whom and what is admitted, with the premises.
        waiting: How many of the case's claims no person has reviewed.
        issues: Lines that hold no claim.
        listed: Persons whom the lists of the case name, as they were last linked.
        incidents: Labels of incidents that a reviewer gave, each under its own name: two claims
            of one teller with one such label tell of one incident, whatever their sources.
    """

    claims: tuple[Claim, ...]
    ground: Grounds
    admission: Admission
    waiting: int = 0
    issues: tuple[Issue, ...] = ()
    listed: tuple[Listed, ...] = ()
    incidents: Mapping[str, str] = field(default_factory=dict)

    def options(self, asked: Options) -> Options:
        """Return the premises that were asked for, or the admission's own if none were."""
        chosen = self.admission.options if asked == Options() else asked
        incidents = self.incidents or chosen.incidents
        return replace(chosen, incidents=incidents, cores=asked.cores)


def evidence_of_case(case: Case) -> Evidence:
    """Return the evidence of a case, as its admission says.

    Raises:
        BadSettings: The admission cannot be read.
    """
    admission, ground = admission_of(case.settings.admission), grounds_of_case(case.folder)
    ground = replace(ground, actors=ground.actors.with_one_voice(admission.one_voice))
    named = listed_of_case(case, ground)
    standings = case.ledger.standings()
    return Evidence(
        claims=admitted(case, admission),
        ground=ground,
        admission=admission,
        waiting=unreviewed(standings),
        incidents=_decided(standings),
        listed=tuple(one for one in named if one.originator not in admission.leave_out),
    )


def _decided(standings: Iterable[Standing]) -> dict[str, str]:
    """Return the labels of incidents that reviewers gave to claims."""
    given = (each.reviews[-1].fields.get("incident") for each in standings if each.reviews)
    return {str(label): str(label) for label in given if label}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedIn:
    """Hold the plain files that name persons: what linking wrote, and the lists it linked."""

    persons: Path
    lists: tuple[Path, ...]
    mapping: Path | None = None


def evidence_of_file(
    name: str, places: Path | None, actors: Path | None, named: NamedIn | None = None
) -> Evidence:
    """Return the evidence of a file of JSON lines, or of standard input (``-``).

    Raises:
        NoClaims: There is no such file, or it is no text.
        NoList, NoPersons, BadMapping, BadPersons: The persons cannot be read.
    """
    claims, issues = claims_of_lines(lines_of(name), name=name if name != "-" else "input")
    ground = grounds_of(places, actors)
    listed: tuple[Listed, ...] = ()
    if named is not None:
        listed, wrong = listed_of_files(named.persons, named.lists, named.mapping, ground)
        issues = (*issues, *wrong)
    return Evidence(
        claims=claims, ground=ground, admission=admission_of({}), issues=issues, listed=listed
    )


def lines_of(name: str) -> list[str]:
    """Return the lines of a file, or of standard input (``-``).

    Raises:
        NoClaims: There is no such file, or it is no text.
    """
    if name == "-":
        return sys.stdin.read().splitlines()
    try:
        return Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as trouble:
        raise NoClaims(name) from trouble
