"""Say whose name each word is: given, father, grandfather, family, kunya, kin.

Runs on the words of ``words_of``. Where the order leaves it open, several readings come back
with weights that add up to one; the likeliest first. Order matters throughout: a reading that
made a son of his father would be wrong, so nothing here sorts words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tallystick.text.names.lexicon import KIN, NOBODY
from tallystick.text.names.words import Word, fold_name, words_of

__all__ = ["NameReading", "Part", "Role", "read_name"]

Role = Literal["given", "father", "grandfather", "family", "kunya", "laqab", "kin"]
Kin = Literal["", "wife", "son", "daughter", "child", "mother", "father"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
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
    words = words_of(raw)
    if fold_name(raw).strip() in NOBODY:
        words = []
    if any(word.kind == "nobody" for word in words) or not any(_is_name(word) for word in words):
        return (NameReading(parts=(), unnamed=True),)
    extras = [_part("laqab", word) for word in words if word.kind == "title"]
    kin = next((KIN[word.text] for word in words[:2] if word.kind == "kin"), "")
    core = [word for word in words if _is_name(word)]
    bracketed = [word for word in core if word.bracket and word.kind != "name"]
    core = [word for word in core if word not in bracketed]
    extras += [_part("kunya", word) for word in bracketed]
    if not core:
        return (NameReading(parts=tuple(extras)),)
    return tuple(
        NameReading(
            parts=tuple(sorted([*extras, *parts], key=lambda part: part.start)),
            kin=kin,  # type: ignore[arg-type]  # KIN's values are the words of Kin
            weight=weight,
        )
        for parts, weight in _readings(core)
    )


def _is_name(word: Word) -> bool:
    return word.kind in {"name", "abu", "umm"}


def _part(role: Role, word: Word) -> Part:
    abu = word.kind if word.kind in {"abu", "umm"} else ""
    return Part(
        role=role, text=word.text, start=word.start, end=word.end, article=word.article, abu=abu
    )


def _readings(core: list[Word]) -> list[tuple[list[Part], float]]:
    comma = next((at for at, word in enumerate(core[:-1], 1) if word.comma), 0)
    if comma:
        family, rest = core[:comma], core[comma:]
        return [([_part("family", word) for word in family[-1:]] + _own(rest, ()), 1.0)]
    if len(core) > 1 and core[0].kind != "name":
        return _after_kunya(core)
    return _in_order(core)


def _after_kunya(core: list[Word]) -> list[tuple[list[Part], float]]:
    kunya, rest = _part("kunya", core[0]), core[1:]
    if len(rest) > 1:
        return [([kunya, *parts], weight) for parts, weight in _in_order(rest)]
    named = [kunya, _part("family", rest[0])]
    family_first = [_part("family", core[0]), _part("given", rest[0])]
    given = [kunya, _part("given", rest[0])]
    if rest[0].article or rest[0].kind != "name":
        return [(named, 1.0)]
    return [(named, 0.75), (family_first, 0.15), (given, 0.1)]


def _in_order(words: list[Word]) -> list[tuple[list[Part], float]]:
    """Read given … family, and what else the order allows."""
    if len(words) == 1:
        lone: Role = "given" if words[0].kind == "name" else "kunya"
        return [([_part(lone, words[0])], 1.0)]
    straight = _own(words[:-1], words[-1:])
    marked = words[-1].article or words[-1].kind != "name"
    turned = [_part("family", words[0]), *_own(words[1:], ())]
    if words[0].article and not marked:
        return [(turned, 0.85), (straight, 0.15)]
    if marked:
        return [(straight, 1.0)]
    by_father = _own(words, ())
    if len(words) == 2:
        return [(straight, 0.8), (by_father, 0.15), (turned, 0.05)]
    return [(straight, 0.85), (by_father, 0.15)] if len(words) == 3 else [(straight, 1.0)]


def _own(words: list[Word], family: tuple[Word, ...] | list[Word]) -> list[Part]:
    """Give the roles given, father, grandfather … in order, then the family."""
    roles: list[Role] = ["given", "father", "grandfather"]
    parts = [_part(roles[at] if at < 3 else "grandfather", word) for at, word in enumerate(words)]
    return parts + [_part("family", word) for word in family]
