"""`tallystick estimate`: how many people nobody recorded, or why it cannot be said."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tallystick.cli.door import finish_strict, say_issues, say_json
from tallystick.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from tallystick.casework.estimate import Estimated
    from tallystick.estimating import Settings
    from tallystick.records import Estimate

__all__ = ["estimate"]

METHODS = ("lcmcr", "dga", "loglinear", "chapman", "drpop", "all")


class ExtraNotInstalled(NotFound):
    """The packages that estimating needs are not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"Estimating needs the package {package}, which is not installed.",
            then="install it with `pip install 'tallystick[estimate]'`.",
        )


@click.command()
@click.argument("histories", type=click.Path(path_type=Path), required=False)
@click.option("-C", "--case", type=click.Path(path_type=Path), help="Keep the answers in a case.")
@click.option("--method", type=click.Choice(METHODS), default="lcmcr", show_default=True)
@click.option("--by", multiple=True, metavar="COLUMN", help="Make strata of a column's values.")
@click.option("--classes", default=10, show_default=True, help="Latent classes at most (lcmcr).")
@click.option("--delta", default="2^-L", show_default=True, help="Prior per cell (dga).")
@click.option(
    "--max-missing",
    default="20n",
    show_default=True,
    help="Unrecorded people at most; n: observed.",
)
@click.option("--ess", type=click.FloatRange(min=400), help="Independent draws to stop at (lcmcr).")
@click.option(
    "--rounds",
    type=click.IntRange(min=1000),
    default=24_000,
    show_default=True,
    help="Of each chain, until it is given up (lcmcr).",
)
@click.option("--seed", default=1, show_default=True, help="Same seed, same figures.")
@click.option("--jobs", default=1, show_default=True, help="Threads; figures do not depend on it.")
@click.option("--confirm", multiple=True, metavar="KEY=WORDS", help="closed, linkage, reach.")
@click.option("--draws", default=0, help="Of a case's own linkage: pool so many.")
@click.option("--resume", type=click.Path(path_type=Path), help="Keep answers here, and go on.")
@click.option("--pictures", type=click.Path(path_type=Path), help="Draw the findings here, as SVG.")
@click.option("--actor", default="local", show_default=True, help="Opaque id of who estimates.")
@click.option("--dry-run", is_flag=True, help="With a case: keep nothing in its journal.")
@click.option("--strict", is_flag=True, help="Exit with 3 if a figure is refused.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def estimate(
    histories: Path | None, case: Path | None, as_json: bool, strict: bool, **options: object
) -> None:
    """Estimate from HISTORIES.csv: one 0/1 column per list, and a column count.

    Other columns describe people: --by makes strata of them; rows of a column draw are draws of the
    linkage and are pooled. A case without a file is estimated from its own persons. Documented and
    estimated are shown apart; where lists cannot carry a figure, the check that failed is named.
    """
    if histories is None and case is None:
        raise click.UsageError("name a file of capture histories, a case, or both.")
    made = _made(histories, case, options)
    if isinstance(folder := options["pictures"], Path):
        _draw(made, folder)
    if as_json:
        say_json(made.as_json())
    else:
        for one in made.estimates:
            _say(one)
    say_issues(made.issues)
    finish_strict(strict, bool(made.refused))


def _made(histories: Path | None, case: Path | None, options: dict[str, object]) -> Estimated:
    try:
        from tallystick.casework.estimate import Asked, Pace
        from tallystick.casework.estimate import estimate as answer
        from tallystick.casework.estimate_case import Keep, estimate_case
    except ModuleNotFoundError as missing:
        raise ExtraNotInstalled(str(missing.name)) from missing

    asked = Asked(
        method=str(options["method"]),
        by=_words(options["by"]),
        settings=_settings(options),
        confirmed=_answers(_words(options["confirm"])),
        draws=int(str(options["draws"])),
    )
    pace = Pace(int(str(options["jobs"])), _path(options["resume"]), _bar())
    if case is None:
        assert histories is not None, "the command has asked for one of both"
        return answer(histories, asked, pace=pace)
    from tallystick.casework.case import Case

    with Case.open(case) as opened:
        return estimate_case(
            opened,
            histories,
            asked,
            pace=pace,
            keep=Keep(actor=str(options["actor"]), is_dry=bool(options["dry_run"])),
        )


def _draw(made: Estimated, folder: Path) -> None:
    from tallystick.publishing import pictures_of_estimate

    folder.mkdir(parents=True, exist_ok=True)
    for one in made.estimates:
        for check, drawing in pictures_of_estimate(one.as_json()).items():
            (folder / f"{one.id}-{check}.svg").write_text(drawing, encoding="utf-8")


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, tuple) else ()


def _answers(words: tuple[str, ...]) -> dict[str, str]:
    from tallystick.casework.estimate import TO_CONFIRM

    answers = {key: says for key, _, says in (word.partition("=") for word in words)}
    if unknown := set(answers) - set(TO_CONFIRM):
        raise click.BadParameter(
            f"“{min(unknown)}” is none of {', '.join(TO_CONFIRM)}.", param_hint="--confirm"
        )
    return answers


def _path(value: object) -> Path | None:
    return value if isinstance(value, Path) else None


def _settings(options: dict[str, object]) -> Settings:
    from tallystick.estimating import LatentPlan, Settings

    times, people = _most_missing(str(options["max_missing"]))
    return Settings(
        seed=int(str(options["seed"])),
        delta=_delta(str(options["delta"])),
        max_missing=people,
        latent=LatentPlan(
            classes=int(str(options["classes"])),
            max_missing=times,
            ess_wanted=float(str(options["ess"])) if options["ess"] else None,
            most_rounds=int(str(options["rounds"])),
        ),
    )


def _delta(word: str) -> float | None:
    if word == "2^-L":
        return None
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if not value > 0.0:
        raise click.BadParameter("a number above 0, or 2^-L.", param_hint="--delta")
    return value


def _most_missing(word: str) -> tuple[float, int | None]:
    """Return (times the observed, people): one of them is what was asked for."""
    try:
        if word.endswith("n"):
            return _above_zero(float(word[:-1])), None
        return 20.0, int(_above_zero(int(word)))
    except ValueError:
        raise click.BadParameter("such as 20n, or 50000.", param_hint="--max-missing") from None


def _above_zero(value: float) -> float:
    if not value > 0:
        raise ValueError
    return value


def _bar() -> Callable[[int, int], None] | None:
    """Return a progress bar with the time left on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task("estimating", total=None)
    bar.start()

    def watch(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        if done == total:
            bar.stop()

    return watch


def _say(made: Estimate) -> None:
    where = ", ".join(f"{column} {value}" for column, value in made.stratum if column != "*")
    where = where or ("all strata" if made.stratum else "all people")
    click.echo(f"{where}: documented {made.n_observed:,}  [{made.id}]")
    if made.refused is not None:
        click.echo(f"  {made.method}: refused ({made.refused.check}). {made.refused.says}")
        click.echo(f"    next: {made.refused.then}")
        return
    click.echo(f"  {made.method}: estimated {made.median:,} (95 %: {made.lo:,} to {made.hi:,})")
    click.echo(f"    if: {made.assumes}")
    for finding in made.warnings:
        click.echo(f"    {finding.weight} {finding.check}: {finding.says}")
