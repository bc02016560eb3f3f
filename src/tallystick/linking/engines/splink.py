"""Let Splink score the pairs: an adapter for those who trust its model, and our yardstick.

Splink (MIT) is optional: ``pip install splink``. It joins, weighs and explains pairs by Fellegi
and Sunter's model, set up as an expert would: our parsed names as consonant skeletons, every
rule with the given name (or what else it may stand for) or the kunya, names weighed by how
common they are. Persons, verdicts, draws and ids are made of its scores as
of ours.

    link(entries, rng=rng, model=by_splink)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.columns import C, Columns
from tallystick.linking.draws import Lot
from tallystick.linking.explain import Reasons, Step
from tallystick.linking.score import Scored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from splink import SettingsCreator
    from splink.comparison_library import CustomComparison

__all__ = ["Splink", "by_splink", "splink_pairs"]

SEED = 1
LEAST = 0.001
_LN2 = float(np.log(2))
_NAMES = {"given": C.GIVEN, "family": C.FAMILY, "father": C.FATHER, "kunya": C.KUNYA,
          "place": C.PLACE, "region": C.REGION}  # fmt: skip
# A second skeleton, where the letters allow one.
_OTHER = "given_too"
_NUMBERS = {"day": C.DAY, "age": C.AGE, "sex": C.GUESSED_SEX}
# Its odds are taken as they are; the spread between worlds is that of our own model.
_LOT = Lot(slope=1.0, shift=0.0, spread=0.75)
_SAYS = {"given": "given names", "family": "family names", "father": "fathers' names",
         "kunya": "kunyas", "place": "places", "region": "regions", "day": "days of death",
         "age": "ages", "sex": "sexes"}  # fmt: skip
# Only what some records state can be trained; rules and comparisons on the rest are left out.
_RULES = (("given", "family"), ("given", "day"), ("given", "father", "region"),
          ("given", "place"), ("kunya", "family"), ("kunya", "day"))  # fmt: skip
_CROSSED = ("family", "day")
# What Splink itself takes where nothing is known.
_PRIOR = 0.0001
_WEIGHED_BY_USE = ("given", "family", "father")
_TRAINED_ON = (("given", "day"), ("family", "day"), ("given", "family"))


@dataclass(frozen=True, slots=True)
class Splink:
    """Hold what Splink said of each pair, in the place of a ``Model``.

    Args:
        name: Method and version.
        weights: Of each pair, the log-odds that each comparison added, by record numbers.
        prior: Log-odds that two random records are one person.
        cut: Mean log-odds above which two groups are one person.
        twice: Added to the cut for each list that has rows in both groups.
        company: Added to the cut unless both groups are a single record.
        lot: How partitions are drawn.
    """

    name: str
    weights: dict[tuple[int, int], dict[str, float]]
    prior: float
    cut: float
    twice: float
    company: float
    lot: Lot

    def why(self, i: int, j: int) -> Reasons:
        """Explain the score of two records: nought but the prior if Splink never compared them."""
        told = self.weights.get((min(i, j), max(i, j)), {})
        steps = tuple(Step(f, f"{_SAYS[f]} compared", None, moves) for f, moves in told.items())
        log_odds = self.prior + sum(told.values())
        return Reasons(self.prior, steps, log_odds, float(1 / (1 + np.exp(-log_odds))))


def by_splink(columns: Columns) -> tuple[Scored, Splink]:
    """Score the pairs of all records by a model that Splink fits to them; no labels are needed."""
    told = splink_pairs(columns, least=LEAST, explain=True)
    left, right = told["unique_id_l"].astype(np.int32), told["unique_id_r"].astype(np.int32)
    left, right = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((right, left))
    odds = (told["match_weight"] * _LN2).astype(np.float32)[order]
    left, right = left[order], right[order]
    moved: dict[str, NDArray[Any]] = {}
    for name, column in told.items():
        if name[:3] == "mw_":
            # What a name adds is told apart from what it adds by being rare.
            field = name[3:].removeprefix("tf_adj_")
            moved[field] = moved.get(field, 0.0) + column[order] * _LN2
    weights = {
        (int(a), int(b)): {name: float(column[at]) for name, column in moved.items()}
        for at, (a, b) in enumerate(zip(left, right, strict=True))
    }
    sums = np.sum([*moved.values(), np.zeros(len(odds))], axis=0)
    prior = float(np.median(odds - sums)) if len(odds) else 0.0
    name = f"splink-{version('splink')}"
    model = Splink(name, weights, prior, cut=0.0, twice=0.0, company=0.0, lot=_LOT)
    times = np.ones(len(odds), np.uint8)
    return Scored(left, right, odds, odds, times, len(odds)), model


def splink_pairs(
    columns: Columns,
    *,
    least: float,
    labels: Sequence[str | None] | None = None,
    explain: bool = False,
) -> dict[str, NDArray[Any]]:
    """Return the pairs that Splink predicts, as the columns it names them by.

    Args:
        columns: The records; those without a name are left out.
        least: Probability below which a pair is not returned.
        labels: Who some of the records are, to train on; None = by expectation and maximisation.
        explain: Return what each comparison added too, as ``mw_`` and its name.
    """
    import duckdb
    from splink import DuckDBAPI, Linker, block_on

    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        stated = _laid_out(engine, columns, labels)
        api = DuckDBAPI(connection=engine)
        settings = _settings(stated, explain=explain, labels=labels)
        linker = Linker(api.register("people"), settings, log_level=40)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
        if labels is not None:
            linker.training.estimate_m_from_label_column("label")
        for rule in _TRAINED_ON if labels is None else ():
            if stated.issuperset(rule) and _meet(engine, rule):
                linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
        found = linker.inference.predict(threshold_match_probability=least)
        told: dict[str, NDArray[Any]] = found.as_duckdbpyrelation().fetchnumpy()
        return told


def _meet(engine: DuckDBPyConnection, rule: tuple[str, ...]) -> bool:
    """Say whether a rule brings anybody together; Splink refuses to train on one that does not."""
    keys = ", ".join(rule)
    sql = f"SELECT 1 FROM people GROUP BY {keys} HAVING count(*) > 1"  # noqa: S608 - our own names
    stated = " AND ".join(f"{name} IS NOT NULL" for name in rule)
    return bool(engine.execute(f"{sql} AND {stated} LIMIT 1").fetchall())


def _laid_out(
    engine: DuckDBPyConnection, columns: Columns, labels: Sequence[str | None] | None
) -> set[str]:
    """Put the records into a table ``people``; return the columns that two records state."""
    words = np.array([*columns.tokens.skeletons, ""], object)
    raw: dict[str, NDArray[Any]] = {"unique_id": np.arange(columns.n)}
    for name, column, which in (*((n, c, 0) for n, c in _NAMES.items()), (_OTHER, C.GIVEN, 1)):
        token = columns.cells[:, column]
        # Where there is no word or no such key, −1 stands, and ``words`` ends in none.
        raw[name] = words[np.where(token >= 0, columns.tokens.keys[token, which], -1)]
    raw |= {name: columns.cells[:, column].copy() for name, column in _NUMBERS.items()}
    raw["named"] = columns.cells[:, C.NAMED].copy()
    raw["label"] = np.array([label or "" for label in labels or [""] * columns.n], object)
    engine.register("raw", raw)
    texts = ", ".join(f"nullif({name}, '') AS {name}" for name in (*_NAMES, _OTHER, "label"))
    numbers = ", ".join(f"CASE WHEN {name} >= 0 THEN {name} END AS {name}" for name in _NUMBERS)
    engine.execute(
        f"CREATE TABLE people AS SELECT unique_id, {texts}, {numbers} FROM raw WHERE named > 0"  # noqa: S608 - our own names of columns
    )
    counts = ", ".join(f"count({name})" for name in (*_NAMES, *_NUMBERS))
    (stated,) = engine.execute(f"SELECT {counts} FROM people").fetchall()  # noqa: S608 - likewise
    return {name for name, many in zip((*_NAMES, *_NUMBERS), stated, strict=True) if many > 1}


def _settings(
    stated: set[str], *, explain: bool, labels: Sequence[str | None] | None
) -> SettingsCreator:
    import splink.comparison_library as compare
    from splink import SettingsCreator, block_on
    from splink.blocking_rule_library import CustomRule

    alike = {name: compare.JaroWinklerAtThresholds(name, [0.95, 0.85]).configure(
             term_frequency_adjustments=name in _WEIGHED_BY_USE)
             for name in ("given", "family", "father", "place")}  # fmt: skip
    equal = {name: compare.ExactMatch(name) for name in ("kunya", "region", "sex")}
    near = {"day": _near("day", (0, 1, 10, 40)), "age": _near("age", (0, 2, 5))}
    by_name = alike | equal | near
    crossed = [
        CustomRule(f"{a}.given = {b}.{_OTHER} AND {a}.{name} = {b}.{name}")
        for name in _CROSSED
        if stated.issuperset({"given", name})
        for a, b in (("l", "r"), ("r", "l"))
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[by_name[name] for name in by_name if name in stated],
        blocking_rules_to_generate_predictions=[
            *(block_on(*rule) for rule in _RULES if stated.issuperset(rule)), *crossed,
        ] or [block_on("given")],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=explain,
        probability_two_random_records_match=_share(labels or ()),
    )  # fmt: skip


def _share(labels: Sequence[str | None]) -> float:
    """Give the share of pairs that are one person, as the labelled records have it."""
    many = Counter(label for label in labels if label)
    same = sum(of_one * (of_one - 1) for of_one in many.values())
    return same / (many.total() * (many.total() - 1)) if same else _PRIOR


def _near(column: str, steps: tuple[int, ...]) -> CustomComparison:
    import splink.comparison_level_library as levels
    import splink.comparison_library as compare

    within = [
        levels.CustomLevel(f"abs({column}_l - {column}_r) <= {step}", f"within {step}")
        for step in steps
    ]
    return compare.CustomComparison(
        output_column_name=column,
        comparison_levels=[levels.NullLevel(column), *within, levels.ElseLevel()],
    )
