"""Join candidate pairs with Spark, where one machine does not hold them.

The same SQL as DuckDB's. Only the join runs there: a scorer needs the words of all records, which
fit on one machine long after the pairs do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.sql import JOIN

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["joined_pairs_on"]


def joined_pairs_on(
    session: SparkSession, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give the pairs of records that share a key: as ``duck.joined_pairs``, on a Spark session."""
    schema = "key long, record int, probe int"
    blocks = session.createDataFrame([tuple(map(int, row)) for row in rows], schema)
    blocks.createOrReplaceTempView("blocks")
    found = session.sql(JOIN).collect()
    left = np.array([row["first"] for row in found], np.int32)
    right = np.array([row["second"] for row in found], np.int32)
    order = np.lexsort((right, left))
    return left[order], right[order]
