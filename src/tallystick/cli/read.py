"""`tallystick read`: claims out of texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import progress, say_issues, say_json

if TYPE_CHECKING:
    from tallystick.casework.read import Asked, ReadFile
    from tallystick.reading import Explanation
    from tallystick.records import Issue

__all__ = ["read"]

FAILED = 1


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("-C", "--case", type=click.Path(path_type=Path), help="A case, instead of FILES.")
@click.option("--again", is_flag=True, help="With -C: also what this reader has read already.")
@click.option("--dry-run", is_flag=True, help="With -C: keep nothing in the case.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication.")
@click.option("--lang", type=click.Choice(["en", "ar", "es", "fr"]), help="Language of the texts.")
@click.option("--outlet", default="", help="Who published them.")
@click.option("--places", type=click.Path(exists=True, path_type=Path), help="A places.csv.")
@click.option("--actors", type=click.Path(exists=True, path_type=Path), help="An actors.csv.")
@click.option("--jsonl", "as_lines", is_flag=True, help="Print one JSON object a line.")
@click.option("--json", "as_json", is_flag=True, help="Answer in one JSON document.")
@click.option("--explain", is_flag=True, help="Tell rules, slots, and what was rejected and why.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
def read(
    files: tuple[Path, ...],
    case: Path | None,
    again: bool,
    dry_run: bool,
    published: datetime | None,
    lang: str | None,
    outlet: str,
    places: Path | None,
    actors: Path | None,
    as_lines: bool,
    as_json: bool,
    explain: bool,
    jobs: int,
) -> None:
    """Read who says how many people were harmed, where, when and by whom out of FILES.

    Every claim carries the words it was read from. A .jsonl file of {"id", "text", "lang"?,
    "pub_date"?, "category"?} gives one answer a line, in order, also for a line that is bad.
    """
    from tallystick.casework.read import Asked

    if (case is None) == (not files):
        raise click.UsageError("Give FILES, or a case with -C.")
    if case is not None:
        _read_case(case, again=again, is_dry=dry_run, as_json=as_json or as_lines)
        return
    asked = Asked(
        published=published.date() if published else None,
        lang=lang,
        outlet=outlet,
        places=places.read_text(encoding="utf-8-sig") if places else "",
        actors=actors.read_text(encoding="utf-8-sig") if actors else "",
        explain=explain,
    )
    lines = [file for file in files if file.suffix == ".jsonl" and file.is_file()]
    for file in lines:
        _read_lines(file, asked, jobs)
    others = [file for file in files if file not in lines]
    if others and not _read_files(others, asked, as_lines=as_lines, as_json=as_json):
        sys.exit(FAILED)


def _read_case(folder: Path, *, again: bool, is_dry: bool, as_json: bool) -> None:
    from tallystick.casework.admission import unreviewed
    from tallystick.casework.case import Case
    from tallystick.casework.read_case import Due, read_case

    def bar(due: Sequence[Due]) -> Iterator[Due]:
        with progress(due, label="reading", total=len(due)) as shown:
            yield from shown

    told: list[dict[str, object]] = []
    with Case.open(folder) as case:
        for done in read_case(case, again=again, is_dry=is_dry, watch=bar):
            told.append(done.as_json())
            if not as_json:
                claims, sayings = len(done.reading.claims), len(done.reading.statements)
                click.echo(f"{claims:>4} claims {sayings:>3} statements  {done.source.name}")
                say_issues(done.reading.issues)
        waiting = unreviewed(case.ledger.standings())
    if as_json:
        say_json({"dry_run": is_dry, "read": told, "waiting": waiting})
    else:
        click.echo(f"{waiting} claims wait for review. Next: tallystick review -C {folder}")


def _read_lines(file: Path, asked: Asked, jobs: int) -> None:
    from tallystick.casework.read import read_lines

    with file.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
        for answer in read_lines(lines, asked, jobs=jobs):
            sys.stdout.write(answer + "\n")


def _read_files(files: list[Path], asked: Asked, *, as_lines: bool, as_json: bool) -> bool:
    from tallystick.casework.case import now
    from tallystick.casework.read import read_files

    is_done = True
    told: list[dict[str, object]] = []
    for read_file in read_files(files, asked, retrieved=now()):
        is_done &= read_file.is_done
        if as_lines:
            for record in _records(read_file):
                sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        elif as_json:
            told.append(_as_json(read_file))
        else:
            _say(read_file)
    if as_json and not as_lines:
        say_json({"read": told})
    return is_done


def _say_rest(explanation: Explanation) -> None:
    """Tell the figures that became no claim, and how the totals were added."""
    for one in explanation.left_out:
        click.echo(f"  left out: {one.kind} {one.lo} “{one.words}” ({one.rule}): {one.why}")
    for line in explanation.totals:
        click.echo(f"  total: {line}")


def _records(read_file: ReadFile) -> Iterator[dict[str, object]]:
    reading = read_file.reading
    if reading is not None:
        yield from (claim.as_json() for claim in reading.claims)
        yield from (statement.as_json() for statement in reading.statements)
        yield from ({"type": "person", **person} for person in reading.persons)
    yield from (issue.as_json() for issue in _issues(read_file))


def _issues(read_file: ReadFile) -> Iterable[Issue]:
    return (*read_file.issues, *(read_file.reading.issues if read_file.reading else ()))


def _as_json(read_file: ReadFile) -> dict[str, object]:
    reading = read_file.reading
    told: dict[str, object] = {
        "name": read_file.name,
        "source": read_file.source.as_json() if read_file.source else None,
        "claims": [claim.as_json() for claim in reading.claims] if reading else [],
        "statements": [one.as_json() for one in reading.statements] if reading else [],
        "persons": [dict(person) for person in reading.persons] if reading else [],
        "totals": dict(reading.totals) if reading else {},
        "issues": [issue.as_json() for issue in _issues(read_file)],
    }
    if reading is not None and reading.explanation is not None:
        told["explained"] = reading.explanation.as_json()
    return told


def _say(read_file: ReadFile) -> None:
    from tallystick.records import print_claims

    reading = read_file.reading
    click.secho(read_file.name, bold=True)
    if reading is not None and reading.claims:
        click.echo(print_claims(reading.claims))
        for claim in reading.claims:
            click.echo(f"  {claim.id}  “{' '.join(claim.quote.split())}”  {claim.method}")
            for line in reading.explanation.lines(claim.id) if reading.explanation else ():
                click.echo(f"      {line}")
    for statement in reading.statements if reading else ():
        against = f" against {statement.against_words}" if statement.against_words else ""
        click.echo(f"  {statement.kind} by {statement.speaker_words}{against}: {statement.about}")
    if reading is not None and reading.explanation is not None:
        _say_rest(reading.explanation)
    say_issues(_issues(read_file))
