"""Measure the ledger and the vault against the floor beneath them, in the same run.

Disk speed swings with the neighbours, so only the ratios count: each floor is measured in turns
with what stands on it, and the median of the turns is told.

    python bench/ledger.py [--entries 20000] [--turns 5] [--json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from tallystick.ledger import Draft, Ledger, custody_taken, leaf_hash, root_of
from tallystick.preserving import Vault

WHO = {"actor": "bench", "at": "2025-03-18T09:30:00Z"}
BLOB = 50_000


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def draft(number: int) -> Draft:
    sha256 = hashlib.sha256(b"%d" % number).hexdigest()
    told = {"how": "file", "name": f"{number}.txt", "size": number, "sha256": sha256}
    return custody_taken(f"s-{sha256[:12]}", told, [sha256], tool="bench 1")


def bare(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, entry BLOB, leaf BLOB)")
    return raw


def append(folder: Path, batch: int, rounds: int) -> dict[str, float]:
    """Durable entries a second, for the ledger and for one table of bare SQLite."""
    raw = bare(folder / f"bare-{secrets.token_hex(4)}.sqlite3")
    ledger = Ledger.create(folder / f"ledger-{secrets.token_hex(4)}.sqlite3", {}, **WHO)
    data, leaf = bytes(480), bytes(32)
    drafts = [[draft(r * batch + n) for n in range(batch)] for r in range(rounds)]

    def bare_rows() -> None:
        for _ in range(rounds):
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany("INSERT INTO entry (entry, leaf) VALUES (?, ?)", [(data, leaf)] * batch)
            raw.execute("COMMIT")

    def ledger_rows() -> None:
        for page in drafts:
            ledger.append(*page, **WHO)

    floor, ours = timed(bare_rows), timed(ledger_rows)
    ledger.close()
    raw.close()
    count = batch * rounds
    return {"floor_per_s": count / floor, "ours_per_s": count / ours, "ratio": floor / ours}


def merkle(leaves: int) -> dict[str, float]:
    """The root over entries, against hashing each entry alone."""
    entries = [b"%d" % number * 60 for number in range(leaves)]
    floor = timed(lambda: [hashlib.sha256(entry).digest() for entry in entries])
    ours = timed(lambda: root_of(leaf_hash(entry) for entry in entries))
    return {"floor_s": floor, "ours_s": ours, "ratio": ours / floor}


def blobs(folder: Path, count: int) -> dict[str, float]:
    """Blobs of 50 kB kept a second, against write, fsync, rename and fsync of the folder."""
    pieces = [secrets.token_bytes(BLOB) for _ in range(count)]
    place = folder / secrets.token_hex(4)
    place.mkdir()
    vault = Vault(folder / secrets.token_hex(4))
    for number in range(256):
        vault.path(f"{number:02x}").parent.mkdir(parents=True, exist_ok=True)

    def floor_of(piece: bytes) -> None:
        with (place / "temp").open("wb") as file:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        (place / "temp").replace(place / hashlib.sha256(piece).hexdigest())
        descriptor = os.open(place, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    floor = timed(lambda: [floor_of(piece) for piece in pieces])
    ours = timed(lambda: vault.put_all(pieces))
    return {"floor_per_s": count / floor, "ours_per_s": count / ours, "ratio": floor / ours}


def check(folder: Path, entries: int) -> dict[str, float]:
    """A whole check of a ledger, against reading its entries and hashing them."""
    path = folder / "verify.sqlite3"
    if not path.exists():
        with Ledger.create(path, {}, **WHO) as ledger:
            for first in range(0, entries, 500):
                ledger.append(*(draft(n) for n in range(first, first + 500)), **WHO)
    raw = sqlite3.connect(path)
    rows = raw.execute("SELECT entry FROM ledger")
    floor = timed(lambda: [hashlib.sha256(row[0]).digest() for row in rows])
    raw.close()
    with Ledger.open(path) as ledger:
        ours = timed(lambda: ledger.verify())
    return {"floor_s": floor, "ours_s": ours, "entries_per_s": entries / ours}


def median(measure: Callable[[], dict[str, float]], turns: int) -> dict[str, float]:
    told = [measure() for _ in range(turns)]
    return {name: statistics.median(one[name] for one in told) for name in told[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as place:
        folder = Path(place)
        told = {
            "append, batch 1": median(lambda: append(folder, 1, 200), asked.turns),
            "append, batch 100": median(lambda: append(folder, 100, 30), asked.turns),
            "merkle root": median(lambda: merkle(100_000), asked.turns),
            "blobs of 50 kB": median(lambda: blobs(folder, 128), asked.turns),
            "verify": median(lambda: check(folder, asked.entries), min(asked.turns, 3)),
        }
    if asked.json:
        print(json.dumps(told, indent=2))
        return
    for name, figures in told.items():
        print(f"{name:18}", "  ".join(f"{key} {value:,.2f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
