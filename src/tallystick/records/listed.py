"""Hold what one list says of one person, once linking has told who is who."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from tallystick.records.claim import Kind, Whom
from tallystick.records.days import Counted, Days

__all__ = ["Listed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Hold one person as one list names them; nobody's name stands here.

    Two entries of one ``person`` speak of one human being. Two persons are two, unless they are
    ``undecided``: then nobody can tell yet.

    Args:
        person: Id of the linked person.
        list: Id or name of the list.
        originator: Who keeps the list, and so counts the people on it.
        kind: What the list says was done to them.
        where: Ids of places; several = one of them; none = not said.
        during: Window in which it was done; None = not said.
        whom: How the list describes them, in terms.
        by: Id of the alleged perpetrator; never inferred.
        source: Id of the source in which the list stands.
        published: Day on which the list was published.
        counted: Window of documentation; by default until it was published.
        undecided: Ids of persons who may be this one.
    """

    person: str
    list: str
    originator: str
    kind: Kind = "killed"
    where: tuple[str, ...] = ()
    during: Days | None = None
    whom: Whom = field(default_factory=Whom)
    by: str | None = None
    source: str = ""
    published: dt.date | None = None
    counted: Counted = field(default_factory=Counted)
    undecided: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", tuple(sorted(set(self.where))))
        others = sorted({other for other in self.undecided if other != self.person})
        object.__setattr__(self, "undecided", tuple(others))

    @property
    def known(self) -> dt.date | None:
        """Return the day from which this can be said; None if nothing tells it."""
        return self.published or (self.counted.until.day if self.counted.until else None)
