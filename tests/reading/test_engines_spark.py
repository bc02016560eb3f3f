"""Notes read by Spark get the answers that reading them one by one gives."""

from __future__ import annotations

import json
import os
import shutil
import sys

import pytest

from tallystick.reading import read_text
from tallystick.reading.engines.spark import ANSWERS, read_batches

TEXTS = {
    "a": "Three farmers were killed in Homs.",
    "b": "",
    "c": "Nobody was hurt.",
    "d": "قتل 12 مدنيا في قصف على حماة.",
    "e": "At least 1٢5 people were killed.",
}
DAY = "2025-03-12"


def test_a_batch_gives_the_answers_of_its_notes_in_order() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"id": list(TEXTS), "text": list(TEXTS.values()), "pub_date": DAY})
    (answers,) = read_batches(iter([frame]))

    assert list(TEXTS) == list(answers["id"])
    assert [dict(read_text(text).totals) for text in TEXTS.values()] == [
        json.loads(answer)["totals"] for answer in answers["answer"]
    ]


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Start Spark on two cores of this machine."""
    sql = pytest.importorskip("pyspark.sql", reason="PYSPARK IS NOT INSTALLED: Spark was NOT run")
    if shutil.which("java") is None:
        pytest.skip("JAVA IS NOT INSTALLED: Spark was NOT run")
    # Workers are this Python and find what this process finds.
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    session = (
        sql.SparkSession.builder.master("local[2]")
        .appName("tallystick")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.spark
@pytest.mark.slow
def test_spark_on_two_cores_gives_what_one_process_gives(spark, tmp_path) -> None:  # type: ignore[no-untyped-def]
    notes = tmp_path / "notes.jsonl"
    lines = [
        {"id": f"{id_}{copy}", "text": text, "pub_date": DAY}
        for copy in range(40)
        for id_, text in TEXTS.items()
    ]
    notes.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    frame = spark.read.json(str(notes)).repartition(4)
    rows = frame.mapInPandas(read_batches, ANSWERS).collect()
    told = {row["id"]: json.loads(row["answer"]) for row in rows}

    assert {line["id"] for line in lines} == told.keys()
    for line in lines:
        reading = read_text(line["text"])
        assert dict(reading.totals) == told[line["id"]]["totals"]
        assert [c.quote for c in reading.claims] == [
            claim["quote"] for claim in told[line["id"]]["claims"]
        ]
