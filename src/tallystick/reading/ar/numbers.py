"""Read the numbers of an Arabic sentence: digits, words, ranges, hedges, vague words.

What counts no people (a year, an age, a distance, money) is a quantity.
"""

from __future__ import annotations

from tallystick.reading.ar.lexicon import Words
from tallystick.reading.ar.words import number_words_at
from tallystick.reading.items import Item

__all__ = ["apply_hedge", "with_numbers"]

_NUM = frozenset({"num"})
_QUANTITY = frozenset({"quantity"})
_ORDINALS = {"حادي": 1, "حاديه": 1, "ثاني": 2, "ثالث": 3, "رابع": 4, "خامس": 5, "سادس": 6,
             "سابع": 7, "ثامن": 8, "تاسع": 9, "عاشر": 10, "اول": 1}  # fmt: skip
_TENS = {"عشر": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30}


def with_numbers(items: list[Item], words: Words) -> list[Item]:
    """Return the items with every number as one item, tagged num or quantity."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        made = _ordinal(items, at) or _number(items, at, words)
        if made is None:
            item = items[at]
            if "clock" in item.tags:
                item.tags = item.tags | _QUANTITY
            out.append(item)
            at += 1
            continue
        number, end = made
        if "num" in number.tags and _is_quantity(number, out, items[end : end + 2]):
            number.tags = _QUANTITY
        out.append(number)
        at = end
    return _hedged(_ranged(out))


def _number(items: list[Item], at: int, words: Words) -> tuple[Item, int] | None:
    item = items[at]
    if "vague" in item.tags:
        made = Item(item.start, item.end, "vague", lo=int(item.entry.value), tags=_NUM)
        made.hedge = "vague"
        end = at + 1
        if end < len(items) and items[end].word == "من":
            made.end, end = items[end].end, end + 1
        return made, end
    if item.tags & {"person", "harm", "weekday"} and "number" not in item.tags:
        return None
    read = number_words_at(items, at, words)
    if read is None:
        return None
    value, end = read
    if item.word in ("احد", "احدي") and end == at + 1:
        return None
    made = Item(item.start, items[end - 1].end, item.word, lo=value, hi=value, tags=_NUM)
    made.hedge = "exact"
    if "the" in item.tags:
        made.tags = _NUM | {"the"}
    return made, end


def _ordinal(items: list[Item], at: int) -> tuple[Item, int] | None:
    """Read “السادس”, “الرابع عشر”, “الحادي والعشرين” before “من” or a month."""
    word = items[at].word.removeprefix("ال")
    value = _ORDINALS.get(word)
    if value is None or at + 1 >= len(items):
        return None
    end = at + 1
    step = 2 if "and" in items[end].tags and end + 1 < len(items) else 1
    tens = _TENS.get(items[end + step - 1].word.removeprefix("ال"))
    if tens is not None:
        value, end = value + tens, end + step
    follows = items[end] if end < len(items) else None
    after = items[end + 1] if end + 1 < len(items) else None
    if follows is None or not (
        "month" in follows.tags
        or (
            follows.word in ("من", "شهر")
            and after is not None
            and after.tags & {"month", "hijri", "day-part"}
        )
    ):
        return None
    made = Item(items[at].start, items[end - 1].end, str(value), lo=value, hi=value)
    made.tags = _QUANTITY
    return made, end


def _is_quantity(number: Item, out: list[Item], after: list[Item]) -> bool:
    follows = after[0] if after else None
    before = out[-1] if out else None
    if follows is not None and (
        follows.tags & {"month", "hijri", "money"}
        or (follows.entry.mark == "units" and "thing" in follows.tags)
    ):
        return True
    if before is not None and "the" in number.tags and _is_of_things(before):
        return True
    if before is not None and before.tags & {"numbered", "money", "month", "hijri"}:
        return follows is None or not follows.tags & {"person", "harm"}
    is_year = number.lo is not None and 1800 <= number.lo <= 2100 and number.word.isdigit()
    counted = follows is not None and follows.tags & {"person", "harm", "word"}
    return (
        is_year
        and not counted
        and before is not None
        and bool(before.tags & {"prep", "month", "since", "sub"})
    )


def _is_of_things(before: Item) -> bool:
    """Know “المحافظات الأربع”: the number of things stands behind them."""
    return bool(before.tags & {"thing", "place-kind", "other"}) and "person" not in before.tags


def _ranged(items: list[Item]) -> list[Item]:
    """Join “بين 20 و35”, “20-35”, “3 أو 4”, and outside tolls “من 20 إلى 35”."""
    tolls = any(item.tags & {"toll", "rise"} for item in items)
    out: list[Item] = []
    at = 0
    while at < len(items):
        joint = _joint(items, at)
        opens = out[-1].word if out else ""
        if joint and _is_range(joint, opens, tolls):
            low, high = items[at], items[at + 2]
            made = Item(low.start, high.end, "range", lo=low.lo, hi=high.lo, tags=_NUM)
            made.hedge = "range"
            if opens in ("بين", "من", "ما بين"):
                made.start = out.pop().start
            out.append(made)
            at += 3
        else:
            out.append(items[at])
            at += 1
    return out


def _joint(items: list[Item], at: int) -> str:
    if at + 2 >= len(items) or "num" not in items[at].tags or "num" not in items[at + 2].tags:
        return ""
    low, high = items[at], items[at + 2]
    if low.lo is None or high.lo is None or low.hi != low.lo or high.hi != high.lo:
        return ""
    return items[at + 1].word if low.lo < high.lo else ""


def _is_range(joint: str, opens: str, tolls: bool) -> bool:
    if joint in ("-", "او"):
        return True
    if joint == "و":
        return opens in ("بين", "ما بين")
    return joint == "الي" and opens in ("من", "بين") and not tolls


def _hedged(items: list[Item]) -> list[Item]:
    out: list[Item] = []
    for item in items:
        if "num" in item.tags:
            while out and "hedge" in out[-1].tags:
                hedge = out.pop()
                apply_hedge(item, hedge.entry.mark)
                item.start = hedge.start
            if out and out[-1].word == "ب" and len(out) > 1 and "hedge" in out[-2].tags:
                out.pop()
                hedge = out.pop()
                apply_hedge(item, hedge.entry.mark)
                item.start = hedge.start
        elif "hedge-after" in item.tags and out and "num" in out[-1].tags:
            apply_hedge(out[-1], item.entry.mark)
            out[-1].end = item.end
            continue
        out.append(item)
    return out


def apply_hedge(number: Item, hedge: str) -> None:
    """Widen a number as its hedge says; what is vague already stays so."""
    if number.hedge == "vague":
        return
    if hedge == "at_most":
        number.lo, number.hedge = 0, "at_most"
    elif hedge in ("at_least", "more_than"):
        number.hi, number.hedge = None, hedge
    elif hedge == "approx" and number.hedge == "exact":
        number.hedge = "approx"
