"""``tallystick reckon``: bounds on every figure, each with its proof."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import click

from tallystick.cli.door import finish_strict, say_issues, say_json
from tallystick.cli.named import named_in, naming
from tallystick.cli.rules import say_rules, setting_for
from tallystick.cli.what_if import changes_of, changing, say_compared

if TYPE_CHECKING:
    from tallystick.casework.evidence import Evidence, NamedIn
    from tallystick.casework.reckon import Reckoned
    from tallystick.casework.what_if import Changes
    from tallystick.reckoning import Apart, Options, Soft
    from tallystick.records import Query

__all__ = ["asking", "evidence", "options_of", "query_of", "reckon", "say_figure", "settings"]

Asked = dict[str, object]


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Put the options of a question on a command."""
    for option in reversed(
        (
            click.option("--kind", default="killed", show_default=True, help="What was done."),
            click.option("--unit", default="persons", show_default=True, help="Or families."),
            click.option("--where", multiple=True, help="Id of a place; again: the union."),
            click.option("--during", help="Days of the event: A..B, a day, a month or a year."),
            click.option("--whom", multiple=True, help="KEY=TERM or KEY!=TERM; again: and."),
            click.option("--by", multiple=True, help="Alleged perpetrator; again: the union."),
            click.option("--to", multiple=True, help="Destination of the displaced."),
            click.option("--as-of", help="Use only what was published by the end of this day."),
        )
    ):
        command = option(command)
    return command


def settings(command: Callable[..., None]) -> Callable[..., None]:
    """Put the premises of a reckoning on a command."""
    apart = click.Choice(["place-day", "single", "labels"])
    soft = click.Choice(["tolerant", "exact", "out"])
    for option in reversed(
        (
            click.option("--apart", type=apart, default="place-day", show_default=True,
                         help="What tells people of two tellers apart."),
            click.option("--near-days", type=click.IntRange(0), default=1, show_default=True,
                         help="Days by which a record may be misdated."),
            click.option("--k", "k", type=click.IntRange(1), default=1, show_default=True,
                         help="Voices struck out, and voices beyond the first, up to this many."),
            click.option("--labels-from", multiple=True,
                         help="Originators whose labels a question may use."),
            click.option("--estimated", is_flag=True, help="Admit figures called estimated."),
            click.option("--soft", type=soft, default="tolerant", show_default=True,
                         help="“About” and vague words: with tolerance, as exact, or left out."),
            click.option("--sets", type=click.IntRange(1), default=3, show_default=True,
                         help="Contradictory sets named for one tally."),
            click.option("--family-size", metavar="N",
                         help="Persons of a displaced family, as somebody gives it: derived."),
            click.option("--entire-families", is_flag=True,
                         help="Two persons of each family said to be killed entirely: derived."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("claims", default="-")
@click.option("-C", "--case", type=click.Path(path_type=Path), help="A case, instead of CLAIMS.")
@click.option("--places", type=click.Path(path_type=Path), help="The case's places.csv.")
@click.option("--actors", type=click.Path(path_type=Path), help="The case's actors.csv.")
@asking
@click.option(
    "--each",
    multiple=True,
    help="Also one figure for each where[:first], during:day|week|month, whom:KEY, by, originator.",
)
@settings
@naming
@changing
@click.option("--rule", help="Count one incident by acled, airwars, ibc, ohchr, ucdp; or all.")
@click.option("--given", multiple=True, help="For --rule: what claims do not say, as KEY=VALUE.")
@click.option("--certificates", type=click.Path(path_type=Path), help="Write the proofs here.")
@click.option("--strict", is_flag=True, help="Exit 3 when a figure is contested.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as a JSON list.")
def reckon(
    claims: str,
    case: Path | None,
    places: Path | None,
    actors: Path | None,
    each: Sequence[str],
    certificates: Path | None,
    strict: bool,
    as_json: bool,
    **asked: object,
) -> None:
    """Reckon figures from a case, or from CLAIMS: JSON lines as `read --jsonl` prints them, or -.

    A case without a question reckons what its settings ask, and keeps the figures.
    """
    changes = changes_of(asked)
    if asked["rule"]:
        if each or certificates or case or changes:
            raise click.UsageError("--rule goes with a question about one incident alone.")
        _by_rule(claims, places, actors, asked, as_json=as_json)
        return
    if changes:
        if certificates:
            raise click.UsageError("What would be has no certificates.")
        held = evidence(claims, case, places, actors, named=named_in(asked))
        _what_if(held, each, changes, asked, as_json=as_json)
        return
    done = _reckoned(claims, case, places, actors, each=each, asked=asked)
    _answer(done, certificates, as_json=as_json)
    finish_strict(strict, any(figure.is_contested for figure in done.figures))


def _reckoned(
    claims: str,
    case: Path | None,
    places: Path | None,
    actors: Path | None,
    *,
    each: Sequence[str],
    asked: Asked,
) -> Reckoned:
    from tallystick.casework.case import Case
    from tallystick.casework.reckon_case import answer, reckon_case
    from tallystick.records import Query

    query = query_of(asked)
    if case is not None and query == Query() and not each:
        with Case.open(case) as opened:
            return reckon_case(opened)
    held = evidence(claims, case, places, actors, named=named_in(asked))
    return answer(held, query, each, options_of(asked))


def evidence(
    claims: str,
    case: Path | None,
    places: Path | None,
    actors: Path | None,
    *,
    named: NamedIn | None = None,
) -> Evidence:
    """Return what there is to reckon with, from a case or from plain files.

    Raises:
        click.UsageError: Files of persons beside a case, which has its own.
    """
    from tallystick.casework.case import Case
    from tallystick.casework.evidence import evidence_of_case, evidence_of_file

    if case is None:
        return evidence_of_file(claims, places, actors, named)
    if named is not None:
        raise click.UsageError("A case has persons of its own: link its lists.")
    with Case.open(case) as opened:
        return evidence_of_case(opened)


def _what_if(
    held: Evidence, each: Sequence[str], changes: Changes, asked: Asked, *, as_json: bool
) -> None:
    from tallystick.casework.what_if import compare_evidence

    compared, issues = compare_evidence(held, query_of(asked), each, options_of(asked), changes)
    say_issues(issues)
    say_compared(compared, as_json=as_json)


def _by_rule(
    claims: str, places: Path | None, actors: Path | None, asked: Asked, *, as_json: bool
) -> None:
    from tallystick.casework.evidence import lines_of
    from tallystick.casework.grounds import grounds_of
    from tallystick.casework.reckon import claims_of_lines

    query, ground = query_of(asked), grounds_of(places, actors)
    lines, name = lines_of(claims), claims if claims != "-" else "input"
    told, bad = claims_of_lines(lines, name=name)
    given, issues = setting_for(asked, lines, name, ground)
    say_issues((*ground.issues, *bad, *issues))
    say_rules(str(asked["rule"]), told, query, given, as_json=as_json)


def query_of(asked: Asked) -> Query:
    """Return the question that the options of a command ask.

    Raises:
        click.BadParameter: An option that cannot be read.
    """
    from tallystick.errors import Trouble
    from tallystick.records import Days, Kind, Query, Unit, WhomTest

    for name, choices in (("kind", get_args(Kind)), ("unit", get_args(Unit))):
        if asked[name] not in choices:
            raise click.BadParameter(f"write one of {', '.join(choices)}.", param_hint=f"--{name}")
    try:
        return Query(
            kind=cast("Kind", asked["kind"]),
            unit=cast("Unit", asked["unit"]),
            where=_words(asked, "where"),
            during=Days.parse(str(asked["during"])) if asked["during"] else None,
            whom=tuple(WhomTest.parse(words) for words in _words(asked, "whom")),
            by=_words(asked, "by"),
            to=_words(asked, "to"),
            as_of=Days.parse(str(asked["as_of"])).last if asked["as_of"] else None,
        )
    except Trouble as trouble:
        raise click.BadParameter(str(trouble)) from trouble


def _words(asked: Asked, name: str) -> tuple[str, ...]:
    given = asked[name]
    assert isinstance(given, tuple), "an option that may be given again is a tuple"
    return tuple(str(words) for words in given)


def options_of(asked: Asked) -> Options:
    """Return the premises that the options of a command state."""
    from tallystick.reckoning import Options

    return Options(
        cores=os.cpu_count() or 1,
        apart=cast("Apart", asked["apart"]),
        near_days=int(str(asked["near_days"])),
        k=int(str(asked["k"])),
        labels_from=_words(asked, "labels_from"),
        estimated=bool(asked["estimated"]),
        soft=cast("Soft", asked["soft"]),
        sets=int(str(asked["sets"])),
        family_size=_family_size(asked),
        entire_families=bool(asked["entire_families"]),
    )


def _family_size(asked: Asked) -> Fraction | None:
    words = asked["family_size"]
    if words is None:
        return None
    if asked["kind"] != "displaced":
        raise click.BadParameter(
            "only the displaced are multiplied by the size of a family; deaths never are.",
            param_hint="--family-size",
        )
    try:
        size = Fraction(str(words))
    except (ValueError, ZeroDivisionError) as trouble:
        raise click.BadParameter(
            "write a number such as 6 or 4.2.", param_hint="--family-size"
        ) from trouble
    if size < 1:
        raise click.BadParameter("a family is at least one person.", param_hint="--family-size")
    return size


def _answer(done: Reckoned, folder: Path | None, *, as_json: bool) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for proof in done.certificates:
            text = json.dumps(proof.as_json(), ensure_ascii=False, indent=1, sort_keys=True)
            (folder / f"{proof.id}.json").write_text(text + "\n", encoding="utf-8")
    say_issues(done.issues)
    if as_json:
        say_json([figure.as_json() for figure in done.figures])
        return
    for figure in done.figures:
        say_figure(figure.as_json())


def say_figure(told: Mapping[str, Any]) -> None:
    """Print one figure, given as its JSON object, as a ladder."""
    from tallystick.records import Query

    cells = Query.from_json(told["query"]).cells()
    documented, single = told["documented"], told["single"]
    click.secho(" | ".join([*cells, f">= {documented['lo']}"]), bold=True)
    rungs = [
        ("corroborated", told["corroborated"], "two independent voices each count so many"),
        ("withstands", told["withstands"], "stands if any one voice is struck out"),
        ("single", single, f"by one source alone: {single['originator'] or 'none'}"),
        ("documented", documented, f"certificate {documented['certificate']}"),
        ("believed", told["believed"], "if every description is believed"),
    ]
    for name, rung, words in rungs:
        click.echo(f"  {name:<13}{rung['lo']:>9,}  {words}")
    if told["highest"]:
        highest = told["highest"]
        click.echo(f"  {'highest':<13}{highest['hi']:>9,}  claimed by {highest['originator']}")
    if told["named"]:
        named = told["named"]
        click.echo(f"  {'named':<13}{named['lo']:>9,}  to {named['hi']:,} persons on lists")
    for derived in told.get("derived", ()):
        words = (
            f"{derived['families']:,} families × {derived['each']}: {derived['rule']}, in no bound"
        )
        click.echo(f"  {'derived':<13}{derived['lo']:>9,}  {words}")
    for contest in told["contested"]:
        if contest["touches"]:
            click.secho(f"  contested {contest['where']}: {contest['says']}", fg="yellow")
    if told["flags"]:
        click.echo(f"  flags: {', '.join(told['flags'])}")
