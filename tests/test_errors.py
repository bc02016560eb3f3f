from __future__ import annotations

import pickle

import pytest

from tallystick import errors
from tallystick.errors import NotFound, Trouble
from tallystick.reckoning import NoSuchClaim

FAMILIES = [getattr(errors, name) for name in errors.__all__ if name != "Trouble"]


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_is_a_trouble_with_a_code_of_its_own(family):
    assert issubclass(family, Trouble)
    assert 1 == [other.code for other in FAMILIES].count(family.code)


def test_a_trouble_tells_its_parts_in_words_and_in_json():
    trouble = NotFound("It is gone.", where="a.txt", then="look elsewhere.")

    assert "It is gone. Where: a.txt. Next: look elsewhere." == str(trouble)
    assert {
        "code": "not-found",
        "what": "It is gone.",
        "where": "a.txt",
        "then": "look elsewhere.",
    } == trouble.as_json()


def test_parts_that_do_not_apply_are_left_out():
    assert "It is gone." == str(NotFound("It is gone."))


def test_a_class_that_builds_its_own_sentence_travels_between_processes():
    trouble = NoSuchClaim("c-1")
    arrived = pickle.loads(pickle.dumps(trouble))

    assert isinstance(arrived, NoSuchClaim)
    assert (trouble.as_json(), str(trouble)) == (arrived.as_json(), str(arrived))
