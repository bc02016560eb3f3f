"""Print figures as they are and as they would be, for ``reckon`` with its what-if options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import say_json

if TYPE_CHECKING:
    from tallystick.casework.what_if import Changes
    from tallystick.reckoning import Compared
    from tallystick.records import Figure

__all__ = ["changes_of", "changing", "say_compared"]

_RUNGS = ("corroborated", "withstands", "single", "documented", "believed")


def changing(command: Callable[..., None]) -> Callable[..., None]:
    """Put the options that ask what would be on a command."""
    for option in reversed(
        (
            click.option("--leave-out", multiple=True, metavar="ID",
                         help="What if: without this claim, or this originator."),
            click.option("--add", multiple=True, metavar="CLAIMS",
                         help="What if: with the claims of this file."),
            click.option("--change", multiple=True, metavar="ID:FIELD=VALUE",
                         help="What if: a claim said otherwise."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def changes_of(asked: Mapping[str, object]) -> Changes:
    """Return what the options of a command would have otherwise."""
    from tallystick.casework.what_if import Changes

    def words(name: str) -> tuple[str, ...]:
        given = asked[name]
        assert isinstance(given, tuple), "an option that may be given again is a tuple"
        return tuple(str(each) for each in given)

    return Changes(leave_out=words("leave_out"), add=words("add"), change=words("change"))


def say_compared(compared: Sequence[Compared], *, as_json: bool) -> None:
    """Print each figure as it is and as it would be; those that stay are counted alone."""
    if as_json:
        say_json([each.as_json() for each in compared])
        return
    changed = [each for each in compared if each.is_changed]
    for each in changed:
        click.secho(" | ".join(each.before.query.cells()), bold=True)
        was, would_be = _rungs(each.before), _rungs(each.after)
        for name in _RUNGS:
            differs = "" if was[name] == would_be[name] else f"  ({would_be[name] - was[name]:+,})"
            click.echo(f"  {name:<13}{was[name]:>9,} → {would_be[name]:,}{differs}")
        _say_contested(each)
    click.echo(f"{len(changed)} of {len(compared)} figures would change; nothing was kept.")


def _rungs(figure: Figure) -> dict[str, int]:
    return {
        "corroborated": figure.corroborated[0].lo,
        "withstands": figure.withstands[0].lo,
        "single": figure.single.lo,
        "documented": figure.documented.lo,
        "believed": figure.believed,
    }


def _say_contested(each: Compared) -> None:
    was = {contest.says for contest in each.before.contested if contest.touches}
    would_be = {contest.says for contest in each.after.contested if contest.touches}
    for says in sorted(was - would_be):
        click.echo(f"  no longer contested: {says}")
    for says in sorted(would_be - was):
        click.secho(f"  contested: {says}", fg="yellow")
