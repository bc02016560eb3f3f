"""Count fatalities as ACLED does: one event, one conservative number, disputes in the notes.

Read: ACLED's questions and answers on fatalities, 7 May 2024 (a copy; its second half was not
readable), and the column list of its codebook. The number for words without one ("several"), and
what becomes of the remainder of a division, are from memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from tallystick.reckoning.rules.accounts import Account, evidence_of
from tallystick.reckoning.rules.named import Named, Reading, Unread, as_named, lowest
from tallystick.reckoning.rules.numbers import (
    PART_STEP,
    Told,
    disputes,
    parts_marked,
    told_by,
    unread,
    wholes,
)
from tallystick.reckoning.rules.rule_figure import Range, RuleFigure, Share, Step
from tallystick.reckoning.rules.setting import Setting
from tallystick.reckoning.rules.vague import Word, vague_word
from tallystick.records import Claim, Days

__all__ = ["acled", "spread"]

# “tens”, “dozens”, “hundreds” … “and so on”, as ACLED's page says.
_WORDS: Mapping[Word, int] = {"tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1000}
_UNKNOWN_ACTIVE, _UNKNOWN_ELSEWHERE = 10, 3


def acled(claims: Iterable[Claim], setting: Setting | None = None) -> RuleFigure:
    """Return one number of reported fatalities for the incident."""
    given = setting or Setting()
    evidence = evidence_of(claims, given)
    read = _reading(given)
    told = parts_marked(
        told_by(evidence.accounts, lambda account: account.of("killed"), read, given), given
    )
    aside = dict(evidence.set_aside) | unread(evidence.accounts, ("killed",), read)
    aside |= _not_collected(evidence.accounts)
    if not told:
        steps = (Step("No report gives a number of killed.", "published"),)
        return RuleFigure(
            rule="acled", steps=steps, axes=evidence.axes, set_aside=tuple(sorted(aside.items()))
        )
    chosen = min(wholes(told), key=lambda one: (lowest(one.named), one.originator))
    fatalities = lowest(chosen.named)
    events, division = _events(chosen.claims, fatalities)
    return RuleFigure(
        rule="acled",
        killed=Range(fatalities, fatalities),
        best=fatalities,
        events=events,
        notes=(*disputes(told), *_limits(evidence.accounts)),
        steps=(*_why(chosen, told), *division),
        axes=evidence.axes,
        used=tuple(sorted(claim.id for one in told for claim in one.claims)),
        set_aside=tuple(sorted(aside.items())),
    )


def spread(people: int, events: int) -> tuple[int, ...]:
    """Divide a summarised total over events: whole people, the sum kept, the rest to the first."""
    each, rest = divmod(people, events)
    return tuple(each + (1 if i < rest else 0) for i in range(events))


def _reading(setting: Setting) -> Reading:
    def read(claim: Claim) -> Named | Unread:
        if claim.unit != "persons":
            return Unread("families are not converted into persons")
        if claim.hedge == "vague":
            return _vague(claim, setting)
        named = as_named(claim)
        if named.lo is None:
            step = Step(f"“Up to {named.hi}” names no floor and counts as 0.", "ours")
            return Named(0, named.hi, (step,))
        return named

    return read


def _vague(claim: Claim, setting: Setting) -> Named | Unread:
    word = vague_word(claim)
    number = _WORDS.get(word) if word else None
    if number is not None:
        return Named(number, number, (Step(f"“{word}” is coded {number}.", "published"),))
    if word == "scores":
        return Named(20, 20, (Step("“scores” is coded 20, by “and so on”.", "ours"),))
    if word == "several":
        return _unknown_number(setting)
    return Unread("no number, and no word that ACLED's page gives a number for")


def _unknown_number(setting: Setting) -> Named:
    if setting.active_conflict:
        says = f"An unknown number is coded {_UNKNOWN_ACTIVE} in an active conflict."
        number = _UNKNOWN_ACTIVE
    else:
        says = f"An unknown number is coded {_UNKNOWN_ELSEWHERE} outside an active conflict."
        number = _UNKNOWN_ELSEWHERE
        if setting.active_conflict is None:
            says += " Nobody said whether the conflict is active; the lower number is taken."
    return Named(number, number, (Step(says, "memory"),))


def _why(chosen: Told, told: Sequence[Told]) -> tuple[Step, ...]:
    numbers = {lowest(one.named) for one in wholes(told)}
    says = f"The reports give {lowest(chosen.named)}."
    if len(numbers) > 1:
        says = f"Reports differ; the most conservative, {lowest(chosen.named)}, is taken."
    parts = (PART_STEP,) if any(one.is_part for one in told) else ()
    return (*chosen.named.steps, Step(says, "published"), *parts)


def _limits(accounts: Sequence[Account]) -> tuple[str, ...]:
    sides = {c.whom.get("status") for account in accounts for c in account.of("killed")}
    if len(sides - {None}) > 1:
        return ("Fatalities are not given by side.",)
    return ()


def _not_collected(accounts: Sequence[Account]) -> dict[str, str]:
    return {
        claim.id: "ACLED collects no injuries"
        if claim.kind == "injured"
        else "killed and injured in one number: no number of killed"
        for account in accounts
        for claim in account.of("injured", "killed+injured")
    }


def _events(claims: Sequence[Claim], fatalities: int) -> tuple[tuple[Share, ...], tuple[Step, ...]]:
    """Spread a total that sums up several days or places; an incident of its own stays whole."""
    if len(claims) != 1 or claims[0].role == "new":
        return (), ()
    places: list[str | None] = list(claims[0].where) or [None]
    days = _days(claims[0].during)
    events = [(place, day) for day in days for place in places]
    if len(events) < 2:
        return (), ()
    if len(events) > fatalities:
        says = f"{fatalities} over {len(events)} days and places is not divided: too few people."
        return (), (Step(says, "ours"),)
    shares = tuple(
        Share(place, day, people)
        for (place, day), people in zip(events, spread(fatalities, len(events)), strict=True)
    )
    says = f"{fatalities} sums up {len(events)} events and is divided evenly over them."
    steps = [Step(says, "published")]
    if fatalities % len(events):
        steps.append(Step("What does not divide goes to the first events.", "memory"))
    if len(days) > 1 and len(places) > 1:
        steps.append(Step("Each place has an event on each day.", "ours"))
    return shares, tuple(steps)


def _days(during: Days | None) -> list[dt.date | None]:
    if during is None:
        return [None]
    count = (during.last - during.first).days + 1
    return [during.first + dt.timedelta(days=i) for i in range(count)]
