"""`tallystick preserve`: take sources into a case."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import progress, say_json

if TYPE_CHECKING:
    from tallystick.casework.preserve import Kept
    from tallystick.preserving import Found

__all__ = ["preserve"]

FAILED = 1


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-C", "--case", required=True, type=click.Path(path_type=Path), help="The case.")
@click.option("--actor", default="local", show_default=True, help="Opaque id of who brings them.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def preserve(files: tuple[Path, ...], case: Path, actor: str, dry_run: bool, as_json: bool) -> None:
    """Take FILES and folders of them into a case: .txt .md .html .csv .xlsx .jsonl.

    Each line that begins with "kept" or "again" is durable when it is printed.
    One bad file does not stop the others; if there is one, the exit code is 1.
    """
    from tallystick.casework.case import Case
    from tallystick.casework.preserve import preserve as take_in

    done: list[Kept] = []
    with Case.open(case) as opened:
        for kept in take_in(opened, files, actor=actor, is_dry=dry_run, watch=_bar):
            done.append(kept)
            if not as_json:
                _say(kept, dry_run)
    if as_json:
        say_json({"dry_run": dry_run, "preserved": [kept.as_json() for kept in done]})
    elif dry_run:
        click.echo("Nothing was written.")
    if not all(kept.is_done for kept in done):
        sys.exit(FAILED)


def _bar(found: Sequence[Found]) -> Iterator[Found]:
    with progress(found, label="preserving", total=len(found)) as shown:
        yield from shown


def _say(kept: Kept, is_dry: bool) -> None:
    if kept.source is not None:
        word = "kept " if kept.is_new else "again"
        click.echo(f"{'would be ' if is_dry else ''}{word} {kept.source.id}  {kept.name}")
    for issue in kept.issues:
        click.secho(f"{issue.code}: {issue.says}", err=True, fg=_COLOURS[issue.weight])
        click.echo(f"  where: {issue.where}\n  next:  {issue.then}", err=True)
    sys.stdout.flush()


_COLOURS = {"fault": "red", "warning": "yellow", "note": None}
