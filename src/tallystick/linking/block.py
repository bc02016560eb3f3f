"""Find the pairs worth comparing: a union of narrow rules.

Every rule is a conjunction of fields. All but the rescue rules carry the given name or the
kunya, so that families killed together do not meet by surname, day and place alone. A block
that grows too large is split by a further field; what even that leaves too large is reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.columns import C, Columns
from tallystick.linking.engines.jit import THREADS
from tallystick.linking.sift import counted, sifted_pairs
from tallystick.records import Issue

__all__ = ["RULES", "Pairs", "Rule", "candidate_pairs", "key_rows", "recall_of"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Name one conjunction.

    Args:
        name: For reports.
        fields: What must agree, by name in ``_Keys``.
        split: Fields that split a block larger than ``largest``, in turn.
        probe: If true, one of the two records must be named by kin or kunya alone.
        largest: Records in a block before it is split.
    """

    name: str
    fields: tuple[str, ...]
    split: tuple[str, ...] = ()
    probe: bool = False
    largest: int = 80


@dataclass(frozen=True, slots=True)
class Pairs:
    """Hold candidate pairs as two columns of record numbers, left < right, in order.

    ``times`` says how many rules (and keys of one rule) brought a pair together.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    times: NDArray[np.uint8]
    issues: tuple[Issue, ...] = ()


RULES: tuple[Rule, ...] = (
    Rule(name="given and family", fields=("given", "last"), split=("month", "place", "day")),
    Rule(name="given and day", fields=("given", "day"), split=("region", "place", "last")),
    Rule(
        name="given and father", fields=("given", "father"), split=("month", "place", "last"),
        largest=20,
    ),
    Rule(name="given, place, month", fields=("given", "place", "month"), split=("last", "day")),
    Rule(name="given and family turned", fields=("turned",), split=("month", "place")),
    Rule(name="family, day, letter", fields=("last", "day", "letter"), split=("place", "given")),
    Rule(
        name="family, place, letter", fields=("last", "place", "letter"), split=("month", "given")
    ),
    Rule(name="day, place, letter", fields=("day", "place", "letter"), split=("age", "given")),
    Rule(name="given, age, month", fields=("given", "age", "month"), split=("region", "last")),
    Rule(
        name="given, days near", fields=("given", "near"), split=("region", "last", "place"),
        largest=20,
    ),
    Rule(
        name="given, day of year", fields=("given", "day_of_year"), split=("region", "last"),
        largest=20,
    ),
    Rule(
        name="given and place", fields=("given", "place"), split=("year", "month", "last"),
        largest=20,
    ),
    Rule(name="family, near, letter", fields=("last", "near", "letter"), split=("place", "given")),
    Rule(name="kunya, family, day", fields=("last", "day"), split=("place",), probe=True),
    Rule(name="kunya, family, place", fields=("last", "place"), split=("month",), probe=True),
    Rule(name="kin, day, place", fields=("day", "place"), split=("sex", "age"), probe=True),
    Rule(name="child of", fields=("father", "day"), split=("last", "place"), probe=True),
    Rule(name="child of, family", fields=("father", "last"), split=("month", "place"), probe=True),
    Rule(name="kunya, own", fields=("kunya", "last"), split=("month", "place")),
    Rule(name="number", fields=("number",)),
)  # fmt: skip
# Parts in which the pairs of all rules are brought together: few are then held twice.
_SHARES = 16
_ODD = np.int64(-7046029254386353131)


def candidate_pairs(columns: Columns, rules: tuple[Rule, ...] = RULES) -> Pairs:
    """Give all pairs that at least one rule brings together and that are worth comparing."""
    keys = _Keys(columns)
    with ThreadPoolExecutor(THREADS) as pool:
        by_rule = list(pool.map(partial(_brought, keys=keys, columns=columns), rules))
    del keys
    issues = [_too_large(rule, n) for rule, (_, n) in zip(rules, by_rule, strict=True) if n]
    return Pairs(*_united([found for found, _ in by_rule], columns.n), tuple(issues))


def _united(
    by_rule: list[Ints], n: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
    """Make one run of several, each sorted: the pairs of some records after those of others."""
    bounds = np.linspace(0, n, _SHARES + 1).astype(np.int64) << 32
    cuts = [np.searchsorted(codes, bounds) for codes in by_rule]

    def share(at: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]]:
        parts = [codes[cut[at] : cut[at + 1]] for codes, cut in zip(by_rule, cuts, strict=True)]
        # A stable sort merges what lies sorted already.
        return counted(np.sort(np.concatenate(parts), kind="stable"))

    with ThreadPoolExecutor(THREADS) as pool:
        left, right, times = zip(*pool.map(share, range(_SHARES)), strict=True)
    return np.concatenate(left), np.concatenate(right), np.concatenate(times)


def _brought(rule: Rule, keys: _Keys, columns: Columns) -> tuple[Ints, int]:
    """Give the pairs that one rule brings, sorted, and how many records were only windowed."""
    found = [np.zeros(0, np.int64)]
    left_out = 0
    for rid, key, windowed in _blocks(rule, keys):
        left_out += windowed
        seeks = keys.probes()[rid] if rule.probe else np.ones(len(rid), np.bool_)
        found += sifted_pairs(key, rid.astype(np.int32), seeks, columns)
    return np.sort(np.concatenate(found)), left_out


def recall_of(times: NDArray[np.uint8]) -> float:
    """Say which share of the pairs of one person the rules brought together at most.

    Args:
        times: How many rules brought each pair of one person, 0 if only a third record did.

    Method:
        Chao's lower bound for the pairs that no rule brought, from those that one or two did;
        at least as many as third records were seen to bring. Rules overlap, and pairs that share
        nothing leave no trace: on invented worlds the truth was .85 to .90 where this said .96.
    """
    found, once, twice = (int((times >= 1).sum()), int((times == 1).sum()), int((times == 2).sum()))
    unseen = max(once * (once - 1) / (2 * (twice + 1)), int((times == 0).sum()))
    return found / (found + unseen) if found else 1.0


def key_rows(columns: Columns, rules: tuple[Rule, ...] = RULES) -> tuple[Ints, tuple[Issue, ...]]:
    """Give the keys of all rules as a table, for an engine that joins by SQL.

    Returns:
        Shape (m, 3): key, record, probe (1 if the record may seek partners); and issues.
    """
    keys = _Keys(columns)
    blocks = [np.zeros((0, 3), np.int64)]
    issues: list[Issue] = []
    for rule in rules:
        left_out = 0
        for rid, key, windowed in _blocks(rule, keys):
            left_out += windowed
            seeks = keys.probes()[rid] if rule.probe else np.ones(len(rid), np.int64)
            blocks.append(np.column_stack([key ^ _number_of(rule), rid, seeks]).astype(np.int64))
        if left_out:
            issues.append(_too_large(rule, left_out))
    return np.concatenate(blocks), tuple(issues)


def _number_of(rule: Rule) -> np.int64:
    """Give a rule a number that is the same in every run."""
    digest = hashlib.blake2b(rule.name.encode(), digest_size=8).digest()
    return np.int64(int.from_bytes(digest, "big", signed=True))


def _too_large(rule: Rule, left_out: int) -> Issue:
    return Issue(
        code="linking.block-too-large",
        weight="warning",
        where=f"rule {rule.name}",
        says=f"{left_out} records agree on everything this rule can look at; each was compared "
        "with its neighbours only",
        then="see whether one list was pasted in many times",
    )


def _blocks(rule: Rule, keys: _Keys) -> Iterator[tuple[Ints, Ints, int]]:
    """Give (records, keys, how many of them were only windowed), like keys side by side.

    A block above the size is split by one more field; who lacks it meets all who lack it.
    """
    rid, key = keys.of(rule.fields[0])
    for field in rule.fields[1:]:
        rid, key = _and(rid, key, keys, field)
    for split in (*rule.split, ""):
        rid, key = _side_by_side(rid, key)
        large = _is_large(rid, key, keys, rule.largest * (1 if split else 4))
        yield rid[~large], key[~large], 0
        rid, key = rid[large], key[large]
        if split and len(rid):
            key = _mix(key, keys.single(split)[rid])
    if len(rid):
        many = len(rid)
        rid, key = _side_by_side(*_windowed(rid, key, rule.largest * 4))
        yield rid, key, many


def _side_by_side(rid: Ints, key: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(key)
    return rid[order], key[order]


def _mix(a: Ints, b: Ints) -> Ints:
    """Make one key of two; the first is spread before the second joins it.

    Both may be small numbers: mixed as they are, many pairs of them would share a key.
    """
    with np.errstate(over="ignore"):
        spread = a * _ODD
        mixed = ((spread ^ (spread >> 29)) + b) * _ODD
        out: Ints = mixed ^ (mixed >> 29)
    return out


def _and(rid: Ints, key: Ints, keys: _Keys, field: str) -> tuple[Ints, Ints]:
    """Join a further field: a record with several keys in it yields several rows."""
    key_b, first_b, count_b = keys.by_record(field)
    first, count = first_b[rid], count_b[rid]
    at = np.repeat(np.arange(len(rid)), count)
    within = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
    return rid[at], _mix(key[at], key_b[first[at] + within])


def _is_large(rid: Ints, key: Ints, keys: _Keys, largest: int) -> NDArray[np.bool_]:
    """Mark the rows of blocks with too many surveyed records; others only if twice as many.

    So a small list parts no block in which it is a guest.
    """
    surveyed = (keys.cells[rid, C.SURVEYED] > 0).astype(np.int64)
    starts, sizes = _runs(key)
    hosts = np.add.reduceat(surveyed, starts) if len(starts) else sizes
    out: NDArray[np.bool_] = np.repeat((hosts > largest) | (sizes > 2 * largest), sizes)
    return out


def _runs(key: Ints) -> tuple[Ints, Ints]:
    """Give where each key begins, and how many rows it has; like keys lie side by side."""
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]][: len(key)])
    return starts, np.diff(np.r_[starts, len(key)])


def _windowed(rid: Ints, key: Ints, largest: int) -> tuple[Ints, Ints]:
    """Cut what is still too large into neighbourhoods that overlap by half."""
    order = np.lexsort((rid, key))
    rid, key = rid[order], key[order]
    starts, sizes = _runs(key)
    within = np.arange(len(key)) - np.repeat(starts, sizes)
    window = within // (largest // 2)
    again = window > 0
    return (
        np.concatenate([rid, rid[again]]),
        np.concatenate([_mix(key, window), _mix(key[again], window[again] - 1)]),
    )


class _Keys:
    """Give the keys of a field: (record, key) rows, several a record where spelling is open."""

    def __init__(self, columns: Columns) -> None:
        self.cells = columns.cells
        self.token_keys = columns.tokens.keys.astype(np.int64)
        first = [ord(text[0]) for text in columns.tokens.skeletons] or [0]
        self.first_letter = np.array(first, np.int64)
        self.n = columns.n
        self._known: dict[str, tuple[Ints, Ints]] = {}

    def of(self, field: str) -> tuple[Ints, Ints]:
        """Give the rows, in the order of the records."""
        if field not in self._known:
            rid, key = getattr(self, "_" + field)()
            order = np.argsort(rid, kind="stable")
            self._known[field] = rid[order].astype(np.int32), key[order]
        rid, key = self._known[field]
        return rid.astype(np.int64), key

    def by_record(self, field: str) -> tuple[Ints, Ints, Ints]:
        """Give all keys, and of each record where its own begin and how many it has."""
        rid, key = self.of(field)
        count = np.bincount(rid, minlength=self.n)
        return key, np.cumsum(count) - count, count

    def single(self, field: str) -> Ints:
        """Give one key a record, −1 where it has none: for splitting."""
        rid, key = self.of(field)
        out = np.full(self.n, -1, np.int64)
        out[rid[::-1]] = key[::-1]
        return out

    def probes(self) -> NDArray[np.bool_]:
        """Mark who has no given name of his own, but is named by kin or kunya."""
        kin = (self.cells[:, C.KIN] > 0) | (self.cells[:, C.GIVEN] < 0)
        out: NDArray[np.bool_] = kin & (self.cells[:, C.NAMED] > 0)
        return out

    def _words(self, column: int, *, all_keys: bool = True) -> tuple[Ints, Ints]:
        token = self.cells[:, column]
        rid = np.flatnonzero(token >= 0)
        rows = []
        for at in range(self.token_keys.shape[1] if all_keys else 1):
            key = self.token_keys[token[rid], at]
            rows.append((rid[key >= 0], key[key >= 0]))
        return np.concatenate([r for r, _ in rows]), np.concatenate([k for _, k in rows])

    def _plain(self, column: int) -> tuple[Ints, Ints]:
        rid = np.flatnonzero(self.cells[:, column] >= 0)
        return rid, self.cells[rid, column].astype(np.int64)

    def _both(self, *columns: int) -> tuple[Ints, Ints]:
        found = [self._words(column) for column in columns]
        return np.concatenate([r for r, _ in found]), np.concatenate([k for _, k in found])

    def _given(self) -> tuple[Ints, Ints]:
        return self._words(C.GIVEN)

    def _last(self) -> tuple[Ints, Ints]:
        return self._words(C.FAMILY)

    def _father(self) -> tuple[Ints, Ints]:
        """The father's name, also where it may stand as the last of two words."""
        rid, key = self._both(C.FATHER, C.OF)
        open_rid, open_key = self._words(C.FAMILY)
        is_open = self.cells[open_rid, C.OPEN] > 0
        return np.concatenate([rid, open_rid[is_open]]), np.concatenate([key, open_key[is_open]])

    def _turned(self) -> tuple[Ints, Ints]:
        """Given and family of two-word names whichever comes first."""
        rid, given = self._words(C.GIVEN, all_keys=False)
        family = self.single("last")[rid]
        keep = family >= 0
        low, high = np.minimum(given, family)[keep], np.maximum(given, family)[keep]
        return rid[keep], _mix(low, high)

    def _letter(self) -> tuple[Ints, Ints]:
        rid, key = self._words(C.GIVEN)
        return rid, self.first_letter[key]

    def _kunya(self) -> tuple[Ints, Ints]:
        return self._words(C.KUNYA)

    def _day(self) -> tuple[Ints, Ints]:
        return self._plain(C.DAY)

    def _near(self) -> tuple[Ints, Ints]:
        """Windows of eight days that overlap by half: days at most four apart share one."""
        rid, day = self._plain(C.DAY)
        return np.concatenate([rid, rid]), np.concatenate([day // 8 * 2, (day + 4) // 8 * 2 + 1])

    def _day_of_year(self) -> tuple[Ints, Ints]:
        """Day and month without the year, in either order: slips that lists often make."""
        rid, day = self._plain(C.DAY)
        month = self.cells[rid, C.MONTH] % 12
        first = (
            day.astype("datetime64[D]") - day.astype("datetime64[D]").astype("datetime64[M]")
        ).astype(np.int64)
        return rid, np.minimum(first, month) * 31 + np.maximum(first, month)

    def _year(self) -> tuple[Ints, Ints]:
        rid, month = self._plain(C.MONTH)
        return rid, month // 12

    def _month(self) -> tuple[Ints, Ints]:
        return self._plain(C.MONTH)

    def _place(self) -> tuple[Ints, Ints]:
        return self._words(C.PLACE)

    def _region(self) -> tuple[Ints, Ints]:
        return self._words(C.REGION, all_keys=False)

    def _sex(self) -> tuple[Ints, Ints]:
        return self._plain(C.GUESSED_SEX)

    def _age(self) -> tuple[Ints, Ints]:
        return self._plain(C.AGE)

    def _number(self) -> tuple[Ints, Ints]:
        return self._plain(C.NUMBER)
