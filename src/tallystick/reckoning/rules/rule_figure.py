"""Hold what one organisation's rule makes of the claims of one incident, with every step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from tallystick.reckoning.rules.axes import Axes

__all__ = ["MARKS", "Mark", "Range", "RuleFigure", "Share", "Step"]

Mark = Literal["published", "read-off", "memory", "ours"]
# What stands behind a step. The last two make the whole figure an unverified rule.
MARKS: dict[Mark, str] = {
    "published": "the organisation's own page says so",
    "read-off": "seen in an incident that the organisation published, not written as a rule",
    "memory": "known from hearsay; no page of the organisation was read for it",
    "ours": "the organisation publishes nothing here; Tallystick filled the gap",
}


@dataclass(frozen=True, slots=True)
class Range:
    """Hold the ends that an organisation would print; ``hi`` None = left open."""

    lo: int
    hi: int | None

    def __str__(self) -> str:
        if self.lo == self.hi:
            return str(self.lo)
        return f"{self.lo}–{'…' if self.hi is None else self.hi}"

    def as_json(self) -> dict[str, int | None]:
        return {"lo": self.lo, "hi": self.hi}


@dataclass(frozen=True, slots=True)
class Step:
    """Say one thing that a rule did, and what stands behind it."""

    says: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Share:
    """Hold what one event of several gets of a summarised total."""

    where: str | None
    day: dt.date | None
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFigure:
    """Hold one incident as one organisation would print it.

    Args:
        rule: Name of the rule, a key of ``RULES``.
        killed: Ends of the count of killed; None = the rule gives no figure.
        best: The one number, where the organisation prints one.
        injured: Ends of the count of injured; None = not counted, or nothing said.
        grade: The organisation's own grade, if it has one; derived from ``axes``.
        bands: Range by band (children, women, men), where the organisation prints them.
        columns: Parts of ``best`` under the organisation's column names.
        events: What each event gets, where a total is spread over several.
        notes: What the organisation would write beside the figure: disputes, doubts, limits.
        steps: What was done, in order, and what stands behind each step.
        axes: Voices, attribution and standard, apart.
        used: Ids of the claims that the figure rests on.
        set_aside: Pairs of claim id and reason.
    """

    rule: str
    killed: Range | None = None
    best: int | None = None
    injured: Range | None = None
    grade: str | None = None
    bands: tuple[tuple[str, Range], ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    events: tuple[Share, ...] = ()
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    axes: Axes
    used: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()

    @property
    def unverified_rule(self) -> bool:
        """Say whether a step rests on what no page of the organisation was found to say."""
        return any(step.mark in ("memory", "ours") for step in self.steps)

    @property
    def reason(self) -> str:
        """Return the steps as sentences; those that are not verified say so."""
        return " ".join(
            f"{step.says} (Unverified: {MARKS[step.mark]}.)"
            if step.mark in ("memory", "ours")
            else step.says
            for step in self.steps
        )

    def line(self) -> str:
        """Return the figure in one line: ``airwars | killed 42–46 (…) | injured 2 | Weak``."""
        killed = "no figure" if self.killed is None else f"killed {self.killed}"
        if self.killed is not None and self.best is not None and str(self.best) != str(self.killed):
            killed += f", best {self.best}"
        if self.bands:
            killed += f" ({', '.join(f'{name} {band}' for name, band in self.bands)})"
        cells = [self.rule, killed]
        if self.injured is not None:
            cells.append(f"injured {self.injured}")
        if self.grade is not None:
            cells.append(self.grade)
        if self.unverified_rule:
            cells.append("unverified rule")
        return " | ".join(cells)

    def as_json(self) -> dict[str, object]:
        """Return the figure as ``reckon --rule NAME --json`` prints it."""
        killed = None if self.killed is None else {**self.killed.as_json(), "best": self.best}
        return {
            "type": "rule_figure",
            "rule": self.rule,
            "killed": killed,
            "injured": None if self.injured is None else self.injured.as_json(),
            "grade": self.grade,
            "bands": {name: band.as_json() for name, band in self.bands},
            "columns": dict(self.columns),
            "events": [_share(share) for share in self.events],
            "notes": list(self.notes),
            "unverified_rule": self.unverified_rule,
            "reason": [{"says": step.says, "mark": step.mark} for step in self.steps],
            "axes": self.axes.as_json(),
            "used": list(self.used),
            "set_aside": [{"claim": id_, "why": why} for id_, why in self.set_aside],
        }


def _share(share: Share) -> dict[str, object]:
    day = None if share.day is None else share.day.isoformat()
    return {"where": share.where, "day": day, "people": share.people}
