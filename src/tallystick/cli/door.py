"""Open the command line: find the verb, show troubles in words, end with the right exit code.

Exit codes: 0 done, 1 something asked for could not be done, 2 usage, 3 done but contested, to be
reviewed or refused (only with ``--strict``), 4 integrity broken.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from tallystick import __version__
from tallystick.errors import BrokenSeal, Trouble

__all__ = [
    "VERBS",
    "finish_strict",
    "main",
    "progress",
    "say_issues",
    "say_json",
    "say_trouble",
]

# In the order of the work, as `tallystick --help` lists them.
VERBS = (
    "demo",
    "new",
    "preserve",
    "read",
    "review",
    "link",
    "reckon",
    "estimate",
    "replicate",
    "publish",
    "look",
    "why",
    "prove",
    "verify",
    "status",
)
BROKEN, CONTESTED, FAILED = 4, 3, 1
Thing = TypeVar("Thing")

if TYPE_CHECKING:
    from tallystick.records import Issue


class Verbs(click.Group):
    """Import the file of a verb only when that verb is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in VERBS:
            return None
        command = getattr(importlib.import_module(f"tallystick.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tallystick")
@click.option("--debug", is_flag=True, help="Show the stack trace of a trouble.")
@click.pass_context
def tallystick(ctx: click.Context, debug: bool) -> None:
    """Turn reports of the dead and the displaced into figures that can be defended."""
    ctx.obj = {"debug": debug}


def main() -> None:
    """Run the command line and exit."""
    debug = "--debug" in sys.argv[1:2]
    try:
        tallystick(prog_name="tallystick", standalone_mode=True)
    except Trouble as trouble:
        if debug:
            raise
        say_trouble(trouble)
        sys.exit(BROKEN if isinstance(trouble, BrokenSeal) else FAILED)


def say_trouble(trouble: Trouble) -> None:
    """Print the three parts of a trouble to standard error."""
    click.secho(trouble.what, err=True, fg="red")
    if trouble.where:
        click.echo(f"  where: {trouble.where}", err=True)
    if trouble.then:
        click.echo(f"  next:  {trouble.then}", err=True)


def say_issues(issues: Iterable[Issue], *, most: int = 20) -> None:
    """Print what is wrong with the evidence to standard error, a line an issue."""
    listed = list(issues)
    for issue in listed[:most]:
        where = issue.where
        told = where if isinstance(where, str) else f"{where.source} {where.start}..{where.end}"
        click.echo(f"{issue.weight}: {issue.says} [{told}] {issue.then}", err=True)
    if len(listed) > most:
        click.echo(f"… and {len(listed) - most} more; --json lists them all.", err=True)


def say_json(value: object) -> None:
    """Print one JSON document to standard output, in the same bytes for the same value."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=False))


def finish_strict(is_strict: bool, needs_eyes: bool) -> None:
    """With ``--strict``, exit 3 when something is contested, to be reviewed, or refused."""
    if is_strict and needs_eyes:
        sys.exit(CONTESTED)


@contextmanager
def progress(
    things: Iterable[Thing], *, label: str, total: int | None = None
) -> Iterator[Iterable[Thing]]:
    """Show a bar on a terminal while the things are passed on; show nothing elsewhere."""
    if not sys.stderr.isatty():
        yield things
        return
    from rich.console import Console
    from rich.progress import track

    yield track(things, description=label, total=total, console=Console(stderr=True))
