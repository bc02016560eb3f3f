"""Write words in Arabic or Latin letters as sounds, and say how alike two of them sound.

``keys_of`` brings together what may be one name (consonants only, a few readings each);
``likeness`` then hears vowels, doubled letters and near sounds. Made for the names of places:
the article and words such as “village” are gone before (``spelling.core``).

Method:
    Weighted edit distance over sounds, after Freeman, Condon & Ackerman 2006 (classes of letters
    that stand for one another in Arabic and English spellings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["keys_of", "likeness", "sounds_of"]

# One sound a letter. Consonants: X kh, G gh, S sh, T th, D dh, H heth, Q qaf; the emphatics are
# 1 t, 2 s, 3 d, 4 z; ayn is 5. Vowels: short a e i u, long A I U, which are glides too.
_ARABIC = dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهويا", "btTjHXdDrzsS23145GfQklmnhUIA", strict=True))
_SPELT = """
    X kh x 5 | G gh | S sh ch tch tj | T th | D dh | f ph v | k ck c | j dj zh | b p | Q q
    U oo ou iw w | I ee iy ie y | A aa ae | u o
    aU aw au ow | eU ew | aI ai ay | eI ei ey | uI oy | 5 3 ʕ | 1 6 | H 7 | 2 9
"""
_LATIN = {
    spelt: line.split()[0] for line in re.split(r"[|\n]", _SPELT) for spelt in line.split()[1:]
} | {"2": ""}
# A glide between two vowels is heard as itself: Hawaij is ha-wa-ij.
_LATIN_UNIT = re.compile(
    "tch|[aeio][wy](?![aeiou])|"
    + "|".join(spelt for spelt in _LATIN if len(spelt) == 2 and spelt[1] not in "wy")
    + "|."
)

# The feminine ending, as Latin letters write it.
_FEMININE = re.compile("(?<=..)(?:[ae]h|(?<!h)[ae])$")
_VOWELS = "aeiuAIU"
_DROP = {
    **dict.fromkeys("ae", 0.1), "i": 0.15, "u": 0.18, "A": 0.37, "I": 0.4, "U": 0.35,
    "5": 0.15, "h": 0.45, "H": 0.7,
}  # fmt: skip
_NEAR: dict[frozenset[str], float] = {}
for _cost, _pairs in (
    (0.05, "t1 s2 d3 HhkQ z4 Dz 34 D4 TtTs"),
    (0.03, "aA iI uU eI ha he hA"),
    (0.15, "5a 5e ea ei AI Ae ui ue TD D3 Dd Gg QG gQ Qg jg TsjS"),
    (0.3, "ht 5h 5A ai au AU aI aU eu UI uI iU t2 s1 zs z2 Sj SX XH Xk Gk GX kj 3t"),
    (0.55, "fUbUnmrlbmdtbfbpzjscQA5H5I"),
):
    _NEAR |= {
        frozenset(p): _cost for w in _pairs.split() for p in zip(w[::2], w[1::2], strict=False)
    }
_OTHER = 1.5


def _swap_cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    near = _NEAR.get(frozenset((one, other)))
    if near is not None:
        return near
    both_vowels = one in _VOWELS and other in _VOWELS
    return 0.45 if both_vowels else min(_OTHER, _drop(one) + _drop(other))


def _drop(sound: str) -> float:
    return _DROP.get(sound, 1.0)


@lru_cache(maxsize=1)
def _swaps() -> dict[str, dict[str, float]]:
    letters = sorted(
        {*_ARABIC.values(), *"".join(_LATIN.values()), *"abcdefghijklmnopqrstuvwxyz0123456789"}
    )
    return {one: {other: _swap_cost(one, other) for other in letters} for one in letters}


@lru_cache(maxsize=1 << 15)
def sounds_of(word: str) -> str:
    """Write a folded word as sounds; a sound that is written twice running is one."""
    if "\u0600" <= word[:1] <= "\u06ff":
        units: Iterator[str] = (_ARABIC.get(letter, letter) for letter in word)
    else:
        units = (_LATIN.get(unit, unit) for unit in _LATIN_UNIT.findall(word))
    known = _swaps()
    kept = "".join(sound for unit in units for sound in unit if sound in known)
    kept = _FEMININE.sub("h", kept) if kept.isascii() and word.isascii() else kept
    return re.sub(r"(.)\1+", r"\1", kept)


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str) -> float:
    """Say how alike two words sound, given as sounds: 1 the same, 0 nothing in common."""
    mass = (sum(map(_drop, one)) + sum(map(_drop, other))) / 2
    if not mass:
        return float(one == other)
    return max(0.0, 1.0 - _distance(one, other) / mass)


def _distance(one: str, other: str) -> float:
    swaps = _swaps()
    drops = [_drop(sound) for sound in other]
    above = [0.0]
    for drop in drops:
        above.append(above[-1] + drop)
    for sound in one:
        lost, near = _drop(sound), swaps[sound]
        row = [above[0] + lost]
        for j, heard in enumerate(other):
            row.append(min(above[j] + near[heard], above[j + 1] + lost, row[j] + drops[j]))
        above = row
    return above[-1]


_CLASSES = {
    **dict.fromkeys("t1", "t"), **dict.fromkeys("s2", "s"), **dict.fromkeys("z4", "z"),
    **dict.fromkeys("d3", "d"), **dict.fromkeys("hH", "h"), **dict.fromkeys("kQ", "k"),
    "T": "ts", "D": "zd", "g": "jG", "j": "j", "G": "G", "X": "X", "S": "S",
}  # fmt: skip
_MOST_KEYS = 6


@lru_cache(maxsize=1 << 15)
def keys_of(sounds: str) -> tuple[str, ...]:
    """Return the consonants of sounds in one to four readings, the likeliest first.

    A final h or t may be the silent ending of a feminine name, so both readings are given.
    """
    keys = [""]
    for at, sound in enumerate(sounds):
        if sound in "aeiuAIU5" or (sound == "h" and at == len(sounds) - 1):
            continue
        keys = [key + kind for key in keys for kind in _CLASSES.get(sound, sound)][:_MOST_KEYS]
    if sounds[-1:] == "h":
        keys += [key + ending for ending in "ht" for key in keys if key]
    elif sounds[-1:] == "t":
        keys += [key[:-1] for key in keys]
    return tuple(dict.fromkeys(re.sub(r"(.)\1+", r"\1", key) for key in keys))[:_MOST_KEYS]
