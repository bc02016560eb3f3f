import re
from xml.etree import ElementTree

import pytest
from tests.estimating.tables import drawn_table

from tallystick.estimating import LatentPlan, Settings, estimate, pooled_over_linkage
from tallystick.publishing import pictures_of_estimate

HOSTILE = '<b onload="x">&"ليلى'
PICTURED = {
    "overlap", "fit", "chains", "prior", "methods", "assumption-curve", "leave-one-out",
    "merge-two", "consistency",
}  # fmt: skip


@pytest.fixture(scope="module")
def told():
    plan = LatentPlan(ess_wanted=100.0, ess_least=50.0)
    return estimate(drawn_table(n=500), "lcmcr", Settings(latent=plan)).estimate.as_json()


def test_every_finding_that_guides_a_reader_has_its_picture(told):
    assert set(pictures_of_estimate(told)) == PICTURED


def test_every_picture_is_a_whole_page_with_a_title(told):
    for check, drawing in pictures_of_estimate(told).items():
        page = ElementTree.fromstring(drawing)

        assert page.tag == "{http://www.w3.org/2000/svg}svg", check
        assert page[0].tag.endswith("title")
        assert page[0].text


def places_in(element):
    told = element.attrib
    if "d" in told:
        return [tuple(map(float, p.split())) for p in re.split("[ML]", told["d"]) if p.strip()]
    if "width" in told:
        x, y = float(told["x"]), float(told["y"])
        return [(x, y), (x + float(told["width"]), y + float(told["height"]))]
    x, y = (told.get(name, told.get(f"c{name}")) for name in "xy")
    return [(float(x), float(y))] if x else []


def test_nothing_is_drawn_outside_the_page(told):
    for check, drawing in pictures_of_estimate(told).items():
        page = ElementTree.fromstring(drawing)
        wide, high = map(float, page.attrib["viewBox"].split()[2:])
        places = [place for element in list(page)[1:] for place in places_in(element)]

        assert len(places) > 5
        assert all(0 <= x <= wide and 0 <= y <= high for x, y in places), check


def test_the_same_finding_gives_the_same_bytes(told):
    assert pictures_of_estimate(told) == pictures_of_estimate(told)


def test_names_of_lists_cannot_break_the_page(told):
    named = [
        f | {"values": f["values"] | {"lists": [HOSTILE] * len(f["values"]["lists"])}}
        if f["check"] in ("overlap", "fit")
        else f
        for f in told["diagnostics"]
    ]

    for drawing in pictures_of_estimate(told | {"diagnostics": named}).values():
        assert not [e for e in ElementTree.fromstring(drawing).iter() if e.tag.endswith("}b")]


def test_a_finding_without_its_values_has_no_picture(told):
    bare = [f | {"values": {}} for f in told["diagnostics"]]

    assert {} == pictures_of_estimate(told | {"diagnostics": bare})


def test_the_draws_of_a_linkage_are_drawn():
    made = [estimate(drawn_table(seed=seed), "dga", Settings(brief=True)) for seed in range(3)]

    assert "linkage" in pictures_of_estimate(pooled_over_linkage(made, 1).estimate.as_json())


def test_a_refusal_still_shows_the_overlap():
    few = estimate(drawn_table(rates=(0.3, 0.3)), "dga", Settings()).estimate.as_json()

    assert {} == pictures_of_estimate(few)
