"""Link lists whose columns the shipped model does not know: learn the weights from the lists.

The shipped model knows lists of the dead. A register of the living, with addresses and numbers
of its own, is linked by what its own columns say (Fellegi and Sunter 1969): how often a column
agrees by chance is counted on random pairs, how often it agrees on one person is estimated from
the candidate pairs by expectation and maximisation. No labels are needed and no column is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.draws import Lot
from tallystick.linking.edits import DIFFERENT, EQUAL, LEVELS, MISSING, Cells, cells_of, levels_of
from tallystick.linking.explain import Reasons, Step
from tallystick.linking.roles import roles_of
from tallystick.linking.score import Scored
from tallystick.linking.sift import counted
from tallystick.records import Entry, Issue
from tallystick.text import fold_name

__all__ = ["Weights", "is_register", "register_scored"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
_LEAST_COLUMNS = 3
# Columns that a field takes in part.
_IN_PART = frozenset({"given", "family", "birth"})
_LEAST_VALUES, _LEAST_SHARE = 10, 0.05
_LEAST_STATED = 0.2
# A rule may bring each record so many partners on average.
_PARTNERS = 20
_LARGEST = 200
_RANDOM_PAIRS = 400_000
_MOST_ODDS = 25.0
_FIELDS = ("father", "mother", "sex", "birth_year", "died", "place", "region", "number")
_LOT = Lot(slope=1.0, shift=0.0, spread=0.5)


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold what each level of each column says for or against one person.

    Args:
        name: Method and version.
        columns: Their names, in order.
        cells: The columns themselves.
        same: Shape (columns, levels): log of how often one person's entries show the level.
        chance: The same for two random records.
        prior: Log-odds that two random records are one person.
        cut: Mean log-odds above which two groups are one person; ``twice``, ``company`` and
            ``lot`` likewise serve as in ``Model``.
    """

    name: str
    columns: tuple[str, ...]
    cells: tuple[Cells, ...]
    same: Floats
    chance: Floats
    prior: float
    cut: float = 0.0
    twice: float = 1.0
    company: float = 0.0
    lot: Lot = _LOT

    def moves(self, left: Ints, right: Ints) -> Floats:
        """Say how much each column moves the log-odds of each pair: shape (pairs, columns)."""
        levels = np.column_stack([levels_of(left, right, cells) for cells in self.cells])
        return _moves(levels, _by_value(left, self.cells), self.same, self.chance)

    def why(self, i: int, j: int) -> Reasons:
        """Explain the score of two records."""
        left, right = np.array([i], np.int32), np.array([j], np.int32)
        moves = self.moves(left, right)[0]
        levels = [int(levels_of(left, right, cells)[0]) for cells in self.cells]
        log_odds = float(np.clip(self.prior + moves.sum(), -_MOST_ODDS, _MOST_ODDS))
        steps = [
            _step(column, level, float(m))
            for column, level, m in zip(self.columns, levels, moves, strict=True)
        ]
        start = log_odds - float(moves.sum())
        return Reasons(start, tuple(steps), log_odds, float(1 / (1 + np.exp(-log_odds))))


def _step(column: str, level: int, moves: float) -> Step:
    value = None if level == MISSING else 1 - level / DIFFERENT
    return Step(column, f"{column}: {LEVELS[level]}", value, moves)


def is_register(entries: Sequence[Entry]) -> bool:
    """Say whether no list states a date of death and further columns tell people apart.

    A column of remarks or of a few states does not: it must hold many different values.
    """
    if any(entry.died for entry in entries):
        return False
    values: dict[str, set[str]] = {}
    for entry in entries:
        for column, text in entry.more:
            if column in _IN_PART:
                continue
            values.setdefault(column, set()).add(text)
    least = max(_LEAST_VALUES, _LEAST_SHARE * len(entries))
    return sum(len(texts) >= least for texts in values.values()) >= _LEAST_COLUMNS


def register_scored(entries: Sequence[Entry]) -> tuple[Scored, Weights, list[Issue]]:
    """Find and score pairs by whatever columns the lists have."""
    names, cells = _columns(entries)
    left, right, times = _candidates(cells, len(entries))
    levels = np.column_stack([levels_of(left, right, column) for column in cells])
    chance = _chance(cells, len(entries))
    by_value = _by_value(left, cells)
    same, matches = _learned(levels, by_value, chance)
    n = len(entries)
    prior = float(np.log(max(matches, 1.0) / max(n * (n - 1) / 2 - matches, 1.0)))
    moves = _moves(levels, by_value, same, chance).sum(axis=1)
    log_odds = np.clip(prior + moves, -_MOST_ODDS, _MOST_ODDS).astype(np.float32)
    weights = Weights("fellegi-sunter-1", names, cells, same, chance, prior)
    return Scored(left, right, log_odds, log_odds, times, len(left)), weights, [_told(names)]


def _told(names: Sequence[str]) -> Issue:
    return Issue(
        code="linking.weights-learnt",
        weight="note",
        where="all lists",
        says="no list states a date of death, so the shipped model does not apply; weights were "
        f"learnt from the lists themselves over {', '.join(names)}",
        then="if these are lists of the dead, name the column of the date in a mapping file",
    )


def _columns(entries: Sequence[Entry]) -> tuple[tuple[str, ...], tuple[Cells, ...]]:
    """Give the columns that can tell people apart: stated often enough, and repeated."""
    texts: dict[str, list[str]] = {}
    for at, entry in enumerate(entries):
        for column, text in _cells_of(entry):
            texts.setdefault(column, [""] * len(entries))[at] = fold_name(text).strip()
    laid = {column: cells_of(held) for column, held in sorted(texts.items())}
    useful = [column for column, cells in laid.items() if _is_useful(cells, len(entries))]
    return tuple(useful), tuple(laid[column] for column in useful)


def _is_useful(cells: Cells, n: int) -> bool:
    stated = int((cells.value >= 0).sum())
    return stated >= _LEAST_STATED * n and 1 < len(cells.share) < stated


def _cells_of(entry: Entry) -> list[tuple[str, str]]:
    """Give all that an entry states, column by column; a name that has no columns by its roles."""
    more = dict(entry.more)
    if "given" not in more:
        roles = roles_of(entry.name)
        more |= {"given": roles.given, "family": roles.bare_family}
        more.setdefault("father", roles.father)
    if "birth" in more:
        more["birth_year"] = ""
    stated = {name: str(getattr(entry, name) or "") for name in _FIELDS}
    return list((stated | more).items())


def _candidates(cells: Sequence[Cells], n: int) -> tuple[Ints, Ints, NDArray[np.uint8]]:
    """Bring together who agrees in one rare column or in any two that are rare together."""
    keys: dict[tuple[int, ...], NDArray[np.int64]] = {}
    for at, column in enumerate(cells):
        keys[at,] = column.value.astype(np.int64)
    for a, b in combinations(range(len(cells)), 2):
        both = (keys[a,] >= 0) & (keys[b,] >= 0)
        keys[a, b] = np.where(both, keys[a,] * (len(cells[b].share) + 1) + keys[b,], -1)
    codes = [np.zeros(0, np.int64)]
    for rule, key in keys.items():
        narrower = any((at,) != rule and _is_narrow(keys[at,], n) for at in rule)
        if not narrower and _is_narrow(key, n):
            codes.append(_met(key))
    return counted(np.sort(np.concatenate(codes)))


def _is_narrow(key: NDArray[np.int64], n: int) -> bool:
    _, counts = np.unique(key[key >= 0], return_counts=True)
    counts = counts[counts <= _LARGEST].astype(np.float64)
    return bool((counts * (counts - 1) / 2).sum() <= _PARTNERS * n)


def _met(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the pairs of records with one key; one that too many share brings nobody together."""
    record = np.flatnonzero(key >= 0)
    record = record[np.argsort(key[record], kind="stable")]
    sorted_keys = key[record]
    _, inverse, counts = np.unique(sorted_keys, return_inverse=True, return_counts=True)
    fits = counts[inverse] <= _LARGEST
    record, sorted_keys = record[fits], sorted_keys[fits]
    out = [np.zeros(0, np.int64)]
    for step in range(1, int(counts[counts <= _LARGEST].max(initial=1))):
        at = np.flatnonzero(sorted_keys[step:] == sorted_keys[:-step])
        out.append(record[at].astype(np.int64) << 32 | record[at + step])
    return np.concatenate(out)


def _chance(cells: Sequence[Cells], n: int) -> Floats:
    """Count how often random pairs show each level; which pairs is the same in every run."""
    rng = np.random.default_rng(7)
    left, right = rng.integers(0, n, (2, _RANDOM_PAIRS)).astype(np.int32)
    apart = left != right
    out = np.empty((len(cells), DIFFERENT + 1))
    for at, column in enumerate(cells):
        levels = levels_of(left[apart], right[apart], column)
        counts = np.bincount(levels, minlength=MISSING + 1)[:MISSING] + 0.5
        out[at] = np.log(counts / counts.sum())
    return out


def _by_value(left: Ints, cells: Sequence[Cells]) -> Floats:
    """Give the log of how often chance would state what the left record states."""
    n = np.array([max(int((column.value >= 0).sum()), 1) for column in cells])
    shares = [np.log(np.append(column.share, 1.0)[column.value[left]]) for column in cells]
    out: Floats = np.maximum(np.column_stack(shares), np.log(1.0 / n))
    return out


def _moves(levels: NDArray[np.uint8], by_value: Floats, same: Floats, chance: Floats) -> Floats:
    out = np.zeros(levels.shape)
    for column in range(levels.shape[1]):
        weight = np.append(same[column] - chance[column], 0.0)
        out[:, column] = weight[levels[:, column]]
        equal = levels[:, column] == EQUAL
        # To share a rare value says more than to share a common one.
        out[equal, column] = same[column, EQUAL] - by_value[equal, column]
    return out


def _learned(levels: NDArray[np.uint8], by_value: Floats, chance: Floats) -> tuple[Floats, float]:
    """Estimate how often one person's entries show each level, and how many pairs are one person.

    Method:
        Expectation and maximisation over the candidate pairs, what chance does held fixed; half
        a pair is added to each level.
    """
    same = np.log(np.tile([0.85, 0.08, 0.04, 0.03], (levels.shape[1], 1)))
    odds = np.log(0.1)
    matches = 0.0
    for _ in range(60):
        log_odds = odds + _moves(levels, by_value, same, chance).sum(axis=1)
        p = 1 / (1 + np.exp(-np.clip(log_odds, -40, 40)))
        if abs(float(p.sum()) - matches) < 1e-3 * max(matches, 1.0):
            break
        matches = float(p.sum())
        odds = np.log((matches + 1.0) / (len(p) - matches + 1.0))
        for column in range(levels.shape[1]):
            seen = np.bincount(levels[:, column], p, MISSING + 1)[:MISSING] + 0.5
            same[column] = np.log(seen / seen.sum())
    return same, matches
