"""`tallystick replicate`: run a published estimate by latent classes again, and look into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tallystick.cli.door import finish_strict, say_json
from tallystick.cli.estimate import ExtraNotInstalled

if TYPE_CHECKING:
    from tallystick.estimating import Replication, Rerun

__all__ = ["replicate"]

_MANY = click.IntRange(min=1)


@click.command()
@click.argument("histories", type=click.Path(path_type=Path))
@click.option(
    "--published",
    type=(float, float, float),
    metavar="MEDIAN LO HI",
    help="The figure as it was published, to compare.",
)
@click.option(
    "--classes",
    type=click.IntRange(min=2),
    default=10,
    show_default=True,
    help="Latent classes at most, K.",
)
@click.option(
    "--prior",
    type=(float, float),
    default=(0.25, 0.25),
    show_default=True,
    metavar="A B",
    help="Shape and rate of the prior of the concentration.",
)
@click.option(
    "--chains",
    type=click.IntRange(min=2),
    default=4,
    show_default=True,
    help="Run beside each other.",
)
@click.option(
    "--burn-in",
    type=click.IntRange(min=0),
    default=100_000,
    show_default=True,
    help="Sweeps left out of each.",
)
@click.option("--thinning", type=_MANY, default=40, show_default=True, help="Sweeps a sample.")
@click.option(
    "--samples",
    type=click.IntRange(min=100),
    default=10_000,
    show_default=True,
    help="Kept of each chain.",
)
@click.option("--seed", default=1, show_default=True, help="Same seed, same figures.")
@click.option(
    "--jobs", type=_MANY, default=1, show_default=True, help="Threads; figures do not depend on it."
)
@click.option("--strict", is_flag=True, help="Exit with 3 if anything is to be read with care.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def replicate(
    histories: Path, published: tuple[float, float, float] | None, as_json: bool, strict: bool,
    **options: object,
) -> None:  # fmt: skip
    """Run a published estimate of HISTORIES.csv again, as it was drawn.

    Published estimates by latent classes (LCMCR) come from plain chains of a fixed length. This
    draws them anew, once as they were and once with labels exchanged, and puts the estimate by
    lcmcr beside them. It is no estimate itself, and nothing of it is kept in a case.
    """
    made = _made(histories, published, options)
    if as_json:
        say_json(made.as_json())
    else:
        _say(made)
    is_doubtful = any(finding.weight != "note" for finding in made.findings)
    finish_strict(strict, is_doubtful or made.as_published is None)


def _made(
    histories: Path, published: tuple[float, float, float] | None, options: dict[str, object]
) -> Replication:
    try:
        from tallystick.casework.replicate import replicate as drawn_again
        from tallystick.estimating import PublishedRun
    except ModuleNotFoundError as missing:
        raise ExtraNotInstalled(str(missing.name)) from missing

    shape, rate = cast("tuple[float, float]", options["prior"])  # click has made it one
    if min(shape, rate) <= 0.0:
        raise click.BadParameter("two numbers above 0.", param_hint="--prior")

    def whole(name: str) -> int:
        return int(str(options[name]))

    run = PublishedRun(
        classes=whole("classes"), prior_shape=shape, prior_rate=rate, chains=whole("chains"),
        burn_in=whole("burn_in"), thinning=whole("thinning"), samples=whole("samples"),
    )  # fmt: skip
    return drawn_again(
        histories, run, published=published, seed=whole("seed"), workers=whole("jobs")
    )


def _say(made: Replication) -> None:
    click.echo(f"documented {made.n_observed:,}")
    if made.as_published is None or made.exchanged is None:
        assert made.estimate.refused is not None, "without chains, the lists were refused"
        click.echo(f"  refused ({made.estimate.refused.check}). {made.estimate.refused.says}")
        click.echo(f"    next: {made.estimate.refused.then}")
        return
    _say_run("as published", made.as_published)
    _say_run("labels exchanged", made.exchanged)
    for finding in made.findings:
        click.echo(f"  {finding.weight} {finding.check}: {finding.says}")
    click.echo("  This runs a published figure again; quote the estimate of lcmcr, or none.")


def _say_run(name: str, rerun: Rerun) -> None:
    median, lo, hi = rerun.limits
    errors = ", ".join(f"{error:,.0f}" for error in rerun.errors)
    click.echo(
        f"  {name}: {median:,.0f} (95 %: {lo:,.0f} to {hi:,.0f}); Monte-Carlo errors {errors}; "
        f"R-hat {rerun.agreement.rhat:.2f}"
    )
