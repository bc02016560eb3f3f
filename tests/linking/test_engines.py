"""Every engine finds the same pairs with the same scores, and so the same persons."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.linking.invented_lists import entry, lists

from tallystick.linking import Means, default_model, here, link, on_duckdb, on_spark
from tallystick.linking.columns import columns_of
from tallystick.linking.features import world_of


@cache
def columns():
    pasted = [entry(2, id=f"x{at}", age=at % 90) for at in range(120)]
    kin = [entry(n, "k", name=f"زوجة {entry(n).name}") for n in range(8)]
    return columns_of(sorted([*lists(120)[0], *pasted, *kin], key=lambda e: (e.name, e.id)))


def found(engine):
    made = engine(columns(), world_of(columns()), default_model())
    return (
        [np.nan_to_num(column, nan=-1).tolist() for column in made.seen],
        made.compared,
        len(made.issues),
    )


def linked(**more):
    return link(lists(60)[0], rng=np.random.default_rng(1), **more)


def test_duckdb_finds_what_the_compiled_join_finds():
    pairs, compared, _ = found(here)

    assert (pairs, compared) == found(on_duckdb)[:2]
    assert len(pairs[0]) > 300


def test_persons_are_the_same_on_duckdb():
    assert linked().persons == linked(means=Means(engine=on_duckdb)).persons


@pytest.mark.spark
@pytest.mark.slow
def test_spark_finds_and_scores_what_duckdb_does(spark):
    assert found(on_duckdb) == found(on_spark(spark))


@pytest.mark.spark
@pytest.mark.slow
def test_persons_are_the_same_on_spark(spark):
    assert linked().persons == linked(means=Means(engine=on_spark(spark))).persons
