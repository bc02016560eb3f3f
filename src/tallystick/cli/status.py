"""`tallystick status`: say where a case stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import finish_strict, say_json

if TYPE_CHECKING:
    from tallystick.casework.status import Status

__all__ = ["status"]


@click.command()
@click.argument("case", type=click.Path(path_type=Path), required=False)
@click.option("-C", "--case", "case_option", type=click.Path(path_type=Path), help="The case.")
@click.option(
    "--strict", is_flag=True, help="Exit 3 if a claim, a contested figure or a disputed link waits."
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def status(case: Path | None, case_option: Path | None, strict: bool, as_json: bool) -> None:
    """Say what a CASE holds, what waits for a person, and what is wrong."""
    from tallystick.casework.case import Case
    from tallystick.casework.status import status as stand_of

    with Case.open(case or case_option or Path()) as opened:
        found = stand_of(opened)
    if as_json:
        say_json(found.as_json())
    else:
        click.echo("\n".join(_lines(found)))
    waits = sum(found.claims.get(state, 0) for state in ("unreviewed", "overtaken"))
    finish_strict(strict, bool(waits or found.contested or found.disputed))


def _lines(found: Status) -> list[str]:
    claims = ", ".join(f"{count} {state}" for state, count in found.claims.items()) or "none"
    return [
        found.title,
        f"sources     {found.sources}, of which {len(found.unread)} unread",
        f"claims      {claims}",
        f"statements  {found.statements}",
        *_persons(found),
        f"figures     {found.figures}, of which {found.contested} contested",
        f"published   {found.publications}",
        *(f"issue       {count} × {code}" for code, count in found.issues.items()),
        f"journal     {found.head.size} entries, the last at {found.last}",
    ]


def _persons(found: Status) -> list[str]:
    if found.persons is None:
        return [f"lists       {found.lists}, not linked"] if found.lists else []
    n, lo, hi = (found.persons[name] for name in ("n", "lo", "hi"))
    said = ", ".join(f"{count} {says}" for says, count in found.links.items()) or "none"
    return [
        f"lists       {found.lists}",
        f"persons     {n} with a name, between {lo} and {hi}",
        f"verdicts    {said}; {found.disputed} disputed",
    ]
