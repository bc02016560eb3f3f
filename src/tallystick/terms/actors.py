"""Hold those who count, relay, accuse and are accused, and tell which of them are one voice."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from tallystick.records import Issue
from tallystick.terms.forest import Forest
from tallystick.terms.spelling import bare, fold, has_arabic
from tallystick.terms.tables import Row, fault, rows_of, sound_rows

__all__ = ["ANONYMOUS", "NAMES", "Actor", "Actors"]

TABLE = Path(__file__).parent / "data" / "actors.csv"
COLUMNS = ("id", "name", "kind", "inside", "speaks_for", "aliases")
# Ids that begin so stand for tellers without a name; together they are one voice.
ANONYMOUS = "anon:"
# The tally of all persons whom lists name; nobody tells it, and it is no voice.
NAMES = "names"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Name one body, office or side; never a private person.

    Args:
        id: Stable; the case's own or the built-in one.
        name: The name that is shown.
        kind: What it is: agency, outlet, monitor, un, ngo, government, forces, group, committee.
        inside: The body that it belongs to, or ``None``.
        speaks_for: The bodies that it speaks for or relies on.
        aliases: Further names, in any script; the first Arabic one is its Arabic name.
    """

    id: str
    name: str
    kind: str = ""
    inside: str | None = None
    speaks_for: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> Iterator[str]:
        """Yield its name, then its aliases."""
        yield self.name
        yield from self.aliases

    @property
    def relies_on(self) -> tuple[str, ...]:
        """Return the bodies that make it one voice with them."""
        return (self.inside, *self.speaks_for) if self.inside else self.speaks_for

    def label(self, lang: str = "en") -> str:
        """Return the name to show in a language; without one in its script, the name."""
        wants_arabic = lang == "ar"
        names = (self.name, *self.aliases)
        return next((words for words in names if has_arabic(words) == wants_arabic), self.name)


class Actors:
    """Answer who is meant, and who speaks with one voice.

    Invariant: every body referred to is known and nobody relies on itself.
    """

    def __init__(self, by_id: Mapping[str, Actor], first: Iterable[str] = ()) -> None:
        self._by_id = by_id
        self._first = tuple(first)

    @staticmethod
    def builtin() -> Actors:
        """Return the bodies that come with Tallystick: read once, then kept."""
        return _builtin()

    @staticmethod
    def empty() -> Actors:
        """Return no actors at all."""
        return Actors({})

    def with_csv(
        self, table: str | Iterable[Mapping[str, str]], *, name: str = "actors.csv"
    ) -> tuple[Actors, tuple[Issue, ...]]:
        """Return these actors with those of a case, and an issue for each row set aside.

        A row takes the place of the actor that had its id, whole; its names come before the
        same names of others. A row set aside leaves what stood there before.
        """
        read = rows_of(table, name=name, columns=COLUMNS)
        made: dict[str, tuple[Row, Actor]] = {}
        issues = list(read.issues)
        for row in read.rows:
            actor = _actor_of(row)
            if isinstance(actor, Actor):
                made[actor.id] = (row, actor)
            else:
                issues.append(actor)
        whole, unsound = sound_rows(made, self._by_id, lambda actor: actor.relies_on)
        new = [id_ for id_, actor in whole.items() if self._by_id.get(id_) is not actor]
        return Actors(whole, [*sorted(new), *self._first]), tuple(issues + unsound)

    def with_one_voice(self, groups: Iterable[Sequence[str]]) -> Actors:
        """Return these actors with each group of tellers speaking with one voice.

        Args:
            groups: Ids; the others of a group rely on its first. A teller that is not known is
                one all the same.
        """
        together = dict(self._by_id)
        for first, *others in groups:
            together.setdefault(first, Actor(id=first, name=first))
            for id_ in others:
                actor = together.get(id_) or Actor(id=id_, name=id_)
                together[id_] = replace(actor, speaks_for=(*actor.speaks_for, first))
        return Actors(together, self._first)

    def get(self, id_: str) -> Actor | None:
        """Return the actor of this id, or ``None``."""
        return self._by_id.get(id_)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    def __iter__(self) -> Iterator[Actor]:
        """Yield every actor, by id."""
        return (self._by_id[id_] for id_ in sorted(self._by_id))

    def __len__(self) -> int:
        return len(self._by_id)

    def resolve(self, words: str) -> str | None:
        """Return the id of the actor that the words name, or ``None``.

        An id is its own name; else as spelt, before folded, before without its articles (“the
        Observatory”, “المرصد”).
        """
        asked, key = words.strip(), fold(words)
        if asked in self._by_id:
            return asked
        exact, folded, without = self._indexes
        return exact.get(asked) or folded.get(key) or without.get(bare(key))

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield every name with the id of its actor, by id, for one who scans a text."""
        for actor in self:
            for words in dict.fromkeys(actor.spellings):
                yield words, actor.id

    @cached_property
    def _indexes(self) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        exact: dict[str, str] = {}
        folded: dict[str, str] = {}
        without: dict[str, str] = {}
        for id_ in dict.fromkeys((*self._first, *sorted(self._by_id))):
            for words in self._by_id[id_].spellings:
                exact.setdefault(words, id_)
                folded.setdefault(fold(words), id_)
                without.setdefault(bare(fold(words)), id_)
        return exact, folded, without

    def label(self, id_: str, lang: str = "en") -> str:
        """Return the name to show; for an unknown id, the id without its mark (``x:``)."""
        actor = self._by_id.get(id_)
        return actor.label(lang) if actor else id_.removeprefix("x:")

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether ``inner`` is ``outer`` or belongs to it (``inside``)."""
        return self._forest.contains(outer, inner)

    @cached_property
    def _forest(self) -> Forest:
        return Forest({id_: actor.inside for id_, actor in self._by_id.items()})

    def voice_of(self, originator: str) -> str:
        """Return the voice that a teller speaks with, by one of its ids.

        Tellers that belong to one body, or speak for or rely on one another, are one voice, and
        so are all without a name (``anon:…``). An unknown teller is a voice of its own.
        """
        if originator.startswith(ANONYMOUS):
            return ANONYMOUS.rstrip(":")
        return self._voices.get(originator, originator)

    @cached_property
    def _voices(self) -> dict[str, str]:
        together = {id_: id_ for id_ in self._by_id}

        def head(id_: str) -> str:
            while together[id_] != id_:
                id_ = together[id_]
            return id_

        # A body that relies on nobody lends its id to the voice, whatever the order of the rows.
        for id_ in sorted(self._by_id):
            for other in self._by_id[id_].relies_on:
                one, two = sorted((head(id_), head(other)), key=self._rank)
                together[two] = one
        return {id_: head(id_) for id_ in self._by_id}

    def _rank(self, id_: str) -> tuple[bool, str]:
        return (bool(self._by_id[id_].relies_on), id_)


@lru_cache(maxsize=1)
def _builtin() -> Actors:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [Row(f"actors {cells['id']}", cells) for cells in csv.DictReader(lines)]
    return Actors({row.cell("id"): _made(row) for row in rows})


def _actor_of(row: Row) -> Actor | Issue:
    if not row.cell("name"):
        return fault(row, "terms.name-missing", "The actor has no name.", "Give it a name.")
    return _made(row)


def _made(row: Row) -> Actor:
    return Actor(
        id=row.cell("id"),
        name=row.cell("name"),
        kind=row.cell("kind"),
        inside=row.cell("inside") or None,
        speaks_for=row.parts("speaks_for"),
        aliases=row.parts("aliases"),
    )
