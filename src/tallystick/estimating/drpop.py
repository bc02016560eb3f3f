"""Estimate from two lists that are independent given what is known of each person (``drpop-1``).

Needs a row per person with covariates (age, sex, place, month). Doubly robust: it errs little if
either the chances of the lists or those of both together are modelled well. Chances are learnt by
ridge logistic regression on four fifths of the people and used on the last fifth.

Method: Das, Kennedy & Jewell 2021 (one-step estimator, five-fold cross-fitting, chances kept
above 0.005).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tallystick.estimating.answer import Answer, Settings, figure, refusal
from tallystick.estimating.overlap import (
    COUNT,
    DRAW,
    Histories,
    columns_of_lists,
    histories_of,
    stratum_of,
)
from tallystick.records import Finding, Refusal, Stratum

__all__ = ["People", "estimate_from_people", "one_step", "people_by_stratum"]

Floats = NDArray[np.float64]
FOLDS = 5
LEAST_CHANCE = 0.005
RIDGE = 1.0
FEWEST_SHARED = 20
Z95 = 1.959963984540054
DRAWN = 4000
ASSUMES_DRPOP = (
    "People alike in everything given (age, place, month …) had chances of being on one list that "
    "did not hang on their being on the other."
)


@dataclass(frozen=True)
class People:
    """Hold one row per person, without any name.

    Args:
        lists: Names of the lists.
        listed: Shape (people, L), 0 or 1.
        covariates: Values by column, each of length people; words become groups, all-number
            columns stay numbers.
    """

    lists: tuple[str, ...]
    listed: NDArray[np.uint8]
    covariates: dict[str, Sequence[str]]

    def histories(self) -> Histories:
        return histories_of(self.lists, self.listed, np.ones(len(self.listed), dtype=np.int64))

    def design(self) -> Floats:
        """Return shape (people, columns): a constant, scaled numbers, and 0/1 per group."""
        columns = [np.ones(len(self.listed))]
        for values in self.covariates.values():
            columns.extend(_columns_of(values))
        return np.stack(columns, axis=1)


def people_by_stratum(
    header: Sequence[str], rows: Sequence[Sequence[str]], by: Sequence[str] = ()
) -> dict[Stratum, People]:
    """Read rows of people with covariates: every column that is no list, stratum or count.

    Rows that cannot be read are left out here; ``histories_by_stratum`` names them. A row that
    counts several people stands for as many alike.
    """
    at_lists = columns_of_lists(header, rows, by)
    lists = tuple(header[at] for at in at_lists)
    known = {*by, COUNT, DRAW, *lists}
    others = [at for at, name in enumerate(header) if name not in known]
    at_count = list(header).index(COUNT) if COUNT in header else None
    found: dict[Stratum, list[Sequence[str]]] = {}
    for row in rows:
        listed = len(row) == len(header) and all(row[at].strip() in ("0", "1") for at in at_lists)
        count = "1" if at_count is None or not listed else row[at_count].strip()
        if not listed or not (count.isascii() and count.isdigit()):
            continue
        if any(row[at].strip() == "1" for at in at_lists):
            found.setdefault(stratum_of(header, row, by), []).extend([row] * int(count))
    return {
        stratum: People(
            lists=lists,
            listed=np.array([[int(row[at]) for at in at_lists] for row in some], dtype=np.uint8),
            covariates={header[at]: [row[at].strip() for row in some] for at in others},
        )
        for stratum, some in sorted(found.items())
        if some
    }


def _columns_of(values: Sequence[str]) -> list[Floats]:
    try:
        numbers = np.array([float(value) for value in values])
    except ValueError:
        groups = sorted(set(values))[1:]
        return [np.array([value == group for value in values], dtype=float) for group in groups]
    spread = numbers.std()
    return [(numbers - numbers.mean()) / spread] if spread > 0.0 else []


def estimate_from_people(people: People, settings: Settings) -> Answer:
    """Estimate by ``drpop-1`` from every pair of lists; the pair that shares most counts."""
    histories = people.histories()
    design = people.design()
    why = _why_not(people, design)
    if why is not None:
        return refusal("drpop-1", histories, why, seed=settings.seed)
    rng = np.random.default_rng([settings.seed, int(histories.digest[:8], 16)])
    folds = rng.permutation(len(design)) % FOLDS
    by_pair = []
    for first, second in combinations(range(len(people.lists)), 2):
        on_first, on_second = people.listed[:, first] == 1, people.listed[:, second] == 1
        shared = int((on_first & on_second).sum())
        if shared >= FEWEST_SHARED:
            limits = one_step(on_first, on_second, design, folds)
            names = [people.lists[first], people.lists[second]]
            by_pair.append((shared, names, limits, int((on_first | on_second).sum())))
    _, names, limits, either = max(by_pair, key=lambda pair: pair[0])
    pairs = [
        {"lists": n, "shared": m, "median": x[0], "lo": x[1], "hi": x[2]} for m, n, x, _ in by_pair
    ]
    says = f"From “{names[0]}” and “{names[1]}”; {len(by_pair)} pairs of lists share enough people."
    points = [x[0] for _, _, x, _ in by_pair]
    outside = not (limits[1] <= min(points) and max(points) <= limits[2])
    finding = Finding("pairs", "warning" if outside else "note", says, {"pairs": pairs})
    estimate = figure(
        "drpop-1", histories, limits, [finding], assumes=ASSUMES_DRPOP, seed=settings.seed
    )
    drawn = _drawn(rng, limits, either)
    return Answer(estimate, np.maximum(drawn, histories.people))


def _drawn(
    rng: np.random.Generator, limits: tuple[float, float, float], either: int
) -> NDArray[np.int64]:
    """Draw N by the law that the limits are made of: the log of the missing is normal."""
    missing = max(limits[0] - either, 1e-9)
    reach = max((limits[2] - either) / missing, 1.0)
    noise = rng.standard_normal(DRAWN) / Z95
    return np.asarray(np.round(either + missing * reach**noise), dtype=np.int64)


def _why_not(people: People, design: Floats) -> Refusal | None:
    if design.shape[1] < 2:
        return Refusal(
            "no-covariates",
            "Nothing is known of the people but their lists.",
            "give columns such as age, sex, place or month, one row per person.",
        )
    listed = people.listed.astype(np.int64)
    shared = np.triu(listed.T @ listed, 1)
    if not len(people.lists) >= 2 or shared.max(initial=0) < FEWEST_SHARED:
        return Refusal(
            "thin-overlap",
            f"No two lists share at least {FEWEST_SHARED} people.",
            "check the linkage between the lists, or report the documented figure alone.",
        )
    return None


def one_step(
    on_first: NDArray[np.bool_],
    on_second: NDArray[np.bool_],
    design: Floats,
    folds: NDArray[np.int64],
) -> tuple[float, float, float]:
    """Return (N, lo, hi) by the one-step estimator; N counts people on either list and more.

    Only those on one of the two lists tell of the chances; everybody else documented is held in N
    by the caller's floor.
    """
    either = on_first | on_second
    x, y1, y2 = design[either], on_first[either] * 1.0, on_second[either] * 1.0
    fold = folds[either]
    p_first, p_second, p_both = np.empty(len(x)), np.empty(len(x)), np.empty(len(x))
    for held in range(FOLDS):
        out, rest = fold == held, fold != held
        p_both[out] = _chances(x[rest], (y1 * y2)[rest], x[out])
        p_first[out] = _chances(x[rest], y1[rest], x[out])
        p_second[out] = _chances(x[rest], y2[rest], x[out])
    p_first, p_second = np.maximum(p_first, p_both), np.maximum(p_second, p_both)
    gamma = p_first * p_second / p_both
    phi = gamma * (y1 / p_first + y2 / p_second - y1 * y2 / p_both)
    people = len(x)
    inverse = max(float(phi.mean()), 1.0)
    estimate = people * inverse
    variance = people * float(phi.var()) + people * inverse * (inverse - 1.0)
    missing = max(estimate - people, 1e-9)
    reach = float(np.exp(Z95 * np.sqrt(np.log1p(variance / missing**2))))
    others = int((~either).sum())
    return estimate, max(people + missing / reach, people + others), people + missing * reach


def _chances(x: Floats, y: Floats, new: Floats) -> Floats:
    """Fit ridge logistic regression of y on x, and return p at new rows, kept off 0 and 1."""
    beta = np.zeros(x.shape[1])
    penalty = RIDGE * np.eye(x.shape[1])
    penalty[0, 0] = 1e-6
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ beta, -30, 30)))
        weight = np.maximum(p * (1.0 - p), 1e-9)
        slope = x.T @ (y - p) - penalty @ beta
        step = np.linalg.solve((x * weight[:, None]).T @ x + penalty, slope)
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    p = 1.0 / (1.0 + np.exp(-np.clip(new @ beta, -30, 30)))
    return np.asarray(np.clip(p, LEAST_CHANCE, 1.0 - LEAST_CHANCE), dtype=np.float64)
