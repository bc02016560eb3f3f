#!/usr/bin/env python3
"""Prove a certificate of a figure anew: standard library only, and not a line of Tallystick.

    python3 check_certificate.py CERTIFICATE.json...

Lower half: each teller's claims, times their multipliers, count nobody more often than the
teller's weight of the cell where that person may stand, and no cell weighs more than 1 over all
tellers; so what the tellers prove adds up. Upper half: the listed people keep every claim and
need no more than the bound. Exit 0 if all hold, 4 if one does not.
"""

import datetime as dt
import hashlib
import itertools
import json
import sys
from fractions import Fraction as F

OPEN = {0: 0, 1: dt.date.max.toordinal() + 1}


def span(days):
    return tuple(dt.date.fromisoformat(d).toordinal() if d else OPEN[i] for i, d in enumerate(days))


class Certificate:
    def __init__(self, told):
        self.told, self.inside = told, told["inside"]
        self.asked = told["asked"]
        self.apart = told["premises"]["apart"]
        scopes = [c["within"] for t in told["tellers"] for c in t["claims"]]
        scopes += [s for t in told["tellers"] for c in t["claims"] for s in c["less"]]
        spans = [span(s["during"]) for s in [*scopes, self.asked["within"]]]
        cuts = sorted({0} | {a for a, _ in spans} | {b + 1 for _, b in spans if b < OPEN[1]})
        self.groups = list(zip(cuts, [c - 1 for c in cuts[1:]] + [OPEN[1]]))
        first, last = span(self.asked["within"]["during"])
        within, near, runs = [g for g in self.groups if first <= g[0] and g[1] <= last], told["premises"]["near_days"], []
        for i, group in enumerate(within):
            j = max(k for k in range(i, len(within)) if k == i or within[k][0] - group[1] <= near)
            if not runs or j > runs[-1][1]:
                runs.append((i, j))
        self.slots = {g: [(within[i][0], within[j][1]) for i, j in runs if i <= n <= j] for n, g in enumerate(within)}
        self.cells = {}
        for name, cell in told["cells"].items():
            where = tuple(sorted(cell["as"].items())) if "as" in cell else cell.get("unit")
            self.cells[(where, span(cell["days"])) if cell else ()] = name
        self.places = [(("where", p),) for p in told["units"]] if self.apart == "place-day" else []
        if self.apart == "labels":
            self.places = [tuple(p for p in tile if p[0][:8] != "incident") for s in scopes for tile in self.tiles(s)]

    def above(self, key, node):
        while node is not None:
            yield node
            node = self.inside.get(key, {}).get(node)

    def tiles(self, scope):
        keys = sorted(k for k in scope if k != "during")
        return [tuple(zip(keys, nodes)) for nodes in itertools.product(*(scope[k] for k in keys))]

    def meet(self, one, other):
        met = dict(one)
        for key, node in other:
            mine = met.get(key, node)
            if mine not in self.above(key, node) and node not in self.above(key, mine):
                return None
            met[key] = node if mine in self.above(key, node) else mine
        return tuple(sorted(met.items()))

    def closed(self, tiles):
        found = {()}
        for tile in sorted(set(tiles)):
            found |= {m for m in [self.meet(tile, other) for other in found] if m is not None}
        return found

    def holds(self, scope, tile, days, every=False):
        first, last = span(scope["during"])
        given = dict(tile)
        above = {k: set(self.above(k, given[k])) if k in given else set() for k in scope if k != "during"}
        both = {k: every and k not in ("where", "by", "to", "kind") for k in above}
        fits = (above[k].issuperset(scope[k]) if both[k] else above[k] & set(scope[k]) for k in above)
        return first <= days[0] and days[1] <= last and all(fits)

    def is_asked(self, tile, days):
        given = dict(tile)
        out = any(k in given and node in self.above(k, given[k]) for k, node in self.asked["outside"])
        return self.holds(self.asked["within"], tile, days, every=True) and not out

    def may_stand(self, tile, days):
        """The match cells where somebody so described may truly be."""
        if self.apart == "single":
            return [()]
        if self.apart == "labels":
            return [(tuple(p for p in tile if p[0][:8] != "incident"), days)]
        place = dict(tile).get("where")
        units = self.told["units"].get(place, [place]) if place else [""]
        return [(unit, slot) for unit in units for slot in self.slots[days]]

    def counts(self, claim, tile, days, marks):
        at = (claim["until"] is None or claim["until"] in marks) and claim["after"] not in marks
        less = any(self.holds(s, tile, days) for s in claim["less"])
        return at and self.holds(claim["within"], tile, days) and not less

    def later(self, marks, order):
        """Every set of marks that is closed under "not before"."""
        after = {m: {b for a, b in order if a == m and b in marks} for m in marks}
        found = [frozenset()]
        for mark in sorted(marks, key=lambda m: len(self.reach(m, after))):
            found += [s | {mark} for s in found if self.reach(mark, after) - {mark} <= s]
        return found

    def reach(self, mark, after):
        seen, ahead = {mark}, [mark]
        while ahead:
            for other in after[ahead.pop()] - seen:
                seen.add(other)
                ahead.append(other)
        return seen

    def lower(self, teller, multipliers, weighed):
        """No person of the teller is counted more often than weighed: the heart of the proof."""
        used = [(c, lo - hi) for c, (lo, hi) in zip(teller["claims"], multipliers) if lo or hi]
        tiles = [t for c, _ in used for s in [c["within"], *c["less"]] for t in self.tiles(s)]
        tiles = self.closed(tiles + self.places + self.tiles(self.asked["within"]) + [((k, n),) for k, n in self.asked["outside"]])
        marks = {m for c, _ in used for m in (c["after"], c["until"]) if m}
        histories = self.later(marks, self.closure(teller["order"]))
        for tile, days in itertools.product(tiles, self.groups):
            here = [(c, n) for c, n in used if self.holds(c["within"], tile, days)]
            if not any(n > 0 for _, n in here):
                continue
            room = F(0)
            if weighed and self.is_asked(tile, days):
                room = min(F(teller["weights"].get(self.cells.get(k), "0")) for k in self.may_stand(tile, days))
            for history in histories:
                assert sum(n for c, n in here if self.counts(c, tile, days, history)) <= room, "a person is counted too often"

    def closure(self, order):
        after = {m: {b for a, b in order if a == m} for pair in order for m in pair}
        return [(m, other) for m in after for other in self.reach(m, after)]

    def teller(self, t):
        numbers = [(F(c["at_least"]), F(c["at_most"])) for c in t["claims"]]
        stretch, gives = F(t["stretch"]), F(t["gives_way"])
        assert all(n >= 0 for pair in numbers for n in pair) and stretch >= 0 and gives >= 0, "a multiplier is negative"
        ends = [(c["lo"], c["hi"]) for c in t["claims"]]
        proves = sum(l * lo - h * (hi if h else 0) for (l, h), (lo, hi) in zip(numbers, ends)) - gives * stretch
        assert proves == F(t["proves"]), "the multipliers do not prove the teller's part"
        if stretch:
            assert all(max(pair) <= gives for pair, c in zip(numbers, t["claims"]) if not c["hard"]), "a claim gives way for free"
            forced = [(F(l), F(h)) for l, h in t["must_give_way"]]
            assert all(0 <= n <= 1 for pair, c in zip(forced, t["claims"]) if not c["hard"] for n in pair)
            assert stretch == sum(l * lo - h * (hi if h else 0) for (l, h), (lo, hi) in zip(forced, ends)), "the stretch is not the least"
            self.lower(t, forced, weighed=False)
        self.lower(t, numbers, weighed=True)
        marks, used, given = {m for c in t["claims"] for m in (c["after"], c["until"]) if m}, {}, F(0)
        for p in t["people"]:
            tile, days = tuple(sorted(p["as"].items())), span(p["days"])
            assert days in self.groups and F(p["number"]) >= 0 and set(p["counted_at"]) <= marks
            assert all(b in p["counted_at"] for a, b in t["order"] if a in p["counted_at"]), "counted, then not"
            if self.is_asked(tile, days):
                assert p["cell"] in [self.cells.get(k) for k in self.may_stand(tile, days)], "people stand where they cannot"
                used[p["cell"]] = used.get(p["cell"], F(0)) + F(p["number"])
            for c in t["claims"]:
                c["sum"] = c.get("sum", F(0)) + F(p["number"]) * self.counts(c, tile, days, p["counted_at"])
        for c in t["claims"]:
            off = max(c["lo"] - c.get("sum", F(0)), c.get("sum", F(0)) - c["hi"] if c["hi"] is not None else 0, 0)
            assert not (off and c["hard"]), "a breakdown is not complete"
            given += off
        assert given <= stretch, "the people listed do not keep the claims"
        return proves, used

    def check(self):
        total, weight = F(0), {}
        for t in self.told["tellers"]:
            proves, used = self.teller(t)
            total += proves
            for cell, number in t["weights"].items():
                weight[cell] = weight.get(cell, F(0)) + F(number)
            assert all(n <= F(self.told["cover"][cell]) for cell, n in used.items()), "a cell is not covered"
        assert all(F(n) >= 0 for t in self.told["tellers"] for n in t["weights"].values())
        assert all(n <= 1 for n in weight.values()), "a cell is weighed more than once"
        assert total == F(self.told["value"]) == sum(map(F, self.told["cover"].values())), "the parts do not add up"
        assert -(-total // 1) == self.told["lo"], "the bound is not the sum rounded up"


def check(told):
    """Raise AssertionError if a certificate does not prove its bound."""
    told = dict(told)
    said = told.pop("id"), told.pop("type")
    bytes_ = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert said == ("p-" + hashlib.sha256(bytes_).hexdigest()[:12], "certificate"), "the id is not that of these words"
    Certificate(json.loads(bytes_)).check()


if __name__ == "__main__":
    status = 0
    for path in sys.argv[1:]:
        try:
            with open(path, encoding="utf-8") as file:
                check(json.load(file))
            print(f"{path}: proved")
        except (AssertionError, KeyError, ValueError, TypeError) as trouble:
            print(f"{path}: NOT proved: {trouble or 'a condition fails'}")
            status = 4
    sys.exit(status)
