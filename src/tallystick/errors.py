"""Say what could not be done, where, and what to do next.

Errors are for what was *asked* and cannot be done. What is wrong with the *evidence* is an
``Issue`` (``records/issue.py``): data that is returned, stored and shown, never raised.

Six families; each class below takes facts and builds its own sentence::

    Trouble
    ├── NotFound      what was named is not there
    ├── Refused       it is there, but may not or must not be done
    ├── BrokenSeal    bytes are not the bytes that were sealed            (exit 4)
    ├── Unreadable    bytes or words that cannot be read as what they claim to be
    ├── UnknownTerm   a word that no vocabulary knows
    └── TooLittle     not enough to go on
"""

from __future__ import annotations

__all__ = [
    "BrokenSeal",
    "NotFound",
    "Refused",
    "TooLittle",
    "Trouble",
    "Unreadable",
    "UnknownTerm",
]


class Trouble(Exception):
    """Carry the three parts of a message: what, where, then.

    Args:
        what: The facts, one sentence that ends with a full stop, at most 160 characters.
        where: Source and span, list and row, or file; empty if there is no place to point at.
        then: The next step for the person who reads it; empty if there is none.
    """

    code = "trouble"

    def __init__(self, what: str, *, where: str = "", then: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.then = then

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"Where: {self.where}.")
        if self.then:
            parts.append(f"Next: {self.then}")
        return " ".join(parts)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes: a class that builds its own sentence is not built twice."""
        return _again, (type(self), self.args), self.__dict__

    def as_json(self) -> dict[str, str]:
        """Return the one JSON shape in which every door shows an error."""
        return {"code": self.code, "what": self.what, "where": self.where, "then": self.then}


def _again(kind: type[Trouble], args: tuple[object, ...]) -> Trouble:
    return kind.__new__(kind, *args)


class NotFound(Trouble):
    """What was named is not there."""

    code = "not-found"


class Refused(Trouble):
    """It is there, but it may not or must not be done."""

    code = "refused"


class BrokenSeal(Trouble):
    """Bytes are not the bytes that were sealed."""

    code = "broken-seal"


class Unreadable(Trouble):
    """Bytes or words cannot be read as what they claim to be."""

    code = "unreadable"


class UnknownTerm(Trouble):
    """A word is in no vocabulary."""

    code = "unknown-term"


class TooLittle(Trouble):
    """There is not enough to go on."""

    code = "too-little"
