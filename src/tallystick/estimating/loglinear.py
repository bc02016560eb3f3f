"""Search hierarchical log-linear models of dependence between lists (``loglinear-1``).

Three and four lists: every hierarchical model without the term of all lists (8 and 113). Five:
every set of pairs (1,024). More: pairs are added one by one. A pair of lists that share nobody has
no finite term: its cells are taken out and the term still counts. A model whose best fit does not
exist is refused, not replaced.

Method: Fienberg 1972; Cormack 1989; Chan, Silverman & Vincent 2021 (sparse overlaps).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from tallystick.estimating.overlap import Histories
from tallystick.estimating.poisson import Fits, fit_all, is_estimable, may_be_estimated

__all__ = [
    "Model",
    "Search",
    "add_pairs",
    "all_models",
    "code_of",
    "fit_one",
    "fit_terms",
    "refit",
    "search_models",
]

Floats = NDArray[np.float64]
Terms = frozenset[int]
"""Sets of lists (as bits, two lists or more) whose joint term a model has."""

SEARCHED_L = 5
NEAR = 50  # best models that stand for choice again when tables are drawn anew
TABLES_AT_ONCE = 100
P_TO_ADD = 0.02  # Chan, Silverman & Vincent's threshold for one more pair
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Model:
    """Hold one fitted model.

    Args:
        terms: Its joint terms.
        n_observed: People recorded.
        log_missing: Log of the people nobody saw.
        se: Standard error of ``log_missing``.
        aic: Akaike's criterion, with the full Poisson likelihood.
        bic: Schwarz's, with the people recorded as sample.
        code: 0 sound, 1 the best fit does not exist, 2 its parameters cannot be told apart.
    """

    terms: Terms
    n_observed: int
    log_missing: float
    se: float
    aic: float
    bic: float
    code: int

    @property
    def estimate(self) -> float:
        """Return N, documented people included."""
        return self.n_observed + float(np.exp(min(self.log_missing, 700.0)))

    def wald(self) -> tuple[float, float]:
        """Return 95 % limits made on the log of the missing, so never below the documented."""
        reach = Z95 * self.se
        lo, hi = np.exp(np.minimum([self.log_missing - reach, self.log_missing + reach], 700.0))
        return self.n_observed + float(lo), self.n_observed + float(hi)

    def wald_plain(self) -> tuple[float, float]:
        """Return the symmetric limits that others print; for comparison only."""
        missing = float(np.exp(self.log_missing))
        sd = float(np.sqrt(missing + (missing * self.se) ** 2))
        middle = self.n_observed + missing
        return middle - Z95 * sd, middle + Z95 * sd


@dataclass(frozen=True, slots=True)
class Search:
    """Hold the best models of a search by each criterion, sound or not."""

    tried: int
    by_aic: Model
    by_bic: Model
    near: tuple[Terms, ...]


@lru_cache(maxsize=8)
def all_models(n_lists: int) -> tuple[Terms, ...]:
    """Return every hierarchical model searched for this many lists, independence first."""
    pairs = [1 << a | 1 << b for a, b in combinations(range(n_lists), 2)]
    sets = [frozenset(chosen) for r in range(len(pairs) + 1) for chosen in combinations(pairs, r)]
    if n_lists >= SEARCHED_L:
        return tuple(sets)
    found: list[Terms] = []
    for lower in sets:
        found.extend(_with_larger(lower, n_lists, 3))
    return tuple(found)


def _with_larger(terms: Terms, n_lists: int, size: int) -> list[Terms]:
    """Add every hierarchical choice of terms of this size and more, below all lists."""
    if size >= n_lists:
        return [terms]
    allowed = [
        members
        for members in (sum(1 << a for a in c) for c in combinations(range(n_lists), size))
        if all(members ^ (1 << a) in terms for a in range(n_lists) if members >> a & 1)
    ]
    found: list[Terms] = []
    for r in range(len(allowed) + 1):
        for chosen in combinations(allowed, r):
            found.extend(_with_larger(terms | frozenset(chosen), n_lists, size + 1))
    return found


def design_of(n_lists: int, terms: Sequence[int]) -> Floats:
    """Return shape (2**L - 1, 1 + L + terms): the constant, the lists, the joint terms."""
    cells = np.arange(1, 1 << n_lists)
    sets = [0, *(1 << a for a in range(n_lists)), *terms]
    return np.stack([(cells & s) == s for s in sets], axis=1).astype(np.float64)


class _Batch:
    """Say which columns and cells each model of a batch keeps."""

    def __init__(self, n_lists: int, models: Sequence[Terms], people: Floats) -> None:
        self.terms = sorted(
            {t for model in models for t in model}, key=lambda t: (t.bit_count(), t)
        )
        self.design = design_of(n_lists, self.terms)
        inside = self.design[:, 1 + n_lists :] > 0
        empty = people @ inside == 0
        has = np.array([[t in model for t in self.terms] for model in models], dtype=bool)
        has = has.reshape(len(models), len(self.terms))
        self.cells = ~((has & empty) @ inside.T)
        nested = np.array(
            [
                any(e and (t & s) == s for s, e in zip(self.terms, empty, strict=True))
                for t in self.terms
            ],
            dtype=bool,
        )
        self.columns = np.concatenate(
            [np.ones((len(models), 1 + n_lists), dtype=bool), has & ~nested], axis=1
        )
        self.parameters = 1 + n_lists + has.sum(axis=1)


def fit_terms(histories: Histories, models: Sequence[Terms], people: Floats | None = None) -> Fits:
    """Fit models to the table, or to other counts of the same cells."""
    counts = histories.cells()[1:].astype(np.float64)
    batch = _Batch(len(histories.lists), models, counts)
    return fit_all(batch.design, batch.columns, batch.cells, counts if people is None else people)


def code_of(histories: Histories, terms: Terms) -> int:
    """Return 0 if the model is sound, 1 if its fit does not exist, 2 if not identifiable."""
    counts = histories.cells()[1:].astype(np.float64)
    batch = _Batch(len(histories.lists), [terms], counts)
    design = batch.design[batch.cells[0]][:, batch.columns[0]]
    if not is_estimable(design):
        return 2
    return 0 if may_be_estimated(design, counts[batch.cells[0]]) else 1


def search_models(histories: Histories, models: Sequence[Terms] | None = None) -> Search:
    """Fit all models and return the best by AIC and by BIC, each with its code."""
    tried = all_models(len(histories.lists)) if models is None else tuple(models)
    counts = histories.cells()[1:].astype(np.float64)
    batch = _Batch(len(histories.lists), tried, counts)
    fits = fit_all(batch.design, batch.columns, batch.cells, counts)
    aic = 2.0 * batch.parameters - 2.0 * fits.log_likelihood
    bic = np.log(histories.people) * batch.parameters - 2.0 * fits.log_likelihood
    best = [
        _model(histories, tried[at], fits, at, float(aic[at]), float(bic[at]))
        for at in (int(np.argmin(aic)), int(np.argmin(bic)))
    ]
    near = tuple(tried[int(at)] for at in np.argsort(bic, kind="stable")[:NEAR])
    return Search(len(tried), best[0], best[1], near)


def refit(histories: Histories, models: Sequence[Terms], tables: Floats) -> Floats:
    """Return N of each other table (tables, cells) by its own best model by BIC."""
    figures = []
    for start in range(0, len(tables), TABLES_AT_ONCE):
        some = tables[start : start + TABLES_AT_ONCE]
        batch = _Batch(len(histories.lists), models, histories.cells()[1:].astype(np.float64))
        both = len(some), len(models)
        fits = fit_all(
            batch.design,
            np.tile(batch.columns, (both[0], 1)),
            np.tile(batch.cells, (both[0], 1)),
            np.repeat(some, both[1], axis=0),
        )
        penalty = np.log(histories.people) * batch.parameters
        bic = penalty - 2.0 * fits.log_likelihood.reshape(both)
        best = fits.log_missing.reshape(both)[np.arange(both[0]), np.argmin(bic, axis=1)]
        figures.append(histories.people + np.exp(np.minimum(best, 700.0)))
    return np.concatenate(figures)


def _model(histories: Histories, terms: Terms, fits: Fits, at: int, *criteria: float) -> Model:
    code = code_of(histories, terms)
    se = float(np.sqrt(max(fits.variance[at], 0.0)))
    log_missing = float(fits.log_missing[at])
    return Model(terms, histories.people, log_missing, se, criteria[0], criteria[1], code)


def fit_one(histories: Histories, terms: Iterable[int]) -> Model:
    """Fit one model by its terms."""
    return search_models(histories, [frozenset(terms)]).by_bic


def add_pairs(histories: Histories) -> Model:
    """Add pairs one by one while an overlap is unlikely under the fit; return the last model.

    Each step takes the pair whose overlap has the smallest Poisson tail, below 0.02, among those
    whose model is sound.

    Method: Chan, Silverman & Vincent 2021, section 4.
    """
    pairs = [1 << a | 1 << b for a, b in combinations(range(len(histories.lists)), 2)]
    cells = np.arange(1, 1 << len(histories.lists))
    counts = histories.cells()[1:].astype(np.float64)
    chosen: Terms = frozenset()
    while True:
        means = fit_terms(histories, [chosen]).means[0]
        left = [p for p in pairs if p not in chosen]
        tails = []
        for pair in left:
            inside = (cells & pair) == pair
            seen, due = counts[inside].sum(), means[inside].sum()
            tails.append(min(poisson.cdf(seen, due), poisson.sf(seen - 1, due)))
        for at in np.argsort(tails, kind="stable"):
            if tails[at] >= P_TO_ADD:
                return fit_one(histories, chosen)
            if code_of(histories, chosen | {left[at]}) == 0:
                chosen = chosen | {left[at]}
                break
        else:
            return fit_one(histories, chosen)
