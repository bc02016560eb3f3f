"""Read the numbers of a sentence: digits, words, ranges, hedges, vague words, fractions.

A number that counts no people (a year, an age, a distance, money) is marked as a quantity, so
that nothing later takes it for victims. What is no person is decided by what stands beside it.
"""

from __future__ import annotations

from fractions import Fraction

from tallystick.reading.items import Item
from tallystick.reading.lexicon import Lexicon
from tallystick.text import NumberWords, digits_value, number_at, number_words

__all__ = ["with_numbers"]

_NUM = frozenset({"num"})
_QUANTITY = frozenset({"quantity"})
_NEVER_PEOPLE = frozenset({"age", "ordinal", "measure", "clock"})
_MONEY = frozenset(["rs", "inr", "usd", "us$", "rs.", "eur", "dollars", "rupees", "nis"])
_NUMBERED = frozenset(
    [
        "no",
        "section",
        "nh",
        "article",
        "resolution",
        "km",
        "mile",
        "unit",
        "block",
        "chapter",
        "act",
        "sector",
        "page",
        "room",
        "point",
        "route",
        "highway",
        "number",
        "phase",
        "operation",
        "ward",
        "flight",
        "m.m",
        "fy",
        "brigade",
        "battalion",
        "division",
        "level",
        "g",
        "g-",
        "ap",
        "anniversary",
        "class",
        "grade",
        "zone",
    ]
)


def with_numbers(items: list[Item], lexicon: Lexicon) -> list[Item]:
    """Return the items with every number phrase as one item, tagged num or quantity."""
    table = number_words(lexicon.lang)
    words = [item.word for item in items]
    if table.heads.isdisjoint(words) and all(_TELLS.isdisjoint(item.tags) for item in items):
        return items
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        if item.word not in table.openers and _TELLS.isdisjoint(item.tags):
            out.append(item)
            at += 1
            continue
        made = _number(items, words, at, table) if _may_begin(items, at, table) else None
        if made is None and "as-many" in item.tags:
            made = _as_many(item, at, out)
        if made is None:
            if item.tags & _NEVER_PEOPLE:
                item.tags = item.tags | _QUANTITY
            out.append(item)
            at += 1
        else:
            number, at = made
            out.append(_judged(number, items, at, out))
    numbers = sum("num" in item.tags for item in out)
    return _hedged(_ranged(out) if numbers > 1 else out) if numbers else out


def _may_begin(items: list[Item], at: int, table: NumberWords) -> bool:
    tags, word = items[at].tags, items[at].word
    if tags & _VALUED or "number" in tags:
        return True
    if word not in table.openers:
        return False
    # “a” begins a number only before hundred or dozen.
    follows = items[at + 1].word if at + 1 < len(items) else ""
    return word not in table.articles or word in table.ones or follows in table.openers


_VALUED = frozenset({"vague", "pair", "fraction"})
_TELLS = _VALUED | _NEVER_PEOPLE | {"number", "as-many"}


def _number(
    items: list[Item], words: list[str], at: int, table: NumberWords
) -> tuple[Item, int] | None:
    item = items[at]
    if item.tags & _VALUED and not (item.word in table.half and number_at(words, at, table)):
        return _valued(item, items, at), at + 1
    read = number_at(words, at, table)
    if read is None or read[1] <= at:
        return _in_digits(item, at) if "number" in item.tags else None
    value, end = read
    if "word" in item.tags and item.is_capital and value == 1 and len(words) == 1:
        return None
    made = Item(item.start, items[end - 1].end, "number", lo=value, hi=value, tags=_NUM)
    made.hedge = "exact"
    if words[at] in table.articles or item.word in ("one", "un", "una", "une", "uno"):
        made.parts = [item]
    return made, end


def _as_many(item: Item, at: int, out: list[Item]) -> tuple[Item, int] | None:
    """Read “and as many soldiers”: the number told just before."""
    before = next((one for one in reversed(out) if "num" in one.tags), None)
    if before is None:
        return None
    made = Item(item.start, item.end, "number", lo=before.lo, hi=before.hi, tags=_NUM)
    made.hedge = before.hedge
    return made, at + 1


def _in_digits(item: Item, at: int) -> tuple[Item, int]:
    value = digits_value(item.word.replace(", ", ","))
    made = Item(item.start, item.end, item.word, tags=_QUANTITY)
    if value is not None and value.denominator == 1:
        made.lo = made.hi = int(value)
        made.tags = _NUM
        made.hedge = "exact"
    return made, at + 1


def _valued(item: Item, items: list[Item], at: int) -> Item:
    made = Item(item.start, item.end, item.word, item.entry, item.tags, item.is_capital)
    if "fraction" in item.tags:
        made.tags = frozenset({"fraction"})
        return made
    follows = items[at + 1] if at + 1 < len(items) else None
    if item.word in ("some", "many", "few", "both") and follows is None:
        return made
    made.lo = int(item.entry.value)
    made.hi = made.lo if "pair" in item.tags else None
    made.hedge = "exact" if "pair" in item.tags else "vague"
    if item.entry.mark == "approx":
        made.hedge = "approx"
    made.tags = _NUM | (item.tags & {"hedge"})
    return made


def _judged(number: Item, items: list[Item], end: int, out: list[Item]) -> Item:
    """Mark a number as a quantity by its neighbours."""
    before = out[-1] if out else None
    after = items[end] if end < len(items) else None
    if _is_quantity(number, before, after):
        number.tags = _QUANTITY
    return number


def _is_quantity(number: Item, before: Item | None, after: Item | None) -> bool:
    if after is not None and "month" in after.tags:
        return after.is_capital or after.word != "may"
    if after is not None and _is_measured(after):
        return True
    if before is None:
        return False
    if "money" in before.tags or before.word in _MONEY or before.word in _NUMBERED:
        return True
    if "month" in before.tags and number.word != "number" and _is_bare_end(after):
        return True
    is_age = before.word in ("aged", "age", "ages") or _in_brackets_like_age(before, number, after)
    return is_age or _is_year(number, before, after)


def _is_measured(after: Item) -> bool:
    if after.word in ("%", "percent"):
        return True
    return "thing" in after.tags and "person" not in after.tags and after.entry.mark == "units"


def _is_bare_end(after: Item | None) -> bool:
    return after is None or not after.tags & {"person", "adj"}


def _in_brackets_like_age(before: Item, number: Item, after: Item | None) -> bool:
    return (
        before.word in ("(", ",")
        and after is not None
        and after.word in (")", ",")
        and (before.word == "(" or number.word != "number")
        and (number.lo or 0) < 110
    )


def _is_year(number: Item, before: Item, after: Item | None) -> bool:
    if number.lo is None or not 1800 <= number.lo <= 2100 or len(number.word) != 4:
        return False
    if after is not None and "noun" in after.entry.forms and not after.word.endswith("s"):
        return True  # “the 2013 killing of …”
    if "month" in before.tags or before.word in ("in", "since", "of", "until", "by", "during", ","):
        return after is None or not after.tags & {"person", "adj", "harm"} or before.word == "in"
    return after is None or not after.tags & {"person", "adj", "word", "harm", "community"}


def _ranged(items: list[Item]) -> list[Item]:
    """Join “between 20 and 35”, “20 to 35 people”, “3-5” into one number."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        joined = _range_at(items, at)
        if joined is None or not _is_range(joined.word, out, items, at + 3):
            out.append(items[at])
            at += 1
            continue
        if out and out[-1].word in (*_BETWEEN, *_FROM):
            joined.start = out.pop().start
        joined.word = "number"
        out.append(joined)
        at += 3
    return out


_BETWEEN = ("between", "entre", "بين")
_FROM = ("from", "de", "desde")


def _is_range(joint: str, out: list[Item], items: list[Item], after: int) -> bool:
    """Tell a range from a list (“3 and 4”) and from a change (“rose from 31 to 38”)."""
    if out and out[-1].word in _BETWEEN:
        return True
    if joint == "and" or _changes(out):
        return False
    return joint != "to" or _person_follows(items, after)


def _changes(out: list[Item]) -> bool:
    """Say whether “from” stands right after a verb of rising: “rose from 31 to 38 dead”."""
    return len(out) > 1 and out[-1].word in _FROM and "rise" in out[-2].tags


def _range_at(items: list[Item], at: int) -> Item | None:
    if at + 2 >= len(items) or "num" not in items[at].tags or "num" not in items[at + 2].tags:
        return None
    low, joint, high = items[at], items[at + 1], items[at + 2]
    if low.hi is None or high.lo is None or low.hi != low.lo or high.lo != high.hi:
        return None
    word = {
        "-": "-",
        "to": "to",
        "and": "and",
        "or": "or",
        "a": "to",
        "y": "and",
        "et": "and",
        "و": "and",
        "الي": "to",
    }.get(joint.word)
    if word is None or low.lo is None:
        return None
    if word == "-" and not (joint.end == high.start or joint.start == low.end):
        return None
    lo, hi = low.lo, high.lo
    if lo >= hi or (word == "or" and hi > 3 * lo + 3):
        return None
    return Item(low.start, high.end, word, lo=lo, hi=hi, hedge="range", tags=_NUM)


def _person_follows(items: list[Item], at: int) -> bool:
    return any(items[i].tags & {"person", "harm"} for i in range(at, min(at + 3, len(items))))


def _hedged(items: list[Item]) -> list[Item]:
    out: list[Item] = []
    for item in items:
        if "num" in item.tags and item.lo is not None:
            _take_hedge_before(item, out)
        elif "hedge-after" in item.tags and out and "num" in out[-1].tags:
            _apply(out[-1], item.entry.mark)
            out[-1].end = item.end
            continue
        out.append(item)
    return out


def _take_hedge_before(number: Item, out: list[Item]) -> None:
    silent: list[Item] = []
    while out and "hedge" in out[-1].tags and "num" not in out[-1].tags:
        item = out[-1]
        mark = item.entry.mark
        if mark == "silent":
            break
        out.pop()
        silent.append(item)
        _apply(number, mark)
        number.start = item.start
    number.parts = [*number.parts, *(item for item in silent if "more" in item.entry.tags)]


def _apply(number: Item, hedge: str) -> None:
    if number.hedge == "vague":
        return
    if hedge == "at_most":
        number.lo, number.hi, number.hedge = 0, number.hi, "at_most"
    elif hedge in ("at_least", "more_than"):
        number.hi, number.hedge = None, hedge
    elif hedge == "approx" and number.hedge == "exact":
        number.hedge = "approx"


def fraction_of(item: Item) -> Fraction:
    """Return the value of an item tagged fraction."""
    return Fraction(item.entry.value)
