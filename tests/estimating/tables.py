"""Tables for the tests: made from a seed, with every truth known; no real data."""

import numpy as np

from tallystick.estimating import histories_of


def drawn_table(n=800, rates=(0.3, 0.25, 0.35, 0.2), seed=1):
    """Independent lists over a population of known size."""
    rng = np.random.default_rng(seed)
    listed = rng.random((n, len(rates))) < np.array(rates)
    names = [f"list {j}" for j in range(len(rates))]
    return histories_of(names, listed.astype(int), np.ones(n, dtype=int))


def rows_of(histories):
    """The table as a file would hold it, lists by name."""
    order = sorted(range(len(histories.lists)), key=lambda at: histories.lists[at])
    header = [*(histories.lists[at] for at in order), "count"]
    rows = [
        [*(str(pattern[at]) for at in order), str(count)]
        for pattern, count in zip(histories.patterns, histories.counts, strict=True)
    ]
    return header, rows


def table_of(cells, lists=("A", "B", "C")):
    """A table from {"110": 6, …}."""
    patterns = np.array([[int(bit) for bit in pattern] for pattern in cells])
    return histories_of(lists, patterns, np.array(list(cells.values())))


# Chan, Silverman & Vincent 2021, table 2: some models have no fit, some are not identifiable.
NO_FIT = {"110": 6, "100": 40, "010": 30, "001": 20}
