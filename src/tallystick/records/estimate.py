"""Say how many people there may have been, never fewer than those who are documented.

An estimate is either a figure with its limits or a refusal with its reason; there is no third.
Both carry the findings of every check, for a number without them cannot be defended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tallystick.records.canonical import short_id
from tallystick.records.issue import Weight

__all__ = ["Estimate", "Finding", "Refusal", "Stratum"]

Stratum = tuple[tuple[str, str], ...]
"""Column and value pairs that name one stratum; empty for the whole table."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Say which check an estimate failed, and what would help.

    Args:
        check: The check's stable name, such as ``few-lists``.
        says: One sentence of facts.
        then: What a person can do about it.
    """

    check: str
    says: str
    then: str

    def as_json(self) -> dict[str, str]:
        return {"check": self.check, "says": self.says, "then": self.then}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Refusal:
        """Read back what ``as_json`` wrote."""
        return cls(value["check"], value["says"], value["then"])


@dataclass(frozen=True, slots=True)
class Finding:
    """Tell what one check found: a sentence for people, values for machines.

    Args:
        check: The check's stable name.
        weight: ``note`` (good to know), ``warning`` (read with care), ``fault`` (refused for it).
        says: One sentence of facts.
        values: JSON values by name: counts of people are whole, shares and logarithms are not.
    """

    check: str
    weight: Weight
    says: str
    values: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {
            "check": self.check,
            "weight": self.weight,
            "says": self.says,
            "values": dict(self.values),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Finding:
        """Read back what ``as_json`` wrote."""
        return cls(value["check"], value["weight"], value["says"], value["values"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Hold documented and estimated apart, for one stratum by one method.

    Args:
        stratum: Which part of the table; empty for all of it.
        method: Name and version, such as ``lcmcr-1``.
        n_observed: People documented by at least one list.
        median: People estimated, documented included; None if refused.
        lo: Lower 95 % limit, both limits included; never below ``n_observed``.
        hi: Upper 95 % limit.
        assumes: The sentence without which the figure must not be quoted.
        findings: What every check found, in the order they ran.
        refused: Why there is no figure; None if there is one.
        seed: What made the random numbers; None for exact methods.
        table: SHA-256 of the canonical table, hexadecimal.
    """

    stratum: Stratum
    method: str
    n_observed: int
    median: int | None = None
    lo: int | None = None
    hi: int | None = None
    assumes: str = ""
    findings: tuple[Finding, ...] = ()
    refused: Refusal | None = None
    seed: int | None = None
    table: str = ""

    def __post_init__(self) -> None:
        figures = (self.lo, self.median, self.hi)
        if self.refused is not None:
            if figures != (None, None, None):
                raise ValueError("A refused estimate has no figure.")
            return
        if self.lo is None or self.median is None or self.hi is None:
            raise ValueError("An estimate has a median and both limits, or says why not.")
        if not self.n_observed <= self.lo <= self.median <= self.hi:
            raise ValueError(
                f"Documented, limits and median must be in order: {self.n_observed} {figures}."
            )

    @property
    def id(self) -> str:
        """Return "e-" and 12 hex digits of what is said, without the findings beside it."""
        told = (
            dict(self.stratum),
            self.method,
            self.n_observed,
            (self.median, self.lo, self.hi),
            self.refused.as_json() if self.refused else None,
            self.seed,
            self.table,
        )
        return short_id("e", told)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what must be read with the figure."""
        return tuple(f for f in self.findings if f.weight != "note")

    def as_json(self) -> dict[str, object]:
        return {
            "type": "estimate",
            "id": self.id,
            "stratum": dict(self.stratum),
            "method": self.method,
            "n_observed": self.n_observed,
            "median": self.median,
            "lo": self.lo,
            "hi": self.hi,
            "assumes": self.assumes,
            "diagnostics": [finding.as_json() for finding in self.findings],
            "refused": self.refused.as_json() if self.refused else None,
            "seed": self.seed,
            "table": self.table,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Estimate:
        """Read back what ``as_json`` wrote."""
        why = value["refused"]
        return cls(
            stratum=tuple(value["stratum"].items()),
            method=value["method"],
            n_observed=value["n_observed"],
            median=value["median"],
            lo=value["lo"],
            hi=value["hi"],
            assumes=value["assumes"],
            findings=tuple(Finding.from_json(finding) for finding in value["diagnostics"]),
            refused=None if why is None else Refusal.from_json(why),
            seed=value["seed"],
            table=value["table"],
        )
