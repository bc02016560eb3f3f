"""Read Arabic dates: days and months by three calendars, weekdays, “since”, “last week”.

Relative dates count from the day of publication; without it they are left unread. A Hijri day is
reckoned by the tabular calendar, which may be a day off what was seen: its window has that day.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from tallystick.reading.items import Item

__all__ = ["with_dates"]

Window = tuple[date, date]
Found = tuple[Window | None, int]
_DATE = frozenset({"date"})
_DAYS = {"يوم": 1, "ايام": 1, "يوما": 1, "ليله": 1, "ليال": 1, "اسبوع": 7, "اسابيع": 7, "اسبوعا": 7,
         "شهر": 30, "اشهر": 30, "شهور": 30, "شهرا": 30, "سنه": 365, "سنوات": 365, "عام": 365,
         "اعوام": 365, "عاما": 365}  # fmt: skip
_DUALS = {"يومين": 2, "يومان": 2, "اسبوعين": 14, "ساعتين": 1, "شهرين": 60, "عامين": 730}
_HOURS = frozenset({"ساعه", "ساعات"})
_HIJRI_EPOCH = 227_015  # the proleptic Gregorian ordinal of 1 Muharram 1


def with_dates(items: list[Item], published: date | None) -> list[Item]:
    """Return the items with each date as one item tagged date."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        made = _date_at(items, at, published)
        if made is None:
            out.append(items[at])
            at += 1
            continue
        window, end = made
        item = Item(items[at].start, items[end - 1].end, "date", tags=_DATE, days=window)
        item.is_capital = any("month" in one.tags for one in items[at:end])
        if not _joins_last(item, out, published):
            _reach_back(item, out, published)
            out.append(item)
        at = end
    return out


def _date_at(items: list[Item], at: int, published: date | None) -> Found | None:
    for read in _READERS:
        found = read(items, at, published)
        if found is not None:
            return found
    return None


def _value(items: list[Item], at: int, least: int, most: int) -> int | None:
    if not 0 <= at < len(items):
        return None
    item = items[at]
    if item.lo is None or item.lo != item.hi or not item.tags & {"num", "quantity"}:
        return None
    return item.lo if least <= item.lo <= most else None


def _over(items: list[Item], at: int) -> int:
    """Step over “من”, “شهر” between a day and its month."""
    while at < len(items) and items[at].word in ("من", "شهر", "ل"):
        at += 1
    return at


def _year_after(items: list[Item], at: int) -> tuple[int | None, int]:
    here = at
    while here < len(items) and items[here].word in ("من", "عام", "سنه", "العام", ",", "لعام"):
        here += 1
    year = _value(items, here, 1300, 2100)
    if year is not None and "num" in items[here].tags:
        year = None  # “12 آذار 1383 مدنياً”: what is counted is no year
    return (year, here + 1) if year is not None else (None, at)


def _month(items: list[Item], at: int) -> int | None:
    return int(items[at].entry.value) + 1 if at < len(items) and "month" in items[at].tags else None


def _day(year: int | None, month: int, day: int, published: date | None) -> Window | None:
    if (year is None and published is None) or (year is not None and year < 1900):
        return None
    told = year or (published.year if published else 0)
    try:
        found = date(told, month, day)
        if year is None and published and found > published + timedelta(days=7):
            found = date(told - 1, month, day)
    except ValueError:
        return None
    return found, found


def _day_month(items: list[Item], at: int, published: date | None) -> Found | None:
    day = _value(items, at, 1, 31)
    place = _over(items, at + 1)
    if day is None or place >= len(items):
        return None
    if "hijri" in items[place].tags:
        return _hijri(items, place, day)
    month = _month(items, place)
    if month is None:
        return None
    year, end = _year_after(items, place + 1)
    return _day(year, month, day, published), end


def _hijri(items: list[Item], place: int, day: int) -> Found | None:
    year, end = _year_after(items, place + 1)
    if year is None or not 1300 <= year <= 1600:
        return None, end
    if end < len(items) and items[end].word in ("هـ", "ه", "هجري", "هجريا", "للهجره"):
        end += 1
    month = int(items[place].entry.value)
    ordinal = (
        day + (59 * month + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + _HIJRI_EPOCH - 1
    )
    found = date.fromordinal(ordinal)
    return (found - timedelta(1), found + timedelta(1)), end


def _days_month(items: list[Item], at: int, published: date | None) -> Found | None:
    """Read “3 و4 آذار”, “من 6 إلى 12 آذار”, “بين 6 و12 آذار”, “3-5 آذار”."""
    low = items[at].lo
    if items[at].hedge == "range" and low is not None and (items[at].hi or 99) <= 31:
        place = _over(items, at + 1)
        month = _month(items, place) if place < len(items) else None
        if month is None:
            return None
        year, end = _year_after(items, place + 1)
        return _from_to(low, _day(year, month, items[at].hi or 0, published)), end
    first = _value(items, at, 1, 31)
    if first is None or at + 2 >= len(items) or items[at + 1].word not in ("و", "الي", "-"):
        return None
    last = _day_month(items, at + 2, published)
    return None if last is None else (_from_to(first, last[0]), last[1])


def _from_to(first: int, last: Window | None) -> Window | None:
    if last is None or not 1 <= first <= last[1].day:
        return None
    return last[1].replace(day=first), last[1]


def _whole_month(items: list[Item], at: int, published: date | None) -> Found | None:
    month = _month(items, at)
    if month is None:
        return None
    year, end = _year_after(items, at + 1)
    if end < len(items) and items[end].tags & {"past", "current"} and year is None:
        end += 1
    if year is None:
        if published is None:
            return None, end
        year = published.year if month <= published.month else published.year - 1
    if year < 1900:
        return None, end
    last = calendar.monthrange(year, month)[1]
    return (date(year, month, 1), date(year, month, last)), end


def _numeric(items: list[Item], at: int, published: date | None) -> Found | None:
    """Read 9/3/2025 and 2025-03-09, day before month as Arabic papers write."""
    if (
        at + 4 >= len(items)
        or items[at + 1].word not in ("/", "-")
        or items[at + 3].word != items[at + 1].word
    ):
        return None
    told = [_value(items, at + step, 1, 2100) for step in (0, 2, 4)]
    if None in told:
        return None
    first, month, last = (int(value or 0) for value in told)
    year, day = (first, last) if first > 31 else (last, first)
    if not 1900 <= year <= 2100 or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return _day(year, month, day, published), at + 5


def _weekday(items: list[Item], at: int, published: date | None) -> Found | None:
    if "weekday" not in items[at].tags:
        return None
    end = at + 1
    is_past = end < len(items) and "past" in items[end].tags
    end += is_past
    if published is None:
        return None, end
    back = (published.weekday() - int(items[at].entry.value)) % 7
    found = published - timedelta(days=back or (7 if is_past else 0))
    return (found, found), end


def _near(items: list[Item], at: int, published: date | None) -> Found | None:
    tags = items[at].tags
    back = (
        2
        if "before-yesterday" in tags
        else 1
        if "yesterday" in tags
        else 0
        if "today" in tags
        else None
    )
    if back is None:
        return None
    if published is None:
        return None, at + 1
    found = published - timedelta(days=back)
    return (found, found), at + 1


def _ago(items: list[Item], at: int, published: date | None) -> Found | None:
    """Read “قبل ثلاثة أيام”, “قبل يومين”, “خلال الـ24 ساعة الماضية”, “خلال اليومين الماضيين”."""
    word = items[at].word
    if word in ("قبل", "منذ") or "since" in items[at].tags:
        size, end = _length(items, at + 1)
        if size is None:
            return None
        if published is None or size > 4000 or (word == "قبل" and size % 30 == 0):
            return None, end
        found = published - timedelta(days=size)
        return ((found, found) if word == "قبل" else (found, published)), end
    if word in ("خلال", "في", "اخر"):
        size, end = _length(items, at + 1)
        if size is None or end >= len(items) or "past" not in items[end].tags:
            return None
        window = (published - timedelta(days=size), published) if published else None
        return window, end + 1
    return None


def _length(items: list[Item], at: int) -> tuple[int | None, int]:
    """Return a length of time in days, and the index after it."""
    if at >= len(items):
        return None, at
    word = items[at].word.removeprefix("ال")
    if word in _DUALS:
        return _DUALS[word], at + 1
    if word in _HOURS and at + 1 < len(items) and (hours := _value(items, at + 1, 1, 99)):
        return -(-hours // 24), at + 2
    number = _value(items, at, 1, 999)
    unit = items[at + 1].word.removeprefix("ال") if at + 1 < len(items) else ""
    if number is None or (unit not in _DAYS and unit not in _HOURS):
        return None, at
    return (number * _DAYS[unit] if unit in _DAYS else -(-number // 24)), at + 2


def _period(items: list[Item], at: int, published: date | None) -> Found | None:
    """Read “الأسبوع الماضي”, “الشهر الماضي”, “هذا العام”, “العام الجاري”."""
    word = items[at].word.removeprefix("ال")
    unit = {"اسبوع": "week", "شهر": "month", "عام": "year", "سنه": "year"}.get(word)
    follows = items[at + 1] if at + 1 < len(items) else None
    before = items[at - 1].word if at else ""
    if unit is None or (follows is None and before not in ("هذا", "هذه")):
        return None
    if follows is not None and "past" in follows.tags:
        return (_calendar(unit, "past", published) if published else None), at + 2
    if before in ("هذا", "هذه") or (follows is not None and "current" in follows.tags):
        end = at + 2 if follows is not None and "current" in follows.tags else at + 1
        return (_calendar(unit, "this", published) if published else None), end
    return None


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


def _year(items: list[Item], at: int, _published: date | None) -> Found | None:
    if "quantity" not in items[at].tags or at == 0:
        return None
    year = _value(items, at, 1900, 2100)
    if year is None or not (
        items[at - 1].tags & {"numbered", "since"} or items[at - 1].word == "في"
    ):
        return None
    return (date(year, 1, 1), date(year, 12, 31)), at + 1


_READERS: tuple[Callable[[list[Item], int, date | None], Found | None], ...] = (
    _numeric, _days_month, _day_month, _whole_month, _weekday, _near, _ago, _period, _year,
)  # fmt: skip


def _joins_last(item: Item, out: list[Item], published: date | None) -> bool:
    """Make one of “اليوم الجمعة 14 آذار”, “ليل الخميس الجمعة”, “من الخميس إلى الأحد”."""
    here = len(out) - 1
    while here >= 0 and out[here].word in (",", "(", "-", "/"):
        here -= 1
    if here < 0 or out[here].days is None or item.days is None or "date" not in out[here].tags:
        return False
    last = out[here]
    if last.word in ("since", "as-of") and here != len(out) - 1:
        return False
    night = here > 0 and out[here - 1].word in ("ليل", "ليله")
    one_day = item.days[0] == item.days[1]
    if night and one_day and last.days is not None and item.days[0] - last.days[0] == timedelta(1):
        last.days = (last.days[0], item.days[0])
    elif last.word == "since-until" and last.days is not None:
        last.days = (last.days[0], item.days[1])
    elif last.word == "since" and last.days is not None:
        last.days = (item.days[0], published or item.days[1])
    else:
        last.days = item.days
    last.end = item.end
    del out[here + 1 :]
    return True


def _reach_back(item: Item, out: list[Item], published: date | None) -> None:
    """Take “يوم”, “فجر” into the date; make “منذ” a window, “حتى” the day as of which."""
    while out and "day-part" in out[-1].tags and out[-1].word != "من":
        item.start = out.pop().start
    if not out or item.days is None:
        return
    word, first = out[-1], item.days[0]
    if "since" in word.tags:
        item.word = "since"
        item.start = out.pop().start
        if published is not None and first <= published:
            item.days = (first, published)
    elif "until" in word.tags or (word.word in ("و", "الي", "-") and _opens(out)):
        before = next((one for one in reversed(out[-4:]) if one.days is not None), None)
        if before is not None and before.days is not None and before.days[0] <= item.days[1]:
            item.days, item.word = (before.days[0], item.days[1]), "since-until"
            item.start = before.start
            del out[out.index(before) :]
        elif "until" in word.tags:
            item.word = "as-of"


def _opens(out: list[Item]) -> bool:
    return len(out) > 2 and out[-2].days is not None and out[-3].word in ("بين", "من")
