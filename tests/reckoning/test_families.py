"""Families tell of persons beside a figure, and never multiply deaths."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.reckoning.checker import check

from tallystick.reckoning import Options


def told(figure):
    return [(derived.rule, derived.families, derived.lo) for derived in figure.derived]


def test_a_family_is_at_least_one_person_with_a_proof_of_its_own(book):
    """
    who | counted | what | where | how many
    A | ..2030-01-09 | displaced families | SY > LB | = 350
    A | ..2030-01-09 | displaced | SY > LB | = 12
    """
    figure = book.reckon(kind="displaced", to="LB")

    assert 12 == figure.documented.lo
    assert [("family-of-one", 350, 350)] == told(figure)
    proof = next(p for p in book.certificates if p.id == figure.derived[0].certificate)
    check(json.loads(json.dumps(proof.as_json())))
    assert 350 == proof.content["lo"]
    assert "derived" in figure.as_json()


def test_w34_families_times_a_size_that_somebody_gives_are_flagged_derived(book):
    """
    who | counted | what | where | how many
    DTM | ..2015-02-26 | displaced families | IQ | = 362794
    """
    given = Options(family_size=Fraction(6))
    figure = book.reckon(where="IQ", kind="displaced", options=given)

    assert 0 == figure.documented.lo
    assert [("family-of-one", 362794, 362794), ("family-size", 362794, 2176764)] == told(figure)
    assert "6" == figure.derived[1].as_json()["each"]


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("entire families were killed", ["family-of-one", "entire-families"]),
        ("مقتل عائلات بأكملها", ["family-of-one", "entire-families"]),
        ("families were killed", ["family-of-one"]),
    ],
)
def test_entire_families_count_for_two_each_under_the_named_rule_alone(book, words, rules):
    """
    who | counted | what | where | how many
    A | ..2030-01-09 | killed families | SY | few>=2
    """
    book.claims = tuple(replace(claim, quote=words) for claim in book.claims)
    figure = book.reckon(where="SY", options=Options(entire_families=True))

    assert rules == [derived.rule for derived in figure.derived]
    assert {"family-of-one": 2, "entire-families": 4}[rules[-1]] == figure.derived[-1].lo
    assert 0 == figure.documented.lo
    assert ["family-of-one"] == [d.rule for d in book.reckon(where="SY").derived]


def test_deaths_are_never_multiplied_by_a_size(book):
    """
    who | counted | what | where | how many
    A | ..2030-01-09 | killed families | SY | = 3
    """
    figure = book.reckon(where="SY", options=Options(family_size=Fraction(6), certificates=False))

    assert [("family-of-one", 3, 3)] == told(figure)
    assert figure.derived[0].certificate is None


def test_a_question_about_families_or_without_any_derives_nothing(book):
    """
    who | counted | what | where | how many
    A | ..2030-01-09 | killed families | SY-LA | = 3
    """
    assert () == book.reckon(where="SY", unit="families").derived
    assert () == book.reckon(where="SY-TA").derived
    assert () == book.reckon(where="SY", kind="displaced").derived
