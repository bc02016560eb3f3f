"""Read notes on many machines: the same reader, a batch at a time, through Spark's mapInPandas.

    from tallystick.reading.engines.spark import ANSWERS, read_batches
    spark.read.json("notes.jsonl").mapInPandas(read_batches, ANSWERS).write.text("answers")

Needs the ``spark`` extra; nothing else imports this file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from tallystick.reading.read import read_text
from tallystick.records import short_id

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["ANSWERS", "read_batches"]

# The columns of an answer, as Spark writes a schema.
ANSWERS = "id string, answer string"


def read_batches(batches: Iterator[DataFrame]) -> Iterator[DataFrame]:
    """Yield for each batch of notes (id, text, lang, pub_date, category) its answers as JSON."""
    import pandas as pd

    for batch in batches:
        notes = batch.to_dict("records")
        yield pd.DataFrame(
            {"id": [str(note.get("id")) for note in notes], "answer": [_answer(n) for n in notes]}
        )


def _answer(note: dict[Any, Any]) -> str:
    text = str(note.get("text") or "")
    reading = read_text(
        text,
        source=short_id("s", text.encode("utf-8")),
        published=date.fromisoformat(str(note["pub_date"])[:10]) if note.get("pub_date") else None,
        lang=note.get("lang") or None,
        category=str(note.get("category") or ""),
    )
    told = {
        "claims": [claim.as_json() for claim in reading.claims],
        "totals": dict(reading.totals),
        "issues": [issue.as_json() for issue in reading.issues],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
