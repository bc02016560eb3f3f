"""``tallystick review``: decisions about claims go out as a table and come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import finish_strict, say_issues, say_json

if TYPE_CHECKING:
    from tallystick.casework.review import Decided


@click.command()
@click.option(
    "-C", "--case", "folder", type=click.Path(path_type=Path), required=True, help="The case."
)
@click.option("--export", "out", type=click.Path(path_type=Path), help="Write the table here.")
@click.option(
    "--import", "table", type=click.Path(path_type=Path, exists=True), help="Read decisions here."
)
@click.option("--reviewer", default="local", show_default=True, help="Who decides (an opaque id).")
@click.option("--dry-run", is_flag=True, help="Say what would be kept, and keep nothing.")
@click.option("--strict", is_flag=True, help="Exit 3 while claims wait for review.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def review(
    folder: Path,
    out: Path | None,
    table: Path | None,
    reviewer: str,
    dry_run: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Export the claims as a CSV table, or import the decisions written into it.

    A row takes a verdict (accept, reject, correct, add) and, in its other cells, corrections; a
    dash empties a cell. A rejection needs a reason. The machine's reading stays beside every
    correction.
    """
    from tallystick.casework.case import Case
    from tallystick.casework.review import decide, review_page

    if (out is None) == (table is None):
        raise click.UsageError("Give one of --export FILE and --import FILE.")
    with Case.open(folder) as case:
        told: dict[str, object] = {}
        if out is not None and not dry_run:
            out.write_text(review_page(case), "utf-8")
        if table is not None:
            page = table.read_text("utf-8-sig")
            decided = decide(case, page, reviewer=reviewer, is_dry=dry_run)
            told = decided.as_json()
            if not as_json:
                _say(decided)
        waiting = sum(1 for item in case.ledger.standings() if item.state == "unreviewed")
    if as_json:
        say_json(told | {"waiting": waiting})
    else:
        click.echo(f"{waiting} claims wait for review.")
    finish_strict(strict, waiting > 0)


def _say(decided: Decided) -> None:
    click.echo(f"{len(decided.reviews)} decisions kept, {decided.repeated} were known already.")
    say_issues(decided.issues)
