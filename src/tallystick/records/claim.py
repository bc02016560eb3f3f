"""Hold one assertion of a number, pinned to its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Literal, get_args

from tallystick.errors import Unreadable
from tallystick.records.canonical import canonical_fields, short_id
from tallystick.records.days import Counted, Days

__all__ = [
    "BadClaim",
    "Claim",
    "Hedge",
    "Kind",
    "Pins",
    "Polarity",
    "Role",
    "Standard",
    "Unit",
    "Whom",
]

Kind = Literal[
    "killed", "injured", "missing", "abducted", "detained", "displaced", "killed+injured"
]
Unit = Literal["persons", "families"]
Hedge = Literal["exact", "at_least", "more_than", "at_most", "approx", "range", "vague"]
Polarity = Literal["asserted", "denied"]
Role = Literal["new", "cumulative", "subset", "part", "previous"]
Pins = Literal["both", "lo"]
Standard = Literal["reported", "documented", "verified", "estimated"]

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "unit": get_args(Unit),
    "hedge": get_args(Hedge),
    "polarity": get_args(Polarity),
    "role": get_args(Role),
    "pins": get_args(Pins),
    "standard": get_args(Standard),
}
_chosen_of = attrgetter(*_CHOICES)


class BadClaim(Unreadable):
    """A line does not hold a claim."""

    code = "bad-claim"

    def __init__(self, says: str, then: str = "correct the line, or leave it out.") -> None:
        super().__init__(says, then=then)


class Whom(Mapping[str, str]):
    """Hold whom a claim counts: one term for each key that the text states. Frozen.

    An absent key says nothing; it does not mean "unknown people".
    """

    __slots__ = ("_pairs",)
    _pairs: tuple[tuple[str, str], ...]

    def __init__(self, terms: Mapping[str, str] | None = None) -> None:
        object.__setattr__(self, "_pairs", tuple(sorted((terms or {}).items())))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Whom is frozen: {name}.")

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return each key with its term, by key."""
        return self._pairs

    def __getitem__(self, key: str) -> str:
        for name, term in self._pairs:
            if name == key:
                return term
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(self._pairs)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Whom):
            return self._pairs == other._pairs
        return dict(self) == other

    def __repr__(self) -> str:
        return f"Whom({dict(self)!r})"

    def __reduce__(self) -> tuple[type[Whom], tuple[dict[str, str]]]:
        return Whom, (dict(self),)

    def __str__(self) -> str:
        return " & ".join(f"{key}={term}" for key, term in self._pairs)


_EVERYBODY = Whom()
_UNCOUNTED = Counted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Hold one assertion. Only ``originator``, ``kind``, ``lo`` and ``hi`` must be given.

    Absent words are empty strings, absent ids None, absent windows None: unknown.

    Args:
        id: ``c-`` and 12 hexadecimal digits of the canonical bytes without id and method; made
            here if empty.
        source: Id of the source.
        published: Day on which the source was published; what "as of" asks for.
        span: Code points ``[start, end)`` of the text dump.
        quote: The exact words of the span.
        also: Further spans of the same source that tell it again.
        kind: What was done to the people counted.
        unit: Persons or families; never converted silently.
        lo: Least number, as said.
        hi: Greatest number, as said; None = no upper bound.
        hedge: How it was said; only ``approx`` widens the bounds in reckoning.
        polarity: Asserted, or denied by its teller.
        role: What the number is to the teller's other numbers; None = not known.
        part_of: Id of the claim of which this one is a subset or part.
        supersedes: Id of the claim that this one replaces, by the teller's own word.
        retracts: Id of the claim that this one takes back.
        pins: Which ends say something of the scope; None = by the rule of ``pinned``.
        incident: The teller's own label of one event.
        category: Whom it counts, as said.
        whom: Whom it counts, in terms.
        place: Where, as said.
        where: Ids of places; several = their union; none = unknown.
        to: Ids of destinations (displaced).
        date: When, as said.
        during: Window of the *event*; None = unknown, anywhere in the case's window.
        counted: Window of *documentation*.
        attributed_to: Who counted, as said.
        originator: Id of the teller whose tally this is.
        via: Who relays it, as said or by id; empty if nobody does.
        edition: None = the originator's own series, else the id of the source that relays it.
        actor: The alleged perpetrator, as alleged.
        by: Id of the alleged perpetrator; never inferred.
        standard: How far the teller says it checked; None = not said.
        method: Reader, rule and version that made it.

    Raises:
        BadClaim: A value outside its choices, ``lo`` above ``hi``, or a negative number.
    """

    id: str = ""
    source: str = ""
    published: dt.date | None = None
    span: tuple[int, int] | None = None
    quote: str = ""
    also: tuple[tuple[int, int], ...] = ()
    kind: Kind
    unit: Unit = "persons"
    lo: int
    hi: int | None
    hedge: Hedge | None = None
    polarity: Polarity = "asserted"
    role: Role | None = None
    part_of: str | None = None
    supersedes: str | None = None
    retracts: str | None = None
    pins: Pins | None = None
    incident: str | None = None
    category: str = ""
    whom: Whom = field(default=_EVERYBODY)
    place: str = ""
    where: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    date: str = ""
    during: Days | None = None
    counted: Counted = field(default=_UNCOUNTED)
    attributed_to: str = ""
    originator: str
    via: str = ""
    edition: str | None = None
    actor: str = ""
    by: str | None = None
    standard: Standard | None = None
    method: str = ""

    def __post_init__(self) -> None:
        self._check()
        if self.hedge is None:
            object.__setattr__(self, "hedge", _plain_hedge(self.lo, self.hi))
        object.__setattr__(self, "where", tuple(sorted(set(self.where))))
        object.__setattr__(self, "to", tuple(sorted(set(self.to))))
        if not self.id:
            object.__setattr__(self, "id", short_id("c", canonical_fields(self._substance())))

    def _check(self) -> None:
        for (name, choices), value in zip(_CHOICES.items(), _chosen_of(self), strict=True):
            if value is not None and value not in choices:
                raise BadClaim(
                    f"{name} “{str(value)[:40]}” is none of {', '.join(choices)}.",
                    then=f"write one of {', '.join(choices)}.",
                )
        if not self.originator:
            raise BadClaim("A claim needs an originator.", then="say who counted.")
        if self.lo < 0:
            raise BadClaim(f"lo is {self.lo}; people are not counted below 0.")
        if self.hi is not None and self.hi < self.lo:
            raise BadClaim(f"lo {self.lo} is above hi {self.hi}.", then="exchange them.")

    def _substance(self) -> Iterator[tuple[str, object]]:
        """Yield name and value of all that is said, by name."""
        for name, value in zip(_SUBSTANCE, _substance_of(self), strict=True):
            if type(value) is int:
                yield name, value
            elif value:
                plain = value if type(value) is str else _plain(value)
                if plain:
                    yield name, plain

    @property
    def pinned(self) -> Pins:
        """Say which ends hold: by ``pins``, else by what the text states of its scope.

        Both ends hold where the place is stated, the role is not ``new``, and the days are
        stated; a running total is its own statement of days, for it counts all until its mark.
        """
        if self.pins is not None:
            return self.pins
        is_running_total = self.during is None and self.counted.until is not None
        days_stated = self.during is not None or (
            self.role in (None, "cumulative") and is_running_total
        )
        return "both" if self.where and days_stated and self.role != "new" else "lo"

    def as_json(self) -> dict[str, object]:
        """Return every field by its name, with ``type``: the line that ``read --jsonl`` prints."""
        told: dict[str, object] = {"type": "claim"}
        for name in _FIELDS:
            told[name] = _plain(getattr(self, name))
        return told

    @classmethod
    def from_json(cls, line: Mapping[str, object]) -> Claim:
        """Read a claim from its JSON object; absent or null means unknown.

        Raises:
            BadClaim: A field that a claim does not have, or a value it cannot hold.
            UnclearDate: A window that cannot be read.
        """
        values = {name: value for name, value in line.items() if value is not None}
        values.pop("type", None)
        unknown = sorted(values.keys() - _NAMES)
        if unknown:
            raise BadClaim(f"A claim has no field “{unknown[0][:40]}”.", then="see docs/look-up.")
        missing = sorted({"originator", "kind", "lo"} - values.keys())
        if missing:
            raise BadClaim(f"A claim needs {', '.join(missing)}.")
        for name, read in _READERS.items():
            if name in values:
                values[name] = read(name, values[name])
        values.setdefault("hi", None)
        return cls(**values)  # type: ignore[arg-type]  # each value was read by its reader or checked as text


_FIELDS = tuple(part.name for part in fields(Claim))
# What an id is made of: all that is said, not who read it.
_SUBSTANCE = tuple(sorted(name for name in _FIELDS if name not in ("id", "method")))
_substance_of = attrgetter(*_SUBSTANCE)


def _plain_hedge(lo: int, hi: int | None) -> Hedge:
    if hi is None:
        return "at_least"
    if lo == hi:
        return "exact"
    return "at_most" if lo == 0 else "range"


_WINDOWS = (Days, Counted)


def _plain(value: object) -> object:
    if value is None or type(value) in (str, int):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Whom):
        return dict(value.pairs)
    if isinstance(value, _WINDOWS):
        return value.as_json()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadClaim(f"{name} “{str(value)[:40]}” is no whole number.")
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadClaim(f"{name} must be text.")
    return value


def _ids(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(str(item) for item in value)
    raise BadClaim(f"{name} must be an id or a list of ids.")


def _span(name: str, value: object) -> tuple[int, int]:
    if isinstance(value, list | tuple) and len(value) == 2:
        return _whole(name, value[0]), _whole(name, value[1])
    raise BadClaim(f"{name} must be a pair [start, end).")


def _spans(name: str, value: object) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, list | tuple):
        raise BadClaim(f"{name} must be a list of pairs.")
    return tuple(_span(name, item) for item in value)


def _whom(name: str, value: object) -> Whom:
    if not isinstance(value, Mapping):
        raise BadClaim(f"{name} must be an object of key: term.")
    return Whom({_text(name, key): _text(name, term) for key, term in value.items()})


def _day(_name: str, value: object) -> dt.date:
    return Days.parse(str(value)[:10]).last


_TEXTS = (
    "id", "source", "quote", "kind", "unit", "hedge", "polarity", "role", "part_of", "supersedes",
    "retracts", "pins", "incident", "category", "place", "date", "attributed_to", "originator",
    "via", "edition", "actor", "by", "standard", "method",
)  # fmt: skip
_READERS: dict[str, Callable[[str, object], object]] = dict.fromkeys(_TEXTS, _text)
_READERS |= {
    "published": _day,
    "span": _span,
    "also": _spans,
    "lo": _whole,
    "hi": _whole,
    "whom": _whom,
    "where": _ids,
    "to": _ids,
    "during": lambda _name, value: Days.from_json(value),
    "counted": lambda _name, value: Counted.from_json(value),
}
_NAMES = frozenset(part.name for part in fields(Claim))
