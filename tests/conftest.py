"""Shared by all tests: a page of the tally book stands in a test's docstring."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import settings

from tallystick.reckoning import Options, reckon
from tallystick.records import (
    Certificate,
    Claim,
    Days,
    Figure,
    Issue,
    Listed,
    Query,
    WhomTest,
    parse_claims,
)
from tallystick.terms import Actors, Places

# A busy disk or machine is no failure of a law.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@dataclass
class Page:
    """Hold the claims of a page, and answer questions on it."""

    claims: tuple[Claim, ...]
    places: Places = field(default_factory=Places.builtin)
    actors: Actors = field(default_factory=Actors.builtin)
    certificates: tuple[Certificate, ...] = ()
    issues: tuple[Issue, ...] = ()
    listed: Sequence[Listed] = ()

    def with_places(self, rows: str) -> Page:
        """Lay ``id parent unit`` lines over the built-in gazetteer."""
        table = [
            dict(zip(("id", "parent", "unit"), line.split(), strict=False))
            for line in rows.split(",")
        ]
        self.places, issues = self.places.with_csv([{"name": row["id"], **row} for row in table])
        assert not [issue for issue in issues if issue.weight == "fault"], issues
        return self

    def with_actors(self, rows: str) -> Page:
        """Lay ``id speaks_for`` lines over the built-in actors."""
        table = [
            dict(zip(("id", "speaks_for"), line.split(), strict=False)) for line in rows.split(",")
        ]
        self.actors, issues = self.actors.with_csv([{"name": row["id"], **row} for row in table])
        assert not issues, issues
        return self

    def reckon(self, *, options: Options | None = None, **asked: object) -> Figure:
        """Return the figure of one question; words are read as on the command line."""
        (figure,), self.certificates, self.issues = reckon(
            self.claims, [query(**asked)], places=self.places, actors=self.actors, options=options,
            listed=self.listed,
        )  # fmt: skip
        return figure

    def only(self, *ids: str) -> Page:
        """Return the page with only the claims of these sources."""
        kept = tuple(claim for claim in self.claims if claim.source in ids)
        return Page(kept, self.places, self.actors)


def query(**asked: object) -> Query:
    """Return a question from words: ``where="A + B"``, ``whom="civilian & sex=female"``."""
    told: dict[str, object] = dict(asked)
    for name in ("where", "by", "to", "tellers"):
        if isinstance(told.get(name), str):
            told[name] = tuple(part.strip() for part in str(told[name]).split("+") if part.strip())
    if isinstance(told.get("whom"), str):
        told["whom"] = tuple(WhomTest.parse(part.strip()) for part in str(told["whom"]).split("&"))
    if isinstance(told.get("during"), str):
        told["during"] = Days.parse(str(told["during"]))
    if isinstance(told.get("as_of"), str):
        told["as_of"] = dt.date.fromisoformat(str(told["as_of"]))
    return Query(**told)  # type: ignore[arg-type]  # each word was read above


@pytest.fixture(scope="session")
def spark() -> Iterator[object]:
    """Give a Spark session on two cores of this machine; without Spark or Java, skip and say so."""
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not tested: no pyspark (make spark)")
    if shutil.which("java") is None:
        pytest.skip("Spark is not tested: Java is not installed")
    # Else Spark starts the workers with whatever python3 it finds.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture
def book(request: pytest.FixtureRequest) -> Page:
    """Return the page of the book that stands in the test's docstring."""
    lines = (request.function.__doc__ or "").splitlines()
    return Page(parse_claims("\n".join(line for line in lines if "|" in line)))
