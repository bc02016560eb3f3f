"""F01 to F27 in the coast case: what each publisher's own document says, and no more."""

from __future__ import annotations

import hashlib

import pytest
from tests.conftest import Page

from tallystick.casework.demo import EXAMPLE
from tallystick.casework.evidence import evidence_of_case
from tallystick.reckoning import Options
from tallystick.reckoning.admit import admit
from tallystick.reckoning.ground import Ground
from tallystick.reckoning.jumps import jumps_of
from tallystick.records import Query

ALL = "SY-LA + SY-TA + SY-HM + SY-HI"
THREE = "SY-LA + SY-TA + SY-HM"
MARCH = "2025-03"


class Case:
    """Ask the case's claims, or those of some of its documents."""

    def __init__(self, claims, ground):
        self.claims, self.ground = claims, ground

    def of(self, *numbers):
        """Return the claims of the documents of these numbers."""
        ids = {
            "s-" + hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            for path in (EXAMPLE / "documents").iterdir()
            if path.name[:2] in numbers
        }
        return Case([claim for claim in self.claims if claim.source in ids], self.ground)

    def figure(self, soft="tolerant", **asked):
        page = Page(tuple(self.claims), self.ground.places, self.ground.actors)
        return page.reckon(options=Options(certificates=False, soft=soft), **asked)

    def lo(self, **asked):
        return self.figure(**asked).documented.lo

    def claimed(self, teller, **asked):
        """Return the least and most of one teller's own tally."""
        found = {c.originator: (c.lo, c.hi) for c in self.figure(**asked).claimed}
        return found.get(teller)

    def within(self, **asked):
        """Return the stretch and words of each tally that contradicts itself."""
        contested = self.figure(**asked).contested
        return [(c.stretch, c.says) for c in contested if c.where == "within"]


@pytest.fixture(scope="module")
def case(coast):
    evidence = evidence_of_case(coast)
    return Case(evidence.claims, evidence.ground)


def test_f01_a_total_of_the_morning_with_two_statuses_in_one_number(case):
    first = case.of("01")

    assert 745 == first.lo(where=ALL)
    assert [532, 93, 120] == [
        first.lo(where=ALL, whom=whom) for whom in ("civilian", "armed-forces", "fighter")
    ]
    assert 745 == 532 + 213
    assert [] == first.within(where=ALL)


def test_f02_the_same_745_is_another_number_in_the_evening(case):
    evening = case.of("02")

    assert 1018 == evening.lo(where=ALL) == 745 + 125 + 148
    assert (745, 745) == evening.claimed("SOHR", where=ALL, whom="civilian")
    assert 93 == evening.lo(where=ALL, whom="group=syrian & armed-forces")
    assert 745 == case.of("01", "02").lo(where=ALL, whom="civilian")


def test_f03_three_relays_of_one_total_and_its_parts(case):
    for relays in (("03",), ("04",), ("05",), ("03", "04", "05")):
        told = case.of(*relays)
        assert 1311 == told.lo(where=ALL, as_of="2025-03-09") == 830 + 231 + 250
        assert [830, 231, 250] == [
            told.lo(where=ALL, whom=whom) for whom in ("civilian", "armed-forces", "fighter")
        ]
        assert 0 == told.figure(where=ALL).corroborated[0].lo


def test_f04_and_f05_two_totals_of_one_day_of_which_the_later_names_the_earlier(case):
    assert 973 == case.of("08").lo(where=ALL, whom="civilian", tellers="SOHR")
    assert 1068 == case.of("09").lo(where=ALL, whom="civilian")
    assert 1068 == case.of("08", "09").lo(where=ALL, whom="civilian", tellers="SOHR")
    assert [] == case.of("08", "09").within(where=ALL)


def test_f06_the_132_of_the_day_lie_inside_the_1225(case):
    told = case.of("11")

    assert (1225, 1225) == told.claimed("SOHR", where=ALL, whom="civilian")
    assert [658, 384, 171, 12] == [
        told.lo(where=place, whom="civilian") for place in ("SY-LA", "SY-TA", "SY-HM", "SY-HI")
    ]
    assert 132 == 72 + 60
    assert [] == case.of("09", "11").within(where=ALL)
    assert 1225 == case.of("09", "11").lo(where=ALL)


def test_f07_the_day_of_documentation_adds_up_by_place_and_dates_no_death(case):
    told = case.of("14")

    assert (1383, 1383) == told.claimed("SOHR", where=ALL, whom="civilian")
    assert [683, 433, 255, 12] == [
        told.lo(where=place, whom="civilian") for place in ("SY-LA", "SY-TA", "SY-HM", "SY-HI")
    ]
    assert [15, 34, 1, 1, 18, 62, 22] == [
        told.lo(where=place)
        for place in (
            "SY-TA-barmaya", "SY-TA-baniyas", "SY-LA-sqoubin", "SY-LA-rumayla", "SY-LA-sanobar",
            "SY-HM-rusafa", "SY-HM-arza",
        )
    ]  # fmt: skip
    assert 0 == told.lo(where="SY-HM-rusafa", during="2025-03-12")
    assert 1225 + 158 == case.of("11", "14").lo(where=ALL)
    assert [] == case.of("11", "14").within(where=ALL)


def test_f08_two_days_of_additions_reach_the_next_total(case):
    assert (1500, 1500) == case.of("16").claimed("SOHR", where=ALL, whom="civilian")
    assert 1500 == case.of("14", "16").lo(where=ALL) == 1383 + 93 + 24
    assert [] == case.of("14", "16").within(where=ALL)


def test_f09_a_third_meaning_of_745_by_one_who_relies_on_another(case):
    told = case.of("16", "17")

    assert 745 == case.of("17").lo(where="SY-LA", whom="civilian")
    assert 0 == told.figure(where=ALL).corroborated[0].lo
    assert 1500 == told.lo(where=ALL)


def test_f10_relays_without_a_day_are_never_the_tellers_own_series(case):
    told = case.of("14", "22")

    assert 1614 == told.lo(where=ALL, during="2025-03-06..2025-03-12")
    assert (1614, None) <= told.claimed("SOHR", where=ALL)
    assert [] == told.within(where=ALL)
    assert "revised" not in told.figure(where=ALL).flags


def test_f11_the_total_of_april_its_provinces_and_what_it_replaces(case):
    told = case.of("24", "25")

    assert 1676 == told.lo(where=ALL, whom="civilian", during=MARCH)
    assert [866, 525, 272, 13] == [
        told.lo(where=place, whom="civilian") for place in ("SY-LA", "SY-TA", "SY-HM", "SY-HI")
    ]
    assert 4 == told.lo(where=ALL, whom="sex=female")
    assert 1676 == 1659 + 17
    assert [] == told.within(where=ALL)


def test_f12_one_less_than_the_total_of_april_is_contested_by_one(case):
    told = case.of("27")

    assert 2161 == told.lo(where=ALL) == 225 + 422 + 926 + 588
    assert 108 == told.lo(where=ALL, during="2024-12")
    assert [] == told.within(where=ALL)
    assert [1] == [stretch for stretch, _ in case.of("24", "25", "27").within(where=ALL)]


def test_f13_a_wider_scope_is_no_contradiction(case):
    told = case.of("32")

    assert 9889 == told.lo(where="SY")
    assert [7449, 396, 541] == [
        told.lo(where="SY", whom=whom)
        for whom in ("civilian", "civilian & age=child", "civilian & sex=female")
    ]
    assert [2644, 2069] == [
        told.lo(where="SY", during=MARCH), told.lo(where="SY", during=MARCH, whom="civilian")
    ]  # fmt: skip
    assert [] == case.of("24", "32").within(where="SY")


def test_f14_and_f15_one_series_of_snhr_in_three_provinces(case):
    assert 779 == case.of("08").lo(where=THREE, tellers="SNHR")
    assert 803 == case.of("08", "12").lo(where=THREE, tellers="SNHR")
    assert [] == case.of("08", "12").within(where=THREE, tellers="SNHR")


def test_f16_by_whom_and_the_misprint_of_a_relay(case):
    own, relay = case.of("18"), case.of("19")

    assert 1084 == own.lo(where=ALL) == 639 + 445
    assert [639, 445] == [own.lo(where=ALL, by=by) for by in ("gov-forces", "remnants")]
    assert 231 == own.lo(where=ALL, whom="civilian", by="remnants")
    assert 214 == own.lo(where=ALL, whom="armed-forces", by="remnants") == 445 - 231
    assert [] == own.within(where=ALL)
    ((stretch, says),) = relay.within(where=ALL)
    assert 1 == stretch
    assert "213 + 231 + 639 = 1,083, but the total says 1,084" in says
    assert "213 for 214" in says


def test_f17_the_monthly_report_adds_up_in_three_ways(case):
    told = case.of("26")

    def three(**asked):
        return [
            told.lo(during=MARCH, **asked, **whom)
            for whom in ({}, {"whom": "age=child"}, {"whom": "sex=female & age=adult"})
        ]

    assert [1562, 102, 99] == three(where="SY")
    assert [1334, 60, 84] == three(where=ALL)
    assert [889, 51, 63] == three(where=ALL, by="gov-forces")
    assert [445, 9, 21] == three(where=ALL, by="remnants")
    assert 33 == told.lo(where="SY", whom="occupation=medic")
    assert (228, 228) == (1562 - 1334, 228)
    assert [] == told.within(where="SY")


def test_f18_what_the_un_documented_is_a_lower_end(case):
    assert (111, None) == case.of("13").claimed("OHCHR", where=ALL, whom="civilian")


def test_f19_about_1400_has_its_tolerance(case):
    told = case.of("33")

    assert 1330 == told.lo(during=MARCH)
    assert 1400 == told.figure(during=MARCH, soft="exact").documented.lo
    assert 0 == told.figure(during=MARCH, soft="out").documented.lo
    # “About 100”: a quarter either way, for its last digit says as much.
    assert 75 == told.lo(whom="sex=female")


def test_f20_verified_names_without_a_perpetrator(case):
    told = case.of("30")

    assert 1426 == told.lo(where=THREE, during=MARCH)
    assert 90 == told.lo(where=THREE, whom="sex=female")
    assert 238 == told.lo(where=THREE, whom="armed-forces", by="remnants")
    assert 0 == told.lo(where=THREE, by="gov-forces")
    assert 0 == told.lo(where=THREE, whom="civilian")
    assert 20 == told.lo(kind="missing")
    assert [] == case.of("30", "31").within(where=THREE)


def test_f21_1479_are_alawites_and_not_said_to_be_civilians(case):
    told = case.of("28")

    assert 1479 == told.lo(where=THREE, during="2025-03-07..2025-03-09", whom="group=alawite")
    assert 0 == told.lo(where=THREE, whom="civilian", tellers="Reuters")
    assert 0 == told.lo(where=THREE, by="gov-forces", tellers="Reuters")


def test_f22_the_governments_own_dead(case):
    told = case.of("28")

    assert 200 == told.lo(where="SY", whom="armed-forces", tellers="gov")
    assert told.lo(where="SY", whom="armed-forces", tellers="gov", during="2025-03-06") in (13, 16)


def test_f23_two_lists_of_one_village_are_62_and_not_122(case):
    figure = case.of("14", "28").figure(where="SY-HM-rusafa")

    assert (60, 62) == (figure.corroborated[0].lo, figure.documented.lo)


def test_f24_a_complete_breakdown_that_falls_short(case):
    told = case.of("07")
    ((stretch, says),) = told.within(kind="displaced", unit="families")

    assert 252 == stretch
    assert "in one text, 40 + 1,184 = 1,224, but the total says 1,476" in says
    assert 5774 <= told.lo(kind="displaced", to="LB-AK") <= 6078
    assert 1224 == told.lo(kind="displaced", unit="families", to="LB-AK")


def test_f25_stocks_of_two_days_and_the_size_they_imply(case):
    told = case.of("10", "15")

    assert 1791 == told.lo(kind="displaced", unit="families", to="LB-AK", tellers="akkar-unit")
    assert 1777 == case.of("10").lo(kind="displaced", unit="families", to="LB-AK")
    assert 7616 == case.of("10").lo(kind="displaced", to="LB-AK", tellers="akkar-unit")
    assert 63 == told.lo(kind="displaced", unit="families", whom="group=lebanese")
    assert [] == told.within(kind="displaced", unit="families")


def test_f26_nested_scopes_of_the_displaced_do_not_conflict(case):
    told = case.of("21", "23")

    assert 20496 == case.of("23").lo(kind="displaced", to="LB-AK")
    assert 21637 == told.lo(kind="displaced", to="LB-AK + LB-AS")
    assert [] == told.within(kind="displaced")
    # “About 40,000”: half of its last digit either way.
    assert 35000 == case.of("29").lo(kind="displaced", to="LB")


def test_f27_an_unplaced_figure_stands_by_itself(case):
    told = case.of("20")

    assert 350 <= told.lo(kind="displaced", unit="families", to="LB") <= 351
    assert 0 == told.lo(kind="displaced", unit="families", to="LB-AK")
    assert 1791 == case.of("07", "10", "15", "20").lo(kind="displaced", unit="families", to="LB")
    assert [] == told.within(kind="displaced", unit="families")


def test_behaviour_1_one_series_inside_one_teller(case):
    days = [f"2025-03-{day:02}" for day in (8, 9, 10, 11, 12, 14)] + ["2025-04-09"]
    stocks = [case.lo(where=ALL, whom="civilian", as_of=d, tellers="SOHR") for d in days]

    assert [745, 830, 1068, 1225, 1383, 1500, 1676] == stocks
    assert 1311 == case.lo(where=ALL, as_of="2025-03-09", tellers="SOHR") == 830 + 231 + 250


TRUST = [
    # whom one trusts, the scope that the organisation states, and the number over it
    ("SOHR", {"where": ALL, "whom": "civilian", "during": MARCH}, (1675, 1676)),
    ("Reuters", {"where": THREE, "whom": "group=alawite"}, (1479,)),
    ("committee", {"where": THREE, "during": MARCH}, (1426,)),
    ("SNHR", {"where": ALL, "during": MARCH}, (1334,)),
    ("SNHR", {"where": ALL, "during": MARCH, "by": "gov-forces"}, (889,)),
    ("OHCHR", {"where": ALL, "whom": "civilian"}, (111,)),
    ("Reuters", {"where": THREE, "whom": "civilian"}, (0,)),
    ("SNHR + committee", {"where": ALL, "whom": "civilian", "by": "gov-forces"}, (0,)),
    ("SNHR + committee + Reuters + OHCHR", {"where": ALL, "during": MARCH}, (1479,)),
]


@pytest.mark.parametrize(("tellers", "asked", "people"), TRUST)
def test_behaviour_2_each_number_over_the_scope_that_its_teller_states(
    case, tellers, asked, people
):
    assert case.lo(tellers=tellers, **asked) in people


def test_behaviour_2_no_two_tellers_contradict_each_other(case):
    contested = case.figure(where=ALL, during=MARCH).contested

    assert {"within"} >= {c.where for c in contested if c.touches}
    by_id = {claim.id: claim for claim in case.claims}
    assert all(1 == len({by_id[id_].originator for id_ in c.claims}) for c in contested)


def test_behaviour_3_security_forces_killed_are_compatible_lower_bounds(case):
    asked = {"where": ALL, "whom": "armed-forces"}
    each = [
        case.lo(tellers="SNHR", by="remnants", **asked),
        case.lo(tellers="SOHR", **asked),
        case.lo(tellers="committee", by="remnants", **asked),
    ]

    assert [214, 231, 238] == each
    assert 238 == case.lo(tellers="SNHR + SOHR + committee", **asked)
    assert not [c for c in case.figure(**asked).contested if c.where == "between"]


def test_behaviour_4_civilians_killed_by_remnants_are_told_by_one_source(case):
    asked = {"where": ALL, "whom": "civilian", "by": "remnants"}
    figure = case.figure(**asked)

    assert (231, 231, "SNHR") == (
        figure.documented.lo, figure.single.lo, figure.single.originator
    )  # fmt: skip
    assert 0 == figure.withstands[0].lo
    # Who is silent of it has not said that there were none.
    assert {"SNHR"} == {told.originator for told in figure.claimed if told.hi == 0 or told.lo}


def test_behaviour_5_windows_and_places_lie_in_each_other(case):
    told = case.of("03", "25", "26")

    assert 2157 == told.lo(where=ALL, during=MARCH) == 1676 + 231 + 250
    assert 2385 == told.lo(where="SY", during=MARCH) == 2157 + (1562 - 1334)
    reuters = case.of("28")
    assert 1479 == reuters.lo(where=ALL, during="2025-03-07..2025-03-09", tellers="Reuters")
    assert reuters.lo(where=ALL, during=MARCH, tellers="Reuters") >= 1479


def test_behaviour_6_different_standards_of_proof_do_not_contradict(case):
    figure = case.figure(where=ALL, whom="civilian", as_of="2025-03-11")

    assert 111 == case.lo(where=ALL, whom="civilian", as_of="2025-03-11", tellers="OHCHR")
    assert () == tuple(c for c in figure.contested if c.where == "between" or "OHCHR" in c.says)


def test_behaviour_7_never_a_sum_of_a_total_and_what_lies_in_it(case):
    figure = case.figure(where=ALL, whom="civilian", as_of="2025-03-11")

    assert 1225 == figure.documented.lo
    assert not {1332, 1357} & {
        figure.documented.lo, figure.believed, figure.single.lo, figure.highest.hi
    }  # fmt: skip


def test_every_jump_of_the_series_is_told_with_what_was_added_when(case):
    page = Page(tuple(case.claims), case.ground.places, case.ground.actors)
    ground = Ground(page.places, page.actors)
    admitted, _ = admit(page.claims, ground)
    found = {
        (jump.was, jump.now): (jump.kind, [piece.people for piece in jump.pieces], jump.unexplained)
        for jump in jumps_of(admitted.values(), Query(tellers=("SOHR",)), ground)
        if jump.scope.endswith("SY-HI + SY-HM + SY-LA + SY-TA") and "civilian" in jump.scope
    }

    assert {
        (745, 830): ("grew", [], 85),
        (830, 973): ("grew", [], 143),
        (973, 1068): ("grew", [], 95),
        (1068, 1225): ("grew", [132], 25),
        (1225, 1383): ("grew", [158], 0),
        (1383, 1500): ("grew", [93, 24], 0),
        (1659, 1676): ("grew", [17], 0),
        (1676, 1675): ("fell", [], 0),
    } == found
