"""`tallystick link`: persons out of lists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import finish_strict, say_issues, say_json

if TYPE_CHECKING:
    from tallystick.casework.link import Linking

__all__ = ["link"]

FAILED = 1
_A_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("lists", nargs=-1, required=True, type=_A_FILE)
@click.option("--mapping", type=_A_FILE, help='TOML: field = "its header in the list".')
@click.option("-o", "--out", type=_A_FILE, help="Write record_id,person_id,p_match here.")
@click.option("--verdicts", type=_A_FILE, help="JSON lines of what readers decided.")
@click.option("--before", type=_A_FILE, help="An earlier persons.csv: its person ids go on living.")
@click.option("--histories", type=_A_FILE, help="Write capture histories of every draw here.")
@click.option("--questions", default=0, help="Print so many questions for a reader, as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Answer in one JSON document.")
@click.option("--dry-run", is_flag=True, help="Link, but write nothing.")
@click.option("--strict", is_flag=True, help="Exit 3 if there are alarms.")
def link(
    lists: tuple[Path, ...], as_json: bool, dry_run: bool, strict: bool, **options: object
) -> None:
    """Link the victims in LISTS (.csv, .csv.gz, .xlsx; English or Arabic) to persons.

    Families killed together are kept apart. The number of distinct persons comes as an interval.
    """
    from tallystick.casework.link import link_files, written

    files = {name: value for name, value in options.items() if isinstance(value, Path)}
    inputs = {name: files[name] for name in ("mapping", "verdicts", "before") if name in files}
    linking = link_files(lists, tell=_tell, **inputs)
    if "out" in files and not dry_run:
        written(linking, files["out"], files.get("histories"))
    many = options["questions"]
    asked = linking.linked.questions(many) if isinstance(many, int) and many else []
    if as_json:
        extra = {"questions": [question.as_json() for question in asked]} if asked else {}
        say_json(linking.as_json() | extra)
    else:
        _say(linking)
        for question in asked:
            say_json(question.as_json())
    finish_strict(strict, bool(linking.linked.alarms))
    if not linking.is_done:
        sys.exit(FAILED)


def _tell(step: str) -> None:
    """Tell each step on a terminal, and nothing elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"  {step} …", err=True)


def _say(linking: Linking) -> None:
    linked = linking.linked
    count = linked.count
    click.echo(f"{len(linking.entries)} entries")
    click.echo(f"{count.n} distinct persons with a name, between {count.lo} and {count.hi}")
    click.echo(f"  ({count.method})")
    click.echo(f"{linked.unnamed} entries without a name, counted apart")
    click.echo(f"{len(linked.households)} households of two or more")
    click.echo(f"{len(linked.alarms)} alarms")
    say_issues(linking.issues)
