"""Count the claims of one incident as other organisations would, beside our own bounds.

All claims asked for are taken as one incident: narrow them by place and days. What claims do not
say (who is a party, whose report is the more reliable) is given in words, ``KEY=VALUE``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tallystick.casework.grounds import Grounds
from tallystick.errors import Refused, Trouble, Unreadable
from tallystick.reckoning import RuleFigure, RuleSetting, by_every_rule, by_rule
from tallystick.records import Claim, Issue, Query, Statement

__all__ = ["ALL", "BadGiven", "NotForRules", "reckon_by_rule", "setting_of", "statements_of_lines"]

ALL = "all"


class NotForRules(Refused):
    """A question asks a rule for what it cannot tell."""

    code = "not-for-rules"

    def __init__(self, asked: str) -> None:
        super().__init__(
            f"A rule counts the killed and injured of one incident; it takes no {asked}.",
            then="narrow the incident by --where, --during and --as-of alone.",
        )


class BadGiven(Unreadable):
    """Words about an incident cannot be read."""

    code = "bad-given"

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words[:60]}” says nothing that a rule knows.",
            then=f"write {', '.join(f'{key}={means}' for key, (means, _) in _GIVEN.items())}.",
        )


def reckon_by_rule(
    name: str, claims: Iterable[Claim], query: Query, setting: RuleSetting
) -> tuple[RuleFigure, ...]:
    """Return what one rule, or each (``all``), makes of the claims that the question asks for.

    Raises:
        UnknownRule: No rule has this name.
        NotForRules: The question narrows by what no rule knows.
    """
    _refuse_narrowing(query)
    asked = replace(setting, where=query.where, during=query.during)
    known = [claim for claim in claims if _is_known(claim, query)]
    if name == ALL:
        return by_every_rule(known, asked)
    return (by_rule(name, known, asked),)


def setting_of(
    given: Sequence[str], statements: Sequence[Statement], ground: Grounds
) -> RuleSetting:
    """Return what is known of an incident beside its claims.

    Args:
        given: Words ``KEY=VALUE``; a key that may hold several is given again.
        statements: Accusations, denials and admissions.
        ground: Places and actors.

    Raises:
        BadGiven: Words of another form.
    """
    setting = RuleSetting(places=ground.places, actors=ground.actors, statements=tuple(statements))
    for words in given:
        key, _, value = words.partition("=")
        if key not in _GIVEN or not value:
            raise BadGiven(words)
        try:
            setting = _GIVEN[key][1](setting, value)
        except (KeyError, ValueError) as trouble:
            raise BadGiven(words) from trouble
    return setting


def statements_of_lines(
    lines: Iterable[str], *, name: str
) -> tuple[tuple[Statement, ...], tuple[Issue, ...]]:
    """Read statements from the JSON lines that also hold the claims; other lines pass."""
    found: list[Statement] = []
    issues: list[Issue] = []
    for number, line in enumerate(lines, start=1):
        try:
            found += [Statement.from_json(told) for told in _statements_in(json.loads(line))]
        except (Trouble, TypeError) as trouble:
            says = trouble.what if isinstance(trouble, Trouble) else "It is no statement."
            where = f"{name} line {number}"
            issues.append(
                Issue(
                    code="reckoning.bad-statement",
                    weight="warning",
                    where=where,
                    says=says,
                    then="Correct the line, or leave it out.",
                )
            )
        except (ValueError, RecursionError):
            continue  # a line that is no JSON is told of where its claims are read
    return tuple(found), tuple(issues)


def _statements_in(told: object) -> list[Mapping[str, object]]:
    if not isinstance(told, Mapping):
        return []
    listed = told.get("statements")
    if isinstance(listed, list):
        return [each for each in listed if isinstance(each, Mapping)]
    return [told] if told.get("type") == "statement" else []


def _refuse_narrowing(query: Query) -> None:
    asked = {
        "kind": query.kind != "killed",
        "unit": query.unit != "persons",
        "whom": bool(query.whom),
        "by": bool(query.by),
        "to": bool(query.to),
    }
    for name, is_asked in asked.items():
        if is_asked:
            raise NotForRules(f"--{name}")


def _is_known(claim: Claim, query: Query) -> bool:
    until = claim.counted.until
    known = claim.published or (until.day if until else None)
    return query.as_of is None or known is None or known <= query.as_of


def _active(setting: RuleSetting, value: str) -> RuleSetting:
    return replace(setting, active_conflict={"yes": True, "no": False}[value])


def _dyad(setting: RuleSetting, value: str) -> RuleSetting:
    return replace(setting, is_dyad_clear={"clear": True, "unclear": False}[value])


def _party(setting: RuleSetting, value: str) -> RuleSetting:
    return replace(setting, parties=setting.parties | {value})


def _reliable(setting: RuleSetting, value: str) -> RuleSetting:
    who, _, rank = value.rpartition(":")
    return replace(setting, reliable={**setting.reliable, who: int(rank)})


def _sides(setting: RuleSetting, value: str) -> RuleSetting:
    one, other = value.split("+")
    return replace(setting, sides=(one, other))


def _verified(setting: RuleSetting, value: str) -> RuleSetting:
    return replace(setting, verified=setting.verified | {value})


_Setter = Callable[[RuleSetting, str], RuleSetting]
_GIVEN: Mapping[str, tuple[str, _Setter]] = {
    "active-conflict": ("yes|no", _active),
    "dyad": ("clear|unclear", _dyad),
    "party": ("ID", _party),
    "reliable": ("ID:RANK", _reliable),
    "sides": ("ID+ID", _sides),
    "verified": ("CLAIM", _verified),
}
