"""What is published still proves itself, with names withheld and all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.invented_names import full_name
from tests.publishing import invented_case as case
from tests.publishing.pages import pages_in

from tallystick.publishing import publish
from tallystick.reckoning import prove, reckon
from tallystick.records import Query, WhomTest

CHECKER = Path(__file__).parents[2] / "tools" / "check_certificate.py"
QUERIES = (
    Query(where=("QZ",), during=case.EVENT),
    Query(where=("QZ-R",)),
    Query(where=("QZ",), whom=(WhomTest("status", "civilian"),)),
    Query(where=("QZ",), by=("GOV",)),
    Query(kind="displaced", unit="families", to=("VL",)),
)


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory):
    """Return the report of the invented case with figures as reckoning makes them."""
    given = case.dossier()
    figures, proofs, _ = reckon(
        [told.claim for told in case.TOLD if not told.set_aside],
        QUERIES, places=given.places, actors=given.actors,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("reckoned")
    publish(
        case.dossier(
            figures=tuple(figure.as_json() for figure in figures),
            headline=tuple(figure.id for figure in figures),
            tables=(),
            certificates={proof.id: proof.as_json() for proof in proofs},
        ),
        folder,
    )
    return folder


def proofs_in(folder):
    return sorted((folder / "certificates").glob("*.json"))


def test_every_published_certificate_is_proved_without_a_line_of_ours(reckoned):
    told = subprocess.run(
        [sys.executable, "-I", str(CHECKER), *map(str, proofs_in(reckoned))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert 0 == told.returncode, told.stdout + told.stderr


def test_every_published_certificate_is_proved_by_tallystick(reckoned):
    proofs = [prove(json.loads(path.read_text("utf-8"))) for path in proofs_in(reckoned)]

    assert len(QUERIES) == len(proofs)
    assert [""] * len(QUERIES) == [proof.fails for proof in proofs]
    assert [path.stem for path in proofs_in(reckoned)] == [proof.certificate for proof in proofs]


def test_no_certificate_names_who_must_not_be_named(reckoned):
    for path in proofs_in(reckoned):
        text = path.read_text("utf-8")

        assert full_name(3) not in text
        assert "the mill" not in text
    assert any("withheld-1" in path.read_text("utf-8") for path in proofs_in(reckoned))


def test_the_page_tells_the_share_of_each_teller(reckoned):
    pages = [root for path, root in pages_in(reckoned).items() if path.startswith("figures/")]
    shares = [
        li.text() for root in pages for ul in root.with_class("shares") for li in ul.all("li")
    ]

    assert (
        "HWHR alone proves 540 people, in High Plain, North Vale and South Vale, "
        "6–11\u00a0March 2031." in [share.replace("\u2060", "") for share in shares]
    )
