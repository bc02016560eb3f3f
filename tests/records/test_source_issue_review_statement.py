"""The smaller records: what they refuse, and that they come back from their JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records.making import dates, names, spans, words

from tallystick.records import (
    Access,
    BadReview,
    BadStatement,
    Dump,
    Issue,
    Review,
    Source,
    SourceKind,
    Span,
    Statement,
    StatementKind,
    Weight,
)

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
sources = st.builds(
    Source,
    id=names,
    title=words,
    outlet=words,
    url=words,
    published=st.none() | dates,
    retrieved=words,
    media_type=words,
    sha256=hashes,
    size=st.integers(0, 10**9),
    lang=words,
    kind=st.sampled_from(get_args(SourceKind)),
    access=st.sampled_from(get_args(Access)),
    name=words,
    text=st.none() | st.builds(Dump, sha256=hashes, size=st.integers(0, 99), tool=words),
)
statements = st.builds(
    Statement,
    source=names,
    published=st.none() | dates,
    span=spans,
    quote=words,
    kind=st.sampled_from(get_args(StatementKind)),
    speaker_words=words,
    speaker=names,
    about=words,
    against_words=words,
    against=st.none() | names,
    due=st.none() | dates,
    method=words,
)
places = (
    st.builds(lambda source, pair: Span(source, *sorted(pair)), source=names, pair=spans) | words
)
issues = st.builds(
    Issue,
    code=names,
    weight=st.sampled_from(get_args(Weight)),
    where=places,
    says=words,
    then=words,
)
reviews = st.builds(
    Review,
    claim=names,
    verdict=st.sampled_from(["accept", "reject", "correct", "add"]),
    reason=names,
    fields=st.dictionaries(names, words, min_size=1, max_size=3),
    reviewer=names,
    at=words,
)


@pytest.mark.parametrize(
    ("kind", "made"),
    [(Source, sources), (Statement, statements), (Issue, issues), (Review, reviews)],
    ids=["source", "statement", "issue", "review"],
)
@given(data=st.data())
def test_a_record_comes_back_from_its_json(kind, made, data):
    record = data.draw(made)
    told = json.loads(json.dumps(record.as_json()))

    assert kind.__name__.lower() == told["type"]
    assert record == kind.from_json(told)


@given(statements, statements)
def test_sayings_share_an_id_only_if_they_say_the_same(one, other):
    def told(statement):
        return {**statement.as_json(), "id": "", "method": ""}

    assert (told(one) == told(other)) == (one.id == other.id)
    assert one.id.startswith("st-")


def test_a_saying_of_no_known_kind_is_refused():
    with pytest.raises(BadStatement, match="rumour"):
        Statement(span=(0, 1), quote="q", kind="rumour", speaker="a")


def test_a_saying_keeps_the_day_by_which_it_promises():
    told = Statement(span=(0, 1), quote="q", kind="commitment", speaker="a", due=date(2025, 4, 9))

    assert "2025-04-09" == told.as_json()["due"]


@pytest.mark.parametrize(
    "wrong",
    [{"verdict": "maybe"}, {"verdict": "reject"}, {"verdict": "correct"}, {"verdict": "add"}],
)
def test_a_decision_that_says_too_little_is_refused(wrong):
    with pytest.raises(BadReview) as caught:
        Review(**({"claim": "c-1", "reviewer": "u", "at": "now"} | wrong))

    assert caught.value.then


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_runs_forward(start, end):
    with pytest.raises(ValueError, match="forward"):
        Span("s-1", start, end)
