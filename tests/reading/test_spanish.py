"""What Spanish texts say: counts, hedges, kinds, places, days, tellers."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.reading import read_text
from tallystick.records import Claim
from tallystick.text import language_of

DAY = date(2025, 3, 12)


def only(text: str) -> Claim:
    (claim,) = read_text(text, source="s-1", published=DAY).claims
    return claim


@pytest.mark.parametrize(
    ("text", "kind", "lo", "hi", "hedge"),
    [
        ("Al menos 14 personas murieron.", "killed", 14, None, "at_least"),
        ("Más de mil personas desaparecieron.", "missing", 1000, None, "more_than"),
        ("Unas 350 familias huyeron de la aldea.", "displaced", 350, 350, "approx"),
        ("Entre 20 y 35 personas resultaron heridas.", "injured", 20, 35, "range"),
        ("Decenas de heridos tras la explosión.", "injured", 20, None, "vague"),
        ("Veintidós mineros murieron.", "killed", 22, 22, "exact"),
        ("El ejército mató a doce guerrilleros.", "killed", 12, 12, "exact"),
        ("La policía detuvo a 27 manifestantes.", "detained", 27, 27, "exact"),
        ("Hombres armados secuestraron a tres periodistas.", "abducted", 3, 3, "exact"),
        ("Nadie murió.", "killed", 0, 0, "exact"),
    ],
)
def test_figures_keep_kind_and_hedge(
    text: str, kind: str, lo: int, hi: int | None, hedge: str
) -> None:
    claim = only(text)

    assert (kind, lo, hi, hedge) == (claim.kind, claim.lo, claim.hi, claim.hedge)


def test_place_day_and_teller_are_read() -> None:
    claim = only("Once campesinos fueron asesinados ayer en Puerto Lindo, denunció la alcaldía.")

    assert ("Puerto Lindo", "2025-03-11") == (claim.place, claim.date)
    assert ("alcaldía", "civilians") == (claim.attributed_to, claim.category)


def test_a_part_is_not_added_to_its_whole() -> None:
    reading = read_text("Veintidós mineros murieron, entre ellos tres mujeres.", published=DAY)

    assert [22, 22] == reading.totals["killed"]


def test_a_rising_toll_replaces_its_first_figure() -> None:
    before, after = read_text("El balance de muertos pasó de 12 a 15.", published=DAY).claims

    assert ("previous", "cumulative") == (before.role, after.role)


def test_years_and_houses_are_no_people() -> None:
    text = "La guerra ha durado 14 años y ha destruido 300 casas."

    assert () == read_text(text, published=DAY).claims


@pytest.mark.parametrize("text", ["Mueren cinco niños en Alta Vista.", "Hubo nueve heridos ayer."])
def test_short_texts_are_known_as_spanish(text: str) -> None:
    assert "es" == language_of(text)


def test_a_spanish_name_in_an_english_text_changes_nothing() -> None:
    assert "en" == language_of("Five people were killed near Los Llanos on Sept 9.")
