"""Measure the reckoning on generated books, against the plain programme of the same book.

    python bench/reckon.py 1000 10000 100000 [--plain-up-to 30000] [--months]

A book is an invented country with events that last one to four days in one district; tellers
count some of the people of each event, by village, in bulletins with relays, running totals,
subsets and claims that cross one another. The numbers are true to each teller's own count, but
for one claim in a hundred of those told twice. What is timed begins with claims in memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from tallystick.records import Claim, Counted, Days, Mark, Query, Whom
from tallystick.terms import Actors, Places

START = dt.date(2030, 1, 1)
STATUS = ("civilian", "fighter", "armed-forces")
SEX = ("female", "male")


@dataclass(frozen=True)
class Person:
    village: str
    day: int
    status: str
    sex: str
    number: int


def country(events: int) -> tuple[list[dict[str, str]], list[str]]:
    """Return the rows of places.csv and the ids of districts, for so many events."""
    districts = max(14, min(1200, events // 25))
    firsts = max(3, min(30, districts // 10))
    rows = [{"id": "QZ", "name": "Land", "parent": ""}]
    rows += [{"id": f"QZ-{f}", "name": f"First {f}", "parent": "QZ"} for f in range(firsts)]
    ids = []
    for d in range(districts):
        ids.append(f"QZ-{d % firsts}-{d}")
        rows.append({"id": ids[-1], "name": f"District {d}", "parent": f"QZ-{d % firsts}"})
        rows += [
            {"id": f"{ids[-1]}-{v}", "name": f"Village {d} {v}", "parent": ids[-1]}
            for v in range(4)
        ]
    return rows, ids


def book(size: int, seed: int = 1) -> tuple[list[Claim], list[dict[str, str]]]:
    """Return about ``size`` claims and the places they name."""
    rng = random.Random(seed)
    events = max(4, size // 16)
    rows, districts = country(events)
    tellers = [f"T{t}" for t in range(max(4, min(60, size // 400)))]
    last_day = 1095
    claims: list[Claim] = []
    counted: dict[str, list[Person]] = {teller: [] for teller in tellers}
    while len(claims) < 0.93 * size:
        district = rng.choice(districts)
        first = rng.randint(0, last_day - 4)
        length = rng.randint(1, 4)
        people = [
            Person(
                f"{district}-{rng.randint(0, 3)}", first + rng.randrange(length),
                rng.choice(STATUS), rng.choice(SEX), rng.randint(1, 30),
            )
            for _ in range(rng.randint(2, 7))
        ]  # fmt: skip
        for teller in rng.sample(tellers, rng.randint(1, min(4, len(tellers)))):
            own = [p for p in people if rng.random() < 0.75]
            counted[teller] += own
            claims += _bulletins(rng, teller, district, first, length, own)
    for teller in tellers:
        claims += _totals(rng, teller, counted[teller], districts, int(0.07 * size / len(tellers)))
    return claims[:size], rows


def _bulletins(rng, teller, district, first, length, own):
    """An event as one teller tells it: by village and day, the whole, subsets, crossings, relays."""
    until = first + length + rng.randint(0, 2)
    found = []
    cells = sorted({(p.village, p.day) for p in own})
    for village, day in cells:
        if rng.random() < 0.7:
            found.append(_claim(rng, teller, own, (village,), (day, day), {}, until))
    window = (first, first + length - 1)
    found.append(_claim(rng, teller, own, (district,), window, {}, until))
    found.append(_claim(rng, teller, own, (district,), window, {"status": "civilian"}, until))
    if rng.random() < 0.6:
        two = {"status": rng.choice(STATUS), "sex": rng.choice(SEX)}
        found.append(_claim(rng, teller, own, (district,), window, two, until))
    if len(cells) > 1 and rng.random() < 0.5:
        pair = tuple(sorted({cells[0][0], cells[-1][0]}))
        found.append(_claim(rng, teller, own, pair, window, {"sex": "female"}, until))
    if rng.random() < 0.5:
        found.append(_claim(rng, teller, own, (district,), None, {"sex": "female"}, until))
    if rng.random() < 0.4:
        found.append(_claim(rng, teller, own, (), window, {}, until))
    if rng.random() < 0.3:
        found.append(_added(rng, teller, own, district, window, until))
    relays = [c for c in found if rng.random() < 0.15]
    return found + [_relay(rng, claim) for claim in relays]


def _day(n):
    return START + dt.timedelta(days=n)


def _number(people, where, window, whom):
    return sum(
        p.number for p in people
        if (not where or any(_in(p.village, place) for place in where))
        and (window is None or window[0] <= p.day <= window[1])
        and all(getattr(p, key) == term for key, term in whom.items())
    )  # fmt: skip


def _in(village, place):
    if village == place or (village.startswith(place + "-") and place.count("-") == 2):
        return True
    return place == "QZ" or (place.count("-") == 1 and "-".join(village.split("-")[:2]) == place)


def _claim(rng, teller, own, where, window, whom, until):
    number = _number(own, where, window, whom)
    exact = rng.random() < 0.7
    return Claim(
        originator=teller, kind="killed", lo=number, hi=number if exact else None,
        where=where, during=Days(_day(window[0]), _day(window[1])) if window else None,
        whom=Whom(whom), counted=Counted(None, Mark(_day(until))), source=f"{teller}-{until}",
        pins=None if window and where else "lo",
    )  # fmt: skip


def _added(rng, teller, own, district, window, until):
    number = _number(own, (district,), window, {})
    return Claim(
        originator=teller, kind="killed", lo=rng.randint(0, number), hi=None, where=(district,),
        during=Days(_day(window[0]), _day(window[1])), source=f"{teller}-{until}",
        counted=Counted(Mark(_day(window[0] - 1)), Mark(_day(until))),
    )  # fmt: skip


def _relay(rng, claim):
    from dataclasses import replace

    outlet = f"outlet{rng.randrange(40)}"
    return replace(claim, id="", via=outlet, source=f"{outlet}-{claim.source}")


def _totals(rng, teller, people, districts, number):
    """Running totals and monthly totals of places of every size, true to the teller's count."""
    firsts = sorted({"-".join(d.split("-")[:2]) for d in districts})
    index: dict[str, list[Person]] = {}
    for p in people:
        index.setdefault("-".join(p.village.split("-")[:2]), []).append(p)
    found = []
    for _ in range(number):
        where = rng.choice([*firsts, *firsts, "QZ"])
        month = rng.randrange(36)
        a = month * 30
        window = (0, a + 29) if rng.random() < 0.4 else (a, a + 29)
        whom = {"status": rng.choice(STATUS)} if rng.random() < 0.4 else {}
        pool = people if where == "QZ" else index.get(where, [])
        own = [p for p in pool if p.day <= window[1] - 7]
        until = window[1] + rng.randint(7, 9)
        claim = _claim(rng, teller, own, (where,), window, whom, until)
        found.append(Claim(**{
            "originator": teller, "kind": "killed", "lo": claim.lo, "hi": None, "where": claim.where,
            "during": claim.during, "whom": claim.whom, "counted": claim.counted,
            "source": claim.source,
        }))  # fmt: skip
    return found


def seconds(run):
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def plain_bound(claims, places):
    """Return the seconds to build and to solve the plain programme, and its rounded optimum.

    All rows of all tellers and all match cells stand in one programme, handed to HiGHS as it is.
    """
    from math import ceil

    from tallystick.reckoning import Options
    from tallystick.reckoning.admit import admit, book_of
    from tallystick.reckoning.desk import Desk
    from tallystick.reckoning.ground import Ground
    from tallystick.reckoning.match import Premise, matching_of, units_of
    from tallystick.reckoning.program import Program
    from tallystick.reckoning.scope import Asked
    from tallystick.reckoning.solve import ask
    from tallystick.reckoning.tally import bits

    def build():
        ground, options = Ground(places, Actors.empty()), Options()
        admitted, _ = admit(claims, ground)
        desk = Desk(book_of(admitted, Query(), ground, options), ground, options)
        asked = Asked.by(Query(), ground)
        matching = matching_of(
            desk.tallies, asked, Premise("place-day", 1),
            units=lambda named: units_of(named, ground), base=desk.groups,
        )  # fmt: skip
        program, cells = Program(), {}
        for tally in desk.tallies:
            kinds = tally.kinds(
                asked,
                tiles=matching.tiles,
                keys=matching.keys,
                groups=matching.groups,
                cells=matching.cells,
            )
            first = len(program.lo)
            for row in tally.rows:
                program.add_row(row.lo, row.hi)
            links = {}
            for kind in kinds:
                if kind.cell not in links:
                    links[kind.cell] = program.add_row(0, None)
                    cells.setdefault(kind.cell, []).append(links[kind.cell])
                entries = [(first + r, 1) for r in bits(kind.rows)]
                program.add_column(0, [*entries, (links[kind.cell], -1)])
        for rows in cells.values():
            program.add_column(1, [(row, 1) for row in rows])
        return program

    building, program = seconds(build)
    solving, guess = seconds(lambda: ask(program))
    if (
        guess.state != "optimal"
    ):  # a tally contradicts itself, and the plain programme has no answer
        return building, solving, program.shape, None
    value = float(sum(c * x for c, x in zip(program.cost, guess.x, strict=True)))
    return building, solving, program.shape, ceil(value - 1e-6)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--plain-up-to", type=int, default=600)
    parser.add_argument("--parts", action="store_true", help="also divisions and months")
    asked = parser.parse_args()
    for size in asked.sizes:
        from tallystick.reckoning import documented

        claims, rows = book(size)
        places, issues = Places.empty().with_csv(rows)
        assert not [i for i in issues if i.weight == "fault"]
        queries = [Query()]
        if asked.parts:
            queries += [Query(where=(row["id"],)) for row in rows if row["parent"] == "QZ"]
            queries += [Query(during=Days(_day(m * 30), _day(m * 30 + 29))) for m in range(36)]
        start = time.perf_counter()
        bounds = documented(claims, queries, places=places, actors=Actors.empty())
        took = time.perf_counter() - start
        told = {
            "claims": len(claims),
            "questions": len(queries),
            "seconds": round(took, 2),
            "national": bounds[0],
            "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
            "kinds": dict(Counter(c.hedge for c in claims)),
        }
        if size <= asked.plain_up_to:
            building, solving, shape, bound = plain_bound(claims, places)
            told |= {
                "plain_build": round(building, 2),
                "plain_solve": round(solving, 2),
                "plain_shape": shape,
                "agrees": bound == bounds[0] if bound is not None else "infeasible",
            }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
