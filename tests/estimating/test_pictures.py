from xml.etree import ElementTree

import pytest
from tests.estimating.tables import drawn_table

from tallystick.estimating import PICTURES, LatentPlan, Settings, estimate


@pytest.fixture(scope="module")
def findings():
    plan = LatentPlan(ess_wanted=100.0, ess_least=50.0)
    made = estimate(drawn_table(n=500), "lcmcr", Settings(latent=plan)).estimate
    return {finding.check: finding.values for finding in made.findings}


@pytest.mark.parametrize("check", PICTURES)
def test_every_picture_is_a_whole_page_with_a_title(check, findings):
    page = ElementTree.fromstring(PICTURES[check](findings[check]))

    assert page.tag.endswith("svg")
    assert page[0].tag.endswith("title")
    assert page[0].text


@pytest.mark.parametrize("check", PICTURES)
def test_the_same_finding_gives_the_same_bytes(check, findings):
    assert PICTURES[check](findings[check]) == PICTURES[check](findings[check])


def test_names_of_lists_cannot_break_the_page(findings):
    values = dict(findings["fit"]) | {"lists": ["<b>", "&", '"', "ليلى"]}

    ElementTree.fromstring(PICTURES["fit"](values))
