"""Take sources in: bytes kept as they are, a text dump that spans refer to, what is said of them.

Pure but for files: the vault writes bytes, ``Apart`` runs parsers in a child process.
"""

from tallystick.preserving.apart import Apart, Limits
from tallystick.preserving.encoding import Decoded, decode
from tallystick.preserving.found import Found, files_in
from tallystick.preserving.grids import Grid, grids_of, is_table
from tallystick.preserving.notes import Notes
from tallystick.preserving.preserve import FORMATS, LARGEST, Taken, preserve
from tallystick.preserving.vault import AlteredBlob, MissingBlob, NoRoom, Vault

__all__ = [
    "FORMATS",
    "LARGEST",
    "AlteredBlob",
    "Apart",
    "Decoded",
    "Found",
    "Grid",
    "Limits",
    "MissingBlob",
    "NoRoom",
    "Notes",
    "Taken",
    "Vault",
    "decode",
    "files_in",
    "grids_of",
    "is_table",
    "preserve",
]
