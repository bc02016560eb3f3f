"""``tallystick why``: which claims carry a figure, and what would move it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tallystick.cli.door import say_issues, say_json
from tallystick.cli.named import named_in, naming
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
@naming
@click.option("--jumps", is_flag=True, help="Also how each running total moved, and by what.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def why(
    claims: str,
    case: Path | None,
    places: Path | None,
    actors: Path | None,
    jumps: bool,
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
    held = evidence(claims, case, places, actors, named=named_in(asked))
    reason, issues = explain(
        held.claims,
        query,
        places=held.ground.places,
        actors=held.ground.actors,
        options=held.options(options_of(asked)),
        listed=held.listed,
    )
    say_issues((*held.ground.issues, *held.issues, *issues))
    if as_json:
        say_json(reason.as_json())
        return
    say_reason(reason)
    if jumps:
        _say_jumps(reason)


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
    _say_ranges(reason)
    _say_without(reason)
    for way, lo in reason.soft.items():
        means = {"exact": "if “about” and vague words were exact", "out": "if they were left out"}
        click.echo(f"\n{means[way]}: {lo:,}")
    for title, words in (
        ("would be raised by", list(reason.raised_by)),
        ("does not rest on", _by_reason(reason)),
    ):
        if words:
            click.echo(f"\n{title}")
            for line in words:
                click.echo(f"  {line}")


def _say_ranges(reason: Reason) -> None:
    """Print what each teller's own tally says, where it follows from a sum."""
    told = [own for own in reason.ranges if "=" in own.at_least + own.at_most]
    for own in told:
        hi = "no upper end" if own.hi is None else f"{own.hi:,}"
        click.echo(f"\n{own.originator} itself: {own.lo:,} to {hi}")
        for name, sums in (("at least", own.at_least), ("at most", own.at_most)):
            if sums:
                click.echo(f"  {name:<9}{sums}")


def _say_jumps(reason: Reason) -> None:
    click.echo("\nhow the running totals moved")
    before = ""
    for jump in reason.jumps:
        edition = f" ({jump.edition})" if jump.edition else ""
        head = f"{jump.originator}{edition} | {jump.scope}"
        if head != before:
            click.echo(f"  {head}")
        click.echo(f"    {jump.says}")
        before = head


def _say_without(reason: Reason) -> None:
    """Print the table of influence: each bound without each originator."""
    if not reason.without:
        return
    width = max(len(each.without) for each in reason.without)
    names = ("corroborated", "withstands", "single", "documented", "believed")
    click.echo(f"\n{'without':<{width + 2}}  {'  '.join(names)}")
    for each in reason.without:
        told = each.as_json()
        numbers = (f"{told[name]:>{len(name)},}" for name in names)
        click.echo(f"  {each.without:<{width}}  {'  '.join(numbers)}")


def _by_reason(reason: Reason) -> list[str]:
    grouped: dict[str, list[str]] = {}
    for aside in reason.aside:
        grouped.setdefault(aside.reason, []).append(aside.claim)
    return [f"{len(ids)} claims ({', '.join(ids[:3])}…): {why}" for why, ids in grouped.items()]
