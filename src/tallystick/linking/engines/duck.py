"""Join candidate pairs with DuckDB, in this process and in memory."""

from __future__ import annotations

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.sql import JOIN

__all__ = ["joined_pairs"]


def joined_pairs(
    rows: NDArray[np.int64],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give the pairs of records that share a key.

    Args:
        rows: Shape (m, 3): key, record, probe (1 if the record may seek partners).

    Returns:
        Two columns of record numbers, left < right, ordered.
    """
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        blocks = {
            "key": np.ascontiguousarray(rows[:, 0]),
            "record": rows[:, 1].astype(np.int32),
            "probe": rows[:, 2].astype(np.int8),
        }
        engine.register("blocks", blocks)
        found = engine.execute(JOIN).fetchnumpy()
    left, right = np.asarray(found["first"], np.int32), np.asarray(found["second"], np.int32)
    order = np.lexsort((right, left))
    return left[order], right[order]
