"""`tallystick link`: persons out of lists."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import finish_strict, say_issues, say_json

if TYPE_CHECKING:
    from tallystick.casework.link import Linking
    from tallystick.linking import Means

__all__ = ["link"]

FAILED = 1
STEPS = 6
_A_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("lists", nargs=-1, type=_A_FILE)
@click.option("-C", "--case", "folder", type=_A_FILE, help="Link the preserved lists of a case.")
@click.option("--mapping", type=_A_FILE, help='TOML: field = "its header in the list".')
@click.option("-o", "--out", type=_A_FILE, help="Write record_id,person_id,p_match here.")
@click.option("--verdicts", type=_A_FILE, help="JSON lines of what readers decided.")
@click.option("--before", type=_A_FILE, help="An earlier persons.csv: its person ids go on living.")
@click.option("--histories", type=_A_FILE, help="Write capture histories of every draw here.")
@click.option("--questions", default=0, help="Print so many questions for a reader, as JSON.")
@click.option(
    "--engine",
    default="here",
    show_default=True,
    help="here, duckdb (spills to disk), or a Spark master such as local[2].",
)
@click.option("--splink", is_flag=True, help="Let Splink score the pairs, if it is installed.")
@click.option("--learn", is_flag=True, help="With -C: fit the model's scale to readers' verdicts.")
@click.option("--actor", default="local", show_default=True, help="Opaque id of who lets link.")
@click.option("--json", "as_json", is_flag=True, help="Answer in one JSON document.")
@click.option("--dry-run", is_flag=True, help="Link, but write nothing.")
@click.option("--strict", is_flag=True, help="Exit 3 if there are alarms.")
def link(
    lists: tuple[Path, ...],
    folder: Path | None,
    as_json: bool,
    dry_run: bool,
    strict: bool,
    **options: object,
) -> None:
    """Link the victims in LISTS (.csv, .csv.gz, .xlsx; English or Arabic) to persons.

    Families killed together are kept apart. The number of distinct persons comes as an interval.

    With -C, the preserved lists of a case are linked; persons, households and draws are kept in
    its journal, ids live on, and the verdicts of readers (`review --links`) bind.
    """
    from tallystick.casework.engine import engine_named
    from tallystick.casework.link import written
    from tallystick.linking import Means

    files = {name: value for name, value in options.items() if isinstance(value, Path)}
    _check(lists, folder, {*files} | ({"splink"} if options["splink"] else set()))
    with _steps() as tell, engine_named(str(options["engine"])) as engine:
        means = Means(tell=tell, engine=engine)
        if folder is None:
            linking = _plain(lists, files, means, by_splink=bool(options["splink"]))
        else:
            linking = _case(folder, files, options, dry_run, means)
    if not dry_run:
        written(linking, files.get("out"), files.get("histories"))
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


def _check(lists: tuple[Path, ...], folder: Path | None, given: set[str]) -> None:
    if bool(lists) == bool(folder):
        raise click.UsageError("Give lists, or -C CASE to link those that were preserved in it.")
    only_plain = [f"--{name}" for name in ("verdicts", "before", "splink") if name in given]
    if folder and only_plain:
        raise click.UsageError(f"{' and '.join(only_plain)}: only without -C.")


def _plain(
    lists: tuple[Path, ...], files: dict[str, Path], means: Means, *, by_splink: bool
) -> Linking:
    from tallystick.casework.engine import splink_if
    from tallystick.casework.link import link_files

    return link_files(
        lists,
        mapping=files.get("mapping"),
        verdicts=files.get("verdicts"),
        before=files.get("before"),
        means=means,
        model=splink_if(by_splink),
    )


def _case(
    folder: Path,
    files: dict[str, Path],
    options: dict[str, object],
    dry_run: bool,
    means: Means,
) -> Linking:
    from tallystick.casework.case import Case
    from tallystick.casework.link_case import LinkAsked, link_case
    from tallystick.casework.lists import mapping_of

    mapping = mapping_of(files.get("mapping"))
    with Case.open(folder) as case:
        return link_case(
            case,
            asked=LinkAsked(mapping, bool(options["learn"])),
            actor=str(options["actor"]),
            is_dry=dry_run,
            means=means,
        )


@contextmanager
def _steps() -> Iterator[Callable[[str], None]]:
    """Show on a terminal which step of linking is being done; show nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=STEPS)
        done: list[str] = []

        def tell(step: str) -> None:
            kind = step.split()[0]
            if kind not in done:
                done.append(kind)
            bar.update(task, description=step, completed=len(done) - 1)

        yield tell


def _say(linking: Linking) -> None:
    linked = linking.linked
    count = linked.count
    click.echo(f"{len(linking.entries)} entries")
    click.echo(f"{count.n} distinct persons with a name, between {count.lo} and {count.hi}")
    click.echo(f"  ({count.method})")
    click.echo(f"at most {linked.blocking:.0%} of the pairs of one person were compared")
    click.echo(f"{linked.unnamed} entries without a name, counted apart")
    click.echo(f"{len(linked.households)} households of two or more")
    click.echo(f"{len(linked.alarms)} alarms")
    say_issues(linking.issues)
