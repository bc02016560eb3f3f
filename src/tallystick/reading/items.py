"""Hold the pieces that the reader's steps hand on: words, numbers, dates, groups of people.

Every step takes a list of items of one sentence and gives a shorter one, in which what it
understood stands as one item. Offsets count in the folded text (``text.fold``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tallystick.reading.lexicon import Entry

__all__ = ["Group", "Item", "NOTHING"]

NOTHING = Entry()


@dataclass(slots=True)
class Group:
    """Hold a group of people as a text names it: “at least three women of the village”.

    Args:
        lo: Least number; None = no number is said (“the soldiers”).
        hi: Greatest number; None = no upper bound.
        hedge: How the number is said.
        det: How it is introduced: num, the, a, no, possessive, name, pron, bare.
        category: Whom, by head noun and adjectives.
        unit: persons or families.
        is_person: Whether the head is known as people.
        is_thing: Whether the head is known as something else: never counted.
        is_more: Whether it is “another”, “other”, “more”.
        is_plural: Of the head.
        state: Harm that the group is named by (“the wounded”, “12 dead”).
        head: Folded head noun; empty if none stands there.
        names: How many names it is made of.
        number: Offsets of the number itself; None = no number.
    """

    lo: int | None = None
    hi: int | None = None
    hedge: str = "exact"
    det: str = "bare"
    category: str = ""
    unit: str = "persons"
    is_person: bool = False
    is_thing: bool = False
    is_more: bool = False
    is_plural: bool | None = None
    state: Entry | None = None
    head: str = ""
    mark: str = ""
    names: int = 0
    number: tuple[int, int] | None = None
    adjectives: tuple[str, ...] = ()

    @property
    def is_counted(self) -> bool:
        return self.lo is not None and not self.is_thing


@dataclass(slots=True)
class Item:
    """Hold one piece of a sentence.

    Args:
        start: First offset in the folded text.
        end: Offset after the last.
        word: Folded word, or a name of what it is.
        entry: What the lexicon knows of it.
        tags: The parts it can play here.
        is_capital: Whether it begins with a capital letter in the text.
        lo: For numbers.
        hi: For numbers; None = no upper bound.
        hedge: For numbers.
        days: For dates: first and last day.
        group: For groups of people.
        parts: The items it was made of, for groups.
    """

    start: int
    end: int
    word: str
    entry: Entry = NOTHING
    tags: frozenset[str] = frozenset()
    is_capital: bool = False
    lo: int | None = None
    hi: int | None = None
    hedge: str = ""
    days: tuple[date, date] | None = None
    group: Group | None = None
    parts: Sequence[Item] = ()

    def can(self, tag: str) -> bool:
        return tag in self.tags
