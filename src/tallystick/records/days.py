"""Say when: closed windows of days, partial dates, and the marks at which counting closed."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from tallystick.errors import Unreadable

__all__ = ["Counted", "Days", "Mark", "UnclearDate"]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MARK = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?|\d{2}))?")


class UnclearDate(Unreadable):
    """Words do not say a date, or a window runs backwards."""

    code = "unclear-date"

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words[:60]}” is no date or window of days.",
            then="write 2025, 2025-03, 2025-03-06 or 2025-03-06/2025-03-11.",
        )


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Hold a closed window of days: both ends are inside.

    Args:
        first: First day.
        last: Last day, not before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UnclearDate(f"{self.first}..{self.last}")

    @classmethod
    def parse(cls, words: str) -> Days:
        """Read ``2025``, ``2025-03``, ``2025-03-06``, or two of these joined by ``/`` or ``..``.

        Raises:
            UnclearDate: Anything else, or a window that runs backwards.
        """
        first, _, last = words.strip().replace("..", "/").partition("/")
        start = _window(first)
        return cls(start[0], _window(last)[1] if last else start[1])

    @classmethod
    def from_json(cls, value: object) -> Days:
        """Read a pair of partial dates, or one string."""
        if isinstance(value, str):
            return cls.parse(value)
        if isinstance(value, list | tuple) and len(value) == 2:
            return cls(_window(str(value[0]))[0], _window(str(value[1]))[1])
        raise UnclearDate(str(value))

    def as_json(self) -> list[str]:
        return [self.first.isoformat(), self.last.isoformat()]

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    def contains(self, other: Days) -> bool:
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Days) -> bool:
        return self.first <= other.last and other.first <= self.last


def _window(words: str) -> tuple[date, date]:
    found = _PARTIAL.fullmatch(words.strip())
    if found is None:
        raise UnclearDate(words)
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is not None and month is not None and day is not None:
            return date(year, month, day), date(year, month, day)
        if year is not None and month is not None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year or 0, 1, 1), date(year or 0, 12, 31)
    except (ValueError, calendar.IllegalMonthError) as trouble:
        raise UnclearDate(words) from trouble


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold the moment at which a teller closed a count.

    A mark with a clock time is an instant. A date alone is *some* instant of that day, so two
    dates alone on one day are in no order, and neither is a date alone beside a time of its day.

    Args:
        day: The day.
        time: ``HH``, ``HH:MM`` or ``HH:MM:SS``; empty if the text gives a date alone.
    """

    day: date
    time: str = ""

    @classmethod
    def parse(cls, words: str) -> Mark:
        """Read ``2025-03-08`` or ``2025-03-08T06:00``.

        Raises:
            UnclearDate: Anything else.
        """
        found = _MARK.fullmatch(words.strip())
        try:
            if found is None:
                raise ValueError(words)
            return cls(date.fromisoformat(found[1]), found[2] or "")
        except ValueError as trouble:
            raise UnclearDate(words) from trouble

    def __str__(self) -> str:
        return f"{self.day.isoformat()}T{self.time}" if self.time else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Counted:
    """Hold the window of *documentation* (after, until], not of the events.

    A stock has no ``after``: all that was counted until the mark. A day's additions run from
    yesterday's mark to today's.

    Args:
        after: The mark after which counting began; None = from the beginning.
        until: The mark at which the count closed; None = not known, or never.
    """

    after: Mark | None = None
    until: Mark | None = None

    def __post_init__(self) -> None:
        if self.after and self.until and self.until.day < self.after.day:
            raise UnclearDate(str(self))

    @classmethod
    def parse(cls, words: str) -> Counted:
        """Read ``..2025-03-11``, ``2025-03-10..2025-03-11``, ``2025-03-10..`` or ``?``."""
        if words.strip() == "?":
            return cls()
        after, dots, until = words.strip().partition("..")
        if not dots:
            raise UnclearDate(words)
        return cls(Mark.parse(after) if after else None, Mark.parse(until) if until else None)

    @classmethod
    def from_json(cls, value: object) -> Counted:
        """Read a pair (after, until) of dates, date-times or null."""
        if isinstance(value, str):
            return cls.parse(value)
        if isinstance(value, list | tuple) and len(value) == 2:
            after, until = (Mark.parse(str(end)) if end else None for end in value)
            return cls(after, until)
        raise UnclearDate(str(value))

    def as_json(self) -> list[str | None]:
        return [str(end) if end else None for end in (self.after, self.until)]

    def __str__(self) -> str:
        if self.after is None and self.until is None:
            return "?"
        return f"{self.after or ''}..{self.until or ''}"
