from __future__ import annotations

import pytest

from tallystick import errors
from tallystick.errors import NotFound, Trouble

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
