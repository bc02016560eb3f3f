"""Reduce a folded word to its consonants, so that spellings in both scripts meet under one key.

Coarse on purpose: Mahmud and Muhammad share a key. It serves to find candidates; ``compare``
tells them apart. Where a Latin letter may be several Arabic ones, up to three keys come back.
"""

from __future__ import annotations

import re

__all__ = ["skeletons"]

# Each unit's consonant class; the first is the likeliest, the others give further keys.
_CLASSES = {
    **dict.fromkeys("تط", "t"), **dict.fromkeys("سص", "s"), "ث": "st",
    **dict.fromkeys("دض", "d"), **dict.fromkeys("ز", "z"), "ذ": "zd", "ظ": "zd",
    **dict.fromkeys("حه", "h"), **dict.fromkeys("كق", "k"), "خ": "x", "غ": "g", "ج": "j",
    "ش": "$", "ب": "b", "ر": "r", "ف": "f", "ل": "l", "م": "m", "ن": "n", "و": "w", "ي": "y",
    "b": "b", "p": "b", "t": "t", "th": "st", "j": "j", "dj": "j", "g": "jg", "h": "h", "kh": "x",
    "d": "d", "dh": "zd", "r": "r", "z": "z", "s": "s", "c": "k", "sh": "$", "ch": "$", "f": "f",
    "v": "f", "q": "k", "k": "kx", "gh": "gk", "x": "x", "l": "l", "m": "m", "n": "n", "w": "w",
    "y": "y", "5": "x", "6": "t", "7": "h", "8": "k", "9": "sk", "2": "", "3": "",
}  # fmt: skip
_MOST = 3
_UNIT = re.compile(r"sh|kh|th|dh|gh|ch|dj|.")
_VOWELS = frozenset("aeiouاءىة")
# Written short so often that the short form is a spelling of the name.
_SHORT = dict.fromkeys(("mhd", "mohd", "md", "muhd", "mohmd"), "muhammad")


def skeletons(word: str) -> tuple[str, ...]:
    """Give one to three consonant keys of a folded word, the likeliest first.

    Args:
        word: A folded word without its article (``fold_name``, ``words_of``).

    Method:
        Consonant classes that both scripts keep apart; vowels, hamza and ayn dropped; w and y
        kept only in front; a final h may be none; a consonant written twice in a row counts once.
    """
    keys = [""]
    last = ""
    units = _UNIT.findall(_SHORT.get(word, word))
    for at, unit in enumerate(units):
        classes = _CLASSES.get(unit, "")
        if not classes or (classes in "wy" and at > 0) or unit == last:
            # A vowel between keeps two like consonants two.
            last = unit
            continue
        if unit in "hه" and at == len(units) - 1:
            # Saleh ends in a consonant, Fatimah does not; a written ه at the end seldom does.
            keys += [key + "h" for key in keys] if unit == "h" else []
            continue
        keys = [key + kind for key in keys for kind in classes][: 2 * _MOST]
        last = unit
    out = tuple(dict.fromkeys(key for key in keys if key))[:_MOST]
    return out or (_bare(word),)


def _bare(word: str) -> str:
    """Keep the first letter of a word without consonants (Ali may be left with its l alone)."""
    return "a" if word[:1] in _VOWELS or not word else word[0]
