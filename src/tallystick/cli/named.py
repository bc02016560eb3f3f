"""Take the files that name persons (``--persons``, ``--list``) on commands that reckon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tallystick.casework.evidence import NamedIn

__all__ = ["named_in", "naming"]

_A_FILE = click.Path(path_type=Path)


def naming(command: Callable[..., None]) -> Callable[..., None]:
    """Put the options that name persons on a command."""
    for option in reversed(
        (
            click.option("--persons", type=_A_FILE, metavar="PERSONS.csv",
                         help="Named persons, as `link -o` writes them; with --list."),
            click.option("--list", "lists", type=_A_FILE, multiple=True, metavar="LIST",
                         help="A list that was linked; again: each of them."),
            click.option("--mapping", type=_A_FILE, help="The lists' headers, as for `link`."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def named_in(asked: Mapping[str, object]) -> NamedIn | None:
    """Return the files that name persons, or nothing without them.

    Raises:
        click.UsageError: Persons without lists, or lists without persons.
    """
    from tallystick.casework.evidence import NamedIn

    persons, lists, mapping = asked["persons"], asked["lists"], asked["mapping"]
    assert isinstance(lists, tuple), "an option that may be given again is a tuple"
    if not persons and not lists and not mapping:
        return None
    if not isinstance(persons, Path) or not lists:
        raise click.UsageError("--persons and --list go together.")
    return NamedIn(
        persons=persons, lists=lists, mapping=mapping if isinstance(mapping, Path) else None
    )
