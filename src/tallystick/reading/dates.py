"""Read dates: points, windows, “since”, “last week”, weekdays against the day of publication.

A date is read only as exactly as it is said: “in October” is a month, “since Thursday” a window
that ends on the day of publication. Without that day a relative date is left unread and said so.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from tallystick.reading.items import Item

__all__ = ["iso_of", "with_dates"]

_DATE = frozenset({"date"})
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SINCE = frozenset({"since", "desde", "depuis", "منذ"})
_UNITS = {
    "day": 1, "days": 1, "week": 7, "weeks": 7, "hour": 0, "hours": 0, "month": 30, "months": 30,
    "dia": 1, "dias": 1, "semana": 7, "semanas": 7, "hora": 0, "horas": 0,
    "jour": 1, "jours": 1, "semaine": 7, "semaines": 7, "heures": 0,
}  # fmt: skip
Window = tuple[date, date]


def with_dates(items: list[Item], published: date | None) -> list[Item]:
    """Return the items with each date as one item tagged date; unread relative dates too."""
    starts = {
        at
        for at, item in enumerate(items)
        if not _OPEN.isdisjoint(item.tags) or (item.word in _RELATIVE and _is_span(items, at + 1))
    }
    if not starts:
        return items
    out: list[Item] = []
    at = 0
    while at < len(items):
        made = _date_at(items, at, published) if at in starts else None
        if made is None:
            out.append(items[at])
            at += 1
        else:
            found, at = made
            if _is_told_again(found, out):
                out.pop()
                out[-1].end = found.end
                continue
            _reach_back(found, out, published)
            out.append(found)
    return out


_OPEN = frozenset(
    {"month", "weekday", "quantity", "today", "yesterday", "before_yesterday", "so_far", "num",
     "hijri", "last_week", "last_month", "last_year", "this_year"}
)  # fmt: skip
_RELATIVE = frozenset({"last", "this", "past", "the", "the last", "the past"})
_CALENDAR_WORDS = frozenset({"day", "week", "month", "year"})


def _is_span(items: list[Item], at: int) -> bool:
    return at < len(items) and items[at].word in _CALENDAR_WORDS


def _is_told_again(found: Item, out: list[Item]) -> bool:
    """Say whether a day only says again which day was meant: “since Thursday, 6 March”."""
    if len(out) < 2 or "comma" not in out[-1].tags or found.days is None:
        return False
    before = out[-2].days
    return before is not None and found.days[0] == found.days[1] == before[0]


def _date_at(items: list[Item], at: int, published: date | None) -> tuple[Item, int] | None:
    for read in (_day_month, _month_day, _two_days, _month, _weekday, _near, _ago, _last, _year):
        found = read(items, at, published)
        if found is not None:
            window, end = found
            first, last = items[at], items[end - 1]
            item = Item(first.start, last.end, "date", tags=_DATE, days=window)
            if "so_far" in first.tags:
                item.tags = _DATE | {"so_far"}
            return item, end
    return None


Found = tuple[Window | None, int] | None


def _value(items: list[Item], at: int, least: int, most: int) -> int | None:
    if not 0 <= at < len(items):
        return None
    item = items[at]
    if "ordinal" in item.tags:
        number = int(re.sub(r"\D", "", item.word))
    elif item.lo is not None and item.lo == item.hi and item.tags & {"num", "quantity"}:
        number = item.lo
    else:
        return None
    return number if least <= number <= most else None


def _month_number(items: list[Item], at: int) -> int | None:
    if not 0 <= at < len(items) or "month" not in items[at].tags:
        return None
    item = items[at]
    if item.word in ("may", "march", "mar", "sun", "sat", "wed") and not item.is_capital:
        # In small letters these are verbs; a day or a year beside them makes them months.
        beside = _value(items, at + 1, 1, 2100) or _value(items, at - 1, 1, 31)
        if beside is None:
            return None
    return int(item.entry.value) + 1


def _optional_of(items: list[Item], at: int) -> int:
    return at + 1 if at < len(items) and items[at].word in ("of", "de", "del", ",", "من") else at


def _year_after(items: list[Item], at: int) -> tuple[int | None, int]:
    place = _optional_of(items, at)
    year = _value(items, place, 1900, 2100)
    if year is None and place == at and at < len(items):
        short = _value(items, at, 60, 99)
        if short is not None and "quantity" in items[at].tags and len(items[at].word) == 2:
            return 1900 + short, at + 1
    return (year, place + 1) if year is not None else (None, at)


def _day(year: int | None, month: int, day: int, published: date | None) -> Window | None:
    if year is None and published is None:
        return None
    try:
        found = date(year or published.year, month, day)  # type: ignore[union-attr]  # one of them is given
        if year is None and published is not None and found > published + timedelta(days=7):
            found = date(published.year - 1, month, day)
    except ValueError:
        return None
    return found, found


def _day_month(items: list[Item], at: int, published: date | None) -> Found:
    day = _value(items, at, 1, 31)
    if day is None:
        return None
    place = _optional_of(items, at + 1)
    month = _month_number(items, place)
    if month is None:
        return None
    year, end = _year_after(items, place + 1)
    return _day(year, month, day, published), end


def _month_day(items: list[Item], at: int, published: date | None) -> Found:
    month = _month_number(items, at)
    if month is None:
        return None
    day = _value(items, at + 1, 1, 31)
    if day is None or ("num" in items[at + 1].tags and items[at + 1].word == "number"):
        return None
    year, end = _year_after(items, at + 2)
    return _day(year, month, day, published), end


def _two_days(items: list[Item], at: int, published: date | None) -> Found:
    """Read “3 and 4 November” and “3-5 November”."""
    if at + 2 < len(items) and items[at + 1].word in ("and", "y", "et", "to", "-", "و"):
        first, second = _value(items, at, 1, 31), _day_month(items, at + 2, published)
        if first is not None and second is not None:
            return _widened(first, second)
    item = items[at]
    if item.hedge == "range" and item.lo is not None and item.hi is not None and item.hi <= 31:
        month = _month_number(items, at + 1)
        if month is not None:
            year, end = _year_after(items, at + 2)
            last = _day(year, month, item.hi, published)
            return _widened(item.lo, (last, end))
    return None


def _widened(first: int, second: tuple[Window | None, int]) -> Found:
    window, end = second
    if window is None or first > window[1].day or first < 1:
        return None, end
    return (window[1].replace(day=first), window[1]), end


def _month(items: list[Item], at: int, published: date | None) -> Found:
    month = _month_number(items, at)
    if month is None:
        return None
    year, end = _year_after(items, at + 1)
    if year is None and (published is None or not _stands_as_month(items, at)):
        return (None, end) if items[at].is_capital else None
    if year is None and published is not None:
        year = published.year if month <= published.month else published.year - 1
    assert year is not None
    last = calendar.monthrange(year, month)[1]
    return (date(year, month, 1), date(year, month, last)), end


def _stands_as_month(items: list[Item], at: int) -> bool:
    return len(items[at].word) > 3 and (items[at].is_capital or at > 0)


def _weekday(items: list[Item], at: int, published: date | None) -> Found:
    item = items[at]
    if "weekday" not in item.tags:
        return None
    if item.word in ("sun", "sat", "wed", "mon") and not item.is_capital:
        return None
    if published is None:
        return None, at + 1
    back = (published.weekday() - int(item.entry.value) % 7) % 7
    if at > 0 and items[at - 1].word == "last" and back == 0:
        back = 7
    found = published - timedelta(days=back)
    return (found, found), at + 1


_CALENDAR_TAGS = (
    ("last_week", "week", "last"),
    ("last_month", "month", "last"),
    ("last_year", "year", "last"),
    ("this_year", "year", "this"),
)


def _near(items: list[Item], at: int, published: date | None) -> Found:
    """Read “today”, “yesterday”, “the day before yesterday”."""
    tags, word = items[at].tags, items[at].word
    back = 0 if "today" in tags else 1 if "yesterday" in tags else None
    end = at + 1
    for tag, unit, which in _CALENDAR_TAGS:
        if tag in tags:
            return (_calendar(unit, which, published) if published is not None else None), end
    if "before_yesterday" in tags:
        back = 2
    elif word == "the" and [item.word for item in items[at + 1 : at + 4]] == [
        "day",
        "before",
        "yesterday",
    ]:
        back, end = 2, at + 4
    if back is None:
        return None
    if published is None:
        return None, end
    found = published - timedelta(days=back)
    return (found, found), end


def _ago(items: list[Item], at: int, published: date | None) -> Found:
    """Read “three days ago”, “in the past 24 hours”."""
    number = items[at].lo if items[at].tags & {"num", "quantity"} else None
    if number is None or at + 1 >= len(items) or items[at].hi != number:
        return None
    unit = _UNITS.get(items[at + 1].word)
    if unit is None:
        return None
    days = number * unit if unit else -(-number // 24)
    before = [item.word for item in items[max(0, at - 3) : at]]
    says_ago = at + 2 < len(items) and items[at + 2].word == "ago"
    if says_ago or before[-1:] == ["hace"]:
        return _day_before(published, days if unit == 1 else None), at + 2 + says_ago
    if any(word in _PAST for word in before):
        is_read = published is not None and days <= 4000
        return ((published - timedelta(days), published) if is_read and published else None), at + 2
    return None


_PAST = frozenset({"past", "last", "previous", "ultimas", "ultimos", "dernieres", "derniers"})


def _day_before(published: date | None, days: int | None) -> Window | None:
    if published is None or days is None or days > 4000:
        return None
    found = published - timedelta(days=days)
    return found, found


def _last(items: list[Item], at: int, published: date | None) -> Found:
    """Read “last week”, “last month”, “this year”, “so far this year”."""
    word = items[at].word
    here = at
    if "so_far" in items[at].tags and not word.endswith("this year"):
        return None
    if word.endswith("this year"):
        unit, which = "year", "this"
    elif word in ("last", "this", "past", "the last", "the past") and at + 1 < len(items):
        unit, which, here = items[at + 1].word, "this" if word == "this" else "last", at + 1
    else:
        return None
    if unit not in ("week", "month", "year"):
        return None
    if published is None:
        return None, here + 1
    return _calendar(unit, which, published), here + 1


def _calendar(unit: str, which: str, published: date) -> Window:
    if unit == "week":
        monday = published - timedelta(days=published.weekday())
        return (
            (monday, published)
            if which == "this"
            else (monday - timedelta(7), monday - timedelta(1))
        )
    first = published.replace(day=1) if unit == "month" else published.replace(month=1, day=1)
    if which == "this":
        return first, published
    last = first - timedelta(days=1)
    return (last.replace(day=1) if unit == "month" else last.replace(month=1, day=1)), last


def _year(items: list[Item], at: int, _published: date | None) -> Found:
    item = items[at]
    if "quantity" not in item.tags or len(item.word) != 4:
        iso = _ISO.fullmatch(item.word)
        return None if iso is None else ((date(*map(int, iso.groups())),) * 2, at + 1)
    year = _value(items, at, 1900, 2100)
    if (
        year is None
        or at == 0
        or items[at - 1].word not in ("in", "since", "during", "of", "en", "de", "desde", "depuis")
    ):
        return None
    return (date(year, 1, 1), date(year, 12, 31)), at + 1


def _reach_back(item: Item, out: list[Item], published: date | None) -> None:
    """Make “since Thursday” end on the day of publication; join “between A and B”."""
    if not out or item.days is None:
        return
    word = out[-1].word
    if word in _SINCE or (
        len(out) > 1 and word in ("the", "last", "el") and out[-2].word in _SINCE
    ):
        item.word = "since"
        if published is not None and item.days[0] <= published:
            item.days = (item.days[0], published)
    elif (
        word in ("and", "to", "-", "y", "et", "until", "a", "au")
        and len(out) > 1
        and out[-2].days is not None
    ):
        first = out[-2].days[0]
        if first > item.days[1] and first.year == item.days[1].year and first.month != 2:
            first = first.replace(year=first.year - 1)
        opens = len(out) > 2 and out[-3].word in (
            "between",
            "from",
            "entre",
            "de",
            "du",
            "desde",
            "del",
        )
        if first <= item.days[1] and (opens or word in ("to", "-", "until")):
            item.days = (first, item.days[1])
            item.start = out[-2].start
            del out[-2:]


def iso_of(window: Window) -> str:
    """Return a day, month, year, or start/end."""
    first, last = window
    if first == last:
        return first.isoformat()
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if (first.year, first.month, last.month) == (last.year, 1, 12):
            return f"{first:%Y}"
    return f"{first.isoformat()}/{last.isoformat()}"
