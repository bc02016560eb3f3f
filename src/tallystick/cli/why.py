"""``tallystick why``: which claims carry a figure, and what would move it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import say_issues, say_json
from tallystick.cli.reckon import asking, lines_of, options_of, query_of, settings

if TYPE_CHECKING:
    from tallystick.reckoning import Reason

__all__ = ["why"]


@click.command()
@click.argument("claims", default="-")
@click.option("--places", type=click.Path(path_type=Path), help="The case's places.csv.")
@click.option("--actors", type=click.Path(path_type=Path), help="The case's actors.csv.")
@asking
@settings
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def why(
    claims: str, places: Path | None, actors: Path | None, as_json: bool, **asked: object
) -> None:
    """Say which of CLAIMS carry a figure, what it falls to without each, and what would raise it.

    CLAIMS is a file of JSON lines as `read --jsonl` prints them, or -.
    """
    from tallystick.casework.grounds import grounds_of
    from tallystick.casework.reckon import claims_of_lines
    from tallystick.reckoning import explain

    query, options = query_of(asked), options_of(asked)
    ground = grounds_of(places, actors)
    told, bad = claims_of_lines(lines_of(claims), name=claims if claims != "-" else "input")
    reason, issues = explain(
        told, query, places=ground.places, actors=ground.actors, options=options
    )
    say_issues((*ground.issues, *bad, *issues))
    if as_json:
        say_json(reason.as_json())
    else:
        say_reason(reason)


def say_reason(reason: Reason) -> None:
    """Print why a figure says what it says."""
    click.secho(reason.says, bold=True)
    for share in reason.shares:
        click.echo(f"\n{share.originator}: {share.people} in {', '.join(share.cells)}")
        for claim in share.claims:
            falls = "" if claim.falls_to is None else f"  (without it {claim.falls_to:,})"
            click.echo(f"  {claim.holds:<8} {claim.line}{falls}")
            if claim.quote:
                click.echo(f"           “{claim.quote}” {claim.source}")
    for title, words in (
        ("without", [f"{name}: {lo:,}" for name, lo in reason.without.items()]),
        ("would be raised by", list(reason.raised_by)),
        ("does not rest on", _by_reason(reason)),
    ):
        if words:
            click.echo(f"\n{title}")
            for line in words:
                click.echo(f"  {line}")


def _by_reason(reason: Reason) -> list[str]:
    grouped: dict[str, list[str]] = {}
    for aside in reason.aside:
        grouped.setdefault(aside.reason, []).append(aside.claim)
    return [f"{len(ids)} claims ({', '.join(ids[:3])}…): {why}" for why, ids in grouped.items()]
