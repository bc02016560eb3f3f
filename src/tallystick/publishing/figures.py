"""Read a figure from its JSON object, as ``tallystick reckon --json`` prints it.

Publishing knows figures by this contract alone, so a report can be made from a file of figures as
well as from a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, get_args

from tallystick.errors import Unreadable
from tallystick.records import Days, Kind, Query, Unit, WhomTest

__all__ = ["BadFigure", "Disagreement", "Range", "ReadFigure"]


T = TypeVar("T")


class BadFigure(Unreadable):
    """A JSON object is no figure."""

    code = "bad-figure"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This is no figure: {what[:100]}.", then="make it with `tallystick reckon --json`."
        )


@dataclass(frozen=True, slots=True)
class Range:
    """Hold what one teller counts: at least ``lo``, at most ``hi`` if it gives an upper end."""

    originator: str
    lo: int
    hi: int | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Hold claims that cannot all be right, and the arithmetic that shows it."""

    claims: tuple[str, ...]
    says: str
    where: str
    stretch: str
    touches: bool


@dataclass(frozen=True, slots=True)
class FromFamilies:
    """Hold what a count of families tells of persons, by which rule; it is in no bound."""

    rule: str
    lo: int
    families: int
    each: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFigure:
    """Hold a figure as a report shows it; ``told`` is its JSON object, unchanged."""

    id: str
    query: Query
    documented: int
    certificate: str
    single: int
    single_originator: str
    believed: int
    corroborated: int
    withstands: int
    otherwise: tuple[Range, ...] = ()
    flags: tuple[str, ...] = ()
    claimed: tuple[Range, ...] = ()
    highest: Range | None = None
    named: tuple[int, int | None] | None = None
    contested: tuple[Disagreement, ...] = ()
    derived: tuple[FromFamilies, ...] = ()
    method: str = ""
    told: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> ReadFigure:
        """Read the object that ``reckon --json`` prints.

        Raises:
            BadFigure: A part that every figure has is missing or is of another form.
        """
        try:
            return _read(told)
        except (KeyError, TypeError, ValueError) as trouble:
            raise BadFigure(f"{type(trouble).__name__} {trouble}") from trouble

    @property
    def is_contested(self) -> bool:
        return any(found.touches for found in self.contested)

    @property
    def tellers(self) -> tuple[str, ...]:
        """Return the tellers who count at least one person here, the highest first."""
        counting = [told for told in self.claimed if told.lo > 0]
        return tuple(told.originator for told in sorted(counting, key=_highest_first))


def _highest_first(told: Range) -> tuple[int, str]:
    return (-told.lo, told.originator)


def _read(told: Mapping[str, object]) -> ReadFigure:
    documented, single = _object(told["documented"]), _object(told["single"])
    highest, named = told.get("highest"), told.get("named")
    return ReadFigure(
        id=_text(told["id"]),
        query=_query(_object(told["query"])),
        documented=_whole(documented["lo"]),
        certificate=_text(documented.get("certificate") or ""),
        single=_whole(single["lo"]),
        single_originator=_text(single.get("originator") or ""),
        believed=_whole(_object(told["believed"])["lo"]),
        corroborated=_whole(_object(told["corroborated"])["lo"]),
        withstands=_whole(_object(told["withstands"])["lo"]),
        otherwise=tuple(_ranges(told.get("otherwise"))),
        flags=tuple(_text(flag) for flag in _list(told.get("flags"))),
        claimed=tuple(_ranges(told.get("claimed"))),
        highest=_range(_object(highest)) if highest else None,
        named=_pair(_object(named)) if named else None,
        contested=tuple(_disagreements(told.get("contested"))),
        derived=tuple(_from_families(_object(item)) for item in _list(told.get("derived"))),
        method=_text(told.get("method") or ""),
        told=told,
    )


def _from_families(told: Mapping[str, object]) -> FromFamilies:
    return FromFamilies(
        _text(told["rule"]), _whole(told["lo"]), _whole(told["families"]), _text(told["each"])
    )


def _ranges(value: object) -> Iterable[Range]:
    return (_range(_object(item)) for item in _list(value))


def _range(told: Mapping[str, object]) -> Range:
    hi = told.get("hi")
    lo = told.get("lo")
    return Range(
        _text(told["originator"]),
        _whole(lo) if lo is not None else 0,
        _whole(hi) if hi is not None else None,
    )


def _pair(told: Mapping[str, object]) -> tuple[int, int | None]:
    hi = told.get("hi")
    return _whole(told["lo"]), _whole(hi) if hi is not None else None


def _disagreements(value: object) -> Iterable[Disagreement]:
    for item in _list(value):
        told = _object(item)
        yield Disagreement(
            claims=_ids(told.get("claims")),
            says=_text(told.get("says") or ""),
            where=_text(told.get("where") or "within"),
            stretch=str(told.get("stretch") or ""),
            touches=told.get("touches") is not False,
        )


def _query(told: Mapping[str, object]) -> Query:
    during, as_of = told.get("during"), told.get("as_of")
    return Query(
        kind=_choice(told.get("kind") or "killed", get_args(Kind)),
        unit=_choice(told.get("unit") or "persons", get_args(Unit)),
        where=_ids(told.get("where")),
        whom=tuple(WhomTest.parse(_text(test)) for test in _list(told.get("whom"))),
        by=_ids(told.get("by")),
        to=_ids(told.get("to")),
        during=Days.from_json(during) if during else None,
        as_of=Days.parse(str(as_of)[:10]).last if as_of else None,
    )


def _choice(value: object, choices: tuple[T, ...]) -> T:
    if value in choices:
        return choices[choices.index(value)]
    raise ValueError(f"{str(value)[:40]} is none of {choices}")


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{type(value).__name__} where an object is needed")
    return value


def _list(value: object) -> Iterable[object]:
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return value
    raise TypeError(f"{type(value).__name__} where a list is needed")


def _ids(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(_text(item) for item in _list(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where text is needed")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{type(value).__name__} where a whole number is needed")
    return value
