"""Read the vocabularies: one TOML file in ``data/`` each, one table a term.

A vocabulary is read when it is first asked for, and kept. Its terms form a forest: a term
contains those inside it, and terms on different branches exclude each other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from tallystick.errors import UnknownTerm
from tallystick.terms.forest import Forest
from tallystick.terms.spelling import fold

__all__ = [
    "FIXED_KEYS",
    "OPEN_KEYS",
    "WHOM_KEYS",
    "Term",
    "UnknownVocabulary",
    "Vocabulary",
    "excludes",
    "vocabulary",
    "vocabulary_keys",
]

DATA = Path(__file__).parent / "data"

# The keys of ``Claim.whom``. A fixed key takes only the ids of its vocabulary; an open key takes
# any id, and its vocabulary names the common ones.
FIXED_KEYS = ("status", "sex", "age")
OPEN_KEYS = ("group", "affiliation", "occupation")
WHOM_KEYS = FIXED_KEYS + OPEN_KEYS


class UnknownVocabulary(UnknownTerm):
    """No vocabulary has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no vocabulary “{key}”.",
            then=f"use one of {', '.join(vocabulary_keys())}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Name one thing that claims may say, with where the word comes from.

    Args:
        id: Stable, lowercase; never renamed, never used again.
        inside: Id of the wider term; ``None`` for a root.
        labels: The words to show, by language.
        means: What it means, in one sentence.
        source: The standard or office that uses it.
        since: The version of Tallystick that first had it.
        words: Folded words of sources that mean it, beside its labels and its id.
        whom: For a category only: the terms that it stands for, by key of ``Claim.whom``.
    """

    id: str
    inside: str | None = None
    labels: Mapping[str, str]
    means: str
    source: str
    since: str
    words: frozenset[str] = frozenset()
    whom: Mapping[str, str] = field(default_factory=dict)

    def label(self, lang: str = "en") -> str:
        """Return the words to show in a language; English where there are none."""
        return self.labels.get(lang, self.labels["en"])


class Vocabulary:
    """Hold the terms of one key."""

    def __init__(self, key: str, terms: tuple[Term, ...], head: Mapping[str, object]) -> None:
        self.key = key
        self.terms = terms
        self.means = str(head["means"])
        self._labels = {lang: str(words) for lang, words in _labels_of(head).items()}
        self._by_id = {term.id: term for term in terms}
        self._forest = Forest({term.id: term.inside for term in terms})
        self._by_word = dict(_words_of(terms))

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of its terms, in the order of the file."""
        return tuple(self._by_id)

    def get(self, id_: str) -> Term | None:
        """Return the term of this id, or ``None``."""
        return self._by_id.get(id_)

    def label(self, lang: str = "en") -> str:
        """Return the name of the vocabulary itself in a language."""
        return self._labels.get(lang, self._labels["en"])

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether ``inner`` is ``outer`` or stands inside it; an unknown id is only itself."""
        return self._forest.contains(outer, inner)

    def excludes(self, one: str, other: str) -> bool:
        """Say whether nobody can be both: the two stand on different branches."""
        return not (self.contains(one, other) or self.contains(other, one))

    def resolve(self, words: str) -> str | None:
        """Return the id of the term that the words mean, or ``None``."""
        return self._by_word.get(fold(words))


def _words_of(terms: tuple[Term, ...]) -> Iterator[tuple[str, str]]:
    for term in reversed(terms):
        for words in term.words:
            yield words, term.id
    for term in reversed(terms):
        for words in (*term.labels.values(), term.id):
            yield fold(words), term.id


def _labels_of(table: Mapping[str, object]) -> Mapping[str, str]:
    labels = table["label"]
    assert isinstance(labels, dict), "a label is a table of words by language"
    return labels


@cache
def vocabulary(key: str) -> Vocabulary:
    """Return the vocabulary of a key, such as ``status`` or ``kind``.

    Raises:
        UnknownVocabulary: No file in ``data/`` has this key.
    """
    if key not in vocabulary_keys():
        raise UnknownVocabulary(key)
    with (DATA / f"{key}.toml").open("rb") as file:
        read = tomllib.load(file)
    terms = tuple(_term_of(table) for table in read["term"])
    return Vocabulary(key, terms, read)


def _term_of(table: Mapping[str, object]) -> Term:
    said = table.get("words", {})
    assert isinstance(said, dict), "words are a table of lists by language"
    whom = table.get("whom", {})
    assert isinstance(whom, dict), "whom is a table of terms by key"
    inside = table.get("inside")
    return Term(
        id=str(table["id"]),
        inside=str(inside) if inside else None,
        labels=_labels_of(table),
        means=str(table["means"]),
        source=str(table["source"]),
        since=str(table["since"]),
        words=frozenset(fold(words) for listed in said.values() for words in listed),
        whom=whom,
    )


@lru_cache(maxsize=1)
def vocabulary_keys() -> tuple[str, ...]:
    """Return the keys of all vocabularies, sorted."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml") if path.stem[0] != "_"))


def excludes(key: str, one: str, other: str) -> bool:
    """Say whether nobody can be both terms of a key of ``Claim.whom``.

    Raises:
        UnknownVocabulary: The key is none.
    """
    return vocabulary(key).excludes(one, other)
