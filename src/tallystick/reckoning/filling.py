"""Fill up wide rows with people already found: describe them so that every row has enough.

Who is found in a cluster is described only as far as the rows there ask. "Of all these, 40 were
fighters" may still be kept, if 40 of those whom nobody described can be called so. Whether all
such rows can be kept at once is a small linear programme over classes of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.reckoning.exact import as_whole, best
from tallystick.reckoning.labels import Ways
from tallystick.reckoning.program import Number, Program

__all__ = ["Filled", "Need", "fill"]

# The least and the most that a row may count.
Need = tuple[Number, Number | None]


@dataclass(frozen=True, slots=True)
class Filled:
    """Hold how people were described.

    Args:
        lacking: Rows that cannot be kept together, by index, and how many people each lacks: 0
            where it counts too many.
        chosen: People, by index; in which way they are described; how many of them.
        inside: Rows x people: whether a row counts people, if they meet its condition.
        of_row: The bit of each row's condition; 0 = none.
    """

    lacking: Mapping[int, Number]
    chosen: Sequence[tuple[int, int, Number]]
    inside: NDArray[np.bool_]
    of_row: Sequence[int]

    def told(self) -> Iterator[tuple[int, tuple[int, ...], Number]]:
        """Yield people, by index; the rows that count them, so described; how many of them."""
        by_person = np.ascontiguousarray(self.inside.T)
        for person, way, number in self.chosen:
            here = np.nonzero(by_person[person])[0].tolist()
            of_row = self.of_row
            yield person, tuple(r for r in here if not of_row[r] or of_row[r] & way), number


@dataclass(frozen=True, slots=True)
class _Class:
    rows: tuple[int, ...]
    ways: tuple[int, ...]
    is_spare: bool
    people: list[int]


def fill(
    needs: Sequence[Need],
    inside: NDArray[np.bool_],
    of_row: Sequence[int],
    people: Sequence[tuple[Ways, Number]],
    spare: int = 0,
) -> Filled:
    """Describe people so that every row counts what it needs, if that can be.

    Args:
        needs: For each row, the least and the most it may count.
        inside: Rows x people: whether a row counts people, if they meet its condition.
        of_row: The bit of each row's condition; 0 = none.
        people: For each kind, the ways in which it may be described, and how many they are.
        spare: How many kinds, at the end, need not be there at all.
    """
    has_top = any(hi is not None for _, hi in needs)
    ways = [each if has_top else _widest(each) for each, _ in people]
    first_spare = len(people) - spare
    sure = np.array([len(w) == 1 and p < first_spare for p, w in enumerate(ways)], dtype=np.bool_)
    there = np.arange(len(people)) < first_spare
    rest = _what_is_left(needs, inside, of_row, people, _sure_to_meet(of_row, ways, there, sure))
    asks = [r for r, (lo, hi) in enumerate(rest) if lo > 0 or hi is not None]
    free = np.nonzero(~sure & inside[asks].any(axis=0))[0].tolist() if asks else []
    here = inside[np.ix_(asks, free)]
    # Whoever is there in any case is counted already by a row that sets no condition.
    plain = np.array([not of_row[r] for r in asks], dtype=np.bool_)
    here &= ~(plain[:, None] & (np.array(free, dtype=np.int64) < first_spare)[None, :])
    lacking, told = _described(
        [rest[r] for r in asks],
        here,
        [of_row[r] for r in asks],
        [(ways[p], people[p][1]) for p in free],
        sum(p >= first_spare for p in free),
    )
    chosen = [(free[p], way, number) for p, way, number in told]
    others = set(range(first_spare)) - set(free)
    chosen += [(p, min(ways[p]), people[p][1]) for p in sorted(others)]
    by_index = {asks[r]: number for r, number in lacking.items()}
    return Filled(by_index, chosen, inside, of_row)


def _sure_to_meet(
    of_row: Sequence[int],
    ways: Sequence[Ways],
    there: NDArray[np.bool_],
    sure: NDArray[np.bool_],
) -> dict[int, NDArray[np.bool_]]:
    """Return for each condition of a row who meets it, whatever is decided."""
    least = [min(each) for each in ways]
    return {
        bit: sure & np.array([bool(way & bit) for way in least], dtype=np.bool_) if bit else there
        for bit in set(of_row)
    }


def _what_is_left(
    needs: Sequence[Need],
    inside: NDArray[np.bool_],
    of_row: Sequence[int],
    people: Sequence[tuple[Ways, Number]],
    met: Mapping[int, NDArray[np.bool_]],
) -> list[Need]:
    """Return what each row still needs beyond the people who can be described in one way only.

    A row without a condition counts everybody inside it, whatever they are called: it is left
    with nothing to ask but of spare people, and where it has a top.
    """
    scale, numbers = as_whole([number for _, number in people])
    given = np.zeros(len(needs), dtype=numbers.dtype)
    bits = np.array(of_row)
    for bit, who in met.items():
        rows = np.nonzero(bits == bit)[0]
        given[rows] = inside[rows] @ (numbers * who)
    exact = [Fraction(n, scale) if n % scale else n // scale for n in given.tolist()]
    return [
        (lo - n, None if hi is None else hi - n) for (lo, hi), n in zip(needs, exact, strict=True)
    ]


def _described(
    needs: Sequence[Need],
    inside: NDArray[np.bool_],
    of_row: Sequence[int],
    people: Sequence[tuple[Ways, Number]],
    spare: int,
) -> tuple[dict[int, Number], list[tuple[int, int, Number]]]:
    """Solve for how people are described; return rows that lack people, and who is what."""
    program = Program()
    rows = [program.add_row(lo, hi) for lo, hi in needs]
    columns: list[tuple[_Class, int]] = []
    for each in _classes(inside, people, spare):
        number = sum(people[p][1] for p in each.people)
        mass = program.add_row(None if each.is_spare else number, number)
        for way in each.ways:
            met = [r for r in each.rows if not of_row[r] or of_row[r] & way]
            program.add_column(0, [mass, *(rows[r] for r in met)])
            columns.append((each, way))
    short = [(r, program.add_column(1, [rows[r]])) for r in range(len(rows))]
    over = [
        (r, program.add_column(1, [], [rows[r]])) for r, n in enumerate(needs) if n[1] is not None
    ]
    answer = best(program)
    lacking: dict[int, Number] = {r: 0 for r, column in over if answer.x[column]}
    lacking |= {r: answer.x[column] for r, column in short if answer.x[column]}
    return lacking, _told(columns, answer.x, people)


def _classes(
    inside: NDArray[np.bool_], people: Sequence[tuple[Ways, Number]], spare: int
) -> list[_Class]:
    """Put together people whom the same rows count and who may be described alike."""
    packed = np.packbits(inside, axis=0) if len(inside) else np.zeros((1, len(people)), np.uint8)
    found: dict[tuple[bytes, Ways, bool], _Class] = {}
    first_spare = len(people) - spare
    for p, column in enumerate(np.ascontiguousarray(packed.T)):
        key = (column.tobytes(), people[p][0], p >= first_spare)
        if key not in found:
            rows = tuple(np.nonzero(inside[:, p])[0].tolist())
            found[key] = _Class(rows, tuple(sorted(people[p][0])), p >= first_spare, [])
        found[key].people.append(p)
    return list(found.values())


def _widest(ways: Ways) -> Ways:
    """Leave out each way that meets no condition but those that another meets too."""
    if len(ways) == 1:
        return ways
    return frozenset(
        way for way in ways if not any(way != other and way & other == way for other in ways)
    )


def _told(
    columns: Sequence[tuple[_Class, int]],
    numbers: Sequence[Number],
    people: Sequence[tuple[Ways, Number]],
) -> list[tuple[int, int, Number]]:
    """Share what a class is told to be among its people."""
    found: list[tuple[int, int, Number]] = []
    left: dict[int, Number] = {}
    for (each, way), told in zip(columns, numbers, strict=False):
        more = told
        while more:
            person = each.people[-1]
            room = left.get(person, people[person][1])
            given = min(room, more)
            if given:
                found.append((person, way, given))
            more -= given
            left[person] = room - given
            if not left[person]:
                each.people.pop()
    return found
