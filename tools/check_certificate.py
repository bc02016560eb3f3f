#!/usr/bin/env python3
"""Prove certificates anew, without a line of Tallystick: check_certificate.py FILE.json...

Lower half: each teller's claims, times their multipliers, count nobody more often than the
teller's weight of the cells where that person may stand, and no cell weighs more than 1 over all
tellers; so what they prove adds up. Upper half: the people listed keep every claim and need no
more than the bound. Exit code 4 if one is not proved.
"""

# ruff: noqa: ANN001, ANN201, ANN204, B905, PT018, PTH123, SIM115
# fmt: off
import datetime as dt
import hashlib
import itertools
import json
import sys
from fractions import Fraction

EVER = dt.date.max.toordinal() + 1  # the day after all days; 0 is the day before them


class Certificate:
    def __init__(self, told):
        self.told, self.asked, self.inside = told, told["asked"], told["inside"]
        self.apart, near = (told["premises"][name] for name in ("apart", "near_days"))
        claims = [claim["within"] for teller in told["tellers"] for claim in teller["claims"]]
        self.scopes = [self.asked, *claims, *(less for c in claims for less in c["less"])]
        ends = [{a, b + 1} - {EVER + 1} for a, b in (self.span(s["during"]) for s in self.scopes)]
        cuts = {0, *(dt.date.fromisoformat(day).toordinal() for day in told["cuts"])}.union(*ends[1:])
        base, self.groups = self.cut(cuts), self.cut(cuts | ends[0])
        # Days at most near_days apart may be one day: the widest runs of groups are the slots.
        lasts = [max(g for g in base if g == one or g[0] - one[1] <= near) for one in base]
        runs = [(a[0], b[1]) for i, (a, b) in enumerate(zip(base, lasts)) if b not in lasts[:i]]
        self.slots = {g: [run for run in runs if run[0] <= g[0] <= run[1]] for g in self.groups}
    def cut(self, cuts):
        return list(zip(sorted(cuts), [*(cut - 1 for cut in sorted(cuts)[1:]), EVER]))
    def span(self, days):
        ends = zip(days, (0, EVER), strict=True)
        return tuple(dt.date.fromisoformat(day).toordinal() if day else end for day, end in ends)
    def tiles(self, scope, skip=" "):
        keys = sorted(k for k in scope if k not in ("during", "less") and not k.startswith(skip))
        return [tuple(zip(keys, t, strict=True)) for t in itertools.product(*map(scope.get, keys))]
    def meet(self, one, other):
        met = dict(one)
        for key, node in other:
            mine = met.get(key, node)
            met[key] = node if mine in self.inside[key][node] else mine
        good = all(node in self.inside[key][met[key]] for key, node in (*one, *other))
        return tuple(sorted(met.items())) if good else None
    def holds(self, scope, tile, days):
        (first, last), given, keys = self.span(scope["during"]), dict(tile), scope.keys() - {"during", "less"}
        return (first <= days[0] and days[1] <= last and keys <= given.keys()
                and all(set(scope[key]).intersection(self.inside[key][given[key]]) for key in keys)
                and not any(self.holds(less, tile, days) for less in scope.get("less", ())))
    def counts(self, claim, tile, days, history):
        at = claim["until"] in {None, *history} and claim["after"] not in history
        return at and self.holds(claim["within"], tile, days)
    def cells(self, tile, days):  # the names of those in which people so described may truly be
        given, slots = dict(tile), self.slots[days] if self.apart == "place-day" else [days]
        names = [given["incident"]] if "incident" in given else ["", *self.told["incidents"]]
        units = [f"{u} #{n}" if n else u for u in self.told["units"].get(given.get("where"), [""]) for n in names]
        if self.apart == "labels":
            units = ["&".join(f"{k}={node}" for k, node in tile if not k.startswith("incident "))]
        dates = [[dt.date.fromordinal(d).isoformat() if 0 < d < EVER else "" for d in s] for s in slots]
        return ["all"] if self.apart == "single" else [f"{u} {a}..{b}" for u in units for a, b in dates]
    def before(self, one, other):
        """Say whether one mark ("day form detail") is surely not after another."""
        (day, form, *more), (day2, form2, *more2) = one.split(" ", 2), other.split(" ", 2)
        if "?" in (day, day2) or day != day2:
            return "?" not in (day, day2) and day < day2
        return (form, form2) == ("adds", "close") or (form == form2 == "time" and more <= more2)
    def histories(self, marks):  # the sets of marks at which somebody may have been counted
        found = [frozenset()]
        for mark in sorted(marks, key=lambda m: sum(self.before(m, other) for other in marks)):
            later = {other for other in marks if other != mark and self.before(mark, other)}
            found += [history | {mark} for history in found if later <= history]
        return found
    def lower(self, claims, pairs, weights):
        assert all(up >= 0 and down >= 0 for up, down in pairs), "a multiplier is negative"
        used = [(c, up - down) for c, (up, down) in zip(claims, pairs, strict=True) if up or down]
        marks = {mark for claim, _ in used for mark in (claim["after"], claim["until"]) if mark}
        scopes = [self.asked, *self.asked["less"], *(c["within"] for c, _ in used)]
        scopes += [{"where": [p]} for p in self.told["units"]] + [s for c in scopes for s in c["less"]]
        cuts = [t for s in self.scopes for t in self.tiles(s, "incident ")] if self.apart == "labels" else []
        tiles = {()}
        for tile in cuts + [tile for scope in scopes for tile in self.tiles(scope)]:
            tiles |= {met for other in tiles if (met := self.meet(tile, other)) is not None}
        for tile, days in itertools.product(tiles, self.groups):
            here = [(c, n) for c, n in used if self.holds(c["within"], tile, days)]
            if any(number > 0 for _, number in here):
                cells = self.cells(tile, days) if self.holds(self.asked, tile, days) else [None]
                room = min(Fraction(weights.get(cell, 0)) for cell in cells)
                for history in self.histories(marks):
                    often = sum(n for c, n in here if self.counts(c, tile, days, history))
                    assert often <= room, "a person is counted too often"
        return sum(up * c["lo"] - (down and down * c["hi"]) for c, (up, down) in zip(claims, pairs))
    def upper(self, teller, stretch):
        claims, used, sums = teller["claims"], {}, [Fraction(0)] * len(teller["claims"])
        marks = {mark for claim in claims for mark in (claim["after"], claim["until"]) if mark}
        for who in teller["people"]:
            tile, days = tuple(sorted(who["as"].items())), self.span(who["days"])
            history, number = set(who["counted_at"]), Fraction(who["number"])
            later = {m for m in marks if any(self.before(mark, m) for mark in history)}
            assert later <= history <= marks and number >= 0 and days in self.groups, "no people"
            if self.holds(self.asked, tile, days):
                assert who["cell"] in self.cells(tile, days), "people stand where they cannot"
                used[who["cell"]] = used.get(who["cell"], 0) + number
            sums = [n + number * self.counts(claims[i], tile, days, history) for i, n in enumerate(sums)]
        off = [max(0, c["lo"] - n, n - (n if c["hi"] is None else c["hi"])) for c, n in zip(claims, sums)]
        fails = sum(off) > stretch or any(o and c["hard"] for c, o in zip(claims, off))
        assert not fails, "the people do not keep the claims"
        return used
    def check(self):
        weight, total, cover = {}, Fraction(0), self.told["cover"]
        for teller in self.told["tellers"]:
            stretch, gives = Fraction(teller["stretch"]), Fraction(teller["gives_way"])
            pairs = [(Fraction(c["at_least"]), Fraction(c["at_most"])) for c in teller["claims"]]
            soft = [i for i, claim in enumerate(teller["claims"]) if not claim["hard"] and stretch]
            assert all(max(pairs[i]) <= gives for i in soft), "a claim gives way for free"
            proves = self.lower(teller["claims"], pairs, teller["weights"]) - gives * stretch
            assert proves == Fraction(teller["proves"]) and min(gives, stretch) >= 0, "less is proved"
            if stretch:
                forced = [(Fraction(up), Fraction(down)) for up, down in teller["must_give_way"]]
                assert all(max(forced[i]) <= 1 for i in soft), "not the least stretch"
                assert self.lower(teller["claims"], forced, {}) == stretch, "not the least stretch"
            for cell, number in self.upper(teller, stretch).items():
                assert number <= Fraction(cover[cell]), "a cell is not covered"
            for cell, number in teller["weights"].items():
                weight[cell] = weight.get(cell, 0) + Fraction(number)
                assert 0 <= Fraction(number) <= weight[cell] <= 1, "a cell is weighed more than once"
            total += proves
        met = total == Fraction(self.told["value"]) == sum(map(Fraction, cover.values()))
        assert met and -(-total // 1) == self.told["lo"], "the bound is not the sum rounded up"


def check(told):
    """Raise AssertionError if a certificate does not prove its bound."""
    body = {name: value for name, value in told.items() if name not in ("id", "type")}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert told["id"] == "p-" + hashlib.sha256(text.encode()).hexdigest()[:12], "not these words"
    Certificate(body).check()


if __name__ == "__main__":
    for path in sys.argv[1:]:
        try:
            check(json.load(open(path, encoding="utf-8")))
        except (AssertionError, KeyError, ValueError, TypeError, AttributeError) as trouble:
            sys.exit(print(f"{path}: NOT proved: {trouble}") or 4)
        print(f"{path}: proved")
