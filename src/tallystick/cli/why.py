"""``tallystick why``: which claims carry a figure, and what would move it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tallystick.cli.door import say_issues, say_json
from tallystick.cli.reckon import asking, evidence, options_of, query_of, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tallystick.reckoning import Reason
    from tallystick.records import Query

__all__ = ["why"]


@click.command()
@click.argument("claims", metavar="[CLAIMS|FIGURE]", default="-")
@click.option("-C", "--case", type=click.Path(path_type=Path), help="A case, instead of CLAIMS.")
@click.option("--places", type=click.Path(path_type=Path), help="The case's places.csv.")
@click.option("--actors", type=click.Path(path_type=Path), help="The case's actors.csv.")
@asking
@settings
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def why(
    claims: str,
    case: Path | None,
    places: Path | None,
    actors: Path | None,
    as_json: bool,
    **asked: object,
) -> None:
    """Say which claims carry a figure, what it falls to without each, and what would raise it.

    CLAIMS is a file of JSON lines as `read --jsonl` prints them, or -. With -C CASE it may be the
    id of a figure that the case keeps (f-…), else the options ask.
    """
    from tallystick.reckoning import explain

    query = query_of(asked)
    if case is not None and claims != "-":
        query = _query_of_figure(case, claims)
    held = evidence(claims, case, places, actors)
    reason, issues = explain(
        held.claims,
        query,
        places=held.ground.places,
        actors=held.ground.actors,
        options=held.options(options_of(asked)),
    )
    say_issues((*held.ground.issues, *held.issues, *issues))
    if as_json:
        say_json(reason.as_json())
    else:
        say_reason(reason)


def _query_of_figure(case: Path, name: str) -> Query:
    from tallystick.casework.case import Case
    from tallystick.records import Query

    with Case.open(case) as opened:
        return Query.from_json(cast("Mapping[str, object]", opened.ledger.figure(name)["query"]))


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
