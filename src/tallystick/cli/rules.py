"""Print what other organisations' rules make of one incident (``reckon --rule``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import say_json

if TYPE_CHECKING:
    from tallystick.casework.grounds import Grounds
    from tallystick.reckoning import RuleFigure, RuleSetting
    from tallystick.records import Claim, Issue, Query

__all__ = ["say_rules", "setting_for"]

_HEAD = ("rule", "killed", "best", "injured", "grade", "unverified")


def setting_for(
    asked: Mapping[str, object], lines: Sequence[str], name: str, ground: Grounds
) -> tuple[RuleSetting, tuple[Issue, ...]]:
    """Return what is known of the incident beside its claims, and what is wrong with it.

    Args:
        asked: The options of the command; ``given`` holds the words.
        lines: The JSON lines, whose statements are read.
        name: What issues call the file.
        ground: Places and actors.
    """
    from tallystick.casework.reckon_by_rule import setting_of, statements_of_lines

    statements, issues = statements_of_lines(lines, name=name)
    words = asked["given"]
    assert isinstance(words, tuple), "an option that may be given again is a tuple"
    return setting_of(words, statements, ground), issues


def say_rules(
    rule: str, claims: Sequence[Claim], query: Query, setting: RuleSetting, *, as_json: bool
) -> None:
    """Count by one rule, or by all, and print a table with the reasons below."""
    from tallystick.casework.reckon_by_rule import reckon_by_rule

    figures = reckon_by_rule(rule, claims, query, setting)
    if as_json:
        say_json([figure.as_json() for figure in figures])
        return
    _say_table(figures)
    for figure in figures:
        _say_reason(figure)


def _say_table(figures: Sequence[RuleFigure]) -> None:
    from tallystick.reckoning import rule_table

    rows = [_HEAD, *(row[: len(_HEAD)] for row in rule_table(figures))]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    for i, row in enumerate(rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.secho("  ".join(cells).rstrip(), bold=i == 0)


def _say_reason(figure: RuleFigure) -> None:
    click.secho(f"\n{figure.rule}", bold=True)
    click.echo(f"  {figure.reason}")
    for note in figure.notes:
        click.echo(f"  note: {note}")
    if figure.events:
        click.echo(f"  events: {', '.join(str(share.people) for share in figure.events)}")
    if figure.columns:
        click.echo(f"  columns: {', '.join(f'{name} {n}' for name, n in figure.columns)}")
    if figure.set_aside:
        click.echo(f"  set aside: {len(figure.set_aside)} claims (--json says which and why)")
