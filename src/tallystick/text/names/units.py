"""Write folded words as sound units of both scripts; say what it costs to mistake them.

A unit is a letter or digraph; each may stand for several Arabic sounds, some more readily than
others. The cost of taking unit u for unit v is the least ``u→sound + v→sound``. Costs are in
consonants: 1.0 = one full consonant lost or replaced. ``compare`` aligns with these tables; a
compiled scorer may copy them.
"""

from __future__ import annotations

import re

__all__ = ["COST", "DROP", "SWAP", "UNITS", "units_of"]

# Sounds: one letter each. Consonants as Arabic letters; short and long vowels a i u A I U.
# unit: (cost of dropping it, {sound: cost})
_ARABIC: dict[str, tuple[float, dict[str, float]]] = {
    **{letter: (1.0, {letter: 0.0}) for letter in "بتثجحخدذرزسشصضطظغفقكلمن"},
    "ع": (0.35, {"ع": 0.0, "a": 0.15, "i": 0.3, "u": 0.3, "A": 0.15}),
    "ه": (0.6, {"ه": 0.0, "ة": 0.05}),
    "و": (0.6, {"w": 0.0, "U": 0.0}),
    "ي": (0.55, {"y": 0.0, "I": 0.0, "ى": 0.1}),
    "ا": (0.25, {"A": 0.0, "a": 0.02, "ى": 0.1, "ء": 0.1, "ة": 0.15}),
    "ء": (0.1, {"ء": 0.0}),
    "ة": (0.1, {"ة": 0.0, "a": 0.02, "ت": 0.5}),
    "ى": (0.25, {"ى": 0.0, "a": 0.05, "A": 0.02, "y": 0.05, "I": 0.05, "i": 0.05}),
}
_LATIN: dict[str, tuple[float, dict[str, float]]] = {
    "b": (1.0, {"ب": 0.0}),
    "p": (1.0, {"ب": 0.1}),
    "t": (1.0, {"ت": 0.0, "ط": 0.05, "ث": 0.3, "ة": 0.4}),
    "th": (1.0, {"ث": 0.0, "ذ": 0.15, "ظ": 0.2, "ت": 0.2}),
    "j": (1.0, {"ج": 0.0}),
    "g": (1.0, {"ج": 0.1, "غ": 0.15, "ق": 0.2}),
    "dj": (1.0, {"ج": 0.0}),
    "h": (0.6, {"ه": 0.05, "ح": 0.05, "ة": 0.0, "خ": 0.4}),
    "kh": (1.0, {"خ": 0.0}),
    "d": (1.0, {"د": 0.0, "ض": 0.1, "ذ": 0.2}),
    "dh": (1.0, {"ذ": 0.05, "ض": 0.1, "ظ": 0.1}),
    "r": (1.0, {"ر": 0.0}),
    "z": (1.0, {"ز": 0.0, "ظ": 0.1, "ذ": 0.1, "ض": 0.4}),
    "s": (1.0, {"س": 0.0, "ص": 0.05, "ث": 0.2}),
    "c": (1.0, {"س": 0.2, "ك": 0.15, "ش": 0.5}),
    "sh": (1.0, {"ش": 0.0}),
    "ch": (1.0, {"ش": 0.1}),
    "f": (1.0, {"ف": 0.0}),
    "v": (1.0, {"ف": 0.1, "w": 0.3}),
    "q": (1.0, {"ق": 0.0}),
    "k": (1.0, {"ك": 0.0, "ق": 0.1, "خ": 0.3}),
    "gh": (1.0, {"غ": 0.0, "ق": 0.15}),
    "x": (1.0, {"خ": 0.2, "ك": 0.3}),
    "l": (1.0, {"ل": 0.0}),
    "m": (1.0, {"م": 0.0}),
    "n": (1.0, {"ن": 0.0}),
    "w": (0.5, {"w": 0.0, "U": 0.1, "u": 0.15}),
    "y": (0.4, {"y": 0.0, "I": 0.05, "i": 0.05, "ى": 0.1}),
    "a": (0.08, {"a": 0.0, "A": 0.05, "ة": 0.02, "ى": 0.05, "i": 0.15, "u": 0.25}),
    "e": (0.12, {"a": 0.1, "i": 0.0, "I": 0.15, "ة": 0.05, "A": 0.2, "ى": 0.1, "y": 0.25}),
    "i": (0.18, {"i": 0.0, "I": 0.05, "y": 0.15, "ى": 0.05, "a": 0.2}),
    "o": (0.18, {"u": 0.0, "U": 0.08, "w": 0.2, "a": 0.25}),
    "u": (0.18, {"u": 0.0, "U": 0.06, "w": 0.15, "a": 0.2}),
    "aa": (0.3, {"A": 0.0, "a": 0.05, "ى": 0.1}),
    "ee": (0.5, {"I": 0.0, "i": 0.08, "y": 0.1, "ى": 0.05}),
    "oo": (0.5, {"U": 0.0, "u": 0.08, "w": 0.15}),
    "ay": (0.45, {"y": 0.0, "I": 0.15, "ى": 0.1, "A": 0.3}),
    "aw": (0.5, {"w": 0.0, "U": 0.15}),
    "2": (0.1, {"ء": 0.0, "ق": 0.15}),
    "3": (0.35, {"ع": 0.0}),
    "5": (1.0, {"خ": 0.0}),
    "6": (1.0, {"ط": 0.0}),
    "7": (1.0, {"ح": 0.0}),
    "8": (1.0, {"ق": 0.1, "غ": 0.2}),
    "9": (1.0, {"ص": 0.05, "ق": 0.1}),
}
# Longer spellings of a unit above, longest first.
_SPELLED = {
    "tch": "ch", "ou": "oo", "uu": "oo", "ii": "ee", "iy": "ee", "yy": "y", "ae": "ay", "ai": "ay",
    "ei": "ay", "ey": "ay", "au": "aw", "ow": "aw", "ck": "k", "ph": "f",
}  # fmt: skip
UNITS: tuple[str, ...] = ("", *_ARABIC, *_LATIN)
_AT = {unit: at for at, unit in enumerate(UNITS)}

# Letters one dot or one slip of the pen apart, and sounds that dialects merge.
_NEAR = {
    0.35: ["تط", "سص", "دض", "ذز", "ذظ", "زظ", "ثس", "ثت", "دذ", "ضظ", "قك", "هح", "غج", "قغ"],
    0.55: [
        "حخ", "جح", "جخ", "بت", "تث", "بن", "تن", "بي", "ني", "رز", "سش", "صض", "طظ", "عغ", "فق",
        "رد", "كخ",
    ],
}  # fmt: skip
SWAP = 0.7  # two neighbours that changed places
_OTHER = 1.6  # any unit for any other: dearer than the dearest drop, cheaper than two


def _sounds(unit: str) -> dict[str, float]:
    return (_ARABIC.get(unit) or _LATIN[unit])[1]


def _near(u: str, v: str) -> float:
    for cost, pairs in _NEAR.items():
        if u + v in pairs or v + u in pairs:
            return cost
    return _OTHER


_VOWELS = frozenset("aiuAIUwyىة")


def _cost(u: str, v: str) -> float:
    if u == v:
        return 0.0
    heard, other = _sounds(u), _sounds(v)
    least = min((a + other[s] for s, a in heard.items() if s in other), default=_OTHER)
    if least == _OTHER and _VOWELS & heard.keys() and _VOWELS & other.keys():
        least = 0.6
    if least == _OTHER and len(u) == len(v) == 1 and u in _ARABIC and v in _ARABIC:
        least = _near(u, v)
    return min(least, _DROPS[u] + _DROPS[v])


_DROPS = {unit: drop for unit, (drop, _) in {**_ARABIC, **_LATIN}.items()}
DROP: tuple[float, ...] = (0.0, *(_DROPS[unit] for unit in UNITS[1:]))
COST: tuple[tuple[float, ...], ...] = tuple(
    tuple(_cost(u, v) if u and v else 0.0 for v in UNITS) for u in UNITS
)


_NUMBERS = _AT | {spelled: _AT[unit] for spelled, unit in _SPELLED.items()}
_PIECE = re.compile("tch|" + "|".join(piece for piece in _NUMBERS if len(piece) == 2) + "|.", re.S)


def units_of(word: str) -> tuple[int, ...]:
    """Write a folded word as unit numbers (indices into ``UNITS``), doubles taken as one."""
    out: list[int] = []
    last = 0
    for piece in _PIECE.findall(word):
        number = _NUMBERS.get(piece, 0)
        if number and number != last:
            out.append(number)
            last = number
    return tuple(out)
