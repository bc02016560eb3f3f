"""``tallystick review``: decisions about claims, or about who is who, go out and come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import finish_strict, say_issues, say_json

if TYPE_CHECKING:
    from tallystick.casework.case import Case
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
@click.option("--links", is_flag=True, help="Decide who is who among the entries of lists instead.")
@click.option("--most", default=50, show_default=True, help="With --links: questions to export.")
@click.option("--dry-run", is_flag=True, help="Say what would be kept, and keep nothing.")
@click.option("--strict", is_flag=True, help="Exit 3 while claims wait for review.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def review(
    folder: Path,
    out: Path | None,
    table: Path | None,
    reviewer: str,
    links: bool,
    most: int,
    dry_run: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Export the claims as a CSV table, or import the decisions written into it.

    A row takes a verdict (accept, reject, correct, add) and, in its other cells, corrections; a
    dash empties a cell. A rejection needs a reason. The machine's reading stays beside every
    correction.

    With --links the table asks which entries of lists are one person, the questions first that
    may change the count most; a verdict is same, different or not-enough, with its reason. A file
    that ends in .jsonl holds JSON lines.
    """
    from tallystick.casework.case import Case

    if (out is None) == (table is None):
        raise click.UsageError("Give one of --export FILE and --import FILE.")
    with Case.open(folder) as case:
        if links:
            told, waiting = _links(case, out, table, reviewer, most, dry_run, as_json)
        else:
            told, waiting = _claims(case, out, table, reviewer, dry_run, as_json)
    if as_json:
        say_json(told)
    finish_strict(strict, waiting)


def _claims(
    case: Case, out: Path | None, table: Path | None, reviewer: str, dry_run: bool, as_json: bool
) -> tuple[dict[str, object], bool]:
    from tallystick.casework.review import decide, page_of, review_page

    told: dict[str, object] = {}
    if out is not None and not dry_run:
        out.write_text(review_page(case), "utf-8")
    if table is not None:
        page = page_of(table)
        decided = decide(case, page, reviewer=reviewer, is_dry=dry_run)
        told = decided.as_json()
        if not as_json:
            _say(decided)
    waiting = sum(1 for item in case.ledger.standings() if item.state == "unreviewed")
    if not as_json:
        click.echo(f"{waiting} claims wait for review.")
    return told | {"waiting": waiting}, waiting > 0


def _links(
    case: Case, out: Path | None, table: Path | None, reviewer: str, most: int, dry_run: bool,
    as_json: bool,
) -> tuple[dict[str, object], bool]:  # fmt: skip
    from tallystick.casework.disputed import disputed_links
    from tallystick.casework.review import page_of
    from tallystick.casework.verdicts import decide_links, questions_page

    told: dict[str, object] = {}
    if out is not None:
        as_lines = out.suffix == ".jsonl"
        page, many = questions_page(case, most, as_lines=as_lines, actor=reviewer, is_dry=dry_run)
        told = {"questions": many}
        if not dry_run:
            out.write_text(page, "utf-8")
        if not as_json:
            click.echo(f"{many} questions.")
    if table is not None:
        page, is_lines = page_of(table), table.suffix == ".jsonl"
        decided = decide_links(case, page, reader=reviewer, is_lines=is_lines, is_dry=dry_run)
        told = decided.as_json()
        if not as_json:
            click.echo(f"{len(decided.verdicts)} verdicts kept, {decided.repeated} known already.")
            click.echo("Run `tallystick link` for them to bind.")
            say_issues(decided.issues)
    disputed = disputed_links(case.ledger)
    if not as_json:
        click.echo(f"{len(disputed)} links are disputed.")
    return told | {"disputed": disputed}, bool(disputed)


def _say(decided: Decided) -> None:
    click.echo(f"{len(decided.reviews)} decisions kept, {decided.repeated} were known already.")
    say_issues(decided.issues)
