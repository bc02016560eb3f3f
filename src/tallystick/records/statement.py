"""Hold a saying without a count that accountability needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, get_args

from tallystick.errors import Unreadable
from tallystick.records.canonical import short_id

__all__ = ["BadStatement", "Statement", "StatementKind"]

StatementKind = Literal["accusation", "denial", "admission", "commitment", "finding", "appeal"]


class BadStatement(Unreadable):
    """A saying is of no known kind."""

    code = "bad-statement"

    def __init__(self, kind: str) -> None:
        known = ", ".join(get_args(StatementKind))
        super().__init__(f"“{kind[:40]}” is no kind of statement.", then=f"write one of {known}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Hold one saying: who said what kind of thing, about what, against whom.

    Args:
        id: ``st-`` and 12 hexadecimal digits; made here if empty.
        source: Id of the source.
        published: Day on which the source was published.
        span: Code points ``[start, end)`` of the text dump.
        quote: The exact words of the span.
        kind: Accusation, denial, admission, commitment, finding or appeal.
        speaker_words: Who says so, in the text's words.
        speaker: Id of who says so; never None: unnamed speakers are ``anon:`` + source.
        about: What it is about, in the text's words.
        against_words: Whom it accuses, in the text's words.
        against: Id of whom it accuses; None if the words resolve to nobody known.
        due: Day by which a commitment is promised.
        method: Reader, rule and version that made it.

    Raises:
        BadStatement: An unknown kind.
    """

    id: str = ""
    source: str = ""
    published: date | None = None
    span: tuple[int, int]
    quote: str
    kind: StatementKind
    speaker_words: str = ""
    speaker: str
    about: str = ""
    against_words: str = ""
    against: str | None = None
    due: date | None = None
    method: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(StatementKind):
            raise BadStatement(self.kind)
        if not self.id:
            told = self.as_json()
            substance = {
                name: value
                for name, value in told.items()
                if name not in ("type", "id", "method") and value not in (None, "")
            }
            object.__setattr__(self, "id", short_id("st", substance))

    def as_json(self) -> dict[str, object]:
        told: dict[str, object] = {"type": "statement"}
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, date):
                value = value.isoformat()
            told[part.name] = list(value) if isinstance(value, tuple) else value
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Statement:
        """Read a saying back from its JSON object, as ``read --jsonl`` prints it."""
        values = {name: value for name, value in told.items() if name != "type"}
        for day in ("published", "due"):
            if values.get(day):
                values[day] = date.fromisoformat(str(values[day]))
        values["span"] = tuple(values["span"])  # type: ignore[arg-type]  # a pair, as written
        return cls(**values)  # type: ignore[arg-type]  # as written by as_json
