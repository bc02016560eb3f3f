"""Say whose name each word is: given, father, grandfather, family, kunya, kin.

Runs on the words of ``words_of``. Where the order leaves it open, several readings come back
with weights that add up to one; the likeliest first. Order matters throughout: a reading that
made a son of his father would be wrong, so nothing here sorts words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

from tallystick.text.names.lexicon import KIN, NOBODY
from tallystick.text.names.words import Word, fold_name, words_of

__all__ = ["NameReading", "Part", "Role", "likeliest_reading", "read_name"]

Role = Literal["given", "father", "grandfather", "family", "kunya", "laqab", "kin"]
Kin = Literal["", "wife", "son", "daughter", "child", "mother", "father"]


class Part(NamedTuple):
    """Hold one part of a name.

    Args:
        role: Whose name it is.
        text: The folded word, without its article.
        start: First code point in the raw name.
        end: Code point after the last.
        article: Whether al- stood before it.
        abu: ``abu`` or ``umm`` if such a word leads it, else empty.
    """

    role: Role
    text: str
    start: int
    end: int
    article: bool = False
    abu: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReading:
    """Hold one way to read a name.

    Args:
        parts: In the order of the raw name.
        kin: If not empty, the name is not the person's own: ``wife`` of the one named.
        weight: How likely this reading is among those returned.
        unnamed: Whether the words say that nobody knows the name.
    """

    parts: tuple[Part, ...]
    kin: Kin = ""
    weight: float = 1.0
    unnamed: bool = False

    def text(self, role: Role) -> str:
        """Give the first part in this role, or an empty string."""
        return next((part.text for part in self.parts if part.role == role), "")


def read_name(raw: str) -> tuple[NameReading, ...]:
    """Read a name as written.

    Returns:
        One to three readings, likeliest first; a single unnamed one if no word is a name.
    """
    return tuple(_read(raw))


def likeliest_reading(raw: str) -> NameReading:
    """Give the first of ``read_name`` without making the others."""
    return next(_read(raw))


def _read(raw: str) -> Iterator[NameReading]:
    words = words_of(raw)
    kinds = {word.kind for word in words}
    # No word for nobody is written with two separators.
    is_nobody = len(words) < 3 and fold_name(raw).strip() in NOBODY
    if is_nobody or "nobody" in kinds or not kinds & _NAMES:
        yield NameReading(parts=(), unnamed=True)
        return
    kin: Kin = ""
    if "kin" in kinds:
        kin = next((KIN[word.text] for word in words[:2] if word.kind == "kin"), kin)
    core = [word for word in words if word.kind in _NAMES]
    extras = [_part("laqab", word) for word in words if word.kind == "title"]
    bracketed = [word for word in core if word.bracket and word.kind != "name"]
    if bracketed:
        core = [word for word in core if word not in bracketed]
        extras += [_part("kunya", word) for word in bracketed]
    if not core:
        yield NameReading(parts=tuple(extras))
        return
    for parts, weight in _readings(core):
        if extras:
            parts = sorted(parts + extras, key=_start)
        yield NameReading(parts=tuple(parts), kin=kin, weight=weight)


_NAMES = frozenset({"name", "abu", "umm"})
_start = attrgetter("start")


def _part(role: Role, word: Word) -> Part:
    abu = word.kind if word.kind in {"abu", "umm"} else ""
    return Part(role, word.text, word.start, word.end, word.article, abu)


def _readings(core: list[Word]) -> Iterator[tuple[list[Part], float]]:
    comma = next((at for at, word in enumerate(core[:-1], 1) if word.comma), 0)
    if comma:
        family, rest = core[:comma], core[comma:]
        yield [_part("family", word) for word in family[-1:]] + _own(rest, ()), 1.0
    elif len(core) > 1 and core[0].kind != "name":
        yield from _after_kunya(core)
    else:
        yield from _in_order(core)


def _after_kunya(core: list[Word]) -> Iterator[tuple[list[Part], float]]:
    kunya, rest = _part("kunya", core[0]), core[1:]
    if len(rest) > 1:
        for parts, weight in _in_order(rest):
            yield [kunya, *parts], weight
        return
    is_family = rest[0].article or rest[0].kind != "name"
    yield [kunya, _part("family", rest[0])], 1.0 if is_family else 0.75
    if not is_family:
        yield [_part("family", core[0]), _part("given", rest[0])], 0.15
        yield [kunya, _part("given", rest[0])], 0.1


def _in_order(words: list[Word]) -> Iterator[tuple[list[Part], float]]:
    """Read given … family, and what else the order allows."""
    if len(words) == 1:
        lone: Role = "given" if words[0].kind == "name" else "kunya"
        yield [_part(lone, words[0])], 1.0
        return
    marked = words[-1].article or words[-1].kind != "name"
    if words[0].article and not marked:
        yield [_part("family", words[0]), *_own(words[1:], ())], 0.85
        yield _own(words[:-1], words[-1:]), 0.15
        return
    open_ = not marked and len(words) in {2, 3}
    two = open_ and len(words) == 2
    yield _own(words[:-1], words[-1:]), 0.8 if two else (0.85 if open_ else 1.0)
    if open_:
        yield _own(words, ()), 0.15
    if two:
        yield [_part("family", words[0]), *_own(words[1:], ())], 0.05


def _own(words: list[Word], family: tuple[Word, ...] | list[Word]) -> list[Part]:
    """Give the roles given, father, grandfather … in order, then the family."""
    roles: list[Role] = ["given", "father", "grandfather"]
    parts = [_part(roles[at] if at < 3 else "grandfather", word) for at, word in enumerate(words)]
    return parts + [_part("family", word) for word in family]
