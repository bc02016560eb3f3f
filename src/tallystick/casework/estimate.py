"""Estimate from a table of capture histories: answer per stratum and method, and keep pace.

What it returns are records, so that a case can take them in (``estimate_case``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tallystick.casework.capture_histories import CaptureHistories, read_histories
from tallystick.estimating import (
    DRAW,
    Answer,
    Settings,
    estimate_from_people,
    estimate_strata,
    people_by_stratum,
    pooled_over_linkage,
    sum_of_strata,
)
from tallystick.records import Estimate, Finding, Issue, Stratum, Weight

__all__ = ["DRPOP", "TO_CONFIRM", "Asked", "Estimated", "Pace", "estimate", "estimate_table"]

DRPOP = "drpop"
ALL = ("lcmcr", "dga", "loglinear")
CONFIRM = "confirm-assumptions"
TO_CONFIRM = {
    "closed": "the population did not change",
    "linkage": "links between records are right",
    "reach": "every person could have been listed",
}
BRIEF_FROM = 12  # tables: from here on, findings that need further fits are left out
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Say what is to be estimated.

    Args:
        method: lcmcr, dga, loglinear, chapman, drpop, or all.
        by: Columns that make strata.
        settings: Seed and limits.
        confirmed: What whoever estimates says of each thing in ``TO_CONFIRM``.
        draws: Of a case's own linkage, over how many draws to pool; 0 = its persons as they stand.
    """

    method: str = "lcmcr"
    by: Sequence[str] = ()
    settings: Settings = field(default_factory=Settings)
    confirmed: Mapping[str, str] = field(default_factory=dict)
    draws: int = 0

    @property
    def methods(self) -> tuple[str, ...]:
        """Return the methods that a word asks for; ``all`` leaves out the illustration."""
        return (*ALL, DRPOP) if self.method == "all" else (self.method,)

    def as_json(self) -> dict[str, object]:
        return {
            "method": self.method,
            "by": list(self.by),
            "settings": self.settings.as_json(),
            "confirmed": dict(self.confirmed),
            "draws": self.draws,
        }


@dataclass(frozen=True, slots=True)
class Pace:
    """Say how the work goes on; no figure depends on it.

    Args:
        workers: Threads.
        resume: A file of answers already made; grows as answers come, so that the work goes on
            where it stopped.
        watch: Called with (done, all) tables.
    """

    workers: int = 1
    resume: Path | None = None
    watch: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Estimated:
    """Hold the estimates of a file, in order of stratum and method, and its issues."""

    estimates: tuple[Estimate, ...]
    issues: tuple[Issue, ...]

    @property
    def refused(self) -> tuple[Estimate, ...]:
        """Return the estimates that are refusals."""
        return tuple(made for made in self.estimates if made.refused is not None)

    def as_json(self) -> list[dict[str, object]]:
        return [made.as_json() for made in self.estimates]


def estimate(
    histories_path: Path, asked: Asked | None = None, *, pace: Pace | None = None
) -> Estimated:
    """Estimate every stratum of a file; see ``estimate_table``.

    Raises:
        NoHistories, NotATable: The file cannot be read.
        NoSuchColumn, NoListColumn: Nor the columns that are asked for.
    """
    return estimate_table(read_histories(histories_path), asked, pace=pace)


def estimate_table(
    table: CaptureHistories, asked: Asked | None = None, *, pace: Pace | None = None
) -> Estimated:
    """Estimate every stratum of a table, pooled over the draws of the linkage if it has any.

    Args:
        table: One 0/1 column per list, ``count``, columns of strata, ``draw``.
        asked: By which method, for which strata; None = lcmcr for the whole. In a batch, further
            fits are left out and draws end at 400 independent ones, if more are not asked for.
        pace: Threads, file of answers, who watches; no figure depends on it.

    Raises:
        NoSuchColumn, NoListColumn: The table lacks the columns that are asked for.
    """
    pace, asked = pace or Pace(), asked or Asked()
    by, settings = asked.by, asked.settings
    tables, issues = table.strata(by)
    if len(tables) > BRIEF_FROM:
        settings = _for_a_batch(settings)
    methods = asked.methods
    fitted = [name for name in methods if name != DRPOP]
    answers = estimate_strata(
        tables,
        fitted,
        settings,
        workers=pace.workers,
        known=_Kept(pace.resume),
        progress=pace.watch,
    )
    by_method = [answers[at :: len(fitted)] for at in range(len(fitted))]
    if DRPOP in methods:
        by_method.append(_from_people(table, by, settings, is_asked=asked.method == DRPOP))
    if table.has_draws and DRAW not in by:
        by_method = [_pooled(some, settings.seed) for some in by_method]
    made = [answer for some in by_method for answer in (*some, *_sum(some))]
    order = {answer.estimate.stratum: at for at, answer in enumerate(by_method[0])}
    made.sort(key=lambda answer: order.get(answer.estimate.stratum, len(order)))
    estimates = tuple(_confirmed(answer.estimate, asked.confirmed) for answer in made)
    return Estimated(estimates, tuple(issues))


def _confirmed(made: Estimate, answers: Mapping[str, str]) -> Estimate:
    """Record the answers to what nobody can test from the lists alone."""
    if not answers:
        return made
    told = "; ".join(
        f"{what}: “{answers[key]}”" for key, what in TO_CONFIRM.items() if key in answers
    )
    open_still = [what for key, what in TO_CONFIRM.items() if key not in answers]
    says = f"Confirmed by whoever estimates: {told}."
    if open_still:
        says += f" Not answered: {', '.join(open_still)}."
    weight: Weight = "warning" if open_still else "note"
    answered = Finding(CONFIRM, weight, says, {"answers": dict(answers)})
    findings = tuple(answered if f.check == CONFIRM else f for f in made.findings)
    return replace(made, findings=findings)


def _for_a_batch(settings: Settings) -> Settings:
    """Return the settings for many tables at once."""
    latent = settings.latent
    wanted = latent.ess_wanted or latent.ess_least
    return replace(settings, brief=True, latent=replace(latent, ess_wanted=wanted))


def _sum(answers: Sequence[Answer]) -> list[Answer]:
    """Return the sum over all strata, or why there is none; nothing for a single stratum."""
    return [sum_of_strata(answers)] if len(answers) > 1 else []


def _pooled(answers: Sequence[Answer], seed: int) -> list[Answer]:
    """Pool the answers of each stratum over the draws of the linkage."""
    draws: dict[Stratum, list[Answer]] = {}
    for answer in answers:
        stratum = tuple(pair for pair in answer.estimate.stratum if pair[0] != DRAW)
        draws.setdefault(stratum, []).append(answer.within(stratum))
    return [pooled_over_linkage(some, seed) for some in draws.values()]


def _from_people(
    table: CaptureHistories, by: Sequence[str], settings: Settings, *, is_asked: bool
) -> list[Answer]:
    """Answer by drpop per stratum; without covariates only if it was asked for by name."""
    found = people_by_stratum(table.header, table.rows, table.columns(by))
    return [
        estimate_from_people(people, settings).within(stratum)
        for stratum, people in found.items()
        if is_asked or people.covariates
    ]


class _Kept(dict[Key, Answer]):
    """Keep answers in a file, one line each, as they come; read those that are there."""

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self.path = path
        if path is None or not path.exists():
            return
        for line in path.read_text("utf-8").splitlines():
            try:
                kept = json.loads(line)
            except json.JSONDecodeError:
                continue  # the last line of an interrupted run
            first, method, settings = kept["key"]
            draws = None if kept["draws"] is None else np.array(kept["draws"], dtype=np.int64)
            made = Estimate.from_json(kept["estimate"])
            super().__setitem__((first, method, settings), Answer(made, draws))

    def __setitem__(self, key: Key, answer: Answer) -> None:
        super().__setitem__(key, answer)
        if self.path is None:
            return
        line = {
            "key": list(key),
            "estimate": answer.estimate.as_json(),
            "draws": None if answer.draws is None else answer.draws.tolist(),
        }
        with self.path.open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")
