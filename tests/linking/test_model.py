"""The compiled score against a walk down every tree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.linking.model import Trees, reasons, scores

FIELDS = 4
VALUE = st.one_of(st.just(float("nan")), st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0, 7.0]))


@st.composite
def trees(draw):
    """Grow up to five trees, leaf by leaf."""
    nodes, roots = [], []

    def leaf():
        return [-1, 0.0, 0, 0, 0, draw(st.floats(-2, 2, width=32))]

    for _ in range(draw(st.integers(1, 5))):
        roots.append(len(nodes))
        nodes.append(leaf())
        for _ in range(draw(st.integers(0, 12))):
            leaves = [at for at in range(roots[-1], len(nodes)) if nodes[at][0] < 0]
            at = draw(st.sampled_from(leaves))
            asked = draw(st.integers(0, FIELDS - 1)), draw(st.sampled_from([-0.5, 0.0, 0.5, 1.5]))
            nodes[at][:5] = [*asked, draw(st.integers(0, 1)), len(nodes), len(nodes) + 1]
            nodes += [leaf(), leaf()]
    columns = list(zip(*nodes, strict=True))
    kinds = (np.int16, np.float32, np.int8, np.int32, np.int32, np.float32)
    held = [np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return Trees(np.array(roots, np.int32), *held, start=-1.25)


def walked(row, grown):
    total = grown.start
    for root in grown.roots:
        at = int(root)
        while grown.feature[at] >= 0:
            value = row[grown.feature[at]]
            is_left = grown.missing_left[at] if np.isnan(value) else value <= grown.threshold[at]
            at = int(grown.left[at] if is_left else grown.right[at])
        total += float(grown.value[at])
    return total


@settings(deadline=None)
@given(trees(), st.lists(st.lists(VALUE, min_size=FIELDS, max_size=FIELDS), max_size=6))
def test_the_score_is_what_a_walk_down_every_tree_adds_up_to(grown, rows):
    x = np.array(rows, np.float32).reshape(len(rows), FIELDS)

    assert scores(x, grown) == pytest.approx([walked(row, grown) for row in x], abs=1e-5)


@settings(deadline=None)
@given(trees(), st.lists(VALUE, min_size=FIELDS, max_size=FIELDS))
def test_reasons_add_up_to_the_score(grown, row):
    x = np.array(row, np.float32)

    assert reasons(x, grown, FIELDS).sum() == pytest.approx(walked(x, grown), abs=1e-5)
