"""Reckon bounds on every figure from claims that overlap, repeat and contradict each other.

Claims go in; figures come out, each with a proof that a short program can check, or contested,
with a smallest set of claims that disagree. The model is ``tally-2``: ``docs/why/tally-2.md``.
"""

from tallystick.reckoning.asking import UnknownAsked, split
from tallystick.reckoning.growth import Piece
from tallystick.reckoning.influence import Influence
from tallystick.reckoning.jumps import Jump
from tallystick.reckoning.options import METHOD, Apart, Options, Soft
from tallystick.reckoning.prove import NoCertificate, Proof, prove
from tallystick.reckoning.reckon import documented, reckon
from tallystick.reckoning.rules import (
    RULES,
    Enumeration,
    RuleFigure,
    UnknownRule,
    airwars_totals,
    by_every_rule,
    by_rule,
    hrdag_enumeration,
    incidents_of,
    rule_table,
)
from tallystick.reckoning.rules import Setting as RuleSetting
from tallystick.reckoning.what_if import Compared, NoSuchClaim, changed, compare, what_if
from tallystick.reckoning.why import Reason, explain

__all__ = [
    "METHOD",
    "RULES",
    "Apart",
    "Compared",
    "Enumeration",
    "Influence",
    "Jump",
    "NoCertificate",
    "NoSuchClaim",
    "Options",
    "Piece",
    "Proof",
    "Reason",
    "RuleFigure",
    "RuleSetting",
    "Soft",
    "UnknownAsked",
    "UnknownRule",
    "airwars_totals",
    "by_every_rule",
    "by_rule",
    "changed",
    "compare",
    "documented",
    "explain",
    "hrdag_enumeration",
    "incidents_of",
    "prove",
    "reckon",
    "rule_table",
    "split",
    "what_if",
]
