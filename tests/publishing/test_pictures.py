from __future__ import annotations

import re

import pytest
from tests.publishing import invented_case as case
from tests.publishing.pages import parsed

from tallystick.publishing import Told, redact
from tallystick.publishing.atlas import map_of
from tallystick.publishing.desk import desk_for
from tallystick.publishing.series import additions_of, totals_of
from tallystick.publishing.timeline import timeline
from tallystick.records import Days, Query, parse_claims

PAPER = case.source("paper", published=case.DAY(2031, 3, 9))


def desk_of(**fields):
    return desk_for(redact(case.dossier(**fields)))


HEADER = "who | counted | whom | where | during | how many | role | source\n"


def only(page):
    """Return a dossier with no claims but those of the page."""
    claims = parse_claims((HEADER + page).replace("$S", PAPER.source.id))
    return case.dossier(claims=tuple(Told(claim=claim) for claim in claims))


def shape(series):
    return [
        (one.originator, str(one.whom), [(p.day.day, p.claim.lo) for p in one.points])
        for one in series
    ]


def test_totals_and_additions_are_never_one_series():
    given = only(
        """
        HWHR | ..2031-03-08 | civilian | QZ-N | ? | = 200 | ? | $S
        HWHR | ..2031-03-11 | civilian | QZ-N | ? | = 412 | ? | $S
        HWHR | 2031-03-10..2031-03-11 | civilian | QZ-N | ? | = 58 | ? | $S
        """
    )

    assert [("HWHR", "status=civilian", [(8, 200), (11, 412)])] == shape(
        totals_of(given, "killed", Query())
    )
    assert [("HWHR", "status=civilian", [(11, 58)])] == shape(
        additions_of(given, "killed", Query())
    )


def test_of_one_day_the_widest_total_is_drawn_and_other_reaches_are_other_series():
    given = only(
        """
        HWHR | ..2031-03-11 | ? | QZ-N + QZ-S | ? | = 370 | ? | $S
        HWHR | ..2031-03-11 | ? | QZ-N | ? | = 230 | ? | $S
        HWHR | ..2031-04-11 | ? | QZ | ? | = 900 | ? | $S
        """
    )

    assert [("HWHR", "", [(11, 900)]), ("HWHR", "", [(11, 370)])] == shape(
        totals_of(given, "killed", Query())
    )


@pytest.mark.parametrize(
    "line",
    [
        "HWHR | ..2031-03-11 | ? | QZ-N | 2030-12-08..2031-03-11 | = 2161 | ? | $S",
        "HWHR | ..2031-03-11 | ? | QZ | ? | = 900 | ? | $S",
        "HWHR | ..2031-03-11 | ? | QZ-N | ? | = 5 | new | $S",
        "HWHR | ..2031-03-11 | ? | QZ-N | ? | = 5 | previous | $S",
        "HWHR | ? | ? | QZ-N | ? | = 5 | ? | $S",
    ],
)
def test_what_is_no_total_of_this_case_is_not_drawn(line):
    assert () == totals_of(
        only(line), "killed", Query(where=("QZ-N", "QZ-S"), during=Days.parse("2031-03"))
    )


def test_a_claim_set_aside_is_not_drawn():
    told = Told(claim=case.WHOLE, set_aside="rejected")

    assert () == totals_of(case.dossier(claims=(told,)), "killed", Query())


def test_without_two_days_of_one_teller_there_is_no_timeline():
    lone = desk_of(claims=(Told(claim=case.WHOLE),), figures=(), headline=(), tables=())

    assert "" == timeline(lone)


def test_every_point_of_the_timeline_leads_to_words():
    drawing = next(parsed(timeline(desk_of())).all("svg"))
    links = [a.attributes["href"] for a in drawing.all("a")]

    assert len(links) >= 8
    assert all(re.fullmatch(r"sources/s-[0-9a-f]{12}\.html#c-[0-9a-f]{12}", href) for href in links)


def test_a_long_stretch_without_figures_is_broken_where_it_is_cut():
    assert parsed(timeline(desk_of())).with_class("break")


def test_areas_of_circles_are_in_proportion_to_people():
    page = parsed(map_of(desk_of(), case.dossier().tables[0]))
    circles = [e for e in page.with_class("documented") if "cx" in e.attributes]
    radii = [float(e.attributes["r"]) for e in circles if float(e.attributes["cx"]) > 10]
    areas = [r * r for r in sorted(radii, reverse=True)]

    assert areas[1] / areas[0] == pytest.approx(140 / 230, rel=0.01)
    assert areas[2] / areas[0] == pytest.approx(42 / 230, rel=0.01)


def test_no_label_of_the_map_stands_outside_it():
    page = parsed(map_of(desk_of(), case.dossier().tables[0]))
    xs = [float(e.attributes["x"]) for e in page.all("tspan")]

    assert all(20 < x < 700 for x in xs)
    assert {"North Vale", "South Vale", "High Plain", "Riverside"} <= {
        e.text() for e in page.with_class("name")
    }


def test_places_without_coordinates_make_no_map():
    places, _ = case.Places.empty().with_csv(re.sub(r"\d+\.\d+", "", case.PLACES))

    assert "" == map_of(desk_of(places=places), case.dossier().tables[0])
