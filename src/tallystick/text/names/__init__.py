"""Take personal names apart, in Arabic and Latin script, and say how alike they sound.

``read_name`` gives the roles of the words (given, father, family, kunya, …) with their spans;
``skeletons`` the keys under which two spellings of one name meet; ``Token`` and ``likeness`` the
finer comparison. Nothing here knows a list of people: names never seen before work the same.
"""

from tallystick.text.names.compare import Token, alike, likeness, token_of
from tallystick.text.names.parse import NameReading, Part, Role, likeliest_reading, read_name
from tallystick.text.names.skeleton import skeletons
from tallystick.text.names.units import COST, DROP, SWAP, UNITS, units_of
from tallystick.text.names.words import Word, fold_name, words_of

__all__ = [
    "COST",
    "DROP",
    "NameReading",
    "Part",
    "Role",
    "SWAP",
    "Token",
    "UNITS",
    "Word",
    "alike",
    "fold_name",
    "likeliest_reading",
    "likeness",
    "read_name",
    "skeletons",
    "token_of",
    "units_of",
    "words_of",
]
