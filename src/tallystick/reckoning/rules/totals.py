"""Add up what one account says: parts inside a total, and people told apart beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallystick.reckoning.rules.inside import are_apart, is_wider, is_within
from tallystick.reckoning.rules.named import Named, Reading, highest, hull, lowest
from tallystick.reckoning.rules.setting import Setting
from tallystick.records import Claim

__all__ = ["total", "without"]

# Beyond so many claims of one account, its best sum of parts is sought greedily.
_EXACTLY = 14


def total(claims: Iterable[Claim], read: Reading, setting: Setting) -> Named | None:
    """Return the numbers that an account names for all the people of these claims.

    Claims inside another are its parts. The rest add up where they speak of different people;
    where they may overlap, the largest sum over different people is what the account names:
    nobody named the sum of overlapping numbers.

    Args:
        claims: Of one account and one kind of harm.
        read: A rule's way to read a number; claims that it does not read are left out.
        setting: Places, actors.
    """
    told = _same_people_once(claims, read, setting)
    if not told:
        return None
    outer = [
        (claim, named)
        for claim, named in told
        if not any(is_within(claim, other, setting) for other, _ in told)
    ]
    steps = tuple(dict.fromkeys(step for _, named in outer for step in named.steps))
    if len(outer) == 1 and outer[0][1].lo is None:
        return outer[0][1]
    lo = _best_apart([(claim, lowest(named)) for claim, named in told], setting)
    if any(named.hi is None for _, named in outer):
        return Named(lo, None, steps)
    hi = _best_apart([(claim, highest(named)) for claim, named in outer], setting)
    return Named(lo, max(lo, hi), steps)


def without(whole: Named, part: Named | None) -> Named:
    """Return what is left of a whole when a part of it is taken out."""
    if part is None:
        return whole
    lo = None if whole.lo is None else max(0, whole.lo - (part.hi or lowest(part)))
    hi = None if whole.hi is None else max(0, whole.hi - lowest(part))
    return Named(lo, hi, (*whole.steps, *part.steps))


def _same_people_once(
    claims: Iterable[Claim], read: Reading, setting: Setting
) -> list[tuple[Claim, Named]]:
    told: list[tuple[Claim, Named]] = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        named = read(claim)
        if not isinstance(named, Named):
            continue
        for i, (other, before) in enumerate(told):
            if _is_same(claim, other, setting):
                told[i] = (other, hull((before, named)))
                break
        else:
            told.append((claim, named))
    return told


def _is_same(one: Claim, other: Claim, setting: Setting) -> bool:
    if is_within(one, other, setting) or is_within(other, one, setting):
        return False
    if are_apart(one, other, setting) or _is_part(one) != _is_part(other):
        return False
    return is_wider(one, other, setting) and is_wider(other, one, setting)


def _is_part(claim: Claim) -> bool:
    return claim.role in ("subset", "part")


def _best_apart(told: Sequence[tuple[Claim, int]], setting: Setting) -> int:
    """Return the largest sum of numbers over claims that are pairwise apart."""
    ordered = sorted(told, key=lambda pair: (-pair[1], pair[0].id))
    if len(ordered) > _EXACTLY:
        return _greedy(ordered, setting)
    best = 0

    def walk(rest: Sequence[tuple[Claim, int]], so_far: int) -> None:
        nonlocal best
        best = max(best, so_far)
        for i, (claim, number) in enumerate(rest):
            left = [pair for pair in rest[i + 1 :] if are_apart(claim, pair[0], setting)]
            walk(left, so_far + number)

    walk(ordered, 0)
    return best


def _greedy(ordered: Sequence[tuple[Claim, int]], setting: Setting) -> int:
    taken: list[Claim] = []
    found = 0
    for claim, number in ordered:
        if all(are_apart(claim, other, setting) for other in taken):
            taken.append(claim)
            found += number
    return found
