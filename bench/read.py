"""Measure how fast notes are read, beside the naive `clause` reader in the same run, on one core.

python bench/read.py [--notes 1500]     needs TALLYSTICK_DATA
Prints one JSON object: documents a second of both, their ratio, and millions of characters a second.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from tallystick.reading import read_text


def rate(read: Callable[[str], object], texts: list[str]) -> float:
    """Return documents a second of this process's own time, the best of three rounds."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def baseline(folder: Path) -> Callable[[str], object]:
    """Load the `clause` reader of the measuring data."""
    spec = importlib.util.spec_from_file_location("baselines", folder / "baselines.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.clause  # type: ignore[no-any-return]


def measure(folder: Path, notes: int) -> dict[str, float]:
    """Return what both readers do with the same notes."""
    with gzip.open(folder / "satp.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][:notes]
    read_text("warm up: 3 people were killed in Homs.", lang="en")
    ours = rate(lambda text: read_text(text, source="s-1", lang="en"), texts)
    theirs = rate(baseline(folder), texts)
    size = sum(map(len, texts)) / len(texts)
    return {
        "notes": len(texts),
        "read_per_second": round(ours),
        "clause_per_second": round(theirs),
        "ratio": round(ours / theirs, 3),
        "read_million_characters_per_second": round(ours * size / 1e6, 3),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=1500)
    data = os.environ.get("TALLYSTICK_DATA")
    if not data:
        sys.exit("TALLYSTICK_DATA is not set: it names the folder of the measuring data.")
    print(json.dumps(measure(Path(data) / "extraction", parser.parse_args().notes), indent=1))
