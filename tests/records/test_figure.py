from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tallystick.records import (
    BadQuery,
    Bound,
    Certificate,
    Claimed,
    Contest,
    Days,
    Documented,
    Figure,
    Highest,
    Query,
    Single,
    WhomTest,
    canonical,
)

ASKED = Query(
    kind="displaced",
    unit="families",
    where=("SY-TA", "SY-LA", "SY-TA"),
    during=Days.parse("2025-03"),
    whom=(WhomTest("status", "civilian"), WhomTest("sex", "male", inside=False)),
    by=("b", "a"),
    to=("LB",),
    as_of=date(2025, 3, 11),
    tellers=("sohr",),
)
WITHIN = Contest(
    claims=("c-1", "c-2"), says="1 + 1 is not 3.", where="within", stretch=Fraction(1), touches=True
)
FIGURE = Figure(
    query=Query(where=("SY-TA",)),
    documented=Documented(72, "p-1"),
    single=Single(60, "sohr"),
    believed=80,
    corroborated=(Bound(1, 10), Bound(2, 0)),
    withstands=(Bound(1, 12), Bound(2, 0)),
    otherwise=(Claimed("snhr", 5, None),),
    flags=("mixed marks",),
    claimed=(Claimed("sohr", 60, 90),),
    highest=Highest("sohr", 90),
    named=(3, 4),
    contested=(WITHIN,),
    method="tally-2",
)


@pytest.mark.parametrize(
    ("words", "test", "shown"),
    [
        ("civilian", WhomTest("status", "civilian"), "status=civilian"),
        ("sex = male", WhomTest("sex", "male"), "sex=male"),
        ("sex!=male", WhomTest("sex", "male", inside=False), "sex!=male"),
    ],
)
def test_a_test_of_whom_reads_and_prints(words, test, shown):
    assert test == WhomTest.parse(words) == WhomTest.parse(shown)
    assert shown == str(test)


@pytest.mark.parametrize("words", ["", "sex=", "=male", "!=male"])
def test_a_test_without_a_key_or_term_is_refused(words):
    with pytest.raises(BadQuery):
        WhomTest.parse(words)


def test_the_order_in_which_a_question_is_put_does_not_matter():
    again = replace(ASKED, where=("SY-LA", "SY-TA"), whom=ASKED.whom[::-1], by=("a", "b"))

    assert ASKED == again


def test_a_question_shows_what_it_asks_and_nothing_else():
    assert [
        "displaced families",
        "sex!=male & status=civilian",
        "SY-LA + SY-TA > LB",
        "2025-03-01..2025-03-31",
        "by a + b",
        "as of 2025-03-11",
        "counted by sohr",
    ] == ASKED.cells()
    assert ["killed"] == Query().cells()
    assert ["killed", "? > LB"] == Query(to=("LB",)).cells()


def test_a_question_by_label_is_known_as_one():
    assert ASKED.names_a_label
    assert not Query(where=("SY",)).names_a_label


def test_a_question_has_json():
    told = ASKED.as_json()

    assert canonical(told)
    assert ["2025-03-01", "2025-03-31"] == told["during"]
    assert (["sex!=male", "status=civilian"], "2025-03-11") == (told["whom"], told["as_of"])
    assert (None, None) == (Query().as_json()["as_of"], Query().as_json()["during"])


@pytest.mark.parametrize("asked", [ASKED, Query()])
def test_a_question_comes_back_from_its_json(asked):
    assert asked == Query.from_json(json.loads(json.dumps(asked.as_json())))


@pytest.mark.parametrize("told", [{}, {"where": 3}])
def test_json_that_is_no_question_is_refused(told):
    with pytest.raises(BadQuery):
        Query.from_json(told)
    with pytest.raises(BadQuery):
        Query.from_json(ASKED.as_json() | {"where": 3, "as_of": "soon"})


def test_a_figure_shows_its_documented_bound_in_one_line():
    assert "killed | SY-TA | >= 72" == FIGURE.line()


def test_a_figure_tells_its_whole_ladder():
    told = FIGURE.as_json()

    assert canonical(told)
    assert ({"lo": 72, "certificate": "p-1"}, {"lo": 60, "originator": "sohr"}, {"lo": 80}) == (
        told["documented"],
        told["single"],
        told["believed"],
    )
    assert ([{"k": 1, "lo": 10}, {"k": 2, "lo": 0}], {"k": 1, "lo": 12}) == (
        told["corroborated_k"],
        told["withstands"],
    )
    assert ({"lo": 3, "hi": 4}, {"originator": "sohr", "hi": 90}) == (
        told["named"],
        told["highest"],
    )
    assert [{"originator": "snhr", "lo": 5, "hi": None}] == told["otherwise"]
    assert ["mixed marks"] == told["flags"]
    assert 1 == told["contested"][0]["stretch"]


def test_what_a_figure_does_not_have_is_null():
    told = replace(
        FIGURE,
        id="",
        corroborated=(Bound(1, 0),),
        withstands=(Bound(1, 0),),
        highest=None,
        named=None,
        contested=(),
    ).as_json()

    assert (None, None, []) == (told["highest"], told["named"], told["contested"])
    assert "corroborated_k" not in told


def test_a_figure_is_contested_only_by_what_touches_it():
    elsewhere = replace(WITHIN, touches=False, stretch=Fraction(1, 3))

    assert FIGURE.is_contested
    assert not replace(FIGURE, contested=(elsewhere,)).is_contested
    assert "1/3" == elsewhere.as_json()["stretch"]


def test_the_id_of_a_figure_is_made_of_all_it_says():
    assert FIGURE.id == replace(FIGURE, id="").id
    assert FIGURE.id != replace(FIGURE, id="", believed=81).id
    assert FIGURE.id.startswith("f-")


def test_a_certificate_has_the_id_of_its_content():
    certificate = Certificate(content={"shares": ["1/3"]})

    assert certificate == Certificate(content=json.loads('{"shares": ["1/3"]}'))
    assert {"type": "certificate", "id": certificate.id, "shares": ["1/3"]} == certificate.as_json()
    assert "p-1" == Certificate(content={}, id="p-1").id
