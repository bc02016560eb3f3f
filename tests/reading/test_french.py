"""What French texts say: counts, hedges, kinds, places, days, tellers."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.reading import read_text
from tallystick.records import Claim

DAY = date(2025, 3, 12)


def only(text: str) -> Claim:
    (claim,) = read_text(text, source="s-1", published=DAY).claims
    return claim


@pytest.mark.parametrize(
    ("text", "kind", "lo", "hi", "hedge"),
    [
        ("Au moins 14 personnes ont été tuées.", "killed", 14, None, "at_least"),
        ("Plus de mille personnes ont disparu.", "missing", 1000, None, "more_than"),
        ("Environ 350 familles ont fui le village.", "displaced", 350, 350, "approx"),
        ("Entre 20 et 35 personnes ont été blessées.", "injured", 20, 35, "range"),
        ("Une vingtaine de blessés après l'explosion.", "injured", 20, 20, "approx"),
        ("Quatre-vingt-douze civils ont été tués.", "killed", 92, 92, "exact"),
        ("Soixante et onze personnes ont été arrêtées.", "detained", 71, 71, "exact"),
        ("Soixante-dix-sept personnes ont été arrêtées.", "detained", 77, 77, "exact"),
        ("Des hommes armés ont enlevé trois journalistes.", "abducted", 3, 3, "exact"),
        ("Personne n'a été tué.", "killed", 0, 0, "exact"),
    ],
)
def test_figures_keep_kind_and_hedge(
    text: str, kind: str, lo: int, hi: int | None, hedge: str
) -> None:
    claim = only(text)

    assert (kind, lo, hi, hedge) == (claim.kind, claim.lo, claim.hi, claim.hedge)


def test_place_day_and_teller_are_read() -> None:
    claim = only("Selon l'ONU, douze civils ont été tués hier à Valmont.")

    assert ("Valmont", "2025-03-11") == (claim.place, claim.date)
    assert ("ONU", "civilians") == (claim.attributed_to, claim.category)


def test_a_part_is_not_added_to_its_whole() -> None:
    reading = read_text("Quatre soldats, dont deux officiers, ont été tués.", published=DAY)

    assert [4, 4] == reading.totals["killed"]


def test_a_rising_toll_replaces_its_first_figure() -> None:
    before, after = read_text("Le bilan est passé de 31 à 38.", published=DAY).claims

    assert ("previous", "cumulative") == (before.role, after.role)


def test_a_denied_figure_is_kept_as_denied() -> None:
    claim = only("Le gouvernement a démenti la mort de 25 civils.")

    assert ("denied", 25) == (claim.polarity, claim.lo)


def test_years_and_houses_are_no_people() -> None:
    assert () == read_text("La guerre a duré 14 ans et détruit 300 maisons.").claims
