"""Find the places whose names sound like the words, across scripts.

Runs after exact and folded spelling found nothing. Names that share the consonants of a word are
brought together by an index, then ranked by how alike they sound: the whole name without spaces,
or word by word where either side says more than the name (“the village of X near Y”). Words that
many names share (Tal, Kafr, Sheikh) weigh less than those that only a few have.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tallystick.terms.place import Place
from tallystick.terms.placewords import core, place_words
from tallystick.terms.sounds import keys_of, likeness, sounds_of
from tallystick.terms.spelling import fold_aloud

__all__ = ["LEAST_LIKENESS", "Sounding"]

# Below this a likeness is chance (tests/gates/test_places.py holds the figures).
LEAST_LIKENESS = 0.65
_WORD_LIKENESS = 0.6
# What narrows a place down weighs little in the words asked for, but a name that has it names a
# narrower place: North Darfur is not Darfur.
_SIDE_WEIGHT = 0.2
_NARROWER_WEIGHT = 0.6
_CONTEXT_WEIGHT = 0.25
_CONTEXT_BONUS = 0.03
# Names of two consonants are alike by chance more often.
_SHORT_PENALTY = 0.04
_MOST_SHARED = 400
_MOST_COMPARED = 150
_MOST_KEPT = 4096
_GLUED_ARTICLE = re.compile(r"\b(?:al|el)(?=[bcdfghjklmnpqrstvwxyz].{2})")

Answer = tuple[tuple[Place, float], ...]


@dataclass(frozen=True, slots=True)
class _Heard:
    """Hold one spelling as it sounds: its words, and all of it without spaces."""

    place: int
    words: tuple[str, ...]
    sides: tuple[bool, ...]
    whole: str


class Sounding:
    """Rank places by how alike their names sound."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._answers: dict[tuple[str, tuple[str, ...]], Answer] = {}

    def like(self, name: str, around: tuple[str, ...]) -> Answer:
        """Return the places whose names sound like the words, with the likeness.

        Args:
            name: The words that name the place, folded aloud.
            around: Words for what it is in, folded aloud; they may stand in its name, but need not.
        """
        asked = (name, around)
        if asked not in self._answers:
            if len(self._answers) >= _MOST_KEPT:
                self._answers.clear()
            self._answers[asked] = self._like(name, around)
        return self._answers[asked]

    def _like(self, name: str, around: tuple[str, ...]) -> Answer:
        context = tuple(word for part in around for word in _hear(-1, part).words)
        best: dict[int, float] = {}
        for reading in _readings(name):
            asked = _hear(-1, reading)
            for heard in self._candidates(asked):
                score = self._score(asked, context, heard)
                if score >= LEAST_LIKENESS and score > best.get(heard.place, 0.0):
                    best[heard.place] = score
        return tuple((self._places[at], score) for at, score in best.items())

    @cached_property
    def _names(self) -> list[_Heard]:
        names: list[_Heard] = []
        for at, place in enumerate(self._places):
            heard = (_hear(at, fold_aloud(words)) for words in place.spellings)
            names += {one.words: one for one in heard if one.whole}.values()
        return names

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, heard in enumerate(self._names):
            for key in _keys(heard):
                index.setdefault(key, []).append(number)
        return index

    @cached_property
    def _by_shorter_key(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, heard in enumerate(self._names):
            for key in _shorter_keys(heard):
                index.setdefault(key, []).append(number)
        return index

    @cached_property
    def _shares(self) -> Counter[str]:
        """Count the places that have a word, by its likeliest key."""
        pairs = {(keys_of(word)[0], heard.place) for heard in self._names for word in heard.words}
        return Counter(key for key, _ in pairs)

    def _candidates(self, asked: _Heard) -> Iterable[_Heard]:
        """Yield the names that share a key, those with the rarest keys first."""
        shared: dict[int, float] = {}
        for key in sorted(_keys(asked)):
            self._add(self._by_key.get(key, []), 1.0, shared)
        for key in sorted(_shorter_keys(asked)):
            self._add(self._by_shorter_key.get(key, []), 0.001, shared)
        likely = sorted(shared, key=lambda number: (-shared[number], number))
        return (self._names[number] for number in likely[:_MOST_COMPARED])

    @staticmethod
    def _add(found: list[int], worth: float, shared: dict[int, float]) -> None:
        if len(found) <= _MOST_SHARED:
            for number in found:
                shared[number] = shared.get(number, 0.0) + worth / (1 + len(found))

    def _score(self, asked: _Heard, context: tuple[str, ...], heard: _Heard) -> float:
        alike = likeness(asked.whole, heard.whole)
        if len(asked.words) > 1 or len(heard.words) > 1:
            alike = max(alike, 0.98 * self._word_by_word(asked, context, heard))
        if any(_nearest(word, context) for word in heard.words):
            alike += _CONTEXT_BONUS
        return alike - (_SHORT_PENALTY if len(keys_of(asked.whole)[0]) < 3 else 0.0)

    def _word_by_word(self, asked: _Heard, context: tuple[str, ...], heard: _Heard) -> float:
        """Return the share of the words' weight, on both sides, that has its like opposite."""
        pairs = [
            (_nearest(word, heard.words), self._weight(word, side))
            for word, side in zip(asked.words, asked.sides, strict=True)
        ]
        for word, side in zip(heard.words, heard.sides, strict=True):
            here, there = _nearest(word, asked.words), _nearest(word, context)
            weight = self._weight(word, side and here > 0)
            weight *= _NARROWER_WEIGHT if side and not here else 1.0
            pairs.append((there, weight * _CONTEXT_WEIGHT) if there > here else (here, weight))
        whole = sum(weight for _, weight in pairs)
        return sum(alike * weight for alike, weight in pairs) / whole if whole else 0.0

    def _weight(self, word: str, side: bool) -> float:
        common = self._shares.get(keys_of(word)[0], 0)
        return (_SIDE_WEIGHT if side else 1.0) / (1.0 + math.log(1 + common / 4))


def _readings(name: str) -> Iterator[str]:
    """Yield the words, and the words without an article that is written in one with its noun."""
    yield name
    apart = _GLUED_ARTICLE.sub("", name)
    if apart != name:
        yield apart


def _nearest(word: str, others: tuple[str, ...]) -> float:
    best = max((likeness(word, other) for other in others), default=0.0)
    return best if best >= _WORD_LIKENESS else 0.0


@lru_cache(maxsize=1 << 13)
def _hear(place: int, folded: str) -> _Heard:
    words = core(folded)
    sides = place_words().side
    heard = [(sounds_of(word), word in sides) for word in words]
    kept = [(sounds, side) for sounds, side in heard if sounds]
    return _Heard(
        place,
        tuple(sounds for sounds, _ in kept),
        tuple(side for _, side in kept),
        "".join(sounds for sounds, _ in kept),
    )


def _keys(heard: _Heard) -> set[str]:
    keys = {key for word in (*heard.words, heard.whole) for key in keys_of(word)}
    return keys - {""}


def _shorter_keys(heard: _Heard) -> set[str]:
    """Return the keys of the whole name, and each with one consonant left out."""
    keys = {key for key in keys_of(heard.whole) if len(key) > 2}
    return keys | {key[:at] + key[at + 1 :] for key in keys for at in range(len(key))}
