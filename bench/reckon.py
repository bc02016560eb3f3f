"""Measure the reckoning on generated books, against the plain programme of the same book.

    python bench/reckon.py 1000 10000 30000
    python bench/reckon.py 100000 1000000 --parts --plain-up-to 0

The plain programme is one linear programme over all rows and all match cells of the book, handed
to HiGHS as it is; its kinds of people are found by the same code, so only the reduction differs.
It is given up after a number of times our own seconds, which is then told.

A book is an invented country with events that last one to four days in one district; tellers
count some of the people of each event, by village, in bulletins with relays, running totals,
subsets and claims that cross one another. The numbers are true to each teller's own count, but
for one claim in a hundred of those told twice. What is timed begins with claims in memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import os
import random
import sys
import threading
import time
from dataclasses import dataclass, replace
from math import ceil
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
    for _ in range(2):
        two = {"status": rng.choice(STATUS), "sex": rng.choice(SEX)}
        found.append(_claim(rng, teller, own, (district,), window, two, until))
    if len(cells) > 1 and rng.random() < 0.5:
        pair = tuple(sorted({cells[0][0], cells[-1][0]}))
        found.append(_claim(rng, teller, own, pair, window, {"sex": "female"}, until))
    if rng.random() < 0.65:
        found.append(_claim(rng, teller, own, (district,), None, {"sex": "female"}, until))
    if rng.random() < 0.6:
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
    outlet = f"outlet{rng.randrange(40)}"
    said = replace(claim, id="", via=outlet, source=f"{outlet}-{claim.source}")
    if claim.hi is not None and rng.random() < 0.01:
        return replace(said, id="", lo=claim.lo + 1, hi=claim.hi + 1)
    return said


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


def plain_programme(claims, places):
    """Return the plain programme: all rows of all tellers and all match cells in one."""
    from tallystick.reckoning import Options
    from tallystick.reckoning.admit import admit, book_of
    from tallystick.reckoning.desk import Desk
    from tallystick.reckoning.ground import Ground
    from tallystick.reckoning.match import Premise, matching_of, units_of
    from tallystick.reckoning.program import Program
    from tallystick.reckoning.scope import Asked
    from tallystick.reckoning.tally import bits

    ground, options = Ground(places, Actors.empty()), Options()
    admitted, _ = admit(claims, ground)
    desk = Desk(book_of(admitted, Query(), ground, options), ground, options)
    asked = Asked.by(Query(), ground)
    matching = matching_of(
        desk.tallies, asked, Premise("place-day", 1),
        units=lambda named: units_of(named, ground), calendar=desk.calendar,
    )  # fmt: skip
    program, cells = Program(), {}
    for tally in desk.tallies:
        first = len(program.lo)
        for row in tally.rows:
            program.add_row(row.lo, row.hi)
        links = {}
        for kind in tally.kinds(
            asked, tiles=matching.tiles, keys=matching.keys, groups=matching.groups,
            cells=matching.cells,
        ):  # fmt: skip
            if kind.cell not in links:
                links[kind.cell] = program.add_row(0, None)
                cells.setdefault(kind.cell, []).append(links[kind.cell])
            entries = [first + r for r in bits(kind.rows)]
            program.add_column(0, entries, [links[kind.cell]])
    for rows in cells.values():
        program.add_column(1, rows)
    return program


def plain(claims, places, answer):
    """Build and solve the plain programme; tell each step as it is done."""
    from tallystick.reckoning.solve import ask

    building, program = seconds(lambda: plain_programme(claims, places))
    answer.send({"plain_build": round(building, 2), "plain_shape": program.shape})
    solving, guess = seconds(lambda: ask(program))
    told = {"plain_solve": round(solving, 2), "plain_national": "a tally contradicts itself"}
    if guess.state == "optimal":
        value = float(sum(c * x for c, x in zip(program.cost, guess.x, strict=True)))
        told["plain_national"] = ceil(value - 1e-6)
    answer.send(told)


def plain_within(limit, claims, places):
    """Return what the plain programme tells within a limit of seconds."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=plain, args=(claims, places, theirs), daemon=True)
    start = time.perf_counter()
    process.start()
    told = {}
    while "plain_national" not in told and (left := limit - (time.perf_counter() - start)) > 0:
        if ours.poll(left):
            told |= ours.recv()
    took = time.perf_counter() - start
    process.kill()
    process.join()
    if "plain_national" not in told:
        told["plain_given_up_after"] = round(took, 1)
    return told, took


class Peak:
    """Watch the memory of this process and its children: what they share is counted once."""

    def __enter__(self):
        self.mib, self._over = 0, threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._watch.join()

    def _look(self):
        while True:
            ours = [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
            self.mib = max(self.mib, sum(map(share_of, ours)) >> 10)
            if self._over.wait(1.0):
                return


def share_of(pid):
    """Return the proportional set size of a process in KiB; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pss:")))


def crossing_share(claims, places):
    """Return the share of claims that cross another of the same teller, on a sample."""
    by_teller = {}
    for claim in claims:
        by_teller.setdefault(claim.originator, []).append(claim)
    sample = random.Random(0).sample(claims, min(200, len(claims)))
    return sum(
        any(_crosses(one, other, places) for other in by_teller[one.originator]) for one in sample
    ) / len(sample)


def _crosses(one, other, places):
    """Neither holds the other, and somebody may be in both."""
    return (
        _meets(one, other, places) and not _holds(one, other, places)
        and not _holds(other, one, places)
    )  # fmt: skip


def _meets(one, other, places):
    days = not (one.during and other.during) or (
        one.during.first <= other.during.last and other.during.first <= one.during.last
    )
    place = not (one.where and other.where) or any(
        places.contains(a, b) or places.contains(b, a) for a in one.where for b in other.where
    )
    return (
        days
        and place
        and all(one.whom[key] == other.whom[key] for key in one.whom if key in other.whom)
    )


def _holds(one, other, places):
    days = one.during is None or (
        other.during is not None
        and one.during.first <= other.during.first
        and other.during.last <= one.during.last
    )
    place = not one.where or (
        bool(other.where)
        and all(any(places.contains(a, b) for a in one.where) for b in other.where)
    )
    return days and place and all(other.whom.get(key) == term for key, term in one.whom.items())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--plain-up-to", type=int, default=30_000, help="largest plain programme")
    parser.add_argument(
        "--plain-times", type=float, default=15, help="give it up after so many times ours"
    )
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--parts", action="store_true", help="also divisions and months")
    asked = parser.parse_args()
    for size in asked.sizes:
        print(json.dumps(measured(size, asked)), flush=True)


def measured(size, asked):
    """Reckon a book of a size, and the plain programme of the same book."""
    from tallystick.reckoning import Options, documented

    claims, rows = book(size)
    places, issues = Places.empty().with_csv(rows)
    assert not [i for i in issues if i.weight == "fault"]
    queries = [Query()]
    if asked.parts:
        queries += [Query(where=(row["id"],)) for row in rows if row["parent"] == "QZ"]
        queries += [Query(during=Days(_day(m * 30), _day(m * 30 + 29))) for m in range(36)]
    given = {"places": places, "actors": Actors.empty(), "options": Options(cores=asked.cores)}
    with Peak() as peak:
        took, bounds = seconds(lambda: documented(claims, queries, **given))
    bare = [claim for claim in claims if not claim.where or not claim.during]
    told = {
        "claims": len(claims),
        "crossing": round(crossing_share(claims, places), 2),
        "no place or no days": round(len(bare) / len(claims), 2),
        "two keys": round(sum(len(c.whom) > 1 for c in claims) / len(claims), 2),
        "questions": len(queries),
        "seconds": round(took, 2),
        "national": bounds[0],
        "sum of parts": sum(bounds[1:]),
        "peak_mib": peak.mib,
    }
    if size <= asked.plain_up_to:
        plainly, plain_took = plain_within(asked.plain_times * took, claims, places)
        is_done = "plain_national" in plainly
        told |= plainly
        told["times faster" if is_done else "more than times faster"] = round(plain_took / took, 1)
    return told


if __name__ == "__main__":
    main()
