"""Describe people of several tellers alike, so that the wide rows of all tellers are kept.

As in ``filling.py`` this is a programme over classes of people. What is new: people of one spot
are one stock, described once; no teller counts more of one description than there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from tallystick.reckoning.exact import best
from tallystick.reckoning.filling import Need
from tallystick.reckoning.program import Number, Program

__all__ = ["Agreed", "Share"]

# For each description of a spot, the conditions that people so described may meet.
_Ways = tuple[frozenset[int], ...]


class Share(NamedTuple):
    """Hold some people of a spot whom one teller counts, or could count too.

    Args:
        teller: Whose.
        rows: The rows that count them, if they meet their conditions.
        ways: For each description of the spot, the conditions that they may meet.
        number: How many.
        is_lent: They need not be counted.
    """

    teller: int
    rows: tuple[int, ...]
    ways: _Ways
    number: Number
    is_lent: bool


# A share of a spot: whose, its rows, whether it is lent, its part of the spot, and its ways.
_Share = tuple[int, tuple[int, ...], bool, Fraction, _Ways]


class Agreed:
    """Gather spots, and find which rows cannot be kept together.

    Args:
        needs: For each row, the least and the most it may count.
        of_row: The bit of each row's condition; 0 = none.
    """

    def __init__(self, needs: Sequence[Need], of_row: Sequence[int]) -> None:
        self._needs, self._of_row = needs, of_row
        self._spots: dict[tuple[_Share, ...], Number] = defaultdict(int)

    def add(self, number: Number, shares: Sequence[Share]) -> None:
        """Add a spot of so many people.

        Tellers who do not stand in it alone are bound by what the others say of its people.
        """
        if len({share.teller for share in shares}) > 1:
            self._add(number, shares)
            return
        for share in shares:
            self._add(share.number, [share])

    def _add(self, number: Number, shares: Sequence[Share]) -> None:
        ways = self._ways(shares)
        told = tuple(
            (s.teller, s.rows, s.is_lent, Fraction(s.number) / Fraction(number), tuple(way))
            for s, way in zip(shares, zip(*ways, strict=True), strict=True)
        )
        self._spots[told] += number

    def _ways(self, shares: Sequence[Share]) -> list[tuple[frozenset[int], ...]]:
        """Return the descriptions that differ for these rows, without those that meet less."""
        masks = [sum({self._of_row[r] for r in share.rows}) for share in shares]
        is_capped = any(self._needs[r][1] is not None for share in shares for r in share.rows)
        found = dict.fromkeys(
            tuple(_told_apart(way, mask, is_capped) for way, mask in zip(each, masks, strict=True))
            for each in zip(*(share.ways for share in shares), strict=True)
        )
        if is_capped:
            return list(found)
        return [w for w in found if not any(w != other and _is_within(w, other) for other in found)]

    def lacking(self) -> dict[int, Number]:
        """Return rows that cannot be kept together, and how many people each lacks or has over."""
        program = Program()
        self._rows = [program.add_row(lo, hi) for lo, hi in self._needs]
        for shares, number in self._spots.items():
            if len(shares) == 1:
                self._enter_alone(program, number, shares[0])
            else:
                self._enter(program, number, shares)
        given = [(r, program.add_column(1, [row])) for r, row in enumerate(self._rows)]
        given += [
            (r, program.add_column(1, [], [row]))
            for r, row in enumerate(self._rows)
            if self._needs[r][1] is not None
        ]
        answer = best(program)
        return {r: answer.x[column] for r, column in given if answer.x[column]}

    def _counting(self, rows: Sequence[int], met: int) -> list[int]:
        of_row = self._of_row
        return [self._rows[r] for r in rows if not of_row[r] or of_row[r] & met]

    def _enter_alone(self, program: Program, number: Number, share: _Share) -> None:
        _, rows, is_lent, _, ways = share
        mass = program.add_row(None if is_lent else number, number)
        for met in dict.fromkeys(met for way in ways for met in sorted(way)):
            program.add_column(0, [mass, *self._counting(rows, met)])

    def _enter(self, program: Program, number: Number, shares: Sequence[_Share]) -> None:
        whole = [share for share in shares if self._is_whole(share, shares)]
        parted = [share for share in shares if share not in whole]
        mass = program.add_row(number, number)
        own = [
            program.add_row(None if is_lent else part * number, part * number)
            for _, _, is_lent, part, _ in parted
        ]
        for w in range(len(shares[0][-1])):
            links = {teller: program.add_row(0, None) for teller, *_ in parted}
            counted = [
                row
                for _, rows, _, _, ways in whole
                for met in ways[w]
                for row in self._counting(rows, met)
            ]
            program.add_column(0, [mass, *counted, *links.values()])
            for (teller, rows, _, _, ways), row in zip(parted, own, strict=True):
                for met in sorted(ways[w]):
                    program.add_column(0, [row, *self._counting(rows, met)], [links[teller]])

    def _is_whole(self, share: _Share, shares: Sequence[_Share]) -> bool:
        """Say whether a teller counts, or may as well count, everybody of a spot."""
        teller, rows, is_lent, part, ways = share
        return (
            part == 1
            and all(len(way) == 1 for way in ways)
            and sum(other[0] == teller for other in shares) == 1
            and not (is_lent and any(self._needs[r][1] is not None for r in rows))
        )


def _told_apart(way: Iterable[int], mask: int, is_capped: bool) -> frozenset[int]:
    """Return what some conditions tell apart; where no row has an upper end, only the most."""
    met = {each & mask for each in way}
    if is_capped:
        return frozenset(met)
    return frozenset(m for m in met if not any(m != more and m | more == more for more in met))


def _is_within(one: _Ways, other: _Ways) -> bool:
    """Say whether people so described meet no more than others may: kind by kind."""
    return all(
        all(any(met | more == more for more in theirs) for met in mine)
        for mine, theirs in zip(one, other, strict=True)
    )
