"""Choose a rule by its name, or lay all of them side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from tallystick.errors import UnknownTerm
from tallystick.reckoning.rules.acled import acled
from tallystick.reckoning.rules.airwars import airwars
from tallystick.reckoning.rules.ibc import ibc
from tallystick.reckoning.rules.ohchr import ohchr
from tallystick.reckoning.rules.rule_figure import RuleFigure
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.ucdp import ucdp
from tallystick.records import Claim

__all__ = [
    "RULES", "RULE_COLUMNS", "UnknownRule", "by_every_rule", "by_rule", "incidents_of",
    "rule_table",
]  # fmt: skip

Rule = Callable[[Iterable[Claim], Setting | None], RuleFigure]
RULES: Mapping[str, Rule] = {
    "acled": acled,
    "airwars": airwars,
    "ibc": ibc,
    "ohchr": ohchr,
    "ucdp": ucdp,
}
RULE_COLUMNS = ("rule", "killed", "best", "injured", "grade", "unverified", "why")


class UnknownRule(UnknownTerm):
    """No rule has this name."""

    code = "unknown-rule"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no rule “{name[:40]}”.", then=f"use all, or one of {', '.join(RULES)}."
        )


def by_rule(name: str, claims: Iterable[Claim], setting: Setting | None = None) -> RuleFigure:
    """Return what the named organisation's rule makes of the claims of one incident.

    Raises:
        UnknownRule: No rule has this name.
    """
    if name not in RULES:
        raise UnknownRule(name)
    return RULES[name](claims, setting)


def by_every_rule(
    claims: Iterable[Claim], setting: Setting | None = None
) -> tuple[RuleFigure, ...]:
    """Return what each rule makes of the same claims of one incident, by name of rule."""
    listed = tuple(claims)
    given = setting or Setting()
    return tuple(rule(listed, given) for rule in RULES.values())


def incidents_of(
    claims: Iterable[Claim], incidents: Mapping[str, str] | None = None
) -> dict[str, tuple[Claim, ...]]:
    """Return the claims by incident; those of none under the empty name.

    A label belongs to its teller: two tellers' labels are one incident only by a reviewed
    decision.

    Args:
        claims: Of many incidents.
        incidents: Reviewed decisions: each label and what all call that incident.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    decided = incidents or {}
    for claim in claims:
        label = claim.incident
        own = f"{claim.originator}: {label}" if label else ""
        found[decided.get(label, own) if label else ""].append(claim)
    return {name: tuple(found[name]) for name in sorted(found)}


def rule_table(figures: Iterable[RuleFigure]) -> tuple[tuple[str, ...], ...]:
    """Return one row of words for each figure, under ``RULE_COLUMNS``."""
    return tuple(_row(figure) for figure in figures)


def _row(figure: RuleFigure) -> tuple[str, ...]:
    killed = "no figure" if figure.killed is None else str(figure.killed)
    if figure.bands:
        killed += f" ({', '.join(f'{name} {band}' for name, band in figure.bands)})"
    return (
        figure.rule,
        killed,
        "" if figure.best is None else str(figure.best),
        "" if figure.injured is None else str(figure.injured),
        figure.grade or "",
        "yes" if figure.unverified_rule else "",
        " ".join((figure.reason, *figure.notes)),
    )
