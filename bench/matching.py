"""Show on invented worlds, whose truth is known, how often each rung claims more than happened.

    python bench/matching.py [--runs 3] [--incidents 300]

A world has 40 villages in 10 districts and 60 days. Three tellers each hear of some incidents;
of those they hear of they count nine people in ten, and misdate, misplace or misdescribe some
incidents as a whole. Every teller's own count is without error beside that: what is shown is what
matching alone can do wrong. Each cell is the mean of bound / truth, and in brackets the share of
runs in which the bound is above the truth.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from tallystick.reckoning import Options, documented, reckon
from tallystick.records import Claim, Counted, Days, Mark, Query, Whom
from tallystick.terms import Actors, Places

START = dt.date(2030, 1, 1)
DISTRICTS, VILLAGES, DAYS = 10, 4, 60
STATUS = ("civilian", "fighter")
TELLERS = ("A", "B", "C")
COUNTED = 0.9


@dataclass(frozen=True)
class Errors:
    """Hold how tellers err: the share of incidents heard of, misdated by a day, placed in another
    village of the district, described by the wrong status, placed in another district."""

    coverage: float
    misdated: float = 0
    misplaced: float = 0
    wrong_status: float = 0
    beyond: float = 0

    def __str__(self) -> str:
        shares = (self.coverage, self.misdated, self.misplaced, self.wrong_status, self.beyond)
        return ", ".join(f"{share:g}" for share in shares)


ROWS = (
    Errors(0.6),
    Errors(0.6, 0, 0, 0.3),
    Errors(0.6, 0.15, 0, 0),
    Errors(0.6, 0.15, 0.15, 0.2),
    Errors(0.9, 0.15, 0.15, 0.2),
    Errors(0.9, 0.3, 0.3, 0.3),
    Errors(0.6, 0.15, 0.15, 0.2, 0.05),
    Errors(0.9, 0.15, 0.15, 0.2, 0.05),
)
# Name, whether villages are the units, and the premises; None = a rung of the default ladder.
MATCHINGS: tuple[tuple[str, bool, Options], ...] = (
    ("village-day", True, Options(near_days=0, certificates=False)),
    ("village ±1 d", True, Options(near_days=1, certificates=False)),
    ("district-day", False, Options(near_days=0, certificates=False)),
    ("district ±7 d", False, Options(near_days=7, certificates=False)),
)
LADDER = ("believed", "documented", "single", "withstands", "corroborated")


def places(*, by_village: bool) -> Places:
    """Return the invented country, told apart by village or by district."""
    rows = [{"id": "QZ", "name": "Land", "parent": ""}]
    for d in range(DISTRICTS):
        rows.append({"id": f"QZ-{d}", "name": f"District {d}", "parent": "QZ", "unit": f"QZ-{d}"})
        for v in range(VILLAGES):
            id_ = f"QZ-{d}-{v}"
            unit = id_ if by_village else f"QZ-{d}"
            rows.append({"id": id_, "name": id_, "parent": f"QZ-{d}", "unit": unit})
    made, issues = Places.empty().with_csv(rows)
    assert not [issue for issue in issues if issue.weight == "fault"], issues
    return made


def world(errors: Errors, incidents: int, seed: int) -> tuple[int, list[Claim]]:
    """Return how many people were killed, and what the tellers say."""
    rng = random.Random(seed)
    truth = 0
    told: dict[str, Counter[tuple[str, int, str]]] = {name: Counter() for name in TELLERS}
    for _ in range(incidents):
        village = (rng.randrange(DISTRICTS), rng.randrange(VILLAGES))
        day, status = rng.randrange(DAYS), rng.choice(STATUS)
        people = min(60, 1 + int(rng.expovariate(1 / 7)))
        truth += people
        for name in TELLERS:
            if rng.random() >= errors.coverage:
                continue
            number = sum(rng.random() < COUNTED for _ in range(people))
            where, when, whom = _as_told(rng, errors, village, day, status)
            told[name][where, when, whom] += number
    return truth, [
        _claim(name, *cell, number)
        for name, cells in told.items()
        for cell, number in cells.items()
        if number
    ]


def _as_told(
    rng: random.Random, errors: Errors, village: tuple[int, int], day: int, status: str
) -> tuple[str, int, str]:
    district, place = village
    if rng.random() < errors.misplaced:
        place = rng.choice([v for v in range(VILLAGES) if v != place])
    if rng.random() < errors.beyond:
        district = (district + 1) % DISTRICTS
    if rng.random() < errors.misdated:
        day = min(DAYS - 1, max(0, day + rng.choice((-1, 1))))
    if rng.random() < errors.wrong_status:
        status = next(other for other in STATUS if other != status)
    return f"QZ-{district}-{place}", day, status


def _claim(name: str, where: str, day: int, status: str, number: int) -> Claim:
    when = START + dt.timedelta(days=day)
    return Claim(
        originator=name, kind="killed", lo=number, hi=number, where=(where,),
        during=Days(when, when), whom=Whom({"status": status}), source=f"s-{name}",
        counted=Counted(None, Mark(START + dt.timedelta(days=DAYS + 30))),
    )  # fmt: skip


def bounds(errors: Errors, incidents: int, seed: int) -> dict[str, float]:
    """Return each bound of one world, as a share of the truth."""
    truth, claims = world(errors, incidents, seed)
    asked = [Query(where=("QZ",))]
    actors = Actors.empty()
    (figure,), _, _ = reckon(
        claims, asked, places=places(by_village=False), actors=actors,
        options=Options(certificates=False),
    )  # fmt: skip
    found = {
        "believed": figure.believed,
        "documented": figure.documented.lo,
        "single": figure.single.lo,
        "withstands": figure.withstands[0].lo,
        "corroborated": figure.corroborated[0].lo,
    }
    for name, by_village, options in MATCHINGS:
        here = places(by_village=by_village)
        found[name] = documented(claims, asked, places=here, actors=actors, options=options)[0]
    return {name: lo / truth for name, lo in found.items()}


def row(errors: Errors, runs: int, incidents: int) -> dict[str, tuple[float, float]]:
    """Return, for each bound, its mean share of the truth and how often it is above 1."""
    told = [bounds(errors, incidents, seed) for seed in range(runs)]
    return {
        name: (
            sum(one[name] for one in told) / runs,
            sum(one[name] > 1 for one in told) / runs,
        )
        for name in told[0]
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--incidents", type=int, default=300)
    given = parser.parse_args()
    names = ("believed", *(name for name, _, _ in MATCHINGS), *LADDER[1:])
    print(f"{given.runs} worlds of {given.incidents} incidents; documented = district ±1 d")
    print(
        f"{'coverage, misdated, misplaced, status, beyond':<46}"
        + "".join(f"{n:>15}" for n in names)
    )
    start = time.perf_counter()
    for errors in ROWS:
        found = row(errors, given.runs, given.incidents)
        cells = (f"{mean:.2f} ({100 * share:.0f} %)" for mean, share in map(found.get, names))
        print(f"{errors!s:<46}" + "".join(f"{cell:>15}" for cell in cells), flush=True)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
