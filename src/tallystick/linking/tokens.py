"""Number the distinct words of all names and lay their sounds out for the compiled scorer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.text import Token, token_of

__all__ = ["LONGEST", "Tokens", "TokenBook"]

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


class TokenBook:
    """Give each distinct word a number; ``−1`` stands for no word."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": -1}

    def number(self, text: str) -> int:
        """Give the word's number, the next free one if it is new; −1 for no word."""
        return self._numbers.setdefault(text, len(self._numbers) - 1)

    def laid_out(self) -> Tokens:
        """Lay all words out as columns, in the order of their numbers."""
        texts = list(self._numbers)[1:]
        found = [token_of(text) for text in texts]
        skeletons: dict[str, int] = {}
        keys = np.full((max(len(texts), 1), KEYS), -1, np.int32)
        units = np.zeros((max(len(texts), 1), LONGEST), np.uint8)
        for at, token in enumerate(found):
            _lay(token, units[at])
            for column, key in enumerate(token.keys):
                keys[at, column] = skeletons.setdefault(key, len(skeletons))
        return Tokens(
            texts=texts,
            units=units,
            length=np.array([min(len(t.units), LONGEST) for t in found] or [0], np.int32),
            mass=np.array([t.mass for t in found] or [0.0], np.float32),
            keys=keys,
            skeletons=list(skeletons),
        )


def _lay(token: Token, row: NDArray[np.uint8]) -> None:
    kept = token.units[:LONGEST]
    row[: len(kept)] = kept
