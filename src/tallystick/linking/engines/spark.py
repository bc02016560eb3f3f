"""Join, sift and score candidate pairs on Spark, where one machine does not hold them.

The same SQL as DuckDB's, and the same compiled comparison and trees, run by Spark's Python
workers on batches of pairs. What comes back is what stays above the floor, about one pair in
four; the later rounds, in which each pair is seen among its rivals, run here.

    from pyspark.sql import SparkSession
    engine = on_spark(SparkSession.builder.getOrCreate())
    link(entries, rng=rng, means=Means(engine=engine))

The workers need this package with its ``link`` and ``spark`` extras.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tallystick.linking.block import Pairs, key_rows
from tallystick.linking.columns import Columns
from tallystick.linking.context import Seen
from tallystick.linking.engines.sql import JOIN
from tallystick.linking.features import World
from tallystick.linking.score import Engine, Found, Model, alone, glanced
from tallystick.linking.sift import worth
from tallystick.records import Issue

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyspark import Broadcast
    from pyspark.sql import SparkSession

__all__ = ["on_spark"]

_SCORED = "one int, other int, alone float, times int"
_BLOCKS = "key long, record int, probe int"
Batches = Iterator["DataFrame"]
Told = tuple[NDArray[np.int32], NDArray[np.int32], World, Model]


def on_spark(session: SparkSession) -> Engine:
    """Return the engine that joins and scores on a Spark session."""

    def engine(columns: Columns, world: World, model: Model) -> Found:
        rows, issues = key_rows(columns)
        session.conf.set("spark.sql.execution.arrow.pyspark.enabled", "true")
        blocks = session.createDataFrame(_frame(rows), _BLOCKS)
        blocks.createOrReplaceTempView("blocks")
        told = session.sparkContext.broadcast((columns.cells, columns.tokens.keys, world, model))
        try:
            found = session.sql(JOIN).mapInPandas(_scorer(told), _SCORED).toPandas()
        finally:
            told.unpersist()
        return _gathered(found, issues)

    return engine


def _frame(rows: np.ndarray) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "key": rows[:, 0],
            "record": rows[:, 1].astype(np.int32),
            "probe": rows[:, 2].astype(np.int32),
        }
    )


def _scorer(told: Broadcast[Told]) -> Callable[[Batches], Batches]:
    """Return what each worker does with its batches of joined pairs."""

    def score(batches: Batches) -> Batches:
        cells, words, world, model = told.value
        for batch in batches:
            left = batch["one"].to_numpy(np.int32)
            right = batch["other"].to_numpy(np.int32)
            keep = worth(left, right, cells, words)
            times = batch["times"].to_numpy(np.uint8)[keep]
            near = glanced(Pairs(left[keep], right[keep], times), world, model)
            seen = alone(near, world, model)
            yield _scored(seen.left, seen.right, seen.alone, seen.times)
            # One row a batch says how many pairs were compared.
            yield _scored([-1], [int(keep.sum())], [0.0], [0])

    return score


def _scored(*columns: ArrayLike) -> DataFrame:
    import pandas as pd

    names = ("one", "other", "alone", "times")
    return pd.DataFrame(dict(zip(names, map(np.asarray, columns), strict=True)))


def _gathered(found: DataFrame, issues: tuple[Issue, ...]) -> Found:
    left, right = found["one"].to_numpy(np.int32), found["other"].to_numpy(np.int32)
    odds, is_pair = found["alone"].to_numpy(np.float32), left >= 0
    compared = int(right[~is_pair].sum())
    kept = np.flatnonzero(is_pair)
    kept = kept[np.lexsort((right[kept], left[kept]))]
    times = found["times"].to_numpy(np.uint8)
    left, right, odds, times = left[kept], right[kept], odds[kept], times[kept]
    return Found(Seen(left, right, odds, odds, times), compared, issues)
