"""What a room hands out is documented."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "src" / "tallystick"
ROOMS = sorted(
    path.name
    for path in HOUSE.iterdir()
    if (path / "__init__.py").exists() and path.name not in ("cli", "examples")
)


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_has_a_docstring(room):
    door = importlib.import_module(f"tallystick.{room}")
    silent = [
        name
        for name in door.__all__
        if (thing := getattr(door, name)) is not None
        and (inspect.isfunction(thing) or inspect.isclass(thing))
        and not (inspect.getdoc(thing) or "").strip()
    ]

    assert [] == silent


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_in_all_is_there(room):
    door = importlib.import_module(f"tallystick.{room}")

    assert [] == [name for name in door.__all__ if not hasattr(door, name)]
