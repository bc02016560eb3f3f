"""Number the distinct words of all names and lay their sounds out for the compiled scorer."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.text import token_of

__all__ = ["LONGEST", "Numbered", "TokenBook", "Tokens"]

# Units of a word beyond this are not compared; the longest place names have about thirty.
LONGEST = 28
KEYS = 3


@dataclass(frozen=True, slots=True)
class Tokens:
    """Hold T distinct words as columns.

    Args:
        texts: The folded words.
        units: Shape (T, LONGEST), sound units, zero-filled.
        length: Shape (T,), units in use.
        mass: Shape (T,), what dropping the word would cost.
        keys: Shape (T, 3), numbers of its consonant skeletons, −1 where it has fewer.
        skeletons: The skeletons, by number.
    """

    texts: list[str]
    units: NDArray[np.uint8]
    length: NDArray[np.int32]
    mass: NDArray[np.float32]
    keys: NDArray[np.int32]
    skeletons: list[str]


class TokenBook(dict[str, int]):
    """Give each distinct word a number, the next free one if it is new; no word has −1."""

    def __init__(self) -> None:
        super().__init__({"": -1})

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self) - 1
        return number

    def laid_out(self) -> Tokens:
        """Lay all words out as columns, in the order of their numbers."""
        texts = list(self)[1:]
        units, skeletons = bytearray(), Numbered()
        length, mass, keys = array("i"), array("f"), array("i")
        # Were there no word at all, a table would still have a row.
        for token in map(token_of, texts or [""]):
            kept = token.units[:LONGEST]
            units += bytes(kept).ljust(LONGEST, b"\0")
            length.append(len(kept))
            mass.append(token.mass)
            keys.extend((*(skeletons[key] for key in token.keys), -1, -1)[:KEYS])
        return Tokens(
            texts=texts,
            units=np.frombuffer(units, np.uint8).reshape(-1, LONGEST),
            length=np.array(length, np.int32),
            mass=np.array(mass, np.float32),
            keys=np.array(keys, np.int32).reshape(-1, KEYS),
            skeletons=list(skeletons),
        )


class Numbered(dict[str, int]):
    """Give each distinct text a number, the next free one if it is new."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number
