"""Places form a forest; a case's rows stand over the built-in ones; bad rows are set aside."""

from __future__ import annotations

import dataclasses
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.terms import PlaceMoved, Places

BUILT_IN = Places.builtin()
HEADER = "id,name,parent,lat,lon,aliases,unit\n"
IDS = st.sampled_from([place.id for place in BUILT_IN])


@settings(deadline=None)
@given(IDS)
def test_a_place_lies_in_everything_around_it(id_):
    around = BUILT_IN.ancestors(id_)

    assert BUILT_IN.contains(id_, id_)
    assert all(BUILT_IN.contains(outer, id_) for outer in around)
    assert not any(BUILT_IN.contains(id_, outer) for outer in around)
    assert not around or id_ in BUILT_IN.children(around[0])


@settings(deadline=None)
@given(IDS)
def test_the_unit_of_a_place_contains_it(id_):
    assert BUILT_IN.contains(BUILT_IN.unit(id_), id_)


def test_units_do_not_lie_inside_one_another_below_a_unit():
    """What lies in a unit has that unit, unless the unit is wider than the second level."""
    stray = [
        place.id
        for place in BUILT_IN
        if BUILT_IN.level(BUILT_IN.unit(place.id)) == "second"
        for inner in BUILT_IN.children(place.id)
        if BUILT_IN.unit(inner) != BUILT_IN.unit(place.id)
    ]

    assert [] == stray


@pytest.mark.parametrize(
    ("id_", "level", "unit"),
    [
        ("SY", "country", "SY"),
        ("SY-LA", "first", "SY-LA"),
        ("SY0602", "second", "SY0602"),
        ("SY060200", "third", "SY0602"),
        ("SY-LA-sanobar", "town", "SY0602"),
        ("LB-AK", "first", "LB-AK"),
        ("LB-AK-halba", "town", "LB-AK"),
        ("PS-GZA", "second", "PS-GZA"),
        ("nowhere", "country", "nowhere"),
    ],
)
def test_levels_and_units_of_the_built_in_gazetteer(id_, level, unit):
    assert (level, unit) == (BUILT_IN.level(id_), BUILT_IN.unit(id_))


def test_a_case_place_is_one_level_below_its_parent():
    places, issues = BUILT_IN.with_csv(
        HEADER + "v,Ash,SY060200,,,,\nw,Elm,v,,,,\nx,Oak,SY-LA,,,,\n"
    )

    assert () == issues
    assert ["town", "town", "second"] == [places.level(id_) for id_ in "vwx"]
    assert ["SY0602", "SY0602", "x"] == [places.unit(id_) for id_ in "vwx"]


def test_a_unit_set_by_hand_holds_for_all_inside():
    rows = "a,Ash,,,,,\nb,Birch,a,,,,b\nc,Cedar,b,,,,\nd,Dogwood,a,,,,grove\ne,Elm,a,,,,grove\n"
    places, issues = Places.empty().with_csv(HEADER + rows)

    assert ["a", "b", "b", "grove", "grove"] == [places.unit(id_) for id_ in "abcde"]
    assert {"terms.unit-not-a-place"} == {issue.code for issue in issues}


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ("a,Ash,zz,,,,\n", "terms.parent-unknown", 2),
        ("a,Ash,a,,,,\n", "terms.circle", 2),
        ("a,Ash,,,,,\na,Alder,,,,,\n", "terms.id-twice", 3),
        ("a,Ash,,north,,,\n", "terms.number-unclear", 2),
        ("a,Ash,,91,,,\n", "terms.number-unclear", 2),
        ("a,Ash,,nan,,,\n", "terms.number-unclear", 2),
        (",Ash,,,,,\n", "terms.id-missing", 2),
        ("a,,,,,,\n", "terms.name-missing", 2),
        ("a|b,Ash,,,,,\n", "terms.id-not-usable", 2),
    ],
)
def test_a_bad_row_is_named_and_set_aside_and_the_others_are_kept(rows, code, row):
    places, issues = Places.empty().with_csv(HEADER + rows + "z,Zelkova,,1,2,,\n")

    assert [(code, f"places.csv row {row}")] == [(issue.code, issue.where) for issue in issues]
    assert "z" in places
    assert len(places) == rows.count("\n")


def test_circles_of_any_length_end_and_take_what_hangs_on_them_along():
    rows = "a,Ash,b,,,,\nb,Birch,c,,,,\nc,Cedar,a,,,,\nd,Dogwood,a,,,,\n"
    places, issues = BUILT_IN.with_csv(HEADER + rows)

    assert len(BUILT_IN) == len(places)
    assert ["terms.circle"] * 3 + ["terms.parent-unknown"] == [issue.code for issue in issues]


def test_a_circle_through_the_built_in_leaves_the_built_in_standing():
    places, issues = BUILT_IN.with_csv(HEADER + "SY,Syria,SY-LA,,,,\n")

    assert ["terms.circle"] == [issue.code for issue in issues]
    assert BUILT_IN.get("SY") == places.get("SY")


def test_a_row_takes_the_place_of_the_built_in_one():
    places, issues = BUILT_IN.with_csv(HEADER + "SY0602,Jabla,SY-TA,35.3,35.9,Gabala the old,\n")

    assert () == issues
    assert "SY-TA" in places.ancestors("SY060200")
    assert ["SY0602"] == [place.id for place in places.find("Gabala the old")]
    assert "exact" not in [match.how for match in places.matches("منطقة جبلة")]


@st.composite
def tables(draw):
    """Draw rows with ids of their own, some with parents that are unknown or circle."""
    ids = [f"p{n}" for n in range(draw(st.integers(1, 8)))]
    parents = st.sampled_from(["", "SY", "zz", *ids])
    return [{"id": id_, "name": f"Name {id_}", "parent": draw(parents)} for id_ in ids]


@settings(deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, rng: random.Random):
    shuffled = rng.sample(rows, len(rows))
    one, _ = BUILT_IN.with_csv(rows)
    other, _ = BUILT_IN.with_csv(shuffled)

    assert list(one) == list(other)
    assert one.find("Name p0") == other.find("Name p0")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_a_crash(text):
    places, issues = BUILT_IN.with_csv(text)

    assert len(places) >= len(BUILT_IN)
    assert all(issue.then for issue in issues)


def test_a_table_from_a_spreadsheet_is_read_with_its_marks():
    table = "\ufeffID;Name;Parent;note\r\nv;Ash;SY;seen\r\n\r\n"
    places, issues = BUILT_IN.with_csv(table)

    assert "SY" == places.get("v").parent
    assert ["terms.column-not-used"] == [issue.code for issue in issues]


def test_every_built_in_place_lies_in_a_known_place_and_has_a_name():
    strays = [p.id for p in BUILT_IN if not p.name or (p.parent and p.parent not in BUILT_IN)]

    assert [] == strays
    assert all(place.level == "country" for place in map(BUILT_IN.get, BUILT_IN.roots))


def test_labels_come_in_the_language_asked_for_where_there_is_one():
    assert ("Latakia", "اللاذقية") == tuple(BUILT_IN.get("SY-LA").label(x) for x in ("en", "ar"))
    assert "Utah" == BUILT_IN.get("US-UT").label("ar")


def test_importing_the_room_reads_no_data():
    code = (
        "import sys, builtins, io, pathlib\n"
        "import tallystick.records, tallystick.text\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else 0)\n"
        "import tallystick.terms\n"
        "print([name for name in opened if '/terms/data/' in name])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == told.stdout.strip()


@pytest.mark.slow
def test_the_gazetteer_is_there_in_a_third_of_a_second():
    code = (
        "import time\n"
        "from tallystick.terms import Places\n"
        "start = time.perf_counter()\n"
        "Places.builtin()\n"
        "print(time.perf_counter() - start)"
    )
    run = [sys.executable, "-c", code]
    took = [float(subprocess.run(run, capture_output=True, check=True).stdout) for _ in range(3)]

    assert min(took) <= 0.3


def test_a_correction_may_not_move_a_place():
    known = BUILT_IN.get("SY0602")
    corrected = BUILT_IN.with_corrected(dataclasses.replace(known, aliases=("Gabala",)))

    assert ["SY0602"] == [place.id for place in corrected.find("Gabala")]
    with pytest.raises(PlaceMoved):
        BUILT_IN.with_corrected(dataclasses.replace(known, parent="SY-TA"))
