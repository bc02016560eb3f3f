"""``tallystick publish``: one offline report of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import click

from tallystick.cli.door import finish_strict, say_json


@click.command()
@click.option("-C", "--case", "folder", type=click.Path(path_type=Path), required=True)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder of the report."
)
@click.option("--profile", default="public", show_default=True, help="What may be shown.")
@click.option(
    "--whole-text",
    "whole_texts",
    multiple=True,
    metavar="SOURCE",
    help="Print the whole text of this public source, with all names in it; may be repeated.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="What could be said that day.")
@click.option("--actor", default="local", show_default=True, help="Opaque id of who publishes.")
@click.option("--dry-run", is_flag=True, help="Reckon and say what would be written.")
@click.option("--strict", is_flag=True, help="Exit 3 if a figure is contested.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def publish(
    folder: Path,
    out: Path,
    profile: str,
    whole_texts: tuple[str, ...],
    as_of: dt.datetime | None,
    actor: str,
    dry_run: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Write the report: pages in which every number leads to its proof, quotes and sources."""
    from tallystick.casework.case import Case
    from tallystick.casework.publish import publish as publish_case
    from tallystick.casework.publish import would_publish
    from tallystick.publishing import Release

    release = Release(profile, frozenset(whole_texts))
    day = as_of.date() if as_of else None
    with Case.open(folder) as case:
        if dry_run:
            told = would_publish(case, release=release, as_of=day)
            say_json(told) if as_json else _say_what_would_go_out(told)
            return
        report, reckoned = publish_case(case, out, release=release, as_of=day, actor=actor)
    contested = sum(1 for figure in reckoned.figures if figure.is_contested)
    if as_json:
        say_json(report.as_json() | {"out": str(out), "contested": contested})
    else:
        click.echo(f"{len(report.files)} files, {contested} contested figures.")
        for source in report.whole_texts:
            click.echo(f"The whole text of {source} is in it, with all names, as you asked.")
        click.echo(f"Open {out / 'index.html'}")
    finish_strict(strict, contested > 0)


def _say_what_would_go_out(told: Mapping[str, object]) -> None:
    """Say what to look at before it is out; ids only, since the names are the question."""
    unknown = told["named_by_words"]
    assert isinstance(unknown, list), "a list of ids"
    if unknown:
        click.echo("Only the words of a text name who tells, perhaps a witness or a relative:")
        click.echo(f"  {', '.join(unknown)}")
        click.echo("  Look at each (tallystick look ID); restrict its source, or name who tells")
        click.echo("  in actors.csv.")
    click.echo(f"{told['figures']} figures; nothing written.")
