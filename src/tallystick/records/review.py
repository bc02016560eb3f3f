"""Hold what a person decided about a claim. The machine's reading stays beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from tallystick.errors import Unreadable

__all__ = ["BadReview", "Review", "Verdict"]

Verdict = Literal["accept", "reject", "correct", "add"]


class BadReview(Unreadable):
    """A decision cannot be understood."""

    code = "bad-review"

    def __init__(self, says: str, then: str = "") -> None:
        super().__init__(says, then=then)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Hold one decision of one reviewer.

    Args:
        claim: Id of the claim as the machine read it; for ``add`` the id of the added claim.
        verdict: Accept, reject, correct (with ``fields``), or add a claim that was not read.
        reason: Why; demanded for a rejection.
        fields: The corrected fields by claim field name, JSON values; for ``add`` the whole claim.
        reviewer: Who decided (an opaque id).
        at: RFC 3339 time.

    Raises:
        BadReview: An unknown verdict, a rejection without a reason, a correction without fields.
    """

    claim: str
    verdict: Verdict
    reason: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    reviewer: str
    at: str

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict):
            raise BadReview(
                f"“{self.verdict[:40]}” is no verdict.", "accept, reject, correct or add."
            )
        if self.verdict == "reject" and not self.reason:
            raise BadReview("A rejection needs a reason.", "say why in the column reason.")
        if self.verdict in ("correct", "add") and not self.fields:
            raise BadReview("A correction needs a corrected field.", "fill a column of the claim.")

    def as_json(self) -> dict[str, object]:
        return {
            "type": "review",
            "claim": self.claim,
            "verdict": self.verdict,
            "reason": self.reason,
            "fields": dict(self.fields),
            "reviewer": self.reviewer,
            "at": self.at,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Review:
        """Read a decision back from its JSON object, as the journal holds it."""
        values = {name: value for name, value in told.items() if name != "type"}
        return cls(**values)  # type: ignore[arg-type]  # as written by as_json
