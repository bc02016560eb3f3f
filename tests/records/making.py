"""Strategies that make records: every field filled, and every field left out."""

from __future__ import annotations

from datetime import date
from typing import get_args

from hypothesis import strategies as st

from tallystick.records import (
    Claim,
    Counted,
    Days,
    Hedge,
    Kind,
    Mark,
    Pins,
    Polarity,
    Role,
    Standard,
    Unit,
    Whom,
)

words = st.text(st.characters(codec="utf-8"), max_size=8)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
ids = st.sampled_from(["SY-LA", "SY-TA", "sohr", "anon:s-12", "x:smith & sons", "a|b", "?", "مرصد"])
dates = st.dates(date(1900, 1, 1), date(2100, 12, 31))
days = st.tuples(dates, dates).map(sorted).map(lambda pair: Days(*pair))
times = st.sampled_from(["", "06", "06:30", "23:59:59"])
marks = st.builds(Mark, dates, times)


def _window(pair):
    first, second = sorted(pair, key=lambda mark: mark.day)
    return Counted(first, second)


counted = st.one_of(
    st.just(Counted()),
    marks.map(lambda mark: Counted(None, mark)),
    marks.map(lambda mark: Counted(mark, None)),
    st.tuples(marks, marks).map(_window),
)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99))
whom = st.dictionaries(st.sampled_from(["status", "sex", "age", "group"]), names).map(Whom)


def numbers():
    """(lo, hi) with lo <= hi, or no hi."""
    pair = st.tuples(st.integers(0, 5000), st.integers(0, 5000)).map(sorted).map(tuple)
    return pair | st.integers(0, 5000).map(lambda lo: (lo, None))


@st.composite
def claims(draw, name=names):
    """Claims over all fields; ``name`` draws the ids and words that the notation prints."""
    lo, hi = draw(numbers())
    maybe = {
        "published": dates,
        "span": spans,
        "hedge": st.sampled_from(get_args(Hedge)),
        "role": st.sampled_from(get_args(Role)),
        "pins": st.sampled_from(get_args(Pins)),
        "standard": st.sampled_from(get_args(Standard)),
        "during": days,
        "part_of": name,
        "supersedes": name,
        "retracts": name,
        "incident": name,
        "edition": name,
        "by": name,
    }
    told = {field: draw(st.none() | choice) for field, choice in maybe.items()}
    return Claim(
        kind=draw(st.sampled_from(get_args(Kind))),
        unit=draw(st.sampled_from(get_args(Unit))),
        polarity=draw(st.sampled_from(get_args(Polarity))),
        lo=lo,
        hi=hi,
        originator=draw(name),
        via=draw(name | st.just("")),
        source=draw(name | st.just("")),
        quote=draw(words),
        also=tuple(draw(st.lists(spans, max_size=2))),
        category=draw(words),
        whom=draw(whom),
        place=draw(words),
        where=tuple(draw(st.lists(name, max_size=3))),
        to=tuple(draw(st.lists(name, max_size=2))),
        date=draw(words),
        counted=draw(counted),
        attributed_to=draw(words),
        actor=draw(words),
        method=draw(words),
        **told,
    )
