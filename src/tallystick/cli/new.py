"""`tallystick new`: open a case in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from tallystick.cli.door import say_json

__all__ = ["new"]


@click.command()
@click.argument("case", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="", help="Title of the case; the folder's name if not given.")
@click.option("--lang", default="en", show_default=True, help="Language of its reports.")
@click.option("--window", metavar="A..B", help="Days within which events of unknown day lie.")
@click.option("--timezone", default="UTC", show_default=True, help="Such as Asia/Damascus.")
@click.option("--actor", default="local", show_default=True, help="Opaque id of who opens it.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def new(case: Path, actor: str, dry_run: bool, as_json: bool, **told: str | None) -> None:
    """Open a case in the folder CASE.

    A tallystick.toml, places.csv or actors.csv that lies there already is taken over.
    """
    from tallystick.casework.case import Settings
    from tallystick.casework.new import new as open_new

    is_told = any(_was_given(name) for name in told)
    title = told.pop("title") or case.resolve().name
    settings = Settings.from_json({"title": title, **told}) if is_told else None
    if not dry_run:
        with open_new(case, settings, actor=actor) as opened:
            settings, head = opened.settings, opened.ledger.head.as_json()
    if as_json:
        shown = settings.as_json() if settings else None
        say_json({"case": str(case), "settings": shown, "head": None if dry_run else head})
    elif dry_run:
        click.echo(f"Would open a case in {case}.")
    else:
        click.echo(f"Opened {case}. Next: tallystick preserve -C {case} FILE…")


def _was_given(name: str) -> bool:
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.COMMANDLINE
