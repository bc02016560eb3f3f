"""Write a victim down as each of six lists would: which words, which columns, which slips."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from link_lexicon import Style, arabic

from tallystick.records import Entry

if TYPE_CHECKING:
    from link_world import Maker, Victim

# How large a part of the dead each list reaches, before fame and luck.
LISTS = {
    "monitor": 0.5,
    "abroad": 0.44,
    "ward": 0.12,
    "council": 0.36,
    "chat": 0.32,
    "registry": 0.2,
}
_CONFUSED = ["بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "كل", "هة", "وؤ"]
_KEYS = "qwertyuiopasdfghjklzxcvbnm"


def scribble(maker: Maker, one: Victim, name: str) -> Entry:
    """Write one row."""
    rng = maker.rng
    latin = {
        "monitor": 0.0,
        "abroad": 1.0,
        "ward": 0.25,
        "council": 0.0,
        "chat": 0.45,
        "registry": 0.0,
    }
    style = None
    if rng.random() < latin[name]:
        style = rng.choice(maker.chat if name == "chat" and rng.random() < 0.4 else maker.styles)
    sex, age, born = _body(maker, one, name)
    place, region = _ground(maker, one, name, style)
    has_columns = name == "registry"
    write = _writer(maker, style)
    return Entry(
        id="x",
        list=name,
        name=_slipped(maker, _name(maker, one, name, style), name),
        father=write(one.father) if has_columns and rng.random() < 0.96 else
        (write(one.father) if name == "monitor" and rng.random() < 0.06 else ""),
        mother=write(one.mother) if has_columns and rng.random() < 0.9 else "",
        sex=sex,
        age=age,
        birth_year=born,
        died=_date(maker, one.died, name),
        place=place,
        region=region,
        number=_number(maker, one, name),
    )  # fmt: skip


def _writer(maker: Maker, style: Style | None) -> Callable[[str], str]:
    return (lambda code: _hamza(maker, arabic(code))) if style is None else style.word


def _name(maker: Maker, one: Victim, name: str, style: Style | None) -> str:
    rng, p = maker.rng, maker.p
    write = _writer(maker, style)
    clan = one.family
    if one.husband is not None and rng.random() < p["married_name"] * (
        0.5 if name == "registry" else 1.0
    ):
        clan = one.husband.family
    family = _hamza(maker, arabic(clan)) if style is None else style.family(clan)
    if style is None and clan.startswith("al+") and rng.random() < 0.06:
        family = family[2:]
    named = _special(maker, one, name, write, family, style)
    if named:
        return named
    if name == "ward":
        draw = rng.random()
        if draw < p["lone"]:
            return write(one.given)
        if draw < p["lone"] + p["by_father"]:
            return f"{write(one.given)} {write(one.father)}"
    if name == "chat" and rng.random() < p["lone"]:
        return _titled(rng, write(one.given), style, one.sex)
    odds = {
        "monitor": 0.72,
        "abroad": 0.48,
        "ward": 0.25,
        "council": 0.42,
        "chat": 0.35,
        "registry": 0.03,
    }[name]
    words = [write(one.given)]
    if rng.random() < odds:
        bin_ = rng.choice(["بن", "ابن"][:1]) if one.sex == "male" else "بنت"
        words += ([bin_] if style is None and rng.random() < 0.05 else []) + [write(one.father)]
        if rng.random() < odds * 0.42:
            words.append(write(one.grandfather))
    draw = rng.random()
    if name == "abroad" and draw < 0.08:
        return f"{family}, {' '.join(words)}"
    if name == "chat" and draw < p["turned"]:
        return f"{family} {words[0]}"
    if name == "chat":
        return _titled(rng, " ".join([*words, family]), style, one.sex)
    return " ".join([*words, family])


def _special(
    maker: Maker,
    one: Victim,
    name: str,
    write: Callable[[str], str],
    family: str,
    style: Style | None,
) -> str:
    """Write kunya, wife of, child of; and those whom nobody could name."""
    rng, p = maker.rng, maker.p
    draw = rng.random()
    if name == "ward" and draw < 0.05:
        return rng.choice(["مجهول الهوية", "مجهول", "", "Unknown"])
    rate = {"council": 1.0, "chat": 0.6}.get(name, 0.06)
    age = one.died.year - one.born
    if age > 17 and draw < p["kunya"] * rate:
        child = write(one.eldest)
        lead = (
            ("أبو" if one.sex == "male" else "أم")
            if style is None
            else ("Abu" if one.sex == "male" else "Umm")
        )
        full = rng.random() < 0.18
        if style is None and full and rng.random() < 0.3:
            return f"{write(one.given)} {family} ({lead} {child})"
        return f"{lead} {child} {write(one.given) + ' ' if full else ''}{family}"
    if style is None and draw > 1 - p["kin"] * rate * 2.2:
        if one.husband is not None:
            wife_of = arabic(one.husband.family)
            return f"{rng.choice(['زوجة', 'زوجة', 'حرم'])} {write(one.husband.given)} {_hamza(maker, wife_of)}"
        if age < 16:
            word = (
                rng.choice(["ابن", "طفل"])
                if one.sex == "male"
                else rng.choice(["ابنة", "بنت", "طفلة"])
            )
            return f"{word} {write(one.father)} {family}"
    return ""


def _titled(rng: random.Random, text: str, style: Style | None, sex: str) -> str:
    if rng.random() > 0.1:
        return text
    if style is None:
        return ("الشهيد " if sex == "male" else "الشهيدة ") + text
    return rng.choice(["Martyr ", "MARTYR ", "Shahid "]) + text


def _hamza(maker: Maker, text: str) -> str:
    """Leave hamzas out, end ta marbuta as ha, alef maqsura as ya, as people type."""
    rng = maker.rng
    if rng.random() > maker.p["hamza"]:
        return text
    for a, b in (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ئ", "ي")):
        text = text.replace(a, b)
    if rng.random() < 0.6:
        text = text.replace("ة", "ه")
    if rng.random() < 0.6:
        text = text.replace("ى", "ي")
    if rng.random() < 0.25:
        text = text.replace("عبد ال", "عبدال")
    return text


def _slipped(maker: Maker, text: str, name: str) -> str:
    """Make a slip of the pen or two."""
    rng = maker.rng
    rate = maker.p["typo"] * {"registry": 0.5, "chat": 1.8, "ward": 1.3}.get(name, 1.0)
    out = text
    for _ in range(2):
        if len(out) < 4 or rng.random() > rate * 1.2:
            continue
        at = rng.randrange(1, len(out) - 1)
        kind = rng.random()
        if kind < 0.22:
            out = out[:at] + out[at + 1 :]
        elif kind < 0.4:
            out = out[:at] + out[at] + out[at:]
        elif kind < 0.58:
            out = out[:at] + out[at + 1] + out[at] + out[at + 2 :]
        elif kind < 0.68:
            out = out[:at] + ("ـ" if out[at] > "ء" else out[at]) + out[at:]
        elif kind < 0.76 and " " in out:
            space = out.index(" ")
            out = out[:space] + out[space + 1 :]
        else:
            out = out[:at] + _other(rng, out[at]) + out[at + 1 :]
    if rng.random() < 0.02:
        out = rng.choice(["  {} ", "{} ", "\u200f{}"]).format(out)
    if rng.random() < 0.03:
        out = out.replace("ي", "ی").replace("ك", "ک")
    return out


def _other(rng: random.Random, char: str) -> str:
    near = next((group for group in _CONFUSED if char in group), "")
    if near and rng.random() < 0.75:
        return rng.choice(near)
    if "a" <= char.lower() <= "z":
        return rng.choice(_KEYS)
    return rng.choice("ابتجحدرسعفقكلمنهوي") if char > "ء" else char


def _body(maker: Maker, one: Victim, name: str) -> tuple[str, int | None, int | None]:
    rng = maker.rng
    says_sex = {
        "monitor": 0.95,
        "abroad": 0.9,
        "ward": 0.95,
        "council": 0.6,
        "chat": 0.35,
        "registry": 1.0,
    }[name]
    sex = one.sex if rng.random() < says_sex else ""
    if sex and rng.random() < maker.p["sex_wrong"]:
        sex = "male" if sex == "female" else "female"
    says_age = {
        "monitor": 0.42,
        "abroad": 0.35,
        "ward": 0.7,
        "council": 0.2,
        "chat": 0.2,
        "registry": 0.0,
    }[name]
    age: int | None = None
    if rng.random() < says_age:
        age = max(0, one.died.year - one.born)
        if rng.random() < maker.p["age_off"]:
            age = _misstated(rng, age)
    born = one.born + (rng.choice([-1, 1]) if rng.random() < 0.1 else 0)
    return sex, age, born if name == "registry" and rng.random() < 0.8 else None


def _misstated(rng: random.Random, age: int) -> int:
    """Round an age, or miss it by a little, seldom by much."""
    draw = rng.random()
    if draw < 0.35 and age > 15:
        return round(age / 5) * 5
    if draw > 0.92:
        return max(0, age + rng.choice([-20, -10, -9, 9, 10, 20]))
    return max(0, age + rng.choice([-3, -2, -1, -1, 1, 1, 2, 4]))


def _ground(maker: Maker, one: Victim, name: str, style: Style | None) -> tuple[str, str]:
    rng, p = maker.rng, maker.p
    village, region = maker.villages[one.village]
    city = maker.regions[region]
    write = _writer(maker, style)
    word = (
        (lambda code: style.family(code) if code.startswith("al+") else style.word(code))
        if style
        else write
    )
    to_city = 0.55 if name == "ward" else p["place_city"]
    place = city if rng.random() < to_city else village
    none = p["place_none"] * {"chat": 4.0, "ward": 2.5, "monitor": 0.4, "registry": 0.5}.get(
        name, 0.6
    )
    written = "" if rng.random() < none else _slipped(maker, word(place), name)
    wide = "" if rng.random() < {"chat": 0.37, "ward": 0.33}.get(name, 0.14) else word(city)
    return written, wide


def _date(maker: Maker, died: dt.date, name: str) -> str:
    rng, p = maker.rng, maker.p
    draw = rng.random()
    none = p["date_none"] * {"chat": 2.4, "monitor": 0.4, "registry": 0.3}.get(name, 1.0)
    if draw < none:
        return ""
    if draw < none + p["date_month"]:
        return died.isoformat()[:7]
    if name == "ward":
        died += dt.timedelta(rng.choice([0, 0, 0, 1, 1, 2, 3, 5, 9]))
    elif name == "registry" and rng.random() < 0.12:
        died += dt.timedelta(rng.choice([1, 5, 10, 15, 30]))
    elif rng.random() < p["date_off"]:
        died += dt.timedelta(rng.choice([-3, -2, -1, -1, 1, 1, 1, 2, 3, 5]))
    if rng.random() < p["date_slip"]:
        if rng.random() < 0.5 and died.day <= 12:
            return dt.date(died.year, died.day, died.month).isoformat()
        return dt.date(died.year + rng.choice([-1, 1]), died.month, min(died.day, 28)).isoformat()
    return died.isoformat()


def _number(maker: Maker, one: Victim, name: str) -> str:
    """Give the official number where this world's registry and monitor note it; 1 in 200 is another's."""
    rng = maker.rng
    if not maker.p["numbers"] or name not in {"registry", "monitor"} or rng.random() > 0.5:
        return ""
    return f"{rng.randrange(10**8, 10**8 + 40)}" if rng.random() < 0.005 else one.number
