from __future__ import annotations

import pytest
from tests.publishing import invented_case as case

from tallystick.publishing import BadFigure, ReadFigure


@pytest.mark.parametrize("figure", case.FIGURES, ids=lambda f: f.line())
def test_a_figure_is_read_as_reckoning_prints_it(figure):
    read = ReadFigure.from_json(figure.as_json())

    assert (figure.id, figure.query, figure.documented.lo) == (read.id, read.query, read.documented)
    assert [c.as_json() for c in figure.claimed] == [
        {"originator": r.originator, "lo": r.lo, "hi": r.hi} for r in read.claimed
    ]
    assert figure.is_contested == read.is_contested
    assert figure.named == read.named


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"documented": 5},
        {"documented": {"lo": "5"}},
        {"single": {"lo": True}},
        {"claimed": {"a": 1}},
        {"query": {"kind": "vanished"}},
        {"query": {"where": [1]}},
    ],
)
def test_what_is_no_figure_is_said_to_be_none(change):
    with pytest.raises(BadFigure, match="This is no figure"):
        ReadFigure.from_json(case.ALL.as_json() | change)


def test_a_figure_needs_no_more_than_its_contract():
    told = case.ON_9.as_json()
    bare = {
        k: told[k] for k in ("id", "documented", "single", "believed", "corroborated", "withstands")
    }
    read = ReadFigure.from_json(bare | {"query": {"where": "QZ"}})

    assert ("QZ",) == read.query.where
    assert () == read.claimed
    assert read.highest is None


def test_tellers_who_count_nobody_are_not_named():
    read = ReadFigure.from_json(case.CIVILIANS.as_json())

    assert ("HWHR",) == read.tellers


def test_what_families_tell_of_persons_is_read_beside_the_bounds():
    told = {"rule": "family-size", "lo": 2100, "families": 350, "each": "6", "certificate": None}
    read = ReadFigure.from_json(case.ALL.as_json() | {"derived": [told]})

    assert [("family-size", 2100, 350, "6")] == [
        (one.rule, one.lo, one.families, one.each) for one in read.derived
    ]
    assert () == ReadFigure.from_json(case.ALL.as_json()).derived
