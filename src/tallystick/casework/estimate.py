"""Estimate from a file of capture histories: read it, answer per stratum and method, keep pace.

The plain-file form; what it returns are records, so that a case can take them in.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tallystick.errors import NotFound, Unreadable
from tallystick.estimating import (
    EVERYWHERE,
    Answer,
    Histories,
    Settings,
    estimate_from_people,
    estimate_strata,
    histories_by_stratum,
    people_by_stratum,
    sum_of_strata,
)
from tallystick.records import Estimate, Issue, Stratum

__all__ = ["DRPOP", "Estimated", "NoHistories", "NotATable", "Pace", "estimate", "methods_named"]

DRPOP = "drpop"
ALL = ("lcmcr", "dga", "loglinear")
BRIEF_FROM = 12  # strata: from here on, findings that need further fits are left out
Key = tuple[str, str, str]


class NoHistories(NotFound):
    """The file of capture histories is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__("There is no such file.", where=str(path), then="check the path.")


class NotATable(Unreadable):
    """The file cannot be read as a table of capture histories."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The file is no table of capture histories: {why}.",
            where=str(path),
            then="save it as CSV in UTF-8: one 0/1 column per list, and a column `count`.",
        )


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


def methods_named(method: str) -> tuple[str, ...]:
    """Return the methods that a word asks for; ``all`` leaves out the illustration."""
    return (*ALL, DRPOP) if method == "all" else (method,)


def estimate(
    histories_path: Path,
    *,
    method: str = "lcmcr",
    by: Sequence[str] = (),
    settings: Settings | None = None,
    pace: Pace | None = None,
) -> Estimated:
    """Estimate every stratum of a file.

    Args:
        histories_path: CSV with one 0/1 column per list, ``count``, and columns of strata.
        method: lcmcr, dga, loglinear, chapman, drpop, or all.
        by: Columns that make strata.
        settings: Seed and limits; None for the defaults.
        pace: Threads, file of answers, who watches; no figure depends on it.
    """
    pace = pace or Pace()
    header, rows = _table(histories_path)
    strata, issues = histories_by_stratum(header, rows, by)
    settings = settings or Settings()
    settings = replace(settings, brief=settings.brief or len(strata) > BRIEF_FROM)
    methods = methods_named(method)
    fitted = [name for name in methods if name != DRPOP]
    answers = estimate_strata(
        strata,
        fitted,
        settings,
        workers=pace.workers,
        known=_Kept(pace.resume),
        progress=pace.watch,
    )
    answers += _sums(answers, fitted, strata)
    if DRPOP in methods:
        answers += _from_people(header, rows, by, settings, is_asked=method == DRPOP)
    order = {name: at for at, name in enumerate([*strata, EVERYWHERE])}
    answers.sort(key=lambda answer: order.get(answer.estimate.stratum, len(order)))
    return Estimated(tuple(answer.estimate for answer in answers), tuple(issues))


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = [row for row in csv.reader(handle, strict=True) if row]
    except FileNotFoundError:
        raise NoHistories(path) from None
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        raise NotATable(path, str(trouble)) from trouble
    if len(lines) < 2:
        raise NotATable(path, "it has no rows")
    header = [name.strip() for name in lines[0]]
    if len(set(header)) < len(header):
        raise NotATable(path, "two columns have the same name")
    return header, lines[1:]


def _sums(
    answers: Sequence[Answer], methods: Sequence[str], strata: Mapping[Stratum, Histories]
) -> list[Answer]:
    """Return the sum over all strata for every method that drew in each of them."""
    if len(strata) < 2:
        return []
    found = []
    for at, _ in enumerate(methods):
        whole = sum_of_strata(answers[at :: len(methods)])
        if whole is not None:
            found.append(whole)
    return found


def _from_people(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    by: Sequence[str],
    settings: Settings,
    *,
    is_asked: bool,
) -> list[Answer]:
    """Answer by drpop per stratum; without covariates only if it was asked for by name."""
    found = []
    for stratum, people in people_by_stratum(header, rows, by).items():
        if is_asked or people.covariates:
            found.append(estimate_from_people(people, settings).within(stratum))
    return found


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
