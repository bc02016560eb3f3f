"""Say what is wrong with the evidence.

Issues are data: returned, stored, shown and exported, never raised (errors are in ``errors.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Issue", "Span", "Weight"]

Weight = Literal["note", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Span:
    """Point at code points ``[start, end)`` of a preserved text.

    Args:
        source: Id of the source.
        start: First code point, counted in the text dump.
        end: Code point after the last; ``start <= end``.
    """

    source: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"A span runs forward: {self.start}..{self.end}.")

    def as_json(self) -> dict[str, object]:
        return {"source": self.source, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Name one trouble in the evidence, with the next step.

    Args:
        code: ``room.what-is-wrong``, stable, listed in ``docs/look-up/issues.md``.
        weight: ``note`` (good to know), ``warning`` (used with care), ``fault`` (set aside).
        where: A span, or words such as ``list.csv row 12 column age``, or a record's id.
        says: One sentence of facts; never the name of a victim, a witness or staff.
        then: What a person can do about it.
    """

    code: str
    weight: Weight
    where: Span | str
    says: str
    then: str

    def as_json(self) -> dict[str, object]:
        where = self.where.as_json() if isinstance(self.where, Span) else self.where
        return {
            "type": "issue",
            "code": self.code,
            "weight": self.weight,
            "where": where,
            "says": self.says,
            "then": self.then,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Issue:
        """Read an issue back from its JSON object, as the journal holds it."""
        values = {name: value for name, value in told.items() if name != "type"}
        if isinstance(values["where"], Mapping):
            values["where"] = Span(**values["where"])
        return cls(**values)  # type: ignore[arg-type]  # as written by as_json
