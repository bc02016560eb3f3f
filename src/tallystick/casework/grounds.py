"""Lay the ground of a case: the built-in places and actors with the case's own over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallystick.errors import Unreadable
from tallystick.records import Issue
from tallystick.terms import Actors, Places

__all__ = ["Grounds", "grounds_of", "grounds_of_case"]


class UnreadableTable(Unreadable):
    """A table of places or actors is not text."""

    code = "unreadable-table"

    def __init__(self, path: Path) -> None:
        super().__init__(
            "The table is not UTF-8 text.",
            where=path.name,
            then="save it as CSV in UTF-8.",
        )


@dataclass(frozen=True, slots=True)
class Grounds:
    """Hold the places and actors that words resolve to, and what is wrong with their tables."""

    places: Places
    actors: Actors
    issues: tuple[Issue, ...] = ()


def grounds_of(places: Path | None, actors: Path | None) -> Grounds:
    """Return the built-in places and actors with those of two tables; either may be absent.

    Raises:
        UnreadableTable: A table is not UTF-8.
    """
    here, tellers = Places.builtin(), Actors.builtin()
    issues: list[Issue] = []
    if places is not None and places.is_file():
        here, wrong = here.with_csv(_text(places), name=places.name)
        issues += wrong
    if actors is not None and actors.is_file():
        tellers, wrong = tellers.with_csv(_text(actors), name=actors.name)
        issues += wrong
    return Grounds(here, tellers, tuple(issues))


def grounds_of_case(folder: Path) -> Grounds:
    """Return the ground of a case, from the tables in its folder."""
    return grounds_of(folder / "places.csv", folder / "actors.csv")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise UnreadableTable(path) from trouble
