"""Measure what-if on the coast case, as a share of reckoning the whole case in the same run.

    python bench/what_if.py [--quick]

Both begin with the claims in memory, and use all cores. The whole case is every figure of its report; what-if asks
one question with a teller left out, which reckons it twice: as it is and as it would be.
``--quick`` reckons the headline figures alone as the whole.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from tallystick.casework.demo import EXAMPLE, GROUND
from tallystick.casework.evidence import Evidence, evidence_of_case
from tallystick.casework.new import new
from tallystick.casework.preserve import preserve
from tallystick.casework.questions import questions_of
from tallystick.casework.read_case import read_case
from tallystick.casework.review import decide
from tallystick.casework.what_if import Changes, compare_evidence
from tallystick.reckoning import Options, reckon
from tallystick.records import Query, WhomTest

COAST = ("SY-HI", "SY-HM", "SY-LA", "SY-TA")
ASKED = (
    ("civilians on the coast", Query(where=COAST, whom=(WhomTest("status", "civilian"),))),
    ("all on the coast", Query(where=COAST)),
    ("the displaced in Lebanon", Query(kind="displaced", to=("LB",))),
)


def coast(folder: Path) -> tuple[Evidence, tuple[Query, ...], tuple[Query, ...]]:
    """Return the evidence of the coast case, its headline questions, and all of its report."""
    for name in GROUND:
        (folder / name).write_bytes((EXAMPLE / name).read_bytes())
    at = "2025-09-01T00:00:00Z"
    with new(folder, at=at) as case:
        list(preserve(case, [EXAMPLE / "documents"], at=at))
        list(read_case(case, at=at))
        decide(case, (EXAMPLE / "review.csv").read_text("utf-8"), reviewer="r", at=at)
        evidence = evidence_of_case(case)
        asked = questions_of(case.settings.question, evidence.claims, evidence.ground.places)
        return evidence, asked.headline, asked.every()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        evidence, headline, every = coast(Path(folder))
    queries = headline if given.quick else every
    on_all_cores = Options(cores=os.cpu_count() or 1)
    options = replace(evidence.options(on_all_cores), certificates=False)
    places, actors = evidence.ground.places, evidence.ground.actors
    start = time.perf_counter()
    reckon(evidence.claims, queries, places=places, actors=actors, options=options)
    whole = time.perf_counter() - start
    print(f"{'the whole case':<28}{whole:8.2f} s   {len(queries)} figures")
    for name, query in ASKED:
        start = time.perf_counter()
        changes = Changes(leave_out=("SNHR",) if query.kind == "killed" else ("UNHCR",))
        ((told,), _) = compare_evidence(evidence, query, (), on_all_cores, changes)
        took = time.perf_counter() - start
        bounds = f"{told.before.documented.lo:,} → {told.after.documented.lo:,}"
        print(f"{name:<28}{took:8.2f} s   {took / whole:6.1%} of the whole   {bounds}")


if __name__ == "__main__":
    main()
