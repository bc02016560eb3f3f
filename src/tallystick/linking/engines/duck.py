"""Join candidate pairs with DuckDB, which spills to disk what memory does not hold.

The compiled join in ``block`` is faster where all fits; both find the same pairs.
"""

from __future__ import annotations

import numpy as np

from tallystick.linking.block import Pairs, key_rows
from tallystick.linking.columns import Columns
from tallystick.linking.engines.sql import JOIN
from tallystick.linking.features import World
from tallystick.linking.score import Found, Model, alone, glanced
from tallystick.linking.sift import worth

__all__ = ["on_duckdb"]


def on_duckdb(columns: Columns, world: World, model: Model) -> Found:
    """Join, sift and score the pairs of all records; an ``Engine``."""
    import duckdb

    rows, issues = key_rows(columns)
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        blocks = {
            "key": np.ascontiguousarray(rows[:, 0]),
            "record": rows[:, 1].astype(np.int32),
            "probe": rows[:, 2].astype(np.int8),
        }
        engine.register("blocks", blocks)
        found = engine.execute(JOIN).fetchnumpy()
    left, right = np.asarray(found["one"], np.int32), np.asarray(found["other"], np.int32)
    kept = np.flatnonzero(worth(left, right, columns.cells, columns.tokens.keys))
    kept = kept[np.lexsort((right[kept], left[kept]))]
    pairs = Pairs(left[kept], right[kept], np.asarray(found["times"], np.uint8)[kept])
    return Found(alone(glanced(pairs, world, model), world, model), len(kept), issues)
