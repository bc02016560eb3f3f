"""Measure each rung of one question on the books of ``reckon.py``.

    python bench/ladder.py 1000 10000 --cores 1

The rungs share what the book's desk has found, so each one's seconds are those after the rungs
before it.
"""

from __future__ import annotations

import argparse
import json

from reckon import book, seconds

from tallystick.reckoning import Options
from tallystick.reckoning.admit import admit, book_of
from tallystick.reckoning.desk import Desk
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.scope import Asked
from tallystick.reckoning.voices import corroborated, single, withstands
from tallystick.records import Query
from tallystick.terms import Actors, Places


def ladder(size: int, cores: int) -> dict[str, object]:
    """Return what each rung of the whole is, and the seconds it took after those before it."""
    claims, rows = book(size)
    places, _ = Places.empty().with_csv(rows)
    ground, options = Ground(places, Actors.empty()), Options(cores=cores)
    admitted, _ = admit(claims, ground)
    desk = Desk(book_of(admitted, Query(), ground, options), ground, options)
    asked = Asked.by(Query(), ground)
    rungs = {
        "documented": lambda: desk.bound(asked),
        "believed": lambda: desk.bound(asked, apart="labels"),
        "withstands": lambda: withstands(desk, asked, 1),
        "single": lambda: single(desk, asked)[0],
        "corroborated": lambda: corroborated(desk, asked, 1),
    }
    told = {name: seconds(rung) for name, rung in rungs.items()}
    return {
        "claims": len(claims),
        "rungs": {name: number for name, (_, number) in told.items()},
        "seconds": {name: round(took, 2) for name, (took, _) in told.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--cores", type=int, default=2)
    asked = parser.parse_args()
    for size in asked.sizes:
        print(json.dumps(ladder(size, asked.cores)), flush=True)


if __name__ == "__main__":
    main()
