"""Named persons keep the laws: on random lists, against every way in which persons may be one."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reckoning.books import (
    DAYS,
    IS_ASKED_FOR,
    PLACES,
    SOME,
    TERMS,
    actors,
    places,
    random_book,
)

from tallystick.reckoning import Options, reckon
from tallystick.records import Days, Listed, Query, Whom

HERE = places()
NAMES = ("A", "B", "C")
law = settings(
    max_examples=SOME if IS_ASKED_FOR else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
seeds = st.integers(0, 100_000)


def random_lists(seed):
    """Return lists of up to six persons, some of whom may be the same, by up to three tellers."""
    rng = random.Random(seed)
    persons = [f"p{n}" for n in range(rng.randint(1, 6))]
    undecided = {person: [p for p in persons if rng.random() < 0.15] for person in persons}
    rows = []
    for person in persons:
        place, day = rng.choice(list(PLACES)), rng.choice(DAYS)
        status = rng.choice(TERMS["status"])
        for name in rng.sample(NAMES, rng.randint(1, 3)):
            where = (place,) if rng.random() < 0.8 else (rng.choice(list(PLACES)),)
            rows.append(
                Listed(
                    person=person,
                    list=f"list {name}",
                    originator=name,
                    where=where if rng.random() < 0.8 else (),
                    during=Days(day, day) if rng.random() < 0.8 else None,
                    whom=Whom({"status": status}) if rng.random() < 0.5 else Whom(),
                    undecided=tuple(undecided[person]),
                )
            )
    return rows


def figure(rows, query=None, claims=(), voices=None, k=1):
    names = dict.fromkeys(NAMES, "") | {"D": ""}
    (found,), _, _ = reckon(
        claims, [query or Query()], places=HERE,
        actors=actors(voices or {name: name for name in names}),
        options=Options(certificates=False, k=k), listed=rows,
    )  # fmt: skip
    return found


def fewest(rows):
    """Return the most persons no two of whom may be one, by trying every set."""
    near = defaultdict(set)
    for row in rows:
        for other in row.undecided:
            near[row.person].add(other)
            near[other].add(row.person)
    persons = sorted({row.person for row in rows})
    return max(
        size
        for size in range(len(persons) + 1)
        if any(
            not any(b in near[a] for a, b in combinations(some, 2))
            for some in combinations(persons, size)
        )
    )


@law
@given(seeds)
def test_the_whole_is_the_fewest_persons_and_the_most(seed):
    rows = random_lists(seed)
    found = figure(rows)

    assert (fewest(rows), len({row.person for row in rows})) == found.named
    assert found.documented.lo >= found.named[0]


@law
@given(seeds, seeds)
def test_named_and_counted_keep_their_order(seed, other):
    rows, book = random_lists(seed), random_book(other)
    plain = figure((), book.query, book.claims)
    found = figure(rows, book.query, book.claims, k=2)

    assert found.named[0] <= found.named[1]
    assert found.named[0] <= found.documented.lo <= found.believed
    assert plain.documented.lo <= found.documented.lo
    assert plain.single.lo <= found.single.lo <= found.documented.lo
    for corroborated, withstands in zip(found.corroborated, found.withstands, strict=True):
        assert corroborated.lo <= withstands.lo <= found.documented.lo


@law
@given(seeds, st.randoms(use_true_random=False))
def test_order_and_repetition_change_no_byte(seed, shuffle):
    rows = random_lists(seed)
    other = [*rows, *rows]
    shuffle.shuffle(other)

    assert figure(rows).as_json() == figure(other).as_json()


@law
@given(seeds, st.sampled_from(NAMES))
def test_a_list_that_is_gone_takes_nobody_else_with_it(seed, name):
    """Without one teller's lists no more is named, and to strike its voice is the same."""
    rows = random_lists(seed)
    kept = [row for row in rows if row.originator != name]
    gone = {row.person for row in rows} - {row.person for row in kept}
    kept = [replace(row, undecided=tuple(set(row.undecided) - gone)) for row in kept]
    without, whole = figure(kept), figure(rows)

    assert without.documented.lo <= whole.documented.lo
    assert whole.withstands[0].lo <= without.documented.lo
