"""Say by what means linking runs: no outcome depends on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tallystick.linking.score import Engine, here

__all__ = ["Means"]


@dataclass(frozen=True, slots=True)
class Means:
    """Hold the means.

    Args:
        tell: Is told each step before it begins.
        engine: Joins records to pairs and scores these by themselves.
    """

    tell: Callable[[str], None] = lambda _: None
    engine: Engine = here
