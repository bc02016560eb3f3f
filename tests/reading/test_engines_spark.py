"""A batch of notes read for Spark gives what reading them one by one gives."""

from __future__ import annotations

import json

import pytest

from tallystick.reading import read_text
from tallystick.reading.engines.spark import read_batches


def test_a_batch_gives_the_answers_of_its_notes_in_order() -> None:
    pandas = pytest.importorskip("pandas")
    texts = ["Three farmers were killed in Homs.", "", "Nobody was hurt."]
    frame = pandas.DataFrame({"id": ["a", "b", "c"], "text": texts, "pub_date": "2025-03-12"})
    (answers,) = read_batches(iter([frame]))

    assert ["a", "b", "c"] == list(answers["id"])
    assert [dict(read_text(text).totals) for text in texts] == [
        json.loads(answer)["totals"] for answer in answers["answer"]
    ]
