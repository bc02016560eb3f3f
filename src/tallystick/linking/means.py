"""Say by what means linking runs: no outcome depends on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tallystick.linking.model import scores
from tallystick.linking.score import Engine, Weigh, here

__all__ = ["Means"]


@dataclass(frozen=True, slots=True)
class Means:
    """Hold the means.

    Args:
        tell: Is told each step before it begins.
        weigh: Gives evidence its score: the trees themselves, or a memory before them.
        engine: Joins records to pairs and scores these by themselves.
    """

    tell: Callable[[str], None] = lambda _: None
    weigh: Weigh = scores
    engine: Engine = here
