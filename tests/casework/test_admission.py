"""Settings say who is one voice; the journal keeps who said so."""

from __future__ import annotations

import pytest

from tallystick.casework.admission import admission_of
from tallystick.casework.case import BadSettings
from tallystick.terms import Actors


def test_tellers_that_were_found_to_rely_on_one_another_are_one_voice():
    admission = admission_of({"one_voice": [["SOHR", "x:blog"], ["x:b", "x:a", "x:c"]]})
    actors = Actors.builtin().with_one_voice(admission.one_voice)

    assert 1 == len({actors.voice_of(name) for name in ("SOHR", "x:blog")})
    assert 1 == len({actors.voice_of(name) for name in ("x:a", "x:b", "x:c")})
    assert actors.voice_of("x:a") != actors.voice_of("SOHR") != actors.voice_of("SNHR")
    assert Actors.builtin().label("SOHR") == actors.label("SOHR")
    assert "SOHR + x:blog; x:b + x:a + x:c" == admission.premises()["one_voice"]


@pytest.mark.parametrize("wrong", ["SOHR", [["SOHR"]], ["SOHR", "SNHR"], [[1, 2]]])
def test_what_is_no_list_of_groups_is_refused(wrong):
    with pytest.raises(BadSettings):
        admission_of({"one_voice": wrong})


def test_without_the_setting_nothing_changes():
    assert "one_voice" not in admission_of({}).premises()
