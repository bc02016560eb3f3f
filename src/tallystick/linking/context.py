"""See each pair among its rivals: who else would fit, who stands by both.

Runs between the two scores. A name that fits one record may fit three; two records that a third
knows well belong together even if they share little.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import in_parts, inlined, jit, lean
from tallystick.linking.features import FEATURES, World, features_of

__all__ = [
    "CONTEXT",
    "MONOTONE_CONTEXT",
    "Graph",
    "Seen",
    "context_of",
    "graph_of",
    "nothing_seen",
    "through_a_third",
]

_OWN = {
    "alone": (1, "the two records by themselves"),
    "before": (1, "the two records as seen in the round before"),
    "lead_less": (1, "by how much it leads the next best partner of the one with the better rival"),
    "lead_more": (1, "by how much it leads the next best partner of the other"),
    "rivals_less": (0, "how many others fit the one with fewer rivals"),
    "rivals_more": (0, "how many others fit the other"),
    "shared": (1, "how many others fit both"),
    "best_third": (1, "how well the best third record fits both"),
    "against": (-1, "how many fit one and speak against the other"),
    "rival_in_list": (0, "how well another row of the same list fits"),
    "taken": (-1, "how firmly one is tied to a third who does not fit the other"),
    "taken_in_list": (-1, "the same, the third being a row of the other's own list"),
}
CONTEXT: dict[str, tuple[int, str]] = _OWN | FEATURES
MONOTONE_CONTEXT = [direction for direction, _ in CONTEXT.values()]
_LEAST_P = 0.004
_MOST_PARTNERS = 120


class Graph(NamedTuple):
    """Hold who fits whom: the partners of record i are ``other[first[i]:first[i + 1]]``."""

    first: NDArray[np.int64]
    other: NDArray[np.int32]
    p: NDArray[np.float32]
    lists: NDArray[np.int32]


def graph_of(
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    p: NDArray[np.float32],
    lists: NDArray[np.int32],
) -> Graph:
    """Build the graph of all pairs that are not quite impossible; pairs come in order."""
    keep = p > _LEAST_P
    a, b, p = left[keep], right[keep], p[keep]
    n = len(lists)
    first = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(a, minlength=n) + np.bincount(b, minlength=n), out=first[1:])
    other, weight = np.empty(2 * len(a), np.int32), np.empty(2 * len(a), np.float32)
    _hang(a, b, p.astype(np.float32), first[:-1].copy(), other, weight)
    return Graph(first, other, weight, lists)


@lean
def _hang(
    a: NDArray[np.int32], b: NDArray[np.int32], p: NDArray[np.float32],
    free: NDArray[np.int64], other: NDArray[np.int32], weight: NDArray[np.float32],
) -> None:  # fmt: skip
    """Hang each pair under both its records; as pairs are in order, partners are too."""
    for at in range(len(a)):
        for i, j in ((a[at], b[at]), (b[at], a[at])):
            other[free[i]], weight[free[i]] = j, p[at]
            free[i] += 1


@inlined
def _logit(p: float) -> float:
    q = min(max(p, 1e-6), 1.0 - 1e-6)
    out: float = np.log(q / (1.0 - q))
    return out


@inlined
def _rivals(i: int, j: int, graph: Graph) -> tuple[float, float, float]:
    """Give the best p, the sum of p, and the best p in j's list, among i's partners but j."""
    best = total = in_list = 0.0
    for at in range(graph.first[i], graph.first[i + 1]):
        c = graph.other[at]
        if c == j:
            continue
        best = max(best, graph.p[at])
        total += graph.p[at]
        if graph.lists[c] == graph.lists[j]:
            in_list = max(in_list, graph.p[at])
    return best, total, in_list


@inlined
def _p_of(i: int, j: int, graph: Graph) -> float:
    """Give how well i and j fit, 0 if they were never compared."""
    first, last = graph.first[i], graph.first[i + 1]
    at = first + np.searchsorted(graph.other[first:last], j)
    return float(graph.p[at]) if at < last and graph.other[at] == j else 0.0


@inlined
def _taken(i: int, j: int, graph: Graph) -> tuple[float, float]:
    """Give how firmly j is tied to a third who is not i: to any, and to one in i's list."""
    any_of = in_list = 0.0
    for at in range(graph.first[j], graph.first[j + 1]):
        c = graph.other[at]
        p = float(graph.p[at])
        if c == i or (p <= any_of and (p <= in_list or graph.lists[c] != graph.lists[i])):
            continue
        tied = p * (1.0 - _p_of(i, c, graph))
        any_of = max(any_of, tied)
        if graph.lists[c] == graph.lists[i]:
            in_list = max(in_list, tied)
    return any_of, in_list


@inlined
def _common(i: int, j: int, graph: Graph) -> tuple[float, float, float]:
    """Give shared support, the best third, and opposition, walking both partner lists."""
    shared = third = against = 0.0
    a, b = graph.first[i], graph.first[j]
    end_a, end_b = graph.first[i + 1], graph.first[j + 1]
    while a < end_a or b < end_b:
        ca = graph.other[a] if a < end_a else np.int32(2147483647)
        cb = graph.other[b] if b < end_b else np.int32(2147483647)
        pa = graph.p[a] if ca <= cb else np.float32(0.0)
        pb = graph.p[b] if cb <= ca else np.float32(0.0)
        c = min(ca, cb)
        if c not in (i, j):
            shared += float(pa * pb)
            third = max(third, float(min(pa, pb)))
            against += float(abs(pa - pb))
        a += 1 if ca <= cb else 0
        b += 1 if cb <= ca else 0
    return shared, third, against


@lean
def _fill(
    left: NDArray[np.int32], right: NDArray[np.int32], alone: NDArray[np.float32],
    before: NDArray[np.float32], graph: Graph, out: NDArray[np.float32],
) -> None:  # fmt: skip
    for at in range(len(left)):
        i, j = left[at], right[at]
        best_i, sum_i, list_i = _rivals(i, j, graph)
        best_j, sum_j, list_j = _rivals(j, i, graph)
        shared, third, against = _common(i, j, graph)
        lead_i = before[at] - _logit(best_i)
        lead_j = before[at] - _logit(best_j)
        out[at, 0] = alone[at]
        out[at, 1] = before[at]
        out[at, 2] = min(lead_i, lead_j)
        out[at, 3] = max(lead_i, lead_j)
        out[at, 4] = min(sum_i, sum_j)
        out[at, 5] = max(sum_i, sum_j)
        out[at, 6] = shared
        out[at, 7] = third
        out[at, 8] = against
        out[at, 9] = max(list_i, list_j)
        taken_i, taken_list_i = _taken(i, j, graph)
        taken_j, taken_list_j = _taken(j, i, graph)
        out[at, 10] = max(taken_i, taken_j)
        out[at, 11] = max(taken_list_i, taken_list_j)


class Seen(NamedTuple):
    """Hold pairs with what is known of them so far, in order.

    Args:
        left: Record numbers; ``right`` likewise.
        alone: Log-odds of the two records by themselves.
        before: Log-odds of the round before.
        times: How many rules brought each pair together, 0 if only a third record did.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    alone: NDArray[np.float32]
    before: NDArray[np.float32]
    times: NDArray[np.uint8]

    def at(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Seen:
        """Give some of the pairs."""
        return Seen._make(column[which] for column in self)


def nothing_seen() -> Seen:
    """Give no pairs."""
    none, odds = np.empty(0, np.int32), np.empty(0, np.float32)
    return Seen(none, none, odds, odds, np.empty(0, np.uint8))


def context_of(seen: Seen, graph: Graph, world: World) -> NDArray[np.float32]:
    """Give the next round's evidence: shape (pairs, len(CONTEXT)).

    What the two say by themselves is compared anew: that costs less than keeping it.
    """
    out = np.empty((len(seen.left), len(CONTEXT)), np.float32)

    def fill(a: int, b: int) -> None:
        left, right = seen.left[a:b], seen.right[a:b]
        _fill(left, right, seen.alone[a:b], seen.before[a:b], graph, out[a:b])
        features_of(left, right, world, out=out[a:b])

    in_parts(fill, len(seen.left))
    return out


def through_a_third(
    left: NDArray[np.int32], right: NDArray[np.int32], graph: Graph, least: float = 0.2
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give pairs no rule brought together although a third record fits both well."""
    a, b = _two_steps(graph, least)
    width = np.int64(len(graph.lists))
    known = left.astype(np.int64) * width + right
    found = np.sort(a.astype(np.int64) * width + b)
    found = found[np.r_[True, found[1:] != found[:-1]][: len(found)]]
    at = np.minimum(np.searchsorted(known, found), len(known) - 1)
    new = found[known[at] != found] if len(known) else found
    return (new // width).astype(np.int32), (new % width).astype(np.int32)


@jit
def _two_steps(graph: Graph, least: float) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Walk twice over every record's partners: once to count the pairs, once to write them."""
    none = np.empty(0, np.int32)
    many = 0
    for c in range(len(graph.first) - 1):
        many += _pairs_through(c, graph, least, none, none, 0)
    a, b = np.empty(many, np.int32), np.empty(many, np.int32)
    at = 0
    for c in range(len(graph.first) - 1):
        at += _pairs_through(c, graph, least, a, b, at)
    return a, b


@lean
def _pairs_through(
    c: int, graph: Graph, least: float, a: NDArray[np.int32], b: NDArray[np.int32], at: int
) -> int:
    """Write the pairs that both fit c from place ``at`` on, if there is room; count them."""
    start, end = graph.first[c], graph.first[c + 1]
    # Who fits so many (a row pasted hundreds of times) says nothing about any two.
    if end - start > _MOST_PARTNERS:
        return 0
    many = 0
    for x in range(start, end):
        for y in range(x + 1, end):
            if graph.p[x] * graph.p[y] >= least:
                if len(a):
                    a[at + many] = min(graph.other[x], graph.other[y])
                    b[at + many] = max(graph.other[x], graph.other[y])
                many += 1
    return many
