"""Count the claims of one incident as other organisations would, by their published rules.

Each rule is a pure function; each step of it says what stands behind it (``MARKS``). These
figures are never bounds and never enter one.
"""

from tallystick.reckoning.rules.airwars import airwars_totals
from tallystick.reckoning.rules.axes import Axes, axes_of
from tallystick.reckoning.rules.by_rule import (
    RULE_COLUMNS,
    RULES,
    UnknownRule,
    by_every_rule,
    by_rule,
    incidents_of,
    rule_table,
)
from tallystick.reckoning.rules.hrdag import Enumeration, hrdag_enumeration
from tallystick.reckoning.rules.rule_figure import MARKS, Range, RuleFigure, Share, Step
from tallystick.reckoning.rules.setting import Setting

__all__ = [
    "MARKS",
    "RULES",
    "RULE_COLUMNS",
    "Axes",
    "Enumeration",
    "Range",
    "RuleFigure",
    "Setting",
    "Share",
    "Step",
    "UnknownRule",
    "airwars_totals",
    "axes_of",
    "by_every_rule",
    "by_rule",
    "hrdag_enumeration",
    "incidents_of",
    "rule_table",
]
