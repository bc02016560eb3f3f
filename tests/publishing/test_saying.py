from __future__ import annotations

import pytest
from tests.publishing import invented_case as case
from tests.publishing.pages import parsed

from tallystick.publishing import redact
from tallystick.publishing.desk import desk_for
from tallystick.publishing.figures import ReadFigure
from tallystick.publishing.proof import proof_of
from tallystick.publishing.saying import as_said_of, figure_sentence, scope
from tallystick.records import Claim, Query, WhomTest, parse_claims


@pytest.fixture(scope="module")
def desk():
    return desk_for(redact(case.dossier()))


def plain(markup):
    return parsed(markup).text().replace("\u00a0", " ").replace("\u2060", "")


def sentence(desk, figure):
    read = ReadFigure.from_json(figure.as_json())
    return plain(figure_sentence(desk, read, read.documented, proof_of(desk, read).tellers))


def test_a_figure_by_description_names_who_so_describes_people(desk):
    assert (
        "At least 412 people counted as civilians by HWHR, killed in Qazira, 6–11 March 2031."
        == sentence(desk, case.CIVILIANS)
    )


def test_a_figure_by_perpetrator_is_attributed_by_somebody(desk):
    assert (
        "At least 181 people, killed in Qazira, 6–11 March 2031, attributed to forces of the interim "
        "government by VRV." == sentence(desk, case.TO_GOV)
    )


def test_a_plain_figure_says_who_counted(desk):
    assert (
        "At least 512 people, killed in Qazira, 6–11 March 2031, as counted by HWHR and Council of "
        "the Vale." == sentence(desk, case.ALL)
    )


def test_families_are_families_and_displaced_from_a_place_to_another(desk):
    assert (
        "At least 302 families, displaced from Qazira to Velmora, as counted by Velmora Relief Unit."
        == sentence(desk, case.FLED)
    )


def test_nobody_is_not_at_least_nobody(desk):
    assert "0 people, killed in Qazira, 9 March 2031." == sentence(desk, case.ON_9)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query(), "All people, killed"),
        (Query(unit="families", kind="displaced"), "All families, displaced"),
        (
            Query(whom=(WhomTest("sex", "female"), WhomTest("age", "adult"))),
            "Counted as women, killed",
        ),
        (Query(whom=(WhomTest("group", "alawite"),)), "Counted as Alawite, killed"),
        (
            Query(whom=(WhomTest("status", "civilian", inside=False),)),
            "Counted as not civilian, killed",
        ),
        (Query(by=("GOV",)), "All people, killed, attributed to forces of the interim government"),
        (
            Query(kind="injured", as_of=case.DAY(2031, 3, 9)),
            "All people, injured, from what was published by 9 March 2031",
        ),
    ],
)
def test_a_question_is_said_in_words(desk, query, said):
    assert said == plain(scope(desk, query))


def claims(page):
    return parse_claims(page)


@pytest.mark.parametrize(
    ("how_many", "said"),
    [
        ("= 12", "12 civilians"),
        (">= 12", "at least 12 civilians"),
        ("> 1200", "more than 1,200 civilians"),
        ("<= 12", "at most 12 civilians"),
        ("~ 230", "about 230 civilians"),
        ("10..12", "10–12 civilians"),
        ("few>=2", "a number not given, at least 2 civilians"),
    ],
)
def test_a_claim_is_hedged_as_it_was(desk, how_many, said):
    claim = parse_claims(f"who | whom | how many\nHWHR | civilian | {how_many}")[0]

    assert said == plain(as_said_of(desk, claim))


def test_a_claim_about_families_a_group_or_a_denial(desk):
    families = Claim(originator="A", kind="displaced", lo=3, hi=3, unit="families")
    group = Claim(originator="A", kind="killed", lo=3, hi=3, whom=case.Whom({"group": "alawite"}))
    denied = Claim(originator="A", kind="killed", lo=3, hi=3, polarity="denied")

    assert "3 families" == plain(as_said_of(desk, families))
    assert "3 people counted as Alawite" == plain(as_said_of(desk, group))
    assert "denies 3 people" == plain(as_said_of(desk, denied))
