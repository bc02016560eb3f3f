"""``tallystick look``: any record of a case, its quote and its history."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tallystick.cli.door import say_json


@click.command()
@click.argument("name", metavar="ID")
@click.option(
    "-C", "--case", "folder", type=click.Path(path_type=Path), required=True, help="The case."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def look(name: str, folder: Path, as_json: bool) -> None:
    """Show a record (source, claim, statement, figure …) with its words and its history."""
    from tallystick.casework.case import Case
    from tallystick.casework.look import look as look_at

    with Case.open(folder) as case:
        looked = look_at(case, name)
    if as_json:
        say_json(looked.as_json())
        return
    if looked.line:
        click.echo(looked.line)
    for kind, told in looked.records:
        click.secho(f"\n{kind} {name}", bold=True)
        for field, value in told.items():
            if value not in (None, "", [], {}):
                click.echo(f"  {field}: {_plain(value)}")
    if looked.quote:
        click.secho("\nin its words", bold=True)
        click.echo(f"  … {looked.quote} …")
    click.secho("\nhistory", bold=True)
    for entry in looked.history:
        click.echo(f"  {entry['seq']}  {entry['ts']}  {entry['act']}  by {entry['actor']}")


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
