"""Laws of reading: verbatim, stable, deterministic, sound on any input."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.invented_names import full_name

from tallystick.reading import read_text

DAY = date(2025, 3, 12)
SENTENCES = (
    "At least {n} people were killed in Latakia on Monday, SOHR said.",
    "Gunmen abducted {n} farmers near Homs and wounded two others.",
    "The toll rose to {n} from an earlier 3.",
    "No casualties were reported in Hama.",
    "Some {n} families fled to Lebanon.",
    "قتل {n} شخصا في قصف على حماة، بحسب المرصد.",
    "Murieron {n} personas en Alepo, según la policía.",
    "Au moins {n} soldats ont été tués près de Homs.",
    "The governor denied that {n} civilians had died.",
    f"{full_name(3)} (41), a teacher, was shot dead.",
)
TEXTS = st.lists(
    st.tuples(st.sampled_from(SENTENCES), st.integers(2, 9000)), min_size=1, max_size=5
).map(lambda parts: " ".join(sentence.format(n=number) for sentence, number in parts))
ANYTHING = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("0123456789٣۴,.-()'\" \n\u200f"),
    ),
    max_size=120,
)
WORDS = st.lists(
    st.sampled_from(
        "killed of and the a five 12 , . ( ) people were was by including toll to from no not "
        "who said according to among both half dozen families fled Latakia on Monday - ; : dead "
        "قتل و 5 في مدنيين بينهم dont et tués muertos de 3".split(" ")
    ),
    max_size=40,
).map(" ".join)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_every_quote_is_verbatim(text: str) -> None:
    for claim in read_text(text, published=DAY).claims:
        assert claim.span is not None
        assert claim.quote == text[slice(*claim.span)]
        assert all(text[start:end] for start, end in claim.also)


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_text_that_is_appended_moves_no_span(text: str) -> None:
    before = {claim.span for claim in read_text(text, published=DAY, lang="en").claims}
    longer = text + "\n\nThe weather was mild. The market opened again."
    after = {claim.span for claim in read_text(longer, published=DAY, lang="en").claims}

    assert before == after


@given(st.sampled_from(SENTENCES[:3] + SENTENCES[4:9]), st.integers(10, 900), st.integers(10, 900))
@settings(max_examples=60, deadline=None)
def test_another_number_changes_exactly_that_claim(sentence: str, one: int, other: int) -> None:
    def told(number: int) -> list[tuple[object, ...]]:
        reading = read_text(sentence.format(n=number), published=DAY)
        return [
            (c.kind, c.hedge, c.role, number in (c.lo, c.hi), c.lo if c.lo != number else "N")
            for c in reading.claims
        ]

    assert told(one) == told(other)
    assert any(is_it for *_, is_it, _ in told(one))


@given(
    st.lists(st.sampled_from(range(10)), min_size=2, max_size=5, unique=True),
    st.data(),
    st.lists(st.integers(100, 999), min_size=6, max_size=6, unique=True),
)
@settings(max_examples=80, deadline=None)
def test_another_number_changes_no_other_claim_of_a_text(
    which: list[int], data: st.DataObject, numbers: list[int]
) -> None:
    """The numbers are told apart and of one length, so that no other offset moves."""
    changed = data.draw(st.sampled_from(range(len(which))))
    one, other = list(numbers[:5]), list(numbers[:5])
    other[changed] = numbers[5]

    def told(with_numbers: list[int], without: int) -> list[dict[str, object]]:
        parts = (SENTENCES[at].format(n=n) for at, n in zip(which, with_numbers, strict=False))
        claims = read_text(" ".join(parts), published=DAY, lang="en").claims
        plain = [claim.as_json() | {"id": "", "part_of": ""} for claim in claims]
        return [claim for claim in plain if without not in (claim["lo"], claim["hi"])]

    assert told(one, numbers[changed]) == told(other, numbers[5])


@given(ANYTHING)
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    for lang in ("en", "ar", "es", "fr"):
        for claim in read_text(text, lang=lang).claims:
            assert claim.span is not None
            assert claim.quote == text[slice(*claim.span)]


@pytest.mark.slow
@given(st.one_of(WORDS, ANYTHING))
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_strange_texts_are_read_within_a_second_each(text: str) -> None:
    # Time of this process, so that a busy machine does not fail the law.
    start = time.process_time()
    reading = read_text(text, published=DAY)

    assert time.process_time() - start < 1
    assert all(claim.quote == text[slice(*claim.span or (0, 0))] for claim in reading.claims)


@pytest.mark.slow
def test_the_same_text_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    text = " ".join(sentence.format(n=40 + at) for at, sentence in enumerate(SENTENCES))
    code = (
        "import sys; from tallystick.reading import read_text; from tallystick.records import "
        "canonical; r = read_text(sys.stdin.read(), source='s-1');"
        "sys.stdout.buffer.write(canonical([c.as_json() for c in r.claims] + [dict(r.totals)]))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=text.encode(),
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": "src"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(5)
    }

    assert 1 == len(answers)


def test_a_figure_whose_digits_are_mixed_is_an_issue_and_no_claim() -> None:
    reading = read_text("At least 1٢5 people were killed.")

    assert () == reading.claims
    assert ["reading.number-doubtful"] == [issue.code for issue in reading.issues]


def test_named_victims_are_stubs_and_count_once() -> None:
    text = f"Two men, identified as {full_name(1)} (26) and {full_name(2)}, were shot dead."
    reading = read_text(text)

    assert [2] == [claim.lo for claim in reading.claims]
    assert [(full_name(1), 26), (full_name(2), None)] == [
        (person["name"], person["age"]) for person in reading.persons
    ]
