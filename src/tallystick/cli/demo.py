"""``tallystick demo``: the coast case, from documents to defended figures."""

from __future__ import annotations

from pathlib import Path

import click

from tallystick.cli.door import say_json


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("tallystick-demo"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def demo(folder: Path, as_json: bool) -> None:
    """Build the case of the Syrian coast in March 2025 in FOLDER (default ./tallystick-demo).

    Needs no network. The documents are in our own words; their figures were published by the
    organisations that each document names.
    """
    from tallystick.casework.demo import demo as build
    from tallystick.cli.reckon import say_figure

    built = build(folder, say=(lambda _: None) if as_json else click.echo)
    if as_json:
        say_json(built.as_json())
        return
    click.echo(f"\n{built.status.title}\n")
    for figure in built.headline:
        say_figure(figure)
        click.echo()
    for verb, why in built.left_out.items():
        click.echo(f"not run: {verb} {why}")
    click.echo(f"\nThe report: {built.report}")
    click.echo(f"Ask further: tallystick reckon -C {folder} --where SY-TA --as-of 2025-03-11")
