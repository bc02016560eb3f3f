"""Link the entries of many lists, in two scripts, to persons; keep families apart; count right.

Takes entries, gives persons with their probabilities, households, alarms, and the number of
distinct persons as an interval. Runs after lists are read and before figures and estimates.
Not here: opening files (casework), keeping verdicts (ledger).
"""

from tallystick.linking.cells import Unclear
from tallystick.linking.draws import Count, Lot
from tallystick.linking.engines.duck import on_duckdb
from tallystick.linking.engines.spark import on_spark
from tallystick.linking.engines.splink import by_splink, splink_pairs
from tallystick.linking.explain import Reasons, Step
from tallystick.linking.headers import FIELDS
from tallystick.linking.histories import histories_of
from tallystick.linking.learn import TooFewVerdicts, learned
from tallystick.linking.link import Linked, Scorer, link
from tallystick.linking.means import Means
from tallystick.linking.oddities import odd_entries
from tallystick.linking.review import Question
from tallystick.linking.rows import Sheet, entries_of
from tallystick.linking.score import Engine, Model, default_model, here

__all__ = [
    "FIELDS",
    "Count",
    "Engine",
    "Linked",
    "Lot",
    "Means",
    "Model",
    "Question",
    "Reasons",
    "Scorer",
    "Sheet",
    "Step",
    "TooFewVerdicts",
    "Unclear",
    "by_splink",
    "default_model",
    "entries_of",
    "here",
    "histories_of",
    "learned",
    "link",
    "odd_entries",
    "on_duckdb",
    "on_spark",
    "splink_pairs",
]
