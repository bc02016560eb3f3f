"""The coast case, from its documents to its figures: what issue after issue must keep true.

The published figures and where they stand are listed in ``examples/coast-2025/README.md``.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tallystick.casework.case import Case
from tallystick.casework.demo import EXAMPLE
from tallystick.casework.evidence import evidence_of_case
from tallystick.casework.reckon_case import ask_case
from tallystick.records import Days, Query, WhomTest

COAST = ("SY-HI", "SY-HM", "SY-LA", "SY-TA")
CIVILIAN = (WhomTest("status", "civilian"),)
CHECKER = Path(__file__).parents[2] / "tools" / "check_certificate.py"


def day(words: str) -> dt.date:
    return dt.date.fromisoformat(words)


def asked(case: Case, *, each=(), **query):
    done = ask_case(case, Query(**query), each)
    lines = {figure.line(): figure for figure in done.figures}
    return done.figures[0], lines


def test_civilians_as_of_11_march_are_1225_never_1332_or_1357(coast):
    figure, lines = asked(
        coast, where=COAST, whom=CIVILIAN, as_of=day("2025-03-11"), each=("where:first",)
    )

    assert (1225, "SOHR", 1225) == (
        figure.documented.lo,
        figure.single.originator,
        figure.single.lo,
    )
    assert (111, 111) == (figure.corroborated[0].lo, figure.withstands[0].lo)
    assert {
        f"killed | status=civilian | {place} | as of 2025-03-11 | >= {number}"
        for place, number in (("SY-LA", 658), ("SY-TA", 384), ("SY-HM", 171), ("SY-HI", 12))
    } <= set(lines)


def test_what_the_un_verified_is_never_shown_as_a_contradiction(coast):
    figure, _ = asked(coast, where=COAST, whom=CIVILIAN, as_of=day("2025-03-11"))

    assert [] == [c for c in figure.contested if "OHCHR" in c.says]


def test_the_total_of_9_march_splits(coast):
    figure, lines = asked(coast, where=COAST, as_of=day("2025-03-09"), each=("whom:status",))
    by_status = {line.split(" | ")[1]: line.split(" | ")[-1] for line in list(lines)[1:]}

    assert 1311 == figure.documented.lo
    assert {
        "status=civilian": ">= 830",
        "status=armed-forces": ">= 231",
        "status=fighter": ">= 250",
    } == by_status


def test_snhr_splits_its_total_of_the_coast_by_alleged_perpetrator(coast):
    done = ask_case(coast, Query(where=COAST, during=Days.parse("2025-03")), ("by",))
    claimed = {
        (figure.query.by or ("all",))[0]: (told.lo, told.hi)
        for figure in done.figures
        for told in figure.claimed
        if told.originator == "SNHR"
    }

    assert {"all": (1334, 1334), "gov-forces": (889, 889), "remnants": (445, 445)} == claimed


def test_1675_against_1676_is_contested_within_by_one(coast):
    figure, _ = asked(coast, where=COAST, whom=CIVILIAN, during=Days.parse("2025-03"))
    sohr = [c for c in figure.contested if c.where == "within" and c.says.startswith("SOHR")]

    assert 1675 == figure.documented.lo
    assert [1] == [contest.stretch for contest in sohr]
    assert "1,676" in sohr[0].says
    assert "1,675" in sohr[0].says


def test_1476_families_against_40_and_1184_is_contested_and_its_set_is_named(coast):
    figure, _ = asked(coast, kind="displaced", unit="families", to=("LB",))
    contest = next(c for c in figure.contested if "akkar-unit" in c.says)
    told = {claim.id: claim.lo for claim in coast.ledger.claims()}

    assert "within" == contest.where
    assert "40 + 1,184 = 1,224, but the total says 1,476" in contest.says
    assert [40, 1184, 1476] == sorted(told[claim] for claim in contest.claims)


def test_three_outlets_that_relay_one_figure_are_one_voice(coast):
    relays = [c for c in coast.ledger.claims() if c.originator == "SOHR" and c.lo == 1311]
    figure, _ = asked(coast, where=COAST, as_of=day("2025-03-09"))

    assert 3 == len(relays)
    assert 1 == len({(c.originator, c.edition, c.counted, c.during, c.where) for c in relays})
    assert 0 == figure.corroborated[0].lo


def test_every_decision_finds_its_words_and_nothing_else_counts(coast):
    standings = coast.ledger.standings()
    counted = {claim.id for claim in evidence_of_case(coast).claims}

    assert counted == {s.id for s in standings if s.state in ("accepted", "corrected", "added")}
    for claim in (s.claim for s in standings if s.id in counted):
        start, end = claim.span
        assert claim.quote == coast.text_of(coast.ledger.source(claim.source))[start:end]


def test_the_readme_counts_the_decisions():
    rows = csv.DictReader((EXAMPLE / "review.csv").read_text("utf-8").splitlines())
    counted = Counter(row["verdict"] for row in rows)
    page = (EXAMPLE / "README.md").read_text("utf-8")

    assert 4 == len(counted)
    for verdict, number in counted.items():
        line = next(line for line in page.splitlines() if line.startswith(f"| {verdict}:"))
        assert line.endswith(f"| {number} |")


def test_certificates_pass_the_checker_that_imports_nothing_of_ours(coast, tmp_path):
    done = ask_case(coast, Query(where=COAST, whom=CIVILIAN, as_of=day("2025-03-11")))
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(done.certificates[0].as_json()), "utf-8")
    told = subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(path)], capture_output=True, text=True, check=False
    )

    assert 0 == told.returncode, told.stdout + told.stderr
