"""Make persons of pairs: average linkage within each component, with cannot-links.

The mean log-odds between two groups decides whether they join, the best first, so that one
strong link cannot chain two families together. What was never compared counts as evidence
against. The outcome does not depend on the order of the records.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import in_parts, inlined, jit, lean

__all__ = [
    "LARGEST",
    "LEAST",
    "NEVER",
    "TIE",
    "UNSEEN",
    "Laid",
    "components",
    "drawn",
    "grouped",
    "laid_out",
]

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

# Log-odds of a pair that no rule brought together.
UNSEEN = -5.0
# Log-odds of a pair that must not join.
NEVER = -1000.0
# Mean log-odds below which draws do not even cast a lot.
LEAST = -4.5
# A mean log-odds that only a reader's verdict gives.
SURE = 25.0
# Weaker links do not make a component; they still count within one.
TIE = -2.5
LARGEST = 3000
# In which steps, and up to where, links are cut within components that are larger.
STEP, MOST_TIE = 0.5, 6.0


def components(n: int, left: Ints, right: Ints) -> Ints:
    """Number the connected parts of a graph, by their least record."""
    root = np.arange(n, dtype=np.int32)
    _unite(root, left, right)
    return root


@lean
def _unite(root: Ints, left: Ints, right: Ints) -> None:
    for at in range(len(left)):
        a, b = left[at], right[at]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        if a != b:
            root[max(a, b)] = min(a, b)
    for i in range(len(root)):
        # A root is never larger than its members, so one step settles in this order.
        root[i] = root[root[i]]


class Laid(NamedTuple):
    """Hold components laid out one after another, with the pairs inside them.

    Args:
        order: Records, component by component.
        first: Where each component begins in ``order``; one more at the end.
        place: Place of each record within its component.
        first_pair: Where the pairs of each component begin; one more at the end.
        left: Records of the pairs inside components; ``right`` and ``log_odds`` likewise.
    """

    order: Ints
    first: NDArray[np.int64]
    place: Ints
    first_pair: NDArray[np.int64]
    left: Ints
    right: Ints
    log_odds: Floats


def laid_out(n: int, left: Ints, right: Ints, log_odds: Floats, tie: float = TIE) -> Laid:
    """Lay the components out, so that they can be grouped again and again."""
    parts = _parts(n, left, right, log_odds, tie)
    order = np.argsort(parts, kind="stable").astype(np.int32)
    names, first = np.unique(parts[order], return_index=True)
    bounds = np.r_[first, n].astype(np.int64)
    place = np.empty(n, np.int32)
    place[order] = np.arange(n) - np.repeat(first, np.diff(bounds))
    inside = parts[left] == parts[right]
    a, b, s = left[inside], right[inside], log_odds[inside]
    by_part = np.argsort(parts[a], kind="stable")
    first_pair = np.r_[np.searchsorted(parts[a][by_part], names), len(a)].astype(np.int64)
    return Laid(order, bounds, place, first_pair, a[by_part], b[by_part], s[by_part])


def grouped(
    laid: Laid, cut: float, *, lists: Ints | None = None, twice: float = 0.0, company: float = 0.0
) -> Ints:
    """Group the records: the group of a record is named by its least member.

    Args:
        laid: What to group.
        cut: Mean log-odds above which two groups are one person.
        lists: Number of each record's list; without it lists play no part.
        twice: Raises the cut for each list that both groups have.
        company: Raises the cut unless both groups are one record.
    """
    how = _How(cut, twice, company, 0.0, np.zeros(1), np.zeros(1, np.uint64))
    out: Ints = _all_of(laid, _bits(laid, lists), how)[0]
    return out


def drawn(laid: Laid, slope: float, shifts: NDArray[np.float64], lots: NDArray[np.uint64]) -> Ints:
    """Group the records by lot, once for each shift: shape (shifts, n).

    Args:
        laid: What to group.
        slope: See ``Lot``; ``shifts`` likewise.
        shifts: One a draw.
        lots: A number of each record, by which its lots are cast.
    """
    return _all_of(laid, lots, _How(LEAST, 0.0, 0.0, slope, shifts, lots))


def _all_of(laid: Laid, bits: NDArray[np.int64] | NDArray[np.uint64], how: _How) -> Ints:
    out = np.empty((len(how.shifts), len(laid.order)), np.int32)
    out[:] = np.arange(len(laid.order), dtype=np.int32)
    lists = bits.astype(np.int64)
    in_parts(lambda a, b: _all_parts(laid, a, b, lists, how, out), len(laid.first) - 1)
    return out


def _parts(n: int, left: Ints, right: Ints, log_odds: Floats, tie: float) -> Ints:
    """Give components none of which is too large to lay out as a table.

    Of those too large, the weakest links are cut, in steps, until they fall apart; what one step
    parted stays apart.
    """
    keep = log_odds > tie
    parts = components(n, left[keep], right[keep])
    for higher in np.arange(tie + STEP, MOST_TIE, STEP):
        large = np.bincount(parts, minlength=n)[parts] > LARGEST
        if not large.any():
            break
        keep &= ~large[left] | (log_odds > higher)
        parts = components(n, left[keep], right[keep])
    return parts


def _bits(laid: Laid, lists: Ints | None) -> NDArray[np.int64]:
    """Give each record its list as one bit; the 63rd list shares that of the first."""
    if lists is None:
        return np.zeros(len(laid.order), np.int64)
    return np.int64(1) << (lists.astype(np.int64) % 62)


class _How(NamedTuple):
    """Say how groups join: above the cut if ``slope`` is 0, else by lot.

    ``twice`` raises the cut for each list that has rows in both groups: lists seldom name a man
    twice, least of all within one family. ``company`` raises it unless both groups are one record:
    who joins a group in error makes a false pair with each of its members.
    """

    cut: float
    twice: float
    company: float
    slope: float
    shifts: NDArray[np.float64]
    lots: NDArray[np.uint64]


class _Table(NamedTuple):
    """Hold one component while it is linked: mean log-odds, and each group's size and best."""

    mean: Floats
    size: Floats
    group: Ints
    best: Ints
    seen_by: NDArray[np.int64]


@jit
def _table(m: int) -> _Table:
    return _Table(
        np.full((m, m), np.float32(UNSEEN)),
        np.ones(m, np.float32),
        np.arange(m).astype(np.int32),
        np.full(m, -1, np.int32),
        np.zeros(m, np.int64),
    )


@jit
def _all_parts(
    laid: Laid, begin: int, end: int, bits: NDArray[np.int64], how: _How, out: Ints
) -> None:
    for part in range(begin, end):
        m = laid.first[part + 1] - laid.first[part]
        if m > 1:
            _one_part(laid, part, bits, how, (_table(m), _table(m)), out)


@lean
def _one_part(
    laid: Laid, part: int, bits: NDArray[np.int64], how: _How, tables: tuple[_Table, _Table],
    out: Ints,
) -> None:  # fmt: skip
    start, now = tables
    for at in range(laid.first_pair[part], laid.first_pair[part + 1]):
        i, j = laid.place[laid.left[at]], laid.place[laid.right[at]]
        start.mean[i, j] = start.mean[j, i] = laid.log_odds[at]
    here = laid.order[laid.first[part] : laid.first[part + 1]]
    for k in range(len(here)):
        start.best[k] = _best(start.mean, start.size, k)
        start.seen_by[k] = bits[here[k]]
    for draw in range(len(how.shifts)):
        _begin(start, now)
        _link(now, here, how, draw)
        for k in range(len(here)):
            out[draw, here[k]] = here[now.group[k]]


@lean
def _begin(start: _Table, now: _Table) -> None:
    for i in range(len(start.size)):
        for j in range(len(start.size)):
            now.mean[i, j] = start.mean[i, j]
        now.size[i], now.group[i] = start.size[i], start.group[i]
        now.best[i], now.seen_by[i] = start.best[i], start.seen_by[i]


@lean
def _link(table: _Table, here: Ints, how: _How, draw: int) -> None:
    """Link one table by averages; ties go to the lower numbers, which the rows' order gives.

    With a slope, a lot decides once for each two groups that come up: they join with
    probability 1 / (1 + exp(−slope · mean − shift)).
    """
    mean, size, best = table.mean, table.size, table.best
    while True:
        top = _top(mean, size, best)
        if top < 0 or mean[top, best[top]] <= how.cut:
            return
        a, b = min(top, best[top]), max(top, best[top])
        if how.slope == 0.0:
            shared = _shared(table.seen_by[a], table.seen_by[b])
            refused = _is_below(mean[a, b], shared, size[a] + size[b] > 2, how)
        else:
            refused = _is_unlucky(mean[a, b], here[a], here[b], how, draw)
        if refused:
            mean[a, b] = mean[b, a] = np.float32(NEVER)
            best[a], best[b] = _best(mean, size, a), _best(mean, size, b)
        else:
            table.seen_by[a] |= table.seen_by[b]
            _merge(mean, size, table.group, a, b)
            _renew(mean, size, best, a, b)


@inlined
def _shared(a: int, b: int) -> int:
    """Count the lists in both sets."""
    both, many = a & b, 0
    while both:
        both &= both - 1
        many += 1
    return many


@inlined
def _is_below(mean: float, shared: int, in_company: bool, how: _How) -> bool:
    cut = how.cut + how.twice * shared + (how.company if in_company else 0.0)
    # A verdict is never outweighed.
    return bool(mean < SURE and mean <= cut)


@inlined
def _is_unlucky(mean: float, a: int, b: int, how: _How, draw: int) -> bool:
    p_join = 1.0 / (1.0 + np.exp(-how.slope * mean - how.shifts[draw]))
    return bool(_lot(how.lots[a], how.lots[b], draw) > p_join)


@inlined
def _lot(a: int, b: int, draw: int) -> float:
    """Give a number in [0, 1) that depends on the two records and the draw alone.

    Method:
        The finisher of SplitMix64. No lot depends on another, so what happens in one component
        never changes the lots of another.
    """
    z = (np.uint64(a) ^ np.uint64(b)) + np.uint64(draw + 1) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return float(z >> np.uint64(11)) / 9007199254740992.0


@inlined
def _top(table: Floats, size: Floats, best: Ints) -> int:
    """Give the group whose best partner is the best of all."""
    top = -1
    for i in range(len(best)):
        if size[i] > 0 and best[i] >= 0 and (top < 0 or table[i, best[i]] > table[top, best[top]]):
            top = i
    return top


@inlined
def _renew(table: Floats, size: Floats, best: Ints, a: int, b: int) -> None:
    """Look up best partners again where the merge of b into a may have changed them."""
    for i in range(len(best)):
        if size[i] > 0 and (best[i] in (a, b) or i == a):
            best[i] = _best(table, size, i)
        elif size[i] > 0 and best[i] >= 0 and table[i, a] > table[i, best[i]]:
            best[i] = a


@inlined
def _best(table: Floats, size: Floats, i: int) -> int:
    found = -1
    for j in range(len(table)):
        if j != i and size[j] > 0 and (found < 0 or table[i, j] > table[i, found]):
            found = j
    return found


@inlined
def _merge(table: Floats, size: Floats, group: Ints, a: int, b: int) -> None:
    for j in range(len(table)):
        if size[j] > 0 and j not in (a, b):
            mean = (size[a] * table[a, j] + size[b] * table[b, j]) / (size[a] + size[b])
            table[a, j] = table[j, a] = mean
        if group[j] == b:
            group[j] = a
    size[a] += size[b]
    size[b] = 0
