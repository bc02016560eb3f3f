"""Choose where linking joins and scores pairs: in this process, on DuckDB, or on Spark."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from tallystick.errors import NotFound, Refused
from tallystick.linking import Engine, Scorer, by_splink, here, on_duckdb, on_spark

__all__ = ["NoSpark", "NoSplink", "UnknownEngine", "engine_named", "splink_if"]

_MASTER = re.compile(r"local(\[[\d*, ]+\])?|yarn|(spark|k8s|mesos)://.+")


class UnknownEngine(Refused):
    """There is no engine of this name."""

    code = "unknown-engine"

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words[:60]}” is no engine.",
            then="write here, duckdb, or a Spark master such as local[2] or spark://host:7077.",
        )


class NoSpark(NotFound):
    """Spark cannot be started here."""

    code = "no-spark"

    def __init__(self, lacks: str) -> None:
        super().__init__(
            f"Spark cannot be started: {lacks} is not installed.",
            then="install a Java runtime and `pip install 'tallystick[link,spark]'`.",
        )


class NoSplink(NotFound):
    """Splink is not installed."""

    code = "no-splink"

    def __init__(self) -> None:
        super().__init__("Splink is not installed.", then="run `pip install splink`.")


def splink_if(wanted: bool) -> Scorer | None:
    """Return what scores pairs by Splink, if that is wanted.

    Raises:
        NoSplink: It is not installed.
    """
    if wanted and find_spec("splink") is None:
        raise NoSplink
    return by_splink if wanted else None


@contextmanager
def engine_named(words: str) -> Iterator[Engine]:
    """Give an engine while the block runs; a Spark session that it started ends with it.

    Args:
        words: ``here``, ``duckdb``, or the URL of a Spark master.

    Raises:
        UnknownEngine: It is none of these.
        NoSpark: pyspark or Java is not installed.
    """
    if words == "here":
        yield here
    elif words == "duckdb":
        yield on_duckdb
    elif _MASTER.fullmatch(words):
        with _spark(words) as engine:
            yield engine
    else:
        raise UnknownEngine(words)


@contextmanager
def _spark(master: str) -> Iterator[Engine]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as trouble:
        raise NoSpark("pyspark") from trouble
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise NoSpark("Java")
    # Else Spark starts the workers of this machine with whatever python3 it finds.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    before = SparkSession.getActiveSession()
    builder = SparkSession.builder.master(master).appName("tallystick link")
    if master.startswith("local"):
        # Nothing leaves this machine, and no name of it need be known to the network.
        builder = builder.config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.ui.enabled", "false")
    session = builder.getOrCreate()
    try:
        yield on_spark(session)
    finally:
        if before is None:
            session.stop()
