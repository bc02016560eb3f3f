"""The tally model written down cell by cell, as ``docs/why/tally-2.md`` states it.

Nothing is merged, reduced or shared: every teller has a running total for each cell (place x day
x labels) at each of its marks, and people are spread over slots of days one by one. A solver
proposes; both solutions are then read as fractions and must prove each other in exact
arithmetic, so no float decides.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import highspy
import numpy as np

INF = float("inf")


class Linear:
    """Least cost @ x with lo <= A x <= hi, x >= 0; A given by columns of (row, value)."""

    def __init__(self):
        self.lo, self.hi, self.columns, self.costs = [], [], [], []

    def row(self, lo=-INF, hi=INF):
        self.lo.append(lo)
        self.hi.append(hi)
        return len(self.lo) - 1

    def column(self, cost=0):
        self.columns.append([])
        self.costs.append(cost)
        return len(self.columns) - 1

    def put(self, row, column, value):
        self.columns[column].append((row, value))

    def solve(self, integer=False):
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.columns), len(self.lo)
        model.col_cost_ = np.array(self.costs, dtype=float)
        model.col_lower_ = np.zeros(len(self.columns))
        model.col_upper_ = np.full(len(self.columns), INF)
        model.row_lower_ = np.array([float(n) for n in self.lo])
        model.row_upper_ = np.array([float(n) for n in self.hi])
        starts = np.cumsum([0] + [len(column) for column in self.columns])
        entries = [entry for column in self.columns for entry in column]
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = starts.astype(np.int32)
        model.a_matrix_.index_ = np.array([r for r, _ in entries], dtype=np.int32)
        model.a_matrix_.value_ = np.array([v for _, v in entries], dtype=float)
        if integer:
            model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.columns)
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        if integer:
            highs.setOptionValue("presolve", "off")  # it has called feasible books infeasible
        highs.passModel(model)
        highs.run()
        assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal, highs.getModelStatus()
        solution = highs.getSolution()
        x = np.array(solution.col_value)
        if integer:
            return round(sum(c * n for c, n in zip(self.costs, x, strict=True)))
        return self.proved(starts, entries, x, np.array(solution.row_dual))

    def proved(self, starts, entries, x, y):
        """Return the optimum as a fraction, after both halves have proved each other."""
        dx, x = whole(x)
        dy, y = whole(y)
        column = np.repeat(np.arange(len(self.columns)), np.diff(starts))
        row = np.array([r for r, _ in entries], dtype=np.int64)
        value = np.array([v for _, v in entries], dtype=np.int64)
        sums = np.zeros(len(self.lo), dtype=np.int64)
        prices = np.zeros(len(self.columns), dtype=np.int64)
        np.add.at(sums, row, value * x[column])
        np.add.at(prices, column, value * y[row])
        assert x.min(initial=0) >= 0
        assert all(prices <= np.array(self.costs, dtype=np.int64) * dy)
        for total, price, lo, hi in zip(sums.tolist(), y.tolist(), self.lo, self.hi, strict=True):
            assert lo == -INF or lo * dx <= total
            assert hi == INF or total <= hi * dx
            assert price == 0 or (lo if price > 0 else hi) not in (INF, -INF)
        least = Fraction(int(np.array(self.costs, dtype=np.int64) @ x), dx)
        ends = (
            (n, lo if n > 0 else hi)
            for n, lo, hi in zip(y.tolist(), self.lo, self.hi, strict=True)
            if n
        )
        assert least == sum((Fraction(end) * n for n, end in ends), Fraction(0)) / dy
        return least


def whole(numbers):
    for d in (1, 2, 3, 4, 6, 12, 60, 840, 27720, 360360):
        scaled = np.rint(numbers * d)
        if np.all(np.abs(numbers * d - scaled) < 1e-5):
            return d, scaled.astype(np.int64)
    raise AssertionError("the solver's numbers are no small fractions")


@dataclass(frozen=True)
class World:
    """places: {id: parent}; units: {place: unit}; days: all of them, in order; terms by key."""

    places: dict
    units: dict
    days: tuple
    terms: dict
    near_days: int = 1

    def cells(self):
        keys = sorted(self.terms)
        return [
            (place, day, dict(zip(keys, labels, strict=True)))
            for place in ("", *self.places)
            for day in self.days
            for labels in itertools.product(*(("", *self.terms[key]) for key in keys))
        ]

    def inside(self, place, outer):
        while place:
            if place == outer:
                return True
            place = self.places[place]
        return False

    def in_scope(self, cell, where, during, whom):
        place, day, labels = cell
        return (
            (not where or any(self.inside(place, outer) for outer in where))
            and (during is None or during.first <= day <= during.last)
            and all(labels[key] == term for key, term in whom.items())
        )

    def asked(self, cell, query):
        return self.in_scope(cell, query.where, query.during, {}) and all(
            (cell[2][test.key] == test.term) == test.inside for test in query.whom
        )


def marks(claims):
    """(name of after, name of until) for each claim, and the pairs that are surely in order."""
    adds = {(c.source, c.counted.until.day) for c in claims if c.counted.after and c.counted.until}
    found = {}
    for c in claims:
        after = ("close", c.counted.after.day) if c.counted.after else None
        until = c.counted.until
        form = "adds" if until and (c.source, until.day) in adds else "stock"
        found[c.id] = (after, (form, until.day, c.source) if until else ("?", None, c.source))
    names = {m for pair in found.values() for m in pair if m}
    order = [
        (a, b)
        for a in names
        for b in names
        if a != b and a[1] and b[1]
        and (a[1] < b[1] or (a[1] == b[1] and (a[0], b[0]) == ("adds", "close")))
    ]  # fmt: skip
    return found, sorted(names, key=str), order


def described(claim):
    return {**claim.whom, **({"incident": claim.incident} if claim.incident else {})}


class Teller:
    """One tally in a linear programme: T[cell, mark] and T[cell, end]."""

    def __init__(self, world, claims, cells):
        self.world, self.claims, self.cells = world, claims, cells
        self.at, self.marks, self.order = marks(claims)
        self.within = {
            claim.id: [
                c for c, cell in enumerate(cells)
                if world.in_scope(cell, claim.where, claim.during, described(claim))
            ]
            for claim in claims
        }  # fmt: skip

    def enter(self, linear, stretch):
        """Add its totals and claims; return the columns of T at the end."""
        end = [linear.column() for _ in self.cells]
        total = {mark: [linear.column() for _ in self.cells] for mark in self.marks}
        for a, b in [*self.order, *((mark, None) for mark in self.marks)]:
            for c in range(len(self.cells)):
                row = linear.row(lo=0)
                linear.put(row, total[b][c] if b else end[c], 1)
                linear.put(row, total[a][c], -1)
        slack = []
        for claim in self.claims:
            both = claim.pinned == "both" and claim.hi is not None
            row = linear.row(claim.lo, claim.hi if both else INF)
            after, until = self.at[claim.id]
            for c in self.within[claim.id]:
                linear.put(row, total[until][c], 1)
                if after:
                    linear.put(row, total[after][c], -1)
            if stretch is None or stretch > 0:
                for sign in (1, -1):
                    slack.append(linear.column(1 if stretch is None else 0))
                    linear.put(row, slack[-1], sign)
        # An addition is never below zero, so who is counted at "after" is counted at "until".
        for after, until in self.at.values():
            if after and after[1] and until[1] is None:
                raise AssertionError("the generator dates what it adds")
        if stretch:
            row = linear.row(hi=stretch)
            for column in slack:
                linear.put(row, column, 1)
        return end

    def stretch(self):
        linear = Linear()
        self.enter(linear, None)
        return linear.solve()

    def least(self, query, stretch):
        linear = Linear()
        end = self.enter(linear, stretch)
        for c, cell in enumerate(self.cells):
            if self.world.asked(cell, query):
                linear.costs[end[c]] = 1
        return linear.solve()


class Book:
    """All tellers: voices as {teller: voice}."""

    def __init__(self, world, claims, voices):
        self.world, self.voices, self.found = world, voices, {}
        cells = world.cells()
        names = sorted({(c.originator, c.edition or "") for c in claims})
        self.tellers = {
            name: Teller(
                world, [c for c in claims if (c.originator, c.edition or "") == name], cells
            )
            for name in names
        }
        self.stretch = {name: teller.stretch() for name, teller in self.tellers.items()}

    def least(self, name, query):
        if (name, query) not in self.found:
            self.found[name, query] = self.tellers[name].least(query, self.stretch[name])
        return self.found[name, query]

    def single(self, query, names=None):
        return max((ceil(self.least(n, query)) for n in names or self.tellers), default=0)

    def documented(self, query, struck=(), labels=False, integer=False):
        linear = Linear()
        world = self.world
        u = {}
        for name, teller in self.tellers.items():
            if self.voices[name[0]] in struck:
                continue
            end = teller.enter(linear, self.stretch[name])
            link = {}
            for c, cell in enumerate(teller.cells):
                if not world.asked(cell, query):
                    continue
                spread = linear.row(0, 0)
                linear.put(spread, end[c], -1)
                for k in self.match(cell, labels):
                    if k not in u:
                        u[k] = linear.column(1)
                    if k not in link:
                        link[k] = linear.row(lo=0)
                        linear.put(link[k], u[k], 1)
                    x = linear.column()
                    linear.put(spread, x, 1)
                    linear.put(link[k], x, -1)
        return linear.solve(integer) if u else Fraction(0)

    def match(self, cell, labels):
        place, day, labelled = cell
        if labels:
            return [(place, day, tuple(labelled.items()))]
        slot = self.world.days.index(day)
        ordinal = day.toordinal()
        slots = range(ordinal - self.world.near_days, ordinal + 1)
        assert slot >= 0
        told = labelled.get("incident", "")
        incidents = (told,) if told else ("", *self.world.terms.get("incident", ()))
        return [(self.world.units.get(place, place), s, i) for s in slots for i in incidents]

    def withstands(self, query, k=1):
        voices = sorted(set(self.voices.values()))
        if k > len(voices):
            return 0
        return min(
            ceil(self.documented(query, struck)) for struck in itertools.combinations(voices, k)
        )

    def corroborated(self, query, k=1):
        world = self.world
        roots = [p for p, parent in world.places.items() if not parent]
        whole = self.by_voices(query, k, query.where)
        inside = [
            p for p in query.where
            if not any(q != p and world.inside(p, q) for q in query.where)
        ]  # fmt: skip
        return max(whole, self.parts(query, k, inside or roots))

    def parts(self, query, k, places):
        by_unit = {}
        for place in places:
            by_unit.setdefault(self.world.units[place], []).append(place)
        return sum(
            self.node(query, k, group[0]) if len(group) == 1 else self.by_voices(query, k, group)
            for group in by_unit.values()
        )

    def node(self, query, k, place):
        children = [
            p for p, parent in self.world.places.items()
            if parent == place and self.world.units[p] != self.world.units[place]
        ]  # fmt: skip
        return max(self.by_voices(query, k, [place]), self.parts(query, k, children))

    def by_voices(self, query, k, places):
        from dataclasses import replace

        asked = replace(query, where=tuple(places))
        best = {}
        for name in self.tellers:
            voice = self.voices[name[0]]
            best[voice] = max(best.get(voice, 0), ceil(self.least(name, asked)))
        ordered = sorted(best.values(), reverse=True)
        return ordered[k] if len(ordered) > k else 0
