"""Read letters: scripts, folding with the way back, numerals, number words, names.

Runs below every room that looks at words. Gives positions and values, never meanings.
"""

from tallystick.text.digits import doubtful_numbers
from tallystick.text.fold import INVISIBLE, Folded, fold, fold_word
from tallystick.text.names import (
    COST,
    DROP,
    SWAP,
    UNITS,
    NameReading,
    Part,
    Token,
    alike,
    fold_name,
    likeliest_reading,
    likeness,
    read_name,
    skeletons,
    token_of,
    units_of,
    words_of,
)
from tallystick.text.numbers import NumberWords, digits_value, number_at, number_words
from tallystick.text.scripts import Lang, is_arabic, language_of

__all__ = [
    "COST",
    "DROP",
    "INVISIBLE",
    "SWAP",
    "UNITS",
    "Folded",
    "Lang",
    "NameReading",
    "NumberWords",
    "Part",
    "Token",
    "alike",
    "digits_value",
    "doubtful_numbers",
    "fold",
    "fold_name",
    "fold_word",
    "is_arabic",
    "language_of",
    "likeliest_reading",
    "likeness",
    "number_at",
    "number_words",
    "read_name",
    "skeletons",
    "token_of",
    "units_of",
    "words_of",
]
