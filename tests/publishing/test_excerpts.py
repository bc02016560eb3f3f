from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallystick.publishing.context import LONGEST, around
from tallystick.publishing.excerpts import Excerpts, Passage, excerpts_of, whole_text

WORDS = st.lists(st.sampled_from(["one", "two.", "ثلاثة؟", "\n", "\n\n", "a" * 90]), max_size=60)


@st.composite
def cited(draw):
    """Draw a text and the spans that are cited in it."""
    text = " ".join(draw(WORDS)) + draw(st.sampled_from(["", "\n", " . "]))
    spans = []
    for _ in range(draw(st.integers(0, 4)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        spans.append((start, draw(st.integers(start + 1, len(text)))))
    return text, spans


@given(cited(), st.booleans())
def test_every_cited_span_resolves_to_its_own_words(told, bare):
    text, spans = told
    shown = excerpts_of(text, spans, bare=bare)

    assert [text[start:end] for start, end in spans] == [shown.words_at(*span) for span in spans]
    assert len(text) == shown.length


@given(cited(), st.booleans())
def test_passages_lie_apart_where_they_lie_in_the_text(told, bare):
    text, spans = told
    passages = excerpts_of(text, spans, bare=bare).passages
    ends = [0, *(edge for one in passages for edge in (one.start, one.end)), len(text)]
    gaps = [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]

    assert [text[one.start : one.end] for one in passages] == [one.words for one in passages]
    assert sorted(ends) == ends
    assert not passages or all(not gap or gap.strip() for gap in gaps)


@given(cited())
@example((" ".join(["a" * 90] * 6), [(0, 265)]))
def test_the_sentence_around_is_the_same_in_the_excerpts_as_in_the_text(told):
    text, spans = told
    shown = excerpts_of(text, spans)

    assert [around(text, *span) for span in spans] == [shown.around(*span) for span in spans]


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.sampled_from([" ", "\n", "\n\n"]))
def test_a_sentence_that_nobody_cites_is_left_out(is_cited, between):
    sentences = [f"Sentence {number} tells this." for number in range(len(is_cited))]
    text = between.join(sentences)
    spans = [
        (at, at + 4)
        for sentence, wanted in zip(sentences, is_cited, strict=True)
        if wanted
        for at in [text.index(sentence) + sentence.index("tells")]
    ]
    shown = "|".join(one.words for one in excerpts_of(text, spans).passages)

    assert is_cited == [sentence in shown for sentence in sentences]
    assert is_cited.count(True) == shown.count("tells")


def test_bare_excerpts_are_the_cited_words_and_nothing_else():
    text = "name\tnumber\nSomebody\t12\nSomebody else\t14\n"
    at = text.index("12")

    assert (Passage(at, "12"),) == excerpts_of(text, [(at, at + 2)], bare=True).passages


@pytest.mark.parametrize("span", [(3, 3), (-1, 2), (2, 900), (5, 4)])
def test_a_span_that_is_none_shows_nothing(span):
    shown = excerpts_of("Nothing of this. Nor of that.", [span])

    assert Excerpts(length=29) == shown
    assert (None, ("", "")) == (shown.words_at(*span), shown.around(*span))
    assert 29 == shown.left_out


def test_an_endless_sentence_is_cut():
    text = "word " * 500 + "12 died" + " word" * 500
    at = text.index("12")
    (passage,) = excerpts_of(text, [(at, at + 7)]).passages

    assert LONGEST < at - passage.start <= LONGEST + 41
    assert LONGEST < passage.end - at - 7 <= LONGEST + 41
    assert passage.words.startswith("word ")
    assert passage.words.endswith(" word")


def test_the_whole_is_one_passage():
    assert Excerpts(3, (Passage(0, "abc"),), is_whole=True) == whole_text("abc")
    assert 0 == whole_text("abc").left_out
