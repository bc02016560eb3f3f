"""Compare two records field by field: the columns of evidence that the score weighs.

Missing evidence is NaN, never a guess. The order of the two records does not matter.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.columns import C, Columns
from tallystick.linking.engines.jit import in_parts, inlined, jit, lean
from tallystick.linking.sounds import Memo, Sounds, alike, memo, sounds_of

__all__ = ["FEATURES", "MONOTONE", "World", "features_of", "world_of"]

# name: (direction in which the score may move, what it says)
FEATURES: dict[str, tuple[int, str]] = {
    "given": (1, "given names sound alike"),
    "family": (1, "family names sound alike"),
    "father": (1, "fathers' names sound alike"),
    "grandfather": (1, "grandfathers' names sound alike"),
    "open": (1, "the last word of one may be the father's name of the other"),
    "turned": (1, "given and family agree when one name is turned round"),
    "kunya": (1, "the kunya names the other's father, or both kunyas agree"),
    "child_known": (1, "a child of the other bears the name in the kunya, or a wife is known"),
    "relative": (1, "the relative named is the other's father, or both name the same relative"),
    "kind": (0, "how the two are named: own names, kunya, wife of, child of, one word"),
    "days": (-1, "days between the dates of death"),
    "month": (1, "months agree"),
    "slip": (1, "dates agree but for the year, or with day and month changed round"),
    "place": (1, "places sound alike"),
    "region": (1, "regions sound alike"),
    "cross": (1, "the place of one is the region of the other"),
    "city": (0, "records whose place is just the region's own city"),
    "sex": (1, "sexes agree"),
    "years": (-1, "years between the ages"),
    "age": (0, "the lower age"),
    "mother": (1, "mothers' names sound alike"),
    "same_list": (0, "both stand in one list"),
    "scripts": (0, "same or different script"),
    "given_rare": (0, "how rare the given name is"),
    "family_rare": (0, "how rare the family name is"),
    "namesakes": (-1, "how many in all the lists bear both names"),
    "same_day": (0, "how many died on that day"),
    "same_day_family": (0, "how many of that family name died on that day"),
    "same_place_day": (0, "how many died there on that day"),
    "words_less": (0, "words in the shorter name"),
    "words_more": (0, "words in the longer name"),
    "number": (1, "official numbers agree"),
    "father_rare": (0, "how rare the father's name is"),
    "place_rare": (0, "how rare the place is"),
}
MONOTONE: list[int] = [direction for direction, _ in FEATURES.values()]
_WIDTH = len(FEATURES)
(
    _G, _S, _F, _H, _OPEN, _TURN, _KUN, _CHILD, _REL, _KIND, _DAYS, _MONTH, _SLIP, _PLACE, _REGION,
    _CROSS, _CITY, _SEX, _YEARS, _AGE, _MOTHER, _LIST, _SCRIPTS, _GRARE, _SRARE, _NAMESAKES, _DAYN,
    _DAYFAM, _DAYPLACE, _WLESS, _WMORE, _NUMBER, _FRARE, _PRARE,
) = range(len(FEATURES))  # fmt: skip

GIVEN, FATHER, GRAND, FAMILY, KUNYA, OF = C.GIVEN, C.FATHER, C.GRAND, C.FAMILY, C.KUNYA, C.OF
MOTHER, PLACE, REGION, KIN, SEX, AGE = C.MOTHER, C.PLACE, C.REGION, C.KIN, C.SEX, C.AGE
DAY, MONTH, LIST, WORDS, OPEN, SCRIPT, NUMBER = (
    C.DAY, C.MONTH, C.LIST, C.WORDS, C.OPEN, C.SCRIPT, C.NUMBER
)  # fmt: skip
GUESS = C.GUESSED_SEX


class World(NamedTuple):
    """Hold what comparing a pair reads.

    Args:
        cells: The record matrix.
        crowd: Shape (n, 9): log counts around each record (given, family, both, day, day and
            family, day and place, father, place), and whether its place is the region's city.
        children: Sorted keys of (given, father, family) known from full names.
        wives: Sorted keys of (father, mother, family) known from lists with both columns.
        skeleton: Shape (T,), number of each word's first skeleton.
        sounds: The words.
    """

    cells: NDArray[np.int32]
    crowd: NDArray[np.float32]
    children: NDArray[np.int64]
    wives: NDArray[np.int64]
    skeleton: NDArray[np.int32]
    sounds: Sounds


def world_of(columns: Columns) -> World:
    """Prepare the columns for comparing."""
    skeleton = columns.tokens.keys[:, 0].copy()
    cells = columns.cells
    surveyed = cells[cells[:, C.SURVEYED] > 0]
    sounds = sounds_of(columns.tokens)
    return World(
        cells=cells,
        crowd=np.column_stack([_crowd(cells, skeleton), _is_city(cells, sounds)]),
        children=_triples(surveyed, skeleton, GIVEN, FATHER),
        wives=_triples(surveyed, skeleton, FATHER, MOTHER),
        skeleton=skeleton,
        sounds=sounds,
    )


@jit
def _is_city(cells: NDArray[np.int32], sounds: Sounds) -> NDArray[np.float32]:
    out = np.zeros(len(cells), np.float32)
    heard = memo(False)
    for at in range(len(cells)):
        place, region = cells[at, PLACE], cells[at, REGION]
        if place >= 0 and region >= 0 and alike(place, region, sounds, heard) > 0.8:
            out[at] = 1.0
    return out


def _skeletons(
    cells: NDArray[np.int32], skeleton: NDArray[np.int32], column: int
) -> NDArray[np.int64]:
    token = cells[:, column]
    return np.where(token >= 0, skeleton[token], -1).astype(np.int64)


def _counts(surveyed: NDArray[np.bool_], *keys: NDArray[np.int64]) -> NDArray[np.float32]:
    """Give log(1 + how many surveyed records share all these keys); 0 where one is missing.

    A record that is not surveyed counts for itself where it is the only one.
    """
    known = np.logical_and.reduce([key >= 0 for key in keys])
    mixed = keys[0].copy()
    for key in keys[1:]:
        mixed = mixed * np.int64(1_000_003) + key
    _, inverse = np.unique(mixed[known], return_inverse=True)
    counts = np.bincount(inverse, surveyed[known])
    out = np.zeros(len(mixed), np.float32)
    out[known] = np.log1p(np.maximum(counts, 1)[inverse])
    return out


def _crowd(cells: NDArray[np.int32], skeleton: NDArray[np.int32]) -> NDArray[np.float32]:
    given, family = _skeletons(cells, skeleton, GIVEN), _skeletons(cells, skeleton, FAMILY)
    father, place = _skeletons(cells, skeleton, FATHER), _skeletons(cells, skeleton, PLACE)
    day = cells[:, DAY].astype(np.int64)
    surveyed = cells[:, C.SURVEYED] > 0
    per_record = np.float32(np.log(max(surveyed.sum(), 1)))
    counts = partial(_counts, surveyed)

    def share(key: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.where(key >= 0, counts(key) - per_record, np.float32(0))

    crowd = np.column_stack(
        [
            share(given),
            share(family),
            counts(given, family),
            counts(day),
            counts(day, family),
            counts(day, place),
            share(father),
            share(place),
        ]
    )
    # In steps of a quarter: a list larger than the survey allows for still leaves most as it was.
    return (np.round(crowd * 4) / 4).astype(np.float32)


@inlined
def _triple(a: int, b: int, c: int) -> int:
    key: int = (np.int64(a) << 42) | (np.int64(b) << 21) | np.int64(c)  # type: ignore[assignment]  # numba's int
    return key


def _triples(
    cells: NDArray[np.int32], skeleton: NDArray[np.int32], first: int, second: int
) -> NDArray[np.int64]:
    a, b = _skeletons(cells, skeleton, first), _skeletons(cells, skeleton, second)
    c = _skeletons(cells, skeleton, FAMILY)
    known = (a >= 0) & (b >= 0) & (c >= 0)
    return np.unique((a[known] << 42) | (b[known] << 21) | c[known])


@inlined
def _has(sorted_keys: NDArray[np.int64], key: int) -> bool:
    at = np.searchsorted(sorted_keys, key)
    return bool(at < len(sorted_keys) and sorted_keys[at] == key)


@inlined
def _most(a: float, b: float) -> float:
    if np.isnan(a):
        return b
    if np.isnan(b):
        return a
    return max(a, b)


@inlined
def _known(world: World, keys: NDArray[np.int64], a: int, b: int, c: int) -> float:
    if a < 0 or b < 0 or c < 0:
        return np.nan
    sk = world.skeleton
    return 1.0 if _has(keys, _triple(sk[a], sk[b], sk[c])) else 0.0


@inlined
def _names(
    r: NDArray[np.int32], q: NDArray[np.int32], world: World, heard: Memo, out: NDArray[np.float32]
) -> None:
    w = world.sounds
    out[_G] = alike(r[GIVEN], q[GIVEN], w, heard)
    out[_S] = alike(r[FAMILY], q[FAMILY], w, heard)
    out[_F] = alike(r[FATHER], q[FATHER], w, heard)
    out[_H] = alike(r[GRAND], q[GRAND], w, heard)
    out[_OPEN] = np.nan
    if r[OPEN] == 1:
        out[_OPEN] = alike(r[FAMILY], q[FATHER], w, heard)
    if q[OPEN] == 1:
        out[_OPEN] = _most(out[_OPEN], alike(q[FAMILY], r[FATHER], w, heard))
    out[_TURN] = np.nan
    if min(r[WORDS], q[WORDS]) == 2:
        out[_TURN] = min(alike(r[GIVEN], q[FAMILY], w, heard), alike(r[FAMILY], q[GIVEN], w, heard))
    out[_MOTHER] = alike(r[MOTHER], q[MOTHER], w, heard)


@inlined
def _kin(
    r: NDArray[np.int32], q: NDArray[np.int32], world: World, heard: Memo, out: NDArray[np.float32]
) -> None:
    w = world.sounds
    kunya = _most(alike(r[KUNYA], q[FATHER], w, heard), alike(q[KUNYA], r[FATHER], w, heard))
    out[_KUN] = _most(kunya, alike(r[KUNYA], q[KUNYA], w, heard))
    child = _most(
        _known(world, world.children, r[KUNYA], q[GIVEN], r[FAMILY]),
        _known(world, world.children, q[KUNYA], r[GIVEN], q[FAMILY]),
    )
    wife = np.nan
    if r[KIN] == 1:
        wife = _known(world, world.wives, r[OF], q[GIVEN], r[FAMILY])
    if q[KIN] == 1:
        wife = _most(wife, _known(world, world.wives, q[OF], r[GIVEN], q[FAMILY]))
    out[_CHILD] = _most(child, wife)
    out[_REL] = np.nan
    if r[KIN] == 2 and q[KIN] == 0:
        out[_REL] = alike(r[OF], q[FATHER], w, heard)
    elif q[KIN] == 2 and r[KIN] == 0:
        out[_REL] = alike(q[OF], r[FATHER], w, heard)
    elif r[KIN] > 0 and r[KIN] == q[KIN]:
        out[_REL] = alike(r[OF], q[OF], w, heard)


@inlined
def _kind(r: NDArray[np.int32]) -> int:
    """0 full, 1 two words, 2 one word, 3 kunya alone, 4 wife of, 5 child of, 6 parent of."""
    if r[KIN] > 0:
        kin: int = r[KIN]
        return 3 + kin
    if r[GIVEN] < 0:
        return 3
    return 0 if r[WORDS] > 2 else (1 if r[WORDS] == 2 else 2)


@inlined
def _when(r: NDArray[np.int32], q: NDArray[np.int32], out: NDArray[np.float32]) -> None:
    out[_DAYS] = np.nan
    out[_SLIP] = np.nan
    out[_MONTH] = np.nan
    if r[MONTH] >= 0 and q[MONTH] >= 0:
        apart = abs(r[MONTH] - q[MONTH])
        out[_MONTH] = 2.0 if apart == 0 else (1.0 if apart == 1 else 0.0)
    if r[DAY] >= 0 and q[DAY] >= 0:
        days = abs(r[DAY] - q[DAY])
        out[_DAYS] = min(days, 400)
        out[_SLIP] = 0.0
        if days > 0:
            year = days in (365, 366, 730, 731)
            out[_SLIP] = 1.0 if year or _changed_round(r, q) else 0.0


@lean
def _changed_round(r: NDArray[np.int32], q: NDArray[np.int32]) -> bool:
    """Say whether day and month changed places between the two dates."""
    return bool(
        r[MONTH] // 12 == q[MONTH] // 12
        and _day_in_month(r) == q[MONTH] % 12 + 1
        and _day_in_month(q) == r[MONTH] % 12 + 1
    )


@lean
def _day_in_month(r: NDArray[np.int32]) -> int:
    """Give the day of the month from days since 1970 (Howard Hinnant's civil calendar)."""
    z = r[DAY] + 719468
    era = z // 146097
    doe = z - era * 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    day: int = doy - (153 * mp + 2) // 5 + 1
    return day


@inlined
def _where(
    r: NDArray[np.int32], q: NDArray[np.int32], world: World, heard: Memo, out: NDArray[np.float32]
) -> None:
    w = world.sounds
    out[_PLACE] = alike(r[PLACE], q[PLACE], w, heard)
    out[_REGION] = alike(r[REGION], q[REGION], w, heard)
    out[_CROSS] = _most(alike(r[PLACE], q[REGION], w, heard), alike(q[PLACE], r[REGION], w, heard))


@inlined
def _who(r: NDArray[np.int32], q: NDArray[np.int32], out: NDArray[np.float32]) -> None:
    out[_SEX] = np.nan
    if r[GUESS] >= 0 and q[GUESS] >= 0:
        # A sex stated in both weighs more than one that a given name suggests.
        stated = r[SEX] >= 0 and q[SEX] >= 0
        same = r[GUESS] == q[GUESS]
        out[_SEX] = (3.0 if stated else 2.0) if same else (0.0 if stated else 1.0)
    out[_YEARS] = np.nan
    out[_AGE] = np.nan
    if r[AGE] >= 0 and q[AGE] >= 0:
        out[_YEARS] = min(abs(r[AGE] - q[AGE]), 60)
        out[_AGE] = min(r[AGE], q[AGE])
    out[_NUMBER] = np.nan
    if r[NUMBER] >= 0 and q[NUMBER] >= 0:
        out[_NUMBER] = 1.0 if r[NUMBER] == q[NUMBER] else 0.0


@inlined
def _around(i: int, j: int, world: World, out: NDArray[np.float32]) -> None:
    r, q = world.cells[i], world.cells[j]
    a, b = world.crowd[i], world.crowd[j]
    kinds = _kind(r), _kind(q)
    out[_KIND] = max(kinds) * 7 + min(kinds)
    out[_LIST] = 1.0 if r[LIST] == q[LIST] else 0.0
    out[_SCRIPTS] = 2.0 if r[SCRIPT] != q[SCRIPT] else float(r[SCRIPT])
    out[_GRARE] = max(a[0], b[0])
    out[_SRARE] = max(a[1], b[1])
    out[_NAMESAKES] = max(a[2], b[2])
    out[_DAYN] = max(a[3], b[3])
    out[_DAYFAM] = max(a[4], b[4])
    out[_DAYPLACE] = max(a[5], b[5])
    out[_CITY] = a[8] + b[8]
    out[_FRARE] = max(a[6], b[6])
    out[_PRARE] = max(a[7], b[7])
    out[_WLESS] = min(r[WORDS], q[WORDS])
    out[_WMORE] = max(r[WORDS], q[WORDS])


@lean
def compare(i: int, j: int, world: World, heard: Memo, out: NDArray[np.float32]) -> None:
    """Fill ``out`` with the evidence on one pair."""
    r, q = world.cells[i], world.cells[j]
    _names(r, q, world, heard, out)
    _kin(r, q, world, heard, out)
    _when(r, q, out)
    _where(r, q, world, heard, out)
    _who(r, q, out)
    _around(i, j, world, out)


@lean
def _fill(
    left: NDArray[np.int32], right: NDArray[np.int32], world: World, heard: Memo,
    out: NDArray[np.float32],
) -> None:  # fmt: skip
    first = out.shape[1] - _WIDTH
    for at in range(len(left)):
        compare(left[at], right[at], world, heard, out[at, first:])


def features_of(
    left: NDArray[np.int32], right: NDArray[np.int32], world: World, *, rough: bool = False,
    out: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:  # fmt: skip
    """Compare pairs: shape (pairs, len(FEATURES)).

    Args:
        left: Record numbers of one side.
        right: Those of the other.
        world: What comparing reads.
        rough: Whether words count as alike if they share a skeleton, and else as not alike:
            ten times as fast.
        out: An array in whose last columns to write.
    """
    told = np.empty((len(left), len(FEATURES)), np.float32) if out is None else out
    in_parts(lambda a, b: _fill(left[a:b], right[a:b], world, memo(rough), told[a:b]), len(left))
    return told
