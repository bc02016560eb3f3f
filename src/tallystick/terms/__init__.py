"""Hold the words that figures are made of, as data: vocabularies, places and actors.

Words of a source become ids here, and only here: ``Places.find``, ``Actors.resolve``,
``whom_of``. The room reads no document and judges none.
"""

from tallystick.terms.actors import ANONYMOUS, NAMES, Actor, Actors
from tallystick.terms.finding import How, Match
from tallystick.terms.place import LEVELS, Level, Place
from tallystick.terms.places import PlaceMoved, Places
from tallystick.terms.spelling import bare, fold, has_arabic
from tallystick.terms.vocabulary import (
    FIXED_KEYS,
    OPEN_KEYS,
    WHOM_KEYS,
    Term,
    UnknownVocabulary,
    Vocabulary,
    excludes,
    vocabulary,
    vocabulary_keys,
)
from tallystick.terms.whom import whom_of

__all__ = [
    "ANONYMOUS",
    "NAMES",
    "FIXED_KEYS",
    "LEVELS",
    "OPEN_KEYS",
    "WHOM_KEYS",
    "Actor",
    "Actors",
    "How",
    "Level",
    "Match",
    "Place",
    "PlaceMoved",
    "Places",
    "Term",
    "UnknownVocabulary",
    "Vocabulary",
    "bare",
    "excludes",
    "fold",
    "has_arabic",
    "vocabulary",
    "vocabulary_keys",
    "whom_of",
]
