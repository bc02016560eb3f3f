"""`tallystick verify`: check that nothing in a case was changed behind its journal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tallystick.cli.door import progress, say_json, say_trouble

__all__ = ["verify"]

BROKEN = 4


@click.command()
@click.argument("case", type=click.Path(path_type=Path), required=False)
@click.option("-C", "--case", "case_option", type=click.Path(path_type=Path), help="The case.")
@click.option("--head", metavar="SIZE:ROOT", help="A head remembered from an earlier check.")
@click.option("--replay", is_flag=True, help="First rebuild the tables from the journal.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def verify(
    case: Path | None, case_option: Path | None, head: str | None, replay: bool, as_json: bool
) -> None:
    """Check a CASE: every entry, every table, every preserved byte.

    Each place that is not as it was sealed is named, and the exit code is 4.
    """
    from tallystick.casework.verify import head_of
    from tallystick.casework.verify import verify as check

    folder = case or case_option or Path()
    old = head_of(head) if head else (0, "")
    found = check(folder, old_head=old, replay=replay, watch=_bar)
    if as_json:
        say_json(found.as_json())
    else:
        for trouble in found.broken:
            say_trouble(trouble)
        word = f"{len(found.broken)} broken" if found.broken else "All as it was sealed"
        click.echo(f"{word}: {found.entries} entries, {found.blobs} preserved files checked.")
        click.echo(f"Head to remember: {found.head.size}:{found.head.root}")
        if found.strays:
            click.echo(f"{found.strays} files in the vault belong to no entry; they do no harm.")
    if found.broken:
        sys.exit(BROKEN)


def _bar(digests: list[str]) -> Iterator[str]:
    with progress(digests, label="hashing", total=len(digests)) as shown:
        yield from shown
