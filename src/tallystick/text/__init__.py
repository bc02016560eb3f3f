"""Read letters: scripts, folding with the way back, numerals, number words.

Runs below every room that looks at words. Gives positions and values, never meanings.
"""

from tallystick.text.fold import INVISIBLE, Folded, fold, fold_word
from tallystick.text.numbers import NumberWords, digits_value, number_at, number_words
from tallystick.text.scripts import Lang, is_arabic, language_of

__all__ = [
    "INVISIBLE",
    "Folded",
    "Lang",
    "NumberWords",
    "digits_value",
    "fold",
    "fold_word",
    "is_arabic",
    "language_of",
    "number_at",
    "number_words",
]
